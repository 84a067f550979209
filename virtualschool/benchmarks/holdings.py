"""What a store holds for a request, and the cell of any measure, year, place and group made from it.

A place's figure is worked out from pupil records where the store has the return of every authority that makes it up, and a file
from which the measure can be worked out in that year; else it is the one that DfE printed; else there is none, with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import cached_property

from virtualschool import intervals, measures, places, tables
from virtualschool.benchmarks import figure, published
from virtualschool.benchmarks.cell import NOT_APPLICABLE, NOT_AVAILABLE, Cell, is_reason
from virtualschool.benchmarks.published import Shelf
from virtualschool.benchmarks.request import IN_NEED, Condition, Place, Request, columns_there, england, held_codes, needs_held
from virtualschool.benchmarks.sums import Listed, Sums
from virtualschool.benchmarks.tallies import Tallies
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure
from virtualschool.model import in_place
from virtualschool.outcomes import own_cohort
from virtualschool.places import ENGLAND
from virtualschool.store import Engine, remembered
from virtualschool.years import runs

ALL_PUPILS = {"all_pupils": None, "not_looked_after": False}


class Holdings:
    """What the store holds for one request. Sums are fetched once, when they are first wanted."""

    def __init__(self, engine: Engine, request: Request, beside: str = "", *, only: bool = False) -> None:
        """`beside` is the cohort, where that stands beside another request's. With `only`, a lasting engine fetches columns of the years
        asked for and no others: for many measures at once."""
        self.engine, self.request, self.beside, self.only = engine, request, beside, only
        self.places = places.of(engine)
        self.measures = [measures.named(name) for name in request.measures]
        # A store that was built before a measure was written has no column of it.
        there = columns_there(engine)
        self.in_store = [measure for measure in self.measures if measure.of_children and f"{measure.name}__d" in there]
        needs = request.cohort in IN_NEED
        self.returns = needs_held(engine) if needs else returns_held(engine)
        """The authorities and years of which the records of the cohort are held."""
        if needs and not self.returns:
            self.in_store = []
        asked = [(measure.name, measure.origin) for measure in self.in_store]
        at_once = [tuple(asked)] if len(asked) > figure.AT_ONCE else [(one,) for one in asked]
        self.worked_out = {found for few in at_once for found in years_worked_out(engine, few, needs)}
        self.years_held = years_held(engine)
        self.years_printed = years_printed(engine)
        self.years = {measure.name: self._years(measure) for measure in self.measures}

    # --- Years ---

    def _years(self, measure: Measure) -> tuple[int, ...]:
        """The years to give the measure for: those asked for, or the newest that the store has it for."""
        if self.request.years is not None:
            self._refuse_years_not_held(self.request.years)
            return self.request.years
        newest = max((year for name, year in self.worked_out if name == measure.name), default=None)
        if newest is None or self.request.source == "published":
            printed = self._newest_printed(measure)
            newest = printed if self.request.source == "published" else newest or printed
        return (newest or max(self.years_held | self.years_printed, default=measure.first_year),)

    def _newest_printed(self, measure: Measure) -> int | None:
        query = "SELECT max(year) FROM published WHERE measure = ? AND population = ?"
        return self.engine.value(query, [measure.name, self.cohort(measure)])

    def _refuse_years_not_held(self, years: Sequence[int]) -> None:
        held = self.years_held | self.years_printed
        # A year in which a measure cannot exist is answered with the reason; one before all measures is a slip of the pen.
        begins = min(measure.first_year for measure in measures.ALL.values())
        can_be = [year for year in years if year < begins or any(measure.exists_for(year) for measure in self.measures)]
        if can_be and not held.intersection(years):
            do = f"It holds {runs(held)}." if held else "Build it from returns, education files or DfE's published files."
            raise WrongUse(f"Year {runs(years)}", "the store holds nothing for it.", do)

    def cohort(self, measure: Measure) -> str:
        return self.request.cohort or measure.cohort

    # --- What is held ---

    @cached_property
    def sums(self) -> Listed | Tallies:
        """Sums of each (measure, year, la, group)."""
        years = sorted({year for found in self.years.values() for year in found})
        return figure.of_children(self.engine, self.in_store, years, self._authorities_wanted(years), self.request, self.only)

    def _authorities_wanted(self, years: Sequence[int]) -> list[str] | None:
        """The authorities whose sums the request needs; None for all."""
        asked, compare = self.request.places, self.request.compare
        if asked is None or any(at.level == "england" for at in asked) or {"england", "regions"} & set(compare):
            return None
        wanted: set[str] = set()
        for year in years:
            for at in asked:
                if at.level == "region":
                    wanted.update(self.places.in_region(at.code, year))
                    continue
                wanted.add(at.code)
                if "region" in compare and (region := self.places.region_of(at.code)):
                    wanted.update(self.places.in_region(region, year))
                if "neighbours" in compare:
                    wanted.update(self.neighbours(at.code, year))
        return sorted(wanted.union(name for name in compare if name[:1].isdigit() or name in self.places.authorities))

    @cached_property
    def shelf(self) -> dict[str, Shelf]:
        """The printed figures of each cohort that the request is about; none where it filters or leaves the usual schools."""
        return {cohort: self._shelf(cohort, self.request.by) for cohort in dict.fromkeys(map(self.cohort, self.measures))}

    def _shelf(self, population: str, by: Sequence[str]) -> Shelf:
        if self.request.where or self.request.schools != "state":
            return Shelf(population, {}, {}, {})
        years = sorted({year for found in self.years.values() for year in found})
        return published.shelf(self.engine, self.request.measures, years, population, by, self.request.release)

    @cached_property
    def printed_in_need(self) -> Shelf:
        return self._shelf("cin", self.request.by)

    @cached_property
    def in_need(self) -> "Holdings | None":
        """What the store holds of England's children in need, by the columns that all pupils have; None where no census is held."""
        if self.request.source == "published" or not needs_held(self.engine):
            return None
        by, where = tuple(self._by_of_pupils()), tuple(self._where_of_pupils())
        years = tuple(sorted({year for found in self.years.values() for year in found}))
        asked = replace(self.request, cohort="cin", by=by, where=where, years=years, places=(england(self.places),), compare=())
        return Holdings(self.engine, asked, beside="cin")

    # --- Places ---

    def all_authorities(self, measure: Measure, year: int) -> list[Place]:
        """The authorities to give a measure for when all are asked for: those held or printed, in the order of their codes."""
        codes: set[str] = set()
        if self.request.source != "published":
            codes |= self._las_returned.get(year, frozenset())
        if self.request.source != "pupils":
            codes |= self.shelf[self.cohort(measure)].places(measure.name, year, "la")
        if not codes:
            codes = set(self.places.in_year(year)) & (held_codes(self.engine) or set(self.places.authorities))
        return [self.authority(measure, code) for code in sorted(codes)]

    def authority(self, measure: Measure, code: str) -> Place:
        """An authority as the place of a figure; asked twice, the same object."""
        key = (self.cohort(measure), code)
        if key not in self._authorities:
            self._authorities[key] = Place("la", code, self.name(measure, code))
        return self._authorities[key]

    @cached_property
    def _authorities(self) -> dict[tuple[str, str], Place]:
        return {}

    def name(self, measure: Measure, la: str) -> str:
        return self.places.name(la) if la in self.places.authorities else self.shelf[self.cohort(measure)].names.get(la, la)

    def neighbours(self, la: str, year: int) -> list[str]:
        """The authorities that answered for a place's statistical neighbours in a year, nearest first."""
        found = (self.places.in_force(neighbour, year) for neighbour in self.places.neighbours(la, year))
        return list(dict.fromkeys(code for code in found if code and code != la))

    def members(self, at: Place, year: int) -> tuple[str, ...]:
        """The authorities that make up a place in a year."""
        if at.level == "la":
            return (at.code,)
        if (at.code, year) not in self._members:
            found = self.places.in_year(year) if at.code == ENGLAND else self.places.in_region(at.code, year)
            self._members[at.code, year] = tuple(found)
        return self._members[at.code, year]

    @cached_property
    def _members(self) -> dict[tuple[str, int], tuple[str, ...]]:
        return {}

    def has_records(self, measure: Measure, year: int, at: Place) -> bool:
        """Whether the place can be worked out from pupil records."""
        if self.request.source == "published" or (measure.name, year) not in self.worked_out:
            return False
        if (at.code, year) not in self._returned:
            members = self.members(at, year)
            self._returned[at.code, year] = bool(members) and self._las_returned.get(year, frozenset()).issuperset(members)
        if measure.own_records and self._returned[at.code, year]:
            return las_with(self.engine, measure.name, year).issuperset(self.members(at, year))
        return self._returned[at.code, year]

    @cached_property
    def _las_returned(self) -> dict[int, frozenset[str]]:
        return las_returned(self.engine, self.request.cohort in IN_NEED)

    @cached_property
    def _returned(self) -> dict[tuple[str, int], bool]:
        """Whether the returns of all that make up a place are held."""
        return {}

    def groups(self, measure: Measure, year: int, at: Place) -> list[tuple]:
        """The groups that a place has for the columns asked for, not known last; one nameless group if nothing is held."""
        if not self.request.by:
            return [()]
        found: Iterable[tuple]
        if not measure.exists_for(year):
            found = ()
        elif self.has_records(measure, year, at):
            found = set().union(*(self._groups_held.get((measure.name, year, la), set()) for la in self.members(at, year)))
        else:
            found = self.shelf[self.cohort(measure)].groups(measure.name, year, at.level, at.code)
        return sorted(found, key=order) or [(None,) * len(self.request.by)]

    @cached_property
    def _groups_held(self) -> dict[tuple, set[tuple]]:
        """The groups in which someone counts, of each measure, year and authority."""
        found: dict[tuple, set[tuple]] = {}
        for name, year, la, group in self.sums.held():
            found.setdefault((name, year, la), set()).add(group)
        return found

    # --- Cells ---

    def cell(self, measure: Measure, year: int, at: Place, group: tuple = ()) -> Cell:
        """The figure of a place, or the reason why there is none; asked twice, the same object."""
        # By its code, since a place takes longer to compare; no two levels share one.
        key = (measure.name, year, at.code, group)
        if key not in self._cells:
            self._cells[key] = self._cell(measure, year, at, group)
        return self._cells[key]

    @cached_property
    def _cells(self) -> dict[tuple, Cell]:
        return {}

    def tables(self) -> tuple[tuple[Cell, ...], ...]:
        """For each measure, year and place in use that is worked out here, its whole table: a cell for each group.

        What can be got by subtraction is judged over it, whatever of it is shown.
        """
        used = {(cell.measure.name, cell.year, cell.place): cell for cell in [*self._cells.values()] if cell.sums}
        return tuple(
            tuple(self.cell(cell.measure, cell.year, cell.place, group) for group in self.groups(cell.measure, cell.year, cell.place))
            for cell in used.values()
        )

    def pools(self, shown: Iterable[Cell]) -> Iterable[tuple[Cell, tuple[Cell, ...]]]:
        """Each region's or England's cell among those shown, with the cells that add up to it, where all of them are shown as well."""
        cells = {(cell.measure.name, cell.year, cell.place.code, cell.group): cell for cell in shown if cell.sums and not cell.cohort}
        for (name, year, _, group), whole in cells.items():
            if whole.place.level not in ("region", "england"):
                continue
            divisions = [self.members(whole.place, year)]
            if whole.place.level == "england":
                divisions.append(tuple(region.code for region in self.places.whole_regions()))
            for division in divisions:
                parts = [cells.get((name, year, part, group)) for part in division]
                held = tuple(part for part in parts if part)
                if held and len(held) == len(parts):
                    yield whole, held

    def _cell(self, measure: Measure, year: int, at: Place, group: tuple) -> Cell:
        if why := measure.why_not(year):
            return Cell(measure, year, at, group, symbol=NOT_AVAILABLE, note=f"{why} {in_place.offer(measure.name, year)}".strip())
        shelf = self.shelf[self.cohort(measure)]
        printed = shelf.find(measure.name, year, at.level, at.code, group) if self.request.source != "pupils" else None
        if self.has_records(measure, year, at):
            worked_out = self._worked_out(measure, year, at, group)
            if printed is None or printed.exact is None or (worked_out.sums and worked_out.sums.pupils):
                return worked_out
        authority = self.places.authorities.get(at.code)
        if printed is None and authority and not authority.existed_in(year) and (at.code, year) not in self.returns:
            began, ended = authority.first_year, authority.last_year
            when = f"Its first return is for {began}." if began and year < began else f"Its last return is for {ended}."
            return Cell(measure, year, at, group, symbol=NOT_APPLICABLE, note=f"{at.name} did not exist as an authority in {year}. {when}")
        if printed:
            return Cell(measure, year, at, group, printed=printed, symbol=printed.symbol)
        return Cell(measure, year, at, group, symbol=NOT_AVAILABLE, note=self._why_nothing(measure, year, at, shelf))

    def _worked_out(self, measure: Measure, year: int, at: Place, group: tuple) -> Cell:
        sums = self.sums.pooled(measure.name, year, self.members(at, year), group)
        symbol, note = "", ""
        if not sums.pupils:
            # Children who could have counted, and a reason why none of them has a value, make it not available.
            reasons = sorted(filter(is_reason, sums.reasons))
            symbol = NOT_AVAILABLE if reasons else NOT_APPLICABLE
            note = " ".join(reasons) or "No child of this group counts in it."
        sd = self.national_sd(measure, year)
        return Cell(measure, year, at, group, sums=sums, symbol=symbol, note=note, national_sd=sd, cohort=self.beside)

    def _why_nothing(self, measure: Measure, year: int, at: Place, shelf: Shelf) -> str:
        if measure.awaits:
            return measure.awaits
        if others := shelf.elsewhere.get((measure.name, year)):
            only = " and ".join(sorted(others))
            return f"Only {only} has it for {year}, and two series are not mixed in one trend. Ask for {year} alone."
        if narrowed := self._why_not_printed(measure, year, at):
            return narrowed
        if self.request.source == "published":
            return f"No published file in the store has it for {at.name} in {year}."
        if self.cohort(measure) in IN_NEED and not self.returns:
            return (
                "The store holds no children in need census, "
                f"and no published file in it has cohort {self.cohort(measure)} for {at.name} in {year}."
            )
        if measure.of_children and measure not in self.in_store:
            return "The store was built before this measure was written. Build it again: virtualschool build STORE --add FILES"
        members = self.members(at, year)
        lacking = [la for la in members if (la, year) not in self.returns]
        if lacking and self.cohort(measure) in IN_NEED:
            return f"The store lacks the children in need census of {at.name} for {year}, or of part of it, and a published figure."
        if lacking and at.level == "la":
            return f"The store has no return of {at.name} for {year}, and no published figure."
        if lacking:
            return f"The store lacks the returns of {len(lacking)} of {len(members)} authorities for {year}, and a published figure."
        if measure.own_records and at.level == "la":
            return f"It rests on {measure.own_records} that an authority brings itself, and the store has none of {at.name} for {year}."
        if measure.own_records and (held := las_with(self.engine, measure.name, year).intersection(members)):
            of = f"{len(held)} of {len(members)}"
            return f"It rests on {measure.own_records} that authorities bring themselves, and the store has them of {of} for {year}."
        return f"The store has no file from which it can be worked out for {year}, and no published figure."

    def _why_not_printed(self, measure: Measure, year: int, at: Place) -> str:
        """Why a figure that DfE printed for the place does not answer the request; empty if it printed none."""
        request = self.request
        if request.source == "pupils" or not (request.where or request.by or request.release or request.schools != "state"):
            return ""
        shelf = published.shelf(self.engine, [measure.name], [year], self.cohort(measure), (), None)
        found = shelf.find(measure.name, year, at.level, at.code)
        if found is None:
            return ""
        if request.where or request.schools != "state":
            return f"There are no pupil records for it, and the figure that DfE printed ({found.label}) cannot be filtered."
        if request.by:
            return (
                f"There are no pupil records for it, and DfE's file in the store ({found.label}) does not break it down by these columns."
            )
        return f"Release {request.release} does not have it; {found.label} does."

    # --- The national cohort ---

    def national_sd(self, measure: Measure, year: int) -> Decimal | None:
        """The national standard deviation for DfE's intervals: the one that DfE used, else that of the store's own national cohort."""
        if measure.interval != "dfe_progress":
            return None
        # DfE's deviations are of England's pupils; an invented England has its own.
        found = intervals.published_sd(measure.national_sd, year) if self.places is places.england() else None
        return found or (own_sd(self.engine, measure.name, year) if self.is_national(measure, year) else None)

    def is_national(self, measure: Measure, year: int) -> bool:
        """Whether the pupils held are about the whole national cohort: within 5% of the number of all pupils that DfE printed."""
        if (measure.name, year) not in self._national:
            self._national[measure.name, year] = self._is_national(measure, year)
        return self._national[measure.name, year]

    @cached_property
    def _national(self) -> dict[tuple[str, int], bool]:
        return {}

    def _is_national(self, measure: Measure, year: int) -> bool:
        if not measure.of_pupils or measure not in self.in_store:
            return False
        # Measures of the same pupils share the number, so one that is printed speaks for the others.
        alike = [other.name for other in measures.ALL.values() if repr(other.eligible) == repr(measure.eligible)]
        printed = published.shelf(self.engine, [measure.name, *alike], [year], "all_pupils", (), None)
        for name in dict.fromkeys([measure.name, *alike]):
            found = printed.find(name, year, "england", ENGLAND)
            expected = published.number(found.pupils) if found else None
            if expected:
                return own_cohort.is_national(pupils_held(self.engine, name, year), int(expected))
        return False

    def population(self, name: str, measure: Measure, year: int, group: tuple) -> Cell:
        """The figure of all pupils, or of those not looked after, in England, by the columns asked for that all pupils have."""
        key = (name, measure.name, year, group)
        if key not in self._population_cells:
            self._population_cells[key] = self._population(name, measure, year, group)
        return self._population_cells[key]

    @cached_property
    def _population_cells(self) -> dict[tuple, Cell]:
        return {}

    def set_apart(self) -> tuple[tuple[tuple[Cell, tuple[Cell, ...]], ...], ...]:
        """What the figures of those not looked after, in use, would tell of those who are: all pupils less they.

        For each measure and year a whole table: of each group of the columns that all pupils have, the looked-after, and the cells in use
        that give them away beside those of all pupils, which anybody may ask for.
        """
        used: dict[tuple, dict[tuple, list[Cell]]] = {}
        for (name, *_), cell in self._population_cells.items():
            if name == "not_looked_after" and cell.sums:
                used.setdefault((cell.measure.name, cell.year), {}).setdefault(cell.group, []).append(cell)
        found = []
        for (name, year), cells in used.items():
            parts = {name: self._of_pupils(name) for name in ALL_PUPILS}
            every = [group for of, at, group in parts["all_pupils"] if (of, at) == (name, year)]
            table = []
            for group in sorted(every, key=order):
                whole, others = (parts[which].get((name, year, group), Sums()) for which in ("all_pupils", "not_looked_after"))
                at = Place("population", "looked_after", "looked after")
                table.append((Cell(measures.named(name), year, at, group, sums=whole.less(others)), tuple(cells.get(group, ()))))
            found.append(tuple(table))
        return tuple(found)

    def _population(self, name: str, measure: Measure, year: int, group: tuple) -> Cell:
        at = Place("population", name, name.replace("_", " "))
        if why := measure.why_not(year):
            return Cell(measure, year, at, group, symbol=NOT_AVAILABLE, note=why)
        shared = [number for number, column in enumerate(self.request.by) if column in tables.pupils]
        if self.request.source != "published" and self.is_national(measure, year):
            part = tuple(group[number] for number in shared)
            sums = self._of_pupils(name).get((measure.name, year, part), Sums())
            return Cell(measure, year, at, part, sums=sums, symbol="" if sums.pupils else NOT_APPLICABLE)
        printed = self._printed_population(name).find(measure.name, year, "england", ENGLAND, group)
        if printed:
            return Cell(measure, year, at, group, printed=printed, symbol=printed.symbol)
        note = "the store's pupils are not the whole national cohort, and no published figure is held"
        return Cell(measure, year, at, group, symbol=NOT_AVAILABLE, note=note)

    def _by_of_pupils(self) -> list[str]:
        return [column for column in self.request.by if column in tables.pupils]

    def _where_of_pupils(self) -> list[Condition]:
        return [condition for condition in self.request.where if condition.column in tables.pupils]

    def _of_pupils(self, name: str) -> dict[tuple, Sums]:
        if name not in self._pupil_sums:
            years = sorted({year for found in self.years.values() for year in found})
            self._pupil_sums[name] = figure.of_pupils(
                self.engine,
                self.in_store,
                years,
                self._by_of_pupils(),
                self._where_of_pupils(),
                self.request.schools,
                looked_after=ALL_PUPILS[name],
            )
        return self._pupil_sums[name]

    @cached_property
    def _pupil_sums(self) -> dict[str, dict[tuple, Sums]]:
        return {}

    def _printed_population(self, name: str) -> Shelf:
        if name not in self._populations:
            self._populations[name] = self._shelf(name, self.request.by)
        return self._populations[name]

    @cached_property
    def _populations(self) -> dict[str, Shelf]:
        return {}


