"""The premium as pages show it: the ledger of a year, requests, payments, one child's money, programmes, and conditions of the grant."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import VirtualSchoolError
from virtualschool.plans import premium as rules
from virtualschool.plans.calendars import WORKING_DAYS
from virtualschool.plans.premium import Allocation, Ledger, Line, pounds, purposes
from virtualschool.web import children, clock
from virtualschool.web.actions import premium_policy as policies
from virtualschool.web.children import Child
from virtualschool.web.models import PremiumEffect, PremiumGrant, PremiumLine, PremiumProgramme, PremiumRequest, PremiumShare
from virtualschool.web.models.premium import APPROVED, ASKED, DECLINED, KNOWN, PAID, STATES, STRANDS, WHERE
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.children_changes import school_names
from virtualschool.web.templatetags.words import day as in_words

DECIDE_IN, PAY_IN = 5, 20
"""Working days from a request to the decision, and from there to the payment, after which it is pointed out; ours."""
EFFECT_IN = datetime.timedelta(days=84)
"""How long after a payment its effect is asked for: twelve weeks, about a term; ours."""
TAGS = {ASKED: "yellow", APPROVED: "blue", DECLINED: "grey", PAID: "purple", KNOWN: "green"}
NOBODY = "For a cohort"
KEPT = "Of children whose record you may not see"


# --- Years and ledgers ---


def years(la: str) -> list[str]:
    """The financial years with a grant or a payment, and that of today, the newest first."""
    found = set(PremiumGrant.objects.filter(la=la).order_by().values_list("financial_year", flat=True).distinct())
    found |= set(PremiumLine.objects.filter(la=la).order_by().values_list("financial_year", flat=True).distinct())
    return sorted({*found, rules.financial_year_of(clock.today())}, reverse=True)


def year_of(la: str, asked: str) -> str:
    """The year that is asked for, where it is one of the ledger's; else that of today."""
    return asked if asked in years(la) else rules.financial_year_of(clock.today())


def grants(la: str, year: str) -> dict[str, PremiumGrant]:
    """The grant of each strand as it stands: the newest row counts."""
    return {one.strand: one for one in PremiumGrant.objects.filter(la=la, financial_year=year).order_by("made", "pk")}


def ledgers(la: str, year: str) -> dict[str, Ledger]:
    """The ledger of each strand that has money in or out in a year, in the order of the strands."""
    held = grants(la, year)
    lines: dict[str, list[Line]] = defaultdict(list)
    parts: dict[int, list[str]] = defaultdict(list)
    for line, token in PremiumShare.objects.filter(la=la, line__financial_year=year).values_list("line", "token"):
        parts[line].append(token)
    for one in PremiumLine.objects.filter(la=la, financial_year=year).order_by("on", "pk"):
        row = Line(
            one.reference,
            one.on,
            one.pence,
            one.strand,
            one.where,
            one.purpose,
            tuple(sorted(parts[one.pk])),
            one.target,
            one.school,
            str(one.request_id or ""),  # type: ignore[attr-defined]
        )
        lines[one.strand].append(row)
    start = rules.start_of(year)
    asked: dict[str, list[rules.Request]] = defaultdict(list)
    for waiting in PremiumRequest.objects.filter(
        la=la, state__in=(ASKED, APPROVED, PAID), asked_on__gte=start - datetime.timedelta(days=92)
    ):
        of = rules.financial_year_of(waiting.paid_on or max(waiting.asked_on, start))
        if of == year:
            asked[waiting.strand].append(
                rules.Request(
                    str(waiting.pk),
                    "",
                    waiting.target,
                    waiting.pence,
                    waiting.purpose,
                    waiting.asked_on,
                    waiting.state,
                    paid_on=waiting.paid_on,
                )
            )
    made = {}
    for strand in STRANDS:
        if strand in held or lines[strand] or asked[strand]:
            grant = held.get(strand)
            made[strand] = Ledger(
                allocation(year, strand, grant), tuple(lines[strand]), tuple(asked[strand]), grant.planned if grant else 0
            )
    return made


