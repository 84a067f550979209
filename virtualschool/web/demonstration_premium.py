"""The premium of an invented authority: two years of grant, requests, payments, programmes, and what they did. All of it invented."""

import datetime
import random
from typing import Any

from virtualschool.plans import premium as rules
from virtualschool.web import children, clock, premium_facts, stores
from virtualschool.web.actions.premium import share_out
from virtualschool.web.children import Child
from virtualschool.web.models import (
    Plan,
    PremiumEffect,
    PremiumGrant,
    PremiumLine,
    PremiumPlace,
    PremiumPolicy,
    PremiumProgramme,
    PremiumRequest,
    PremiumStep,
)
from virtualschool.web.permissions import NOBODY
from virtualschool.web.presenters.children_casework import COMPULSORY
from virtualschool.web.presenters.children_facts import year_group

DAY = datetime.timedelta(days=1)
TEACHER, HEAD = "Invented Teacher, designated teacher", "Invented Head, virtual school head"
BOUGHT = (
    # purpose, what, pence, baseline, measure, end value, child, teacher, carer, next step
    (
        "academic_tuition",
        "Tutor, one hour a week for twelve weeks",
        54000,
        "3 of 10",
        "test in class",
        "6 of 10",
        "He explains it twice and then I get it.",
        "Joins in again in maths.",
        "Less shouting over homework.",
        "Six more weeks, then stop",
    ),
    (
        "literacy",
        "Reading programme, daily, ten weeks",
        36050,
        "38 of 100 words",
        "words read aloud",
        "61 of 100 words",
        "I can read the sports page.",
        "Reads to the class.",
        "",
        "Goes on without money",
    ),
    (
        "numeracy",
        "Small group for maths, one term",
        28000,
        "Works at year 4",
        "teacher's assessment",
        "Works at year 4",
        "its boring",
        "Came to half of it.",
        "",
        "Stop; ask what would help",
    ),
    (
        "semh_therapeutic",
        "Art therapy, eight sessions",
        64000,
        "SDQ 21",
        "SDQ by the carer",
        "SDQ 18",
        "",
        "Calmer after lunch.",
        "Sleeps through most nights.",
        "Ask health to go on with it",
    ),
    (
        "mentoring",
        "Mentor at school, weekly",
        42000,
        "Left 9 lessons a week",
        "lesson log",
        "Leaves 4 a week",
        "He waits for me at the gate.",
        "",
        "",
        "Go on to the summer",
    ),
    (
        "eal",
        "English lessons before school, thirty",
        75000,
        "Beginner",
        "school's scale",
        "Early acquisition",
        "I speak with my friend in English now.",
        "",
        "",
        "Join the exam group",
    ),
    (
        "technology_resources",
        "Laptop and revision books",
        41999,
        "No laptop",
        "homework handed in",
        "9 of 10 handed in",
        "",
        "",
        "Uses it every evening.",
        "None needed",
    ),
    (
        "sport_arts_music",
        "Drum lessons, one term",
        18000,
        "Sits out of clubs",
        "clubs joined",
        "One club",
        "I am in the band.",
        "",
        "",
        "Go on",
    ),
)
ANSWERS = {"eal": "eal", "semh_therapeutic": "wellbeing", "literacy": "literacy", "numeracy": "numeracy", "mentoring": "attendance"}
REFUSALS = ("The EHC plan pays for this already.", "This is what every pupil gets. Ask again with what the child needs beyond it.")


def fill(la: str) -> None:
    """Writes the ledger once, where there are plans that money can help."""
    current = sorted((child for child in children.everyone(la) if child.is_current and child.entry is not None), key=lambda one: one.token)
    pupils = [child for child in current if year_group(child) in COMPULSORY]
    if len(pupils) < 20 or PremiumGrant.objects.filter(la=la).exists():
        return
    chance, today = random.Random(f"premium of {la}"), clock.today()
    now = rules.financial_year_of(today)
    last = rules.financial_year_of(rules.start_of(now) - DAY)
    _policies(la, last, now)
    _grants(la, last, now, len(pupils), len([child for child in current if child not in pupils]))
    _year(la, last, rules.start_of(now) - DAY, pupils, chance, done=True)
    _year(la, now, today, pupils, chance, done=False)
    _programmes(la, now, last, today, pupils, chance)


