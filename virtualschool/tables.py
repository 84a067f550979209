"""Every table and column: what it means, its type and unit, its source, and the names it bears in the files we read.

Five families, in the order in which they come to be: `care`, `plans` and `education` (what was read), `reference` (schools,
postcodes, authorities, published figures), and what the steps make of them (links, pupils, children, facts).

Keys: `la` is DfE's three-digit code as text and means the responsible authority; `child` is the SSDA903 identifier
within its authority; `pupil` is PupilMatchingRef where held, else the canonical UPN. A `year` is the calendar year it
ends in. `file` and `row` say where a record came from: the number of the file in the snapshot's account, and the record's
row (the header is row 1). Null means not known.
"""

import pathlib
import tomllib
from dataclasses import dataclass, field

import ibis
import pyarrow as pa

POINTS = "decimal(9,4)"
SCORE = "decimal(18,6)"

_ARROW = {
    "text": pa.string(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    POINTS: pa.decimal128(9, 4),
    SCORE: pa.decimal128(18, 6),
}
_IBIS = {
    "text": "string",
    "integer": "int32",
    "bigint": "int64",
    "date": "date",
    "boolean": "boolean",
    POINTS: "decimal(9, 4)",
    SCORE: "decimal(18, 6)",
}
_SQL = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "date": "DATE",
    "boolean": "BOOLEAN",
    POINTS: "DECIMAL(9,4)",
    SCORE: "DECIMAL(18,6)",
}


@dataclass(frozen=True)
class Column:
    """One column. `names` are the headings it bears in the files we read, compared without case, spaces and punctuation."""

    name: str
    type: str
    meaning: str
    names: tuple[str, ...] = ()
    unit: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    """A record without it, or in which it cannot be read, is set aside."""
    source: str = ""
    listed: bool = False
    """Only `values` may stand in it: any other word is null with a finding."""
    compact: bool = False
    """Kept in capitals and without spaces, so that the same number or postcode is the same text."""
    filter: bool = False
    """People may filter and break down by it (`figures --by`, `--where`)."""

    @property
    def arrow(self) -> pa.DataType:
        return _ARROW[self.type]

    @property
    def sql(self) -> str:
        return _SQL[self.type]


@dataclass(frozen=True)
class Table:
    """One table: a plural noun, what one row is, and its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    family: str = "care"
    source: str = field(default="", compare=False)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def __contains__(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    @property
    def of_authorities(self) -> bool:
        """Whether each of its records is an authority's, told by a column LA or by where the file lies."""
        return self.family in ("care", "plans", "lists")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def arrow(self) -> pa.Schema:
        return pa.schema([(column.name, column.arrow) for column in self.columns])

    def ibis(self) -> ibis.Table:
        """The table as an unbound Ibis table: definitions are written over it, without a connection."""
        return ibis.table({column.name: _IBIS[column.type] for column in self.columns}, name=self.name)


def text(name: str, meaning: str, *names: str, **more) -> Column:
    return Column(name, "text", meaning, names, **more)


def integer(name: str, meaning: str, *names: str, **more) -> Column:
    return Column(name, "integer", meaning, names, **more)


def day(name: str, meaning: str, *names: str, **more) -> Column:
    return Column(name, "date", meaning, names, **more)


def yes_no(name: str, meaning: str, *names: str, **more) -> Column:
    return Column(name, "boolean", meaning, names, **more)


def points(name: str, meaning: str, *names: str, **more) -> Column:
    return Column(name, POINTS, meaning, names, unit=more.pop("unit", "points"), **more)


def score(name: str, meaning: str, *names: str, **more) -> Column:
    return Column(name, SCORE, meaning, names, **more)


LINEAGE = (
    integer("file", "Number of the file in the snapshot's account."),
    integer("row", "Row of the record in its file; the header is row 1."),
)
CARE_KEYS = (
    text("la", "Responsible authority, DfE code.", "LA", "LA_CODE", "LACODE", required=True),
    integer("year", "Care year, by the year it ends in.", "YEAR", "COLLECTION_YEAR", required=True),
    text("child", "The authority's own identifier of the child.", "CHILD", "CHILDID", "CHILD_ID", required=True),
)


def care(name: str, meaning: str, *columns: Column, key: tuple[str, ...] = ()) -> Table:
    return Table(
        name, meaning, (*CARE_KEYS, *columns, *LINEAGE), ("la", "year", "child", *key), "care", "DfE, SSDA903 return; reference/ssda903"
    )


# --- What was read: the SSDA903 return. Codes stand as the authority wrote them, in capitals and without spaces around. ---

