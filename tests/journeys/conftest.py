"""A small invented England and its store, made once for all journeys by the commands themselves."""

import json
import pathlib
import subprocess
import sys

import pytest


class Program:
    """The command as a person runs it: a process of its own."""

    def __call__(self, *arguments, code: int = 0) -> subprocess.CompletedProcess:
        done = subprocess.run([sys.executable, "-m", "virtualschool", *map(str, arguments)], capture_output=True, text=True, timeout=280)
        assert done.returncode == code, (arguments, done.returncode, done.stderr[-2000:])
        assert code == 3 or "Traceback" not in done.stderr
        return done

    def json(self, *arguments):
        return json.loads(self(*arguments, "--format", "json").stdout)


@pytest.fixture(scope="session")
def run() -> Program:
    return Program()


@pytest.fixture(scope="session")
def england(run, tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("england") / "in"
    run("invent", folder, "--size", "small", "--seed", 3, "--years", "2023-2025")
    return folder


@pytest.fixture(scope="session")
def built(run, england, tmp_path_factory) -> pathlib.Path:
    store = tmp_path_factory.mktemp("built") / "store"
    run("build", store, "--from", england)
    return store