def _policies(la: str, last: str, now: str) -> None:
    """The policy of each year, the newer in place of the older."""
    for version, (year, devolved) in enumerate(((last, 70), (now, 75)), 1):
        start = rules.start_of(year)
        PremiumPolicy.objects.create(
            la=la,
            version=version,
            devolved=devolved,
            words="The premium is for what a looked-after child needs to learn, as the education plan says. It follows need, not a fixed "
            "sum: one child may have more than the rate and another less.\n\nThe virtual school head decides about each request within "
            "five working days. What every pupil gets, and what another budget owes, is not paid from it.\n\n"
            "Invented for the demonstration.",
            kept_for="Attendance mentors\nAn educational psychologist, two days a week\nTraining for designated teachers",
            how_to_ask="The designated teacher asks in the child's plan: which target it helps, what is bought, where the child is now and "
            "how you will know. Ask at any time; you hear within five working days.\n\nTwelve weeks after the payment say what it did.",
            approved_by="Invented governing board of the Virtual School",
            approved_on=start - 14 * DAY,
            published_on=start - 7 * DAY,
            review_on=start + 380 * DAY,
            by=HEAD,
        )


def _grants(la: str, last: str, now: str, pupils: int, others: int) -> None:
    note = "Invented for the demonstration; no figure of this year was published to us"
    for year in (last, now):
        held = rules.rates().get(("looked_after", year))
        each, said = (held.pence, "") if held is not None and held.pence else (268000, note)
        final = {"final_children": pupils + 4} if year == last else {}
        PremiumGrant.objects.create(
            la=la,
            financial_year=year,
            strand="looked_after",
            pence_a_child=each,
            provisional_children=pupils + 6,
            note=said,
            planned=1500000 if year == now else 0,
            **final,
        )
        PremiumGrant.objects.create(la=la, financial_year=year, strand="post_16", provisional_pence=max(1, others) * 40000, note=note)
        PremiumGrant.objects.create(la=la, financial_year=year, strand="authority", provisional_pence=2500000, note=note)


