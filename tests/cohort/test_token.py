import stat

import pyarrow as pa

from virtualschool import tables
from virtualschool.cohort import periods, token
from virtualschool.link.naming import store_key
from virtualschool.link.workings import lay_by

KEY = b"0" * 32
EPISODES = """
la  | child   | year | decom      | dec        | rne | rec
----+---------+------+------------+------------+-----+----
301 | first   | 2022 | 01/05/2019 | 01/06/2021 | S   | E3
302 | second  | 2022 | 01/06/2021 |            | S   |
302 | second  | 2023 | 01/06/2021 |            | S   |
301 | alone   | 2022 | 01/05/2019 |            | S   |
301 | adopted | 2020 | 01/05/2019 | 01/02/2020 | S   | E11
301 | adopted | 2022 | 01/06/2021 |            | S   |
303 | again   | 2022 | 01/07/2021 |            | S   |
304 | later   | 2022 | 01/08/2021 |            | S   |
"""
LINKS = """
la  | child   | pupil
----+---------+------
301 | first   | P1
302 | second  | P1
301 | adopted | P2
303 | again   | P2
304 | later   | P2
"""


def tokens(store) -> dict:
    store.add(tables.episodes, EPISODES)
    known = lay_by(store.draft, "known", periods.episodes_known())
    years = periods.child_years(known)
    fields = periods.period_fields(years, periods.care(known)).select("la", "child", "year", "period_start")
    dated = lay_by(store.draft, "dated", years.left_join(fields, ["la", "child", "year"]).drop("la_right", "child_right", "year_right"))
    who = store.engine.arrow(token.identities(dated, known))
    named = token.tokens(who, KEY).to_pylist()
    return {(row["child"], row["year"]): name["token"] for row, name in zip(who.to_pylist(), named, strict=True)}


def test_a_token_lasts_through_the_years_and_a_transfer_and_ends_with_an_adoption(store):
    store.add(tables.links, LINKS)
    found = tokens(store)
    assert found["first", 2022] == found["second", 2022] == found["second", 2023]
    assert found["adopted", 2020] != found["adopted", 2022]
    assert found["again", 2022] != found["adopted", 2020]
    assert len(set(found.values())) == 5


def test_after_an_adoption_the_child_who_came_back_is_joined_to_nobody_and_others_to_one_another(store):
    store.add(tables.links, LINKS)
    found = tokens(store)
    assert found["again", 2022] == found["later", 2022]
    assert found["adopted", 2022] not in (found["again", 2022], found["adopted", 2020])


def test_a_link_found_later_changes_nothing_for_the_child_who_came_first(store):
    before = tokens(store)
    store.add(tables.links, LINKS)
    after = tokens(store)
    assert after["first", 2022] == before["first", 2022]
    assert after["alone", 2022] == before["alone", 2022]


def test_another_key_gives_other_tokens():
    who = pa.table({"anchor_la": ["301"], "anchor_child": ["A"], "adoptions": [0]})
    one, other = (token.tokens(who, key)["token"][0].as_py() for key in (KEY, b"1" * 32))
    assert one != other
    assert len(one) == len(other) == 20
    assert "301" not in one


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = store_key(tmp_path)
    assert store_key(tmp_path) == first
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "token.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["token.key"]
