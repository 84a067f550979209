"""Files that say what is where: schools, postcodes, authorities and their neighbours.

Schools: DfE's Get Information About Schools download, or a CSV with the columns of the table `schools`. Postcodes: ONS's
postcode directory or lookups, or a CSV with the columns of the table. Authorities and neighbours: for invented countries.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind

schools = Kind(
    "reference.schools",
    tables.schools,
    needs=("school_urn", "name"),
    names={
        "school_urn": ("school_urn",),
        "school_type": ("school_type", "Type of establishment"),
        "phase": ("phase", "Phase of education"),
        "type_group": ("type_group",),
        "la": ("LA (code)", "la_code"),
        "inspection_outcome": ("inspection_outcome", "Ofsted rating", "Overall effectiveness"),
        "inspection_date": ("inspection_date", "OfstedLastInsp", "Inspection date"),
    },
    also={"number": ("EstablishmentNumber", "Establishment number", "Estab")},
    forbids=("UPN", "DOB"),
    values={"laestab": "replace(replace({value}, '/', ''), ' ', '')", "postcode": "upper({value})"},
    derived={
        # The register gives authority and establishment apart; four digits follow the authority's three.
        "laestab": "CASE WHEN la IS NOT NULL AND number IS NOT NULL THEN la || lpad(number, 4, '0') END",
        "type_group": """CASE
            WHEN school_type ILIKE '%alternative provision%' OR school_type ILIKE '%pupil referral%' THEN 'alternative provision'
            WHEN school_type ILIKE '%independent%' AND school_type NOT ILIKE '%non-maintained%' THEN 'independent'
            WHEN school_type ILIKE '%special%' THEN 'special'
            WHEN school_type ILIKE '%academy%' OR school_type ILIKE '%community school%' OR school_type ILIKE '%foundation school%'
              OR school_type ILIKE '%voluntary%' OR school_type ILIKE 'free schools%' OR school_type ILIKE '%technology college%'
              OR school_type ILIKE '%studio school%' OR school_type ILIKE '%technical college%' THEN 'mainstream' END""",
    },
    source="DfE, Get Information About Schools",
)
postcodes = Kind(
    "reference.postcodes",
    tables.postcodes,
    needs=("postcode", "place"),
    names={
        "postcode": ("pcds", "pcd", "pcd2", "pcd7", "pcd8"),
        "oslaua": ("laua", "ladcd", "lad[yy]cd", "oslaua"),
        "easting": ("oseast1m", "east1m"),
        "northing": ("osnrth1m", "north1m"),
    },
    also={"place": ("oslaua", "laua", "lad", "ladcd", "lad[yy]cd", "oseast1m", "east1m", "easting", "la")},
    forbids=("UPN", "CHILD", "DOB", "EstablishmentName", "URN", "school_urn", "name"),
    values={"postcode": "upper(replace({value}, ' ', ''))"},
    derived={
        "la": """CASE left(oslaua, 1) WHEN 'W' THEN 'WAL' WHEN 'S' THEN 'SCO' WHEN 'N' THEN 'NIR'
            ELSE (SELECT min(la) FROM codes_districts WHERE district = oslaua) END""",
    },
    source="ONS, Postcode Directory",
)
authorities = Kind(
    "reference.authorities",
    tables.authorities,
    needs=("la", "name", "region"),
    names={"name": ("name",), "ons_code": ("ons_code",), "region": ("region",), "la": ("la", "la_code")},
    forbids=("time_period", "geographic_level"),
)
neighbours = Kind(
    "reference.neighbours",
    tables.neighbours,
    needs=("la", "neighbour", "rank"),
    names={"la": ("la_code",), "neighbour": ("neighbour_code",)},
)
