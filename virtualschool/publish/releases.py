"""Holds new figures against what was released before, so that nothing hidden can be had by subtraction.

Every figure is about the children of a place for whom some conditions hold: its cohort, the kind of school, filters and groups
are all conditions on columns. The figures of the same children and year, of all releases and of the new output, are laid over one
another: each set of columns that was asked for makes a table, its margins lie between them, authorities make up regions and England.
What is too small in any of these tables, whether anybody asked for it or not, must stay uncertain. What would end that is hidden in
the new output.
"""

import getpass
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import combinations
from operator import itemgetter
from typing import Any

from virtualschool import measures, places, tables
from virtualschool.benchmarks.cell import Cell, Figures
from virtualschool.benchmarks.figure import NONE, Sums
from virtualschool.benchmarks.request import COHORTS, Condition, Request, columns_there
from virtualschool.measures import Measure
from virtualschool.places import ENGLAND
from virtualschool.publish.hiding import COUNTED
from virtualschool.publish.known import Counts, Key, protect
from virtualschool.publish.ledger import Ledger, Question, Seen
from virtualschool.publish.rules import RuleFor
from virtualschool.store import Engine, Snapshot, remembered

LEVELS = ("la", "region", "england")
STATE = ("state_funded", "is not", (False,))


class Release:
    """What is about to leave under one name: it may be asked for in several questions, which are judged together.

    Without a name it is a look: held against the ledger, but not entered in it.
    """

    def __init__(
        self, snapshot: Snapshot, engine: Engine, name: str = "", kind: str = "figures", who: str = "", rule: str | None = None
    ) -> None:
        self.snapshot, self.engine, self.name, self.kind, self.rule = snapshot.name, engine, name, kind, rule or ""
        self.who, self.when = who or getpass.getuser(), f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
        self.ledger = Ledger(snapshot.store.path)
        self.stamp = self.ledger.stamp
        self.seen: dict[tuple, Seen] = {}
        self.fetched: dict[tuple, tuple] = {}
        self.years: frozenset[int] = frozenset()
        """The years that are fetched at once."""
        self.given_away = 0
        """Figures too small to show that earlier releases give away by themselves: nothing that is hidden now can undo that."""

    @cached_property
    def places(self) -> places.Places:
        return places.of(self.engine)

    @cached_property
    def in_store(self) -> set[str]:
        """The measures that the store can work out."""
        return {name.removesuffix("__d") for name in columns_there(self.engine) if name.endswith("__d")}

    @cached_property
    def earlier(self) -> list[Seen]:
        """Every figure that was released before, in the order of the ledger."""
        return [seen for entry in self.ledger.entries() for seen in entry.seen]

    def of_family(self, alike: tuple, year: int) -> list[Seen]:
        """What is known of measures of the same children in a year: of earlier releases, then of this one."""
        names = {measure.name for measure in measures.ALL.values() if measure.name in self.in_store and family(measure) == alike}
        of_year = self.ledger.of_year(year)
        numbered = sorted((pair for name in names for pair in of_year.get(name, ())), key=itemgetter(0))
        return [seen for _, seen in numbered] + [seen for seen in self.seen.values() if seen.year == year and seen.measure in names]

    def of(self, request: Request) -> "Beside":
        """What `publish` asks for one question of the release."""
        return Beside(self, request)

    def enter(self) -> None:
        """Enters what was published in the ledger; a look is not entered, nor the same release of the same snapshot again."""
        again = {(one.snapshot, one.key, one.numbers) for one in self.earlier if one.release == self.name}
        if self.name and any((one.snapshot, one.key, one.numbers) not in again for one in self.seen.values()):
            self.ledger.add(self.name, self.kind, self.who, self.when, self.snapshot, self.rule, [*self.seen.values()])


@dataclass
class New:
    """A cell of the new output, with the question it answers."""

    cell: Cell
    question: Question

    @property
    def key(self) -> tuple:
        return self.cell.measure.name, self.cell.year, self.cell.place.code, self.question


REMEMBERED = 2_000
"""How many looks are remembered."""
_LOOKING = threading.Lock()
_LOOKS: OrderedDict[tuple, tuple[list[int], tuple[str, ...], int]] = OrderedDict()
"""Of each look at a ledger as it stands: which of its cells are hidden, by number, what is said of that, and what is given away."""


