"""Statistics in the layout of DfE's files, worked out from the true records in whole numbers, then rounded and hidden as DfE does."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np

from virtualschool.invent import attendance
from virtualschool.invent.attainment import KeyStages, Progress
from virtualschool.invent.education import ks2_flags
from virtualschool.invent.england import ALTERNATIVE, INDEPENDENT, PRIMARY, REGIONS, SECONDARY, SPECIAL, England
from virtualschool.invent.exams import Exams
from virtualschool.invent.files import write_rows
from virtualschool.invent.geography import ons_code, region_code
from virtualschool.invent.people import NEEDS, NO_SEN, PLAN, SUPPORT
from virtualschool.invent.yeargroup import YearGroup

CARED, EVERYONE = "CLA 12 months at 31 March", "All pupils comparison"
PLACE_HEADINGS = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,new_la_code"
)
MILLION = 1_000_000
SCHOOL_GROUPS = {
    "Total": (PRIMARY, SECONDARY, SPECIAL, ALTERNATIVE),
    "State-funded primary": (PRIMARY,),
    "State-funded secondary": (SECONDARY,),
    "Special": (SPECIAL,),
    "State-funded alternative provision school": (ALTERNATIVE,),
}
BASIC = ("read", "writing", "maths", "rwm", "gps", "science")
PRINTED = {"read": "read", "writing": "writta", "maths": "mat", "rwm": "rwm", "gps": "gps", "science": "scita"}


def rounded(top: int | Decimal, bottom: int, decimals: int) -> str:
    """A quotient, half rounded away from zero, as DfE prints it: without zeros at its end."""
    value = (Decimal(top) / Decimal(bottom)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return plain(value)


def plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def tens(number: int) -> int:
    """To the nearest ten, half up: how numbers for England and regions are printed."""
    return (number + 5) // 10 * 10


class Statistics:
    """Sums by year, group and authority, gathered year group by year group and written at the end."""

    def __init__(self, place: England, years: tuple[int, ...]) -> None:
        self.place, self.years = place, years
        self.sums: dict[tuple, np.ndarray] = {}
        self.squares: dict[tuple, list[float]] = {}

    def count(self, table: str, year: int, group: str, la: np.ndarray, columns: Sequence[np.ndarray]) -> None:
        """Add whole numbers, one column for each sum, to the authorities' rows."""
        found = np.zeros((self.place.places, len(columns)), np.int64)
        for number, column in enumerate(columns):
            np.add.at(found[:, number], la, np.asarray(column, np.int64))
        key = (table, year, group)
        self.sums[key] = self.sums[key] + found if key in self.sums else found

    def cared(self, whole: YearGroup, year: int) -> tuple[np.ndarray, np.ndarray]:
        """The rows of children looked after for twelve months, and the authority of each."""
        period = whole.careers.all_year(year)
        child = np.flatnonzero(period >= 0)
        return child + whole.others, whole.careers.period_la[period[child]]

    def attended(self, whole: YearGroup, year: int, missed: tuple, found: tuple[attendance.Suspensions, ...]) -> None:
        """Absence at ages 5 to 15, suspensions, and special educational needs."""
        school = whole.school(year)
        kind = np.where(school >= 0, self.place.school_kind[np.maximum(school, 0)], INDEPENDENT)
        possible, authorised, without = missed
        n = len(school)
        rows, la = self.cared(whole, year)
        matched = school[rows] >= 0
        rows, la = rows[matched], la[matched]
        everyone = np.flatnonzero(school >= 0)
        where = self.place.school_la[school[everyone]]
        if year != 2020 and year - whole.group > 5:
            lost = authorised + without
            columns = (np.ones(n, int), possible, lost, authorised, without, lost * 10 >= possible, lost * 2 >= possible)
            for name, kinds in SCHOOL_GROUPS.items():
                for group, who, whose in ((CARED, rows, la), (EVERYONE, everyone, where)):
                    some = np.isin(kind[who], kinds)
                    self.count(f"absence {name}", year, group, whose[some], [column[who[some]] for column in columns])
        permanent, once, times = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, int)
        for part, start in zip(found, (0, whole.others), strict=True):
            permanent[part.pupil[part.permanent] + start] = True
            ordinary = part.pupil[~part.permanent & ~part.lunchtime] + start
            once[ordinary] = True
            np.add.at(times, ordinary, 1)
        needs = [(whole.people.need == number) & (whole.people.sen != NO_SEN) for number in range(len(NEEDS))]
        sen = whole.people.sen
        for group, who, whose in ((CARED, rows, la), (EVERYONE, everyone, where)):
            self.count("exclusions", year, group, whose, [np.ones(len(who), int), permanent[who], once[who], times[who]])
            kinds_of_need = [np.ones(n, int), sen == NO_SEN, sen != NO_SEN, sen == SUPPORT, sen == PLAN, *needs]
            self.count("sen", year, group, whose, [column[who] for column in kinds_of_need])

    def key_stage_2(self, whole: YearGroup, year: int, before: KeyStages, written: np.ndarray, gone: Progress | None) -> None:
        flag = ks2_flags(before)
        flag["science"], flag["science_counts"] = before.science & ~before.missing, ~before.missing
        held = np.zeros(len(before.read), bool)
        held[written] = True
        columns = []
        for name in BASIC:
            columns += [flag[f"{name}_counts"], flag[name] & flag[f"{name}_counts"]]
        for subject in range(3):
            counts = gone.counts[:, subject] if gone else np.zeros(len(held), bool)
            score = np.nan_to_num(gone.adjusted[:, subject]) if gone else np.zeros(len(held))
            columns += [counts, np.rint(score * MILLION * counts).astype(np.int64)]
            if gone:
                model = counts & (self.place.school_kind[whole.people.primary] == PRIMARY)
                self.squares[f"ks2 {subject}", year] = [float(np.std(gone.raw[model, subject], ddof=1))]
        self._both("ks2", whole, year, held, columns)

    def key_stage_4(self, whole: YearGroup, year: int, sat: Exams, written: np.ndarray) -> None:
        school = whole.school(year)
        school = np.where(school < 0, whole.people.secondary, school)
        held = np.zeros(len(school), bool)
        held[written] = True
        held &= self.place.school_kind[school] != INDEPENDENT
        score = np.rint(np.nan_to_num(sat.progress) * MILLION).astype(np.int64)
        aps = np.rint(sat.ebacc_aps * MILLION).astype(np.int64)
        columns = [
            np.ones(len(school), int), sat.total, sat.pass_5, sat.pass_4, sat.entered_ebacc, aps,
            sat.in_calculation, score * sat.in_calculation,
        ]  # fmt: skip
        if sat.in_model.any():
            self.squares["ks4", year] = [float(np.std(sat.progress_raw[sat.in_model], ddof=1))]
        self._both("ks4", whole, year, held, columns)
        for word, who in (("Boys", whole.people.male), ("Girls", ~whole.people.male)):
            chosen = np.flatnonzero(held & who)
            self.count("ks4", year, word, self.place.school_la[school[chosen]], [column[chosen] for column in columns])

    def _both(self, table: str, whole: YearGroup, year: int, held: np.ndarray, columns: list) -> None:
        rows, la = self.cared(whole, year)
        keep = held[rows]
        self.count(table, year, CARED, la[keep], [column[rows[keep]] for column in columns])
        everyone = np.flatnonzero(held)
        school = whole.school(year)
        school = np.where(school < 0, whole.people.secondary, school)
        self.count(table, year, EVERYONE, self.place.school_la[school[everyone]], [column[everyone] for column in columns])

    def write(self, folder: Path) -> None:
        where = folder / "published"
        write_rows(where / "ks4_la.csv", f"{PLACE_HEADINGS},social_care_group,version,{KS4_HEADINGS}", self._rows("ks4", self._ks4, True))
        ks2 = ",".join(
            [f"t_{p}_eligible_pupils,t_{p}_met_expected_standard,pt_{p}_met_expected_standard" for p in PRINTED.values()]
            + [
                f"t_{p}_progress_eligible_pupils,t_{p}_progress_score,avg_{p}_progress_score,avg_{p}_progress_score_lower_CI,"
                f"avg_{p}_progress_score_upper_CI"
                for p in ("read", "writta", "mat")
            ]
        )
        write_rows(where / "ks2_la.csv", f"{PLACE_HEADINGS},social_care_group,version,{ks2}", self._rows("ks2", self._ks2, True))
        absence = [
            (*row[:10], "six half terms", row[10], name, *row[11:])
            for name in SCHOOL_GROUPS
            for row in self._rows(f"absence {name}", self._absence, False)
        ]
        write_rows(
            where / "absence_la.csv", f"{PLACE_HEADINGS},absence_terms,social_care_group,phase_type_grouping,{ABSENCE_HEADINGS}", absence
        )
        write_rows(
            where / "exclusions_la.csv",
            f"{PLACE_HEADINGS},social_care_group,t_pupils,t_perm_excl,pt_perm_excl,t_one_plus_sus,pt_one_plus_sus",
            self._rows("exclusions", self._exclusions, False),
        )
        sen = ["no_identified_SEN", "all_SEN", "SEN_support", "statement_or_EHC_plan", *NEEDS]
        heads = ",".join([f"t_{name}" for name in sen] + [f"pt_{name}" for name in sen])
        write_rows(where / "sen_la.csv", f"{PLACE_HEADINGS},social_care_group,t_pupils,{heads}", self._rows("sen", self._sen, False))
        write_rows(where / "ks4_all_pupils_la.csv", f"{ALL_PLACE_HEADINGS},{ALL_KS4_HEADINGS}", self._all_pupils())

    def _levels(self, found: np.ndarray, authorities: bool):
        """The rows of a table's places: England, regions, authorities; each with its columns of place and its sums."""
        yield "National", ("E92000001", "England", "", "", "", "", ""), found.sum(0)
        if not authorities:
            return
        for region in range(self.place.size.regions):
            code, name = region_code(region), REGIONS[region]
            yield "Regional", ("E92000001", "England", code, name, "", "", ""), found[self.place.region == region].sum(0)
        for la in range(self.place.authorities):
            region = int(self.place.region[la])
            names = (self.place.codes[la], self.place.names[la], ons_code(la))
            yield "Local authority", ("E92000001", "England", region_code(region), REGIONS[region], *names), found[la]

    def _rows(self, table: str, cells, version: bool):
        newest = max((key[1] for key in self.sums if key[0] == table), default=0)
        for year in self.years:
            for group in (CARED, EVERYONE):
                if (table, year, group) not in self.sums:
                    continue
                for level, names, sums in self._levels(self.sums[table, year, group], group == CARED):
                    time = f"{year - 1}{year % 100:02d}"
                    head = (time, "Academic year", level, *names, group)
                    yield (
                        *head,
                        *(("Revised" if year == newest else "Final",) if version else ()),
                        *cells(year, level, [int(s) for s in sums]),
                    )

    def _ks4(self, year: int, level: str, sums: list[int]) -> list:
        pupils, points, five, four, entered, aps, counted, progress = sums
        out: list = [number(pupils, level, 6), *average(points, pupils, 100, 2, 1)]
        for top, known in ((five, year >= 2017), (four, True), (entered, True)):
            out += share(top, pupils, level, 1) if known else ["x", "x"]
        out += average(aps, pupils, MILLION, 2, 2) if year >= 2018 else ["x", "x"]
        return out + self._progress("ks4", year, level, counted, progress, 3)

    def _progress(self, table: str, year: int, level: str, counted: int, total: int, decimals: int) -> list:
        if (table, year) not in self.squares:
            return ["x"] * 5
        out = [number(counted, level, 6), *average(total, counted, MILLION, decimals, 2)]
        if counted == 0:
            return [*out, "z", "z"]
        if counted < 6:
            return [*out, "c", "c"]
        half = Decimal(repr(1.96 * self.squares[table, year][0])) / Decimal(counted).sqrt()
        mean = Decimal(total) / MILLION / counted
        return [*out, rounded(mean - half, 1, 2), rounded(mean + half, 1, 2)]

    def _ks2(self, year: int, level: str, sums: list[int]) -> list:
        out: list = []
        for place in range(6):
            pupils, reached = sums[2 * place : 2 * place + 2]
            out += [number(pupils, level, 6), *share(reached, pupils, level, 0)]
        for subject in range(3):
            counted, total = sums[12 + 2 * subject : 14 + 2 * subject]
            out += self._progress(f"ks2 {subject}", year, level, counted, total, 2)
        return out

    def _absence(self, year: int, level: str, sums: list[int]) -> list:
        pupils, possible, lost, authorised, without, persistent, severe = sums
        if pupils == 0:
            return ["0", *["z"] * 11]
        if pupils < 6:
            return ["c"] * 12
        show = tens if level != "Local authority" else int
        out: list = [show(pupils), show(possible)]
        for top in (lost, authorised, without):
            out += [show(top), rounded(100 * top, possible, 1)]
        for top in (persistent, severe):
            hide = 0 < top < 6 or (pupils <= 10 and top not in (0, pupils))
            out += ["c", "c"] if hide and level == "Local authority" else [show(top), rounded(100 * top, pupils, 1)]
        return out

    def _exclusions(self, year: int, level: str, sums: list[int]) -> list:
        pupils, permanent, once, _ = sums
        if pupils < 6:
            return ["0", "z", "z", "z", "z"] if pupils == 0 else ["c"] * 5
        out: list = [number(pupils, level, 6)]
        for top in (permanent, once):
            out += ["c", "c"] if 0 < top < 6 else [number(top, level, 0), rounded(100 * top, pupils, 2)]
        return out

    def _sen(self, year: int, level: str, sums: list[int]) -> list:
        pupils, *tops = sums
        if pupils < 6:
            return [str(pupils) if pupils == 0 else "c", *(["z" if pupils == 0 else "c"] * (2 * len(tops)))]
        hidden = [0 < top < 6 for top in tops]
        counts = ["c" if hide else number(top, level, 0) for top, hide in zip(tops, hidden, strict=True)]
        bases = [pupils] * 4 + [tops[1]] * len(NEEDS)
        shares = [
            "c" if hide else rounded(100 * top, base, 1) if base else "z" for top, hide, base in zip(tops, hidden, bases, strict=True)
        ]
        return [number(pupils, level, 6), *counts, *shares]

    def _all_pupils(self):
        """Key stage 4 of all pupils in state-funded schools, by the authority of the school."""
        newest = max((key[1] for key in self.sums if key[0] == "ks4"), default=0)
        for year in self.years:
            for word, group in (("Total", EVERYONE), ("Boys", "Boys"), ("Girls", "Girls")):
                if ("ks4", year, group) not in self.sums:
                    continue
                for level, names, sums in self._levels(self.sums["ks4", year, group], True):
                    time = f"{year - 1}{year % 100:02d}"
                    pupils, points, five, four, entered, aps, counted, progress = (int(s) for s in sums)
                    country, region, la = names[:2], names[2:4], (names[4], names[6], names[5])
                    schools = self._schools(level, names)
                    version = "Revised" if year == newest else "Final"
                    out: list = [schools, pupils, *average(points, pupils, 100, 2, 1)]
                    for top, known in ((five, year >= 2017), (four, True), (entered, True)):
                        out += [top, rounded(100 * top, pupils, 1)] if known and pupils else ["z", "z"]
                    out += average(aps, pupils, MILLION, 2, 2) if year >= 2018 else ["z", "z"]
                    figures = self._progress("ks4", year, "Local authority", counted, progress, 3)
                    out += ["z" if cell == "x" else cell for cell in figures]
                    yield (time, "Academic year", level, *country, *region, *la, version, "State-funded schools (LA)", word, *out)

    def _schools(self, level: str, names: tuple) -> int:
        place = self.place
        secondary = np.isin(place.school_kind, (SECONDARY, SPECIAL, ALTERNATIVE))
        if level == "Local authority":
            return int((secondary & (place.school_la == place.codes.index(names[4]))).sum())
        if level == "Regional":
            return int((secondary & (place.region[place.school_la] == REGIONS.index(names[3]))).sum())
        return int(secondary.sum())


