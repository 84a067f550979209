"""Tests of words: how alike two texts are, whether words read as a child's own, and words that say nothing or hurt."""

import re

from virtualschool.plans import wording

FIRST_PERSON = {"i", "i'm", "im", "i'd", "i'll", "i've", "ive", "me", "my", "mine", "we", "our", "us", "myself"}
REASON = re.compile(r"\b(?:because|as|since|due to|so that|instead)\b")


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.casefold().replace("’", "'"))


def alike(text: str, other: str) -> float:
    """The share of the text's runs of three words that the other has too; of shorter texts, 1 where they are the same."""
    mine, others = words_of(text), words_of(other)
    runs = {tuple(mine[place : place + 3]) for place in range(len(mine) - 2)}
    if not runs:
        return float(mine == others and bool(mine))
    return len(runs & {tuple(others[place : place + 3]) for place in range(len(others) - 2)}) / len(runs)


def own_words(text: str) -> str:
    """'' where a text reads as the child's own; else why it does not."""
    found = words_of(text)
    if wording.says_nothing(text) or not found:
        return "it says nothing"
    lowered = text.casefold().replace("’", "'")
    if re.search(r"\b(?:declined|refused|did not want)\b", lowered) and not REASON.search(lowered):
        return "it says that the child declined, without a reason"
    quoted = re.search(r"[\"“][^\"”]{4,}[\"”]|(?<!\w)'[^']{6,}'(?!\w)", text)
    if wording.whole_words("adult_phrases").search(lowered) and not quoted:
        return "an adult speaks of the child"
    if len(found) >= 8 and not FIRST_PERSON & set(found) and not quoted:
        return "there is no I, me or my in it"
    return ""


def says_nothing_in(text: str) -> bool:
    """Whether a text is a placeholder, or holds one in the place of words."""
    return wording.says_nothing(text) or bool(
        re.search(r"\b(?:tbc|tba|see above|as before|as above|to be confirmed|lorem ipsum)\b", text.casefold())
    )
