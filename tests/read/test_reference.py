"""Files that say what is where."""

from drawn_files import counts, told


def test_a_download_of_the_register_of_schools_is_read(folder):
    folder.write(
        "schools.csv",
        "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),PhaseOfEducation (name),Postcode,"
        "OfstedRating (name),OfstedLastInsp\n"
        "100001,301,Barking and Dagenham,4000,One School,Academy converter,Secondary,ab1 2cd,Good,01-03-2022\n"
        "100002,301,Barking and Dagenham,71,Two School,Community special school,Not applicable,AB1 2CE,,\n",
        encoding="cp1252",
    )
    reading = folder.read()
    assert counts(reading) == [("schools.csv", "reference.schools", None, None, 2, 2, 0)]
    assert folder.rows("schools", "school_urn", "laestab", "name", "type_group", "la", "postcode", "inspection_outcome") == [
        ("100001", "3014000", "One School", "mainstream", "301", "AB1 2CD", "Good"),
        ("100002", "3010071", "Two School", "special", "301", "AB1 2CE", None),
    ]
    assert told(reading) == []


def test_a_school_that_stands_twice_is_kept_once(folder):
    folder.write("schools.csv", "school_urn,name\n100001,One\n100001,One again\n")
    assert counts(folder.read()) == [("schools.csv", "reference.schools", None, None, 2, 1, 1)]
    assert folder.rows("schools", "name") == [("One",)]


def test_postcodes_of_the_ons_are_given_their_authority(folder):
    folder.write(
        "postcodes.csv",
        "pcds,oslaua,oseast1m,osnrth1m\nab1 2cd,E09000002,545000,185000\nCF1 1AA,W06000015,,\nEH1 1AA,S12000036,325000,673000\n",
    )
    reading = folder.read()
    assert counts(reading) == [("postcodes.csv", "reference.postcodes", None, None, 3, 3, 0)]
    assert folder.rows("postcodes", "postcode", "la", "easting") == [
        ("AB12CD", "301", 545000),
        ("CF11AA", "WAL", None),
        ("EH11AA", "SCO", 325000),
    ]
    assert told(reading) == []


def test_postcodes_with_an_authority_of_their_own_keep_it(folder):
    folder.write("postcodes.csv", "postcode,la,easting,northing\nAB1 2CD,V01,1,2\n")
    folder.read()
    assert folder.rows("postcodes", "postcode", "la", "easting", "northing") == [("AB12CD", "V01", 1, 2)]


def test_a_geography_file_names_the_authorities_of_other_files(folder):
    folder.write("geography/authorities.csv", "la,name,region_code,region,first_year,last_year\nV01,Northmoor,R1,North,,\n")
    folder.write("geography/neighbours.csv", "la,neighbour,rank,model,first_year,last_year\nV01,V02,1,first,2016,\n")
    folder.write("care/pooled.csv", "LA,YEAR,CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nnorthmoor,2024,A1,02/03/2004,YES,F1,B1\n")
    reading = folder.read()
    assert [(one.kind, one.kept) for one in reading.files] == [
        ("ssda903.oc3", 1),
        ("reference.authorities", 1),
        ("reference.neighbours", 1),
    ]
    assert folder.rows("oc3", "la", "year") == [("V01", 2024)]
    assert folder.rows("neighbours", "la", "neighbour", "rank", "model") == [("V01", "V02", 1, "first")]
    assert told(reading) == []
