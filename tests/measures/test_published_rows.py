"""Published authority rows worked out again. VIRTUALSCHOOL_PUBLISHED=all does it for every file, which takes a minute; otherwise three."""

import os
import shutil

import pytest

from tests.measures.published_rows import worked_out_again
from virtualschool import read
from virtualschool.store import Store

SAMPLE = ("ees_outcomes/ks4_la__rel2024.csv.gz", "ees_outcomes/ks2_la__rel2024.csv.gz", "cla_release2024/la_cla_placement_stability.csv.gz")


def published(folder, scratch) -> list[dict]:
    """What DfE printed in the files of a folder, as `published` holds it."""
    with Store(scratch / "store").draft(threads=2) as draft:
        read.read(read.inputs_of([(None, folder)]), draft, lambda *_: None)
        draft.rest_empty()
        return draft.engine.rows("SELECT * FROM published")


@pytest.mark.timeout(1_800)  # Of all files on a busy machine.
def test_every_published_authority_row_is_what_its_parts_make(real_data, tmp_path):
    folder = real_data / "published"
    if os.environ.get("VIRTUALSCHOOL_PUBLISHED") != "all":
        for name in SAMPLE:
            place = tmp_path / "sample" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, place)
        folder = tmp_path / "sample"
    tally = worked_out_again(published(folder, tmp_path))
    print("\n".join(f"{number:>9,}  {what}" for what, number in sorted(tally.counts.items())))
    assert tally.wrong == []
    agreed = sum(number for what, number in tally.counts.items() if "agrees" in what)
    assert agreed > 25_000
    # Halves that DfE's binary arithmetic missed are rare.
    assert tally.counts["value just short of a half in binary"] < agreed / 2_000


def row(**values) -> dict:
    given = {"level": "la", "dataset": "d", "release": "2024", "la": "301", "breakdown": "total", "population": "12months", "year": 2024}
    return {**given, "pupils": "40", "low": None, "high": None, **values}


@pytest.mark.parametrize(
    "measure, numerator, denominator, value, agrees",
    [
        ("english_maths_94", "15", "41", "36.6", "value agrees"),
        ("english_maths_94", "23", "80", "28.8", "value agrees"),
        ("english_maths_94", "23", "80", "28.7", "value just short of a half in binary"),
        ("english_maths_94", "15", "41", "36.5", None),
        ("english_maths_94", "1", "8", "12.4", None),
        ("attainment_8", "398.75", "18", "22.2", "value agrees"),
        ("progress_8", "-21.254", "8", "-2.66", "value agrees"),
        ("progress_8", "-9.5", "7", "-1.35", "value agrees within its rounded sum"),
        ("progress_8", "-9.5", "7", "-1.34", None),
        ("english_maths_94", "c", "41", "c", "no parts, or hidden"),
    ],
)
def test_a_row_agrees_only_with_what_its_parts_make(measure, numerator, denominator, value, agrees):
    tally = worked_out_again([row(measure=measure, numerator=numerator, denominator=denominator, value=value)])
    assert dict(tally.counts) == ({agrees: 1} if agrees else {})
    assert len(tally.wrong) == (agrees is None)


def test_limits_are_those_of_the_unrounded_mean():
    """Doncaster, progress 8 of 2024: 29 pupils, -21.747 in all."""
    printed = row(measure="progress_8", numerator="-21.747", denominator="29", pupils="29", value="-0.75", low="-1.27", high="-0.23")
    assert dict(worked_out_again([printed]).counts) == {"value agrees": 1, "limit agrees": 2}
    assert len(worked_out_again([{**printed, "low": "-1.26"}]).wrong) == 1
