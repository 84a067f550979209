"""One year's outcomes: each source is staged in turn, one row a pupil, and all are laid side by side."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import (
    absence,
    attainment_8,
    characteristics,
    early_years,
    exclusions,
    key_stage_1,
    key_stage_2,
    key_stage_4,
    multiplication,
    phonics,
    points,
    post_16,
    prior,
    progress_8,
    schools,
    slots_kernel,
)
from virtualschool.outcomes.assembly import pupils_of
from virtualschool.outcomes.national import invented, printed_pupils
from virtualschool.outcomes.rules import Rules, rules_of
from virtualschool.outcomes.schools import with_school
from virtualschool.outcomes.staging import Stage, compiled
from virtualschool.outcomes.who import repeated
from virtualschool.store import Engine
from virtualschool.tables import POINTS

WHO = ("pupil", "year", "upn", "dob", "sex", "laestab", "school_urn", "nftype", "state_funded")


def code_lists(stage: Stage) -> None:
    """Gives the code lists their rows."""
    for table, rows in characteristics.code_tables():
        stage.look_up(table, rows)
    stage.look_up(schools.TYPES, schools.type_codes())
    stage.look_up(prior.KS2_SCORES, prior.ks2_scores())
    stage.look_up(key_stage_2.OUTCOMES, key_stage_2.outcome_codes())


def pupils_of_year(stage: Stage, year: int, notes: list[str]) -> str:
    """The query that gives the rows of `pupils` for one year, over tables that have been staged. What there is to say joins `notes`."""
    stage.turn_to(year)
    engine = stage.engine
    for table in (tables.census, tables.early_years, tables.ks1, tables.multiplication, tables.ks2, tables.post_16, tables.absence):
        stage.put(f"repeated_{table.name}", repeated, table, held=held(engine, table), by_upn=by_upn(engine, table))
    census = stage.put("on_census", characteristics.at_census, held=held(engine, tables.census), by_upn=by_upn(engine, tables.census))
    ks1 = stage.put("at_ks1", key_stage_1.assessed, held=held(engine, tables.ks1), by_upn=by_upn(engine, tables.ks1))
    ks2 = at_key_stage_2(stage, year, notes)
    ks4 = at_key_stage_4(stage, year, census, notes)
    attended = stage.put("attended", absence.attended, held=held(engine, tables.absence), by_upn=by_upn(engine, tables.absence))
    excluded = stage.put("excluded", exclusions.excluded, held=held(engine, tables.exclusions), by_upn=by_upn(engine, tables.exclusions))
    last_held = held(engine, tables.exclusions, "last")
    excluded_before = stage.put(
        "excluded_before", exclusions.excluded_last_year, held=last_held, by_upn=by_upn(engine, tables.exclusions, "last")
    )
    sources = {
        "census": census,
        "early_years": of_source(stage, "at_early_years", early_years.at_the_end, tables.early_years),
        "phonics": of_source(stage, "at_phonics", phonics.checked, tables.phonics),
        "ks1": ks1,
        "multiplication": of_source(stage, "at_multiplication", multiplication.checked, tables.multiplication),
        "ks2": ks2,
        "ks4": ks4,
        "post_16": of_source(stage, "at_post_16", post_16.at_the_end, tables.post_16),
        "attended": attended,
        "excluded": excluded,
    }
    beside = {
        "phonics_before": stage.put(
            "phonics_before",
            phonics.before_now,
            held=held(engine, tables.phonics, "before"),
            by_upn=by_upn(engine, tables.phonics, "before"),
        ),
        "excluded_before": excluded_before,
    }
    return compiled(
        pupils_of,
        *sources.values(),
        *beside.values(),
        exclusions_held=held(engine, tables.exclusions),
        exclusions_held_before=last_held,
        phonics_held_before=year - 1 in phonics.WITHOUT_CHECK or held(engine, tables.phonics, "last"),
    )


def of_source(stage: Stage, name: str, build: Callable[..., ir.Table], table: tables.Table) -> ir.Table:
    """One row a pupil of a source, staged."""
    return stage.put(name, build, held=held(stage.engine, table), by_upn=by_upn(stage.engine, table))


def held(engine: Engine, table: tables.Table, when: str = "now") -> bool:
    """Whether the store holds rows of the year."""
    return bool(engine.rows(f'SELECT 1 FROM "{table.name}_{when}" LIMIT 1'))


def by_upn(engine: Engine, table: tables.Table, when: str = "now") -> bool:
    """Whether some rows have a UPN and no matching reference, so that pupils must be looked up by it."""
    return bool(engine.rows(f'SELECT 1 FROM "{table.name}_{when}" WHERE pmr IS NULL AND upn IS NOT NULL LIMIT 1'))


def at_key_stage_2(stage: Stage, year: int, notes: list[str]) -> ir.Table:
    """The year's pupils at the end of key stage 2, staged, with progress."""
    engine = stage.engine
    stage.look_up(key_stage_1.KS1_POINTS, key_stage_1.points_table(year))
    some = held(engine, tables.ks2)
    assessed = stage.put(
        "ks2_assessed", ks2_assessed, held=some, by_upn=by_upn(engine, tables.ks2), by_upn_ks1=by_upn(engine, tables.ks1, "before")
    )
    estimates = key_stage_2.Estimates({}, "")
    if some and key_stage_2.why_not(year) is None:
        given = engine.value(f"SELECT count(coalesce(read_progress, writing_progress, maths_progress)) FROM {assessed.get_name()}")
        if not given:
            counts = {subject: counted(engine, ks2_model, assessed, subject) for subject in key_stage_2.SUBJECTS}
            pupils = engine.value(f"SELECT count(*) FROM {assessed.get_name()} WHERE coalesce(state_funded, true)")
            estimates = key_stage_2.own(year, counts, held=pupils, printed=printed_pupils(engine, "ks2_rwm", year))
            said = "estimates from the pupils of this store." if estimates.groups else estimates.source
            notes.append(f"Key stage 2 progress {year}: {said}")
    stage.look_up(key_stage_2.GROUPS, key_stage_2.table(estimates))
    return stage.put("at_ks2", key_stage_2.with_progress, assessed, held=some, own_cohort=bool(estimates.groups))