class Beside:
    """One question of a release, held against the ledger and against the release's other questions."""

    def __init__(self, release: Release, request: Request) -> None:
        self.release, self.request = release, request

    # --- What publish asks ---

    def hide(self, figures: Figures, secret: set[Cell], rule_for: RuleFor) -> tuple[set[Cell], tuple[str, ...]]:
        """The cells to hide, all told, and what is said of it."""
        release = self.release
        if not release.name and not release.ledger.entries():
            return set(secret), ()
        if release.name or release.seen:
            return self.judge(figures, secret, rule_for)
        # The same look at the same ledger hides the same, and says the same of it.
        rules = frozenset((cell.measure.name, cell.year, rule_for(cell.measure, cell.year)) for cell in self.cells(figures))
        key = (release.ledger.file, release.stamp, release.snapshot, self.request, rules)
        cells = list(self.cells(figures))
        if (known := _LOOKS.get(key)) is None:
            before = release.given_away
            hidden, said = self.judge(figures, secret, rule_for)
            known = [number for number, cell in enumerate(cells) if cell in hidden], said, release.given_away - before
            with _LOOKING:
                _LOOKS[key] = known
                while len(_LOOKS) > REMEMBERED:
                    _LOOKS.popitem(last=False)
            return hidden, said
        numbers, said, given_away = known
        release.given_away += given_away
        return {*secret, *(cells[number] for number in numbers)}, said

    def judge(self, figures: Figures, secret: set[Cell], rule_for: RuleFor) -> tuple[set[Cell], tuple[str, ...]]:
        """The same, worked out."""
        release, secret = self.release, set(secret)
        before = len(secret)
        names: set[str] = set()
        new = [self.new(cell) for cell in self.cells(figures)]
        families: dict[tuple, list[New]] = defaultdict(list)
        for one in new:
            families[family(one.cell.measure), one.cell.year].append(one)
        held = {key: release.of_family(*key) for key in families}
        release.years = frozenset(one.cell.year for one in new)
        for key, listed in families.items():
            if not release.name and not held[key]:
                continue
            names |= {seen.release for seen in held[key] if seen.release not in ("", release.name)}
            secret |= corrected(listed, held[key], release.snapshot, rule_for)
            more, given_away = Laid(release, self.request, listed, held[key], secret, rule_for).hide()
            release.given_away += given_away
            secret |= more
        return secret, words(len(secret) - before, names)

    def note(self, figures: Figures, rows: Sequence[Mapping[str, Any]], secret: set[Cell]) -> None:
        """Keeps what was printed, for the ledger."""
        for found, row in zip(figures.figures, rows, strict=True):
            self.keep(found.cell, tuple(row[name] for name in ("pupils", "numerator", "denominator", "value")), secret)
            for comparator in found.comparators:
                if len(comparator.cells) == 1:
                    self.keep(comparator.cells[0], (None, None, None, row[f"{comparator.name}_value"]), secret)

    def keep(self, cell: Cell, numbers: tuple, secret: set[Cell]) -> None:
        if not worked_out(cell):
            return
        new = self.new(cell)
        printed = None if cell in secret else numbers
        was = self.release.seen.get(new.key)
        if was is None or was.numbers is None or (printed is not None and printed[0] is not None):
            if was is not None and was.numbers is not None and printed is None:
                return
            seen = Seen(cell.measure.name, cell.year, cell.place.level, cell.place.code, new.question, printed, self.release.snapshot)
            self.release.seen[new.key] = seen

    # --- Questions ---

    @staticmethod
    def cells(figures: Figures) -> Iterator[Cell]:
        """Each cell that the output shows by itself; of a mean of several places, none is."""
        listed = [found.cell for found in figures.figures]
        listed += [other.cells[0] for found in figures.figures for other in found.comparators if len(other.cells) == 1]
        yield from (cell for cell in dict.fromkeys(listed) if worked_out(cell))

    def new(self, cell: Cell) -> New:
        where, by = self.request.where, self.request.by
        if cell.cohort:
            where = tuple(condition for condition in where if condition.column in tables.pupils)
            by = tuple(column for column in by if column in tables.pupils)
        asked = {(condition.column, condition.operator, condition.values) for condition in where}
        asked |= {(column, "=", (value,)) for column, value in zip(by, cell.group, strict=False)}
        asked.add((COHORTS[cell.cohort or self.request.cohort or cell.measure.cohort], "=", (True,)))
        if cell.measure.of_schools and self.request.schools == "state":
            asked.add(STATE)
        return New(cell, in_order(asked))


