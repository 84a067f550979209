"""What the application's records give the annual report of an authority and year: blocks by the name of the item that they fill.

Counts of children come from rows by token, and nothing that names a child leaves this file.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable

from virtualschool.plans import premium as rules
from virtualschool.publish.counts import counts
from virtualschool.reports.annual import records
from virtualschool.reports.annual.records import Counted, Decided, Money, Quote, Received
from virtualschool.reports.blocks import Block, Paragraph
from virtualschool.web import clock
from virtualschool.web.actions import premium_policy as policies
from virtualschool.web.actions import voice as views
from virtualschool.web.models import Activity, Decision, Enquiry, NotFullTime, OfficerCase, PremiumEffect, PremiumLine, View
from virtualschool.web.models.attendance import CASES
from virtualschool.web.models.attendance import OUTCOMES as ENDS
from virtualschool.web.models.casework import ALTERNATIVE, ASKED_BY, GIVEN, GROUPS, NOT_FULL_TIME, REDUCED, TOPICS, UNREGISTERED
from virtualschool.web.models.premium import RESULTS, STRANDS, WHERE
from virtualschool.web.models.voice import GROUPS as AGES
from virtualschool.web.models.voice import KINDS as ACTIVITIES
from virtualschool.web.models.voice import STATES
from virtualschool.web.models.voice import TOPICS as ABOUT
from virtualschool.web.presenters import premium, premium_policy, voice
from virtualschool.years import label, school_year_start

ELSEWHERE = (ALTERNATIVE, UNREGISTERED)


def given(la: str, year: int, audience: str, is_checked: Callable[[str], bool]) -> dict[str, list[Block]]:
    """The blocks of every item about which there are records; `is_checked` says whether a part was checked as it stands."""
    made = {
        **of_premium(la, year, audience),
        **of_voice(la, year, audience, is_checked),
        **of_casework(la, year, audience),
        **of_activities(la, year, audience),
    }
    return {item: blocks for item, blocks in made.items() if blocks}


def span(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a school year."""
    return school_year_start(year), school_year_start(year + 1) - datetime.timedelta(days=1)


# --- The premium ---


def of_premium(la: str, year: int, audience: str) -> dict[str, list[Block]]:
    """Of the financial year that ends in the report's year."""
    financial = rules.financial_year_of(datetime.date(year, 3, 31))
    rows = []
    for strand, grant in premium.grants(la, financial).items():
        held = premium.allocation(financial, strand, grant)
        number = grant.final_children if grant.final_children is not None else grant.provisional_children
        rows.append(Received(STRANDS[strand], held.provisional, held.final, number))
    lines = list(PremiumLine.objects.filter(la=la, financial_year=financial).prefetch_related("shares"))
    return {
        "premium_received": records.received(rows, financial, audience),
        "premium_allocated": spent(
            lines, "premium_allocated_ledger", f"Pupil Premium Plus paid, {financial}", "Strand", "strand", STRANDS, audience
        ),
        "premium_kept": [
            *spent(lines, "premium_kept_ledger", f"Where the money went, {financial}", "Where", "where", WHERE, audience),
            *policy(la, financial),
        ],
        "premium_purposes": spent(
            lines,
            "premium_purposes_ledger",
            f"Pupil Premium Plus by purpose, {financial}",
            "Purpose",
            "purpose",
            {name: one.words for name, one in rules.purposes().items()},
            audience,
        ),
        "premium_impact": effects(la, financial, audience),
    }


def policy(la: str, financial: str) -> list[Block]:
    """The policy of allocation that held at the end of a financial year, or holds now where that is to come, as one sentence."""
    end = rules.start_of(financial).replace(year=rules.start_of(financial).year + 1) - datetime.timedelta(days=1)
    held = policies.current(la, min(end, clock.today()))
    return [Paragraph(premium_policy.cited(held))] if held else []


