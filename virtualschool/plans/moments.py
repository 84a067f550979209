"""The dates, terms and durations in a target, and which of them is the day it is to be done by."""

import re
from dataclasses import dataclass

from virtualschool.plans import wording

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|zmay|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
ENDS = r"(?=\s*(?:$|[,.;:)\]]|-|and\b|using\b|in\b|with\b|he\b|she\b|they\b|will\b|to\b))"
DAY = r"(?:[12]?\d|3[01]|0\d)"
STRONG = (
    rf"\b{DAY}[/.-]{DAY}[/.-](?:20)?\d\d\b",
    r"\b20\d\d-\d\d-\d\d\b",
    rf"\b{DAY}(?:st|nd|rd|th)?\s?(?:of )?{MONTH}\b(?:,? (?:20\d\d|'\d\d|\d\d{ENDS}))?",
    rf"\b{MONTH} {DAY}(?:st|nd|rd|th)?\b(?!\s?[/%:]| out| of)(?:,? 20\d\d)?",
    rf"\b{MONTH}(?:(?<=\b[a-z]{{3}})\.(?= ?\d))?(?: (?:20\d\d|'\d\d|\d\d{ENDS}))?(?= |$|[,.;:)'\]/-])",
    r"\b(?:autumn|spring|summer)(?: term)?(?: ?[12]\b(?!/))?(?: 20\d\d)?\b",
    r"\bhalf[- ]?term(?: ?[1-6]\b)?|\bh/?t ?[1-6]\b",
    rf"\b{wording.either('named_days')}\b",
    r"\b(?:school|academic|calendar|financial) year\b",
    r"\bterm(?: [1-6]\b)?(?!-?time|ly|s\b)",
    r"\byear[- ]end\b",
    r"\bend of (?:the |this |next )?year(?: \d{1,2})?\b",
    r"\b20[23]\d(?:/\d\d)?\b",
)
WEAK = (
    r"\bsats(?: (?:week|tests?|papers?))?\b",
    r"\bmocks?(?: exams?| papers?| gcses?| week)?\b",
    r"\b(?:gcse |final |summer |external )?exams?(?: season| period)?\b",
    r"\bassessment (?:week|point|window)(?: \d)?\b",
    r"\bpep(?: ?(?:meeting|review))?\b",
    r"\b(?:lac |statutory |care )?reviews?(?: meeting)?\b",
    r"\bnext meeting\b",
    r"\bparents'? evening\b",
    r"\b(?:\d{1,2}(?:st|nd|rd|th) )?birthday\b",
    r"\bholidays?\b|\bbreak up\b",
    r"\b(?:reception|nursery|foundation stage|eyfs|year \d{1,2}|y\d{1,2}|ks ?[1-5]|key stage [1-5]|primary school)\b",
    r"\bweek \d+\b",
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    r"\btomorrow\b",
    r"\bthe year\b",
    r"\bdata (?:drop|point|capture|collection)(?: \d)?\b|\breport(?:ing)? (?:day|point)\b",
    r"\bresults day\b|\btransition day\b|\bhis move\b|\bher move\b",
)
LENGTH = (
    r"\d+(?:\s?-\s?\d+| to \d+)?[ -](?:school |teaching |academic |working |calendar )?"
    r"(?:weeks?|months?|half[- ]terms?|terms?|days?|pep cycles?)"
)
LIGHT = wording.either("light_words")
MARKER = re.compile(rf"\b{wording.either('deadline_marks')}[\s:=]+(?:{LIGHT}[\s,'-]+){{0,7}}$")
TO_MARKER = re.compile(
    rf"\bto (?:(?:the|end|of|half|start|this|last|day) )*$|\b(?:weeks?|term|months?|days?|now) (?:to|until) (?:{LIGHT} )*$|- $"
)
PAST = re.compile(
    rf"\b{wording.either('past_marks')}[\s:=]+"
    r"(?:the |this |his |her |late |early |mid |w/c |week of |autumn |spring |summer |half |\d+ ){0,3}$"
)
OF_DEADLINE = re.compile(
    r"\b(?:end|start|beginning|middle|rest|week|close|last (?:day|week)|remainder|course|time) of (?:the |this |his |her |next )?$"
)
FOLLOWED_BY_PAST = re.compile(r"^(?: test| paper| check| quiz| mock| assessment)?\s*(?:was|were|had|:|=|score|baseline)")
DURATIONS = (
    re.compile(
        rf"\b(?:in|within|over|after|across|during|for|inside)(?: the| a)?(?: next| coming| following| period of)? "
        rf"(?:period of )?{LENGTH}(?! ago| time each)"
    ),
    re.compile(r"\bover (?:the|this|a) (?:next |coming |school |academic )?(?:half[- ]?term|term|year|fortnight|month)\b"),
    re.compile(r"\b(?:in|within|for|over) (?:the next |a |the )?(?:fortnight|month|term|half[- ]?term|year)\b(?!'s| ?\d)"),
    re.compile(rf"\b{LENGTH} from (?:now|today|\d)"),
    re.compile(rf"\b(?:the )?(?:next|coming) {LENGTH}"),
    re.compile(rf"\b{LENGTH} (?:programme|period|time)\b"),
)
PAST_LENGTH = re.compile(r"\b(?:last|past|previous)\b")
SHORT = re.compile(r"\b(?:each|a|per) day\b")