def worked_out(cell: Cell) -> bool:
    return cell.sums is not None and cell.sums.pupils > 0 and cell.place.level in LEVELS


def in_order(conditions: Iterable[tuple]) -> Question:
    """Conditions in the one order in which they are compared; a list of one value is that value."""
    listed = {
        (column, "=" if operator == "in" else operator, tuple(sorted(set(values), key=str))) for column, operator, values in conditions
    }
    return tuple(sorted(listed, key=str))


@cache
def family(measure: Measure) -> tuple:
    """What measures of the same children have in common."""
    return repr(measure.eligible), measure.of_schools


def words(hidden: int, names: set[str]) -> tuple[str, ...]:
    if not hidden:
        return ()
    said = f"{hidden:,} more {'figure is' if hidden == 1 else 'figures are'} hidden, so that none that is hidden can be worked out"
    listed = sorted(names)
    beside = f" with the help of what was released before ({', '.join(listed[:3])}{' …' if len(listed) > 3 else ''})" if listed else ""
    return (f"{said}{beside}.",)


def corrected(new: Sequence[New], held: Sequence[Seen], snapshot: str, rule_for: RuleFor) -> set[Cell]:
    """Cells that differ from what was released by so few children that the difference is about those few; and what was hidden before.

    In the snapshot in which a figure was hidden, it stays hidden; in a later one it may have changed.
    """
    more: set[Cell] = set()
    printed: dict[tuple, list[tuple]] = defaultdict(list)
    kept: set[tuple] = set()
    for seen in held:
        if seen.numbers is not None:
            printed[seen.key].append(seen.numbers)
        elif seen.snapshot == snapshot:
            kept.add(seen.key)
    for one in new:
        cell, sums = one.cell, one.cell.sums
        if sums is None:
            continue
        rule, measure = rule_for(cell.measure, cell.year), cell.measure
        if one.key in kept and one.key not in printed:
            more.add(cell)
        if cell.place.level != "la" or rule.authority_to != 1:
            continue  # What was printed was rounded.
        for pupils, numerator, *_ in printed[one.key]:
            if pupils is None:
                continue
            fewer, less = abs(sums.pupils - pupils), abs(float(sums.numerator) - (numerator or 0))
            few = 0 < fewer < rule.pupils_from
            little = 0 < less < rule.count_from if measure.counts in COUNTED else not fewer and less > 1e-9
            if few or little:
                more.add(cell)
    return more


