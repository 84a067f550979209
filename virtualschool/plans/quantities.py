"""The amounts in a target: shares, counts, ages, bands, grades, and words that are amounts (none, every, unaided)."""

import re
from dataclasses import dataclass

from virtualschool.plans import wording
from virtualschool.plans.moments import Moment

BLANK = "#"
BOOKS = wording.either("book_colours")
BANDS = (
    rf"\b{BOOKS}(?: book)?(?: bands?| books?| level)?(?= (?:to|->) {BOOKS})",
    rf"(?:(?<=to )|(?<=-> )){BOOKS}(?: book)?(?: bands?| books?| level)?\b",
    rf"\b{BOOKS} (?:book )?bands?\b|\b{BOOKS} books?\b",
    rf"(?<=band ){BOOKS}\b",
    r"\bphase \d(?= (?:phonics )?(?:to|->) (?:phase )?\d)",
    r"(?:(?<=phase \d to )|(?<=phase \d -> ))(?:phase )?\d\b",
    r"\bstanine \d\b",
)
AGES = (
    r"\b\d{1,2} ?(?:years?|yrs?|y)\b(?! \d)(?:,? ?(?:and )?\d{1,2} ?(?:months?|mths?|m)\b)?",
    r"\b\d{1,2} ?(?:years?|yrs?|y),? ?(?:and )?\d{1,2} ?(?:months?|mths?|m)\b",
    r"\b(?:[4-9]|1[0-8])[:;](?:0?\d|1[01])\b",
)
AGES_IN_POINTS = r"\b(?:[4-9]|1[0-8])\.\d{1,2}\b"
ABOUT_AGES = re.compile(
    r"\b(?:reading|spelling|chronological|maths|developmental|comprehension|word|language) ages?\b|\b[rs]a\b|\bage\b|\bsalford\b|\bvernon\b"
)
CLOCKS = (
    r"\b(?:[01]?\d|2[0-3])[.:][0-5]\d ?(?:am|pm)?\b(?!%)",
    r"\b1?\d ?(?:am|pm)\b",
    r"(?<=lights out by )\d+\b|(?<=asleep by )\d+\b|(?<=in bed by )\d+\b|(?<=home by )\d+\b",
    r"\b\d o'clock\b",
)
SCHOOL_DAY = r"\bfrom (?:8|9|10)(?:am)? (?:to|until|till|-) (?:12|1|2|3|4)(?:pm)?\b(?! (?:times|lessons|hours|days|sessions|words))"
ABOUT_HOURS = re.compile(r"\b(?:attend|timetable|school day|in lessons)\b")
RATIOS = (
    r"£?\b\d+(?:\.\d+)? ?/ ?\d+\b",
    r"\b\d+ (?:(?!or\b|and\b)[a-z'-]+ ){0,4}?out of (?:a possible |the |every |a total of |his |her |\w+ )?\d+\b",
    r"\b\d+ of (?:the |a possible |every |her |his )?(?:first |last |next )?\d+\b",
    r"\b\d+ (?:[a-z'-]+ ){0,3}?in (?:every )?\d+\b(?! (?:minutes?|weeks?|seconds?|hours?|months?|days?))",
    r"\b\d+ (?!by\b|to\b|at\b)[a-z-]+ of \d+\b(?! (?:minutes?|weeks?|words))",
)
PERCENT = r"\b\d+(?:\.\d+)? ?(?:%|percent\b)\+?"
COUNT = r"£?(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\+|(?:k?m|cm|wpm|kg)\b)?(?![\w%])"
IN_WORDS = (
    r"\b(?:zero|nil|none|never|every|each|both|once|twice|daily|unaided|unprompted|unassisted|independently|full[- ]time)\b",
    r"\b(?:all|no)\b(?= [a-z\d])(?! (?:longer|idea))",
    rf"\bwithout (?:an? |any |being |the |his |her )?{wording.either('without')}\w*",
    r"\bhalve[sd]?\b|\bdouble[sd]?\b|\bon his own\b|\bon her own\b|\bby himself\b|\bby herself\b|\balone\b",
)


@dataclass(frozen=True)
class Quantity:
    """A stretch of text that is an amount. `kind` is ratio, percent, age, band, count, clock, grade or words."""

    start: int
    end: int
    kind: str

    @property
    def is_level(self) -> bool:
        """Whether it can say how much is wanted: a grade or an hour of the day cannot by itself."""
        return self.kind not in ("grade", "clock")


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these stretches hidden, every letter in its place."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = BLANK * (end - start)
    return "".join(letters)


def quantities(text: str, times: list[Moment]) -> list[Quantity]:
    """The amounts of a text, in its order, where it is no time and no name (Year 7, 1:1, 3-digit)."""
    found: list[Quantity] = []
    left = blanked(text, [(moment.start, moment.end) for moment in times])

    def take(patterns: tuple[str, ...], kind: str) -> None:
        nonlocal left
        for one in patterns:
            spans = [match.span() for match in re.finditer(one, left) if match.end() > match.start()]
            found.extend(Quantity(start, end, kind) for start, end in spans)
            left = blanked(left, spans)

    ages = bool(ABOUT_AGES.search(text))
    take(("|".join(BANDS),), "band")
    if ages:
        take((*AGES, AGES_IN_POINTS), "age")
    take((PERCENT,), "percent")
    left = blanked(left, [match.span() for match in wording.pattern("names_with_numbers").finditer(left)])
    take(CLOCKS, "clock")
    if ABOUT_HOURS.search(text):
        take((SCHOOL_DAY,), "clock")
    take(tuple(wording.lists()["grades"]), "grade")
    take(RATIOS, "ratio")
    if "centile" in text:
        take((r"\b\d{1,2}(?:st|nd|rd|th)(?: (?:per)?centile)?\b",), "percent")
    take((COUNT,), "count")
    take(IN_WORDS, "words")
    return sorted(found, key=lambda quantity: quantity.start)