# --- What never changes in a snapshot ---


@remembered
def returns_held(engine: Engine) -> frozenset[tuple[str, int]]:
    """The authorities and years of which there are facts of a return."""
    query = f"SELECT DISTINCT la, year FROM facts WHERE {of_census(engine, False)}"
    return frozenset((row["la"], row["year"]) for row in engine.rows(query))


def of_census(engine: Engine, needs: bool) -> str:
    """The test in SQL whether a row of facts comes from the children in need census, or from a return."""
    if not needs_held(engine):
        return "false" if needs else "true"
    return "(in_need OR protection_plan)" if needs else "NOT (in_need OR protection_plan)"


@remembered
def years_worked_out(engine: Engine, asked: Sequence[tuple[str, str]], needs: bool = False) -> tuple[tuple[str, int], ...]:
    """The measures (each with its origin's column) and years of which the store has a value, or a child says why it has none: its reason is
    then the figure's."""
    told = [f'"{name}__d" IS NOT NULL' + (f' OR "{origin}" IS NOT NULL' if origin else "") for name, origin in asked]
    tests = ", ".join(f"bool_or({test}) AS m{number}" for number, test in enumerate(told))
    rows = engine.rows(f"SELECT year, {tests} FROM facts WHERE {of_census(engine, needs)} GROUP BY year ORDER BY year")
    return tuple((name, row["year"]) for number, (name, _) in enumerate(asked) for row in rows if row[f"m{number}"])


