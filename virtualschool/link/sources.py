"""What a link is made from, gathered once: the children of the returns, the pupils of the education files, where places are."""

from dataclasses import dataclass

import ibis
from ibis import _

from virtualschool import codes, tables
from virtualschool.link import children, geography, keys, records
from virtualschool.link.workings import define, lay_by
from virtualschool.store import Draft


@dataclass(frozen=True)
class Sources:
    """Unbound tables under fixed names; see the functions that make them for their columns."""

    seen: ibis.Table
    keys: ibis.Table
    numbers: ibis.Table
    births: ibis.Table
    stays: ibis.Table
    features: ibis.Table
    moves: ibis.Table
    places: ibis.Table
    known: ibis.Table
    schools: ibis.Table
    with_schools: ibis.Table
    """The authorities of whose schools a record is held: held_la."""


def gather(draft: Draft) -> Sources:
    seen = define(draft, "sightings", records.sightings())
    districts = lay_by(draft, "link_districts", codes.arrow("districts"))
    known = lay_by(draft, "known_postcodes", geography.postcodes(districts))
    schools = lay_by(draft, "known_schools", geography.located_schools(known))
    at = records.with_authority(seen.filter(seen.laestab.notnull()).select("laestab").distinct(), schools)
    return Sources(
        seen=seen,
        keys=keys.pupil_keys(draft, seen),
        numbers=lay_by(draft, "child_numbers", children.numbers()),
        births=lay_by(draft, "child_births", children.births()),
        stays=lay_by(draft, "child_stays", children.stays()),
        features=lay_by(draft, "child_features", children.features()),
        moves=lay_by(draft, "child_moves", children.moves()),
        places=lay_by(draft, "child_places", children.places(known)),
        known=known,
        schools=schools,
        with_schools=lay_by(draft, "authorities_with_schools", at.select(held_la="in_la").distinct()),
    )


def largest_roll(draft: Draft) -> tuple[str, int, int]:
    """The table and year with most pupils, and how many: the pupils against whom chance is reckoned."""
    held = [
        table.ibis().filter(_.dob.notnull()).group_by("year").aggregate(pupils=_.count()).mutate(source=ibis.literal(table.name))
        for table in records.ROLLS
    ]
    counted = draft.engine.rows(ibis.union(*held))
    best = max(counted, key=lambda row: (row["pupils"], row["year"], row["source"]), default=None)
    return (best["source"], best["year"], best["pupils"]) if best else (tables.census.name, 0, 1)