header = care(
    "header",
    "A child looked after in the year, or a care leaver.",
    text("sex", "Sex: 1 or M male, 2 or F female, U unknown.", "SEX", "GENDER"),
    day("dob", "Date of birth.", "DOB", required=True),
    text("ethnic", "Ethnicity code.", "ETHNIC"),
    text("upn", "Unique pupil number, or UN1 to UN5.", "UPN"),
    text("mother", "1 if she is a mother.", "MOTHER"),
    day("mc_dob", "Date of birth of her child.", "MC_DOB"),
    text("uasc", "Unaccompanied flag; only the XML return has it.", "UASC"),
)
episodes = care(
    "episodes",
    "An episode of care: a stretch with one placement and one legal status.",
    day("decom", "Date the episode began.", "DECOM", required=True),
    text("rne", "Reason for the new episode.", "RNE"),
    text("ls", "Legal status.", "LS"),
    text("cin", "Category of need.", "CIN"),
    text("place", "Placement type.", "PLACE", "PL"),
    text("place_provider", "Placement provider.", "PLACE_PROVIDER"),
    day("dec", "Date the episode ceased; null while open.", "DEC"),
    text("rec", "Reason it ceased.", "REC"),
    text("reason_place_change", "Reason for the change of placement, on the episode that ends.", "REASON_PLACE_CHANGE"),
    text("home_post", "Home postcode.", "HOME_POST"),
    text("pl_post", "Placement postcode.", "PL_POST"),
    text("urn", "Ofsted number of the placement (not a school).", "URN"),
    key=("decom",),
)
DOB = day("dob", "Date of birth.", "DOB")
reviews = care(
    "reviews",
    "A review meeting.",
    DOB,
    day("review", "Date of the review.", "REVIEW", required=True),
    text("review_code", "How the child took part.", "REVIEW_CODE"),
    key=("review",),
)
uasc = care(
    "uasc",
    "An unaccompanied asylum-seeking child.",
    text("sex", "Sex.", "SEX"),
    DOB,
    day("duc", "Date the status ended.", "DUC"),
)
oc2 = care(
    "oc2",
    "Outcomes of a child looked after for twelve months.",
    DOB,
    integer("sdq_score", "Strengths and difficulties score, 0 to 40.", "SDQ_SCORE"),
    text("sdq_reason", "Why there is no score.", "SDQ_REASON"),
    text("convicted", "Convicted in the year.", "CONVICTED"),
    text("health_check", "Development checks up to date.", "HEALTH_CHECK"),
    text("immunisations", "Immunisations up to date.", "IMMUNISATIONS"),
    text("teeth_check", "Teeth checked.", "TEETH_CHECK"),
    text("health_assessment", "Health assessment done.", "HEALTH_ASSESSMENT"),
    text("substance_misuse", "Substance misuse found.", "SUBSTANCE_MISUSE"),
    text("intervention_received", "Intervention received.", "INTERVENTION_RECEIVED"),
    text("intervention_offered", "Intervention offered.", "INTERVENTION_OFFERED"),
)
oc3 = care(
    "oc3",
    "A care leaver.",
    DOB,
    text("in_touch", "Whether the authority is in touch.", "IN_TOUCH"),
    text("activ", "Main activity.", "ACTIV"),
    text("accom", "Accommodation.", "ACCOM"),
)
ad1 = care(
    "ad1",
    "A child adopted in the year.",
    DOB,
    day("date_int", "Date of the decision.", "DATE_INT"),
    day("date_match", "Date matched.", "DATE_MATCH"),
    text("foster_care", "Adopted by the foster carer.", "FOSTER_CARE"),
    text("nb_adoptr", "Number of adopters.", "NB_ADOPTR"),
    text("sex_adoptr", "Sex of the adopters.", "SEX_ADOPTR"),
    text("ls_adoptr", "Legal status of the adopters.", "LS_ADOPTR"),
)
placed_for_adoption = care(
    "placed_for_adoption",
    "A decision that a child should be placed for adoption.",
    DOB,
    day("date_placed", "Date of the decision.", "DATE_PLACED"),
    day("date_placed_ceased", "Date it ceased.", "DATE_PLACED_CEASED"),
    text("reason_placed_ceased", "Why it ceased.", "REASON_PLACED_CEASED"),
    key=("date_placed",),
)
previous_permanence = care(
    "previous_permanence",
    "A child who started to be looked after, and earlier permanence.",
    DOB,
    text("prev_perm", "Kind of earlier permanence.", "PREV_PERM"),
    text("la_perm", "Authority that arranged it.", "LA_PERM"),
    text("date_perm", "Date of it; parts may be written zz.", "DATE_PERM"),
)
missing = care(
    "missing",
    "A spell missing, or away without authorisation.",
    DOB,
    text("missing", "M missing, A away.", "MISSING"),
    day("mis_start", "Began.", "MIS_START", required=True),
    day("mis_end", "Ended.", "MIS_END"),
    key=("mis_start",),
)
sw_episodes = care(
    "sw_episodes",
    "A social worker's time with a child.",
    DOB,
    text("sw_id", "The social worker.", "SW_ID"),
    day("sw_decom", "Began.", "SW_DECOM", required=True),
    day("sw_dec", "Ended.", "SW_DEC"),
    text("sw_reason", "Why it changed.", "SW_REASON"),
    key=("sw_decom",),
)
dolo = care(
    "dolo",
    "A deprivation of liberty order.",
    DOB,
    day("dolo_start", "Began.", "DOLO_START", required=True),
    day("dolo_end", "Ended.", "DOLO_END"),
    key=("dolo_start",),
)
NAME = (
    text("forename", "Forename, as written.", "Forename", "Forenames"),
    text("surname", "Surname, as written.", "Surname"),
    text("uln", "Unique learner number, 10 digits; null where it is anything else.", "ULN", "UniqueLearnerNumber", compact=True),
)
"""Who somebody is, by name. The names serve the link only: no later table has them."""
names = Table(
    "names",
    "A child's name and learner number, of an authority's own list. The return has neither.",
    (*CARE_KEYS, *NAME, *LINEAGE),
    ("la", "year", "child"),
    "care",
    "A list that an authority takes from its own case records",
)
leaving_care = Table(
    "leaving_care",
    "A young person of 14 or over in the authority's own list of those who leave care or are to: pathway plan, staying put and next steps, "
    "none of which is in the return.",
    (
        *CARE_KEYS,
        Column(
            "eligibility",
            "text",
            "Which young person of the leaving care law: eligible (in care at 16 or 17), relevant (left at 16 or 17), former_relevant (18 "
            "or over), qualifying.",
            ("ELIGIBILITY", "ELIGIBILITY_CATEGORY"),
            values=("eligible", "relevant", "former_relevant", "qualifying"),
            listed=True,
        ),
        day("pathway_plan", "Day of the pathway plan.", "PATHWAY_PLAN", "LATEST_PATHWAY_PLAN"),
        day("pathway_review", "Day of its latest review; nothing where there was none yet.", "PATHWAY_REVIEW"),
        yes_no("pathway_part", "The young person took part in making it, or in its latest review.", "PATHWAY_PART"),
        yes_no("staying_put", "Lives on with the former foster carer by a staying put arrangement.", "STAYING_PUT"),
        yes_no("vocational_match", "At 14 to 19: was offered a vocational option that matches what they want to do.", "VOCATIONAL_MATCH"),
        yes_no("transition_plan", "Of a disabled young person: a plan for the move to adult services is in place.", "TRANSITION_PLAN"),
        *LINEAGE,
    ),
    ("la", "year", "child"),
    "care",
    "A list that an authority takes from its own case records",
)
views_said = Table(
    "views_said",
    "Something that a child said, without its words: when, where it was asked for, and whether it was answered and changed anything.",
    (
        CARE_KEYS[0],
        text("child", "The identifier of the return, or the token.", "CHILD", "TOKEN", required=True),
        day("said_on", "The day it was said.", "SAID_ON", required=True),
        text("source", "Where it comes from.", "SOURCE", values=("said", "plan", "panel", "survey", "talk"), listed=True),
        text("age_group", "The council of the child's age.", "AGE_GROUP", values=("primary", "secondary", "over_16"), listed=True),
        text(
            "topic",
            "What it is about.",
            "TOPIC",
            values=("learning", "home", "family", "friends", "adults", "health", "future", "other"),
            listed=True,
        ),
        day("answered_on", "The day the child was told what became of it; nothing where nobody has answered.", "ANSWERED_ON"),
        yes_no("changed", "Something changed because of it.", "CHANGED"),
        *LINEAGE,
    ),
    ("la", "child", "said_on"),
    "care",
    "An authority's own list, or the records of its web application",
)
figures_elsewhere = Table(
    "figures_elsewhere",
    "A figure that no return holds and that criteria of inspection rest on: complaints, surveys, workforce, unit costs.",
    (
        CARE_KEYS[0],
        text("indicator", "Which of the indicators of the reference on frameworks.", "INDICATOR", required=True),
        score("numerator", "The amount, or the part of a share.", "NUMERATOR", unit="the indicator's", required=True),
        score("denominator", "What it is out of; nothing for an amount by itself.", "DENOMINATOR", unit="the indicator's"),
        text("period", "What it is of: 2024/25, 2025-03, 2025-03-31, autumn 2024.", "PERIOD", required=True),
        text("source", "Where the authority has it from.", "SOURCE", required=True),
        text("part", "Of which part it is, where an indicator has several: a kind of placement.", "GROUP"),
        *LINEAGE,
    ),
    ("la", "indicator", "period"),
    "lists",
    "An authority's own list: indicator, numerator, denominator, period, source",
)
premium_parts = Table(
    "premium_parts",
    "A child's part of a payment of Pupil Premium Plus or other money for looked-after children.",
    (
        CARE_KEYS[0],
        text("child", "The identifier of the return, or the token.", "CHILD", "TOKEN", required=True),
        day("paid_on", "The day it was paid.", "PAID_ON", "DATE", required=True),
        Column(
            "pence",
            "bigint",
            "The child's part; below nought where money came back. Pounds in the file.",
            ("AMOUNT",),
            "pence",
            required=True,
        ),
        text("spent_where", "Devolved to a school, or spent centrally.", "WHERE", values=("devolved", "central"), listed=True),
        text("purpose", "What it is for.", "PURPOSE"),
        text(
            "strand",
            "Which money it is; looked_after where nothing stands there.",
            "STRAND",
            values=("looked_after", "early_years", "post_16", "recovery", "ehcp", "authority", "other"),
            listed=True,
        ),
        yes_no("effect", "What it did for the child is recorded.", "EFFECT"),
        *LINEAGE,
    ),
    ("la", "child", "paid_on"),
    "care",
    "An authority's own list, or the records of its web application",
)
CARE = (header, episodes, reviews, uasc, oc2, oc3, ad1, placed_for_adoption, previous_permanence, missing, sw_episodes, dolo)

# --- What was read: education plans and teachers' assessments, in the files that plans/formats.toml and assessments.toml describe. ---

_OF_PLANS = {"date": "date", "whole": "integer", "number": POINTS, "money": "bigint", "yesno": "boolean", "text": "text", "exact": "text"}


