"""Training of the weights that are shipped: a job of a release, never of a build.

    python -m virtualschool.link.training --made 2026-11-22 --to virtualschool/link/models/2026-11.json

Trials of linking are invented, of several worlds of errors, with postcodes and without. The link step gathers the pairs of each and
says at which level each comparison comes out. From these levels alone Splink estimates by expectation and maximisation how often
true pairs show a level (m) and how often others do (u). The truth, which a trial knows, is not used; it is printed beside, to show
how well it was met.
"""

import argparse
import csv
import importlib.util
import json
import pathlib
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

import numpy as np
import pyarrow as pa

from virtualschool.errors import WrongUse, unknown
from virtualschool.invent.trial import ERRORS, POSTCODES, Trial, invent_trial, load
from virtualschool.link import chance, likely, link, weighing
from virtualschool.link.comparisons import LEVELS, PAIR
from virtualschool.link.model import CURRENT, HOMES, Model, model
from virtualschool.store import Draft, Store

WORLDS = ("spike", "fifteen", "clerical", "yearly", "siblings")
UNTRAINED = ("name",)
"""Comparisons that no trial has data for; they keep the values they had."""
KEPT = {"number": ("same as a former one", "same"), "birth": ("differs", "same day and month", "same month")}
"""Levels whose m stays what it was. A pair with one number and two birth dates is a child with a wrong birth date or one with the number of
a brother or sister, and no maximisation tells which; such pairs are left out, and with them nearly all that show these levels."""
MATCHES = {"all": 0.1, "linked": 0.1, "open": 0.1}
"""The runs: over all pairs, over those of children with an exact link, over the rest; and the share taken to be true at first."""
ITERATIONS, CONVERGED = 500, 1e-5
GIVEN = "given"
WORTH = 20
"""Pairs that the values before count as, so that a level which hardly ever comes up is not taken for impossible."""
LEAST_M, LEAST_U = 5e-4, 1e-6
"""No level is rarer than this, whatever the trials say: the world knows more ways to go wrong."""
LEAST_CHILDREN = 100
"""With fewer children in a group its share among the pupils stays what it was."""


@dataclass(frozen=True)
class Seen:
    """The pairs of a trial, and which of them are true."""

    pairs: likely.Pairs
    true: np.ndarray


@dataclass(frozen=True)
class Run:
    """What one run of Splink came to, by column: m and u of its levels, and how many pairs tell of it."""

    m: dict[str, np.ndarray]
    u: dict[str, np.ndarray]
    known: dict[str, int]
    pairs: int
    matches: float
    """The share of pairs that are true."""
    iterations: int


def trained(seen: Sequence[Seen], before: Model) -> tuple[Model, dict[str, Run]]:
    """A model from the pairs of trials, and the runs it comes from.

    m is that of all pairs, but of the number that of children whom no exact rule linked; u that of the pairs of children whom one
    did. So a build corrects them too (`likely`).
    """
    wanted()
    runs, begin = {}, first(seen, before)
    for name, share in MATCHES.items():
        runs[name] = estimated(pa.concat_tables([columns(one.pairs, name, asked_in(one.pairs, name)) for one in seen]), share, begin)
    m = settled(runs["all"], before, "m") | {"number": settled(runs["open"], before, "m")["number"]}
    made = replace(before, m=m, u=settled(runs["linked"], before, "u"))
    return replace(made, present=present(seen, made)), runs


def gathered(trial: Trial, folder: pathlib.Path) -> Seen:
    """The pairs of a trial, invented in a folder and linked as a build does it."""
    invent_trial(trial, folder / "trial")
    with Store(folder / "store").draft() as draft:
        load(folder / "trial", draft)
        link(draft)
        return looked_at(draft, truth_of(folder / "trial"))


