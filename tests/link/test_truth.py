import pytest

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link.truth import true_pupils


@pytest.fixture
def known(store):
    """A matching reference R1 with UPN N1 and a former N0; N2 with two references; N3 without any; and what the keys say of some."""
    store.add(
        tables.census,
        """
        year | pmr | upn | file | row
        -----+-----+-----+------+----
        2024 | R1  | N1  |    1 |   2
        2024 | R2  | N2  |    1 |   3
        2023 | R2  | N2  |    2 |   2
        2024 | R9  | N2  |    1 |   4
        2024 |     | N3  |    1 |   5
        2024 | R4  |     |    1 |   6
        2024 | R6  | N6  |    1 |   7
        """,
    )
    store.add(tables.ks4, "year | pmr | upn\n2024 | R5 | n 5")
    store.add(tables.pupil_keys, "identifier | kind | pupil\nN0 | former_upn | R1\nN7 | upn | R7\nR6 | pmr | R8")
    return store


def pupils(store, tmp_path, *names):
    truth = tmp_path / "truth.csv"
    truth.write_text("la,child,pupil\n" + "".join(f"301,{name},{name}\n" for name in names))
    return {child: pupil for (_la, child), pupil in true_pupils(store.engine, truth).items()}


def test_a_pupil_may_be_named_by_any_number_that_an_education_file_has(known, tmp_path):
    assert pupils(known, tmp_path, "R1", "N1", "N2", "N3", "R4", "N5") == {
        "R1": "R1",
        "N1": "R1",
        "N2": "R2",  # On two records of R2 and one of R9.
        "N3": "N3",
        "R4": "R4",
        "N5": "R5",
    }


def test_a_pupil_may_be_named_by_what_only_the_keys_know(known, tmp_path):
    assert pupils(known, tmp_path, "N0", "N7", "R6", "N6") == {"N0": "R1", "N7": "R7", "R6": "R8", "N6": "R8"}


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