def _of_plans(file: str) -> tuple[Table, ...]:
    """The tables of a file that describes files of plans, so that a column is written once. A table of a plan's part bears its authority,
    and words of its own are kept as they were written."""
    described = tomllib.loads((pathlib.Path(__file__).parent / "plans" / file).read_text(encoding="utf-8"))
    made = []
    for name, table in described.items():
        key = {"plans": ("la", "plan"), "assessments": ("la", "child", "school_year", "term", "subject")}.get(name, ("la", "plan"))
        columns = []
        for label, kind, meaning, *required in table["columns"]:
            if label == "la":
                continue
            words = () if kind in _OF_PLANS else tuple(kind.split())
            unit = "pence" if kind == "money" else ""
            columns.append(Column(label, _OF_PLANS.get(kind, "text"), meaning, (label,), unit, words, bool(required), listed=bool(words)))
        whole = {"plans": "plans", "assessments": "teacher_assessments"}.get(name, f"plan_{name}")
        made.append(Table(whole, table["meaning"].partition(" Key: ")[0], (CARE_KEYS[0], *columns, *LINEAGE), key, "plans"))
    return tuple(made)


PLANS = (*_of_plans("formats.toml"), *_of_plans("assessments.toml"))

# --- What was read: education. One set of columns whatever spelling the file used (NPD, lab, GIAP, COLLECT, analysts). ---

PUPIL_IDS = (
    text("pmr", "Pupil matching reference.", "PupilMatchingRefAnonymous", "PupilMatchingRefNonAnonymous", "PupilMatchingRef", "PMR"),
    text("upn", "Unique pupil number.", "UPN", "UniquePupilNumber", compact=True),
    text("former_upn", "Former unique pupil number.", "FormerUPN", "Former UPN", compact=True),
    day("dob", "Date of birth.", "DOB", "DateOfBirth", "Date of birth", "DATE_OF_BIRTH"),
    text("sex", "M, F or null.", "SEX", "Gender", values=("F", "M")),
)
SCHOOL_IDS = (
    text("laestab", "School: authority and establishment number, 7 digits.", "LAESTAB", "LAEstab", "DfE Establishment Number"),
    text("school_urn", "School's URN, 6 digits.", "URN", "School URN"),
)


def education(name: str, meaning: str, *columns: Column, key: tuple[str, ...] = ()) -> Table:
    year = integer("year", "School year, by the year it ends in.", "ACADYR", "YEAR", "ACADEMICYEAR", required=True)
    return Table(name, meaning, (year, *PUPIL_IDS, *SCHOOL_IDS, *columns, *LINEAGE), key, "education", "reference/npd")