@dataclass
class Laid:
    """The figures of the same children in one year, laid over one another."""

    release: Release
    request: Request
    new: Sequence[New]
    held: Sequence[Seen]
    secret: set[Cell]
    rule_for: RuleFor
    tables: dict[tuple, dict[tuple, dict[str, Sums]]] = field(default_factory=dict)
    """For each set of columns and place: the sums of each measure by signature, which says of each column what holds."""

    def hide(self) -> tuple[set[Cell], int]:
        """The cells of the new output to hide as well, and how many small figures earlier releases give away."""
        self.year = self.new[0].cell.year
        self.known = self.release.places
        every = [one.question for one in self.new] + [seen.question for seen in self.held]
        self.common = set(every[0]).intersection(*every[1:])
        self.predicates: dict[str, list[tuple]] = defaultdict(list)
        for question in dict.fromkeys(every):
            for column, predicate in self.parts(question).items():
                if predicate not in self.predicates[column]:
                    self.predicates[column].append(predicate)
        names = dict.fromkeys([*(one.cell.measure.name for one in self.new), *(seen.measure for seen in self.held)])
        self.measures = [measures.named(name) for name in names]
        self.fetch(every)
        more: set[Cell] = set()
        given_away = 0
        for alike in self.of_the_same_children():
            found, lost = self.judge(alike)
            more |= found
            given_away += lost
        return more, given_away

    # --- Tables ---

    def parts(self, question: Question) -> dict[str, tuple]:
        """What a question asks of each column, beyond what all the questions have in common."""
        found: dict[str, list] = defaultdict(list)
        for condition in question:
            if condition not in self.common:
                found[condition[0]].append(condition[1:])
        return {column: tuple(listed) for column, listed in found.items()}

    def signature(self, column: str, value: Any) -> tuple[bool, ...]:
        return tuple(all(holds(operator, values, value) for operator, values in predicate) for predicate in self.predicates[column])

    def fetch(self, every: Sequence[Question]) -> None:
        """Sums of each table: of the places whose figures are known, and of all that make those places up."""
        asked: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        for question, level, code in (
            *((one.question, one.cell.place.level, one.cell.place.code) for one in self.new),
            *((seen.question, seen.level, seen.place) for seen in self.held),
        ):
            asked[tuple(sorted(self.parts(question)))].add((level, code))
        for columns, spots in sorted(asked.items(), key=lambda item: -len(item[0])):
            las = self.authorities(spots)
            levels = {level for level, _ in spots}
            atoms = self.atoms(columns, las)
            above = {la: self.above(la, spots, levels) for la in {la for la, _ in atoms}}
            for kept in subsets(columns):
                at = [columns.index(column) for column in kept]
                table = self.tables.setdefault(kept, {})
                added: dict[tuple, dict[str, Sums]] = {}
                for (la, signature), sums in atoms.items():
                    part = tuple(signature[place] for place in at)
                    for place in {la, *above[la]}:
                        cell = added.setdefault((place, part), {})
                        for name, value in sums.items():
                            cell[name] = cell[name] + value if name in cell else value
                for key, cell in added.items():
                    table.setdefault(key, cell)

    def authorities(self, spots: Iterable[tuple[str, str]]) -> set[str] | None:
        wanted: set[str] = set()
        for level, code in spots:
            if level == "england":
                return None
            wanted |= set(self.known.in_region(code, self.year)) if level == "region" else {code}
        return wanted

    def above(self, la: str, spots: set[tuple[str, str]], levels: set[str]) -> list[str]:
        """The region and England, where their figures are among those known: England's parts are its regions."""
        region = self.known.region_of(la)
        found = [region] if region and ("england" in levels or ("region", region) in spots) else []
        return [*found, ENGLAND] if "england" in levels else found

    def atoms(self, columns: tuple[str, ...], las: set[str] | None) -> dict[tuple, dict[str, Sums]]:
        """Sums of each measure by authority and signature, of those of whom everything holds that all questions have in common."""
        names = tuple(sorted(measure.name for measure in self.measures))
        key = (columns, in_order(self.common), names)
        years, of = self.release.fetched.get(key, (frozenset(), {}))
        if self.year not in years:
            years = self.release.years | {self.year}
            of = sums_of(self.release.engine, names, tuple(sorted(years)), columns, in_order(self.common))
            self.release.fetched[key] = (years, of)
        found: dict[tuple, dict[str, Sums]] = {}
        for la, values, sums in of.get(self.year, ()):
            if las is None or la in las:
                signature = tuple(self.signature(column, value) for column, value in zip(columns, values, strict=True))
                cell = found.setdefault((la, signature), {})
                for name, value in sums.items():
                    cell[name] = cell[name] + value if name in cell else value
        return found

    def of_the_same_children(self) -> list[list[Measure]]:
        """The measures in parties: of one party the children are the same in every table."""
        parties: dict[tuple, list[Measure]] = {}
        for measure in self.measures:
            counted = tuple(
                (columns, place, part, cell[measure.name].pupils)
                for columns, table in self.tables.items()
                for (place, part), cell in table.items()
                if measure.name in cell
            )
            parties.setdefault(counted, []).append(measure)
        return [party for counted, party in parties.items() if counted]

    # --- Counts ---

    def judge(self, alike: Sequence[Measure]) -> tuple[set[Cell], int]:
        names = {measure.name for measure in alike}
        spots: dict[tuple, tuple] = {}
        """Each question and place with its spot: a cell of a table, or a sum of several."""
        self.sums: dict[tuple, dict[str, Sums]] = {}
        self.lines: list[tuple[tuple, tuple]] = []
        self.weave()
        shown: dict[tuple, set[str]] = defaultdict(set)
        hidden: dict[tuple, set[str]] = defaultdict(set)
        before: set[tuple] = set()
        printed: set[tuple] = set()
        cells: dict[tuple, list[Cell]] = defaultdict(list)
        for seen in self.held:
            if seen.measure in names and (spot := self.spot(seen.question, seen.place, spots)):
                (hidden if seen.numbers is None else shown)[spot].add(seen.measure)
                if seen.numbers is not None:
                    before.add(spot)
                    printed.add((seen.measure, spot))
        for one in self.new:
            if one.cell.measure.name in names and (spot := self.spot(one.question, one.cell.place.code, spots)):
                (hidden if one.cell in self.secret else shown)[spot].add(one.cell.measure.name)
                cells[spot].append(one.cell)
        rule = self.rule_for(alike[0], self.year)
        children = {spot: next(iter(sums[name] for name in names if name in sums), Sums()).pupils for spot, sums in self.sums.items()}
        # The number of children first, which any measure of them shows.
        counts = Counts()
        secret: set[Key] = set()
        asked: dict[Key, int] = {}
        may_hide: dict[Key, tuple] = {}
        for spot, number in children.items():
            counts.values["children", spot] = number
            if shown[spot]:
                if spot not in before:
                    may_hide["children", spot] = self.rank(spot, cells[spot], number)
                continue
            secret.add(("children", spot))
            if not rule.shows_pupils(number):
                asked["children", spot] = rule.pupils_from
            elif hidden[spot]:
                asked["children", spot] = 1
        counts.sums = [(("children", whole), tuple(("children", part) for part in parts)) for whole, parts in self.lines]
        chosen, lost = protect(counts, secret, asked, may_hide) if asked else (set(), set())
        # What was hidden for the sake of others was not asked for here, and is no small figure.
        given_away = sum(asked.get(key, 1) > 1 for key in lost)
        more = {cell for _, spot in chosen for cell in cells[spot]}
        for _, spot in chosen:
            shown[spot].clear()
        # Then how many of them reached something, measure by measure.
        counted = [measure for measure in alike if measure.counts in COUNTED]
        if not counted:
            return more, given_away
        secret = {("children", spot) for spot in children if not shown[spot]}
        asked, may_hide = {}, {}
        for measure in counted:
            of_measure = self.rule_for(measure, self.year)
            for spot, sums in self.sums.items():
                found = sums.get(measure.name, Sums())
                key = (measure.name, spot)
                counts.values[key] = int(found.numerator)
                if measure.counts == "pupils":
                    counts.within.append((key, ("children", spot)))
                if measure.name in shown[spot]:
                    if spot not in before or (measure.name, spot) not in printed:
                        own = [cell for cell in cells[spot] if cell.measure is measure]
                        if own:
                            may_hide[key] = self.rank(spot, own, children[spot])
                    continue
                secret.add(key)
                if not of_measure.shows(measure, found):
                    known = bool(shown[spot]) and measure.counts == "pupils"
                    asked[key] = min(of_measure.count_from, found.pupils) if known else of_measure.count_from
                elif hidden[spot] and found.numerator:
                    asked[key] = 1
            counts.sums += [((measure.name, whole), tuple((measure.name, part) for part in parts)) for whole, parts in self.lines]
        counts.sums += self.shares(counted)
        counts = Counts(counts.values, counts.sums, counts.within)
        chosen, lost = protect(counts, secret, asked, may_hide) if asked else (set(), set())
        given_away += sum(asked.get(key, 1) > 1 for key in lost)
        more |= {cell for name, spot in chosen for cell in cells[spot] if cell.measure.name == name}
        return more, given_away

    def weave(self) -> None:
        """The cells of all tables, the margins between them, and the places that make one another up."""
        self.parts_of: dict[tuple, list[tuple]] = defaultdict(list)
        for columns, table in self.tables.items():
            for (place, part), sums in table.items():
                self.sums[columns, place, part] = sums
                self.parts_of[columns, place].append(part)
        margins: dict[tuple, list[tuple]] = defaultdict(list)
        made_up: dict[tuple, list[tuple]] = defaultdict(list)
        for columns, place, part in self.sums:
            for at in range(len(columns)):
                whole = ((*columns[:at], *columns[at + 1 :]), place, (*part[:at], *part[at + 1 :]))
                margins[(*whole, columns)].append((columns, place, part))
            if place != ENGLAND:
                above = ENGLAND if place in self.known.regions else self.known.region_of(place) or ENGLAND
                if (columns, above, part) in self.sums:
                    made_up[columns, above, part].append((columns, place, part))
        self.lines += [(whole[:3], tuple(parts)) for whole, parts in margins.items() if whole[:3] in self.sums]
        for whole, parts in made_up.items():
            # Only where all of it is there: places without children of the kind are, and are nought.
            self.lines.append((whole, tuple(parts)))

    def spot(self, question: Question, place: str, spots: dict[tuple, tuple]) -> tuple | None:
        """Where a figure stands: its cell, or a cell of its own that adds several up; None where nobody counts in it."""
        if (place, question) in spots:
            return spots[place, question]
        parts = self.parts(question)
        columns = tuple(sorted(parts))
        wanted = [self.predicates[column].index(parts[column]) for column in columns]
        fit = [
            (columns, place, part)
            for part in self.parts_of.get((columns, place), ())
            if all(signature[number] for signature, number in zip(part, wanted, strict=True))
        ]
        if not fit:
            return None
        spot = fit[0]
        if len(fit) > 1:
            spot = (columns, place, ("sum of", question))
            self.sums[spot] = {
                name: sum((self.sums[one].get(name, Sums()) for one in fit), Sums()) for name in {n for one in fit for n in self.sums[one]}
            }
            self.lines.append((spot, tuple(fit)))
        spots[place, question] = spot
        return spot

    def shares(self, counted: Sequence[Measure]) -> list[tuple[Key, tuple[Key, ...]]]:
        """Where the shares of a whole are all here, they add up to the children."""
        found: list[tuple[Key, tuple[Key, ...]]] = []
        for name in {measure.shares for measure in counted if measure.shares}:
            parts = [measure.name for measure in counted if measure.shares == name]
            if len(parts) == sum(measure.shares == name for measure in measures.ALL.values()):
                found += [(("children", spot), tuple((part, spot) for part in parts)) for spot in self.sums]
        return found

    @staticmethod
    def rank(spot: tuple, cells: Sequence[Cell], number: int) -> tuple:
        """What is hidden first: groups before totals, authorities before regions before England, small before large."""
        level = LEVELS.index(cells[0].place.level) if cells else 0
        return level, -len(spot[0]), number, str(spot)


