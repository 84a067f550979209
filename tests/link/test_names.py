"""Names and learner numbers in the link: where an authority's own list and a census have them."""

import pytest

from virtualschool import tables
from virtualschool.link import children, comparisons, link, plan

HEADER = """
la  | year | child    | sex | dob        | upn           | ethnic
301 | 2024 | full     | M   | 01/02/2010 | A100000000001 | WBRI
301 | 2024 | learner  | F   | 05/06/2009 |               | WBRI
301 | 2024 | nearly   | M   | 03/09/2009 | UN4           | WBRI
301 | 2024 | stranger | M   | 30/12/2008 |               | WBRI
301 | 2024 | sister   | F   | 07/08/2009 |               | WBRI
301 | 2023 | adopted  | F   | 09/10/2009 |               | WBRI
301 | 2024 | number   | M   | 11/11/2009 | A800000000008 | WBRI
301 | 2024 | one      | M   | 04/04/2009 |               | WBRI
301 | 2024 | other    | M   | 04/04/2009 |               | WBRI
"""
EPISODES = """
la  | year | child    | decom      | dec        | rec
301 | 2024 | full     | 01/05/2022 |            |
301 | 2023 | adopted  | 01/05/2022 | 01/03/2023 | E11
301 | 2024 | one      | 01/05/2022 |            |
301 | 2024 | other    | 01/05/2022 |            |
"""
LIST = """
la  | year | child    | forename | surname | uln
301 | 2024 | learner  | ADA      | WIMBREL | 1000000001
301 | 2024 | nearly   |          |         | 1000000002
301 | 2024 | stranger |          |         | 1000000003
301 | 2024 | sister   |          |         | 1000000004
301 | 2023 | adopted  |          |         | 1000000005
301 | 2024 | number   |          |         | 1000000006
301 | 2024 | one      |          |         | 1000000007
301 | 2024 | other    |          |         | 1000000007
301 | 2024 | nobody   | TOM      | OTHER   | 1000000001
"""
PUPILS = """
year | term   | upn           | dob        | sex | pmr | uln
2024 | spring | A100000000001 | 01/02/2010 | M   | P1  | 1000000009
2024 | spring | A200000000002 | 05/06/2009 | F   | P2  | 1000000001
2024 | spring | A300000000003 | 09/03/2009 | M   |     | 1000000002
2024 | spring | A400000000004 | 30/11/2010 | M   | P4  | 1000000003
2024 | spring | A500000000005 | 07/08/2009 | M   | P5  | 1000000004
2024 | spring | A600000000006 | 09/10/2009 | F   | P6  | 1000000005
2024 | spring | A800000000008 | 11/11/2009 | M   | P8  |
2024 | spring | A900000000009 | 11/11/2009 | M   | P9  | 1000000006
2024 | spring | B100000000001 | 04/04/2009 | M   | P10 | 1000000007
"""


@pytest.mark.every_engine
def test_a_learner_number_with_birth_date_and_sex_links_where_the_upn_does_not(store):
    store.add(tables.header, HEADER)
    store.add(tables.episodes, EPISODES)
    store.add(tables.names, LIST)
    store.add(tables.census, PUPILS)
    link(store.draft)
    assert store.rows("SELECT * FROM links WHERE method = 'exact'", "child", "pupil", "rule") == [
        ("full", "P1", "U1"),
        ("learner", "P2", "U1 ULN"),
        ("nearly", "A300000000003", "U2 ULN"),
        # The UPN goes before a learner number that says another.
        ("number", "P8", "U1"),
    ]
    reasons = dict(store.rows(tables.unlinked.ibis(), "child", "reason"))
    assert reasons["stranger"] == "birth date differs"
    assert reasons["one"] == reasons["other"] == "several equally likely"
    assert {"sister", "adopted"} <= set(reasons)
    assert "nobody" not in reasons


TWINS = """
la  | year | child | sex | dob        | upn | ethnic
301 | 2024 | ann   | F   | 05/06/2009 |     | WBRI
301 | 2024 | bea   | F   | 05/06/2009 |     | WBRI
301 | 2024 | cat   | F   | 01/01/2010 |     | WBRI
"""
AT_HOME = """
la  | year | child | decom      | home_post | pl_post | place | rne | ls
301 | 2024 | ann   | 01/05/2022 | ZZ1 1AA   | ZZ1 1AA | P1    | S   | C2
301 | 2024 | bea   | 01/05/2022 | ZZ1 1AA   | ZZ1 1AA | P1    | S   | C2
301 | 2024 | cat   | 01/05/2022 | ZZ9 9ZZ   | ZZ9 9ZZ | U6    | S   | C2
"""
NAMED = """
la  | year | child | forename | surname
301 | 2024 | ann   | Ánn-Zoë  | O'Wimbrel
301 | 2024 | bea   | Beatrice | O'Wimbrel
301 | 2024 | cat   | Quenella | Snickthorpe
"""


