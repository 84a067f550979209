"""The engine of a national host that outgrows one machine: Apache Spark, with the face of `store.Engine`.

Definitions are compiled to Spark's SQL and run there, over the same Parquet objects. Objects of the store are put in order and
written by the embedded engine, so that the same rows are the same bytes whichever engine found them. Nothing here imports
pyspark before a session is asked for.

Settings, from the environment:

    VIRTUALSCHOOL_SPARK_MASTER      local[2], or the address of a cluster whose machines see the store under the same path
    VIRTUALSCHOOL_SPARK_MEMORY      memory of the driver: 2g
    VIRTUALSCHOOL_SPARK_PARTITIONS  parts that joins and sums are split into: 8

What else a cluster needs stands in its own spark-defaults.conf.
"""

import contextlib
import importlib.util
import os
import pathlib
import shutil
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.store import Engine

WHERE = "Engine 'spark'"


class SparkEngine(Engine):
    """Spark behind the face of the embedded engine, which stands beside it and writes what stays.

    `folder` is for what is worked out on the way; every machine of a cluster must see it.
    """

    dialect = "pyspark"

    def __init__(self, session, embedded: Engine, folder: pathlib.Path) -> None:
        super().__init__(embedded.connection)
        self.session, self.embedded, self.folder = session, embedded, folder
        self.laid = 0

    def cursor(self) -> "SparkEngine":
        return SparkEngine(self.session, self.embedded.cursor(), self.fresh("cursor"))

    def sql(self, query: "str | ibis.Expr") -> str:
        return query if isinstance(query, str) else str(ibis.to_sql(query, dialect=self.dialect))

    def frame(self, query: "str | ibis.Expr", values: Sequence = ()) -> Any:
        return self.session.sql(self.sql(query), args=list(values) or None)

    def run(self, query: str, values: Sequence = ()) -> None:
        self.frame(query, values).collect()

    def arrow(self, query: "str | ibis.Expr", values: Sequence = ()) -> pa.Table:
        # By way of files, so that a large answer need not fit into the memory of Java.
        folder = self.fresh("answer")
        parts = [pyarrow.parquet.read_table(file) for file in self.found(query, folder, values)]
        shutil.rmtree(folder)
        return pa.concat_tables(parts).replace_schema_metadata(None)

    def rows(self, query: "str | ibis.Expr", values: Sequence = ()) -> list[dict]:
        return self.arrow(query, values).to_pylist()

    def value(self, query: "str | ibis.Expr", values: Sequence = ()) -> Any:
        return self.arrow(query, values).column(0)[0].as_py()

    def register(self, name: str, table: pa.Table) -> None:
        file = self.fresh(name) / "rows.parquet"
        pyarrow.parquet.write_table(table, file, store_schema=False)
        self.view(name, [file])

    def view(self, name: str, files: Sequence[pathlib.Path]) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        # The driver reads the columns itself: asking Spark starts a job for every table.
        columns = from_arrow_schema(pyarrow.parquet.read_schema(files[0]).remove_metadata())
        reader = self.session.read.schema(columns)
        reader.parquet(*(pattern(file) for file in files)).createOrReplaceTempView(name)

    def empty(self, table: tables.Table) -> None:
        columns = ", ".join(f"CAST(NULL AS {column.sql.replace('VARCHAR', 'STRING')}) AS `{column.name}`" for column in table.columns)
        self.session.sql(f"SELECT {columns} WHERE false").createOrReplaceTempView(table.name)

    def define(self, name: str, query: "str | ibis.Expr") -> None:
        self.frame(query).createOrReplaceTempView(name)

    def write_parquet(self, made: "str | ibis.Expr | pa.Table", file: pathlib.Path, order_by: Sequence[str] = ()) -> None:
        if isinstance(made, pa.Table):
            self.embedded.write_parquet(made, file, order_by)
            return
        folder = self.fresh("found")
        self.embedded.view("found_now", self.found(made, folder))
        self.embedded.write_parquet("SELECT * FROM found_now", file, order_by)
        shutil.rmtree(folder)

    def lay_by(self, name: str, query: "str | ibis.Expr", folder: pathlib.Path) -> None:
        self.view(name, self.found(query, self.fresh(name)))

    def found(self, query: "str | ibis.Expr", folder: pathlib.Path, values: Sequence = ()) -> list[pathlib.Path]:
        """The rows of a query as files of `folder`, in the order of the query."""
        self.frame(query, values).write.mode("overwrite").parquet(f"file://{folder.resolve()}")
        return sorted(folder.glob("part-*.parquet"))

    def fresh(self, name: str) -> pathlib.Path:
        """A folder that nothing was laid by in: Spark cannot write over what it reads."""
        self.laid += 1
        folder = self.folder / f"{self.laid:04d}-{name}"
        folder.mkdir(parents=True)
        return folder


