import filecmp
import pathlib
import re

import numpy as np
import pytest

from virtualschool.errors import WrongUse
from virtualschool.invent import invent
from virtualschool.invent.england import SIZES, england
from virtualschool.invent.oddities import ODDITIES
from virtualschool.invent.people import fixed, numbers_of
from virtualschool.invent.returns import HEADERS

pytestmark = pytest.mark.slow


def files(folder: pathlib.Path, *under: str) -> list[str]:
    return sorted(str(path.relative_to(folder)) for name in under or ("",) for path in (folder / name).rglob("*") if path.is_file())


def test_the_same_seed_gives_the_same_bytes_whatever_other_years_are_asked_for(small, tmp_path):
    invent(tmp_path / "again", "small", (2024,), 1, lambda *_: None)
    shared = files(tmp_path / "again", "care", "education", "geography")
    assert len(shared) > 30
    _match, differ, missing = filecmp.cmpfiles(small, tmp_path / "again", shared, shallow=False)
    assert (differ, missing) == ([], [])


def test_another_seed_gives_other_children(small, tmp_path):
    invent(tmp_path / "other", "small", (2024,), 2, lambda *_: None)
    name = "care/V01/2024/header.csv"
    assert (small / name).read_text() != (tmp_path / "other" / name).read_text()


def test_every_module_of_a_return_has_its_heading_line_and_only_in_years_that_have_the_module(small):
    for la in ("V01", "V02"):
        for year in (2023, 2024, 2025):
            for module, heading in HEADERS.items():
                path = small / "care" / la / str(year) / f"{module}.csv"
                if module == "dolo" or (module == "sw_episodes" and year == 2023):
                    assert not path.exists()
                elif not (la == "V02" and year == 2024 and module in ODDITIES):
                    assert path.read_text().partition("\n")[0] == heading


def test_one_small_return_has_files_that_differ_in_form(small):
    folder = small / "care" / "V02" / "2024"
    assert (folder / "sw_episodes.csv").read_bytes().startswith(b"\xef\xbb\xbfCHILD,")
    assert (folder / "reviews.csv").read_text().startswith("CHILD;DOB;REVIEW;REVIEW_CODE\n")
    assert (folder / "oc3.csv").read_text().startswith("accom,activ,in_touch,dob,child\n")
    assert re.match(r"CHILD,DOB,MISSING,MIS_START,MIS_END\n\d+,\d{4}-\d\d-\d\d,", (folder / "missing.csv").read_text())
    assert b"COST \xa3" in (folder / "previous_permanence.csv").read_bytes()


def test_sex_is_a_number_to_2024_and_a_letter_from_2025(rows):
    assert {row["SEX"] for row in rows.care("header", 2024)} == {"1", "2"}
    assert {row["SEX"] for row in rows.care("header", 2025)} == {"F", "M"}


def test_semi_independent_placements_are_h5_to_2024_and_k3_from_2025(rows):
    before, after = ({row["PLACE"] for row in rows.care("episodes", year)} for year in (2024, 2025))
    assert "H5" in before and "K3" not in before
    assert "K3" in after and not {"H5", "P2"} & after


def test_no_authority_school_postcode_or_upn_is_a_real_one(rows):
    assert {row["la"] for row in rows("geography/authorities.csv")} == {"V01", "V02"}
    assert all(re.fullmatch(r"V06\d{6}", row["new_la_code"]) for row in rows("geography/authorities.csv"))
    assert all(re.fullmatch(r"Z[A-DF-Z]\d\d? \d[A-Z]{2}", row["pcds"]) for row in rows("geography/postcodes.csv"))
    for row in rows("geography/schools.csv"):
        assert int(row["LAESTAB"][:3]) < 200 and int(row["URN"]) > 900_000
    assert all(int(row["UPN_Spr24"][1:4]) < 200 for row in rows("education/2024/census_spring.csv") if row["UPN_Spr24"])


def test_check_letters_of_upns_are_right():
    # The worked example of DfE's guide has H for 801200001001; a temporary number's last letter counts as its place.
    la, establishment, year, serial = ([value] for value in (800, 2000, 2001, 1))
    made = fixed(numbers_of(np.array(la), np.array(establishment), np.array(year), np.array(serial)))
    assert made.to_pylist() == ["H801200001001"]


def test_check_letters_in_the_census_are_right_by_hand(rows):
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for row in rows("education/2025/census_spring.csv")[:500]:
        upn = row["UPN_Spr25"]
        if upn:
            values = [letters.index(sign) if sign.isalpha() else int(sign) for sign in upn[1:]]
            assert upn[0] == letters[sum(place * value for place, value in enumerate(values, 2)) % 23]


def test_an_unknown_size_or_year_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(WrongUse) as size:
        invent(tmp_path / "x", "regional", (2024,), 1, lambda *_: None)
    assert str(size.value) == "Size 'regional': there is none of that name. Did you mean region?"
    with pytest.raises(WrongUse) as year:
        invent(tmp_path / "x", "small", (2015, 2016), 1, lambda *_: None)
    assert str(year.value) == (
        "Years 2015, 2016: an England can be invented for 2016 to 2026. Name years in that span, for instance 2022-2026."
    )


def test_the_folder_says_that_it_is_invented(small):
    assert (small / "README.txt").read_text().startswith("INVENTED DATA\n")


def test_sizes_have_the_authorities_they_promise():
    made = {name: england(name, 1) for name in SIZES}
    assert {name: place.authorities for name, place in made.items()} == {"small": 2, "authority": 1, "region": 15, "england": 152}
    assert len(set(made["england"].names)) == 152
    postcodes = made["england"].postcodes
    assert len(postcodes.unique()) == len(postcodes)


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(WrongUse) as fault:
        invent(tmp_path, "small", (2024,), 1, lambda *_: None)
    assert str(fault.value) == (f"Folder {tmp_path}: there is something in this place. Name a folder that does not exist yet, or is empty.")
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]
