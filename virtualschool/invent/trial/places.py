"""Where a trial plays: authorities of skewed size, postcode sectors and postcodes, schools by phase, children's homes.

A postcode stands in a sector of some 170, four sectors make a district, and a district may reach into the next authority. No
postcode begins as one of the United Kingdom does.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.spatial import cKDTree

from virtualschool import tables
from virtualschool.invent.chance import generator
from virtualschool.invent.people import LETTERS

PUPILS_A_POSTCODE, POSTCODES_A_SECTOR, NEAR = 6, 170, 24
PRIMARY, SECONDARY, SPECIAL, ALTERNATIVE = range(4)
PUPILS_A_SCHOOL = (480, 2_350, 8_000, 24_000)
FIRST_ESTABLISHMENT = (2001, 4001, 7001, 1101)
KINDS = (
    ("Community school", "Primary", "mainstream"),
    ("Academy converter", "Secondary", "mainstream"),
    ("Community special school", "Not applicable", "special"),
    ("Pupil referral unit", "Not applicable", "alternative provision"),
)
CHOICES = 4
"""Schools of a phase that people of a sector go to."""
UNIT_LETTERS = np.frombuffer(b"ABDEFGHJLNPQRSTUWXYZ", np.uint8)
WALES = -1


@dataclass
class Places:
    codes: list[str]
    share: np.ndarray
    """Share of the pupils who live in each authority."""
    near_authorities: np.ndarray
    text: pa.Array
    """Postcodes, with a space."""
    sector: np.ndarray
    """The sector of each postcode. The last sector is in Wales."""
    east: np.ndarray
    north: np.ndarray
    first_postcode: np.ndarray
    postcodes_of: np.ndarray
    """First postcode, and how many, of each sector."""
    sector_la: np.ndarray
    first_sector: np.ndarray
    sectors_of: np.ndarray
    """First sector, and how many, of each authority."""
    near_sectors: np.ndarray
    school_la: np.ndarray
    school_kind: np.ndarray
    establishment: np.ndarray
    school_postcode: np.ndarray
    laestab: pa.Array
    urn: pa.Array
    near_schools: np.ndarray
    """For each sector and kind, the schools that people go to, nearest first."""
    own_primaries: np.ndarray
    own_secondary: np.ndarray
    """First secondary school of each authority, and how many."""
    homes: np.ndarray
    """Postcodes of children's homes, authority by authority."""
    first_home: np.ndarray
    homes_of: np.ndarray

    def postcode_in(self, sector: np.ndarray, draw: np.ndarray) -> np.ndarray:
        """A postcode of each sector; some have many more families than others."""
        skewed = np.where(draw < 0.3, np.floor(draw * 200) / 60, (draw - 0.3) / 0.7)
        return self.first_postcode[sector] + np.minimum(
            (skewed * self.postcodes_of[sector]).astype(np.int64), self.postcodes_of[sector] - 1
        )

    def sector_in(self, la: np.ndarray, draw: np.ndarray) -> np.ndarray:
        return self.first_sector[la] + np.minimum((draw * self.sectors_of[la]).astype(np.int64), self.sectors_of[la] - 1)

    def apart(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Metres between postcodes."""
        return np.hypot(self.east[one] - self.east[other], self.north[one] - self.north[other])


def places(seed: int, authorities: int, pupils: int) -> Places:
    rng = generator(seed, "trial places")
    codes = [f"V{la + 1:02d}" for la in range(authorities)]
    share = np.exp(rng.normal(0, 0.6, authorities))
    share /= share.sum()
    wide = int(np.ceil(np.sqrt(authorities)))
    middle = np.stack([np.arange(authorities) % wide, np.arange(authorities) // wide], 1) * 26_000.0 + 300_000
    middle += rng.uniform(-6_000, 6_000, middle.shape)
    near = np.argsort(np.hypot(*(middle[:, None] - middle[None, :]).transpose(2, 0, 1)), axis=1, kind="stable")[:, 1:9]
    if authorities == 1:
        near = np.zeros((1, 1), np.int64)
    counts = np.maximum(60, np.round(share * pupils / PUPILS_A_POSTCODE).astype(np.int64))
    sectors_of = -(-counts // POSTCODES_A_SECTOR)
    sectors_of = np.maximum(sectors_of, 2)
    first_sector = np.cumsum(sectors_of) - sectors_of
    sector_la = np.append(np.repeat(np.arange(authorities), sectors_of), WALES)
    sectors = len(sector_la)
    reach = 10_000 * np.exp(rng.normal(0, 0.25, authorities))
    angle, out = rng.uniform(0, 2 * np.pi, sectors), np.sqrt(rng.random(sectors))
    at = middle[np.maximum(sector_la, 0)] + (out * reach[np.maximum(sector_la, 0)])[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    at[-1] = (150_000, 150_000)
    held = np.append(-(-counts[sector_la[:-1]] // sectors_of[sector_la[:-1]]), 100)
    first = np.cumsum(held) - held
    sector = np.repeat(np.arange(sectors), held)
    spot = at[sector] + rng.normal(0, 450, (len(sector), 2))
    nearby = cKDTree(at[:-1]).query(at, k=min(NEAR, sectors - 1))[1].reshape(sectors, -1)
    kinds, las, numbers = _schools(share * pupils)
    own = np.arange(len(las))
    stands = np.zeros(len(las), np.int64)
    drawn = first_sector[las] + (rng.random(len(las)) * sectors_of[las]).astype(np.int64)
    stands = first[drawn] + (rng.random(len(las)) * held[drawn]).astype(np.int64)
    near_schools = np.zeros((sectors, 4, CHOICES), np.int64)
    for kind in range(4):
        of_kind = own[kinds == kind]
        found = cKDTree(spot[stands[of_kind]]).query(at, k=min(CHOICES, len(of_kind)))[1].reshape(sectors, -1)
        near_schools[:, kind] = of_kind[np.pad(found, ((0, 0), (0, CHOICES - found.shape[1])), mode="edge")]
    own_primaries = np.zeros((sectors, CHOICES), np.int64)
    own_secondary = np.zeros((authorities, 2), np.int64)
    for la in range(authorities):
        mine = own[(kinds == PRIMARY) & (las == la)]
        here = slice(first_sector[la], first_sector[la] + sectors_of[la])
        found = cKDTree(spot[stands[mine]]).query(at[here], k=min(CHOICES, len(mine)))[1].reshape(sectors_of[la], -1)
        own_primaries[here] = mine[np.pad(found, ((0, 0), (0, CHOICES - found.shape[1])), mode="edge")]
        later = own[(kinds == SECONDARY) & (las == la)]
        own_secondary[la] = later[0], len(later)
    homes_of = np.maximum(3, np.round(share * pupils / 4_000).astype(np.int64))
    home_la = np.repeat(np.arange(authorities), homes_of)
    drawn = first_sector[home_la] + (rng.random(len(home_la)) * sectors_of[home_la]).astype(np.int64)
    homes = first[drawn] + (rng.random(len(home_la)) * held[drawn]).astype(np.int64)
    laestab = pa.array([f"{la + 1:03d}{number}" for la, number in zip(las.tolist(), numbers.tolist(), strict=True)])
    urn = pa.array([str(900_001 + n) for n in range(len(las))])
    return Places(
        codes, share, near, _texts(sector, np.arange(len(sector)) - first[sector]), sector, np.round(spot[:, 0]).astype(np.int32),
        np.round(spot[:, 1]).astype(np.int32), first, held, sector_la, first_sector, sectors_of, nearby, las, kinds, numbers, stands,
        laestab, urn, near_schools, own_primaries, own_secondary, homes, np.cumsum(homes_of) - homes_of, homes_of,
    )  # fmt: skip


def _schools(pupils: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The kind, authority and establishment number of every school."""
    kinds, las, numbers = [], [], []
    for la, held in enumerate(pupils):
        for kind, each in enumerate(PUPILS_A_SCHOOL):
            count = max(4 if kind == PRIMARY else 2 if kind == SECONDARY else 1, round(held / each))
            kinds.append(np.full(count, kind))
            las.append(np.full(count, la))
            numbers.append(FIRST_ESTABLISHMENT[kind] + np.arange(count))
    return np.concatenate(kinds), np.concatenate(las), np.concatenate(numbers)


def _texts(sector: np.ndarray, place: np.ndarray) -> pa.Array:
    """Postcodes as text. Of a sector: letters of the area, district 1 to 60, digit; of a postcode: its two last letters."""
    district = sector // 4
    area, number = district // 60, district % 60 + 1
    wide = np.full((len(sector), 8), 0, np.uint8)
    wide[:, 0] = np.frombuffer(b"QVXQVX", np.uint8)[area // 23 % 6]
    wide[:, 1] = LETTERS[area % 23]
    wide[:, 2] = np.where(number > 9, number // 10 + 48, 0)
    wide[:, 3] = number % 10 + 48
    wide[:, 4] = 32
    wide[:, 5] = sector % 4 + 49
    wide[:, 6], wide[:, 7] = UNIT_LETTERS[place // 20 % 20], UNIT_LETTERS[place % 20]
    kept = wide != 0
    offsets = np.concatenate([[0], np.cumsum(kept.sum(1))]).astype(np.int32)
    return pa.StringArray.from_buffers(len(wide), pa.py_buffer(offsets.tobytes()), pa.py_buffer(wide[kept].tobytes()))


def postcode_table(made: Places) -> pa.Table:
    n = len(made.sector)
    la = pa.array([*made.codes, "WAL"]).take(pa.array(made.sector_la[made.sector] % (len(made.codes) + 1)))
    return shaped(
        tables.postcodes,
        n,
        postcode=pa.compute.replace_substring(made.text, " ", ""),
        la=la,
        easting=pa.array(made.east),
        northing=pa.array(made.north),
    )


def school_table(made: Places, located: bool) -> pa.Table:
    n = len(made.school_la)
    words = [pa.array([kind[part] for kind in KINDS]).take(pa.array(made.school_kind)) for part in range(3)]
    return shaped(
        tables.schools, n, school_urn=made.urn, laestab=made.laestab, name=made.laestab, school_type=words[0], phase=words[1],
        type_group=words[2], la=pa.array(made.codes).take(pa.array(made.school_la)),
        postcode=made.text.take(pa.array(made.school_postcode)) if located else None,
    )  # fmt: skip


def shaped(table: tables.Table, rows: int, **columns: "pa.Array | None") -> pa.Table:
    """Columns as a table of ours; those not given are null, and `row` counts from 2 unless given."""
    if "row" in table and "row" not in columns:
        columns |= {"file": pa.array(np.zeros(rows, np.int32)), "row": pa.array(np.arange(2, rows + 2, dtype=np.int32))}
    made = []
    for column in table.columns:
        given = columns.pop(column.name, None)
        made.append(pa.nulls(rows, column.arrow) if given is None else given.cast(column.arrow))
    assert not columns, sorted(columns)
    return pa.table(made, schema=table.arrow)
