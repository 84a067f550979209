"""A target cut into clauses, each with its part: where the child is now (baseline) or what is wanted (target)."""

import itertools
import re
from dataclasses import dataclass, field

from virtualschool.plans import wording
from virtualschool.plans.moments import Moment, moments
from virtualschool.plans.quantities import Quantity, blanked, quantities
from virtualschool.plans.spelling import plain

TARGET, BASELINE = "target", "baseline"
CUTS = re.compile(r"[;()\[\]\n!?]|\.(?=\s|$)|:(?=\s|$)|,(?=\s|$)|\s-+\s|->|\|")
TURNS = re.compile(rf"\b(?={wording.either('turning')})|\b(?=now\b)(?<!until )(?<!from )(?<!between )(?<!by )(?<!to )")
FROM = re.compile(
    rf"\b(?=from (?:{wording.either('between_from_and_amount')} )*(?:[£#]|\d|none|nil|zero|never|every|no\b|daily|once|twice))"
)
RISEN = re.compile(r"\b(?:up|down|rising|increase|improve)\s$")
STARTS_FROM = re.compile(r"\s*(?:(?:up|down|rising|risen|increase|improving) )?from\b")
HEADED = re.compile(rf"{wording.either('headings')}\s*(?:[\w/#' ]{{0,14}})$")
PRESENT = re.compile(rf"\b{wording.either('present_verbs')}\b")
BEGINS = re.compile(rf"^(?:to )?{wording.either('beginnings')}\b")
CHECKED = re.compile(rf"(?:as )?{wording.either('checked')}\b")
CHANGES = re.compile(r"\b(?:increas|improv|rise|rising|rais|reduc|decreas|mov|grow|drop|build|extend|cut|go(?:es|ing)? )")
FIRM = re.compile(r"\b(?:will|should|target|goal|success|aim|wants? to|to be|'ll)\b")
OWN_STEP = re.compile(r"\b(?:writing|solving|reading|answering|scoring|spelling|naming|asking|getting)\b")
TELLS = re.compile(r"(?:he|she) (?:only |just |still |usually |often |mostly |always )?(?!is to|has to)[a-z]+(?:s|ed)\b(?! to\b)")
STRUGGLES = re.compile(r"(?:(?:he|she|\w+) )?(?:refuses|struggles|finds|fails|tends|avoids|takes|needs \d)\b")
ASIDE = (",", ";", "(", ".", "-")
FROM_NOTHING = re.compile(r"\s*from (?:not|never|hardly|rarely|being unable)\b")
SO_FAR = re.compile(r"(?:just |only )?\d+ (?:[a-z]+ ){0,2}this (?:half[- ]?)?(?:term|year|autumn|spring|summer)(?: term)?[ .]*")
JOINED = re.compile(
    r"(?: (?:[a-z]+|#+)){0,6} (?:up |down )?to (?:be |reach |become |rise to |fall to )?"
    r"(?:at least |at most |no more than |above |over |under |about )?"
)
LONGEST = 4000
"""Letters of a target that are read."""
SAME_KIND = {"ratio", "percent", "age", "band", "count"}


@dataclass
class Clause:
    """A stretch of the plain text. `opened_by` and `closed_by` are the sign or word before and after it."""

    start: int
    end: int
    text: str
    opened_by: str
    closed_by: str
    times: list[Moment] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    part: str = TARGET

    @property
    def levels(self) -> list[Quantity]:
        return [amount for amount in self.amounts if amount.is_level]

    @property
    def numbers(self) -> list[Quantity]:
        return [amount for amount in self.amounts if amount.kind != "words"]

    @property
    def has_deadline(self) -> bool:
        return any(moment.role == "deadline" for moment in self.times)

    @property
    def begins_as_target(self) -> bool:
        return bool(BEGINS.match(self.text))

    @property
    def wants(self) -> bool:
        """Whether it has a word that says what should be."""
        return bool(wording.pattern("target_cues").search(self.text)) or self.opened_by in ("->", "to")

    @property
    def firm(self) -> bool:
        """Whether it says plainly what is wanted, more than where the child is."""
        if FIRM.search(self.text):
            return True
        return self.has_deadline and (self.begins_as_target or (len(self.numbers) < 2 and bool(re.match(r"by\b|within\b", self.text))))


@dataclass(frozen=True)
class Reading:
    """A target as it is read: its plain text, clauses, times and amounts."""

    text: str
    clauses: list[Clause]
    times: list[Moment]
    amounts: list[Quantity]

    def of(self, part: str) -> list[Clause]:
        return [clause for clause in self.clauses if clause.part == part]


def read(target: str) -> Reading:
    """The target cut into clauses with their parts."""
    text = plain(target[:LONGEST])
    times = moments(text)
    amounts = quantities(text, times)
    clauses = cut(text, times, amounts)
    give_parts(clauses, text)
    return Reading(text, clauses, times, amounts)


# --- Cutting ---