census = education(
    "census",
    "A pupil on a school's roll at a census.",
    text("term", "Census term.", "CensusTerm", values=("autumn", "spring", "summer")),
    text("ethnicity", "Ethnicity code.", "Ethnicity", "EthnicGroup", "EthnicGroupMinor"),
    text("language", "First language code.", "Language", "FirstLanguage", "LanguageGroupMinor"),
    yes_no("fsm", "Eligible for free school meals.", "FSMeligible", "FSMeligibility"),
    text("sen", "SEN provision code: N, K, E; earlier S, A, P.", "SENprovision", "SENstatus", "SENstage"),
    text("primary_need", "Primary type of need, code.", "PrimarySENtype", "PrimarySENeedsType"),
    text("year_group", "National curriculum year: R, 1 to 14, N1, N2, X.", "NCyearActual", "ActualNCYearGroup"),
    text("enrol_status", "C current, M main, S subsidiary, G guest …", "EnrolStatus", "RegistrationType"),
    yes_no("on_roll", "On roll on census day (no: left since the last census).", "OnRoll"),
    day("entry_date", "Joined the school.", "EntryDate", "DateOfJoining"),
    day("leaving_date", "Left the school.", "LeavingDate", "DateOfLeavingSch"),
    text("postcode", "Home postcode.", "Postcode", compact=True),
    *NAME,
)
EARLY_GOALS = ("COM", "COM", "PSE", "PSE", "PSE", "PHY", "PHY", "LIT", "LIT", "LIT", "MAT", "MAT")
"""The area of each goal that counts for a good level of development since 2022, E01 to E12."""
EARLIER_GOALS = ("COM", "COM", "COM", "PHY", "PHY", "PSE", "PSE", "PSE", "LIT", "LIT", "MAT", "MAT")
"""The same from 2013 to 2021, G01 to G12."""
early_years = education(
    "early_years",
    "A child at the end of the early years foundation stage.",
    yes_no("good_development", "DfE: a good level of development.", "FSP_GLD"),
    *(
        text(
            f"goal_{number:02d}",
            f"Early learning goal {number}: 1 emerging, 2 expected, 3 exceeding (to 2021), A not assessed.",
            f"FSP_{new}_E{number:02d}",
            f"FSP_{old}_G{number:02d}",
        )
        for number, (new, old) in enumerate(zip(EARLY_GOALS, EARLIER_GOALS, strict=True), start=1)
    ),
)
phonics = education(
    "phonics",
    "A pupil's phonics screening check, in year 1 or again in year 2.",
    text("outcome", "Wa met the standard, Wt did not, A absent, D did not take it, Q maladministration.", "PHONICS_PHONICS_OUTCOME"),
    integer("mark", "Mark, 0 to 40.", "PHONICS_PHONICS_MARK"),
    text("year_group", "National curriculum year.", "PHONICS_NCYEARACTUAL"),
)
multiplication = education(
    "multiplication",
    "A pupil's multiplication tables check, in year 4.",
    integer("mark", "Mark, 0 to 25.", "FormMark"),
    text("status", "Status of the pupil in the check.", "PupilStatus"),
    text("reason", "Why the check was not taken.", "ReasonNotTakingCheck"),
)
ks1 = education(
    "ks1",
    "A pupil's teacher assessment at the end of key stage 1.",
    text("reading", "Outcome code, or level to 2015.", "KS1_READ_OUTCOME"),
    text("writing", "Outcome code, or level to 2015.", "KS1_WRIT_OUTCOME"),
    text("maths", "Outcome code, or level to 2015.", "KS1_MATH_OUTCOME"),
)
ks2 = education(
    "ks2",
    "A pupil at the end of key stage 2.",
    text("read_result", "Reading: scaled score, or the code given instead.", "KS2_READSCORE", "KS2_READOUTCOME"),
    text("maths_result", "Mathematics: scaled score, or the code given instead.", "KS2_MATSCORE", "KS2_MATOUTCOME"),
    text("gps_result", "Grammar, punctuation and spelling: scaled score or code.", "KS2_GPSSCORE", "KS2_GPSOUTCOME"),
    text("writing_result", "Writing teacher assessment code: GDS, EXS, WTS, PK…, A, D, L, F.", "KS2_WRITTAOUTCOME"),
    text("science_result", "Science teacher assessment code: EXS, HNM.", "KS2_SCITAOUTCOME"),
    yes_no("read_expected", "DfE: reached the expected standard in reading.", "KS2_READEXP"),
    yes_no("maths_expected", "DfE: in mathematics.", "KS2_MATEXP"),
    yes_no("gps_expected", "DfE: in grammar, punctuation and spelling.", "KS2_GPSEXP"),
    yes_no("writing_expected", "DfE: in writing.", "KS2_WRITTAEXP"),
    yes_no("rwm_expected", "DfE: in reading, writing and mathematics.", "KS2_RWMEXP"),
    yes_no("rwm_higher", "DfE: higher standard in all three.", "KS2_RWMHIGH"),
    yes_no("read_higher", "DfE: higher standard in reading.", "KS2_READHIGH"),
    yes_no("maths_higher", "DfE: in mathematics.", "KS2_MATHIGH"),
    yes_no("gps_higher", "DfE: in grammar, punctuation and spelling.", "KS2_GPSHIGH"),
    yes_no("read_eligible", "DfE: counts in reading.", "KS2_ELIGREAD"),
    yes_no("maths_eligible", "DfE: counts in mathematics.", "KS2_ELIGMAT"),
    yes_no("gps_eligible", "DfE: counts in grammar.", "KS2_ELIGGPS"),
    yes_no("writing_eligible", "DfE: counts in writing.", "KS2_ELIGWRITTA"),
    yes_no("rwm_eligible", "DfE: counts in the combined measure.", "KS2_ELIGRWM"),
    yes_no("read_valid", "DfE: counts in reading and the result is not missing.", "KS2_VALREAD"),
    yes_no("maths_valid", "DfE: counts in mathematics and the result is not missing.", "KS2_VALMAT"),
    yes_no("gps_valid", "DfE: counts in grammar and the result is not missing.", "KS2_VALGPS"),
    yes_no("writing_valid", "DfE: counts in writing and the result is not missing.", "KS2_VALWRITTA"),
    yes_no("rwm_valid", "DfE: counts in the combined measure and no result is missing.", "KS2_VALRWM"),
    score(
        "read_progress",
        "DfE: adjusted progress in reading.",
        "KS2_READPROGSCORE_P_ADJUSTED",
        "KS2_READPROGSCORE_P",
        "KS2_READPROGSCORE",
    ),
    score(
        "writing_progress",
        "DfE: adjusted progress in writing.",
        "KS2_WRITPROGSCORE_P_ADJUSTED",
        "KS2_WRITPROGSCORE_P",
        "KS2_WRITPROGSCORE",
    ),
    score(
        "maths_progress",
        "DfE: adjusted progress in mathematics.",
        "KS2_MATPROGSCORE_P_ADJUSTED",
        "KS2_MATPROGSCORE_P",
        "KS2_MATPROGSCORE",
    ),
    yes_no("in_read_progress", "DfE: counts in reading progress.", "KS2_INREADPROG", "INREADPROG"),
    yes_no("in_writing_progress", "DfE: counts in writing progress.", "KS2_INWRITPROG", "INWRITPROG"),
    yes_no("in_maths_progress", "DfE: counts in mathematics progress.", "KS2_INMATPROG", "INMATPROG"),
    points("ks1_reading_points", "Points of the key stage 1 reading result.", "KS2_KS1READPS", "KS1READPS"),
    points("ks1_writing_points", "Points of the key stage 1 writing result.", "KS2_KS1WRITPS", "KS1WRITPS"),
    points("ks1_maths_points", "Points of the key stage 1 mathematics result.", "KS2_KS1MATPS", "KS1MATPS"),
    text("school_type", "Type of school, DfE code (NFTYPE).", "KS2_NFTYPE"),
)
ks4 = education(
    "ks4",
    "A pupil at the end of key stage 4, with DfE's own figures.",
    points("attainment_8", "DfE: Attainment 8.", "KS4_ATT8"),
    points("attainment_8_english", "DfE: English element, weighted.", "KS4_ATT8ENG", "KS4_SLOT1ENG"),
    points("attainment_8_maths", "DfE: mathematics element, weighted.", "KS4_ATT8MAT", "KS4_SLOT2MAT"),
    points("attainment_8_ebacc", "DfE: EBacc element.", "KS4_ATT8EBAC", "KS4_EBACSCR"),
    points("attainment_8_open", "DfE: open element.", "KS4_ATT8OPEN", "KS4_OPENSCR"),
    score("progress_8", "DfE: Progress 8, adjusted.", "KS4_P8SCORE"),
    score("progress_8_unadjusted", "DfE: Progress 8 before the floor.", "KS4_P8SCORE_ORIG"),
    score("progress_8_english", "DfE: Progress 8, English element.", "KS4_P8ENG"),
    score("progress_8_maths", "DfE: mathematics element.", "KS4_P8MAT"),
    score("progress_8_ebacc", "DfE: EBacc element.", "KS4_P8EBAC"),
    score("progress_8_open", "DfE: open element.", "KS4_P8OPEN"),
    yes_no("in_progress_8", "DfE: counts in Progress 8.", "KS4_INP8CALC"),
    yes_no("in_progress_8_model", "DfE: counts in the model of Progress 8.", "KS4_INP8MOD"),
    yes_no("english_maths_94", "DfE: grade 4 or better in English and mathematics.", "KS4_L2BASICS_94"),
    yes_no("english_maths_95", "DfE: grade 5 or better in English and mathematics.", "KS4_L2BASICS_95"),
    yes_no("ebacc_entered", "DfE: entered the full EBacc.", "KS4_EBACC_E_PTQ_EE"),
    yes_no("ebacc_94", "DfE: achieved the EBacc at grade 4.", "KS4_EBACC_94"),
    yes_no("ebacc_95", "DfE: achieved the EBacc, grade 5 in English and mathematics.", "KS4_EBACC_95"),
    points("ebacc_aps", "DfE: EBacc average point score.", "KS4_EBACCAPS_PUPIL"),
    text("ks2_reading", "Key stage 2 reading: scaled score or code.", "KS4_KS2READSCORE"),
    text("ks2_maths", "Key stage 2 mathematics: scaled score or code.", "KS4_KS2MATSCORE"),
    points("ks2_average", "Mean of the two scaled scores (or key stage 2 fine level to 2019).", "KS4_KS2EMSS", "KS4_KS2EMFG"),
    integer("ks2_year", "Year of the key stage 2 tests.", "KS4_YEAR_KS2"),
    yes_no("end_of_key_stage", "At the end of key stage 4 this year.", "KS4_ENDKS"),
    text("school_type", "Type of school, DfE code (NFTYPE).", "KS4_NFTYPE"),
)
ks4_results = education(
    "ks4_results",
    "One result of a pupil in an examination that counts at key stage 4.",
    text("qan", "Qualification accreditation number.", "KS4_QAN"),
    text("subject_code", "Subject mapping or discount code.", "KS4_MAPPING", "KS4_SUBLEVNO"),
    text("subject", "Subject, by name.", "KS4_SUBJECT"),
    text("qualification", "Kind of qualification, as in gcse_points.", "KS4_QUALTYPE"),
    text("grade", "Grade as awarded.", "KS4_GRADE"),
    points("result_points", "Points that the file gives, if any.", "KS4_POINTS"),
    points("size", "Size in GCSEs, if the file gives it.", "KS4_GSIZE", "KS4_GCSESIZE"),
    text("discount_code", "Results with one code discount one another.", "KS4_DISCCODE"),
    yes_no("discounted", "DfE: this result does not count.", "KS4_DISC3_PTQ_EE", "KS4_DISC3_PTQ", "KS4_DISC3", "KS4_DISCALL"),
    day("exam_date", "When it was sat.", "KS4_EXAMDATE"),
)
PROGRAMMES = ("acad", "tlev", "agen", "alev", "l2voc", "techcert")
"""The programmes of which retention is told: academic, tech level, applied general, A level, level 2 vocational, technical certificate."""
post_16 = education(
    "post_16",
    "A student at the end of 16 to 18 study (key stage 5), with DfE's own figures.",
    yes_no("level_3", "DfE: at least one qualification of level 3.", "KS5_PASS1L3"),
    yes_no("two_level_3", "DfE: two A levels or the like.", "KS5_PASS2LV3"),
    yes_no("level_3_cohort", "DfE: counts in attainment at level 3.", "KS5_L3_flag"),
    *(yes_no(f"in_scope_{name}", f"DfE: counts in retention ({name}).", f"KS5_InScope_{name}_Ret") for name in PROGRAMMES),
    *(yes_no(f"retained_{name}", f"DfE: kept to the end of the core aim ({name}).", f"KS5_Retained_{name}_Ret") for name in PROGRAMMES),
)
absence = education(
    "absence",
    "A pupil's sessions at one school in a year or term.",
    text("term", "autumn, spring, summer, or year for six half terms.", values=("autumn", "spring", "summer", "year")),
    integer("sessions_possible", "Sessions the pupil could have attended.", "SessionsPossible_6HalfTerms", unit="sessions"),
    integer("sessions_authorised", "Missed with leave.", "AuthorisedAbsence_6HalfTerms", unit="sessions"),
    integer("sessions_unauthorised", "Missed without leave.", "UnauthorisedAbsence_6HalfTerms", unit="sessions"),
    integer("sessions_missed", "Missed in all.", "OverallAbsence_6HalfTerms", unit="sessions"),
    yes_no("main_enrolment", "The pupil's main school in the year.", "MainRecord"),
)
exclusions = education(
    "exclusions",
    "A suspension or permanent exclusion.",
    text("category", "suspension, permanent or lunchtime.", "Category", values=("suspension", "permanent", "lunchtime")),
    day("start_date", "Began.", "StartDate"),
    points("sessions", "Sessions lost.", "Sessions", unit="sessions"),
    text("reason", "Reason code.", "Reason"),
)
in_need = Table(
    "in_need",
    "A child of the children in need census, with what one record tells: a time of need, a protection plan, where the case stands.",
    (
        integer("year", "Year of the census, 1 April to 31 March, by the year it ends in.", "ACADYR", "YEAR", required=True),
        text("need_la", "Authority that makes the return, DfE code.", "CIN_LA", "CIN_CIN_LA", "CIN_LA_LGR", required=True),
        *PUPIL_IDS,
        yes_no("at_31_march", "DfE: in need on 31 March.", "CIN_CINAt31March"),
        day("referral", "Referred to social care.", "CIN_CINReferralDate"),
        day("closure", "Case closed.", "CIN_CINClosureDate"),
        day("plan_start", "Protection plan began.", "CIN_CPPstartDate"),
        day("plan_end", "Protection plan ended.", "CIN_CPPendDate"),
        text("case_status", "Where the open case stands: CLA looked after, SG special guardianship …", "CIN_OpenCaseInformation"),
        *LINEAGE,
    ),
    (),
    "education",
    "reference/npd",
)
"""Not among EDUCATION: it tells who is in need, and nothing that a pupil attained or by which a child could be linked."""
EDUCATION = (census, early_years, phonics, ks1, multiplication, ks2, ks4, ks4_results, post_16, absence, exclusions)