def pattern(file: pathlib.Path) -> str:
    """What Spark reads that file by: it takes some characters of a path for a pattern, though not when it writes."""
    return "file://" + "".join(f"\\{letter}" if letter in "*?[]{}\\" else letter for letter in str(file.resolve()))


@contextlib.contextmanager
def engine(embedded: Engine, folder: pathlib.Path) -> Iterator[SparkEngine]:
    """Spark for as long as the block runs; a session that runs already is used, and left running.

    `folder` takes what Spark lays by and is the caller's to remove. Raises WrongUse where pyspark or Java is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with session(folder) as running:
        # A session of its own: views of two drafts do not meet.
        yield SparkEngine(running.newSession(), embedded, folder / "laid")


@contextlib.contextmanager
def session(folder: pathlib.Path) -> Iterator[Any]:
    """A Spark session whose files lie in `folder`, ended with the block; or the one that runs already."""
    wanted()
    # Its warning, on import, is about a part of it that is not used here.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    conf = SparkConf().setAll(list(settings(folder).items()))
    with (folder / "java.log").open("wb") as log:
        # Java's messages may quote rows, so they go where the rows are, and with them.
        said = {} if os.environ.get("VIRTUALSCHOOL_DEBUG") == "1" else {"stdout": log, "stderr": log}
        try:
            gateway = launch_gateway(conf, said)
        except (PySparkRuntimeError, OSError) as fault:
            raise WrongUse(WHERE, "Java did not start.", JAVA) from fault
        try:
            context = SparkContext(conf=conf, gateway=gateway)
            try:
                yield SparkSession(context)
            finally:
                context.stop()
        finally:
            # Without this Java would hold its memory until the program ends.
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait()
            SparkContext._gateway = SparkContext._jvm = None


JAVA = "It needs Java 17 or later: on Debian, apt-get install openjdk-17-jre-headless; elsewhere, set JAVA_HOME."


def wanted() -> None:
    """Raises WrongUse, with what to do, where Spark cannot run here."""
    if importlib.util.find_spec("pyspark") is None:
        raise WrongUse(WHERE, "pyspark is not installed.", "Install it: make setup-spark, or pip install 'virtualschool[spark]'.")
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(pathlib.Path(home) / "bin") if home else None)
    if java is None:
        raise WrongUse(WHERE, "Java is not installed.", JAVA)
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    release = told.partition('version "')[2].partition(".")[0].partition('"')[0]
    if not release.isdigit() or int(release) < 17:
        raise WrongUse(WHERE, f"the Java that is installed is of release {release or 'unknown'}.", JAVA)


def settings(folder: pathlib.Path) -> dict[str, str]:
    """What a session is started with."""
    master = os.environ.get("VIRTUALSCHOOL_SPARK_MASTER", "local[2]")
    here = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"} if master.startswith("local") else {}
    return {
        "spark.master": master,
        "spark.app.name": "virtualschool",
        "spark.driver.memory": os.environ.get("VIRTUALSCHOOL_SPARK_MEMORY", "2g"),
        "spark.driver.maxResultSize": "0",
        "spark.sql.shuffle.partitions": os.environ.get("VIRTUALSCHOOL_SPARK_PARTITIONS", "8"),
        "spark.local.dir": str(folder / "spill"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        # As the embedded engine: days and hours without a place, an overflow is an error, "names" in double quotes, old dates as written.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
        "spark.sql.mapKeyDedupPolicy": "LAST_WIN",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "WARN" if os.environ.get("VIRTUALSCHOOL_DEBUG") == "1" else "ERROR",
        **here,
    }
