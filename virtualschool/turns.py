"""Turns at work that only one thread can do at a time anyway: who came first goes first, and nobody waits for long.

Eight threads that each want 13 milliseconds of one interpreter share it in slices, and then all of them end late and some very
late. One after the other, the last ends when all would have, and the others before.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds after which someone who waits begins without a turn, so that one long piece of work does not stop all short ones."""


class Turns:
    """A queue for one place. Whoever has the place may ask for it again within."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._holder: int | None = None
        """The thread that has the place; 0 while it is handed on."""

    @contextmanager
    def take(self) -> Iterator[None]:
        """The place, for as long as the block lasts; without it where waiting took too long."""
        if self._holder == threading.get_ident():
            yield
            return
        held = self._wait()
        try:
            yield
        finally:
            if held:
                self._pass_on()

    def _wait(self) -> bool:
        """Whether the place was had in time."""
        with self._lock:
            if self._holder is None:
                self._holder = threading.get_ident()
                return True
            called = threading.Event()
            self._waiting.append(called)
        if not called.wait(self.patience):
            with self._lock:
                if called in self._waiting:
                    self._waiting.remove(called)
                    return False
        # It was handed on to this thread, and to no other.
        self._holder = threading.get_ident()
        return True

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._holder = 0
                self._waiting.popleft().set()
            else:
                self._holder = None
