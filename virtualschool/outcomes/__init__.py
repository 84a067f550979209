"""What one pupil achieved and attended in a year: one row a pupil and year, for all pupils that the store holds.

who             whose row an education row is
points          what a result means; attainment_8 fills the slots, ebacc the pillars, key_stage_4 puts DfE's figures beside ours
prior           the key stage 2 average; own_cohort and progress_8 the estimates and the score
key_stage_1, key_stage_2, absence, exclusions, characteristics, schools: the rest
score           the same for one file of results, without a store
"""

from decimal import Decimal

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import absence, characteristics, exclusions, key_stage_1, key_stage_2, key_stage_4, points, prior, progress_8
from virtualschool.outcomes import attainment_8 as slots
from virtualschool.outcomes.assembly import pupils_of
from virtualschool.outcomes.national import invented, printed_pupils, years_held
from virtualschool.outcomes.schools import TYPES, type_codes, with_school
from virtualschool.outcomes.staging import Stage
from virtualschool.store import Draft, Engine
from virtualschool.tables import POINTS


def outcomes(draft: Draft) -> list[str]:
    """Notes on what could not be worked out and what the estimates come from; writes the table `pupils`."""
    stage = Stage(draft.engine, draft.scratch)
    code_lists(stage)
    notes: list[str] = []
    parts = [stage_year(stage, year, notes) for year in years_held(draft.engine)]
    if parts:
        draft.write(tables.pupils.name, *parts, order_by=("pupil",))
    return notes


def code_lists(stage: Stage) -> None:
    """Makes the code lists known to the engine."""
    for name, rows in characteristics.code_tables().items():
        stage.look_up(name, rows)
    stage.look_up(TYPES.get_name(), type_codes())
    stage.look_up(prior.KS2_SCORES.get_name(), prior.ks2_scores())
    stage.look_up(key_stage_2.OUTCOMES.get_name(), key_stage_2.outcome_codes())


def stage_year(stage: Stage, year: int, notes: list[str]) -> ir.Table:
    """The rows of `pupils` for one year, over tables that have been staged."""
    engine = stage.engine
    look = Lookups(engine, year)
    census = stage.put(f"on_census_{year}", characteristics.at_census(year, by_upn=look.by_upn("census")))
    ks1 = stage.put(f"at_ks1_{year}", key_stage_1.assessed(year, by_upn=look.by_upn("ks1")))
    ks2 = ks2_of(stage, year, look, notes)
    ks4 = ks4_of(stage, year, look, census, notes)
    attended = stage.put(f"attended_{year}", absence.attended(year, by_upn=look.by_upn("absence")))
    excluded = stage.put(f"excluded_{year}", exclusions.excluded(year, by_upn=look.by_upn("exclusions")))
    return pupils_of(year, census, ks1, ks2, ks4, attended, excluded, exclusions_held=look.held("exclusions"))


class Lookups:
    """What a year's tables hold: whether there are rows at all, and whether some have no matching reference."""

    def __init__(self, engine: Engine, year: int) -> None:
        self.engine, self.year = engine, year

    def held(self, table: str) -> bool:
        return bool(self.engine.value(tables.ALL[table].ibis().filter(_.year == self.year).count()))

    def by_upn(self, table: str, *, before: bool = False) -> bool:
        rows = tables.ALL[table].ibis()
        rows = rows.filter(rows.year < self.year if before else rows.year == self.year, rows.pmr.isnull(), rows.upn.notnull())
        return bool(self.engine.value(rows.count()))


def ks2_of(stage: Stage, year: int, look: Lookups, notes: list[str]) -> ir.Table:
    """The year's pupils at the end of key stage 2, with progress."""
    stage.look_up(f"{key_stage_1.KS1_POINTS.get_name()}_{year}", key_stage_1.points_table(year))
    rows = key_stage_2.standards(key_stage_2.at_the_end(year, by_upn=look.by_upn("ks2")))
    rows = key_stage_2.with_ks1_average(rows, year, by_upn=look.by_upn("ks1", before=True))
    rows = with_school(rows.mutate(nftype=rows.school_type, on_census=ibis.null("boolean")).drop("school_type"))
    rows = rows.rename(school_group="school_type").select(
        "pupil",
        "upn",
        "dob",
        "sex",
        "laestab",
        "school_urn",
        "nftype",
        "school_group",
        "state_funded",
        "ks1_average",
        "writing_points",
        *KS2_COLUMNS,
        *(f"{s}_progress" for s in key_stage_2.SUBJECTS),
        *(f"in_{s}_progress" for s in key_stage_2.SUBJECTS),
    )
    staged = stage.put(f"ks2_standards_{year}", rows)
    engine = stage.engine
    reason = key_stage_2.why_not(year)
    ours = False
    if reason is None and look.held("ks2"):
        given = engine.value(staged.filter(ibis.coalesce(_.read_progress, _.writing_progress, _.maths_progress).notnull()).count())
        if not given:
            held = engine.value(staged.filter(_.state_funded.fill_null(True)).count())
            model = staged.filter(_.school_group.fill_null("mainstream") == "mainstream", _.ks1_average.notnull())
            counts = {
                subject: counted(engine, model, model.ks1_average, key_stage_2.result_of(model, subject))
                for subject in key_stage_2.SUBJECTS
            }
            estimates = key_stage_2.own(year, counts, held=held, printed=printed_pupils(engine, "ks2_rwm", year))
            stage.look_up(f"{key_stage_2.GROUPS.get_name()}_{year}", key_stage_2.table(estimates))
            ours = bool(estimates.groups)
            notes.append(f"Key stage 2 progress {year}: {estimates.source if not ours else 'estimates from the pupils of this store.'}")
    return key_stage_2.with_progress(staged, year, own_cohort=ours)