def spent(lines: list[PremiumLine], name: str, title: str, first: str, column: str, words: dict[str, str], audience: str) -> list[Block]:
    pence: dict[str, int] = defaultdict(int)
    whose: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        value = getattr(line, column)
        pence[value] += line.pence
        whose[value] |= {share.token for share in line.shares.all()}  # type: ignore[attr-defined]
    rows = [Money(words[value], pence[value], len(whose[value])) for value in words if value in pence]
    return records.money(name, title, first, rows, audience, ("A payment for a group that is no child's part counts no child.",))


def effects(la: str, financial: str, audience: str) -> list[Block]:
    """What payments did, the newest word on each child's part, by result."""
    newest = {
        (line, token): result
        for line, token, result in PremiumEffect.objects.filter(la=la, line__financial_year=financial)
        .order_by("made", "pk")
        .values_list("line", "token", "result")
    }
    whose: dict[str, set[str]] = defaultdict(set)
    parts = Counter(newest.values())
    for (_, token), result in newest.items():
        whose[result].add(token)
    rows = [Counted(RESULTS[name], (parts[name], len(whose[name]))) for name in RESULTS if parts[name]]
    columns = ("What was aimed at", "Children's parts of payments", "Children")
    title = f"What payments were found to do, {financial}"
    return records.counted(
        "premium_results",
        title,
        columns,
        rows,
        audience,
        "effects recorded by the authority; that an aim was reached does not show that the money did it",
    )


# --- What children said ---


def quotes_of(la: str, year: int) -> list[Quote]:
    """Children's words that may be used: with consent, without a worry, of no protected child; in an order that tells nothing."""
    told = voice.told_to_others(la, *span(year))
    made = [Quote(" ".join(one["words"].split()), ABOUT[one["topic"]], AGES.get(one["group"], "")) for one in told["quotes"]]
    # The same words said twice are read once.
    return sorted(dict.fromkeys(made), key=lambda one: (one.topic, one.words.casefold()))


def of_voice(la: str, year: int, audience: str, is_checked: Callable[[str], bool]) -> dict[str, list[Block]]:
    told = voice.told_to_others(la, *span(year), audience)
    by_age = {AGES[name]: number for name, number in told["groups"].items()}
    by_topic = {ABOUT[name]: number for name, number in told["topics"].items()}
    quotes = quotes_of(la, year)
    own = records.quotes(quotes, label(year), bool(quotes) and is_checked("children_quotes"), audience)
    return {
        "children_said": [*records.said(by_age, by_topic, label(year)), *own],
        "voice_changes": records.decided(decisions(la, year, audience), label(year)),
    }


def decisions(la: str, year: int, audience: str) -> list[Decided]:
    """You said, we did: those that rest on no view which may not be told of; for the public those that children were told."""
    first, last = span(year)
    found = Decision.objects.filter(la=la, on__gte=first, on__lte=last).prefetch_related("views").order_by("on", "pk")
    if audience == "public":
        found = found.exclude(told_on=None)
    held = View.objects.filter(la=la, decisions__in=found).exclude(token__in=voice.not_told(la))
    may = set(views.usable(views.standing(held)).values_list("pk", flat=True))
    return [
        Decided(one.you_said, one.we_did, STATES[one.state], one.why_not, one.on)
        for one in found
        if {view.pk for view in one.views.all()} <= may
    ]


# --- Casework ---