def truth_of(folder: pathlib.Path) -> dict[tuple[str, str], set[str]]:
    """The pupils who each child (la, child) of a trial is; two where a number of the pupil's was changed."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as opened:
        return {(row["la"], row["child"]): {row["pupil"], row["also"]} - {""} for row in csv.DictReader(opened)}


def looked_at(draft: Draft, truth: Mapping[tuple[str, str], Collection[str]]) -> Seen:
    """The pairs of a draft that has been linked."""
    table, pupils = weighing.ready(draft)
    names = zip(*(table[name].to_pylist() for name in PAIR), strict=True)
    true = np.fromiter((pupil in truth.get((la, child), ()) for la, child, pupil in names), bool, table.num_rows)
    return Seen(weighing.pairs(table, pupils, tuple(model().present)), true)


def first(seen: Sequence[Seen], before: Model) -> Model:
    """What to begin with: m as exact links show it, u as the other candidates of their children do.

    Candidates share birth date, sex and area. From shares among pupils at large, all of them would be taken for true at first, and
    the maximisation would not find back.
    """
    linked = {name: WORTH * held for name, held in before.m.items()}
    others = {name: WORTH * held for name, held in before.u.items()}
    for one in seen:
        add(linked, one.pairs, one.pairs.linked)
        add(others, one.pairs, one.pairs.certain & ~one.pairs.linked)
    m = {name: chance.shares(counts) for name, counts in linked.items()} | {"number": before.m["number"]}
    return replace(before, m=m, u={name: chance.shares(counts) for name, counts in others.items()})


def add(counts: Mapping[str, np.ndarray], pairs: likely.Pairs, mask: np.ndarray) -> None:
    """Adds the levels of some pairs to counts in the shape of a model's shares."""
    homes = chance.OF_HOMES[pairs.levels["place"]][mask]
    for name, held in counts.items():
        level = pairs.levels[name][mask]
        np.add.at(held, (homes, level) if held.ndim == 2 else level, 1.0)


# --- What Splink is given, and what it gives ---


def asked_in(pairs: likely.Pairs, run: str) -> np.ndarray:
    """The pairs that a run is about."""
    return {"all": np.ones(len(pairs.child), bool), "linked": pairs.certain, "open": ~pairs.certain}[run] & ~unclear(pairs)


def columns(pairs: likely.Pairs, run: str, rows: np.ndarray) -> pa.Table:
    """The levels of some pairs, null where not known: a column for each comparison, or for each of HOMES."""
    homes = chance.OF_HOMES[pairs.levels["place"]]
    # Of a link only birth date and sex are learnt where the number was needed to find it.
    found = likely.found_by_birth(pairs) | ~pairs.certain if run == "all" else np.ones(len(homes), bool)
    given: dict[str, pa.Array] = {}
    for name, level in pairs.levels.items():
        told = (level > 0) & (True if name in ("number", "birth", "sex") else found)
        for column, place in parts(name, run):
            mask = told if place is None else told & (homes == place)
            given[column] = pa.array(level[rows].astype(np.int8), mask=~mask[rows])
    return pa.table(given)


def unclear(pairs: likely.Pairs) -> np.ndarray:
    """Whether a pair has one number and two birth dates (see KEPT)."""
    number, birth = ([LEVELS[name].index(words) for words in KEPT[name]] for name in ("number", "birth"))
    return np.isin(pairs.levels["number"], number) & np.isin(pairs.levels["birth"], birth)


def parts(name: str, run: str) -> list[tuple[str, int | None]]:
    """The columns of a comparison, each with the place in HOMES in which it is known, or none."""
    if name in UNTRAINED:
        return []
    if name == "school":
        # The school of who lives in the same home says nothing more.
        return [(column_of(name, place), place) for place in range(chance.SAME_HOME)]
    if name == "number" and run == "linked":
        return [(column_of(name, place), place) for place in range(len(HOMES))]
    return [(name, None)]


def column_of(name: str, place: int) -> str:
    return f"{name}_{place}"


def made_up(names: Sequence[str]) -> pa.Table:
    """Two pairs for each level of each column, one that is true and one that is not, of which nothing else is known.

    Without them a level that only true pairs show would be impossible for others, and Splink could not go on.
    """
    made = [
        {column: level, GIVEN: truth} for column in names for level in range(1, len(LEVELS[column.partition("_")[0]])) for truth in (1, 2)
    ]
    return pa.Table.from_pylist(made, pa.schema([(name, pa.int8()) for name in (*names, GIVEN)]))