# --- Reference: read from files where given, else carried in codes/. ---


def reference(name: str, meaning: str, *columns: Column, key: tuple[str, ...] = ()) -> Table:
    return Table(name, meaning, (*columns, *LINEAGE), key, "reference")


schools = reference(
    "schools",
    "A school of the register.",
    text("school_urn", "URN.", "URN", required=True),
    text("laestab", "Authority and establishment number, 7 digits.", "LAESTAB", "DfE number"),
    text("name", "Name.", "EstablishmentName", "Name", "School Name"),
    text("school_type", "Type in words.", "TypeOfEstablishment (name)", "Type"),
    text("phase", "Phase in words.", "PhaseOfEducation (name)", "Phase"),
    text(
        "type_group",
        "state-funded mainstream, special, alternative provision or independent.",
        "TypeGroup",
        values=("mainstream", "special", "alternative provision", "independent"),
    ),
    text("la", "Authority it stands in, DfE code.", "LA (code)", "LA"),
    text("postcode", "Postcode.", "Postcode"),
    text("inspection_outcome", "Latest inspection outcome in words.", "OfstedRating (name)", "Inspection outcome"),
    day("inspection_date", "Date of that inspection.", "OfstedLastInsp", "Inspection date"),
    key=("school_urn",),
)
postcodes = reference(
    "postcodes",
    "A postcode, with its authority and place.",
    text("postcode", "Postcode, capitals, no space.", "pcds", "pcd", "postcode", required=True),
    text("la", "Upper-tier authority, DfE code; WAL, SCO, NIR outside England.", "LA"),
    text("oslaua", "ONS code of the (lower-tier) authority.", "oslaua", "lad"),
    integer("easting", "OS grid easting.", "oseast1m", "easting", unit="metres"),
    integer("northing", "OS grid northing.", "osnrth1m", "northing", unit="metres"),
    key=("postcode",),
)
authorities = reference(
    "authorities",
    "An authority with children's services.",
    text("la", "DfE code.", "la", "old_la_code", required=True),
    text("ons_code", "ONS code.", "new_la_code"),
    text("name", "Name.", "la_name", required=True),
    text("region_code", "Region, ONS code.", "region_code"),
    text("region", "Region, name.", "region_name"),
    integer("first_year", "First care year in which it existed.", "first_year"),
    integer("last_year", "Last care year in which it existed; null while it stands.", "last_year"),
    key=("la",),
)
neighbours = reference(
    "neighbours",
    "One of an authority's ten statistical neighbours.",
    text("la", "Authority.", "la", required=True),
    text("neighbour", "Its neighbour.", "neighbour", required=True),
    integer("rank", "1 is the nearest.", "rank"),
    integer("first_year", "First year for which this model serves.", "first_year"),
    integer("last_year", "Last year for which this model serves; null for the newest.", "last_year"),
    text("model", "Name of the model.", "model"),
    key=("la", "neighbour", "model"),
)
published = reference(
    "published",
    "A figure that DfE printed, in its own characters.",
    text("series", "EES, SFR or LAIT.", values=("EES", "LAIT", "SFR")),
    text("release", "Release, by its year."),
    text("dataset", "Name of the dataset."),
    text("measure", "Our measure.", filter=True),
    integer("year", "Year it is about."),
    text("level", "england, region or la.", values=("england", "region", "la")),
    text("la", "Authority, DfE code; null for region and England."),
    text("region_code", "Region, ONS code; null for England."),
    text("place", "Name as printed."),
    text("population", "12months, cin, cpp, all_pupils, not_looked_after, march …"),
    text("breakdown", "Which part of the population: 'total', or column=value pairs joined by ';'."),
    text("pupils", "Pupils, as printed."),
    text("numerator", "Numerator, as printed."),
    text("denominator", "Denominator, as printed."),
    text("value", "The figure, as printed: a number or a symbol."),
    text("low", "Lower limit, as printed."),
    text("high", "Upper limit, as printed."),
    key=("series", "release", "measure", "year", "level", "la", "region_code", "population", "breakdown"),
)
REFERENCE = (schools, postcodes, authorities, neighbours, published)


# --- What the steps make. ---


def made(name: str, meaning: str, *columns: Column, key: tuple[str, ...]) -> Table:
    return Table(name, meaning, columns, key, "made")


LA, YEAR, CHILD = (
    CARE_KEYS[0],
    integer("year", "The calendar year it ends in."),
    text("child", "The authority's own identifier of the child."),
)
PUPIL = text("pupil", "Pupil matching reference where held, else the canonical UPN.")

pupil_keys = made(
    "pupil_keys",
    "Which pupil an identifier means; one that is not here means itself.",
    text("identifier", "A PMR or a UPN.", required=True),
    text("kind", "pmr, upn or former_upn.", values=("pmr", "upn", "former_upn")),
    PUPIL,
    text("note", "What had to be chosen, where two answers were possible."),
    key=("identifier", "kind"),
)
links = made(
    "links",
    "A child of a return and the pupil it is, for all years.",
    LA,
    CHILD,
    PUPIL,
    text("method", "exact, likely or person.", values=("exact", "likely", "person")),
    text("rule", "The rule that made the link."),
    score("weight", "Weight of the evidence for the pair against a pair drawn at random; null where it was not weighed.", unit="bits"),
    score("probability", "How sure it is that the two are the same child; null where it was not weighed."),
    text("agreed", "What agreed, in words."),
    day("until", "Day of the order at which the link ends (adoption, special guardianship, child arrangements); null if there was none."),
    key=("la", "child"),
)
COMPARISONS = {
    "number": "The unique pupil numbers, present and former.",
    "birth": "The birth dates.",
    "sex": "The sexes.",
    "place": "Where the child lived and where the pupil lived, at the same times.",
    "school": "Where the child lived and where the pupil went to school, at the same times.",
    "moves": "Moves of placement, and days on which the pupil joined a school.",
    "ethnicity": "The ethnicities.",
    "needs": "A disability as the category of need, and special educational needs.",
    "meals": "How often the pupil had free school meals, which more children in care had.",
    "company": "Schools that the pupil went to with the pupils of children who came into care on the same day.",
    "arrival": "The arrival of an unaccompanied child, and the first record of the pupil.",
    "name": "The names, where an authority's own list holds them.",
}
"""What is compared between a child and a pupil; each is a column of its level and a column of its weight in `link_evidence`."""
link_evidence = made(
    "link_evidence",
    "A child and a pupil who were weighed against one another: the evidence of a link, or of a proposal for a person to judge.",
    LA,
    CHILD,
    PUPIL,
    text("standing", "linked; review: a person is to judge; rival: another pupil who fits.", values=("linked", "review", "rival")),
    integer("rank", "1 is the pupil who fits the child best."),
    score("probability", "How sure it is that the two are the same child, with all rivals and 'not among these pupils' weighed."),
    score("weight", "The sum of the weights below, the start among them.", unit="bits"),
    score("start_weight", "What was known before anything was compared: one pupil of many, if among them at all.", unit="bits"),
    *(
        column
        for name, words in COMPARISONS.items()
        for column in (
            text(name, words + " How far they agree, in words."),
            score(f"{name}_weight", "The weight of that: above 0 speaks for the pair, below 0 against it.", unit="bits"),
        )
    ),
    key=("la", "child", "rank"),
)
unlinked = made(
    "unlinked",
    "A child with no link, and why.",
    LA,
    CHILD,
    text("reason", "Reason, from the fixed list of link/reasons."),
    key=("la", "child"),
)