def ks4_of(stage: Stage, year: int, look: Lookups, census: ir.Table, notes: list[str]) -> ir.Table:
    """The year's pupils at the end of key stage 4, with Progress 8."""
    engine = stage.engine
    results = None
    if look.held("ks4_results"):
        meant = points.meanings(engine.rows(slots.spellings(year)), year)
        stage.look_up(f"{points.MEANINGS.get_name()}_{year}", meant)
        notes += [f"Key stage 4 results {year}: {note}" for note in sorted({note for note in meant["note"].to_pylist() if note})]
        by_upn = look.by_upn("ks4_results")
        stage.put(f"{slots.NUMBERS.get_name()}_{year}", slots.numbered(year, by_upn=by_upn))
        results = stage.put(f"worked_{year}", key_stage_4.worked(year, by_upn=by_upn))
    ks2 = key_stage_4.latest_ks2(year, by_upn=look.by_upn("ks2", before=True))
    rows = key_stage_4.at_the_end(year, results, ks2, census, by_upn=look.by_upn("ks4"))
    rows = with_school(rows.mutate(on_census=ibis.null("boolean")))
    rows = rows.select("pupil", "upn", "dob", "sex", "laestab", "school_urn", "nftype", "school_type", "state_funded", *KS4_COLUMNS)
    has_prior = rows.prior_group.notnull() & rows.attainment_8.notnull()
    type_ = rows.school_type.fill_null("mainstream")
    rows = rows.mutate(
        in_model=(ibis.coalesce(rows.in_progress_8_model, type_ == "mainstream") & has_prior).fill_null(False),
        counts=(ibis.coalesce(rows.in_progress_8, type_ != "independent") & has_prior).fill_null(False),
    )
    staged = stage.put(f"ks4_scored_{year}", rows)
    reason = progress_8.why_not(year)
    if reason is None and look.held("ks4") | look.held("ks4_results"):
        estimates = estimates_of(engine, staged, year)
        note = f"Progress 8 {year}: {estimates.source}"
        if estimates.source.startswith("official") and year >= progress_8.FIRST_FLOOR:
            note += " estimates; DfE's floors on extreme scores are not published, so scores worked out here are before the floor."
        notes.append(note)
    else:
        estimates = progress_8.Estimates((), reason or "")
    stage.look_up(f"{progress_8.GROUPS.get_name()}_{year}", progress_8.table(estimates))
    return with_source(progress_8.with_progress(staged, year), estimates)


def estimates_of(engine: Engine, pupils: ir.Table, year: int) -> progress_8.Estimates:
    """Where the year's estimates come from: DfE's table for a real country, else the store's own cohort."""
    made_up = invented(engine)
    found = None if made_up else progress_8.official(year)
    if found:
        return found
    held = {
        "attainment_8": engine.value(pupils.filter(_.state_funded.fill_null(True), _.attainment_8.notnull()).count()),
        "progress_8": engine.value(pupils.filter(_.counts).count()),
    }
    printed = {name: number for name in held if (number := printed_pupils(engine, name, year)) is not None}
    model = pupils.filter(_.in_model)
    return progress_8.own(year, counted(engine, model, model.prior_group, model.attainment_8), held=held, printed=printed, invented=made_up)


def counted(engine: Engine, pupils: ir.Table, by: ir.Value, outcome: ir.Value) -> list[tuple]:
    """How many pupils have each outcome in each group: (group, outcome, pupils)."""
    rows = pupils.mutate(of=by, reached=outcome.cast(POINTS)).filter(_.of.notnull(), _.reached.notnull())
    found = engine.rows(rows.group_by("of", "reached").aggregate(n=_.count()))
    return sorted((row["of"], Decimal(row["reached"]), row["n"]) for row in found)


def with_source(pupils: ir.Table, estimates: progress_8.Estimates) -> ir.Table:
    """The pupils with progress_8 and progress_8_source.

    In a file that gives DfE's scores, a pupil without one does not count in Progress 8.
    """
    ours = pupils.progress_8_results.notnull()
    source = ibis.cases(
        (pupils.progress_8_dfe.notnull(), "dfe"),
        (pupils.dfe_scores, "DfE gives no score: the pupil does not count in Progress 8."),
        (ours, estimates.source),
        (ibis.literal(not estimates.groups), estimates.source),
        (pupils.prior_group.isnull(), "There is no key stage 2 result."),
        (pupils.attainment_8.isnull(), "There is no Attainment 8."),
        else_="The pupil does not count in Progress 8.",
    )
    worked = ibis.ifelse(pupils.dfe_scores, ibis.null(tables.SCORE), pupils.progress_8_results)
    return pupils.mutate(progress_8=ibis.coalesce(pupils.progress_8_dfe, worked), progress_8_source=source)


KS2_COLUMNS = (
    "ks2_read_score",
    "ks2_maths_score",
    "ks2_gps_score",
    "ks2_writing",
    "ks2_read_expected",
    "ks2_writing_expected",
    "ks2_maths_expected",
    "ks2_gps_expected",
    "ks2_rwm_expected",
    "ks2_rwm_higher",
)
KS4_COLUMNS = (
    "ks2_prior",
    "prior_group",
    "in_progress_8",
    "in_progress_8_model",
    "attainment_8",
    "attainment_8_dfe",
    "attainment_8_results",
    "attainment_8_english",
    "attainment_8_maths",
    "attainment_8_ebacc",
    "attainment_8_open",
    "english_maths_94",
    "english_maths_95",
    "ebacc_entered",
    "ebacc_aps",
    "progress_8_dfe",
    "dfe_scores",
    "ks4_source",
)
