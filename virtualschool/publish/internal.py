"""What is for people who may open the records of those children: the mark it bears, and the log of who asked for what and when."""

import getpass
import json
import pathlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from virtualschool.errors import WrongUse


def mark(who: str = "", when: str = "") -> str:
    """`Marked internal, not for release. Made by` whom and when; the user of this machine and now, if they are not given."""
    return f"Marked internal, not for release. Made by {who or getpass.getuser()}, {when or now()}."


def now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}"


def note_down(log: pathlib.Path, line: Mapping[str, Any]) -> None:
    """Adds a line to the log: who, when (the user of this machine and now, if `line` does not say), and what was asked for, never about
    which child.

    Raises WrongUse where the log cannot be written: what hides nothing is not given unlogged.
    """
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as opened:
            opened.write(json.dumps({"who": getpass.getuser(), "when": now(), **line}, sort_keys=True) + "\n")
    except OSError as fault:
        raise WrongUse(
            f"Log {log}",
            "it cannot be written, and what hides nothing is not given unlogged.",
            "Ask whoever keeps the store for leave to write.",
        ) from fault
