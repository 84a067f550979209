"""A target's text in one spelling: small letters, digits for number words, common slips of the keyboard put right.

Only the analysis sees it; what people read is the text as it was written.
"""

import re

from virtualschool.plans import wording

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
SMALL = {word: number for number, word in enumerate(UNITS.split())}
TENS = {word: 10 * number for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
OTHERWISE = {
    "xmas": "christmas",
    "frm": "from",
    "wk": "week",
    "wks": "weeks",
    "mins": "minutes",
    "min": "minutes",
    "hr": "hours",
    "hrs": "hours",
    "pw": "per week",
    "recal": "recall",
    "abel": "able",
    "incresae": "increase",
    "increse": "increase",
    "acurately": "accurately",
    "attendence": "attendance",
    "curently": "currently",
    "att": "attendance",
    "thier": "their",
    "untill": "until",
    "til": "until",
    "w/c": "week of",
    "w/e": "week of",
}


MAY = re.compile(
    r"(?:(?<=\bby )|(?<=\bin )|(?<=\d )|(?<=\bof )|(?<=\bend )|(?<=st )|(?<=th ))may\b|\bmay(?= (?:pep|mock|half|exam|review)\b)"
)
"""The month in small letters, as far as its neighbours tell it from the verb."""
LEAD = re.compile(r"^(?:(?:\d{1,2}[.)]|[a-h][.)]|[-*•·]|(?:smart )?(?:target|outcome|objective)(?: \d)?\s?[:.-](?=\s*\D))\s+)+")
"""A bullet, a number of a list or a heading before a target."""


def plain(text: str) -> str:
    """The text as the rules read it. The month May is written zmay, so that it is not the verb."""
    text = text.translate(str.maketrans("‘’“”–—−→≥≤×\u00a0", "''\"\"---\u2192\u2265\u2264x ")).replace("\u2192", " -> ")
    text = re.sub(r"\s*(?:-+|=+)>\s*", " -> ", text)
    text = re.sub(r"\u2265\s*|>=\s*", "at least ", text)
    text = re.sub(r"\u2264\s*|<=\s*", "at most ", text)
    text = re.sub(r"<\s*(?=\d)", "fewer than ", text)
    text = re.sub(r"(\d\s?(?:[A-Za-z]{1,6}|%)?)\s*>\s*(?=\d)", r"\1 -> ", text)  # 12wpm > 25wpm is a step, > 25 a bound.
    text = re.sub(r"(?<!-)>\s*(?=\d)", "more than ", text)
    text = re.sub(r"(?<=[a-z0-9,] )May\b|\bMay(?= (?:\d|PEP|mock|half|exam|review))", "zmay", text)
    text = text.lower()
    text = MAY.sub("zmay", text)
    text = text.replace("&", " and ").replace("per cent", "percent").replace("may_", "may")
    text = re.sub(r"\s*[\r\n]+\s*", ". ", text.strip())
    text = LEAD.sub("", re.sub(r"\s+", " ", text).strip())
    text = re.sub(r"[a-z/']+", lambda found: right(found[0]), text)
    text = re.sub(r"(?<=\bat )mo(?= |$|[,.;])", "moment", text)
    text = re.sub(r"\b(baseline|currently|now|start|target) \(([^)]{1,25})\)\s?:?", r"\1 \2 ", text)
    text = re.sub(r"\b(?:one|1)[- ](?:to|2)[- ](?:one|1)\b|\b1-1\b|\b1to1\b", "1:1", text)
    return re.sub(r"\bform (?=\d)", "from ", numbers(text))


def right(word: str) -> str:
    """The word, with a slip put right."""
    if word in OTHERWISE:
        return OTHERWISE[word]
    if len(word) < 6 or word in wording.words("often_misspelt") or "'" in word or "/" in word:
        return word
    return next((known for known in wording.lists()["often_misspelt"] if known[0] == word[0] and _one_slip(word, known)), word)


def _one_slip(word: str, known: str) -> bool:
    """Whether one letter was added, left out or changed, or two neighbours changed places. A plural or another tense is no slip."""
    if (
        abs(len(word) - len(known)) > 1
        or word[-2:] in ("ed", "ng") != (known[-2:] in ("ed", "ng"))
        or word.rstrip("s") == known.rstrip("s")
    ):
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    left, right_ = word[start:], known[start:]
    if start >= min(len(word), len(known)):
        return False
    return left[1:] == right_ or left == right_[1:] or left[1:] == right_[1:] or (left[:2][::-1] == right_[:2] and left[2:] == right_[2:])


def numbers(text: str) -> str:
    """Number words as digits: thirty-one is 31. One-to-one, two-step and the like stay."""
    tens, small = "|".join(TENS), "|".join(SMALL)
    text = re.sub(rf"\b({tens})[- ]({'|'.join(list(SMALL)[1:10])})\b(?!-\w)", lambda found: str(TENS[found[1]] + SMALL[found[2]]), text)
    text = re.sub(r"\b(?:a|one) hundred\b", "100", text)
    text = re.sub(r"\ba dozen\b", "12", text)
    text = re.sub(r"\bhalf of (?=the|his|her|their|all|lessons|days)", "50% of ", text)
    text = re.sub(r"\bhalf the (?=time|lessons|days|words|questions)", "50% of the ", text)
    text = re.sub(r"\b(?:three quarters|3 quarters) of\b", "75% of", text)
    text = re.sub(r"\ba quarter of\b", "25% of", text)

    def digit(found: re.Match[str]) -> str:
        return str({**TENS, **SMALL}[found[1]])

    joined = r"(?!-(?!\d|minute|week|hour|day|word|sentence|month))"
    names = r"(?! (?:another|day\b(?! (?:out|in|of|a|per)\b)|of the most))"
    return re.sub(rf"\b({tens}|{small})\b{joined}{names}", digit, text)
