"""Rules of the premium: a request that waits, what is approved and not paid, money that nobody committed, payments whose effect nobody
knows, and children with a need and no money."""

import datetime
from collections.abc import Iterable

from virtualschool.plans import premium as logic
from virtualschool.web.actions import premium_policy as policies
from virtualschool.web.models import PremiumEffect, PremiumLine, PremiumRequest, PremiumShare
from virtualschool.web.models.premium import APPROVED, ASKED
from virtualschool.web.presenters import premium, premium_effects
from virtualschool.web.worklist.evidence import Evidence, working_days_after
from virtualschool.web.worklist.rules import Found, rule


@rule(
    "Premium request to decide",
    "The grant is to reach the child without delay; a school that waits for an answer does not begin.",
    "Approve it, or decline it with the reason.",
    kind="premium_decide",
    view="premium",
)
def premium_to_decide(seen: Evidence) -> Iterable[Found]:
    """Requests that nobody has decided about; due five working days after they were made."""
    for one in PremiumRequest.objects.filter(la=seen.la, state=ASKED).order_by("asked_on", "pk"):
        words = f"Asks for {logic.pounds(one.pence)} of the premium"
        yield Found(f"request {one.pk}", words, one.token, working_days_after(one.asked_on, premium.DECIDE_IN))


@rule(
    "Premium approved and not paid",
    "What is approved is committed, but the school has no money yet, and at the year's end it goes back.",
    "Pay it, and enter the payment.",
    kind="premium_ledger",
    view="premium",
)
def premium_to_pay(seen: Evidence) -> Iterable[Found]:
    """Approved requests without a payment; due twenty working days after the decision."""
    for one in PremiumRequest.objects.filter(la=seen.la, state=APPROVED, decided_on__isnull=False).order_by("decided_on", "pk"):
        words = f"{logic.pounds(one.pence)} of the premium is approved and not paid"
        yield Found(f"request {one.pk}", words, one.token, working_days_after(one.decided_on or seen.today, premium.PAY_IN))


@rule(
    "Effect of the premium not known",
    "Money of which nobody says what it changed is what inspectors criticise most in the premium.",
    "Ask the school, the child and the carer what changed, and write the end value and the next step. That it cannot be told is an answer.",
    kind="premium_ledger",
    view="premium-child",
)
def premium_effect_unknown(seen: Evidence) -> Iterable[Found]:
    """Children with parts of payments of this year or the last that are twelve weeks old and have no effect on record."""
    year = logic.financial_year_of(seen.today)
    years = (year, logic.financial_year_of(logic.start_of(year) - datetime.timedelta(days=1)))
    known = set(PremiumEffect.objects.filter(la=seen.la).values_list("line", "token"))
    old = PremiumShare.objects.filter(
        la=seen.la, pence__gt=0, line__pence__gt=0, line__financial_year__in=years, line__on__lte=seen.today - premium.EFFECT_IN
    )
    current = {child.token for child in seen.children}
    waiting: dict[str, list[datetime.date]] = {}
    for line, token, paid in old.order_by("line__on", "pk").values_list("line", "token", "line__on"):
        if (line, token) not in known and token in current:
            waiting.setdefault(token, []).append(paid)
    for token, days in waiting.items():
        words = "The effect of 1 payment is not known" if len(days) == 1 else f"The effect of {len(days)} payments is not known"
        yield Found(f"{token} {days[0]}", words, token, days[0] + premium.EFFECT_IN, len(days))


