"""Which figures are hidden: by DfE's rule for the matching release, and then those that subtraction would give away.

Two things are kept uncertain: how many children a figure is about, and how many of them reached something. The first is judged
first and in the same way for every measure of the same children, because another measure could show it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from virtualschool import measures
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.figure import Sums
from virtualschool.publish.known import Counts, Key, protect
from virtualschool.publish.rules import HIDDEN, Rule, RuleFor, rule

__all__ = ["HIDDEN", "Rule", "hidden", "in_table", "lines_of", "rule", "too_small", "total"]

ALL = "*"
"""In a group of a margin, the columns that it adds up over."""
COUNTED = ("pupils", "events")
Pool = tuple[Cell, Sequence[Cell]]
Shows = Callable[[Cell, Sums], bool]


@dataclass
class Secret:
    """Cells that are hidden, and those of them whose number of children no measure shows."""

    children: set[Cell] = field(default_factory=set)
    cells: set[Cell] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.children) + len(self.cells)


def hidden(
    tables: Iterable[Sequence[Cell]],
    columns: int,
    others: Iterable[Cell] = (),
    pools: Iterable[Pool] = (),
    rule_for: RuleFor = rule,
) -> set[Cell]:
    """The cells that may not be shown: of whole tables, those too small and what they would give away; of `others`, the too small.

    A table is the cells of one measure, year and place, one for each group; `columns` is how many columns make a group. A pool
    is a cell shown beside all the cells that add up to it: England and its authorities.
    """
    others = list(others)
    found = judged([*tables], columns, [*pools], rule_for, others)
    return found.cells


def in_table(cells: Sequence[Cell], columns: int, rule_for: RuleFor = rule) -> set[Cell]:
    """The hidden cells of one table."""
    return judged([cells], columns, [], rule_for).cells


def judged(tables: Sequence[Sequence[Cell]], columns: int, pools: Sequence[Pool], rule_for: RuleFor, others: Sequence[Cell] = ()) -> Secret:
    """What is hidden of tables that stand side by side: by lines, then by whatever else could be worked out from what is left."""
    found = Secret()
    kept = [[cell for cell in table if cell.sums and cell.sums.pupils] for table in tables]
    for cell in (*others, *(cell for table in kept for cell in table)):
        if too_small(cell, rule_for):
            found.cells.add(cell)
            if cell.sums and not rule_for(cell.measure, cell.year).shows_pupils(cell.sums.pupils):
                found.children.add(cell)
    if not found.cells:
        return found
    pools = [pool for pool in pools if pool[0].sums]
    of_children: Shows = lambda cell, sums: rule_for(cell.measure, cell.year).shows_pupils(sums.pupils)  # noqa: E731
    of_both: Shows = lambda cell, sums: rule_for(cell.measure, cell.year).shows(cell.measure, sums)  # noqa: E731
    lines = [list(lines_of(table, columns)) for table in kept]
    settle(found.children, kept, lines, pools, of_children, fewest)
    crossing = columns > 1 or bool(pools)
    if crossing:
        cross(found, kept, columns, pools, rule_for, children=True)
    found.cells |= found.children
    before = -1
    while len(found.cells) > before:
        before = len(found.cells)
        settle(found.cells, kept, lines, pools, of_both, size)
        loosen(found, kept, columns, lines, of_both, rule_for)
        found.cells |= in_shares(others, found.cells, rule_for)
    if crossing:
        cross(found, kept, columns, pools, rule_for, children=False)
        found.cells |= in_shares(others, found.cells, rule_for)
    return found


# --- Lines ---


def settle(found: set[Cell], tables: Sequence[Sequence[Cell]], lines: Sequence[list], pools: Sequence[Pool], shows: Shows, rank) -> None:
    """Hides the next smallest until each sum that is shown elsewhere, less the cells shown, is itself fit to show."""
    before = -1
    # What is hidden for the sake of a pool can give away a line of a table, and the other way round.
    while len(found) > before:
        before = len(found)
        for table, of_table in zip(tables, lines, strict=True):
            if table and not found.isdisjoint(table):
                in_lines(found, of_table, shows, rank)
        for whole, parts in pools:
            in_pool(found, whole, parts, shows, rank)


def in_lines(found: set[Cell], lines: Sequence[Sequence[Cell]], shows: Shows, rank) -> None:
    """In each line of a table (the cells that differ in some columns only), the total is known if it is fit to show.

    The hidden cells of the line are then known together, so they must be two or more and together large enough.
    """
    settled = False
    while not settled:
        settled = True
        for line in lines:
            if found.isdisjoint(line) or not shows(line[0], total(line)):
                continue
            while gives_away([cell for cell in line if cell in found], shows) and (left := [cell for cell in line if cell not in found]):
                found.add(min(left, key=rank))
                settled = False


def in_pool(found: set[Cell], whole: Cell, parts: Sequence[Cell], shows: Shows, rank) -> None:
    """The parts to hide as well, so that what is hidden of a shown whole is two cells or more, and large enough together."""
    if whole in found:
        return
    while gives_away([cell for cell in parts if cell in found], shows):
        left = [cell for cell in parts if cell not in found and cell.sums and cell.sums.pupils]
        if not left:
            found.add(whole)
            return
        found.add(min(left, key=rank))


def loosen(found: Secret, tables: Sequence[Sequence[Cell]], columns: int, lines: Sequence[list], shows: Shows, rule_for: RuleFor) -> None:
    """Hides more where the children of hidden cells are known and too few to leave what they reached uncertain enough."""
    for table, of_table in zip(tables, lines, strict=True):
        if not table or table[0].measure.counts != "pupils" or found.cells.isdisjoint(table):
            continue
        apart = rule_for(table[0].measure, table[0].year).count_from
        for line in of_table:
            if not shows(line[0], total(line)):
                continue
            while tight(line, found, apart, rule_for) and (left := [cell for cell in line if cell not in found.cells]):
                found.cells.add(min(left, key=size))


def tight(line: Sequence[Cell], found: Secret, apart: int, rule_for: RuleFor) -> bool:
    """Whether how many reached it, in a cell too small to show, is known to within less than `apart` from the total of its line."""
    secret = [(cell, cell.sums) for cell in line if cell in found.cells and cell.sums]
    reached = sum(sums.numerator for _, sums in secret)
    free = [sums.pupils for cell, sums in secret if cell in found.children]
    known = sum(sums.pupils for cell, sums in secret if cell not in found.children)
    for cell, sums in secret:
        if not too_small(cell, rule_for):
            continue
        if cell in found.children:
            low, high = max(0, reached - known - (sum(free) if len(free) > 1 else 0)), min(reached, sum(free))
            wanted = apart
        else:
            low, high = max(0, reached - (known - sums.pupils) - sum(free)), min(reached, sums.pupils)
            wanted = min(apart, sums.pupils)
        if high - low < wanted:
            return True
    return False


def gives_away(secret: Sequence[Cell], shows: Shows) -> bool:
    return bool(secret) and (len(secret) == 1 or not shows(secret[0], total(secret)))


def lines_of(cells: Sequence[Cell], columns: int) -> Iterator[list[Cell]]:
    """The cells that add up to a figure people can ask for: all of them, and those alike in all but some of the columns."""
    for number in range(1, columns + 1):
        for free in combinations(range(columns), number):
            lines: dict[tuple, list[Cell]] = {}
            for cell in cells:
                lines.setdefault(tuple(value for at, value in enumerate(cell.group) if at not in free), []).append(cell)
            yield from lines.values()


def in_shares(cells: Iterable[Cell], found: Set[Cell], rule_for: RuleFor = rule) -> set[Cell]:
    """Of shares that make up a whole (SDQ normal, borderline, concern) and stand side by side, the next smallest to one hidden."""
    alike: dict[tuple, dict[str, Cell]] = {}
    for cell in cells:
        if cell.measure.shares and cell.sums and cell.sums.pupils:
            alike.setdefault((cell.measure.shares, cell.year, cell.place, cell.group), {})[cell.measure.name] = cell
    more: set[Cell] = set()
    for (shares, year, *_), together in alike.items():
        if len(together) < sum(measure.shares == shares for measure in measures.ALL.values()):
            continue
        secret = [cell for cell in together.values() if cell in found]
        left = sorted((cell for cell in together.values() if cell not in found and reached(cell)), key=reached)
        smallest = rule_for(next(iter(together.values())).measure, year).count_from
        while secret and left and (len(secret) == 1 or sum(map(reached, secret)) < smallest):
            secret.append(left.pop(0))
            more.add(secret[-1])
    return more


# --- Lines that cross ---


def cross(
    found: Secret, tables: Sequence[Sequence[Cell]], columns: int, pools: Sequence[Pool], rule_for: RuleFor, *, children: bool
) -> None:
    """Hides more where lines taken together give away what each alone does not: rows, columns, totals and pools at once.

    Totals and the table of each single column are what other questions would show; what is hidden in them is hidden here too.
    """
    by_measure: dict[tuple, list[Sequence[Cell]]] = {}
    for table in tables:
        if table:
            by_measure.setdefault((table[0].measure.name, table[0].year), []).append(table)
    for key, alike in by_measure.items():
        if not any(cell in found.cells for table in alike for cell in table):
            continue
        own = [pool for pool in pools if (pool[0].measure.name, pool[0].year) == key]
        if columns < 2 and not own:
            continue
        web = Web(alike, columns, own, rule_for)
        web.protect(found, children=children)


class Web:
    """The tables of one measure and year with all their margins, as counts that add up."""

    def __init__(self, tables: Sequence[Sequence[Cell]], columns: int, pools: Sequence[Pool], rule_for: RuleFor) -> None:
        self.measure, self.year = tables[0][0].measure, tables[0][0].year
        self.rule, self.columns = rule_for(self.measure, self.year), columns
        self.cells: dict[tuple, Cell] = {}
        """Each cell and margin by the code of its place and its group."""
        self.margins = Secret()
        self.inner = {(cell.place.code, cell.group) for table in tables for cell in table}
        self.pools: list[tuple[tuple, tuple[tuple, ...]]] = []
        for table in tables:
            self.cells |= {(cell.place.code, cell.group): cell for cell in table}
        for kept in range(columns):
            for columns_kept in combinations(range(columns), kept):
                self.add_margin(tables, columns_kept, pools, rule_for)
        self.add_pools(pools)

    def add_margin(self, tables: Sequence[Sequence[Cell]], kept: tuple[int, ...], pools: Sequence[Pool], rule_for: RuleFor) -> None:
        """The tables over some of the columns only, with what would be hidden of them if they were asked for."""
        added: dict[tuple, Cell] = {}
        for table in tables:
            parts: dict[tuple, list[Cell]] = {}
            for cell in table:
                parts.setdefault(margin(cell.group, kept), []).append(cell)
            for group, listed in parts.items():
                added[table[0].place.code, group] = Cell(self.measure, self.year, table[0].place, group, sums=total(listed))
        self.cells |= added
        lines = []
        for whole, parts_of in pools:
            group = margin(whole.group, kept)
            keys = [(part.place.code, group) for part in parts_of]
            if (whole.place.code, group) in added and any(key in added for key in keys):
                line = ((whole.place.code, group), tuple(key for key in keys if key in added))
                if line not in lines:
                    lines.append(line)
        by_place: dict[str, list[Cell]] = {}
        for (place, _), cell in added.items():
            by_place.setdefault(place, []).append(cell)
        short = {
            cell: Cell(self.measure, self.year, cell.place, tuple(cell.group[at] for at in kept), sums=cell.sums) for cell in added.values()
        }
        judgement = judged(
            [[short[cell] for cell in table] for table in by_place.values()],
            len(kept),
            [(short[added[whole]], [short[added[part]] for part in parts]) for whole, parts in lines],
            rule_for,
        )
        self.margins.cells |= {cell for cell in added.values() if short[cell] in judgement.cells}
        self.margins.children |= {cell for cell in added.values() if short[cell] in judgement.children}
        self.pools += lines

    def add_pools(self, pools: Sequence[Pool]) -> None:
        for whole, parts in pools:
            keys = tuple((part.place.code, part.group) for part in parts if part.sums and part.sums.pupils)
            for cell in (whole, *parts):
                self.cells.setdefault((cell.place.code, cell.group), cell)
            self.inner |= {(whole.place.code, whole.group), *keys}
            if keys:
                self.pools.append(((whole.place.code, whole.group), keys))

    def lines(self) -> Iterator[tuple[tuple, tuple[tuple, ...]]]:
        """Each margin with what adds up to it, one more column spelt out; and each pool."""
        wholes: dict[tuple, list[tuple]] = {}
        for place, group in self.cells:
            for at in range(self.columns):
                if group[at] is not ALL:
                    wholes.setdefault((place, (*group[:at], ALL, *group[at + 1 :]), at), []).append((place, group))
        for (place, group, _), parts in wholes.items():
            if (place, group) in self.cells:
                yield (place, group), tuple(parts)
        yield from self.pools

    def protect(self, found: Secret, *, children: bool) -> None:
        counts = Counts()
        secret: set[Key] = set()
        asked: dict[Key, int] = {}
        may_hide: dict[Key, tuple] = {}
        reached = not children and self.measure.counts in COUNTED
        hidden_cells, hidden_children = found.cells | self.margins.cells, found.children | self.margins.children
        for key, cell in self.cells.items():
            sums = cell.sums or Sums()
            counts.values["children", key] = sums.pupils
            if cell in hidden_children:
                secret.add(("children", key))
                asked["children", key] = 1 if self.rule.shows_pupils(sums.pupils) else self.rule.pupils_from
            if reached:
                counts.values["reached", key] = int(sums.numerator)
                if cell in hidden_cells:
                    secret.add(("reached", key))
                    asked["reached", key] = self.width(cell, sums, cell in hidden_children)
                if self.measure.counts == "pupils":
                    counts.within.append((("reached", key), ("children", key)))
            if key in self.inner and sums.pupils:
                name = "children" if children else "reached"
                if cell not in (hidden_children if children else hidden_cells) and (children or reached):
                    may_hide[name, key] = (fewest if children else size)(cell)
        for whole, parts in self.lines():
            counts.sums.append((("children", whole), tuple(("children", part) for part in parts)))
            if reached:
                counts.sums.append((("reached", whole), tuple(("reached", part) for part in parts)))
        if not may_hide:
            return
        more, _ = protect(counts, secret, asked, may_hide)
        chosen = {self.cells[key] for _, key in more}
        found.cells |= chosen
        if children:
            found.children |= chosen

    def width(self, cell: Cell, sums: Sums, unknown: bool) -> int:
        """How uncertain what was reached must stay: as much as the rule says where it is small, one where it is hidden for others."""
        if self.rule.shows(self.measure, sums):
            return 1 if sums.numerator or unknown else 0
        return self.rule.count_from if unknown or self.measure.counts == "events" else min(self.rule.count_from, sums.pupils)


def margin(group: tuple, kept: tuple[int, ...]) -> tuple:
    return tuple(value if at in kept else ALL for at, value in enumerate(group))


# --- Cells ---


def reached(cell: Cell) -> Decimal:
    return cell.sums.numerator if cell.sums else Decimal(0)


def too_small(cell: Cell, rule_for: RuleFor = rule) -> bool:
    """Whether a figure is hidden for itself. What DfE printed stands as it is."""
    return cell.sums is not None and not rule_for(cell.measure, cell.year).shows(cell.measure, cell.sums)


def total(cells: Iterable[Cell]) -> Sums:
    return sum((cell.sums for cell in cells if cell.sums), Sums())


def fewest(cell: Cell) -> tuple:
    """Smallest first by children alone, so that measures of the same children hide the same."""
    return (cell.sums or Sums()).pupils, cell.place.code, tuple(map(str, cell.group))


def size(cell: Cell) -> tuple:
    """Smallest first: by pupils, then by what they reached, then in the order of groups."""
    sums = cell.sums or Sums()
    return sums.pupils, sums.numerator, tuple(map(str, cell.group)), cell.place.code
