"""Key stage 2: scaled scores, expected and higher standards, and progress from key stage 1.

A standard is yes, no, or null for a pupil who does not count in it: results that are missing, lost or annulled are left out, and
without a writing assessment a pupil is left out of writing and of the three together. DfE's own flags win where the file has them.

Source: DfE, National curriculum assessments at key stage 2: quality and methodology; DfE, SFR12/2017 technical notes.
"""

from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from virtualschool import codes, tables
from virtualschool.outcomes.exact import exact
from virtualschool.outcomes.key_stage_1 import KS1_POINTS, average, latest
from virtualschool.outcomes.own_cohort import Group, groups, is_national
from virtualschool.outcomes.prior import written
from virtualschool.outcomes.who import one_of_year
from virtualschool.tables import SCORE

EXPECTED, HIGHER = 100, 110
PROGRESS_YEARS = (*range(2016, 2020), 2022, 2023, 2026, 2027)
FIRST_FLOOR = 2018
SMALLEST_GROUP = 100
SUBJECTS = ("read", "writing", "maths")

OUTCOMES = ibis.table(
    {"code": "string", "counts": "boolean", "expected": "boolean", "higher": "boolean", "writing_points": "int32"}, name="ks2_outcome_codes"
)
"""What an outcome code means for the standards."""

GROUPS = ibis.table({"subject": "string", "average": tables.POINTS, "estimate": SCORE, "floor": SCORE}, name="ks2_progress_groups")
"""Mean key stage 2 result of pupils with one key stage 1 average, by subject, and the lowest score of progress that counts."""


def outcome_codes() -> pa.Table:
    """The rows of OUTCOMES: the codes, and every scaled score."""
    said = {"yes": True, "no": False, "": None}
    rows = [
        (r["code"], said[r["counts"]], said[r["expected"]], said[r["higher"]], int(r["writing_points"] or 0) or None)
        for r in codes.load("ks2_outcomes")
    ]
    rows += [(str(score), True, score >= EXPECTED, score >= HIGHER, None) for score in range(80, 121)]
    kinds = (pa.string(), pa.bool_(), pa.bool_(), pa.bool_(), pa.int32())
    return pa.table({n: pa.array(c, k) for n, c, k in zip(OUTCOMES.columns, zip(*rows, strict=True), kinds, strict=True)})


def at_the_end(*, by_upn: bool = True) -> ir.Table:
    """The pupils at the end of key stage 2, one row each, with every column of tables.ks2."""
    return one_of_year(tables.ks2, by_upn=by_upn)