CHARACTERISTICS = (
    text("sex", "Sex.", values=("female", "male"), filter=True),
    text("ethnicity", "Ethnicity, in words.", filter=True),
    text("ethnic_group", "Ethnic group.", values=("Asian", "Black", "Mixed", "Other", "White", "not known"), filter=True),
    text("language", "First language.", values=("English", "other than English"), filter=True),
    yes_no("fsm", "Eligible for free school meals.", filter=True),
    text("sen", "SEN provision at January.", values=("none", "support", "EHCP"), filter=True),
    text("primary_need", "Primary type of need, in words.", filter=True),
    text("year_group", "National curriculum year.", filter=True),
    integer("age", "Age on 31 August before the school year began.", unit="years", filter=True),
)
SCHOOL = (
    text("school", "URN of the main school.", filter=True),
    text("school_la", "Authority the school stands in.", filter=True),
    text(
        "school_type",
        "mainstream, special, alternative provision or independent.",
        values=("alternative provision", "independent", "mainstream", "special"),
        filter=True,
    ),
    text("school_phase", "Phase of the school.", filter=True),
    text("school_inspection", "Latest inspection outcome of the school.", filter=True),
    yes_no("state_funded", "The school is state-funded.", filter=True),
)
OUTCOMES = (
    yes_no("at_early_years", "At the end of the early years foundation stage this year."),
    yes_no("good_development", "A good level of development; null: does not count."),
    yes_no("phonics", "Met the phonics standard in year 1; null: not in year 1, or no valid outcome."),
    yes_no("phonics_by_year_2", "Met the phonics standard in year 1 or 2; null: not in year 2, or never a valid outcome."),
    yes_no("at_multiplication", "Eligible for the multiplication tables check this year."),
    integer("multiplication_mark", "Mark in it, 0 to 25; null: did not take it."),
    yes_no("at_ks1", "Assessed at the end of key stage 1 this year."),
    text("ks1_reading", "Key stage 1 reading, code."),
    text("ks1_writing", "Key stage 1 writing, code."),
    text("ks1_maths", "Key stage 1 mathematics, code."),
    yes_no("at_ks2", "At the end of key stage 2 this year."),
    integer("ks2_read_score", "Reading scaled score."),
    integer("ks2_maths_score", "Mathematics scaled score."),
    integer("ks2_gps_score", "Grammar, punctuation and spelling scaled score."),
    text("ks2_writing", "Writing teacher assessment, code."),
    yes_no("ks2_read_expected", "Expected standard in reading; null: does not count."),
    yes_no("ks2_writing_expected", "Expected standard in writing; null: does not count."),
    yes_no("ks2_maths_expected", "Expected standard in mathematics; null: does not count."),
    yes_no("ks2_gps_expected", "Expected standard in grammar; null: does not count."),
    yes_no("ks2_rwm_expected", "Expected standard in all three; null: does not count."),
    yes_no("ks2_rwm_higher", "Higher standard in all three; null: does not count."),
    yes_no("ks2_read_higher", "Higher standard in reading; null: does not count."),
    yes_no("ks2_writing_higher", "Greater depth in writing; null: does not count."),
    yes_no("ks2_maths_higher", "Higher standard in mathematics; null: does not count."),
    yes_no("ks2_gps_higher", "Higher standard in grammar; null: does not count."),
    points("ks1_average", "Key stage 1 average points (mathematics counts as much as English)."),
    score("ks2_read_progress", "Progress from key stage 1 in reading; null: does not count."),
    score("ks2_writing_progress", "Progress in writing; null: does not count."),
    score("ks2_maths_progress", "Progress in mathematics; null: does not count."),
    text("ks2_progress_source", "dfe, or store (the store's own national cohort)."),
    yes_no("at_ks4", "At the end of key stage 4 this year."),
    points("attainment_8", "Attainment 8: DfE's where the file has it, else from results."),
    points("attainment_8_dfe", "Attainment 8 of DfE's pupil-level field."),
    points("attainment_8_results", "Attainment 8 worked out from results."),
    points("attainment_8_english", "English element, weighted."),
    points("attainment_8_maths", "Mathematics element, weighted."),
    points("attainment_8_ebacc", "EBacc element."),
    points("attainment_8_open", "Open element."),
    points("ks2_prior", "Key stage 2 average used for Progress 8."),
    integer("prior_group", "Prior attainment group of Progress 8."),
    score("attainment_8_estimate", "Mean Attainment 8 of the group nationally."),
    score("progress_8", "Progress 8: DfE's where the file has it, else worked out; null: does not count."),
    score("progress_8_dfe", "Progress 8 of DfE's pupil-level field."),
    score("progress_8_results", "Progress 8 worked out from Attainment 8 and the estimate."),
    score("progress_8_english", "Progress 8, English element: DfE's where the file has it, else worked out; null: does not count."),
    score("progress_8_maths", "Progress 8, mathematics element."),
    score("progress_8_ebacc", "Progress 8, EBacc element."),
    score("progress_8_open", "Progress 8, open element."),
    text(
        "progress_8_source", "dfe; official (and the estimates' status); store (the store's own national cohort); else why there is none."
    ),
    yes_no("english_maths_94", "Grade 4 or better in English and mathematics."),
    yes_no("english_maths_95", "Grade 5 or better in English and mathematics."),
    yes_no("ebacc_entered", "Entered the full EBacc."),
    yes_no("ebacc_94", "Achieved the EBacc at grade 4."),
    yes_no("ebacc_95", "Achieved the EBacc, grade 5 in English and mathematics."),
    score("ebacc_aps", "EBacc average point score."),
    text("ks4_source", "dfe, results or both."),
    yes_no("at_post_16", "At the end of 16 to 18 study this year."),
    yes_no("level_3", "At least one qualification of level 3; null: does not count."),
    yes_no("two_level_3", "Two A levels or the like; null: does not count."),
    yes_no("retained_post_16", "Kept to the end of the core aim; null: does not count in retention."),
    integer("sessions_possible", "Sessions possible in six half terms, main enrolment.", unit="sessions"),
    integer("sessions_authorised", "Missed with leave.", unit="sessions"),
    integer("sessions_unauthorised", "Missed without leave.", unit="sessions"),
    integer("sessions_missed", "Missed in all.", unit="sessions"),
    yes_no("on_roll_january", "On roll at the January census, sole or dual main."),
    integer("suspensions", "Suspensions in the school year."),
    integer("permanent_exclusions", "Permanent exclusions in the school year."),
    integer(
        "suspension_months",
        "Months of the school year in which a suspension began: the sum of 1 for September, 2 for October … 2048 for August; "
        "null: not known.",
    ),
    integer("suspension_months_before", "The same of the school year before."),
)