def estimated(pairs: pa.Table, matches: float, before: Model) -> Run:
    """m and u of each column of levels, by Splink, each a comparison of its own; begins with a model."""
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as connection:
        whole = pa.concat_tables([pairs, made_up(pairs.column_names)], promote_options="default")
        connection.register("levels", whole.append_column("pair", pa.array(np.arange(whole.num_rows))))
        api = DuckDBAPI(connection)
        # A pair is two records with one number. The levels stand on both; those of the left are asked.
        for side in ("care", "pupils"):
            connection.execute(f"CREATE TABLE {side} AS SELECT pair AS unique_id, * FROM levels")
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[*(comparison(column, before) for column in pairs.column_names), told_truth()],
            blocking_rules_to_generate_predictions=[block_on("pair")],
            probability_two_random_records_match=matches,
            em_convergence=CONVERGED,
            max_iterations=ITERATIONS,
        )
        linker = Linker(
            [api.register(side, dataset_display_name=side) for side in ("care", "pupils")],
            settings,
            log_level="ERROR",
            validate_settings=False,
        )
        session = linker.training.estimate_parameters_using_expectation_maximisation(
            block_on("pair"),
            estimate_without_term_frequencies=True,
            fix_u_probabilities=False,
            populate_probability_two_random_records_match_from_trained_values=True,
        )
        told = linker.misc.save_model_to_json()
    return Run(
        {one["output_column_name"]: shares(one, "m") for one in told["comparisons"][:-1]},
        {one["output_column_name"]: shares(one, "u") for one in told["comparisons"][:-1]},
        {column: pairs.num_rows - pairs[column].null_count for column in pairs.column_names},
        pairs.num_rows,
        float(told["probability_two_random_records_match"]),
        len(session._core_model_settings_history) - 1,
    )


def comparison(column: str, before: Model) -> Any:
    """A column of levels as a comparison of Splink, with the shares that it begins with."""
    from splink.comparison_library import CustomComparison

    name, _, place = column.partition("_")
    m, u = (
        held[int(place)] if place and held.ndim == 2 else held if held.ndim == 1 else held[0] for held in (before.m[name], before.u[name])
    )
    asked: list[Any] = [{"sql_condition": f"{column}_l IS NULL", "label_for_charts": LEVELS[name][0], "is_null_level": True}]
    for level, words in enumerate(LEVELS[name]):
        if level:
            condition = f"{column}_l = {level}" if level < len(LEVELS[name]) - 1 else "ELSE"
            shares_at_first = {"m_probability": float(m[level]), "u_probability": float(u[level])}
            asked.append({"sql_condition": condition, "label_for_charts": words, **shares_at_first})
    return CustomComparison(output_column_name=column, comparison_levels=asked)


def told_truth() -> Any:
    """The comparison that only the pairs of `made_up` have: it says outright what is true."""
    from splink.comparison_library import CustomComparison

    fixed = {"fix_m_probability": True, "fix_u_probability": True}
    never, always = 1e-15, 1 - 1e-15
    levels: list[Any] = [
        {"sql_condition": f"{GIVEN}_l IS NULL", "label_for_charts": "not known", "is_null_level": True},
        {"sql_condition": f"{GIVEN}_l = 1", "label_for_charts": "not true", "m_probability": never, "u_probability": always, **fixed},
        {"sql_condition": "ELSE", "label_for_charts": "true", "m_probability": always, "u_probability": never, **fixed},
    ]
    return CustomComparison(output_column_name=GIVEN, comparison_levels=levels)


def shares(told: Mapping, kind: str) -> np.ndarray:
    """m or u of each level of a comparison of a saved model; 0 where none of the pairs had it."""
    levels = [level for level in told["comparison_levels"] if not level.get("is_null_level")]
    found = [level.get(f"{kind}_probability") for level in levels]
    return np.array([0.0, *(share if isinstance(share, float) else 0.0 for share in found)])


# --- From what Splink gives to a model ---


def settled(run: Run, before: Model, kind: str) -> dict[str, np.ndarray]:
    """m or u of a run in the shape of a model: what came up seldom leans on what was held before."""
    found, share = (run.m, run.matches) if kind == "m" else (run.u, 1 - run.matches)
    least = LEAST_M if kind == "m" else LEAST_U
    made = {}
    for name, held in (before.m if kind == "m" else before.u).items():
        rows = []
        for place, row in enumerate(np.atleast_2d(held)):
            column = next((one for one in (column_of(name, place), name) if one in found), None)
            mass = run.known[column] * share if column else 0.0
            blended = ((found[column] if column else 0.0) * mass + WORTH * row) / (mass + WORTH)
            kept = np.isin(LEVELS[name], KEPT.get(name, ()) if kind == "m" else ())
            rows.append(bounded(with_kept(blended, row, kept), least) if column else row)
        made[name] = np.array(rows) if held.ndim == 2 else rows[0]
    return made