def standards(pupils: ir.Table) -> ir.Table:
    """The pupils with scores and standards: the columns ks2_* of tables.OUTCOMES but for progress.

    Also writing_points, the points of the writing assessment.
    """
    found = pupils
    for subject in ("read", "maths", "gps", "writing"):
        meant = OUTCOMES.select(
            **{
                f"{subject}_code": _.code,
                f"{subject}_counts": _.counts,
                f"{subject}_reached": _.expected,
                f"{subject}_high": _.higher,
                f"{subject}_points": _.writing_points,
            }
        )
        found = found.mutate(**{f"{subject}_result": written(found[f"{subject}_result"])})
        found = found.left_join(meant, found[f"{subject}_result"] == meant[f"{subject}_code"])

    def expected(subject: str) -> ir.Value:
        ours = ibis.ifelse(found[f"{subject}_counts"], found[f"{subject}_reached"], ibis.null("boolean"))
        reached = ibis.coalesce(found[f"{subject}_expected"], ours)
        return ibis.ifelse(leaves_out(subject), ibis.null("boolean"), reached)

    def leaves_out(subject: str) -> ir.BooleanValue:
        return (~found[f"{subject}_eligible"]).fill_null(False) | (~found[f"{subject}_valid"]).fill_null(False)

    def all_three(flag: ir.Value, of: list[ir.Value]) -> ir.Value:
        known = of[0].notnull() & of[1].notnull() & of[2].notnull()
        reached = ibis.coalesce(flag, ibis.ifelse(known, of[0] & of[1] & of[2], ibis.null("boolean")))
        out = (~found.rwm_eligible).fill_null(False) | (~found.rwm_valid).fill_null(False)
        return ibis.ifelse(out, ibis.null("boolean"), reached)

    def high(subject: str) -> ir.Value:
        ours = ibis.ifelse(found[f"{subject}_counts"], found[f"{subject}_high"], ibis.null("boolean"))
        # There is no flag of DfE's for greater depth in writing.
        reached = ours if subject == "writing" else ibis.coalesce(found[f"{subject}_higher"], ours)
        return ibis.ifelse(leaves_out(subject), ibis.null("boolean"), reached)

    def score(subject: str) -> ir.Value:
        result = found[f"{subject}_result"]
        return ibis.ifelse(result.re_search("^[0-9]+$"), result, ibis.null("string")).try_cast("int32")

    standards_ = {subject: expected(subject) for subject in ("read", "writing", "maths", "gps")}
    highs = {subject: high(subject) for subject in ("read", "writing", "maths", "gps")}
    return found.mutate(
        ks2_read_score=score("read"),
        ks2_maths_score=score("maths"),
        ks2_gps_score=score("gps"),
        ks2_writing=found.writing_result,
        **{f"ks2_{subject}_expected": value for subject, value in standards_.items()},
        ks2_rwm_expected=all_three(found.rwm_expected, [standards_[subject] for subject in SUBJECTS]),
        ks2_rwm_higher=all_three(found.rwm_higher, [highs[subject] for subject in SUBJECTS]),
        **{f"ks2_{subject}_higher": value for subject, value in highs.items()},
    )


def with_ks1_average(pupils: ir.Table, *, by_upn: bool = True) -> ir.Table:
    """The pupils with ks1_average: from the points that the key stage 2 file gives, else from their key stage 1 outcomes."""
    before = latest(by_upn=by_upn)
    found = pupils.left_join(before, "pupil", rname="ks1_{name}")
    if "ks1_pupil" in found.columns:
        found = found.drop("ks1_pupil")
    worked = {}
    for subject, given in (("reading", "ks1_reading_points"), ("writing", "ks1_writing_points"), ("maths", "ks1_maths_points")):
        meant = KS1_POINTS.select(**{f"{subject}_ks1_code": _.code, f"{subject}_ks1": _.points})
        found = found.mutate(**{f"before_{subject}": found[f"before_{subject}"].strip().upper()})
        found = found.left_join(meant, found[f"before_{subject}"] == meant[f"{subject}_ks1_code"])
        worked[subject] = (given, f"{subject}_ks1")
    values = {subject: ibis.coalesce(found[given], found[ours]) for subject, (given, ours) in worked.items()}
    return found.mutate(ks1_average=average(values["reading"], values["writing"], values["maths"]))


def result_of(pupils: ir.Table, subject: str) -> ir.Value:
    """What progress is measured on: the scaled score, or in writing the points of the assessment."""
    return pupils.writing_points if subject == "writing" else pupils[f"ks2_{subject}_score"]


@dataclass(frozen=True)
class Estimates:
    """The groups of the three subjects and where they come from; none if there are none, and then why."""

    groups: dict[str, list[tuple[Decimal, Group]]]
    source: str


def why_not(year: int) -> str | None:
    """Why there is no progress from key stage 1 in a year, or None where there is."""
    if year in PROGRESS_YEARS:
        return None
    if year in (2020, 2021):
        return f"There is no key stage 2 progress in {year}: the tests were cancelled."
    if year in (2024, 2025):
        return f"There is no key stage 2 progress in {year}: these pupils have no key stage 1 results."
    return f"There is no progress from key stage 1 to key stage 2 in {year}."


