"""A synthetic England: care returns, education tables, statistics and the truth, as the real files would be, and none of it real.

It does its own plain arithmetic, so that it checks what the rest of the program makes of the same files.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from virtualschool.errors import WrongUse
from virtualschool.invent import assessments, attendance, education, geography, in_need, oddities, plans, truth
from virtualschool.invent.careers import careers
from virtualschool.invent.england import england
from virtualschool.invent.files import Files
from virtualschool.invent.people import KS1, KS2, KS4, RECEPTION, pupils
from virtualschool.invent.returns import Returns
from virtualschool.invent.schooling import schooling
from virtualschool.invent.statistics import Statistics
from virtualschool.invent.yeargroup import all_habits, earlier, exams, together

OLDEST_LEAVER = 22
FIRST_YEAR, LAST_YEAR = 2016, 2026


def invent(folder: Path, size: str, years: tuple[int, ...], seed: int, tell: Callable[[str, int, int], None]) -> None:
    """Write a synthetic England into `folder`: the same size, seed and years give the same bytes.

    What is drawn for one year group and year does not depend on what else is asked for, so an authority's return of a
    year is the same whichever other years stand beside it. `tell` is called with what is being done, how far, of how many.
    """
    if not years or min(years) < FIRST_YEAR or max(years) > LAST_YEAR:
        raise WrongUse(
            f"Years {', '.join(map(str, years)) or '(none)'}",
            f"an England can be invented for {FIRST_YEAR} to {LAST_YEAR}.",
            "Name years in that span, for instance 2022-2026.",
        )
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"Folder {folder}", "there is something in this place.", "Name a folder that does not exist yet, or is empty.")
    folder.mkdir(parents=True, exist_ok=True)
    years = tuple(sorted(years))
    place = england(size, seed)
    geography.write(folder, place, years)
    returns, statistics, true = Returns(place, years), Statistics(place, years), truth.Truth(place)
    files = Files(folder, place.size.parquet)
    groups = range(years[0] - OLDEST_LEAVER, years[-1] + 1)
    for done, group in enumerate(groups):
        tell("inventing year groups", done, len(groups))
        made = careers(place, group)
        cared, schooled = schooling(place, made)
        pairs = returns.add(made, cared, schooled)
        written = _education(files, statistics, place, group, years, made, cared, schooled)
        true.add(made, cared, schooled, pairs, written)
        del made, cared, schooled
    tell("writing returns", len(groups), len(groups))
    files.close()
    returns.write(folder)
    plans.write(folder, years, seed)
    if size == "small":
        oddities.make(folder, years)
    statistics.write(folder)
    true.write(folder)


def _education(files, statistics, place, group, years, made, cared, schooled) -> dict[int, np.ndarray]:
    """Write a year group's rows in every table; which of its children in care have a row, by year."""
    here = [year for year in years if RECEPTION <= year - group <= KS4]
    if not here:
        return {}
    full = {"all": years, "newest": years[-1:], "none": ()}[place.size.every_pupil]
    every = {year: year in full or year - group in (KS1, KS2, KS4) for year in here}
    others = pupils(place, group)
    whole = together(place, others, cared, made, schooled)
    kept = all_habits(whole)
    parts = whole.parts()
    before = None
    if any(year - group in (KS1, KS2, KS4) for year in here):
        before = earlier(whole)
    written = {}
    for year in here:
        rows = education.write_census(files, whole, year, every[year])
        written[year] = rows[rows >= whole.others] - whole.others
        missed = tuple(np.concatenate(column) for column in zip(*_sessions(place.seed, year, parts, kept), strict=True))
        missed = education.write_absence(files, whole, year, every[year], missed)
        found = tuple(
            attendance.suspensions(place.seed, year, people, habit, cared)
            for people, habit, cared in zip(parts, kept, (False, True), strict=True)
        )
        education.write_exclusions(files, whole, year, every[year], found)
        assessments.write(files, whole, year, year in full)
        if place.size.name in in_need.SIZES:
            in_need.write_in_need(files, whole, year)
        statistics.attended(whole, year, missed, found)
        if before is None:
            continue
        if year - group == KS1:
            education.write_ks1(files, whole, before)
        if year - group == KS2:
            done = education.write_ks2(files, whole, before)
            if done:
                statistics.key_stage_2(whole, year, before, *done)
        if year - group == KS4:
            sat = exams(whole, before, kept)
            rows = education.write_ks4(files, whole, before, sat)
            statistics.key_stage_4(whole, year, sat, rows)
            if group + assessments.POST_16 in years:
                assessments.write_post_16(files, whole, group + assessments.POST_16 in full)
    return written


def _sessions(seed, year, parts, kept):
    return [attendance.sessions(seed, year, people, habit, cared) for people, habit, cared in zip(parts, kept, (False, True), strict=True)]
