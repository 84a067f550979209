"""What children say, who listens, and what it changed: views, worries about a child, panels and surveys, where views went, decisions,
the pledge, complaints looked at with children, and activities.

What is about one child bears the child's token and authority. A view's words are kept as they were said: nobody changes them.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.governance import Complaint
from virtualschool.web.models.people import Membership, Person
from virtualschool.web.models.plans import PlanText

GROUPS = {"primary": "Primary age", "secondary": "Secondary age", "over_16": "16 and over"}
"""The three councils of children in care."""
SOURCES = {
    "said": "Said or written here",
    "plan": "Education plan",
    "panel": "Children in care council or panel",
    "survey": "Survey",
    "talk": "Talk with an adult",
}
METHODS = {
    "words": "Words, written or spoken",
    "drawing": "Drawing",
    "symbols": "Symbols or pictures",
    "audio": "Sound recording",
    "video": "Video",
    "interpreter": "With an interpreter",
    "advocate": "With an advocate",
    "observation": "Watched and described, for a child who does not speak",
}
TOPICS = {
    "learning": "School and learning",
    "home": "Home and carers",
    "family": "Family time",
    "friends": "Friends and free time",
    "adults": "Social workers and other adults",
    "health": "Health and feelings",
    "future": "The future",
    "other": "Something else",
}
CONSENT = {
    "none": "Only the people who help me",
    "count": "You may count it and tell what it is about, without my words",
    "quote": "You may use my words, without my name",
}
FORUMS = {
    "corporate_parenting": "Corporate parenting panel",
    "service": "Service development",
    "commissioning": "Commissioning",
    "recruitment": "Recruitment of staff",
    "pathway": "Design of pathway plans",
}
STATES = {"done": "Done", "doing": "We are doing it", "not_done": "We could not do it"}
KEPT = {"kept": "Kept", "partly": "Partly kept", "not_kept": "Not kept"}
RAISED = {"words": "By rules of words", "child": "By the child: I want to talk to someone", "adult": "By an adult who read it"}
OUTCOMES = {
    "acted": "Acted on: told who must know",
    "talked": "Talked with the child, who needed no more",
    "no_worry": "Read, and it is no worry",
}
KINDS = {"day": "Activity day", "buddying": "Buddying", "workshop": "Workshop", "leisure": "Sport, arts or leisure"}
FEELINGS = {"confidence": "Confidence", "self_esteem": "Self-esteem", "resilience": "Resilience"}


class VoiceSetting(models.Model):
    """Who reads worries on the same day, how soon a child is answered, and the words that children prefer. The newest row holds."""

    la = models.CharField(max_length=3, db_index=True)
    named = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reply_days = models.IntegerField(default=10)
    """Working days within which a child is answered."""
    preferred = models.JSONField(default=dict)
    """Words not to write, and what to write instead."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class Panel(models.Model):
    """A meeting of a children in care council or another panel of children."""

    la = models.CharField(max_length=3, db_index=True)
    on = models.DateField()
    group = models.CharField(max_length=10, choices=GROUPS.items())
    asked = models.CharField(max_length=300)
    """What they talked about."""
    came = models.IntegerField()
    """How many children came."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class Survey(models.Model):
    """A survey of children that was brought by file: its name, day, and the account of its rows."""

    la = models.CharField(max_length=3, db_index=True)
    name = models.CharField(max_length=200)
    on = models.DateField()
    sha256 = models.CharField(max_length=64)
    read = models.IntegerField()
    kept = models.IntegerField()
    findings = models.JSONField(default=list)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class SurveyAnswer(models.Model):
    """One answer. `token` is empty in a survey without names. Words of an answer are a view of their own."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, blank=True, db_index=True)
    group = models.CharField(max_length=10, blank=True, choices=GROUPS.items())
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=10)


class View(models.Model):
    """What a child said. `words` are the child's, exactly; `not_today` is an answer too. `token` is empty for what a panel said."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, blank=True, db_index=True)
    said_on = models.DateField()
    age = models.IntegerField(null=True, blank=True)
    """The age on that day, as far as known."""
    group = models.CharField(max_length=10, blank=True, choices=GROUPS.items())
    source = models.CharField(max_length=10, choices=SOURCES.items())
    method = models.CharField(max_length=15, choices=METHODS.items(), default="words")
    topic = models.CharField(max_length=10, choices=TOPICS.items(), default="other")
    words = models.TextField(blank=True)
    not_today = models.BooleanField(default=False)
    consent = models.CharField(max_length=10, choices=CONSENT.items(), default="none")
    school_may_read = models.BooleanField(default=False)
    text = models.ForeignKey(PlanText, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    panel = models.ForeignKey(Panel, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    survey = models.ForeignKey(Survey, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    listener = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The named adult who listens and answers."""
    reply_by = models.DateField(null=True, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)
    """Who wrote it down: name and role as they were on that day."""

    class Meta:
        ordering = ["-said_on", "-id"]
        indexes = [models.Index(fields=["la", "said_on"])]


