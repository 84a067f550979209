"""Which framework is in force on a date, as the files of the frameworks say.

Of a family the edition that came into force last is in force, until its own end. An edition that asks for an inspection before it
(care leavers judged by themselves: every authority had to have had a standard or short ILACS inspection) is passed over while that is
not so. A date known only to the month or year counts from its first day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from virtualschool.errors import unknown
from virtualschool.frameworks.framework import ENDED, IN_FORCE, Framework
from virtualschool.frameworks.loading import frameworks

NOT_PROPOSED, NOT_HELD = "not yet proposed", "not held"


@dataclass(frozen=True)
class Answer:
    """`frameworks` are those in force that are held; without any, `words` begin with "Not held" and say why."""

    day: date
    frameworks: tuple[Framework, ...]
    words: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        return bool(self.frameworks)


def in_force(
    day: date, subject: str = "authority", *, inspected: bool | None = None, editions: Iterable[Framework] | None = None
) -> Answer:
    """The frameworks in force on a day for what is inspected: authority, or children's home.

    `inspected` says whether the authority had the inspections that an edition asks for before it comes into force; None takes it
    as published that all had. Raises WrongUse for a subject that there is none of.
    """
    known = tuple(frameworks().values() if editions is None else editions)
    if subject not in {one.subject for one in known}:
        raise unknown("Subject", subject, {one.subject for one in known})
    words: list[str] = []
    found: list[Framework] = []
    for family in dict.fromkeys(one.family for one in known if one.subject == subject):
        its = [one for one in known if (one.subject, one.family) == (subject, family)]
        edition = in_family(its, day, inspected, words)
        if edition and edition.held:
            found.append(edition)
        elif edition:
            words.append(f"Not held: {edition.title}, in force on {day:%-d %B %Y}, is held by name only.")
    if not found and not words:
        words.append(f"Not held: no framework that is held ({subject}) was in force on {day:%-d %B %Y}.")
    return Answer(day, tuple(found), tuple(words))


def in_family(editions: Iterable[Framework], day: date, inspected: bool | None, words: list[str]) -> Framework | None:
    current: Framework | None = None
    for one in sorted(editions, key=begins):
        began = one.state(IN_FORCE)
        if began is None or began.first > day:
            continue
        if began.needs and inspected is False:
            words.append(
                f"{one.id} is passed over: it needs a {' or '.join(began.needs)} inspection under {', '.join(began.under)} before."
            )
            continue
        current = one
    ended = current.state(ENDED) if current else None
    return None if ended and ended.first <= day else current


def begins(framework: Framework) -> date:
    began = framework.state(IN_FORCE)
    return began.first if began else date.max


def state_on(framework: Framework, day: date, *, inspected: bool | None = None, editions: Iterable[Framework] | None = None) -> str:
    """The state of a framework on a day: not yet proposed, proposed, consulted, confirmed, in force or ended.

    It ends with its own end, or when a later edition of its family comes into force.
    """
    known = [one for one in (frameworks().values() if editions is None else editions) if one.id != framework.id]
    family = [framework, *(one for one in known if (one.subject, one.family) == (framework.subject, framework.family))]
    reached = [one for one in framework.states if one.first <= day and one.state != ENDED]
    if not reached:
        return NOT_PROPOSED
    last = max(reached, key=lambda one: one.first)
    if last.state != IN_FORCE:
        return last.state
    current = in_family(family, day, inspected, [])
    if current is framework:
        return IN_FORCE
    if last.needs and inspected is False and (current is None or begins(current) < last.first):
        earlier = [one for one in reached if one.state != IN_FORCE]
        return max(earlier, key=lambda one: one.first).state if earlier else NOT_PROPOSED
    return ENDED


def can_date(framework: Framework, day: date) -> bool:
    """Whether an inspection under a framework can bear a date: not before it came into force, not after its own end."""
    began, ended = framework.state(IN_FORCE), framework.state(ENDED)
    return (began is None or began.first <= day) and (ended is None or day <= ended.last)
