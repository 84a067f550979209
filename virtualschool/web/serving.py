"""Serving a store: the database made ready, then the web and its task worker side by side, until one ends or a person stops them."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

from virtualschool.errors import WrongUse
from virtualschool.store import Store
from virtualschool.web import assets

WORKERS, THREADS = 2, 4


def ready(store: pathlib.Path) -> None:
    """Django set up on a store, its tables made or brought up to date. Raises WrongUse where it cannot be."""
    Store.open(store).current()
    if not (assets.FOLDER / "made-from").is_file():
        raise WrongUse("Pages", "what they load is not here.", "Run: make setup, with the registry of npm in reach")
    os.environ["VIRTUALSCHOOL_STORE"] = str(store.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "virtualschool.web.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    call_command("createcachetable", database="work" if "work" in settings.DATABASES else "default", verbosity=0)
    _bring_along()


def after_build(store: pathlib.Path) -> None:
    """Brings what people wrote to the children of a snapshot that was just built by command, where people work on the store.

    Where the database waits to be brought up to date, it is left for `ready`.
    """
    if not (store / "web.sqlite3").is_file() and not os.environ.get("VIRTUALSCHOOL_DATABASE"):
        return
    os.environ["VIRTUALSCHOOL_STORE"] = str(store.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "virtualschool.web.settings")
    import django
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    waiting = MigrationExecutor(connection)
    if not waiting.migration_plan(waiting.loader.graph.leaf_nodes()):
        _bring_along()


def _bring_along() -> None:
    from virtualschool.web.actions import following, roll

    # A build may have changed what children are called.
    following.bring_along()
    roll.renew_everywhere()


def serve(store: pathlib.Path, port: int, address: str = "127.0.0.1") -> int:
    """Serves until stopped; what the processes ended with."""
    free(address, port)
    ready(store)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    web = [sys.executable, "-m", "gunicorn", "virtualschool.web.wsgi", "--bind", f"{address}:{port}", "--no-control-socket"]
    web += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS), "--timeout", "60", "--log-level", "warning"]
    worker = [sys.executable, "-m", "django", "db_worker"]
    running = [subprocess.Popen(command, env=environment) for command in (web, worker)]

    def stop(number=None, frame=None) -> None:
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    finally:
        stop()
    codes = [process.wait(timeout=30) for process in running]
    return max((code for code in codes if code > 0), default=0)


def free(address: str, port: int) -> None:
    """Raises WrongUse where something else listens already."""
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((address, port))
        except OSError as fault:
            raise WrongUse(f"Port {port}", "another program listens there, or this user may not.", "Name another: --port N") from fault