def allocation(year: str, strand: str, grant: PremiumGrant | None) -> Allocation:
    if grant is None:
        return Allocation(year, strand, 0, 0)
    return Allocation(
        year,
        strand,
        grant.pence_a_child or 0,
        (grant.final_children or 0) if grant.provisional_children is None else grant.provisional_children,
        grant.final_children,
        grant.provisional_pence if grant.provisional_pence is not None or grant.final_pence is None else grant.final_pence,
        grant.final_pence,
    )


@dataclass(frozen=True)
class StrandRow:
    """One strand of a year as the ledger's page shows it."""

    strand: str
    words: str
    ledger: Ledger
    grant: PremiumGrant | None
    rate: rules.Rate | None

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """What stands in the summary: words, amount, and a note."""
        ledger, allocation = self.ledger, self.ledger.allocation
        grant = self.grant
        made = []
        if grant is not None and grant.provisional_pence is None and grant.final_pence is None:
            each = f"{pounds(allocation.pence_a_child)} a child"
            made.append(("Provisional", pounds(allocation.provisional), f"{allocation.provisional_children} children, {each}"))
            if allocation.final is not None:
                made.append(("Final", pounds(allocation.final), f"{allocation.final_children} children, {each}"))
        else:
            made.append(("Provisional", pounds(allocation.provisional), "" if grant else "no grant is entered"))
            if allocation.final is not None:
                made.append(("Final", pounds(allocation.final), ""))
        if allocation.variance is not None:
            made.append(("Final less provisional", pounds(allocation.variance), ""))
        made += [
            ("Devolved to schools", pounds(ledger.paid("devolved")), self._share(ledger.paid("devolved"))),
            ("Held and spent centrally", pounds(ledger.paid("central")), self._share(ledger.paid("central"))),
            ("Approved and not paid", pounds(ledger.committed), ""),
            ("Not committed", pounds(ledger.uncommitted), ""),
            ("Planned besides", pounds(ledger.planned), ""),
            ("Forecast of what is paid by 31 March", pounds(ledger.forecast), ""),
            *self._left(),
        ]
        if ledger.overspent:
            made.append(("Paid beyond the grant", pounds(ledger.overspent), ""))
        return made

    def _left(self) -> list[tuple[str, str, str]]:
        """What is left at the year's end: of a grant it goes back."""
        ledger = self.ledger
        if self.strand not in rules.RETURNED:
            return [("Left at the year's end by the forecast", pounds(ledger.forecast_clawback), "")]
        return [
            ("Would go back by the forecast", pounds(ledger.forecast_clawback), "nothing is carried past the year"),
            ("Would go back if nothing more is paid", pounds(ledger.clawback), ""),
        ]

    def _share(self, pence: int) -> str:
        from virtualschool.publish.rounding import percent

        paid = self.ledger.paid()
        return f"{percent(pence, paid)}% of what is paid" if paid > 0 else ""


def strand_rows(la: str, year: str) -> list[StrandRow]:
    held = grants(la, year)
    return [
        StrandRow(strand, STRANDS[strand], ledger, held.get(strand), rules.rates().get((strand, year)))
        for strand, ledger in ledgers(la, year).items()
    ]


def alerts(found: Iterable[StrandRow], today: datetime.date) -> list[str]:
    return [f"{row.words}: {text}" for row in found for text in row.ledger.alerts(today)]


# --- Conditions of the grant ---


@dataclass(frozen=True)
class Condition:
    """A condition of the grant, held against the ledger: what was found, and whether it is kept."""

    name: str
    words: str
    found: str
    kept: bool


