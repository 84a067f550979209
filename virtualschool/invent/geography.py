"""The places as files: authorities, neighbours, postcodes and the register of schools; and a note that nothing here is real."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from virtualschool.invent.england import RATINGS, REGIONS, SCHOOL_NAMES, SCHOOL_TYPES, England
from virtualschool.invent.files import write_csv, write_rows

README = """INVENTED DATA

Everything in this folder was made up by a program: virtualschool invent --size {size} --years {years} --seed {seed}
No child, pupil, school, authority or postcode here exists. Do not quote a figure from it, and do not mix it with real files.

care/<authority>/<year>/    SSDA903 returns
education/<year>/           pupil tables under NPD item names
published/                  statistics in the layout of DfE's files
geography/                  authorities, neighbours, postcodes, schools
truth/                      which child of a return is which pupil, and the effects that were put in
"""


def write(folder: Path, place: England, years: tuple[int, ...]) -> None:
    text = README.format(size=place.size.name, years=",".join(map(str, years)), seed=place.seed)
    (folder / "README.txt").write_text(text, encoding="utf-8")
    where = folder / "geography"
    write_rows(
        where / "authorities.csv",
        "la,new_la_code,la_name,region_code,region_name,first_year,last_year",
        [
            (code, ons_code(n), place.names[n], f"VR{place.region[n] + 1}", REGIONS[place.region[n]], 2016, None)
            for n, code in enumerate(place.codes)
        ],
    )
    write_rows(
        where / "neighbours.csv",
        "la,neighbour,rank,first_year,last_year,model",
        [
            (place.codes[la], place.codes[other], rank + 1, 2016, None, "invented")
            for la in range(place.authorities)
            for rank, other in enumerate(place.alike[la])
        ],
    )
    las = [*place.codes, "WAL"]
    at = pa.array(np.where(place.postcode_la >= 0, place.postcode_la, len(las) - 1))
    codes = [ons_code(la) for la in range(place.places)]
    columns = {
        "pcds": place.postcodes,
        "LA": pa.array(las).take(at),
        "oslaua": pa.array([*codes, "W06999999"]).take(at),
        "oseast1m": pa.array(place.easting),
        "osnrth1m": pa.array(place.northing),
    }
    write_csv(where / "postcodes.csv", pa.table(columns))
    write_rows(where / "schools.csv", ",".join(SCHOOL_HEADINGS), _schools(place))


SCHOOL_HEADINGS = (
    "URN", "LAESTAB", "EstablishmentName", "TypeOfEstablishment (name)", "PhaseOfEducation (name)", "TypeGroup", "LA (code)", "Postcode",
    "OfstedRating (name)", "OfstedLastInsp",
)  # fmt: skip


def _schools(place: England):
    posts = place.postcodes.take(pa.array(place.school_postcode)).to_pylist()
    for n in range(len(place.urn)):
        kind, la = int(place.school_kind[n]), int(place.school_la[n])
        name = f"{place.names[la]} {SCHOOL_NAMES[kind]} {n - place.first_school[la, kind] + 1}"
        rating = RATINGS[place.rating[n]] or None
        when = f"{1 + n % 28:02d}/{1 + n % 12:02d}/{2019 + n % 6}" if rating else None
        yield (
            int(place.urn[n]),
            place.laestab[n],
            name,
            *SCHOOL_TYPES[kind],
            place.codes[la],
            posts[n],
            rating,
            when,
        )


def ons_code(la: int) -> str:
    """A code in the form of an authority's ONS code, with a letter that no country has."""
    return f"V06{la + 1:06d}"


def region_code(region: int) -> str:
    return f"VR{int(np.int64(region)) + 1}"
