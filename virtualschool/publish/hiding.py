"""Which figures are hidden: by DfE's rule for the matching release, and then those that subtraction would give away.

The rules are data: codes/disclosure.csv.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations

from virtualschool import codes, measures
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.figure import Sums
from virtualschool.measures import Measure

HIDDEN = "c"


@dataclass(frozen=True)
class Rule:
    """What one release hides; the columns of codes/disclosure.csv say what each part means."""

    release: str
    name: str
    pupils_from: int
    count_from: int
    zero_shown: bool
    share_from: int
    share_none_or_all_from: int | None
    national_to: int

    def shows(self, measure: Measure, sums: Sums) -> bool:
        """Whether a figure made of these sums may be shown."""
        if sums.pupils == 0:
            return True
        if sums.pupils < self.pupils_from:
            return False
        if measure.counts not in ("pupils", "events"):
            return True
        if sums.numerator == 0:
            return self.zero_shown and (sums.pupils >= self.share_from or self.share_none_or_all_from is not None)
        if sums.numerator < self.count_from:
            return False
        if measure.counts == "events" or sums.pupils >= self.share_from:
            return True
        all_of_them = sums.numerator == sums.denominator
        return all_of_them and self.share_none_or_all_from is not None and sums.pupils >= self.share_none_or_all_from


@cache
def rules() -> dict[str, tuple[tuple[dict, Rule], ...]]:
    found: dict[str, list] = {}
    for row in codes.load("disclosure"):
        rule = Rule(
            row["release"],
            row["name"],
            int(row["pupils_from"]),
            int(row["count_from"]),
            row["zero_shown"] == "yes",
            int(row["share_from"]),
            int(row["share_none_or_all_from"]) if row["share_none_or_all_from"] else None,
            int(row["national_to"]),
        )
        found.setdefault(rule.release, []).append((row, rule))
    return {release: tuple(listed) for release, listed in found.items()}


def rule(measure: Measure, year: int) -> Rule:
    """The rule of the DfE release that a measure belongs to, as it holds for a year."""
    for row, found in rules().get(measure.release, ()):
        if codes.in_year(row, year):
            return found
    raise ValueError(f"Measure '{measure.name}': `release` must be a row of codes/disclosure.csv for {year}, got '{measure.release}'.")


def hidden(
    tables: Iterable[Sequence[Cell]], columns: int, others: Iterable[Cell] = (), pools: Iterable[tuple[Cell, Sequence[Cell]]] = ()
) -> set[Cell]:
    """The cells that may not be shown: of whole tables, those too small and what they would give away; of `others`, the too small.

    A table is the cells of one measure, year and place, one for each group; `columns` is how many columns make a group. A pool
    is a cell shown beside all the cells that add up to it: England and its authorities.
    """
    found = {cell for cell in others if too_small(cell)}
    kept = [[cell for cell in table if cell.sums and cell.sums.pupils] for table in tables]
    pools, before = list(pools), -1
    # What is hidden for the sake of a pool can give away a line of a table, and the other way round.
    while len(found) > before:
        before = len(found)
        for table in kept:
            found |= in_table(table, columns, found)
        for whole, parts in pools:
            found |= in_pool(whole, parts, found)
        found |= in_shares(others, found)
    return found


def in_pool(whole: Cell, parts: Sequence[Cell], found: Set[Cell]) -> set[Cell]:
    """The parts to hide as well, so that what is hidden of a shown whole is two cells or more, and large enough together."""
    more: set[Cell] = set()
    if whole in found or whole.sums is None:
        return more
    shows: Callable[[Sums], bool] = lambda sums: rule(whole.measure, whole.year).shows(whole.measure, sums)  # noqa: E731
    while gives_away([cell for cell in parts if cell in found or cell in more], shows):
        left = [cell for cell in parts if cell not in found and cell not in more and cell.sums and cell.sums.pupils]
        if not left:
            return {whole}
        more.add(min(left, key=size))
    return more


def in_shares(cells: Iterable[Cell], found: Set[Cell]) -> set[Cell]:
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
        smallest = rule(next(iter(together.values())).measure, year).count_from
        while secret and left and (len(secret) == 1 or sum(map(reached, secret)) < smallest):
            secret.append(left.pop(0))
            more.add(secret[-1])
    return more


def reached(cell: Cell) -> Decimal:
    return cell.sums.numerator if cell.sums else Decimal(0)


def too_small(cell: Cell) -> bool:
    """Whether a figure is hidden for itself. What DfE printed stands as it is."""
    return cell.sums is not None and not rule(cell.measure, cell.year).shows(cell.measure, cell.sums)


def in_table(cells: Sequence[Cell], columns: int, known: Set[Cell] = frozenset()) -> set[Cell]:
    """The hidden cells of one table: every sum that is shown elsewhere, less the cells shown, must itself be fit to show.

    In each line of the table (the cells that differ in some columns only), the total is known if it is fit to show. The hidden cells
    of the line are then known together, so they must be two or more and together large enough; until they are, the smallest
    one still shown is hidden too.
    """
    found = {cell for cell in cells if cell in known or too_small(cell)}
    if not found:
        return found
    shows: Callable[[Sums], bool] = lambda sums: rule(cells[0].measure, cells[0].year).shows(cells[0].measure, sums)  # noqa: E731
    lines = list(lines_of(cells, columns))
    settled = False
    while not settled:
        settled = True
        for line in lines:
            if not shows(total(line)):
                continue
            while gives_away([cell for cell in line if cell in found], shows) and (left := [cell for cell in line if cell not in found]):
                found.add(min(left, key=size))
                settled = False
    return found


def gives_away(secret: Sequence[Cell], shows: Callable[[Sums], bool]) -> bool:
    return bool(secret) and (len(secret) == 1 or not shows(total(secret)))


def lines_of(cells: Sequence[Cell], columns: int) -> Iterable[list[Cell]]:
    """The cells that add up to a figure people can ask for: all of them, and those alike in all but some of the columns."""
    for number in range(1, columns + 1):
        for free in combinations(range(columns), number):
            lines: dict[tuple, list[Cell]] = {}
            for cell in cells:
                lines.setdefault(tuple(value for at, value in enumerate(cell.group) if at not in free), []).append(cell)
            yield from lines.values()


def total(cells: Iterable[Cell]) -> Sums:
    return sum((cell.sums for cell in cells if cell.sums), Sums())


def size(cell: Cell) -> tuple:
    """Smallest first: by pupils, then by what they reached, then in the order of groups."""
    sums = cell.sums or Sums()
    return sums.pupils, sums.numerator, tuple(map(str, cell.group))
