"""A target cut into clauses, each with its part: where the child is now, what is wanted, or how it will be helped."""

import re
from dataclasses import dataclass, field

from virtualschool.plans import wording
from virtualschool.plans.moments import Moment, moments
from virtualschool.plans.quantities import Quantity, blanked, quantities
from virtualschool.plans.spelling import plain

CUTS = re.compile(r"[;()\[\]\n!?]|\.(?=\s|$)|:(?=\s|$)|,(?=\s|$)|\s-+\s|->|\|")
INSIDE = re.compile(
    r"\b(?=(?:(?:up|down|rising|risen) from|(?:instead of|rather than) (?:the |a |just |only |about )*(?:[£#\d]|none|nil|every)|compared (?:with|to)|as opposed to|in place of|"
    r"where (?:at|now|it|he|she|they|currently)|currently|presently|at present|at the moment|which (?:is|was)|having (?:scored|been|had|got|managed|achieved)|versus|vs\b|but\b|whereas|while (?:at|now|currently)|"
    r"(?:he|she|they|it) (?:is|was|can|has|had|got|gets|knows|knew|scored|now)\b|when (?:he|she|they) (?:was|had)|in comparison))"
    r"|\b(?=now\b)(?<!until )(?<!from )(?<!between )(?<!by )(?<!to )"
)
FROM = re.compile(
    r"\b(?=from (?:(?:an?|the|only|just|about|around|approximately|average|of|his|her|their|current|baseline|reading|spelling|age|score|level|total|at|as|low|high|"
    r"having|it|in|being|on|taking|currently|roughly|nearly|under|over|between|ra) )*(?:[£#]|\d|none|nil|zero|never|every|no\b|daily|once|twice))"
)
HEADED = re.compile(
    r"(?:baselin\w*|start(?:ing)?(?: point| level| position)?|current(?:ly| grade| level| score)?|now|target(?: grade| for \w+ \w+)?|goal|success(?: criteria)?|aim|outcome|today|before|at present|\w+ (?:baseline|score))\s*(?:[\w/#' ]{0,14})$"
)
BASE_VERB = re.compile(r"^(?:(?:and|then|also|x|yp|will|to|he|she|they|\w{1,10}) (?:will |to |can |should )?)?(?:[a-z]+)\b")
PRESENT = re.compile(
    r"\b(?:knows|has|can|gets|takes|sits|counts|plays|does|is|are|needs|refuses|hits|argues|leaves|reads|spells|writes|uses|attends|arrives|swears|"
    r"makes|forgets|manages|goes|runs|shouts|speaks|says|comes|averages|scores|recalls|stays|eats|sleeps|wakes|brings|misses|walks|calls|shows|\w{3,}ed|went|took|made|did|ran|came|knew|wrote|read|forgot)\b"
)
IMPERATIVE = re.compile(
    r"^(?:to )?(?:read|spell|write|recall|count|add|subtract|multiply|divide|solve|score|attend|arrive|use|say|name|know|learn|reduce|increase|raise|improve|stay|sit|follow|"
    r"answer|complete|hand|bring|join|play|swim|run|have|be|keep|save|cook|eat|brush|drink|swap|go|visit|apply|identify|recognise|blend|hold|put|tell|ask|speak|walk|travel|"
    r"get|achieve|reach|earn|gain|make|build|cut|halve|double|move|take|show|listen|concentrate|work|finish|revise|practise|record|rate|accept|share|manage|no|zero|fewer|less|more|"
    r"at least|up|sleep|fall|pack|type|understand|secure|pass|include|hit|find|match|order|retell|draw|throw|catch|leave|remain|enter|separate|wait|greet|respond|talk|explain|describe|state|list|do|give|maintain|start|stop|avoid|limit|keep)\b"
)
SAME_KIND = {"ratio", "percent", "age", "band", "count"}


@dataclass
class Clause:
    start: int
    end: int
    text: str
    opened_by: str
    """The sign or word that it follows."""
    closed_by: str
    times: list[Moment] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    part: str = "target"
    """target, baseline or help."""

    @property
    def levels(self) -> list[Quantity]:
        return [amount for amount in self.amounts if amount.is_level]

    @property
    def numbers(self) -> list[Quantity]:
        return [amount for amount in self.amounts if amount.kind != "words"]

    @property
    def has_deadline(self) -> bool:
        return any(moment.role == "deadline" for moment in self.times)


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
    text = plain(target)
    times = moments(text)
    amounts = quantities(text, times)
    clauses = cut(text, times, amounts)
    give_parts(clauses, text)
    return Reading(text, clauses, times, amounts)