@remembered
def las_returned(engine: Engine, needs: bool) -> dict[int, frozenset[str]]:
    """Of each year the authorities of which a return is held, or a children in need census."""
    found: dict[int, set[str]] = {}
    for la, year in needs_held(engine) if needs else returns_held(engine):
        found.setdefault(year, set()).add(la)
    return {year: frozenset(las) for year, las in found.items()}


@remembered
def las_with(engine: Engine, measure: str, year: int) -> frozenset[str]:
    """The authorities of which a year's records of their own are held that a measure rests on.

    Any measure of the same records tells: where nobody came into care there are plans, and no first plan in time.
    """
    kind = measures.named(measure).own_records
    alike = [one.name for one in measures.ALL.values() if one.own_records == kind]
    told = " OR ".join(f'"{name}__d" IS NOT NULL' for name in alike if f"{name}__d" in columns_there(engine))
    return frozenset(row["la"] for row in engine.rows(f"SELECT DISTINCT la FROM facts WHERE year = ? AND ({told or 'false'})", [year]))


@remembered
def years_held(engine: Engine) -> frozenset[int]:
    return frozenset(year for _, year in returns_held(engine) | needs_held(engine))


@remembered
def pupils_held(engine: Engine, name: str, year: int) -> int:
    """How many pupils of state-funded schools count in a measure, looked after or not."""
    return engine.value(f'SELECT count("{name}__d") FROM pupil_facts WHERE year = ? AND state_funded IS NOT FALSE', [year])


@remembered
def own_sd(engine: Engine, name: str, year: int) -> Decimal | None:
    """The standard deviation of all pupils of state-funded mainstream schools, before the floor on extreme scores."""
    scores = f'coalesce("{name}__u", "{name}__n")'
    mainstream = "state_funded IS NOT FALSE AND coalesce(school_type, 'mainstream') = 'mainstream'"
    modelled = f'year = ? AND "{name}__d" IS NOT NULL AND {mainstream}'
    query = f"SELECT count({scores}), sum({scores}), sum({scores} * {scores}) FROM pupil_facts WHERE {modelled}"
    pupils, total, squares = next(iter(engine.rows(query, [year]))).values()
    if pupils < 2:
        return None
    with localcontext(prec=intervals.DIGITS):
        return ((squares - total * total / pupils) / (pupils - 1)).sqrt()


@remembered
def years_printed(engine: Engine) -> frozenset[int]:
    return frozenset(row["year"] for row in engine.rows("SELECT DISTINCT year FROM published WHERE year IS NOT NULL"))


def order(group: tuple) -> tuple:
    """The order of groups: numbers by size, words by letter, not known last."""
    return tuple((value is None, str(type(value)), value if value is not None else 0) for value in group)
