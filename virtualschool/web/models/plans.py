"""Personal education plans: one for a child and term, written by several hands. What was written stays: a change is a new row.

Everything is keyed by token and authority. Each row bears the version of the plan that it belongs to; a plan that is signed off is only
changed by a new version, and what stood in the one before is still there.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person

TERMS = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}
KINDS = {"early_years": "Early years", "primary": "Primary", "secondary": "Secondary", "post_16": "Post-16"}
DRAFT, MET, COMPLETE, SIGNED, CLOSED = "draft", "met", "complete", "signed", "closed"
STATES = {DRAFT: "Draft", MET: "Meeting held", COMPLETE: "Complete", SIGNED: "Signed off", CLOSED: "Closed"}
OUTCOMES = {"met": "Met", "partly": "Partly met", "not_met": "Not met", "stopped": "Stopped"}
CATEGORIES = {
    "reading": "Reading",
    "writing": "Writing",
    "maths": "Maths",
    "communication": "Speech and language",
    "learning": "Other learning",
    "attendance": "Attendance",
    "behaviour": "Behaviour",
    "wellbeing": "Wellbeing",
    "social": "Friends and getting on",
    "transition": "Moving on",
    "careers": "Work and careers",
    "other": "Something else",
}
PARTS = {"invited": "Invited", "present": "Came", "sent_views": "Sent views", "absent": "Did not come"}
ROLES = {
    "child": "The child",
    "social_worker": "Social worker",
    "designated_teacher": "Designated teacher",
    "carer": "Carer or home",
    "parent": "Parent or family",
    "virtual_school": "Virtual School",
    "reviewing_officer": "Reviewing officer",
    "establishment": "Head of learning of the establishment",
    "other": "Someone else",
}
PARTICIPATION = {
    "attended": "Came to the meeting",
    "sent_views": "Sent their views",
    "represented": "Someone spoke for them",
    "chose_not": "Chose not to take part this time",
    "not_asked": "Was not asked",
}
HEADLINES = {"working": "Working days", "school": "School days"}


class PlanTerm(models.Model):
    """The dates of a term as an authority counts it, with its own last day for meetings. The newest row of a term holds."""

    la = models.CharField(max_length=3)
    school_year = models.IntegerField()
    term = models.CharField(max_length=10, choices=TERMS.items())
    starts = models.DateField()
    ends = models.DateField()
    break_starts = models.DateField(null=True, blank=True)
    break_ends = models.DateField(null=True, blank=True)
    """Half term: its first and last day without school."""
    cut_off = models.DateField(null=True, blank=True)
    """The authority's last day for meetings; the term's last day where it sets none."""
    headline = models.CharField(max_length=10, choices=HEADLINES.items(), default="working")
    """By which days the authority reports the first plan."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["la", "school_year"])]


class PlanFile(models.Model):
    """Plans brought by file: what was read and found, then kept or discarded. `held` is emptied once that is decided."""

    STATES = {"read": "Read, waiting for a decision", "kept": "Kept", "discarded": "Discarded"}
    KINDS = {"plans": "Education plans", "assessments": "Teachers' assessments"}
    la = models.CharField(max_length=3, db_index=True)
    kind = models.CharField(max_length=15, choices=KINDS.items(), default="plans")
    names = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=STATES.items(), default="read")
    account = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    """Where, what is wrong, what to do: never what belongs to a child."""
    held = models.JSONField(default=list)
    payments = models.JSONField(default=dict)
    """How the lines of spend stand to the ledger: for each answer the number of lines and their pence."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class Plan(models.Model):
    """The plan of a child for one term. `version` and `state` are where it stands; how it came there is in its steps."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    school_year = models.IntegerField()
    term = models.CharField(max_length=10, choices=TERMS.items())
    kind = models.CharField(max_length=15, choices=KINDS.items())
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=STATES.items(), default=DRAFT)
    file = models.ForeignKey(PlanFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans")
    reference = models.CharField(max_length=100, blank=True)
    """What the system that it was brought from calls it."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "token", "school_year", "term"], name="one_plan_a_term")]
        indexes = [models.Index(fields=["la", "school_year", "term"])]


class OfAPlan(models.Model):
    """What every row of a plan bears: the version it belongs to, who wrote it and when."""

    version = models.IntegerField(default=1)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)
    """The writer's name and role as they were on that day."""

    class Meta:
        abstract = True


class PlanStep(OfAPlan):
    """A step of a plan: begun, meeting held, complete, signed off, opened again as a new version, or closed with its reason."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=STATES.items())
    on = models.DateField()
    why = models.TextField(blank=True)


class PlanText(OfAPlan):
    """What somebody wrote in one field of a section, exactly. The newest of a field counts; empty words take back the ones before."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")
    section = models.CharField(max_length=20)
    field = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    not_today = models.BooleanField(default=False)
    """Whether the writer chose to say nothing today, which is an answer."""
    school_may_read = models.BooleanField(default=False)
    """Whether the writer lets the school read a section that is not open to it by itself."""


class PlanTarget(OfAPlan):
    """A target as it stood from one moment on. The newest row of a number counts."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    number = models.IntegerField()
    text = models.TextField()
    """What will be seen."""
    baseline = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    """How it will be known, and how much counts as success."""
    due = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    often = models.CharField(max_length=200, blank=True)
    need = models.TextField(blank=True)
    view = models.TextField(blank=True)
    """What the child said that it comes from."""
    category = models.CharField(max_length=20, blank=True, choices=CATEGORIES.items())
    help = models.TextField(blank=True)
    help_by = models.CharField(max_length=200, blank=True)
    help_where = models.CharField(max_length=200, blank=True)
    help_when = models.CharField(max_length=200, blank=True)
    """What will be done, who with, where and when."""
    in_own_words = models.TextField(blank=True)
    """The target in words for the child."""
    spend = models.CharField(max_length=300, blank=True)
    """The line of spending that helps it."""
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES.items())
    evidence = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    precise = models.BooleanField(default=False)
    """What the rules of precision said when it was written; pages of one plan ask them again."""


class PlanMeeting(OfAPlan):
    """The meeting as it stood from one moment on. The newest row counts."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="meetings")
    planned_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    participation = models.CharField(max_length=15, blank=True, choices=PARTICIPATION.items())
    participation_why = models.TextField(blank=True)
    people = models.JSONField(default=list)
    """Who was asked and came: role, name and part of each."""


class PlanSignature(OfAPlan):
    """A name under one version of a plan. `for_name` is who signed on paper, where someone of the Virtual School entered it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=20, choices=ROLES.items())
    on = models.DateField()
    for_name = models.CharField(max_length=200, blank=True)


class PlanFacts(OfAPlan):
    """Attendance, attainment and circumstances from the store, as they stood when a version was signed off."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="facts")
    snapshot = models.CharField(max_length=60)
    lines = models.JSONField(default=list)


class PlanRows(OfAPlan):
    """What is told of a plan in one table of the files of plans (plans/formats.toml), from a file or a form. The newest of a table counts.

    `rows` are records by column, days as 2026-03-31, money in pence; of the table `plans` there is one. What has a place of its own here
    (texts, targets, meeting, signatures) is told there, and goes before.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="records")
    table = models.CharField(max_length=20)
    rows = models.JSONField(default=list)