def of_casework(la: str, year: int, audience: str) -> dict[str, list[Block]]:
    first, last = span(year)
    # Children whose records are kept from others are not counted here either, as in what children said.
    untold = voice.not_told(la)
    times = list(NotFullTime.objects.filter(la=la, starts__lte=last).exclude(ended__lt=first).exclude(token__in={"", *untold}))
    others = [one for one in times if one.kind not in (REDUCED, *ELSEWHERE)]
    cases = list(OfficerCase.objects.filter(la=la, opened__lte=last).exclude(closed__lt=first).exclude(token__in=untold))
    asked = list(Enquiry.objects.filter(la=la, day__gte=first, day__lte=last))
    year_words = label(year)
    by_case = [
        Counted(words, (len({one.token for one in held}), len(held), sum(one.closed is not None and one.closed <= last for one in held)))
        for kind, words in CASES.items()
        if (held := [one for one in cases if one.kind == kind])
    ]
    ended = [one for one in cases if one.closed is not None and one.closed <= last]
    by_end = [Counted(words, (len(held),)) for end, words in ENDS.items() if (held := [one for one in ended if one.outcome == end])]
    source = "cases recorded by the authority"
    return {
        "out_of_school": not_full_time(others, "out_of_school", f"Children without full-time education, {year_words}", last, audience),
        "alternative_provision": not_full_time(
            [one for one in times if one.kind in ELSEWHERE], "alternative_cases", f"Alternative provision, {year_words}", last, audience
        ),
        "reduced_timetables": not_full_time(
            [one for one in times if one.kind == REDUCED], "reduced_cases", f"Reduced timetables, {year_words}", last, audience
        ),
        "prevention": [
            *records.counted(
                "prevention",
                f"Cases of attendance and inclusion officers, {year_words}",
                ("Kind", "Children", "Cases", "Closed"),
                by_case,
                audience,
                source,
            ),
            *records.counted("prevention_ends", f"How closed cases ended, {year_words}", ("End", "Cases"), by_end, audience, source),
        ],
        "enquiries": [
            *enquiries([one for one in asked if one.given != "training"], "group", GROUPS, "For whom", year_words, audience),
            *enquiries([one for one in asked if one.given != "training"], "asked_by", ASKED_BY, "Who asked", year_words, audience),
            *enquiries([one for one in asked if one.given != "training"], "topic", TOPICS, "About", year_words, audience),
            *enquiries(asked, "given", GIVEN, "What was given", year_words, audience),
        ],
        "wider_training": training([one for one in asked if one.given == "training"], year_words),
    }


def not_full_time(times: list[NotFullTime], name: str, title: str, last: datetime.date, audience: str) -> list[Block]:
    rows = [
        Counted(
            words,
            (len({one.token for one in held}), len({one.token for one in held if one.ended is None or one.ended > last})),
        )
        for kind, words in NOT_FULL_TIME.items()
        if (held := [one for one in times if one.kind == kind])
    ]
    columns = ("Kind", "Children", "Of them still on 31 August, or now")
    return records.counted(name, title, columns, rows, audience, "times recorded by the authority")


def enquiries(asked: list[Enquiry], column: str, words: dict[str, str], first: str, year: str, audience: str) -> list[Block]:
    held = Counter(getattr(one, column) for one in asked)
    rows = [Counted(words[value], (held[value],)) for value in words if held[value]]
    title = f"Enquiries: {first.lower()}, {year}"
    return records.counted(f"enquiries_{column}", title, (first, "Enquiries"), rows, audience, "enquiries recorded by the authority")


def training(held: list[Enquiry], year: str) -> list[Block]:
    rows = [
        Counted(words, (len(mine), sum(one.people for one in mine)))
        for value, words in GROUPS.items()
        if (mine := [one for one in held if one.group == value])
    ]
    columns = ("About", "Sessions", "People")
    # Sessions and adults who came: neither is a number of children, so there is nothing to hide.
    return records.counted(
        "wider_training_given", f"Training given, {year}", columns, rows, "internal", "training recorded by the authority"
    )


# --- Activities ---


def of_activities(la: str, year: int, audience: str) -> dict[str, list[Block]]:
    first, last = span(year)
    held = list(Activity.objects.filter(la=la, starts__gte=first, starts__lte=last).prefetch_related("parts"))
    made = {}
    for item, is_leisure in (("events", False), ("leisure", True)):
        mine = [one for one in held if (one.kind == "leisure") is is_leisure]
        numbers = counts([len(one.parts.all()) for one in mine], audience)  # type: ignore[attr-defined]
        made[item] = records.activities(
            item,
            [(one.name, ACTIVITIES[one.kind], f"{one.starts:%B %Y}", number) for one, number in zip(mine, numbers, strict=True)],
            label(year),
        )
    return made
