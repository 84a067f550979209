"""Two weekly rolls of an invented authority under invented names, so that a demonstration has names, joiners, leavers and moves."""

import datetime
import random
from typing import Any

from django.conf import settings

from virtualschool.pipeline import MARK
from virtualschool.read.roll import written
from virtualschool.web import clock, stores
from virtualschool.web.actions.roll import keep
from virtualschool.web.models import RollFile
from virtualschool.years import age_on, school_year_of

FIRST = (
    "Abrel", "Bexley", "Corva", "Dunstan", "Elowin", "Farrow", "Gwillam", "Hesper", "Isolda", "Jorvik", "Kestrel", "Linnet",
    "Marlow", "Nimue", "Orrin", "Perran", "Quill", "Rowena", "Sorrel", "Tamsin", "Ullin", "Vesper", "Wilder", "Xanthe", "Yarrow", "Zennor",
)  # fmt: skip
LAST = (
    "Amblewick", "Brackenfold", "Cloverhay", "Dapplegate", "Elmshadow", "Fernquist", "Gorsemoor", "Hollowby", "Inkberrow", "Juniperley",
    "Kettlebrook", "Larkenby", "Mossgrave", "Nettlecombe", "Oatmere", "Pebbleford", "Quarrinton", "Rushmarsh", "Sedgewater", "Thistledown",
    "Underoak", "Vetchling", "Willowisp", "Yewbarrow",
)  # fmt: skip
WORKERS = tuple(f"{first} {last}" for first, last in zip(FIRST[::2], LAST[1::2], strict=False))
OFFICERS = tuple(f"{first} {last}" for first, last in zip(FIRST[1:9:2], LAST[16:], strict=False))
HOMES = ("Rookery House", "Tidewater Lodge", "Larch Cottage", "Invented Court")
FLAGS = ("EHC plan under review", "new to English", "long-term fostering", "on edge of exclusion", "sibling group")
WEEK = datetime.timedelta(days=7)
NEW = 3
"""Children who are in no return yet."""


def fill(la: str) -> None:
    """Loads the two rolls where none is, and lays them by as files for a demonstration's folder."""
    if RollFile.objects.filter(la=la).exists():
        return
    folder = settings.STORE.parent
    for as_of, text in files(la):
        keep(la, text.encode(), "roll.csv", as_of)
        if (folder / MARK).exists():
            (folder / "roll").mkdir(exist_ok=True)
            (folder / "roll" / f"{la}-{as_of.isoformat()}.csv").write_text(text, encoding="utf-8", newline="")


def files(la: str) -> list[tuple[datetime.date, str]]:
    """Last week's roll and today's, as files of the case system would say them."""
    today, chance = clock.today(), random.Random(f"roll of {la}")
    rows = _rows(la, today, chance)
    order = chance.sample(range(len(rows)), len(rows))
    leaving, joining = set(order[:4]), set(order[4:8]) | set(range(len(rows) - NEW, len(rows)))
    before = [row for place, row in enumerate(rows) if place not in joining - leaving]
    moving = {place: what for what, span in enumerate((order[8:12], order[12:17], order[17:23])) for place in span}
    now = [_moved(row, moving.get(place), rows, today, chance) for place, row in enumerate(rows) if place not in leaving - joining]
    return [(today - WEEK, written(before)), (today, written(now))]


def _rows(la: str, today: datetime.date, chance: random.Random) -> list[dict[str, Any]]:
    held = stores.snapshot()
    schools = stores.schools(held)
    own = [urn for urn, row in schools.items() if row["la"] == la]
    year = stores.newest_year(held, la)
    children = [row for row in stores.children_rows(held, la).values() if row["at_31_march"] and row["year"] == year and row["dob"]]
    placed = stores.engine(held).rows(
        "SELECT child, max(decom) AS began FROM episodes WHERE la = ? AND year = ? GROUP BY child", [la, year]
    )
    placements = {row["child"]: row["began"] for row in placed}
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    made: list[dict[str, Any]] = []
    for row in [
        *children,
        *({"child": f"NEW{number}", "dob": today.replace(year=today.year - 7 - 3 * number, day=1)} for number in range(NEW)),
    ]:
        if age_on(row["dob"], today) > 17:
            continue
        name = names[len(made) % len(names)]
        group = _year_group(row["dob"], today)
        school = row.get("school") or (chance.choice(own) if own and group not in ("", "N1", "N2") else "")
        if group not in ("", "N1", "N2") and chance.random() < 0.02:
            school = ""
        placement = row.get("placement_type") or "foster"
        home = chance.choice(HOMES) if placement == "children's home" else ""
        worker, officer = chance.choice(WORKERS), chance.choice(OFFICERS)
        began = row.get("period_start") or today - 2 * WEEK
        made.append(
            {
                "la": la,
                "child": row["child"],
                "name": name,
                "preferred_name": f"{name[:3]} {name.split()[1]}" if chance.random() < 0.06 else "",
                "dob": row["dob"],
                "year_group": group,
                "school_urn": school,
                "school_name": schools[school]["name"] if school in schools else "",
                "social_worker": worker,
                "social_worker_email": _address(worker),
                "reviewing_officer": officer,
                "reviewing_officer_email": _address(officer),
                "carer": "" if home else f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                "home": home,
                "placement": placement,
                "placement_address": f"{chance.randint(1, 90)} Invented Lane",
                "placement_began": placements.get(row["child"], began),
                "entered_care": began,
                "flags": chance.sample(FLAGS, 1) if chance.random() < 0.15 else [],
            }
        )
    return made


def _moved(row: dict[str, Any], what: int | None, rows: list[dict], today: datetime.date, chance: random.Random) -> dict[str, Any]:
    """The row with another school (0), placement (1) or social worker (2), or as it was."""
    if what is None:
        return row
    other = chance.choice([one for one in rows if one["school_urn"] and one["school_urn"] != row["school_urn"]] or rows)
    if what == 0:
        return {**row, "school_urn": other["school_urn"], "school_name": other["school_name"]}
    if what == 1:
        return {**row, "placement": "foster", "home": "", "carer": f"{chance.choice(FIRST)} Newcarer", "placement_began": today - WEEK / 2}
    worker = chance.choice([one for one in WORKERS if one != row["social_worker"]])
    return {**row, "social_worker": worker, "social_worker_email": _address(worker)}


def _year_group(born: datetime.date, today: datetime.date) -> str:
    year = school_year_of(today) - school_year_of(born) - 5
    return {-2: "N1", -1: "N2", 0: "R"}.get(year, str(year) if 0 < year < 14 else "")


def _address(name: str) -> str:
    return name.lower().replace(" ", ".") + "@example.invalid"
