"""Places that do not exist: authorities on a grid, their regions, neighbours, postcodes and schools."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from virtualschool.errors import unknown
from virtualschool.invent.chance import generator, pick, within

PRIMARY, SECONDARY, SPECIAL, ALTERNATIVE, INDEPENDENT = range(5)
ELSEWHERE = -1
"""The authority of a postcode in Wales."""

GRID_METRES = 26_000
PUPILS_A_POSTCODE, YEAR_GROUPS, FEWEST_POSTCODES = 7, 12, 160
SECTOR, SECTORS_A_DISTRICT = 170, 6
"""Postcodes in a sector, and sectors in a district."""
IN_WALES = 12


@dataclass(frozen=True)
class Size:
    """How large an England: authorities that make returns, hosts that make none, children looked after, pupils in a year group."""

    name: str
    authorities: int
    hosts: int
    regions: int
    looked_after: int
    cohort: int
    parquet: bool
    every_pupil: str
    """In which years census and absence hold every pupil: all, newest or none. In the others they hold every child ever
    looked after and the year groups that are assessed."""


SIZES = {
    size.name: size
    for size in (
        Size("small", 2, 0, 2, 370, 1_500, False, "all"),
        Size("authority", 1, 3, 2, 600, 7_500, False, "all"),
        Size("region", 15, 0, 3, 8_000, 60_000, True, "none"),
        Size("england", 152, 0, 9, 82_000, 600_000, True, "newest"),
    )
}

NAME_STARTS = (
    "Ambel", "Brindle", "Caldor", "Dunmar", "Elver", "Farrow", "Gorsel", "Hallen", "Inkber", "Jessam",
    "Kestrel", "Larken", "Morrow", "Nettle", "Orring", "Pellan", "Quillen", "Rushel", "Sorrel", "Tansel",
    "Umber", "Velder", "Withen", "Yarrow", "Zennor", "Ashling", "Bracken", "Corvel", "Dappel", "Emmer",
    "Fennel", "Garnet", "Heron", "Ivern", "Juniper", "Kindle", "Linnet", "Mallow", "Nimbel", "Osier",
)  # fmt: skip
NAME_ENDS = ("shire", "borough", "mere", "combe")
REGIONS = ("Upper Vale", "Middle Vale", "Lower Vale", "Far Reach", "Near Reach", "High Fells", "Low Fells", "Old Coast", "New Coast")
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
AREA_LETTERS = "ABCDFGHJKLMNOPQRSTUVXYZ"
"""Second letters of the areas of postcodes, after Z: ZE is Shetland, ZW is given to Wales."""
SCHOOL_TYPES = (
    ("Community school", "Primary", "mainstream"),
    ("Academy converter", "Secondary", "mainstream"),
    ("Community special school", "Not applicable", "special"),
    ("Pupil referral unit", "Not applicable", "alternative provision"),
    ("Other independent school", "Not applicable", "independent"),
)
SCHOOL_NAMES = ("Primary School", "Academy", "Special School", "Pupil Referral Unit", "Independent School")
FIRST_ESTABLISHMENT = (2001, 4001, 7001, 1101, 6001)
NFTYPES = ("21", "51", "26", "32", "30")
"""DfE's codes of institution types at key stages, by kind of school."""
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate", "")
NO_POSTCODE = -1


@dataclass
class England:
    """Authorities, postcodes and schools, as arrays; an authority, postcode or school elsewhere is its position here."""

    size: Size
    seed: int
    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    region: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    share: np.ndarray = field(default_factory=lambda: np.zeros(0))
    care_share: np.ndarray = field(default_factory=lambda: np.zeros(0))
    near: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), int))
    """Other authorities, nearest first."""
    alike: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), int))
    """Statistical neighbours, most alike first."""
    postcodes: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    first_postcode: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    postcodes_of: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    """The first postcode of each authority, and how many it has. Those in Wales stand after all others."""
    postcode_la: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    easting: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    northing: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    school_la: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    school_kind: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    laestab: list[str] = field(default_factory=list)
    urn: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    school_postcode: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    rating: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    first_school: np.ndarray = field(default_factory=lambda: np.zeros((0, 5), int))
    schools_of: np.ndarray = field(default_factory=lambda: np.zeros((0, 5), int))
    quality: np.ndarray = field(default_factory=lambda: np.zeros(0))
    """What an authority adds to the care and schooling of its looked-after children, in grades a subject: small and lasting."""

    def postcode_in(self, rng: np.random.Generator, la: np.ndarray) -> np.ndarray:
        """A postcode in each authority."""
        return within(rng, self.first_postcode[la], self.postcodes_of[la])

    def postcode_at(self, draw: np.ndarray, la: np.ndarray) -> np.ndarray:
        """A postcode in each authority from a draw between 0 and 1."""
        return self.first_postcode[la] + (draw * self.postcodes_of[la]).astype(np.int64)

    def next_postcode(self, postcodes: np.ndarray) -> np.ndarray:
        """The postcode next to each, in the same authority; Welsh ones stay."""
        la = self.postcode_la[postcodes]
        first, count = self.first_postcode[la], self.postcodes_of[la]
        return np.where(la == ELSEWHERE, postcodes, first + (postcodes - first + 1) % count)

    @property
    def places(self) -> int:
        return len(self.codes)

    @property
    def authorities(self) -> int:
        return self.size.authorities


def england(size: str, seed: int) -> England:
    """The places of one size and seed."""
    if size not in SIZES:
        raise unknown("Size", size, SIZES)
    made = England(SIZES[size], seed)
    rng = generator(seed, "england")
    _authorities(made, rng)
    _postcodes(made)
    _schools(made, rng)
    return made