def twins(*names: str) -> str:
    """Two pupils who are twins at one home, one who has only the name of a child, and others of the authority."""
    first, second = names or ("", "")
    rows = [
        "year | term | upn | dob | sex | pmr | laestab | postcode | ethnicity | forename | surname",
        f"2024 | spring | A100000000001 | 05/06/2009 | F | P1 | 3014000 | ZZ11AA | WBRI | {first}",
        f"2024 | spring | A100000000002 | 05/06/2009 | F | P2 | 3014000 | ZZ11AA | WBRI | {second}",
        "2024 | spring | A100000000003 | 17/09/2008 | F | P3 | 3024000 | ZZ55AA | WBRI | Quenella | Snickthorpe",
    ]
    for n in range(300):
        born = f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{2005 + n % 11}"
        rows.append(f"2024 | spring | B{n:012d} | {born} | {'MF'[n % 2]} | Q{n} | 3014000 | ZZ2{n % 9}BB | WBRI | | ")
    return "\n".join(rows)


@pytest.fixture
def named(store):
    store.add(tables.header, TWINS)
    store.add(tables.episodes, AT_HOME)
    store.add(tables.names, NAMED)
    return store


def test_without_names_in_the_census_twins_of_one_sex_are_left_to_a_person(named):
    named.add(tables.census, twins(" | ", " | "))
    link(named.draft)
    assert named.rows(tables.links.ibis(), "child") == []
    assert dict(named.rows(tables.unlinked.ibis(), "child", "reason"))["ann"] == "several equally likely"


@pytest.mark.every_engine
def test_names_tell_twins_of_one_sex_apart_without_a_person(named):
    named.add(tables.census, twins("Bea | OWimbrel", "Ann Zoe | O Wimbrel"))
    link(named.draft)
    assert named.rows(tables.links.ibis(), "child", "pupil", "method") == [("ann", "P2", "likely"), ("bea", "P1", "likely")]
    told = named.rows("SELECT * FROM link_evidence WHERE standing = 'linked'", "child", "name")
    assert told == [("ann", "same"), ("bea", "nearly the same")]


def test_a_name_alone_makes_no_link(named):
    named.add(tables.census, twins("Bea | OWimbrel", "Ann Zoe | O Wimbrel"))
    link(named.draft)
    assert "cat" in dict(named.rows(tables.unlinked.ibis(), "child", "reason"))
    assert ("P3",) not in named.rows(tables.link_evidence.ibis(), "pupil")


def test_a_twin_who_is_held_is_not_taken_for_one_who_is_not(named):
    named.add(tables.header, "\n".join(TWINS.splitlines()[:3]))
    named.add(tables.census, "\n".join(line for line in twins("Beatrice | OWimbrel", " | ").splitlines() if "P2" not in line))
    link(named.draft)
    assert named.rows(tables.links.ibis(), "child", "pupil") == []


def test_no_name_is_in_a_table_that_the_link_writes(named):
    named.add(tables.census, twins("Bea | OWimbrel", "Ann Zoe | O Wimbrel"))
    link(named.draft)
    for name in ("pupil_keys", "links", "link_evidence", "unlinked"):
        for row in named.engine.rows(tables.ALL[name].ibis()):
            written = " ".join(map(str, row.values())).upper()
            assert not any(word in written for word in ("WIMBREL", "BEATRICE", "ZOE", "ZOË", "SNICK")), name


@pytest.mark.every_engine
@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        (("Zoë", "O'Wimbrel"), ("ZOE", "OWimbrel"), "same"),
        (("Łukasz", "Weiß"), ("LUKASZ", "Weiss"), "same"),
        (("Catherine", "Wimbrel"), ("Katherin", "Wimbrell"), "nearly the same"),
        (("Jon", "Wimbrel"), ("Ron", "Wimbrel"), "one of two names the same"),
        (("Sam", "Lee"), ("Samuel", "Lee"), "nearly the same"),
        (("Al", "Lee"), ("Alan", "Lee"), "one of two names the same"),
        (("Sam", "Lee"), ("Samuel", "Li"), "differs"),
        (("Lee", "Wimbrel"), ("Wimbrel", "Lee"), "nearly the same"),
        (("Ann", "Wimbrel"), ("Ann", "Other"), "one of two names the same"),
        (("Ann", "Wimbrel"), ("Bea", "Other"), "differs"),
        (("Ann", ""), ("Ann", "Other"), "one of two names the same"),
        (("Ann", ""), ("Bea", "Other"), "not known"),
        (("Ann", "Wimbrel"), ("", ""), "not known"),
        (("--", "Wimbrel"), ("--", "Wimbrel"), "one of two names the same"),
    ],
)
def test_names_are_the_same_nearly_the_same_or_differ(store, ours, theirs, level):
    store.add(tables.names, f"la | year | child | forename | surname\n301 | 2024 | A | {ours[0]} | {ours[1]}")
    plan.give(store.draft, "pairs_made", [{"la": "301", "child": "A", "pupil": "P"}])
    told = tables.census.ibis().select("forename", "surname", pupil="pmr")
    store.add(tables.census, f"year | pmr | forename | surname\n2024 | P | {theirs[0]} | {theirs[1]}")
    found = store.engine.rows(comparisons.name(plan.defined("pairs_made"), told, children.names()))
    assert [comparisons.LEVELS["name"][row["name"]] for row in found] == ([level] if level != "not known" else [])
