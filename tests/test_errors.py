import errno
import pathlib

import pytest

from virtualschool import errors
from virtualschool.errors import Finding, WrongUse, nearest, of_a_place, unknown


def test_an_error_says_where_what_and_what_to_do():
    fault = WrongUse("episodes.csv, row 14, DECOM", "this is not a date.", "Write dates as 31/03/2026.")
    assert str(fault) == "episodes.csv, row 14, DECOM: this is not a date. Write dates as 31/03/2026."
    assert fault.exit_code == 2


def test_an_unknown_name_is_offered_the_nearest_that_there_are():
    assert str(unknown("Measure", "atainment_8", ["attainment_8", "progress_8", "ehcp"])) == (
        "Measure 'atainment_8': there is none of that name. Did you mean attainment_8?"
    )


def test_an_unknown_name_like_none_is_told_what_there_is():
    assert str(unknown("Column", "qqq", ["sex", "age"])) == "Column 'qqq': there is none of that name. Known: age, sex."


def test_a_part_of_a_name_is_near_it():
    assert nearest("absence", ["absence_rate", "persistent_absence", "ehcp"])[:2] == ["absence_rate", "persistent_absence"]


def test_a_finding_about_a_whole_file_names_no_row():
    assert str(Finding("a.csv", 0, "", "it is empty.", "Export it again.")) == "a.csv: it is empty. Export it again."
    assert str(Finding("a.csv", 3, "DOB", "this is not a date.", "Write dates as 31/03/2026.")) == (
        "a.csv, row 3, DOB: this is not a date. Write dates as 31/03/2026."
    )


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (
            PermissionError(errno.EACCES, "", "/srv/store/lock"),
            "Place /srv/store/lock: it may not be read or written by you. Ask whoever keeps it for leave, or name another.",
        ),
        (
            OSError(errno.EROFS, "", "reports"),
            "Place reports: it may not be read or written by you. Ask whoever keeps it for leave, or name another.",
        ),
        (
            OSError(errno.ENOSPC, "", "out.csv"),
            "Place out.csv: the disk has no room left. Make room on it, then run the command again.",
        ),
        (OSError(errno.ENOSPC, ""), "What was to be written: the disk has no room left. Make room on it, then run the command again."),
        (
            FileExistsError(errno.EEXIST, "", "reports"),
            "Place reports: a file stands where a folder has to be. Check the path, or name another.",
        ),
    ],
)
def test_what_a_place_refuses_is_said_to_a_person(fault, message):
    assert str(of_a_place(fault)) == message
    assert of_a_place(fault).exit_code == 2


@pytest.mark.parametrize(
    "fault",
    [
        FileNotFoundError(errno.ENOENT, "", str(pathlib.Path(errors.__file__).parent / "codes" / "gone.csv")),
        OSError("of no number"),
        OSError(errno.EBADF, "", "x"),
    ],
)
def test_any_other_fault_of_a_file_is_ours(fault):
    assert of_a_place(fault) is None