@remembered
def sums_of(
    engine: Engine, names: Sequence[str], years: Sequence[int], columns: Sequence[str], common: Sequence[tuple]
) -> dict[int, list[tuple[str, tuple, dict[str, Sums]]]]:
    """For each year: authority, values of the columns, and the sums of each measure in which someone counts.

    Names come from whitelists; everything else is bound.
    """
    wanted = [measures.named(name) for name in names]
    tests, bound = [f"year IN ({', '.join('?' * len(years))})"], [*years]
    schools = ""
    for column, operator, values in common:
        if (column, operator, values) == STATE:
            schools = " FILTER (WHERE state_funded IS NOT FALSE)"
            continue
        test, given = Condition(column, "in" if operator == "=" else operator, values).sql()
        tests.append(test)
        bound += given
    parts = []
    for measure in wanted:
        counted = measure.counts in COUNTED
        parts.append(f'count("{measure.name}__d"){schools}')
        parts += [f'sum("{measure.name}__{part}"){schools}' if counted else "NULL" for part in "nd"]
    grouped = ["year", "la", *(f'"{column}"' for column in columns)]
    sums = ", ".join(f"{part} AS s{number}" for number, part in enumerate(parts))
    keys = ", ".join(f"{name} AS k{number}" for number, name in enumerate(grouped))
    query = f"SELECT {keys}, {sums} FROM facts WHERE {' AND '.join(tests)} GROUP BY {', '.join(grouped)}"
    found: dict[int, list] = defaultdict(list)
    for row in engine.rows(query, bound):
        year, la, *rest = row.values()
        values, counts = tuple(rest[: len(columns)]), rest[len(columns) :]
        cell = {
            measure.name: Sums(counts[3 * at], counts[3 * at + 1] or NONE, counts[3 * at + 2] or NONE)
            for at, measure in enumerate(wanted)
            if counts[3 * at]
        }
        if cell:
            found[year].append((la, values, cell))
    return found


def subsets(columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for number in range(len(columns), -1, -1):
        yield from combinations(columns, number)


def holds(operator: str, values: tuple, value: Any) -> bool:
    """Whether a condition holds for a value, as the query would say; what is not known is neither a value nor another."""
    if operator == "is not":
        return value is not values[0]
    if operator == "=":
        return value in values
    if value is None:
        return False
    if operator == "!=":
        return values[0] is None or value != values[0]
    return {"<": value < values[0], "<=": value <= values[0], ">": value > values[0], ">=": value >= values[0]}[operator]