def with_kept(row: np.ndarray, before: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Shares of levels, some as they were before, the rest in proportion."""
    rest = np.where(kept, 0.0, row)
    return np.where(kept, before, rest / rest.sum() * (1 - before[kept].sum()))


def bounded(row: np.ndarray, least: float) -> np.ndarray:
    """Shares of levels, none below the least but that of not known, which has none."""
    made = np.maximum(row, least)
    made[0] = 0.0
    return made / made.sum()


def present(seen: Sequence[Seen], made: Model) -> dict[str, float]:
    """Of the children of each group whom no exact rule linked, the share who are among the pupils, as the model judges the trials."""
    found, children = np.zeros(len(made.present)), np.zeros(len(made.present))
    for one in seen:
        asked = np.flatnonzero(~one.pairs.certain)
        judged = likely.judge(one.pairs, made)
        found += np.bincount(one.pairs.group[one.pairs.child[asked]], judged.probability[asked], len(found))
        children += counted(one)
    return {
        name: float(found[place] / children[place]) if children[place] >= LEAST_CHILDREN else held
        for place, (name, held) in enumerate(made.present.items())
    }


def counted(seen: Seen) -> np.ndarray:
    """How many children of each group are to be judged."""
    group = seen.pairs.group
    return np.bincount(group[group >= 0], minlength=len(seen.pairs.groups))


# --- How well it was met ---


def truth(seen: Sequence[Seen], like: Model) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, float]]:
    """m, u and present as the truth of the trials has them, counted where a run learns them."""
    true = {name: np.zeros_like(held) for name, held in like.m.items()}
    others = {name: np.zeros_like(held) for name, held in like.u.items()}
    found, children = np.zeros(len(like.present)), np.zeros(len(like.present))
    for one in seen:
        pairs = one.pairs
        anyway = likely.found_by_birth(pairs) | ~pairs.certain
        learnt = {"number": ~pairs.certain, "birth": True, "sex": True}
        for name in LEVELS:
            add({name: true[name]}, pairs, one.true & learnt.get(name, anyway))
        add(others, pairs, pairs.certain & ~one.true)
        has = np.zeros(len(pairs.group), bool)
        has[pairs.child[one.true]] = True
        found += np.bincount(pairs.group[has & (pairs.group >= 0)], minlength=len(found))
        children += counted(one)
    m, u = ({name: chance.shares(counts) for name, counts in kind.items()} for kind in (true, others))
    return m, u, dict(zip(like.present, (found / np.maximum(children, 1)).tolist(), strict=True))


def table(before: Model, made: Model, true: tuple) -> Iterator[str]:
    """Lines: of each level the m and u held before, estimated, and true."""
    m, u, share = true
    yield f"{'':68} {'m before':>9} {'Splink':>9} {'truth':>9} {'u before':>10} {'Splink':>10} {'truth':>10}"
    for name, levels in LEVELS.items():
        for place in range(len(HOMES) if made.m[name].ndim == 2 or made.u[name].ndim == 2 else 1):
            for level in range(1, len(levels)):
                told = []
                for held in (before.m, made.m, m, before.u, made.u, u):
                    told.append(held[name][place][level] if held[name].ndim == 2 else held[name][level] if place == 0 else None)
                words = f"{name}, {HOMES[place]}: " if made.m[name].ndim == 2 or made.u[name].ndim == 2 else f"{name}: "
                shown = [
                    " " * width if one is None else f"{one:{width}.{digits}f}" for one, (width, digits) in zip(told, WIDTHS, strict=True)
                ]
                yield f"{(words + levels[level])[:68]:68} {' '.join(shown)}"
    for name in made.present:
        yield f"{'among the pupils: ' + name:68} {before.present[name]:9.4f} {made.present[name]:9.4f} {share[name]:9.4f}"


WIDTHS = ((9, 5), (9, 5), (9, 5), (10, 7), (10, 7), (10, 7))


# --- The job ---


def main(arguments: Sequence[str] | None = None) -> None:
    given = asked(arguments)
    wanted()
    before = model()
    trials = [
        Trial(given.children, given.pupils, given.authorities, seed=given.seed + place, errors=ERRORS[world], postcodes=postcodes)
        for place, (world, postcodes) in enumerate((world, postcodes) for world in given.worlds for postcodes in given.postcodes)
    ]
    seen = []
    for trial in trials:
        with tempfile.TemporaryDirectory() as scratch:
            seen.append(gathered(trial, pathlib.Path(scratch)))
        print(f"{trial.postcodes} postcodes, seed {trial.seed}: {len(seen[-1].true)} pairs", flush=True)
    made, runs = trained(seen, before)
    for name, run in runs.items():
        print(f"Run over {name}: {run.pairs} pairs, {run.matches:.4f} of them true, {run.iterations} iterations.")
    print("\n".join(table(before, made, truth(seen, made))))
    if given.to:
        inputs = described([(world, postcodes) for world in given.worlds for postcodes in given.postcodes], trials, seen)
        text = json.dumps(written(made, given.name, given.made, inputs, parameters(runs)), indent=1, ensure_ascii=False)
        given.to.write_text(text + "\n", encoding="utf-8")


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    said = argparse.ArgumentParser(prog="python -m virtualschool.link.training", description=__doc__.splitlines()[0])
    said.add_argument("--children", type=int, default=10_000, help="children of each trial")
    said.add_argument("--pupils", type=int, default=800_000, help="pupils of each trial")
    said.add_argument("--authorities", type=int, default=24)
    said.add_argument("--worlds", default=",".join(WORLDS), help=f"worlds of errors: {', '.join(ERRORS)}")
    said.add_argument("--postcodes", default="full,none", help=f"what is known of postcodes: {', '.join(POSTCODES)}")
    said.add_argument("--seed", type=int, default=100, help="of the first trial; the next one has the next")
    said.add_argument("--name", default=CURRENT, help="of the model")
    said.add_argument("--made", help="day on which it is made, as 2026-11-22; needed with --to")
    said.add_argument("--to", type=pathlib.Path, help="file for the model; none: the figures are printed only")
    given = said.parse_args(arguments)
    if given.to and not given.made:
        said.error("--to needs --made, the day that the model is dated.")
    for option, known in (("worlds", ERRORS), ("postcodes", POSTCODES)):
        chosen = getattr(given, option).split(",")
        for one in chosen:
            if one not in known:
                raise unknown(option, one, known)
        setattr(given, option, chosen)
    return given


def wanted() -> None:
    """Raises WrongUse, with what to do, where Splink is not installed."""
    if importlib.util.find_spec("splink") is None:
        raise WrongUse("Training", "Splink is not installed; a build does not need it.", "Install what tests need: make setup-test.")


def described(named: Sequence[tuple[str, str]], trials: Sequence[Trial], seen: Sequence[Seen]) -> dict[str, Any]:
    """What a model was trained on."""
    return {
        "what": "Invented trials of linking (virtualschool.invent.trial): no record of a real child.",
        "trials": [
            {
                "errors": world, "postcodes": postcodes, "seed": trial.seed, "children": trial.children, "pupils": trial.pupils,
                "authorities": trial.authorities, "years": list(trial.years), "pairs": len(one.true),
            }
            for (world, postcodes), trial, one in zip(named, trials, seen, strict=True)
        ],
        "errors": {world: rates(world) for world in dict(named)},
        "not trained": {
            "name": "no trial has names; these are starting values of our own",
            "school, the same home": "not used: at the same home the school says nothing more; starting values",
            **{f"m of {name}: {', '.join(levels)}": "one number and two birth dates: either may be wrong; starting values"
               for name, levels in KEPT.items()},
            "present, groups of fewer than 100 children": "starting values",
        },
    }  # fmt: skip


def rates(world: str) -> dict[str, Any]:
    return {name: rate for name, rate in asdict(ERRORS[world]).items() if rate}


def parameters(runs: Mapping[str, Run]) -> dict[str, Any]:
    """How a model was estimated."""
    return {
        "splink": version("splink"),
        "converged at": CONVERGED,
        "most iterations": ITERATIONS,
        "values before count as pairs": WORTH,
        "least m": LEAST_M,
        "least u": LEAST_U,
        "runs": {
            name: {"pairs": run.pairs, "matches at first": MATCHES[name], "matches": rounded(run.matches), "iterations": run.iterations}
            for name, run in runs.items()
        },
    }


def written(made: Model, name: str, day: str, inputs: Mapping, told: Mapping) -> dict[str, Any]:
    """A model in the shape of a file of `models/`."""

    def row(shares: np.ndarray, levels: Sequence[str]) -> dict[str, float]:
        return {level: rounded(share) for level, share in zip(levels[1:], shares[1:].tolist(), strict=True)}

    def kind(held: Mapping[str, np.ndarray]) -> dict[str, Any]:
        return {
            name: dict(zip(HOMES, (row(one, LEVELS[name]) for one in shares), strict=True))
            if shares.ndim == 2
            else row(shares, LEVELS[name])
            for name, shares in held.items()
        }

    return {
        "name": name, "made": day, "inputs": inputs, "parameters": told, "m": kind(made.m), "u": kind(made.u),
        "present": {group: rounded(share) for group, share in made.present.items()},
        "strength": made.strength, "link_floor": made.link_floor,
        "link_floor_without_homes": made.link_floor_without_homes, "review_floor": made.review_floor,
    }  # fmt: skip


def rounded(share: float) -> float:
    """Six digits that count."""
    return float(f"{share:.6g}")


if __name__ == "__main__":
    main()
