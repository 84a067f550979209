"""Text files as records, however they are written."""

import csv
import gzip
import io
import itertools
import pathlib
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from virtualschool.errors import Unreadable
from virtualschool.read import text


def records(path: pathlib.Path, score=lambda line: 0):
    """Every record below the first line, with its row; and those with too many values."""
    dialect, lines = text.first_records(path, score)
    extras: list[text.Extra] = []
    width = len(lines[0])
    read = [
        (row, tuple(column[place].as_py() for column in batch.columns))
        for rows, batch in text.batches(path, dialect, 0, width, extras)
        for place, row in enumerate(rows.to_pylist())
    ]
    return read, extras


@pytest.fixture
def file(tmp_path):
    def write(content: bytes) -> pathlib.Path:
        (tmp_path / "file").write_bytes(content)
        return tmp_path / "file"

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_delimiter_and_line_ends_are_told_by_the_file(file, encoding, delimiter, end):
    lines = ["name,town", "Zoë,Bury", "Søren,Wells"]
    written = end.join(line.replace(",", delimiter) for line in lines) + end
    assert records(file(written.encode(encoding))) == ([(2, ("Zoë", "Bury")), (3, ("Søren", "Wells"))], [])


def test_a_byte_that_no_encoding_has_is_not_lost(file):
    assert records(file(b"name,town\nZo\xeb,\x81\n")) == ([(2, ("Zoë", "\x81"))], [])


def test_blank_lines_and_lines_of_delimiters_are_rows_but_no_records(file):
    assert records(file(b"a,b\n1,2\n\n ,\n,\n3,4\n\n")) == ([(2, ("1", "2")), (6, ("3", "4"))], [])


def test_a_line_break_in_quotes_begins_no_row(file):
    assert records(file(b'a,b\n"one\n\ntwo",2\n3,4\n')) == ([(2, ("one\n\ntwo", "2")), (3, ("3", "4"))], [])


def test_a_record_with_fewer_values_has_null_for_the_rest(file):
    assert records(file(b"a,b,c\n1\n2,3\n4,5,6\n")) == ([(2, ("1", None, None)), (3, ("2", "3", None)), (4, ("4", "5", "6"))], [])


def test_blank_values_beyond_the_headings_are_nothing_and_others_are_told(file):
    assert records(file(b"a,b\n1,2,,\n3,4,5\n6,7\n")) == ([(2, ("1", "2")), (4, ("6", "7"))], [text.Extra(3, ("3", "4", "5"))])


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(file):
    assert records(file(b'a,b\n1,"2\n3,4\n"5",6\n'))[0] == [(2, ("1", '"2')), (3, ("3", "4")), (4, ("5", "6"))]


def test_a_ragged_record_far_down_changes_nothing_before_it(file, monkeypatch):
    monkeypatch.setattr(text, "BLOCK", 1 << 10)
    body = [f"{number},{number}" for number in range(2, 2000)]
    ragged = [*body[:1500], "1,2,3", *body[1500:]]
    read, extras = records(file(("a,b\n" + "\n".join(ragged) + "\n").encode()))
    assert extras == [text.Extra(1502, ("1", "2", "3"))]
    assert [row for row, _ in read] == [row for row in range(2, 2001) if row != 1502]
    assert [values for _, values in read] == [(str(number), str(number)) for number in range(2, 2000)]


def test_a_packed_file_is_unpacked_whatever_its_name(tmp_path):
    (tmp_path / "file.csv").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert records(tmp_path / "file.csv") == ([(2, ("1", "2"))], [])


def test_a_packed_file_that_would_fill_the_machine_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MOST_UNPACKED", 1 << 20)
    (tmp_path / "file").write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 300_000))
    with pytest.raises(Unreadable) as refused:
        records(tmp_path / "file")
    assert refused.value.wrong == "it unpacks to more than the program reads."


@pytest.mark.parametrize("content", [gzip.compress(bytes(range(256)) * 900)[:-60], b"\x1f\x8bno such thing"])
def test_a_packed_file_that_is_cut_off_or_damaged_is_refused(file, content):
    with pytest.raises(Unreadable, match=r"this packed file is cut off or damaged\. Pack it again, or give it unpacked\."):
        records(file(content))


def test_an_empty_file_has_no_records(file):
    _, lines = text.first_records(file(b""), lambda line: 0)
    assert lines == []


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\"',;|"), max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=12)),
    delimiter=st.sampled_from(text.DELIMITERS),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_of_two_columns_or_more_comes_back_whole_from_any_dialect(rows, delimiter, end, quoting, encoding):
    width = len(rows[0]) if rows else 2
    names = [f"heading {place}" for place in range(width)]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([names, *rows])
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "file"
        path.write_bytes(written.getvalue().encode(encoding))
        read, extras = records(path, lambda line: sum(cell.startswith("heading ") for cell in line))
    wanted = [(row, tuple(cells)) for row, cells in zip(itertools.count(2), rows, strict=False) if any(cell.strip() for cell in cells)]
    assert extras == []
    assert read == wanted