def cut(text: str, times: list[Moment], amounts: list[Quantity]) -> list[Clause]:
    """The clauses of a text; no cut falls inside a time or an amount."""
    spans = [(moment.start, moment.end) for moment in times]
    spans += [(amount.start, amount.end) for amount in amounts if amount.kind != "words"]
    whole = blanked(text, spans)
    signs: list[tuple[int, int, str]] = []
    last = 0
    for match in CUTS.finditer(whole):
        sign = match[0].strip()
        if sign == ":" and belongs_to_next(text, last, match.start(), times, amounts):
            continue
        signs.append((match.start(), match.end(), sign))
        last = match.end()
    made: list[Clause] = []
    start, opened = 0, ""
    for begin, end, sign in [*signs, (len(text), len(text), "")]:
        made.extend(pieces(text, whole, start, begin, opened, sign, amounts))
        start, opened = end, sign
    made = [clause for clause in made if clause.text.strip(" .,")]
    for clause in made:
        clause.times = [moment for moment in times if clause.start <= moment.start < clause.end]
        clause.amounts = [amount for amount in amounts if clause.start <= amount.start < clause.end]
    return made


def belongs_to_next(text: str, start: int, end: int, times: list[Moment], amounts: list[Quantity]) -> bool:
    """Whether what stands before a colon is a heading of what follows: `Baseline: 22`, `Sept: 55`."""
    if any(moment.end == end and moment.start - start < 3 for moment in times):
        return True
    return not any(start <= amount.start < end for amount in amounts) and bool(HEADED.search(text[start:end].strip()))


def pieces(text: str, whole: str, start: int, end: int, opened: str, closed: str, amounts: list[Quantity]) -> list[Clause]:
    """One stretch between signs, cut again before words that turn to where the child is now, and between `from` and `to`."""
    points = [start]
    for match in TURNS.finditer(whole, start, end):
        # "16/25 at the moment" looks back: nothing follows it.
        own = 3 if whole.startswith("at the moment", match.start()) else 2 if whole.startswith("at present", match.start()) else 1
        behind = whole[points[-1] : match.start()].split()
        cue_alone = len(behind) == 1 and wording.pattern("baseline_cues").fullmatch(behind[0])
        if behind and not cue_alone and len(whole[match.start() : end].split()) > own:
            points.append(match.start())
    for match in FROM.finditer(whole, start, end):
        near = [one for one in amounts if match.start() < one.start < min(end, match.start() + 60)]
        pair = near and re.search(r" to | -> ", text[near[0].start : near[0].end])
        if near and not pair and whole[points[-1] : match.start()].strip() and not RISEN.search(whole[: match.start()]):
            points.append(match.start())
    points = sorted(set(points))
    made = []
    for place, point in enumerate(points):
        stop = points[place + 1] if place + 1 < len(points) else end
        if turns_back(whole[point:stop]):
            middle = where_it_goes_on(whole, point, stop, amounts)
        else:
            middle = pair_in(text, whole, amounts, point, stop) if place == 0 else None
        ends = [point, middle, stop] if middle else [point, stop]
        for number in range(len(ends) - 1):
            sign = opened if place == 0 and number == 0 else ("to" if number else "")
            shut = closed if ends[number + 1] == end else ("to" if number == 0 and middle else "")
            made.append(Clause(ends[number], ends[number + 1], text[ends[number] : ends[number + 1]].strip(), sign, shut))
    return made


def turns_back(piece: str) -> bool:
    return bool(STARTS_FROM.match(piece) or wording.pattern("baseline_cues").search(piece))


def where_it_goes_on(whole: str, start: int, stop: int, amounts: list[Quantity]) -> int | None:
    """The place of `to` between where the child is and where it should be: `from 3 | to 1 a week`, `from not reading | to reading 3`."""
    held = [one for one in amounts if start <= one.start < stop]
    if FROM_NOTHING.match(whole, start):
        step = re.compile(r" to (?=[a-z]+ing\b)").search(whole, start, stop)
        return step.start() if step and any(one.start > step.start() for one in held) else None
    first = next((one for one in held if one.kind != "words" or one.start - start < 12), None)
    later = first and re.search(r" (?:up to|down to|to|until)(?= |\b)", whole[first.end : stop])
    if first and later and any(first.end + later.start() <= one.start for one in held):
        return first.end + later.start()
    return None


def pair_in(text: str, whole: str, amounts: list[Quantity], start: int, stop: int) -> int | None:
    """Where the first of two amounts of one kind ends that are joined by `to`: `82% to 92%`. A range of plain numbers is no pair."""
    held = [amount for amount in amounts if start <= amount.start < stop and amount.kind in SAME_KIND]
    for first, second in itertools.pairwise(held):
        between = whole[first.end : second.start]
        told = first.kind != "count" or second.kind in ("percent", "age") or "#" in between or CHANGES.search(text[start : first.start])
        same = next_word(text, first) == next_word(text, second) != ""
        if (told or same) and JOINED.fullmatch(between):
            return first.end
    return None