def cut(text: str, times: list[Moment], amounts: list[Quantity]) -> list[Clause]:
    """The clauses of a text; no cut falls inside a time or an amount."""
    whole = blanked(text, [(span.start, span.end) for span in (*times, *(one for one in amounts if one.kind != "words"))])
    places: list[tuple[int, int, str]] = []
    last = 0
    for match in CUTS.finditer(whole):
        sign = match[0].strip()
        before = text[last : match.start()].strip()
        heads = sign == ":" and not any(last <= amount.start < match.start() for amount in amounts) and HEADED.search(before)
        months = sign == ":" and any(moment.end == match.start() and moment.start - last < 3 for moment in times)
        if heads or months:
            continue
        places.append((match.start(), match.end(), sign))
        last = match.end()
    pieces: list[Clause] = []
    start, opened = 0, ""
    for begin, end, sign in [*places, (len(text), len(text), "")]:
        pieces.extend(inner(text, whole, start, begin, opened, sign, amounts))
        start, opened = end, sign
    made = [piece for piece in pieces if piece.text.strip(" .,")]
    for clause in made:
        clause.times = [moment for moment in times if clause.start <= moment.start < clause.end]
        clause.amounts = [amount for amount in amounts if clause.start <= amount.start < clause.end]
    return made


def inner(text: str, whole: str, start: int, end: int, opened: str, closed: str, amounts: list[Quantity]) -> list[Clause]:
    """One piece between signs, cut again before words that turn to where the child is now, and after `from … to`."""
    points = [start]
    for match in INSIDE.finditer(whole, start, end):
        ahead, behind = whole[match.start() : end].split(), whole[points[-1] : match.start()].strip()
        if behind and len(ahead) > (
            3 if whole.startswith("at the moment", match.start()) else 2 if whole.startswith("at present", match.start()) else 1
        ):
            points.append(match.start())
    for match in FROM.finditer(whole, start, end):
        if any(
            (match.start() < amount.start < min(end, match.start() + 45)
            and amount.kind != "words")
            or match.start() < amount.start < match.start() + 10
            for amount in amounts
        ):
            if whole[points[-1] : match.start()].strip() and not re.search(
                r"\b(?:up|down|rising|increase|improve)\s$", whole[: match.start()]
            ):
                points.append(match.start())
    points = sorted(set(points))
    made = []
    for place, point in enumerate(points):
        stop = points[place + 1] if place + 1 < len(points) else end
        ends = [point]
        if turns(whole[point:stop]):
            first = next(
                (amount for amount in amounts if point <= amount.start < stop and (amount.kind != "words" or amount.start - point < 12)),
                None,
            )
            later = first and re.search(r" (?:up to|down to|to|until)(?= |\b)", whole[first.end : stop])
            if first and later and any(first.end + later.start() <= amount.start < stop for amount in amounts):
                ends.append(first.end + later.start())
        elif place == 0:
            # "82% to 92%", "14/40 to 26/40": a pair without "from".
            pair = pair_in(text, whole, amounts, point, stop)
            if pair:
                ends.append(pair)
        ends.append(stop)
        for number in range(len(ends) - 1):
            sign = opened if place == 0 and number == 0 else ("to" if number else "")
            shut = closed if ends[number + 1] == end else ("to" if number == 0 and len(ends) > 2 else "")
            made.append(Clause(ends[number], ends[number + 1], text[ends[number] : ends[number + 1]].strip(), sign, shut))
    return made


def turns(piece: str) -> bool:
    return bool(
        re.match(r"\s*(?:(?:up|down|rising|risen|increase|improving) )?from\b", piece) or wording.pattern("baseline_cues").search(piece)
    )


def pair_in(text: str, whole: str, amounts: list[Quantity], start: int, stop: int) -> int | None:
    """Where the first of two amounts of one kind ends that are joined by `to`; a range of plain numbers is no pair."""
    held = [amount for amount in amounts if start <= amount.start < stop and amount.kind in SAME_KIND]
    for first, second in zip(held, held[1:], strict=False):
        between = whole[first.end : second.start]
        joined = re.fullmatch(
            r"(?: (?:[a-z]+|#+)){0,6} (?:up |down )?to (?:at least |at most |no more than |above |over |under |about )?", between
        )
        if joined and (
            first.kind in ("percent", "age", "band", "ratio")
            or second.kind in ("percent", "age")
            or "#" in between
            or CHANGES.search(text[start : first.start])
        ):
            return first.end
    return None


CHANGES = re.compile(r"\b(?:increas|improv|rise|rising|rais|reduc|decreas|mov|grow|drop|build|extend|cut|go(?:es|ing)? )")