def ks2_assessed(*, by_upn: bool, by_upn_ks1: bool) -> ir.Table:
    """The pupils at the end of key stage 2 with standards, key stage 1 average and school."""
    rows = key_stage_2.standards(key_stage_2.at_the_end(by_upn=by_upn))
    rows = key_stage_2.with_ks1_average(rows, by_upn=by_upn_ks1)
    rows = with_school(rows.mutate(nftype=rows.school_type, on_census=ibis.null("boolean")).drop("school_type"))
    rows = rows.rename(school_group="school_type")
    progress = [name for subject in key_stage_2.SUBJECTS for name in (f"{subject}_progress", f"in_{subject}_progress")]
    return rows.select(*WHO, "school_group", "ks1_average", "writing_points", *key_stage_2.COLUMNS, *progress)


def at_key_stage_4(stage: Stage, year: int, census: ir.Table, notes: list[str]) -> ir.Table:
    """The year's pupils at the end of key stage 4, staged, with Progress 8."""
    engine, rules = stage.engine, rules_of(year)
    some_results = held(engine, tables.ks4_results)
    some = some_results or held(engine, tables.ks4)
    meant = points.meanings(engine.rows(compiled(attainment_8.spellings)), year)
    notes += [f"Key stage 4 results {year}: {note}" for note in sorted({note for note in meant["note"].to_pylist() if note})]
    stage.look_up(points.MEANINGS, meant)
    results = slots_kernel.staged(stage, rules, year, held=some_results, by_upn=by_upn(engine, tables.ks4_results))
    scored = stage.put(
        "ks4_scored",
        ks4_scored,
        rules,
        results,
        census,
        held=some,
        results_held=some_results,
        by_upn=by_upn(engine, tables.ks4),
        by_upn_ks2=by_upn(engine, tables.ks2, "before"),
    )
    reason = progress_8.why_not(year)
    estimates = estimates_of(engine, scored, year) if some and not reason else progress_8.Estimates((), reason or "")
    if some and not reason:
        notes.append(f"Progress 8 {year}: {progress_8.in_words(estimates, year)}")
    stage.look_up(progress_8.GROUPS, progress_8.table(estimates))
    stage.look_up(progress_8.SOURCE, progress_8.source_table(estimates))
    return stage.put("at_ks4", progress_8.with_source, scored, held=some)


