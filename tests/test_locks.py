"""The locks are compiled together, so that what is tested is what a user gets, and one can be installed on top of another."""

import pathlib
import re

LOCKS = pathlib.Path(__file__).resolve().parents[1] / "locks"


def pins(name: str) -> dict[str, str]:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def test_a_package_has_one_version_in_all_locks():
    run, test, spark = pins("run"), pins("test"), pins("spark")
    assert run
    assert run.items() <= test.items()
    assert run.items() <= spark.items()
    assert {name: (test[name], spark[name]) for name in test.keys() & spark.keys() if test[name] != spark[name]} == {}


def test_pyspark_is_in_no_lock_but_its_own():
    assert "pyspark" in pins("spark")
    assert "pyspark" not in pins("test") | pins("run")
