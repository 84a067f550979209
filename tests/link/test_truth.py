import pytest

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link.truth import true_pupils


@pytest.fixture
def known(store):
    """A matching reference R1 with UPN1, and UPN0 before it; UPN2 with two references; UPN3 without any; and what the keys say."""
    store.add(
        tables.census,
        """
        year | pmr | upn  | file | row
        -----+-----+------+------+----
        2024 | R1  | UPN1 |    1 |   2
        2024 | R2  | UPN2 |    1 |   3
        2023 | R2  | UPN2 |    2 |   2
        2024 | R9  | UPN2 |    1 |   4
        2024 |     | UPN3 |    1 |   5
        2024 | R4  |      |    1 |   6
        2024 | R6  | UPN6 |    1 |   7
        """,
    )
    store.add(tables.ks4, "year | pmr | upn\n2024 | R5 | upn 5")
    store.add(tables.pupil_keys, "identifier | kind | pupil\nUPN0 | former_upn | R1\nUPN7 | upn | R7\nR6 | pmr | R8")
    return store


def pupils(store, tmp_path, *names):
    truth = tmp_path / "truth.csv"
    truth.write_text("la,child,pupil\n" + "".join(f"301,{name},{name}\n" for name in names))
    return {child: pupil for (_la, child), pupil in true_pupils(store.engine, truth).items()}


def test_a_pupil_may_be_named_by_any_number_that_an_education_file_has(known, tmp_path):
    assert pupils(known, tmp_path, "R1", "UPN1", "UPN2", "UPN3", "R4", "UPN5") == {
        "R1": "R1",
        "UPN1": "R1",
        "UPN2": "R2",  # On two records of R2 and one of R9.
        "UPN3": "UPN3",
        "R4": "R4",
        "UPN5": "R5",
    }


def test_a_pupil_may_be_named_by_what_only_the_keys_know(known, tmp_path):
    assert pupils(known, tmp_path, "UPN0", "UPN7", "R6", "UPN6") == {"UPN0": "R1", "UPN7": "R7", "R6": "R8", "UPN6": "R8"}


def test_a_name_that_no_file_has_stays_as_it_is(known, tmp_path):
    assert pupils(known, tmp_path, "Z1") == {"Z1": "Z1"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nx\n", "it cannot be read as a list of which child is which pupil. Give a CSV with columns la, child, pupil."),
        ("la,child,pupil\n301,A,\n", "it has no row with a child and its pupil. Give a CSV with columns la, child, pupil."),
        ("", "it has no row with a child and its pupil. Give a CSV with columns la, child, pupil."),
        ("la,child,pupil\n301,A,P1\n301,A,P2\n", "it names two pupils for one child. Keep one row for each la and child."),
    ],
)
def test_a_truth_of_another_kind_is_refused_with_a_message(store, tmp_path, text, said):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(text)
    with pytest.raises(Unreadable) as told:
        true_pupils(store.engine, wrong)
    assert str(told.value) == f"Truth {wrong}: {said}"


def test_a_truth_that_is_not_there_is_refused_with_a_message(store, tmp_path):
    with pytest.raises(Unreadable):
        true_pupils(store.engine, tmp_path / "nowhere.csv")
