"""The link step on Spark: the same definitions, the same rows, the same bytes as on the embedded engine."""

import pathlib

import pyarrow as pa
import pytest

from virtualschool import read, spark, tables
from virtualschool.errors import WrongUse
from virtualschool.invent import invent
from virtualschool.invent.trial import ERRORS, Trial, invent_trial, load
from virtualschool.link import link, plan
from virtualschool.pipeline import silent
from virtualschool.store import Store

LINKING = ("pupil_keys", "links", "link_evidence", "unlinked")


@pytest.mark.spark
def test_an_invented_england_is_linked_on_spark_as_on_the_embedded_engine(tmp_path, spark_session):
    invent(tmp_path / "england", "small", (2024, 2025), 5, silent)
    with Store(tmp_path / "store").draft(threads=2) as draft:
        read.read(read.inputs_of([(None, tmp_path / "england")]), draft, silent)
        draft.rest_empty()
        link(draft)
        embedded = {name: draft.tables[name] for name in LINKING}
        views = {row["view_name"] for row in draft.engine.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal")}
        laid = [name for name in plan.STEPS if name in views]
        rows = {name: rows_of(draft.engine, name) for name in laid}
        with spark.engine(draft.engine, draft.scratch / "spark") as engine, draft.on(engine):
            link(draft)
            different = [name for name in laid if rows_of(engine, name) != rows[name]]
        assert len(laid) > 20
        assert different == []
        assert {name: draft.tables[name] for name in LINKING} == embedded
        assert draft.engine.value("SELECT count(*) FROM links WHERE method = 'likely'") > 0


def test_few_and_many_children_are_linked_alike_though_in_other_ways(tmp_path, monkeypatch):
    invent_trial(Trial(children=40, pupils=600, authorities=2, errors=ERRORS["fifteen"], seed=3), tmp_path / "trial")
    written = []
    for rows in (plan.FEW, 0):
        monkeypatch.setattr(plan, "FEW", rows)
        with Store(tmp_path / f"store-{rows}").draft(threads=2) as draft:
            load(tmp_path / "trial", draft)
            link(draft)
            written.append({name: draft.tables[name] for name in LINKING})
            assert draft.engine.processors == 2
            assert draft.engine.value("SELECT count(*) FROM header") > 40
    assert written[0] == written[1]


def rows_of(engine, name: str) -> list[tuple]:
    rows = engine.rows(f'SELECT * FROM "{name}"')
    return sorted((tuple(row.values()) for row in rows), key=repr)


@pytest.mark.every_engine
def test_what_is_registered_laid_by_and_defined_can_be_asked_on(store):
    engine = store.engine
    engine.register("numbers", pa.table({"n": pa.array([1, 2, None], pa.int32()), "word": ["one", "O'Brien", "{x}*"]}))
    engine.lay_by("known", "SELECT * FROM numbers WHERE n IS NOT NULL", store.draft.scratch)
    engine.define("largest", 'SELECT max(n) AS "n" FROM known')
    assert engine.value("SELECT n FROM largest") == 2
    assert engine.rows("SELECT word FROM known WHERE n = ?", [2]) == [{"word": "O'Brien"}]
    engine.lay_by("known", "SELECT * FROM known WHERE n = 1", store.draft.scratch)
    assert engine.arrow("SELECT word FROM known").to_pylist() == [{"word": "one"}]
    assert engine.cursor().value("SELECT count(*) FROM known") == 1


@pytest.mark.every_engine
def test_a_table_written_on_any_engine_is_there_in_the_draft_in_order(store):
    store.draft.write("links", pa.table({"la": ["302", "301"], "child": ["B", "A"]}), order_by=("la",))
    store.draft.write("twice", "SELECT la, child FROM links", "SELECT child AS la, la AS child FROM links", order_by=("la",))
    assert len(store.draft.tables["twice"]) == 2
    assert store.engine.rows(tables.links.ibis().select("la", "child")) == [{"la": "301", "child": "A"}, {"la": "302", "child": "B"}]
    assert store.rows("SELECT * FROM twice", "la") == [("301",), ("302",), ("A",), ("B",)]


@pytest.mark.spark
def test_a_store_in_a_folder_of_an_odd_name_is_read_on_spark(tmp_path, spark_session):
    with Store(tmp_path / "it's {a} *[store] of 10%, ü").draft() as draft:
        draft.rest_empty()
        with spark.engine(draft.engine, draft.scratch / "spark") as engine, draft.on(engine):
            draft.write("links", pa.table({"la": ["301"]}))
            assert engine.rows("SELECT la FROM links") == [{"la": "301"}]
        assert draft.engine.rows("SELECT la FROM links") == [{"la": "301"}]


def test_without_pyspark_a_person_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WrongUse) as fault:
        spark.wanted()
    assert str(fault.value) == (
        "Engine 'spark': pyspark is not installed. Install it: make setup-spark, or pip install 'virtualschool[spark]'."
    )


@pytest.mark.parametrize(
    ("java", "wrong"),
    [
        (None, "Java is not installed."),
        ("echo 'openjdk version \"11.0.21\" 2023-10-17' >&2", "the Java that is installed is of release 11."),
        ("echo 'no such thing' >&2", "the Java that is installed is of release unknown."),
    ],
)
def test_without_java_17_a_person_is_told_what_to_do(monkeypatch, tmp_path, java, wrong):
    folder = tmp_path / "bin"
    folder.mkdir()
    if java:
        (folder / "java").write_text(f"#!/bin/sh\n{java}\n")
        (folder / "java").chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: True)
    with pytest.raises(WrongUse) as fault:
        spark.wanted()
    assert str(fault.value) == (
        f"Engine 'spark': {wrong} It needs Java 17 or later: on Debian, apt-get install openjdk-17-jre-headless; elsewhere, set JAVA_HOME."
    )


def test_a_cluster_is_named_by_the_environment(monkeypatch):
    assert spark.settings(pathlib.Path("here"))["spark.master"] == "local[2]"
    monkeypatch.setenv("VIRTUALSCHOOL_SPARK_MASTER", "spark://host:7077")
    monkeypatch.setenv("VIRTUALSCHOOL_SPARK_MEMORY", "8g")
    monkeypatch.setenv("VIRTUALSCHOOL_SPARK_PARTITIONS", "400")
    told = spark.settings(pathlib.Path("here"))
    assert (told["spark.master"], told["spark.driver.memory"], told["spark.sql.shuffle.partitions"]) == ("spark://host:7077", "8g", "400")
    assert "spark.driver.host" not in told
