import numpy as np

from virtualschool.invent.careers import careers
from virtualschool.invent.england import england
from virtualschool.invent.families import families
from virtualschool.invent.people import FAMILIES, ONLY_CHILD, TWO_CHILDREN, pupils

PLACES = np.arange(5_000)


def test_brothers_and_sisters_are_found_from_either_side_as_many_years_apart_as_the_family_says():
    of = {group: families(1, FAMILIES, PLACES, group, ONLY_CHILD, TWO_CHILDREN) for group in range(2003, 2026)}
    kin = of[2014]
    for place in np.flatnonzero(kin.size > 1)[:400].tolist():
        others = {group for group, found in of.items() if found.number[place] == kin.number[place]}
        first = 2014 - int(kin.rank[place] * kin.gap[place])
        assert others == {first + int(kin.gap[place]) * turn for turn in range(int(kin.size[place]))}


def test_those_without_brothers_or_sisters_share_their_family_with_nobody():
    one, next_ = (families(1, FAMILIES, PLACES, group, ONLY_CHILD, TWO_CHILDREN) for group in (2014, 2015))
    alone = one.size == 1
    assert not set(one.number[alone].tolist()) & set(next_.number.tolist())
    assert len(set(one.number.tolist())) == len(PLACES)


def test_almost_half_of_pupils_have_a_brother_or_sister_of_another_age_at_school():
    of = [families(1, FAMILIES, PLACES, group, ONLY_CHILD, TWO_CHILDREN).number for group in range(2008, 2020)]
    everyone, counts = np.unique(np.concatenate(of), return_counts=True)
    several = set(everyone[counts > 1].tolist())
    share = np.mean([number in several for group in of for number in group.tolist()])
    assert 0.42 < share < 0.52


def test_brothers_and_sisters_live_at_one_address_and_mostly_go_to_one_primary_school():
    place = england("small", 1)
    elder, younger = pupils(place, 2014), pupils(place, 2016)
    same = np.isin(elder.postcode, younger.postcode)
    # Seven to a postcode: by chance few of the year group two years below live at one's own.
    assert same.mean() > 0.2
    found = {(post, move): school for post, move, school in zip(younger.postcode, younger.moves, younger.primary, strict=True)}
    pairs = [
        (school, found[post, move])
        for post, move, school in zip(elder.postcode, elder.moves, elder.primary, strict=True)
        if (post, move) in found
    ]
    assert len(pairs) > 50
    assert np.mean([one == other for one, other in pairs]) > 0.55


def test_brothers_and_sisters_come_into_care_from_one_home_on_one_day_and_live_together():
    place = england("region", 1)
    by_family: dict[int, list[tuple]] = {}
    for group in (2010, 2011, 2012, 2013, 2014):
        made = careers(place, group)
        for child in np.flatnonzero(made.family).tolist():
            period = int(np.searchsorted(made.child, child))
            episode = int(np.searchsorted(made.period, period))
            by_family.setdefault(int(made.family[child]), []).append(
                (made.home[child], made.start[period], made.la[child], made.postcode[episode])
            )
    several = [rows for rows in by_family.values() if len(rows) > 1]
    assert len(several) > 100
    assert np.mean([len({row[0] for row in rows}) == 1 for rows in several]) > 0.98
    assert np.mean([len({row[1] for row in rows}) == 1 for rows in several]) > 0.98
    assert np.mean([len({row[3] for row in rows}) == 1 for rows in several]) > 0.4