@dataclass(frozen=True)
class Moment:
    """A stretch of text that names a time. `role` is deadline, past or unmarked."""

    start: int
    end: int
    role: str
    strong: bool


def moments(text: str) -> list[Moment]:
    """The times that a text names, in its order, each letter in one of them at most."""
    taken = [False] * len(text)
    found: list[Moment] = []

    def take(start: int, end: int, role: str, strong: bool) -> None:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append(Moment(start, end, role, strong))

    for pattern in DURATIONS:
        for one in pattern.finditer(text):
            days = re.search(r"days?$", one[0]) and re.match(r"for|after", one[0])
            if not PAST_LENGTH.search(one[0]) and not PAST_LENGTH.search(text[max(0, one.start() - 12) : one.start()]) and not days:
                take(one.start(), one.end(), "past" if one[0].startswith("after") else "deadline", True)
    for written in (*STRONG, SLASHED, *WEAK):
        strong = written not in WEAK
        for one in re.finditer(written, text):
            role = role_of(text, one.start(), one.end())
            if strong or role == "deadline":
                take(one.start(), one.end(), role, strong)
    return sorted(found, key=lambda moment: moment.start)


DUE = "".join(f"(?<=\\b{mark} )|" for mark in ("by", "before", "until", "due", "week of", "ending")).rstrip("|")
SLASHED = rf"(?:{DUE}){DAY}/(?:0?[1-9]|1[0-2])\b(?!\s?(?:of )?{wording.either('counted_things')}|[/%])"


def role_of(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 60) : start], text[end : end + 25]
    marker = MARKER.search(before)
    if OF_DEADLINE.search(before):
        earlier = before[: OF_DEADLINE.search(before).start()]  # type: ignore[union-attr]
        if re.search(r"\b(?:at|from|since|in) (?:the )?$", earlier) and re.search(r"\b(?:start|beginning)", before[len(earlier) :]):
            return "past"
        if not re.search(r"\b(?:last|since)\b", before[-18:]) or marker:
            return "deadline"
    if (marker and not re.search(r"\b(?:last|previous|past)\s+(?:\w+\s+){0,2}$", before)) or (
        marker and re.search(r"\b(?:by|until|before)\b[\w ]*\blast (?:day|week)", before)
    ):
        inside = before[marker.start() :]
        if re.match(r"at the|on the|when|date|during|this|these", inside) and FOLLOWED_BY_PAST.match(after):
            return "past"
        if re.match(r"at the (?:start|beginning)", inside):
            return "past"
        return "deadline"
    if PAST.search(before) and not OF_DEADLINE.search(before):
        return "past"
    if TO_MARKER.search(before):
        return "deadline" if not before.endswith("- ") else "unmarked"
    return "unmarked"