def conditions(la: str, year: str) -> list[Condition]:
    """The conditions that a ledger can show, for the year's money for looked-after children."""
    lines = list(PremiumLine.objects.filter(la=la, financial_year=year, strand="looked_after", pence__gt=0).prefetch_related("shares"))
    start, today = rules.start_of(year), clock.today()
    asked = list(PremiumRequest.objects.filter(la=la, asked_on__gte=start, asked_on__lt=start.replace(year=start.year + 1)))
    loose = sum(not line.target and not line.cohort for line in lines)
    waits = [WORKING_DAYS.between(one.asked_on, one.decided_on) for one in asked if one.decided_on]
    late = sum(one.state == ASKED and WORKING_DAYS.between(one.asked_on, today) > DECIDE_IN for one in asked)
    due = [(line.pk, share.token) for line in lines if line.on + EFFECT_IN <= today for share in line.shares.all()]  # type: ignore[attr-defined]
    known = set(PremiumEffect.objects.filter(la=la, line__financial_year=year).values_list("line", "token"))
    open_ = sum(one not in known for one in due)
    doubtful = sum(bool(purposes()[line.purpose].other_budget) for line in lines)
    silent = sum(not one.child_said.strip() for one in asked)
    middle = sorted(waits)[len(waits) // 2] if waits else None
    held = ledgers(la, year).get("looked_after")
    left = held.uncommitted if held else 0
    return [
        Condition(
            "PPP-02",
            "Every payment helps a target of a plan, or a cohort that is named",
            _of(loose, len(lines), "payments name neither"),
            not loose,
        ),
        Condition(
            "PPP-04",
            "No delay from request to decision",
            (f"Half were decided within {middle} working days. " if middle is not None else "Nothing was decided yet. ")
            + (f"{late} wait longer than {DECIDE_IN}." if late else "None waits too long."),
            not late,
        ),
        Condition("PPP-05", "All of it is spent in the year", f"{pounds(left)} is neither paid nor approved.", left <= 0),
        Condition(
            "PPP-06",
            "The effect of every payment is known, twelve weeks after it",
            _of(open_, len(due), "children's parts of payments have no effect on record"),
            not open_,
        ),
        Condition(
            "PPP-07",
            "No double funding",
            _of(doubtful, len(lines), "payments are of a kind that another budget may owe: a person looks twice"),
            not doubtful,
        ),
        _policy(la),
        Condition("PPP-11", "The child's view on the support is recorded", _of(silent, len(asked), "requests do not have it"), not silent),
    ]


def _policy(la: str) -> Condition:
    words, found = "The allocation policy is published, the share kept included", policies.current(la)
    if found is None:
        return Condition("PPP-08", words, "No policy is published here.", False)
    late = f" It was to be looked at again by {in_words(found.review_on)}." if found.review_on < clock.today() else ""
    said = f"Version {found.version}, published on {in_words(found.published_on)}: {found.devolved}% goes to schools."
    return Condition("PPP-08", words, f"{said}{late}", not late)


def _of(number: int, of: int, words: str) -> str:
    return f"{number} of {of} {words}." if of else "There is nothing yet to look at."


# --- Requests ---


@dataclass(frozen=True)
class Asked:
    """A request as lists show it. `child` is None where the viewer may not see the child."""

    request: PremiumRequest
    child: Child
    school: str
    today: datetime.date

    @property
    def amount(self) -> str:
        return pounds(self.request.pence)

    @property
    def purpose(self) -> str:
        return purposes()[self.request.purpose].words

    @property
    def tag(self) -> str:
        return TAGS[self.request.state]

    @property
    def waits(self) -> int:
        """Working days since it was asked, or since it was approved."""
        since = {ASKED: self.request.asked_on, APPROVED: self.request.decided_on}.get(self.request.state)
        return WORKING_DAYS.between(since, self.today) if since else 0

    @property
    def is_late(self) -> bool:
        return self.waits > {ASKED: DECIDE_IN, APPROVED: PAY_IN}.get(self.request.state, self.waits)


def seen(viewer: Viewer) -> dict[tuple[str, str], Child]:
    """The children whose money this viewer may see, by authority and token."""
    return {(child.la, child.token): child for child in children.of(viewer) if child.kinds is None or "premium" in child.kinds}


def requests(viewer: Viewer, state: str = "") -> list[Asked]:
    """Requests for the children that a viewer sees: what waits longest for something first, then the newest."""
    known, names, today = seen(viewer), school_names(), clock.today()
    found = PremiumRequest.objects.filter(la__in={la for la, _ in known})
    if state:
        found = found.filter(state=state)
    rows = [
        Asked(one, known[one.la, one.token], names.get(one.school, one.school), today)
        for one in found.order_by("asked_on", "pk")
        if (one.la, one.token) in known
    ]
    order = [ASKED, APPROVED, PAID, KNOWN, DECLINED]
    return sorted(rows, key=lambda one: order.index(one.request.state))


def counted(found: Iterable[Asked]) -> list[tuple[str, str, int]]:
    number: dict[str, int] = defaultdict(int)
    for one in found:
        number[one.request.state] += 1
    return [(state, words, number[state]) for state, words in STATES.items() if number[state]]


# --- Payments ---


@dataclass(frozen=True)
class Paid:
    """A payment as lists show it, with the names of the children that the viewer may see and how many others it is for.

    Of one that is only for others neither target, words nor school are told, which would say who they are.
    """

    line: PremiumLine
    names: list[Child]
    hidden: int
    school: str

    @property
    def is_kept(self) -> bool:
        return bool(self.hidden) and not self.names

    @property
    def amount(self) -> str:
        return pounds(self.line.pence)

    @property
    def purpose(self) -> str:
        return purposes()[self.line.purpose].words


def payments(viewer: Viewer, year: str, **wanted: str) -> list[Paid]:
    """Payments of a year, the newest first. `wanted` narrows them by strand, where or purpose."""
    known, names = seen(viewer), school_names()
    found = PremiumLine.objects.filter(la=viewer.la, financial_year=year, **{name: value for name, value in wanted.items() if value})
    made = []
    for line in found.order_by("-on", "-pk").prefetch_related("shares").select_related("programme"):
        whose = [share.token for share in line.shares.all()]  # type: ignore[attr-defined]
        here = [known[line.la, token] for token in whose if (line.la, token) in known]
        paid = Paid(line, sorted(here, key=lambda one: one.name.casefold()), len(whose) - len(here), names.get(line.school, line.school))
        if paid.is_kept:
            line.target = line.what = line.school = ""
            paid = Paid(line, [], paid.hidden, "")
        made.append(paid)
    return made


# --- One child's money ---


@dataclass(frozen=True)
class Part:
    """A child's part of a payment, with the newest word on what it did."""

    share: PremiumShare
    effect: PremiumEffect | None

    @property
    def amount(self) -> str:
        return pounds(self.share.pence)

    @property
    def purpose(self) -> str:
        return purposes()[self.share.line.purpose].words

    @property
    def is_shared(self) -> bool:
        return self.share.pence != self.share.line.pence


def of_child(child: Child) -> dict[str, Any]:
    """Everything about one child's money: parts of payments by year, requests, and programmes."""
    own = {"la": child.la, "token": child.token}
    effects: dict[int, PremiumEffect] = {}
    for one in PremiumEffect.objects.filter(**own).order_by("made", "pk"):
        effects[one.line_id] = one  # type: ignore[attr-defined]
    parts = [
        Part(share, effects.get(share.line_id))  # type: ignore[attr-defined]
        for share in PremiumShare.objects.filter(**own).select_related("line", "line__programme").order_by("-line__on", "-line__pk")
    ]
    totals: dict[str, int] = defaultdict(int)
    for part in parts:
        totals[part.share.line.financial_year] += part.share.pence
    asked = PremiumRequest.objects.filter(**own).order_by("-asked_on", "-pk")
    names = school_names()
    return {
        "parts": parts,
        "totals": [(year, pounds(pence)) for year, pence in sorted(totals.items(), reverse=True)],
        "requests": [Asked(one, child, names.get(one.school, one.school), clock.today()) for one in asked],
    }


# --- Spend in sum ---


@dataclass(frozen=True)
class Sum:
    """One way of adding up a year's payments. The rows add up to what was paid, or the page says by how much they do not."""

    title: str
    heading: str
    rows: list[tuple[str, int, str, str]]
    """Words, pence, token of a child ('' else), and the amount."""
    paid: int

    @property
    def total(self) -> str:
        return pounds(sum(row[1] for row in self.rows))

    @property
    def adds_up(self) -> bool:
        return sum(row[1] for row in self.rows) == self.paid

    @property
    def off_by(self) -> str:
        return pounds(sum(row[1] for row in self.rows) - self.paid)


def sums(viewer: Viewer, year: str, strand: str = "") -> list[Sum]:
    """A year's payments by what they are for, target, school, authority, where, programme and child."""
    lines = PremiumLine.objects.filter(la=viewer.la, financial_year=year).select_related("programme")
    lines = list(lines.filter(strand=strand) if strand else lines)
    paid = sum(line.pence for line in lines)
    known, names, held = seen(viewer), school_names(), _schools()
    by: dict[str, dict[str, int]] = {name: defaultdict(int) for name in ("purpose", "strand", "where", "school", "authority", "target")}
    whom: dict[int, set[str]] = defaultdict(set)
    for number, token in PremiumShare.objects.filter(la=viewer.la, line__financial_year=year).values_list("line", "token"):
        whom[number].add(token)
    for line in lines:
        by["purpose"][purposes()[line.purpose].words] += line.pence
        by["strand"][STRANDS[line.strand]] += line.pence
        by["where"][WHERE[line.where]] += line.pence
        if whom[line.pk] and not any((viewer.la, token) in known for token in whom[line.pk]):
            for name in ("school", "authority", "target"):
                by[name][KEPT] += line.pence
            continue
        by["school"][names.get(line.school, line.school) or "No school"] += line.pence
        by["authority"][_authority(held.get(line.school)) if line.school else "No school"] += line.pence
        by["target"][line.target or (f"Cohort: {line.cohort}" if line.cohort else "Neither target nor cohort")] += line.pence
    whose: dict[str, int] = defaultdict(int)
    shares = PremiumShare.objects.filter(la=viewer.la, line__financial_year=year)
    for token, pence in (shares.filter(line__strand=strand) if strand else shares).values_list("token", "pence"):
        whose[token] += pence
    parted = set(shares.values_list("line", flat=True))
    hidden = [pence for token, pence in whose.items() if (viewer.la, token) not in known]
    rows = [(known[viewer.la, token].name, pence, token, pounds(pence)) for token, pence in whose.items() if (viewer.la, token) in known]
    rows.sort(key=lambda row: (-row[1], row[0].casefold()))
    if hidden:
        rows.append(
            (
                f"{len(hidden)} {'child' if len(hidden) == 1 else 'children'} whose record you may not see",
                sum(hidden),
                "",
                pounds(sum(hidden)),
            )
        )
    whole = sum(line.pence for line in lines if line.pk not in parted)
    if whole:
        rows.append((NOBODY, whole, "", pounds(whole)))
    titles = {
        "purpose": ("By type", "Type"),
        "strand": ("By funding", "Funding"),
        "where": ("Devolved and central", "Where"),
        "target": ("By target", "Target or cohort"),
        "school": ("By school", "School"),
        "authority": ("By the school's authority", "Authority"),
    }
    made = [
        Sum(
            title,
            heading,
            [(words, pence, "", pounds(pence)) for words, pence in sorted(by[name].items(), key=lambda one: (-one[1], one[0]))],
            paid,
        )
        for name, (title, heading) in titles.items()
    ]
    return [*made, Sum("By child", "Child", rows, paid)]


def _schools() -> dict[str, dict[str, Any]]:
    from virtualschool.web import stores

    return stores.schools(stores.snapshot())


def _authority(school: dict[str, Any] | None) -> str:
    from virtualschool.web import stores

    if not school or not school.get("la"):
        return "Not known"
    try:
        return stores.places().name(school["la"])
    except (VirtualSchoolError, KeyError):
        return str(school["la"])


# --- Programmes ---


@dataclass(frozen=True)
class Running:
    programme: PremiumProgramme
    taking_part: list[Child]
    hidden: int
    paid: int

    @property
    def amount(self) -> str:
        return pounds(self.paid)

    @property
    def each(self) -> str:
        number = len(self.taking_part) + self.hidden
        return pounds(self.paid // number) if number else ""

    @property
    def purpose(self) -> str:
        return purposes()[self.programme.purpose].words


def programmes(viewer: Viewer) -> list[Running]:
    known = seen(viewer)
    made = []
    for one in PremiumProgramme.objects.filter(la=viewer.la).order_by("-starts", "name").prefetch_related("places", "lines"):
        today = clock.today()
        now = [place.token for place in one.places.all() if place.ends is None or place.ends > today]  # type: ignore[attr-defined]
        here = sorted((known[viewer.la, token] for token in now if (viewer.la, token) in known), key=lambda child: child.name.casefold())
        made.append(Running(one, here, len(now) - len(here), sum(line.pence for line in one.lines.all())))  # type: ignore[attr-defined]
    return made