def ks4_scored(rules: Rules, results: ir.Table, census: ir.Table, *, results_held: bool, by_upn: bool, by_upn_ks2: bool) -> ir.Table:
    """The pupils at the end of key stage 4 with their school, and whether they are in the model and the calculation of Progress 8."""
    rows = key_stage_4.at_the_end(rules, results, census, results_held=results_held, by_upn=by_upn, by_upn_ks2=by_upn_ks2)
    rows = with_school(rows.mutate(on_census=ibis.null("boolean")))
    has_prior = rows.prior_group.notnull() & rows.attainment_8.notnull()
    type_ = rows.school_type.fill_null("mainstream")
    return rows.select(
        *WHO,
        *key_stage_4.COLUMNS,
        "dfe_scores",
        in_model=(ibis.coalesce(rows.in_progress_8_model, type_ == "mainstream") & has_prior).fill_null(False),
        counts=(ibis.coalesce(rows.in_progress_8, type_ != "independent") & has_prior).fill_null(False),
    )


def estimates_of(engine: Engine, pupils: ir.Table, year: int) -> progress_8.Estimates:
    """Where the year's estimates come from: DfE's table for a real country, else the store's own cohort."""
    made_up = invented(engine)
    if not made_up and (official := progress_8.official(year)):
        return official
    [here] = engine.rows(compiled(held_like_printed, pupils))
    printed = {name: number for name in here if (number := printed_pupils(engine, name, year)) is not None}
    elements = progress_8.element_means(engine.rows(compiled(element_sums, pupils)))
    return progress_8.own(year, counted(engine, ks4_model, pupils), elements, held=here, printed=printed, invented=made_up)


def held_like_printed(pupils: ir.Table) -> ir.Table:
    """The pupils held whose number DfE prints: of state-funded schools with Attainment 8, and with Progress 8."""
    return pupils.aggregate(
        attainment_8=(pupils.state_funded.fill_null(True) & pupils.attainment_8.notnull()).sum().fill_null(0),
        progress_8=pupils.counts.sum().fill_null(0),
    )


def ks4_model(pupils: ir.Table) -> ir.Table:
    """How many modelled pupils of each prior attainment group have each Attainment 8: group, outcome and n."""
    return outcome_counts(pupils.filter(_.in_model), _.prior_group, _.attainment_8)


def element_sums(pupils: ir.Table) -> ir.Table:
    """Sum and number of each element of Attainment 8 of the modelled pupils, by prior attainment group."""
    named = pupils.filter(_.in_model)
    made: dict[str, ir.Value] = {}
    for name in progress_8.ELEMENTS:
        made |= {f"sum_{name}": named[f"attainment_8_{name}"].sum(), f"n_{name}": named[f"attainment_8_{name}"].count()}
    return named.mutate(group=_.prior_group).group_by("group").aggregate(**made)


def ks2_model(pupils: ir.Table, subject: str) -> ir.Table:
    """How many modelled pupils of each key stage 1 average have each result: group, outcome and n."""
    mainstream = pupils.filter(_.school_group.fill_null("mainstream") == "mainstream")
    return outcome_counts(mainstream, _.ks1_average, key_stage_2.result_of(mainstream, subject))


def outcome_counts(pupils: ir.Table, group: ir.Value, outcome: ir.Value) -> ir.Table:
    rows = pupils.mutate(group=group, outcome=outcome.cast(POINTS)).filter(_.group.notnull(), _.outcome.notnull())
    return rows.group_by("group", "outcome").aggregate(n=_.count())


def counted(engine: Engine, model: Callable[..., ir.Table], *arguments) -> list[tuple]:
    """The counts of a model in order: (group, outcome, pupils)."""
    return sorted((row["group"], row["outcome"], row["n"]) for row in engine.rows(compiled(model, *arguments)))
