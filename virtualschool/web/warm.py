"""What a process reads once, read before anybody asks: else the first page of the morning waits for all England's columns."""

import logging
import threading

from virtualschool import benchmarks
from virtualschool.places import ENGLAND
from virtualschool.reports.contents import HEADLINES
from virtualschool.web import stores


def in_the_background() -> None:
    """Begins to read, and does not wait for the end. A store that cannot be read is told by the pages that need it."""
    threading.Thread(target=_read, name="reading ahead", daemon=True).start()


def _read() -> None:
    try:
        held = stores.snapshot()
        engine = stores.engine(held)
        stores.schools(held), stores.sealed(held)
        benchmarks.figures(engine, held.manifest, benchmarks.parse(engine, list(HEADLINES), la=ENGLAND))
    except Exception:
        logging.getLogger(__name__).info("What pages need could not be read ahead.")