KS4_HEADINGS = (
    "t_pupils,t_att8,avg_att8,t_l2basics_95,pt_l2basics_95,t_l2basics_94,pt_l2basics_94,t_ebacc_e_ptq_ee,pt_ebacc_e_ptq_ee,t_ebaccaps,"
    "avg_ebaccaps,t_inp8calc,t_p8score,avg_p8score,p8score_CI_low,p8score_CI_upp"
)
ABSENCE_HEADINGS = (
    "t_pupils,t_sess_possible,t_sess_overall,pt_overall,t_sess_authorised,pt_sess_authorised,t_sess_unauthorised,pt_sess_unauthorised,"
    "t_pupils_pa_10_exact,pt_pupils_pa_10_exact,t_pupils_pa_50_exact,pt_pupils_pa_50_exact"
)
ALL_PLACE_HEADINGS = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,"
    "version,establishment_type,gender,t_schools"
)
ALL_KS4_HEADINGS = KS4_HEADINGS.replace("CI_low", "ci_low").replace("CI_upp", "ci_upp")


def number(count: int, level: str, least: int) -> str:
    """A count of pupils: hidden from 1 to 5 for an authority, to the nearest ten for a region and England."""
    if level != "Local authority":
        return str(tens(count))
    return "c" if 0 < count < least else str(count)


def average(total: int, pupils: int, unit: int, total_decimals: int, decimals: int) -> list[str]:
    """A sum and its mean over pupils; hidden on 1 to 5."""
    if pupils < 6:
        return ["z", "z"] if pupils == 0 else ["c", "c"]
    return [rounded(total, unit, total_decimals), rounded(Decimal(total) / unit, pupils, decimals)]


def share(top: int, pupils: int, level: str, decimals: int) -> list[str]:
    """A numerator and its percentage by the rules of attainment: nothing on ten pupils or fewer, no numerator of five or fewer."""
    if pupils == 0:
        return ["z", "z"]
    if level == "Local authority" and (pupils <= 10 or top <= 5):
        return ["c", "c"]
    return [number(top, level, 6), rounded(100 * top, pupils, decimals)]
