"""A small invented England and its store, made once for all tests by the commands themselves."""

import contextlib
import fcntl
import io
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from virtualschool import cli


class Program:
    """The command with the words that a person gives it.

    It runs in the process of the tests, so that loading a hundred modules and opening caches is done once and not with each command;
    `alone` runs it as a person does, in a process of its own.
    """

    def __call__(self, *arguments, code: int = 0) -> subprocess.CompletedProcess:
        words, out, err = [str(argument) for argument in arguments], io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            patched.setattr(sys, "argv", ["virtualschool", *words])
            try:
                cli.main()
                ended = 0
            except SystemExit as end:
                ended = end.code if isinstance(end.code, int) else int(end.code is not None)
        return ran(subprocess.CompletedProcess(words, ended, out.getvalue(), err.getvalue()), code)

    def alone(self, *arguments, code: int = 0) -> subprocess.CompletedProcess:
        words = [sys.executable, "-m", "virtualschool", *map(str, arguments)]
        return ran(subprocess.run(words, capture_output=True, text=True, timeout=280), code)

    def json(self, *arguments):
        return json.loads(self(*arguments, "--format", "json").stdout)


def ran(done: subprocess.CompletedProcess, code: int) -> subprocess.CompletedProcess:
    """The command as it ended, which must be with that code, and without a traceback unless the fault is ours."""
    assert done.returncode == code, (done.args, done.returncode, done.stderr[-2000:])
    assert code == 3 or "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="session")
def run() -> Program:
    return Program()


@pytest.fixture(scope="session")
def england(run, shared) -> pathlib.Path:
    with once(shared / "england") as made:
        if not made.exists():
            run.alone("invent", made / "in", "--size", "small", "--seed", 3, "--years", "2023-2025")
    return made / "in"


@pytest.fixture(scope="session")
def built(run, england, shared) -> pathlib.Path:
    """A store that tests read and never build in: it is shared by all processes."""
    with once(shared / "built") as made:
        if not made.exists():
            run.alone("build", made / "store", "--from", england)
    return made / "store"


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> pathlib.Path:
    """A folder that the processes of one run of the tests have in common; VIRTUALSCHOOL_TESTS_KEEP names one that outlives the run."""
    if kept := os.environ.get("VIRTUALSCHOOL_TESTS_KEEP"):
        pathlib.Path(kept).mkdir(parents=True, exist_ok=True)
        return pathlib.Path(kept)
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextlib.contextmanager
def once(place: pathlib.Path) -> Iterator[pathlib.Path]:
    """Lets one process make a thing while the others wait for it."""
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place