pupils = made(
    "pupils",
    "A pupil in a school year: who, where, attained and attended.",
    PUPIL,
    YEAR,
    text("upn", "UPN last held."),
    day("dob", "Date of birth."),
    *CHARACTERISTICS,
    *SCHOOL,
    integer("school_moves", "Moves of school in the school year, outside the summer.", filter=True),
    *OUTCOMES,
    key=("pupil", "year"),
)

LENGTHS_OF_CARE = ("under 6 months", "6 to 12 months", "1 to 2 years", "2 to 5 years", "5 years or more")
ENTRY_BANDS = ("under 5", "5 to 10", "11 to 15", "16 and over")
children = made(
    "children",
    "A child in an authority's return of a year, looked after or a care leaver: care history, characteristics, school and outcomes.",
    LA,
    CHILD,
    text("token", "Opaque name of the child for addresses and plans."),
    YEAR,
    PUPIL,
    day("dob", "Date of birth."),
    *CHARACTERISTICS,
    yes_no("disability", "A disability is the category of need (N2), or a primary need says so.", filter=True),
    yes_no("unaccompanied", "Unaccompanied asylum-seeking child.", filter=True),
    yes_no("looked_after_12_months", "Looked after without a break from 1 April to 31 March, short breaks out.", filter=True),
    yes_no("at_31_march", "Looked after on 31 March, short breaks out.", filter=True),
    yes_no("in_year", "Looked after at any time in the year, short breaks out.", filter=True),
    yes_no("in_need", "In need on 31 March, and neither looked after then nor on a protection plan.", filter=True),
    yes_no("protection_plan", "On a child protection plan on 31 March, and not looked after then.", filter=True),
    yes_no("care_leaver", "A care leaver in the year's return who counts: not dead, not returned home for six months.", filter=True),
    integer("age_on_31_march", "Age on 31 March; of a care leaver, on the birthday in the year.", unit="years", filter=True),
    text("age_band", "Age on 31 March, in DfE's bands.", values=("under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over"), filter=True),
    day("first_entry", "First day looked after, as far as the returns go."),
    integer("age_at_entry", "Age on that day.", unit="years", filter=True),
    day("period_start", "Latest period of care began."),
    integer("age_at_period_start", "Age on that day (NCER's AGE_POC_START).", unit="years", filter=True),
    integer("period_days", "Length of the latest period of care to its end or 31 March (NCER's POC_DUR).", unit="days", filter=True),
    text(
        "length_of_care",
        "Length of the latest period of care.",
        values=LENGTHS_OF_CARE,
        filter=True,
    ),
    integer("periods", "Periods of care so far (NCER's POC_COUNT).", filter=True),
    integer("episodes", "Episodes in the year.", filter=True),
    integer("placements_in_period", "Placements in the latest period of care (NCER's PL_COUNT).", filter=True),
    integer("placements_in_year", "Placements in the year, those open on 1 April counted.", filter=True),
    yes_no("placement_changed", "Changed placement in the year.", filter=True),
    integer("placement_moves", "Moves to another placement in the year, within a period of care."),
    integer("placement_moves_explained", "Those of them of which the reason is known."),
    integer("unplanned_moves", "Those of them whose reason says that the placement ended before it was meant to."),
    integer("placements_in_2_years", "Placements with a day in the year or the year before, as far as returns are held."),
    yes_no("spent_year_before", "On 31 March: had a day in care in the year before."),
    yes_no("in_care_long_term", "On 31 March: in care for two and a half years or longer, as far as returns are held."),
    yes_no("same_carer_2_years", "On 31 March: with the same carers for two years or longer, as far as returns are held."),
    text("without_year_before", "Why nothing is known of the year before; null where it is."),
    text("without_two_years_before", "Why nothing is known of the two years before; null where it is."),
    yes_no("permanence_on_record", "The return shows a lasting home or the decision for one."),
    integer("days_without_permanence", "Days of the latest period of care without one, to 31 March at most.", unit="days"),
    text(
        "placement_type",
        "Latest placement of the year, in words.",
        values=(
            "adoption",
            "children's home",
            "foster",
            "kinship foster",
            "other",
            "parents",
            "residential school",
            "secure",
            "semi-independent",
        ),
        filter=True,
    ),
    text("placement_provider", "Who provides it, in words.", filter=True),
    text("placement_la", "Authority it stands in.", filter=True),
    yes_no("out_of_authority", "It stands outside the responsible authority.", filter=True),
    text("distance_band", "How far from home.", values=("20 miles or under", "over 20 miles", "not known"), filter=True),
    text("legal_status", "Latest legal status of the year, in words.", filter=True),
    text("category_of_need", "Category of need, in words.", filter=True),
    text("entered", "Whether the latest period of care began before or during the key stage.", values=("before", "during"), filter=True),
    integer("sdq_score", "Strengths and difficulties score of the year.", filter=True),
    text("sdq_band", "Its band.", values=("normal", "borderline", "concern"), filter=True),
    text("sdq_reason", "Why there is no score, in words.", filter=True),
    integer("sdq_year", "Year of the latest score held (NCER's SDQ_YEAR).", filter=True),
    integer("social_workers_in_year", "Different social workers in the year; null before 2024.", filter=True),
    yes_no("convicted", "Convicted or cautioned in the year."),
    yes_no("development_checks", "Development checks up to date (under 5)."),
    yes_no("immunised", "Immunisations up to date."),
    yes_no("teeth_checked", "Teeth checked by a dentist."),
    yes_no("health_assessed", "Had the annual health assessment."),
    yes_no("substance_misuse", "A substance misuse problem was found."),
    yes_no("intervention_received", "Received an intervention for it."),
    yes_no("intervention_refused", "Was offered one and refused."),
    integer("reviews_due", "Reviews held or overdue in the year of which it is known when they were due; null: no reviews returned."),
    integer("reviews_on_time", "Those of them held on time."),
    integer("reviews_taking_part", "Reviews in the year at the age of 4 or over."),
    integer("reviews_attended", "Those of them that the child attended."),
    integer("reviews_views_given", "Those of them to which the child's views were given in any way."),
    integer(
        "pep_terms",
        "School terms of the school year, over by the newest day of which the authority's plans tell, through which the child was looked "
        "after at an age for a plan; null: none, or no plan of the authority is held.",
    ),
    integer("pep_terms_met", "Those of them in which a meeting about the education plan was held."),
    yes_no("pep_in_place", "A meeting was held in the last of those terms."),
    yes_no("pep_started_in_10", "Came into care in the year: the first plan was begun within 10 working days; null: not known."),
    yes_no("pep_ready_in_20", "The same: the first plan was ready within 20 working days."),
    integer("pep_plans", "Education plans of the school year with a meeting or complete; null: no plan of the authority is held."),
    integer("pep_graded", "Those of them that a person graded."),
    integer("pep_good", "Those of them graded green, gold, good, outstanding or met."),
    integer("pep_targets", "Targets of those plans."),
    integer("pep_targets_precise", "Those of them that are precise by the rules of targets."),
    integer("pep_targets_due", "Targets of those plans whose time was over."),
    integer("pep_targets_met", "Those of them met or partly met."),
    integer("pep_voice_told", "Plans of which it can be told whether the child's own views are in them."),
    integer("pep_voice", "Those of them in which they are, in the child's words."),
    integer("pep_carer_told", "Plans of which it can be told whether the carer contributes."),
    integer("pep_carer", "Those of them to which the carer contributes."),
    yes_no(
        "views_recorded", "Something that the child said in the school year is recorded, in a plan or otherwise; null: no record is held."
    ),
    yes_no("views_changed", "Something changed because of what the child said; null where nothing said is recorded."),
    score("premium_rate", "Pupil Premium Plus of the financial year for a child looked after; null without a ledger.", unit="pounds"),
    score("premium_spent", "What of it was spent on the child in the financial year.", unit="pounds"),
    score("premium_devolved", "What of that went to a school.", unit="pounds"),
    integer("premium_lines", "Payments of it for the child, money back left out."),
    integer("premium_lines_known", "Those of them whose effect is recorded."),
    integer("missing_episodes", "Spells missing with a day in the year; null: the authority returned no spell of anybody."),
    integer("away_episodes", "The same, away from the placement without authorisation."),
    text(
        "in_touch",
        "Whether the authority is in touch with the care leaver.",
        values=("in touch", "not in touch", "refuses contact", "no longer requires services", "died", "returned home"),
        filter=True,
    ),
    text("leaver_activity", "Main activity of the care leaver around the birthday.", filter=True),
    text("accommodation", "Accommodation of the care leaver around the birthday.", filter=True),
    yes_no("accommodation_suitable", "It is considered suitable.", filter=True),
    text("route_sen", "Of a care leaver: special needs in the last school year held.", values=("none", "support", "EHCP"), filter=True),
    yes_no("route_english_maths", "Of a care leaver: grade 4 or above in English and maths at the end of key stage 4.", filter=True),
    points("route_attainment_8", "Of a care leaver: Attainment 8."),
    integer("route_ks4_year", "Of a care leaver: the year in which key stage 4 ended, where its results are held."),
    text("route_placement", "Of a care leaver: the last placement in care, in words.", filter=True),
    text("route_age_at_entry", "Of a care leaver: age on the first day of care that the returns tell of.", values=ENTRY_BANDS, filter=True),
    text(
        "route_length_of_care",
        "Of a care leaver: length of the last period of care, as far as the returns tell.",
        values=LENGTHS_OF_CARE,
        filter=True,
    ),
    text("leaving_eligibility", "Which young person of the leaving care law, by the authority's own list.", filter=True),
    yes_no("pathway_current", "A pathway plan was made or reviewed in the six months to 31 March; null for who is not on that list."),
    yes_no("pathway_part", "The young person took part in it."),
    yes_no("staying_put", "Lives on with the former foster carer by a staying put arrangement.", filter=True),
    yes_no("vocational_match", "At 14 to 19: was offered a vocational option that matches what they want to do."),
    yes_no("transition_plan", "Of a disabled young person: a plan for the move to adult services is in place."),
    *SCHOOL,
    integer("school_moves", "Moves of school in the care year, August and September left out, none before care began.", filter=True),
    yes_no("linked", "Linked to a pupil.", filter=True),
    text("link_method", "How.", values=("exact", "likely", "person"), filter=True),
    *OUTCOMES,
    key=("la", "child", "year"),
)
children_in_need = made(
    "children_in_need",
    "A child in need or on a protection plan on 31 March, and not looked after then, with characteristics, school and outcomes. The "
    "columns are those of `children`, with the pupil as `child` and nothing of care.",
    *children.columns,
    key=children.key,
)
PLAN = text("plan", "The plan's own identifier, within its authority.")
plan_marks = made(
    "plan_marks",
    "What one rule of quality says of one plan as its files tell it, judged on the plan's own day: when it was complete, else met about, "
    "else the end of its term. No mark is a grade; a person's grade is the column `grade` of `plans`.",
    LA,
    PLAN,
    text("rule", "The rule, as PEP-T01; see Rules of a plan's quality."),
    text("state", "What it says.", values=("met", "not met", "cannot tell", "does not apply")),
    key=("la", "plan", "rule"),
)
plan_target_marks = made(
    "plan_target_marks",
    "A target of a plan, and whether it is precise by the rules of targets.",
    LA,
    PLAN,
    integer("place", "Its place in the plan, 1 the first."),
    yes_no("precise", "It says what will be seen, how much and from where, and by when, and is not only a grade."),
    text("lacking", "The rules that it does not meet, joined by spaces, those that do not decide among them."),
    text("outcome", "What became of it, once its time was over.", values=("met", "partly", "not_met", "stopped")),
    yes_no("due_passed", "Its day lies before the plan's own day or it has an outcome: it is one of those that were due."),
    key=("la", "plan", "place"),
)
plan_limits = made(
    "plan_limits",
    "How long there is for a first plan of a child who comes into care on a day, by the working days of England.",
    day("day", "The day on which the period of care begins."),
    day("in_10", "Ten working days on: the plan is begun by then."),
    day("in_20", "Twenty working days on: the plan is ready for the first review."),
    key=("day",),
)
premium_rates = made(
    "premium_rates",
    "The rate of Pupil Premium Plus for a looked-after child in a financial year, as the program carries it.",
    integer("year", "The year that the financial year ends in."),
    text("strand", "Which money it is."),
    integer("pounds", "Pounds a child.", unit="pounds"),
    key=("year", "strand"),
)
MODEL_KEY = (
    text("measure", "The measure that is modelled, or the stand-in."),
    text("start", "The starting point that its pupils have."),
    text(
        "adjusted", "who: for who the children are and their care history; all: for what happened to them too; start: for the start alone."
    ),
)
model_fits = made(
    "model_fits",
    "A fitted model of the results of looked-after children, or of the pupils that a stand-in sets them beside.",
    *MODEL_KEY,
    text("years", "Years of the children it was fitted on, as 2022 2023 2024."),
    integer("children", "Children, or pupils, it was fitted on; one in several years counts in each."),
    integer("authorities", "Authorities they are of."),
    text("method", "multilevel: authorities' levels drawn from a common spread; levels: one of its own for each."),
    yes_no("converged", "The fitting came to its end where the likelihood is highest."),
    score("mean", "Mean result.", unit="as the measure"),
    score("spread", "Standard deviation of results.", unit="as the measure"),
    score("within", "Standard deviation of what is not explained, between children of one authority.", unit="as the measure"),
    score("between", "Standard deviation between authorities after that; null where it is not estimated.", unit="as the measure"),
    score("explained", "Share of the variance of results that the model explains."),
    text("not_shown", "Factors that are in it but rest on too few children to be shown, joined by ;."),
    text("unknown", "Children of whom a factor is not known, as factor=number joined by ;."),
    text("why_not", "Why no model was fitted; null where one was."),
    key=("measure", "start", "adjusted"),
)
model_effects = made(
    "model_effects",
    "The effect of one factor in a model: the difference in result that goes with one unit of it, everything else in the model alike.",
    *MODEL_KEY,
    text("factor", "The factor, as codes/model_factors names it."),
    integer("place", "Order in the model."),
    score("effect", "The effect.", unit="as the measure"),
    score("error", "Its standard error.", unit="as the measure"),
    score("typical", "Units between a child with much of it and one with little: 1 for a yes or no, else ninth tenth less first."),
    integer("children", "Children who have it, or of whom it is known."),
    key=("measure", "start", "adjusted", "place"),
)
model_checks = made(
    "model_checks",
    "One line of a check of a model.",
    *MODEL_KEY,
    integer("place", "Order in the model."),
    text("name", "The check."),
    text("part", "What the line is about."),
    score("value", "The number."),
    score("beside", "Another to read beside it."),
    integer("children", "Children it is about."),
    key=("measure", "start", "adjusted", "place"),
)
model_places = made(
    "model_places",
    "What a group of 11 or more children attained and what was expected of it. There is no row for one child.",
    *MODEL_KEY,
    integer("year", "The year; 0 for all years of the model together."),
    text("la", "Authority, DfE code; null for all authorities together."),
    text("grouped_by", "Column that makes the group; null for all children of the authority."),
    text("value", "The group's value of it."),
    integer("children", "Children in the group."),
    integer("others", "Children of the place and year who count in the measure and are not in this row, for want of this start or group."),
    score("observed", "Mean result.", unit="as the measure"),
    score("expected", "Mean expectation.", unit="as the measure"),
    score("error", "Standard error of the mean expectation, from the fitting.", unit="as the measure"),
    key=("measure", "start", "adjusted", "year", "la", "grouped_by", "value"),
)
MODELS = (model_fits, model_effects, model_checks, model_places)
MADE = (
    pupil_keys,
    links,
    link_evidence,
    unlinked,
    pupils,
    children,
    children_in_need,
    plan_marks,
    plan_target_marks,
    plan_limits,
    premium_rates,
    *MODELS,
)

ALL = {
    table.name: table
    for table in (*CARE, names, leaving_care, views_said, premium_parts, figures_elsewhere, *PLANS, *EDUCATION, in_need, *REFERENCE, *MADE)
}