def next_word(text: str, amount: Quantity) -> str:
    found = re.match(r"\s?([a-z]{3,})", text[amount.end :])
    return found[1] if found else ""


# --- Parts ---


def give_parts(clauses: list[Clause], text: str) -> None:
    """Say of each clause what it tells, the surest signs first."""
    for place, clause in enumerate(clauses):
        if tells_where_it_is(clause, clauses[:place], text):
            clause.part = BASELINE
    if any(clause.has_deadline for clause in clauses):
        for clause in clauses:
            if clause.part == TARGET and has_loose_time(clause) and not (clause.has_deadline or clause.wants or clause.begins_as_target):
                clause.part = BASELINE
    if not has_baseline(clauses) and (found := told_beside_what_is_wanted(clauses)):
        found.part = BASELINE
    if found := noted_in_brackets(clauses):
        found.part = BASELINE
    if not has_baseline(clauses) and not any(clause.has_deadline for clause in clauses):
        # Two times, neither of them marked: the first is when it is to be done, the second when it was measured.
        loose = [clause for clause in clauses if clause.levels and has_loose_time(clause)]
        if len(loose) > 1:
            loose[1].part = BASELINE
    for clause in clauses:
        leave_out_help(clause, text)


def tells_where_it_is(clause: Clause, earlier: list[Clause], text: str) -> bool:
    starts = re.match(r"(?:(?:up|down|rising) )?from\b", clause.text)
    if starts and any(" to " not in text[one.start : one.end] for one in clause.amounts[:1]):
        return True
    if clause.closed_by in ("->", "to") and clause.amounts:
        return True
    cue = wording.pattern("baseline_cues").search(clause.text)
    if cue and (cue.start() < 4 or not clause.firm) and not (cue[0] == "never" and clause.begins_as_target):
        return True
    if any(moment.role == "past" and moment.strong for moment in clause.times) and not clause.wants and clause.amounts:
        return True
    if earlier and clause.opened_by in ASIDE and not clause.wants and tells(clause):
        return True
    if clause.opened_by in ASIDE and SO_FAR.fullmatch(clause.text) and any(one.has_deadline and one.levels for one in earlier):
        return True  # "6 books by Easter, 1 this term": this term is that of the count.
    bracketed = (
        clause.opened_by in ("(", "[") and clause.numbers and not clause.wants and not re.search(r"\b(?:by|before|until)\b", clause.text)
    )
    return bool(bracketed) and alike(clause, earlier)


def tells(clause: Clause) -> bool:
    """Whether an aside tells how it is: "has done this for one week", "he labels two"."""
    if TELLS.match(clause.text) or re.match(rf"{wording.either('asides')}\b", clause.text):
        return True
    return bool(clause.numbers) and not clause.has_deadline and bool(re.match(rf"{wording.either('asides_with_a_number')}\b", clause.text))


def has_loose_time(clause: Clause) -> bool:
    return any(moment.role == "unmarked" and moment.strong for moment in clause.times)


def has_baseline(clauses: list[Clause]) -> bool:
    return any(clause.part == BASELINE for clause in clauses)


def told_beside_what_is_wanted(clauses: list[Clause]) -> Clause | None:
    """A clause that tells how it is ("knows 12 words") where another says what is wanted."""
    wanted = [
        one
        for one in clauses
        if one.part == TARGET and one.levels and (one.firm or one.has_deadline or (one.wants and not STRUGGLES.match(one.text)))
    ]
    if not wanted:
        return None
    for clause in clauses:
        if clause in wanted or clause.part != TARGET or not any(amount.is_level for amount in clause.numbers):
            continue
        if clause.begins_as_target or CHECKED.match(clause.text):
            continue
        if PRESENT.search(clause.text) or clause.opened_by in (":", "", ".", ";", "(", "-"):
            return clause
    return None


def noted_in_brackets(clauses: list[Clause]) -> Clause | None:
    """What a note in brackets calls the baseline: `48 words a minute (baseline, October) to 75`."""
    for before, clause in itertools.pairwise(clauses):
        if clause.part == BASELINE and clause.opened_by == "(" and not clause.amounts and before.numbers:
            after = next((one for one in clauses[clauses.index(clause) :] if one.opened_by == ")"), None)
            if after is not None and after.levels and re.match(r"(?:up |down )?to\b", after.text):
                return before
    return None


def leave_out_help(clause: Clause, text: str) -> None:
    """Take from a target the amounts of help: `through 3 sessions a week` is no level of success."""
    if clause.part != TARGET or not (found := wording.pattern("help_opening").search(clause.text)):
        return
    at = clause.start + text[clause.start : clause.end].find(found[0])
    clause.amounts = [one for one in clause.amounts if one.start < at or OWN_STEP.search(text[at : one.start])]


def alike(clause: Clause, earlier: list[Clause]) -> bool:
    """Whether an earlier clause has an amount of the same kind."""
    kinds = {amount.kind for amount in clause.numbers} & SAME_KIND
    return any(amount.kind in kinds for other in earlier for amount in other.amounts)
