"""The premium's ledger: grants, requests, payments and what each child's part of them was, effects, programmes, and files brought.

Money is whole pence. A grant and an effect are changed by a newer row; a payment by a line that takes it back. What is about a child is
keyed by token and authority. Money that schools hold for previously looked-after children has no place here.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.casework import OfAChild
from virtualschool.web.models.people import Person
from virtualschool.web.models.plans import Plan, PlanFile

STRANDS = {
    "looked_after": "Pupil Premium Plus, looked after",
    "early_years": "Early years premium, looked after",
    "post_16": "Post-16 Pupil Premium Plus",
    "recovery": "Recovery and tutoring grants",
    "ehcp": "EHC plans",
    "authority": "The authority's own money",
    "other": "Other funding",
}
WHERE = {"devolved": "Devolved to a school", "central": "Held and spent centrally"}
ASKED, APPROVED, DECLINED, PAID, KNOWN = "asked", "approved", "declined", "paid", "effect known"
STATES = {ASKED: "Asked for", APPROVED: "Approved, not paid", DECLINED: "Declined", PAID: "Paid, effect not known", KNOWN: "Effect known"}
RESULTS = {"met": "Reached", "partly": "Partly reached", "not_met": "Not reached", "cannot_tell": "Cannot tell"}
TIERS = {"teaching": "Teaching", "targeted": "Targeted academic support", "wider": "Wider strategies"}


class PremiumGrant(models.Model):
    """What comes in of a strand in a financial year, as it stood from one moment on. The newest row of a strand and year counts.

    By the child: pence for each and the children counted. Else whole amounts.
    """

    la = models.CharField(max_length=3)
    financial_year = models.CharField(max_length=7)
    strand = models.CharField(max_length=20, choices=STRANDS.items())
    pence_a_child = models.IntegerField(null=True, blank=True)
    provisional_children = models.IntegerField(null=True, blank=True)
    final_children = models.IntegerField(null=True, blank=True)
    provisional_pence = models.BigIntegerField(null=True, blank=True)
    final_pence = models.BigIntegerField(null=True, blank=True)
    planned = models.BigIntegerField(default=0)
    """Pence that will be spent besides what is approved, by the end of the year: for the forecast."""
    note = models.CharField(max_length=300, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["la", "financial_year"])]


class PremiumPolicy(models.Model):
    """The authority's policy of allocating the premium, a version a row. The newest that is published counts; none is ever altered.

    Draft revised guidance would have every virtual school head publish one, the share kept included; no final text was found.
    """

    la = models.CharField(max_length=3)
    version = models.IntegerField()
    words = models.TextField()
    devolved = models.IntegerField()
    """Percent of the looked-after premium that goes to schools; the rest is held centrally."""
    kept_for = models.TextField(blank=True)
    """What the share that is kept pays for."""
    how_to_ask = models.TextField()
    place = models.URLField(max_length=300, blank=True)
    """Where the authority publishes it for everybody."""
    approved_by = models.CharField(max_length=200)
    approved_on = models.DateField()
    published_on = models.DateField()
    review_on = models.DateField()
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "version"], name="a_version_of_a_policy_once")]


class PremiumProgramme(models.Model):
    """Something that is bought for many children at once, whose cost they share."""

    la = models.CharField(max_length=3, db_index=True)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    approach = models.CharField(max_length=300, blank=True)
    """What is done, by whom and how often."""
    provider = models.CharField(max_length=200, blank=True)
    stop_when = models.CharField(max_length=300, blank=True)
    """What would make us stop."""
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class PremiumPlace(OfAChild):
    """A child who takes part in a programme, from and to a day."""

    programme = models.ForeignKey(PremiumProgramme, on_delete=models.CASCADE, related_name="places")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "programme"])]
        constraints = [models.UniqueConstraint(fields=["programme", "token", "la"], name="one_place_in_a_programme")]


class PremiumRequest(OfAChild):
    """A school's request for a child, and where it stands. How it came there is in its steps."""

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests")
    target = models.CharField(max_length=300)
    """The target of the plan that it helps, as it reads."""
    strand = models.CharField(max_length=20, choices=STRANDS.items())
    school = models.CharField(max_length=10, blank=True)
    pence = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    baseline = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    """How it will be known whether it helped."""
    child_said = models.TextField(blank=True)
    asked_on = models.DateField()
    by = models.CharField(max_length=200, blank=True)
    """Who asked, with their role, as they were on that day."""
    state = models.CharField(max_length=15, choices=STATES.items(), default=ASKED)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "state", "asked_on"])]


class PremiumStep(models.Model):
    """A step of a request: who took it, on which day, and why."""

    request = models.ForeignKey(PremiumRequest, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=15, choices=STATES.items())
    on = models.DateField()
    by = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class PremiumFile(models.Model):
    """A file of payments, or an extract of the finance system to reconcile with. `held` is emptied once it is decided about."""

    KINDS = {"lines": "Payments", "bank": "Extract of the finance system"}
    DECISIONS = {"read": "Read, waiting for a decision", "kept": "Kept", "discarded": "Discarded", "compared": "Compared"}
    la = models.CharField(max_length=3, db_index=True)
    kind = models.CharField(max_length=10, choices=KINDS.items())
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DECISIONS.items(), default="read")
    read = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    findings = models.JSONField(default=list)
    """Where, what is wrong, what to do: never what belongs to a child."""
    held = models.JSONField(default=list)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class PremiumLine(models.Model):
    """A payment, below nought where money came back. It is never changed: a wrong one is taken back by a line that corrects it."""

    la = models.CharField(max_length=3)
    reference = models.CharField(max_length=60)
    financial_year = models.CharField(max_length=7)
    strand = models.CharField(max_length=20, choices=STRANDS.items())
    on = models.DateField()
    pence = models.BigIntegerField()
    where = models.CharField(max_length=10, choices=WHERE.items())
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=300, blank=True)
    cohort = models.CharField(max_length=300, blank=True)
    """For whom it is where it is for no child by name: a cohort and what it needs."""
    school = models.CharField(max_length=10, blank=True)
    request = models.ForeignKey(PremiumRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")
    programme = models.ForeignKey(PremiumProgramme, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="corrections")
    file = models.ForeignKey(PremiumFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")
    plan_file = models.ForeignKey(PlanFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="payments_kept")
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "reference"], name="a_payment_once")]
        indexes = [models.Index(fields=["la", "financial_year", "strand"])]


class PremiumShare(OfAChild):
    """A child's part of a payment, in pence. The parts of a line add up to it."""

    line = models.ForeignKey(PremiumLine, on_delete=models.CASCADE, related_name="shares")
    pence = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "token", "la"], name="one_part_of_a_payment")]


class PremiumEffect(OfAChild):
    """What a payment did for a child, as it was known from one moment on. The newest row of a line and child counts."""

    line = models.ForeignKey(PremiumLine, on_delete=models.CASCADE, related_name="effects")
    on = models.DateField()
    baseline = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    end_value = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=15, choices=RESULTS.items())
    child_said = models.TextField(blank=True)
    teacher_said = models.TextField(blank=True)
    carer_said = models.TextField(blank=True)
    next_step = models.CharField(max_length=300)
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "token", "line"])]