class ViewConsent(models.Model):
    """A change of consent: what the child, or who speaks for the child, says now. The newest row of a view is in the view itself."""

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="consents")
    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, blank=True, db_index=True)
    consent = models.CharField(max_length=10, choices=CONSENT.items())
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)


class ViewReply(models.Model):
    """What a child was told back, and whether anything changes. No change needs a reason."""

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="replies")
    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, blank=True, db_index=True)
    on = models.DateField()
    told = models.TextField()
    changed = models.BooleanField()
    why_not = models.TextField(blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]


class Concern(models.Model):
    """A statement that may mean a child is not safe: whom it was brought before, when, when they looked, and what came of it."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, blank=True, db_index=True)
    view = models.ForeignKey(View, null=True, blank=True, on_delete=models.CASCADE, related_name="concerns")
    raised = models.CharField(max_length=10, choices=RAISED.items())
    rules = models.JSONField(default=list)
    """Names of the rules of words that were met."""
    named = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=clock.now)
    day = models.DateField()
    """The day on which it must be looked at."""
    escalated = models.DateField(null=True, blank=True)
    looked = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES.items())
    reference = models.CharField(max_length=100, blank=True)
    """Where what was done is written: the record of social care, not this one."""
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-made", "-id"]
        indexes = [models.Index(fields=["la", "ended"])]


class Decision(models.Model):
    """You said, we did: what children said in short, what was decided, and words that children can read. No child is named."""

    la = models.CharField(max_length=3, db_index=True)
    you_said = models.TextField()
    we_did = models.TextField()
    state = models.CharField(max_length=10, choices=STATES.items())
    why_not = models.TextField(blank=True)
    on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    """The day on which children were told."""
    groups = models.JSONField(default=list)
    """The age groups whom it is for; none: all."""
    views = models.ManyToManyField(View, blank=True, related_name="decisions")
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class Hearing(models.Model):
    """Where views went: what was brought to whom, by whom, and what came of it."""

    la = models.CharField(max_length=3, db_index=True)
    forum = models.CharField(max_length=20, choices=FORUMS.items())
    on = models.DateField()
    what = models.TextField()
    brought_by = models.CharField(max_length=200)
    """A role or a group, no child's name."""
    children_there = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    group = models.CharField(max_length=10, blank=True, choices=GROUPS.items())
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="hearings")
    views = models.ManyToManyField(View, blank=True, related_name="hearings")
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class Promise(models.Model):
    """One promise of the council's pledge to children in care."""

    la = models.CharField(max_length=3, db_index=True)
    number = models.IntegerField()
    words = models.TextField()
    since = models.DateField()
    ended = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number", "id"]


class PromiseLook(models.Model):
    """A look at a promise: whether it is kept, by what evidence, and whether children said so too. The newest counts."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="looks")
    on = models.DateField()
    kept = models.CharField(max_length=10, choices=KEPT.items())
    evidence = models.TextField()
    children_say = models.CharField(max_length=10, blank=True, choices=KEPT.items())
    """What children said of it when it was looked at with them; empty where they were not asked."""
    measure = models.CharField(max_length=60, blank=True)
    """A figure that shows it, by the name of its measure."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class ComplaintLook(models.Model):
    """A complaint that was looked at with children, and what changed. The complaint itself stays where complaints are kept."""

    la = models.CharField(max_length=3, db_index=True)
    complaint = models.ForeignKey(Complaint, null=True, blank=True, on_delete=models.SET_NULL, related_name="looks")
    reference = models.CharField(max_length=60)
    about = models.CharField(max_length=10, choices=TOPICS.items())
    on = models.DateField()
    group = models.CharField(max_length=10, blank=True, choices=GROUPS.items())
    changed = models.TextField(blank=True)
    why_not = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class Activity(models.Model):
    """Something that children took part in."""

    la = models.CharField(max_length=3, db_index=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS.items())
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-starts", "-id"]


class TookPart(models.Model):
    """A child's part in an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="parts")
    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "la", "token"], name="took_part_once")]


class Rating(models.Model):
    """How a child rates their own confidence, self-esteem and resilience, 1 to 5, before or after; any may be empty. The newest counts."""

    MOMENTS = {"before": "Before", "after": "After"}
    part = models.ForeignKey(TookPart, on_delete=models.CASCADE, related_name="ratings")
    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    moment = models.CharField(max_length=10, choices=MOMENTS.items())
    on = models.DateField()
    confidence = models.IntegerField(null=True, blank=True)
    self_esteem = models.IntegerField(null=True, blank=True)
    resilience = models.IntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    by_child = models.BooleanField(default=True)
    """Whether the child wrote it; else an adult wrote down what the child said."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
