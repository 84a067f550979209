"""Authorities that the command names, and what a rule calls a file."""

import pytest

from virtualschool.check import check
from virtualschool.errors import WrongUse

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,9,01/02/2012,WBRI,UN1,,\n"


def test_a_name_on_the_command_is_as_good_as_its_code(folder):
    folder.write("2024/header.csv", HEADER)
    folder.read(("Barnet", folder.path))
    assert folder.rows("header", "la", "year", "child") == [("302", 2024, "1")]


def test_an_authority_that_there_is_not_is_refused(folder):
    folder.write("2024/header.csv", HEADER)
    with pytest.raises(WrongUse) as refused:
        folder.read(("Barnett", folder.path))
    assert str(refused.value) == "Authority 'Barnett': there is none of that name. Did you mean Barnet (302)?"


def test_a_rule_names_the_file_of_the_record_that_fails_it(folder):
    folder.write("301/2024/header.csv", HEADER)
    folder.read()
    folder.draft.rest_empty()
    found = {(one.file, one.row, one.rule) for one in check(folder.draft).findings}
    assert ("301/2024/header.csv", 2, "101") in found