def give_parts(clauses: list[Clause], text: str) -> None:
    """Say of each clause what it tells."""
    marked = any(clause.has_deadline for clause in clauses)
    for place, clause in enumerate(clauses):
        cue = wording.pattern("baseline_cues").search(clause.text)
        wants = wants_something(clause)
        begins = bool(re.match(r"(?:(?:up|down|rising) )?from\b", clause.text)) and any(
            " to " not in text[one.start : one.end] for one in clause.amounts[:1]
        )
        if begins or (clause.closed_by in ("->", "to") and clause.amounts) or (cue and (cue.start() < 4 or not firm(clause)) and not (cue[0] in ("never",) and IMPERATIVE.match(clause.text))) or (any(moment.role == "past" and moment.strong for moment in clause.times) and not wants and clause.amounts) or (clause.opened_by in ("(", "[") and clause.numbers and not wants and not clause.has_deadline and alike(clause, clauses[:place])):
            clause.part = "baseline"
    for clause in clauses:
        loose = any(moment.role == "unmarked" and moment.strong for moment in clause.times)
        if (
            clause.part == "target"
            and loose
            and marked
            and not clause.has_deadline
            and not wants_something(clause)
            and not IMPERATIVE.match(clause.text)
        ):
            clause.part = "baseline"
    wanted = [
        clause
        for clause in clauses
        if clause.part == "target" and clause.levels and (firm(clause) or clause.has_deadline or wants_something(clause))
    ]
    if wanted and not any(clause.part == "baseline" for clause in clauses):
        for clause in clauses:
            if (
                clause.part == "target"
                and clause not in wanted
                and any(amount.is_level for amount in clause.numbers)
                and not IMPERATIVE.match(clause.text)
                and not CHECKED.match(clause.text)
                and (PRESENT.search(clause.text) or clause.opened_by in (":", "", ".", ";", "(", "-"))
            ):
                clause.part = "baseline"
                break
    for clause, before, after in zip(clauses[1:], clauses, clauses[2:], strict=False):
        # "48 words a minute (baseline, October) to 75": the note in brackets is about what stands before it.
        if clause.part == "baseline" and clause.opened_by == "(" and not clause.amounts and before.numbers:
            later = next((one for one in [after, *clauses[clauses.index(after) :]] if one.closed_by != ")" and one.opened_by == ")"), None)
            if later is not None and later.levels and re.match(r"(?:up |down )?to\b", later.text):
                before.part = "baseline"
    if not any(clause.part == "baseline" for clause in clauses):
        # Two times, neither of them marked: the first is when it is to be done, the second when it was measured.
        loose_ones = [clause for clause in clauses if clause.levels and any(one.role == "unmarked" and one.strong for one in clause.times)]
        if len(loose_ones) > 1 and not marked:
            loose_ones[1].part = "baseline"
    helps = wording.pattern("help_opening")
    for clause in clauses:
        if clause.part == "target" and (found := helps.search(clause.text)):
            at = clause.start + text[clause.start : clause.end].find(found[0])
            ahead = [amount for amount in clause.amounts if amount.start < at]
            if len(ahead) < len(clause.amounts):
                clause.amounts = [amount for amount in clause.amounts if amount.start < at or writes_more(text[at : amount.start])]


CHECKED = re.compile(
    r"(?:as )?(?:checked|measured|recorded|logged|tested|tallied|assessed|monitored|tracked|observed|counted|timed|evidenced|shown|seen)\b"
)


def writes_more(between: str) -> bool:
    """Whether what stands after `by` or `through` is the pupil's own step rather than help given."""
    return bool(re.search(r"\b(?:writing|solving|reading|answering|scoring|spelling|naming|asking)\b", between))


def firm(clause: Clause) -> bool:
    """Whether a clause says plainly that it is what is wanted, more than where the child is."""
    return bool(re.search(r"\b(?:will|should|target|goal|success|aim|wants? to|to be|'ll)\b", clause.text)) or bool(
        clause.has_deadline and (IMPERATIVE.match(clause.text) or (len(clause.numbers) < 2 and re.match(r"by\b|within\b", clause.text)))
    )


def wants_something(clause: Clause) -> bool:
    return bool(wording.pattern("target_cues").search(clause.text)) or clause.opened_by in ("->", "to")


def alike(clause: Clause, earlier: list[Clause]) -> bool:
    """Whether an earlier clause has an amount of the same kind."""
    kinds = {amount.kind for amount in clause.numbers}
    return any(amount.kind in kinds & SAME_KIND for other in earlier for amount in other.amounts)
