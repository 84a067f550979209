"""The children in need census: who is in need or on a protection plan on 31 March, looked-after children among them.

Shares are ours: children on free meals or with special needs are in need more often, so that their results lie below those of all pupils.
Only the smaller Englands have the file; a larger one would be mostly children in need.
"""

import numpy as np
import pyarrow as pa

from virtualschool.invent.chance import generator
from virtualschool.invent.files import Files, blank, coded, dates, same, whole
from virtualschool.invent.people import NO_SEN, RECEPTION, day, fixed
from virtualschool.invent.yeargroup import YearGroup

SIZES = ("small", "authority")
IN_NEED, WITH_FREE_MEALS, WITH_NEEDS = 0.02, 0.04, 0.03
ON_A_PLAN, CLOSED, WITHOUT_NUMBERS = 0.14, 0.2, 0.02
STATUSES = ("CLA",)


def write_in_need(files: Files, made: YearGroup, year: int) -> None:
    """One row for each child; those whose case was closed in the year are there too, and some of whom no number is known."""
    people, place = made.people, made.place
    rng = generator(place.seed, "children in need", made.group, year)
    draw, plan, closed, unknown, since = rng.random((5, len(people)))
    finish = day(year, 3, 31)
    open_ = made.careers.open_on(finish)
    looked_after = np.zeros(len(people), bool)
    looked_after[made.others :] = (open_ >= 0) & ~made.careers.respite
    chance = IN_NEED + WITH_FREE_MEALS * people.fsm + WITH_NEEDS * (people.sen != NO_SEN)
    rows = np.flatnonzero(looked_after | ((draw < chance) & people.state & (year - made.group >= RECEPTION)))
    ended = (closed[rows] < CLOSED) & ~looked_after[rows]
    planned = (plan[rows] < ON_A_PLAN) & ~looked_after[rows]
    referred = finish - 30 - (since[rows] * 300).astype(int)
    upn, _, _, reference = made.numbers(year)
    known = unknown[rows] >= WITHOUT_NUMBERS
    columns = {
        "CIN_ACADYR": same(f"{year - 1}/{year}", len(rows)),
        "CIN_LA": coded(place.codes, people.la[rows]),
        "CIN_PupilMatchingRefAnonymous": blank(fixed(reference[rows]), known),
        "CIN_UPN": blank(fixed(upn[rows]), known),
        "CIN_DOB": dates(people.born[rows]),
        "CIN_Gender": coded(("F", "M"), people.male[rows].astype(int)),
        "CIN_CINAt31March": whole(~ended),
        "CIN_CINReferralDate": dates(referred),
        "CIN_CINClosureDate": dates(np.full(len(rows), finish - 10), ended),
        "CIN_CPPstartDate": dates(referred + 20, planned),
        # Some plans came to an end in the year, and their children are in need only.
        "CIN_CPPendDate": dates(np.full(len(rows), finish - 5), planned & (ended | (plan[rows] < ON_A_PLAN / 4))),
        "CIN_OpenCaseInformation": coded(STATUSES, np.zeros(len(rows), int), looked_after[rows]),
    }
    files.append(f"education/{year}/cin", pa.table(columns))
