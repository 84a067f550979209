"""Places that do not exist: authorities on a grid, their regions, neighbours, postcodes and schools."""

from dataclasses import dataclass, field

import numpy as np

from virtualschool.errors import unknown
from virtualschool.invent.chance import generator, pick

PRIMARY, SECONDARY, SPECIAL, ALTERNATIVE, INDEPENDENT = range(5)
ELSEWHERE = -1
"""The authority of a postcode in Wales."""

GRID_METRES = 26_000
POSTCODES_EACH = 160
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
    postcodes: list[str] = field(default_factory=list)
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
    _postcodes(made, rng)
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


def _postcodes(made: England, rng: np.random.Generator) -> None:
    west, south = made.easting, made.northing
    las: list[np.ndarray] = []
    east: list[np.ndarray] = []
    north: list[np.ndarray] = []
    for place in range(made.places):
        area = ("ZV", "ZX", "ZY", "ZZ")[place // 90]
        for number in range(POSTCODES_EACH):
            made.postcodes.append(f"{area}{place % 90 + 1} {number % 10}{UNIT_LETTERS[number // 10 % 20]}{UNIT_LETTERS[number * 7 % 20]}")
        las.append(np.full(POSTCODES_EACH, place))
        east.append(west[place] + rng.integers(0, GRID_METRES, POSTCODES_EACH))
        north.append(south[place] + rng.integers(0, GRID_METRES, POSTCODES_EACH))
    for number in range(IN_WALES):
        made.postcodes.append(f"ZW1 {number % 10}{UNIT_LETTERS[number // 10]}A")
    las.append(np.full(IN_WALES, ELSEWHERE))
    east.append(rng.integers(120_000, 180_000, IN_WALES))
    north.append(rng.integers(100_000, 200_000, IN_WALES))
    made.postcode_la, made.easting, made.northing = (np.concatenate(parts) for parts in (las, east, north))


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
    made.school_postcode = made.school_la * POSTCODES_EACH + rng.integers(0, POSTCODES_EACH, len(las))
    made.rating = pick(rng, len(las), (0.16, 0.70, 0.09, 0.02, 0.03))
