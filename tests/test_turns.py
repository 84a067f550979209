"""Turns: who came first goes first, one at a time, and nobody waits for long."""

import threading
import time

from virtualschool.turns import Turns


def in_order(turns: Turns, names: str) -> list[str]:
    """Lets each of several threads ask in this order while the place is taken, and gives back the order in which they had it."""
    had: list[str] = []
    threads = []

    def ask(name: str) -> None:
        with turns.take():
            had.append(name)

    with turns.take():
        for name in names:
            threads.append(threading.Thread(target=ask, args=(name,)))
            before = len(turns._waiting)
            threads[-1].start()
            while len(turns._waiting) == before:
                time.sleep(0.0005)
    for thread in threads:
        thread.join(5)
    return had


def test_who_came_first_goes_first():
    assert in_order(Turns(patience=5), "ABCDEF") == list("ABCDEF")


def test_only_one_is_at_work_at_a_time():
    turns, at_work, most = Turns(patience=5), [], []

    def ask() -> None:
        for _ in range(20):
            with turns.take():
                at_work.append(1)
                most.append(len(at_work))
                time.sleep(0)
                at_work.pop()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert len(most) == 80
    assert max(most) == 1


def test_whoever_has_the_place_may_ask_for_it_again():
    turns = Turns(patience=5)
    with turns.take(), turns.take():
        pass
    assert in_order(turns, "A") == ["A"]


def test_someone_who_has_waited_too_long_begins_without_a_turn_and_gives_none_away():
    turns = Turns(patience=0.01)
    began = threading.Event()

    def ask() -> None:
        with turns.take():
            began.set()

    with turns.take():
        thread = threading.Thread(target=ask)
        thread.start()
        assert began.wait(5)
        thread.join(5)
        assert turns._holder == threading.get_ident()
    assert turns._holder is None


def test_a_place_is_free_again_after_an_error():
    turns = Turns(patience=5)
    try:
        with turns.take():
            raise ValueError
    except ValueError:
        pass
    assert in_order(turns, "AB") == ["A", "B"]