def _year(la: str, year: str, until: datetime.date, pupils: list[Child], chance: random.Random, *, done: bool) -> None:
    """A year's requests with their payments and effects. In a year that is done all of them have come to an end."""
    facts = premium_facts.facts(stores.snapshot(), la)
    start = rules.start_of(year)
    for number, child in enumerate(sorted(chance.sample(pupils, len(pupils) * (6 if done else 4) // 10), key=lambda one: one.token)):
        bought = _choice(facts.get(child.token, {}), chance)
        asked_on = start + chance.randint(10, max(11, (until - start).days - 20)) * DAY
        state = chance.choices(("effect known", "paid", "approved", "asked", "declined"), (8, 2, 0, 0, 1) if done else (3, 5, 2, 2, 1))[0]
        if state in ("asked", "approved"):
            asked_on = until - chance.randint(1, 20) * DAY
        plan = Plan.objects.filter(la=la, token=child.token).order_by("-school_year", "-pk").first()
        target = plan.targets.order_by("pk").first() if plan is not None else None  # type: ignore[attr-defined]
        _request(la, child, plan, target.text if target else "Keeps up with the year group", bought, asked_on, until, state, number, chance)


def _choice(known: dict[str, Any], chance: random.Random) -> tuple:
    """Something bought: mostly for a need that the data show, sometimes for none of them."""
    from virtualschool.plans.premium_need import needs_of

    needs = {need.name for need in needs_of(known)}
    fits = [row for row in BOUGHT if ANSWERS.get(row[0]) in needs]
    return chance.choice(fits if fits and chance.random() < 0.7 else [row for row in BOUGHT if row[0] != "eal"])


def _request(
    la: str,
    child: Child,
    plan: Plan | None,
    target: str,
    bought: tuple,
    on: datetime.date,
    until: datetime.date,
    state: str,
    number: int,
    chance: random.Random,
) -> None:
    purpose, what, pence, baseline, measure, end, child_said, teacher_said, carer_said, next_step = bought
    decided = min(on + chance.randint(1, 9) * DAY, until)
    paid = min(decided + chance.randint(5, 25) * DAY, until)
    made = PremiumRequest.objects.create(
        la=la,
        token=child.token,
        plan=plan,
        target=target[:300],
        strand="looked_after",
        school=child.school,
        pence=pence,
        purpose=purpose,
        what=what,
        baseline=baseline,
        measure=measure,
        child_said=child_said,
        asked_on=on,
        by=TEACHER,
        state=state,
        decided_on=None if state == "asked" else decided,
        decided_by="" if state == "asked" else HEAD,
        why=chance.choice(REFUSALS) if state == "declined" else "",
        paid_on=paid if state in ("paid", "effect known") else None,
    )
    way = {"asked": 1, "approved": 2, "declined": 1, "paid": 3, "effect known": 4}[state]
    steps = [("asked", on, TEACHER), ("approved", decided, HEAD), ("paid", paid, "Invented Officer"), ("effect known", until, TEACHER)][
        :way
    ]
    steps += [("declined", decided, HEAD)] if state == "declined" else []
    PremiumStep.objects.bulk_create(
        PremiumStep(request=made, state=name, on=day, by=by, why=made.why if name == "declined" else "") for name, day, by in steps
    )
    if state not in ("paid", "effect known"):
        return
    line = _line(
        la,
        [child.token],
        f"INV-{rules.financial_year_of(on)}-{number:04}",
        paid,
        pence,
        "devolved" if child.school and chance.random() < 0.8 else "central",
        purpose,
        what=what,
        target=target[:300],
        school=child.school,
        request=made,
    )
    if state == "effect known":
        result = chance.choices(("met", "partly", "not_met", "cannot_tell"), (5, 3, 1, 1))[0]
        PremiumEffect.objects.create(
            la=la,
            token=child.token,
            line=line,
            on=min(paid + 90 * DAY, clock.today()),
            baseline=baseline,
            measure=measure,
            end_value="" if result == "cannot_tell" else end,
            result=result,
            child_said=child_said,
            teacher_said=teacher_said,
            carer_said=carer_said,
            next_step=next_step,
            by=TEACHER,
        )


def _line(
    la: str,
    tokens: list[str],
    reference: str,
    on: datetime.date,
    pence: int,
    where: str,
    purpose: str,
    strand: str = "looked_after",
    **more: Any,
) -> PremiumLine:
    line = PremiumLine.objects.create(
        la=la,
        reference=reference,
        financial_year=rules.financial_year_of(on),
        strand=strand,
        on=on,
        pence=pence,
        where=where,
        purpose=purpose,
        **more,
    )
    share_out(line, tokens, NOBODY)
    return line


def _programmes(la: str, now: str, last: str, today: datetime.date, pupils: list[Child], chance: random.Random) -> None:
    """Two programmes for many children, central posts for a cohort, a refund, and a payment that names nothing."""
    for place, (name, purpose, approach, provider, pence, number) in enumerate(
        (
            (
                "Attendance mentors",
                "attendance_inclusion",
                "A mentor meets the child at the gate twice a week",
                "Invented Mentors",
                1260001,
                24,
            ),
            ("Saturday maths", "numeracy", "Two hours on Saturdays in groups of four", "Invented College", 700000, 15),
        )
    ):
        made = PremiumProgramme.objects.create(
            la=la,
            name=name,
            purpose=purpose,
            approach=approach,
            provider=provider,
            stop_when="Attendance of the group does not rise within two terms",
            starts=rules.start_of(last) + 20 * DAY,
        )
        taking = sorted(child.token for child in chance.sample(pupils, min(number, len(pupils))))
        PremiumPlace.objects.bulk_create(PremiumPlace(la=la, token=token, programme=made, starts=made.starts) for token in taking)
        for year in (last, now):
            day = min(rules.start_of(year) + 90 * DAY, today)
            _line(la, taking, f"PRG-{year}-{place}", day, pence, "central", purpose, programme=made, cohort=name)
    for year in (last, now):
        day = min(rules.start_of(year) + 60 * DAY, today)
        _line(
            la,
            [],
            f"CEN-{year}",
            day,
            5200000,
            "central",
            "central_service",
            cohort="All children looked after: education psychologist, two days a week",
        )
        _line(
            la,
            [],
            f"AUT-{year}",
            day,
            900000,
            "central",
            "staff_training",
            strand="authority",
            cohort="Designated teachers: attachment training",
        )
    first = PremiumLine.objects.filter(la=la, financial_year=now, request__isnull=False).order_by("on", "pk").first()
    if first is not None:
        tokens = [share.token for share in first.shares.all()]  # type: ignore[attr-defined]
        _line(
            la,
            tokens,
            f"{first.reference}-R",
            today,
            -6000,
            first.where,
            first.purpose,
            what="Two hours were cancelled",
            target=first.target,
            school=first.school,
            corrects=first,
        )
    _line(
        la,
        [pupils[0].token],
        f"LOOSE-{now}",
        min(rules.start_of(now) + 30 * DAY, today),
        12500,
        "devolved",
        "other",
        what="School trip",
        school=pupils[0].school,
    )
