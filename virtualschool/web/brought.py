"""A short list that somebody brings by a form, on the disk for as long as it is read."""

import contextlib
import pathlib
import tempfile
from collections.abc import Iterator
from typing import Any

from virtualschool.errors import WrongUse
from virtualschool.web import uploads_safe

LARGEST = 5_000_000
"""Bytes; ours. The longest register of England's authorities is far smaller."""


@contextlib.contextmanager
def as_file(given: Any, also: tuple[str, ...] = ()) -> Iterator[pathlib.Path]:
    """The file under a safe name. Raises WrongUse for one that is too large, or of a kind that is neither read nor among `also`."""
    if given.size > LARGEST:
        raise WrongUse("File", "it is larger than 5 MB.", "Leave out what is not of the list.")
    ending = pathlib.PurePath(given.name).suffix.casefold()
    name = f"list{ending}" if ending in also else uploads_safe.name_of(given.name)
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder) / pathlib.PurePath(name).name
        with place.open("wb") as out:
            for block in given.chunks():
                out.write(block)
        if ending not in also:
            uploads_safe.is_what_it_says(place, name)
        yield place