@rule(
    "Premium not committed",
    "Nothing is carried past 31 March: what is unspent goes back, and the children have nothing of it.",
    "Look at need without spend, ask schools for requests, and see what is planned.",
    kind="premium_ledger",
    view="premium-ledger",
)
def premium_not_committed(seen: Evidence) -> Iterable[Found]:
    """Strands of this year with money neither paid nor approved from 31 October on, again from 31 January and from 1 March."""
    year = logic.financial_year_of(seen.today)
    start = logic.start_of(year)
    days = [datetime.date(start.year + (month < 4), month, day) for month, day in logic.ALERTS]
    passed = [day for day in days if day <= seen.today]
    for strand, ledger in premium.ledgers(seen.la, year).items() if passed else ():
        if ledger.uncommitted > 0 and strand in logic.RETURNED:
            words = f"{premium.STRANDS[strand]}: {logic.pounds(ledger.uncommitted)} is not committed"
            yield Found(f"{year} {strand} {max(passed)}", words, due=start.replace(year=start.year + 1) - datetime.timedelta(days=1))


@rule(
    "Premium overspent",
    "More was paid than came; the difference is the authority's own.",
    "See whether the final allocation is entered, and move what another budget owes.",
    kind="premium_ledger",
    view="premium-ledger",
)
def premium_overspent(seen: Evidence) -> Iterable[Found]:
    """Strands of this year of which more was paid than came in; without a grant entered nothing is said."""
    year = logic.financial_year_of(seen.today)
    entered = premium.grants(seen.la, year)
    for strand, ledger in premium.ledgers(seen.la, year).items():
        if ledger.overspent and strand in entered:
            words = f"{premium.STRANDS[strand]}: {logic.pounds(ledger.overspent)} was paid beyond the grant"
            yield Found(f"{year} {strand}", words)


@rule(
    "Premium tied to nothing",
    "The conditions of the grant want every payment to help a need in a plan.",
    "Find out what it was for; take it back and enter it again with its target or cohort.",
    kind="premium_ledger",
    view="premium-payments",
)
def premium_tied_to_nothing(seen: Evidence) -> Iterable[Found]:
    """Payments of this year for looked-after children that name neither a target nor a cohort, less what came back of them."""
    year = logic.financial_year_of(seen.today)
    lines = PremiumLine.objects.filter(la=seen.la, financial_year=year, strand="looked_after", target="", cohort="", pence__gt=0)
    loose = sum(line.pence + sum(one.pence for one in line.corrections.all()) > 0 for line in lines.prefetch_related("corrections"))  # type: ignore[attr-defined]
    if loose:
        words = "1 payment names neither target nor cohort" if loose == 1 else f"{loose} payments name neither target nor cohort"
        yield Found(year, words, count=loose)


@rule(
    "Policy of the premium to publish or to look at again",
    "Schools can only ask for what they know of; how much is kept, and what for, is to be open to everybody.",
    "Publish the policy, or a new version of it, on the page Policy of the premium.",
    kind="premium_decide",
    view="premium-policy",
)
def premium_policy_due(seen: Evidence) -> Iterable[Found]:
    """No published policy once the grant of the year is entered, or one whose day of review is past."""
    year = logic.financial_year_of(seen.today)
    held = policies.current(seen.la, seen.today)
    if held is None:
        if premium.grants(seen.la, year):
            yield Found(f"none {year}", "No policy of allocating the premium is published")
    elif held.review_on < seen.today:
        yield Found(f"version {held.version}", "The policy of allocating the premium is to be looked at again", due=held.review_on)


@rule(
    "Need and no money",
    "The data show a need, and nothing was spent for the child this year.",
    "Open the list and ask in the plan meeting what would help; it may be that help comes without money.",
    kind="premium_ledger",
    view="premium-need",
)
def need_without_spend(seen: Evidence) -> Iterable[Found]:
    """The number of children looked after now with a need found and no money this year, once the ledger of the year has a payment."""
    year = logic.financial_year_of(seen.today)
    if PremiumLine.objects.filter(la=seen.la, financial_year=year).exists():
        number = premium_effects.unmet(seen.la, year, seen.children)
        if number:
            words = "1 child has a need and no money" if number == 1 else f"{number} children have a need and no money"
            yield Found(year, f"{words} this year", count=number)
