"""An invented plan that meets every rule that applies to it, to be spoilt one thing at a time."""

import copy
from datetime import date
from typing import Any

TODAY = date(2027, 2, 12)

BEFORE: dict[str, Any] = {
    "plan": "P1",
    "child": "T-1",
    "number": 1,
    "meeting_on": "2026-11-10",
    "targets": [
        {"id": "1", "target": "Read 40 of 100 common words by Christmas (12 now)", "outcome": "met", "evidence": "44 of 100 on 9 December"}
    ],
    "views": [{"id": "v0", "by": "child", "topic": "learning", "words": "I like drawing and I find reading hard in the afternoon"}],
    "spend": [
        {"line": "1", "amount": "300", "purpose": "literacy", "what": "reading tutor", "target": "1", "impact": "32 more words read"}
    ],
}

PLAN: dict[str, Any] = {
    "plan": "P2",
    "child": "T-1",
    "previous_plan": "P1",
    "number": 2,
    "la": "V01",
    "school": "Invented Primary",
    "phase": "primary",
    "year_group": 5,
    "term": "spring",
    "term_start": "2027-01-04",
    "term_end": "2027-03-26",
    "next_term_start": "2027-04-12",
    "next_term_end": "2027-07-21",
    "came_into_care_on": "2026-09-01",
    "meeting_on": "2027-01-20",
    "completed_on": "2027-01-29",
    "next_meeting_on": "2027-04-28",
    "review_on": "2027-02-10",
    "shared_on": "2027-02-01",
    "education": "in_school",
    "school_changed_on": None,
    "weekly_hours": "32.5",
    "timetable": "full",
    "support": "Ms B, reading in small group, three times a week",
    "change_planned": "no",
    "participation": "attended",
    "communication_need": "no",
    "voice_method": "talk",
    "child_version": "I will read 70 words. I will ask for help with my card.",
    "told_child_on": "2027-01-22",
    "parent": "invited",
    "signed_by_role": "designated_teacher",
    "signed_on": "2027-01-29",
    "attendance_percent": "96.4",
    "sessions_missed": "2",
    "absence_reasons": "illness",
    "suspensions": "0",
    "sen": "none",
    "sdq_score": "12",
    "sdq_on": "2026-10-02",
    "screening": "Phonology screen 12 October: two gaps",
    "leisure": "Swimming and drawing",
    "leisure_used": "drawing in target 2",
    "matches_case_system": "yes",
    "reviewer": "A. Reviewer",
    "reviewed_on": "2027-02-03",
    "grade": "green",
    "feedback": "Clear targets; keep the carer's ideas.",
    "feedback_open": "0",
    "people": [
        {"role": "social_worker", "part": "present"},
        {"role": "designated_teacher", "part": "present"},
        {"role": "carer", "part": "sent_views"},
    ],
    "views": [
        {
            "id": "v1",
            "by": "child",
            "topic": "learning",
            "words": "I like maths because I can use cubes",
            "said_on": "2027-01-18",
        },
        {"id": "v2", "by": "child", "topic": "progress", "words": "I can read more words than before", "said_on": "2027-01-18"},
        {"id": "v3", "by": "child", "topic": "achievements", "words": "I swam a length and got my badge", "said_on": "2027-01-18"},
        {"id": "v4", "by": "child", "topic": "hopes", "words": "I want to be a vet", "said_on": "2027-01-18"},
        {
            "by": "carer",
            "topic": "home",
            "words": "Reading straight after tea works best; we will read ten minutes each school night and ring on Fridays.",
            "said_on": "2027-01-19",
        },
    ],
    "needs": [
        {
            "id": "n1",
            "need": "Reading common words",
            "rank": "high",
            "cause": "two schools missed",
            "evidence": "44 of 100 words on 9 December",
        },
        {"id": "n2", "need": "Asking for help", "rank": "medium", "cause": "worry about being wrong", "evidence": "tally of 12 January"},
        {"id": "n3", "need": "Kind to younger children", "rank": "strength", "evidence": "buddy log"},
    ],
    "targets": [
        {
            "id": "1",
            "target": "By 26 March, read 70 of the 100 common words (44 on 9 December)",
            "baseline": "44 of 100",
            "owner": "Ms B",
            "often": "three times a week",
            "need": "n1",
            "category": "reading",
            "help": "small group",
            "help_by": "Ms B",
            "help_where": "library",
            "help_when": "after lunch",
        },
        {
            "id": "2",
            "target": "By 26 March, ask for help with the card in 4 of 5 maths lessons (1 of 5 in January)",
            "owner": "Mr C",
            "often": "each maths lesson",
            "need": "n2",
            "view": "v1",
            "category": "wellbeing",
            "help": "help card",
            "help_by": "Mr C",
            "help_where": "class",
            "help_when": "maths",
        },
        {
            "id": "3",
            "target": "Know the 6 times table by 12 March: 12 of 12 in two minutes, 5 of 12 now",
            "owner": "carer",
            "often": "daily",
            "need": "n2",
            "category": "maths",
            "help": "cards at home",
            "help_by": "carer",
            "help_where": "home",
            "help_when": "after tea",
        },
    ],
    "actions": [
        {
            "action": "Read ten minutes each school night",
            "owner": "carer",
            "owner_role": "carer",
            "due_on": "2027-03-26",
            "about": "learning",
        },
        {"action": "Book swimming", "owner": "J. Social", "owner_role": "social_worker", "due_on": "2027-02-01", "about": "leisure"},
    ],
    "attainment": [
        {"subject": "Reading", "result": "below", "standing": "below", "baseline": "well below", "recorded_on": "2027-01-15"},
        {"subject": "Writing", "result": "below", "standing": "below", "baseline": "below", "recorded_on": "2027-01-15"},
        {"subject": "Maths", "result": "expected", "standing": "at", "baseline": "at", "recorded_on": "2027-01-15"},
    ],
    "schools": [
        {"school": "Earlier Primary", "from": "2021-09-01", "to": "2026-09-02", "left_why": "placed in another town"},
        {"school": "Invented Primary", "from": "2026-09-03"},
    ],
    "spend": [{"line": "2", "amount": "250.50", "strand": "looked_after", "purpose": "literacy", "what": "reading tutor", "target": "1"}],
}


def plan(**changes: Any) -> dict[str, Any]:
    """The plan with changes: a column or table with another value; `...` takes it away."""
    made = copy.deepcopy(PLAN)
    for name, value in changes.items():
        if value is ...:
            del made[name]
        else:
            made[name] = value
    return made