def _authorities(made: England, rng: np.random.Generator) -> None:
    size = made.size
    places = size.authorities + size.hosts
    made.codes = [f"V{place + 1:02d}" for place in range(places)]
    made.names = [NAME_STARTS[place % 40] + NAME_ENDS[(place // 40) % 4] for place in range(places)]
    made.region = np.arange(places) * size.regions // places
    weight = np.exp(rng.normal(0, 0.55, places))
    if size.name == "small":
        weight = np.array([0.62, 0.38])
    if size.name == "authority":
        weight = np.array([0.62, 0.14, 0.13, 0.11])
    made.share = weight / weight.sum()
    care = weight * np.exp(rng.normal(0, 0.3, places))
    if size.name in ("small", "authority"):
        care = weight.copy()
    care[size.authorities :] = 0
    made.care_share = care / care.sum()
    made.quality = rng.normal(0, 0.15, places)
    wide = int(np.ceil(np.sqrt(places)))
    column, row = np.arange(places) % wide, np.arange(places) // wide
    far = np.hypot(column[:, None] - column[None, :], row[:, None] - row[None, :]) + np.arange(places)[None, :] * 1e-6
    made.near = np.argsort(far, axis=1)[:, 1:]
    likeness = np.stack([np.log(care + 1e-9), rng.normal(0, 1, places), rng.normal(0, 1, places)], 1)
    apart = np.linalg.norm(likeness[:, None] - likeness[None, :], axis=2)
    np.fill_diagonal(apart, np.inf)
    apart[:, size.authorities :] = np.inf
    made.alike = np.argsort(apart, axis=1, kind="stable")[:, : min(10, size.authorities - 1)]
    made.easting, made.northing = column * GRID_METRES + 200_000, row * GRID_METRES + 100_000


def _postcodes(made: England) -> None:
    """Sectors of some 170 postcodes stand about in an authority's square, and six of them make a district."""
    rng = generator(made.seed, "postcodes")
    west, south = made.easting, made.northing
    made.postcodes_of = np.maximum(FEWEST_POSTCODES, np.round(made.share * made.size.cohort * YEAR_GROUPS / PUPILS_A_POSTCODE)).astype(int)
    made.first_postcode = np.cumsum(made.postcodes_of) - made.postcodes_of
    districts = -(-made.postcodes_of // (SECTOR * SECTORS_A_DISTRICT))
    first_district = np.cumsum(districts) - districts
    la = np.repeat(np.arange(made.places), made.postcodes_of)
    number = np.arange(len(la)) - made.first_postcode[la]
    sector, district = number // SECTOR, first_district[la] + number // (SECTOR * SECTORS_A_DISTRICT)
    most = int(sector.max()) + 1
    middle = rng.uniform(800, GRID_METRES - 800, (made.places, most, 2))[la, sector] + np.clip(rng.normal(0, 350, (len(la), 2)), -800, 800)
    made.postcodes = pa.concat_arrays(
        [
            _texts(
                np.array([f"Z{letter}" for letter in AREA_LETTERS])[district // 99],
                district % 99 + 1,
                sector % SECTORS_A_DISTRICT,
                number % SECTOR,
            ),
            pa.array([f"ZW1 {number % 10}{UNIT_LETTERS[number // 10]}A" for number in range(IN_WALES)]),
        ]
    )
    made.postcode_la = np.append(la, np.full(IN_WALES, ELSEWHERE))
    made.easting = np.append(west[la] + middle[:, 0].astype(int), rng.integers(120_000, 180_000, IN_WALES))
    made.northing = np.append(south[la] + middle[:, 1].astype(int), rng.integers(100_000, 200_000, IN_WALES))


def _texts(area: np.ndarray, district: np.ndarray, sector: np.ndarray, unit: np.ndarray) -> pa.Array:
    """Postcodes: area and district, a space, the sector's digit and two letters."""
    letters = np.array([one + other for one in UNIT_LETTERS for other in UNIT_LETTERS])
    parts = [pa.array(area), pa.array(district.astype(str)), pa.array((sector + 1).astype(str)), pa.array(letters[unit * 7 % len(letters)])]
    return pc.binary_join_element_wise(pc.binary_join_element_wise(*parts[:2], ""), pc.binary_join_element_wise(*parts[2:], ""), " ")


def _schools(made: England, rng: np.random.Generator) -> None:
    pupils = made.share * made.size.cohort
    made.first_school = np.zeros((made.places, 5), int)
    made.schools_of = np.zeros((made.places, 5), int)
    las: list[int] = []
    kinds: list[int] = []
    for place in range(made.places):
        counts = [pupils[place] / 45, pupils[place] / 180, pupils[place] / 900, pupils[place] / 3000, pupils[place] / 1200]
        for kind, count in enumerate(counts):
            number = max(2 if kind < SPECIAL else 1, round(count))
            made.first_school[place, kind], made.schools_of[place, kind] = len(las), number
            for n in range(number):
                made.laestab.append(f"{place + 1:03d}{FIRST_ESTABLISHMENT[kind] + n:04d}")
                las.append(place)
                kinds.append(kind)
    made.school_la, made.school_kind = np.array(las), np.array(kinds)
    made.urn = 900_001 + np.arange(len(las))
    made.school_postcode = within(rng, made.first_postcode[made.school_la], made.postcodes_of[made.school_la])
    made.rating = pick(rng, len(las), (0.16, 0.70, 0.09, 0.02, 0.03))