def own(year: int, counts: dict[str, list[tuple[Decimal, Decimal, int]]], *, held: int, printed: int | None) -> Estimates:
    """Estimates from the store's own pupils, (average, result, pupils) by subject, if it holds about as many as were printed.

    DfE's groups were not found for any year. Ours are the different averages; one with fewer than 100 pupils joins the next above
    it, and the last the one below.
    """
    if printed is None:
        return Estimates({}, "No estimates: DfE's are not published, and no national number of pupils is held to compare the store's with.")
    if not is_national(held, printed):
        return Estimates({}, f"No estimates: DfE's are not published, and the store holds {held:,} of {printed:,} pupils.")
    found = {}
    for subject, rows in counts.items():
        of = merged(rows)
        made = {group.number: group for group in groups([(of[a], r, n) for a, r, n in rows], with_floor=year >= FIRST_FLOOR)}
        found[subject] = [(average_, made[number]) for average_, number in sorted(of.items())]
    return Estimates(found, "store")


def merged(rows: list[tuple[Decimal, Decimal, int]]) -> dict[Decimal, int]:
    """The number of the group of each average, so that every group has at least SMALLEST_GROUP pupils if all have."""
    pupils: dict[Decimal, int] = {}
    for average_, _result, n in rows:
        pupils[average_] = pupils.get(average_, 0) + n
    found: dict[Decimal, int] = {}
    number, size = 1, 0
    for average_ in sorted(pupils):
        if size >= SMALLEST_GROUP:
            number, size = number + 1, 0
        found[average_] = number
        size += pupils[average_]
    if size < SMALLEST_GROUP and number > 1:
        found = {average_: min(of, number - 1) for average_, of in found.items()}
    return found


def table(estimates: Estimates) -> pa.Table:
    """The rows of GROUPS."""
    rows = [(subject, a, g.estimate, g.floor) for subject, of in estimates.groups.items() for a, g in of]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    kinds = (pa.string(), pa.decimal128(9, 4), pa.decimal128(18, 6), pa.decimal128(18, 6))
    return pa.table({n: pa.array(c, k) for n, c, k in zip(GROUPS.columns, columns, kinds, strict=True)})


def with_progress(pupils: ir.Table, *, own_cohort: bool) -> ir.Table:
    """The pupils with ks2_<subject>_progress and ks2_progress_source: DfE's fields, else the store's own estimates (if `own_cohort`)."""
    found, ours = pupils, {}
    for subject in SUBJECTS:
        if own_cohort:
            means = GROUPS.filter(_.subject == subject).select(
                **{f"{subject}_average": _.average, f"{subject}_mean": _.estimate, f"{subject}_floor": _.floor}
            )
            found = found.left_join(means, found.ks1_average == means[f"{subject}_average"])
            progress = result_of(found, subject).cast(SCORE) - found[f"{subject}_mean"]
            low = found[f"{subject}_floor"]
            counted = ibis.ifelse(found.school_group.fill_null("mainstream") == "independent", ibis.null(SCORE), exact(progress, SCORE))
            found = found.mutate(**{f"our_{subject}": ibis.ifelse((counted < low).fill_null(False), low, counted)})
            ours[subject] = f"our_{subject}"
    held = ibis.coalesce(*[found[f"{subject}_progress"] for subject in SUBJECTS]).notnull()
    values = {}
    for subject in SUBJECTS:
        theirs = ibis.ifelse(found[f"in_{subject}_progress"].fill_null(True), found[f"{subject}_progress"], ibis.null(SCORE))
        other = found[ours[subject]] if own_cohort else ibis.null(SCORE)
        values[subject] = ibis.ifelse(held, theirs, other)
    any_of_ours = ibis.coalesce(*[found[name] for name in ours.values()]).notnull() if own_cohort else ibis.literal(False)
    return found.mutate(
        **{f"ks2_{subject}_progress": exact(value, SCORE) for subject, value in values.items()},
        ks2_progress_source=ibis.cases((held, "dfe"), (any_of_ours, "store")),
    )


COLUMNS = (
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
    "ks2_read_higher",
    "ks2_writing_higher",
    "ks2_maths_higher",
    "ks2_gps_higher",
)
