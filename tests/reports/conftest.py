"""A small store for reports: twelve invented authorities, children drawn by rule and not by chance, three years."""

import datetime
import decimal

import pyarrow as pa
import pytest

from virtualschool import tables
from virtualschool.measures import facts
from virtualschool.store import Store

PLACES = tuple(f"V{number:02d}" for number in range(1, 13))
YEARS = (2023, 2024, 2025)


def table(which: tables.Table, rows: list[dict]) -> pa.Table:
    return pa.table([pa.array([row.get(column.name) for row in rows], column.arrow) for column in which.columns], schema=which.arrow)


def child(la: str, number: int, year: int) -> dict:
    """One child; its characteristics and results follow from its number, so that a hand can check them."""
    place = PLACES.index(la)
    points = decimal.Decimal(10 + (number * 7 + place * 3 + year) % 21)
    at_ks4 = number % 2 == 0
    linked = number % 10 != 9
    return {
        "la": la,
        "child": f"{la}-{number}",
        "pupil": f"{la}{number:05d}" if linked else None,
        "year": year,
        "dob": datetime.date(2008, 5, 1 + number % 20),
        "sex": "female" if number % 3 else "male",
        "sen": ("none", "support", "EHCP")[number % 3 if number % 8 else 2],
        "ethnic_group": "White",
        "age": 15,
        "looked_after_12_months": True,
        "at_31_march": True,
        "in_year": True,
        "placement_type": ("foster", "children's home", "kinship foster", "foster")[number % 4],
        "out_of_authority": number % 3 == 0,
        "length_of_care": "2 to 5 years" if number % 2 else "5 years or more",
        "entered": "before" if number % 5 else "during",
        "linked": linked,
        "link_method": "exact" if linked else None,
        "state_funded": True,
        "at_ks4": at_ks4,
        "attainment_8": points if at_ks4 and linked else None,
        "attainment_8_dfe": points if at_ks4 and linked else None,
        "attainment_8_results": points + (number % 12 == 0) if at_ks4 and linked else None,
        "progress_8": (points - 20) / 10 if at_ks4 and linked and year < 2025 else None,
        "english_maths_94": points > 24 if at_ks4 and linked else None,
        "english_maths_95": points > 28 if at_ks4 and linked else None,
        "sessions_possible": 380 if linked else None,
        "sessions_missed": number % 60 if linked else None,
        "on_roll_january": linked,
        "suspensions": int(number % 9 == 0) if linked else None,
        "permanent_exclusions": 0 if linked else None,
    }


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory):
    """A finished snapshot of a store of invented authorities."""
    children = [child(la, number, year) for la in PLACES for year in YEARS for number in range(60 if la == "V01" else 40)]
    known = {(row["la"], row["child"]): row for row in children}
    with Store(tmp_path_factory.mktemp("reports") / "store").draft(threads=2) as draft:
        draft.write("children", table(tables.children, children))
        draft.write("header", table(tables.header, [{"la": row["la"], "year": row["year"], "child": row["child"]} for row in children]))
        links = [{"la": la, "child": name, "pupil": row["pupil"], "method": "exact", "rule": "U1"} for (la, name), row in known.items()]
        draft.write("links", table(tables.links, [row for row in links if row["pupil"]]))
        without = [{"la": la, "child": name, "reason": "no UPN"} for (la, name), row in known.items() if not row["linked"]]
        draft.write("unlinked", table(tables.unlinked, without))
        places = [
            {
                "la": la,
                "name": f"Invented {la}",
                "region_code": "VR1" if la < "V09" else "VR2",
                "region": "North" if la < "V09" else "South",
            }
            for la in PLACES
        ]
        draft.write("authorities", table(tables.authorities, places))
        near = [{"la": "V01", "neighbour": la, "rank": rank, "model": "invented"} for rank, la in enumerate(PLACES[1:11], start=1)]
        draft.write("neighbours", table(tables.neighbours, near))
        draft.rest_empty()
        facts(draft)
        files = [
            {"file": f"care/{la}/2024/{name}.csv", "part": "", "kind": f"ssda903.{name}", "la": la, "year": 2024}
            | {"read": read, "kept": read - 1, "set_aside": 1}
            for la in ("V01", "V02")
            for name, read in (("header", 60), ("uasc", 3))
        ]
        files.append({"file": "ks4.csv", "part": "", "kind": "npd.ks4", "la": None, "year": 2024, "read": 500, "kept": 500, "set_aside": 0})
        return draft.finish(
            {
                "version": "0.1",
                "files": files,
                "findings": 4,
                "inputs": [{"name": "care/V01/2024/header.csv", "la": "V01", "sha256": "ab" * 32}],
                "notes": [],
                "links": {"children": 60, "linked": 54},
                "measures": {},
            }
        )
