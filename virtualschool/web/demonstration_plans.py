"""Invented education plans of this term and the last, of all qualities, so that a demonstration shows an authority at work."""

import datetime
import random
from typing import Any

from virtualschool.plans.due import outside_age
from virtualschool.plans.rules import defaults
from virtualschool.web import children, clock, plan_dates, plan_facts
from virtualschool.web.actions.plans import kind_of, must_sign
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanFacts, PlanMeeting, PlanRows, PlanSignature, PlanStep, PlanTarget, PlanTerm, PlanText
from virtualschool.web.models.plans import COMPLETE, DRAFT, MET, ROLES, SIGNED
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.plan_targets import judged_record
from virtualschool.web.presenters import children_facts
from virtualschool.years import school_year_of

TERMS = {
    "autumn": ((-1, 9, 3), (-1, 12, 18), (-1, 10, 26), (-1, 10, 30), (-1, 11, 13)),
    "spring": ((0, 1, 5), (0, 3, 27), (0, 2, 16), (0, 2, 20), (0, 3, 6)),
    "summer": ((0, 4, 13), (0, 7, 21), (0, 5, 25), (0, 5, 29), (0, 6, 19)),
}
"""Invented dates of each term: first and last day, half term, last day for meetings; years count from the one the school year ends in."""
TARGETS = (
    # text, baseline, measure, owner, often, need, in own words
    (
        "Reads 60 of the first 100 common words at sight",
        "38 of 100 in September",
        "60 of 100, read aloud to the teacher",
        "Class teacher",
        "ten minutes a day",
        "Gaps in phonics after three schools",
        "I can read 60 words straight away.",
    ),
    (
        "Stays in the lesson in maths on four days of five",
        "Two days of five last half term",
        "Four days of five by the lesson log",
        "Head of year",
        "every maths lesson",
        "Leaves when the work is new",
        "I stay in maths four days a week.",
    ),
    (
        "Attends 95% of sessions",
        "88% last term",
        "95% by the register",
        "Attendance officer",
        "looked at each Friday",
        "Mornings after contact are missed",
        "I come in every morning I can.",
    ),
    (
        "Solves two-step equations, 8 of 10 right",
        "3 of 10 in the test of last month",
        "8 of 10 in a test in class",
        "Maths teacher",
        "tuition once a week",
        "Missed the first year of algebra",
        "I get 8 out of 10 on equations.",
    ),
    (
        "Visit two colleges and apply to one",
        "",
        "Application sent",
        "Personal adviser",
        "",
        "No plan after year 11",
        "I see two colleges and pick one.",
    ),
    (
        "Asks an adult for help before leaving the room, 4 times of 5",
        "1 of 5 in the first week of term",
        "4 of 5 by the key adult's notes",
        "Key adult",
        "looked at daily",
        "Hides worry",
        "I ask before I go.",
    ),
    ("Improve reading", "", "", "School", "", "", ""),
    ("Make better choices at break time", "", "", "", "", "", "Be kind at break."),
    ("Continue to make progress in English", "Working below", "", "English teacher", "", "", ""),
    ("Achieve grade 5 in maths", "Grade 3", "Grade 5", "Maths teacher", "", "", ""),
    ("To receive one hour of tuition a week", "", "", "Tutor", "weekly", "", ""),
    ("Build confidence in speaking in front of others", "", "", "Form tutor", "", "Quiet in class", "Speak up more."),
)
VOICES = (
    (
        "I like my new teacher because she explains it twice.",
        "I got my swimming badge!!",
        "i want to be a vet or drive a lorry",
        "dont take me out of art for tuition",
    ),
    (
        "Maths is hard. English is ok.",
        "Nothing really",
        "go to college with my friend",
        "Someone to help at the start of the lesson, not all of it.",
    ),
    ("good", "football", "dunno yet", ""),
)
SCHOOL = {
    "progress": "Works at the expected standard in reading and below it in maths, where the gap is in fractions.",
    "last_targets": "Two of three were met; the third goes on in smaller steps.",
    "needs": "Strong at talking things through. Needs new work broken into steps; the change of school in spring left gaps.",
    "support": "A named key adult greets the child each morning. Small group for maths twice a week, twenty minutes, with Ms Vetchling.",
    "attendance": "Missed three mornings after contact. The start of those days is now later and planned with the carer.",
    "premium": "Six hours of tuition for target 1. The last six moved the score from 3 to 5 of 10.",
}
CARE = {
    "changes": "The placement is settled. Contact is now on Saturdays.",
    "leisure": "Swims every Thursday and would like to join the club.",
}
CARER = {
    "going": "Reads to the dog most evenings and is proud of it. Homework is easier with music on, and hard on the day before contact.",
    "will_do": "Ten minutes of reading at bedtime, and the swimming club on Thursdays.",
}
HELP = ("Tuition in small steps, with the same words each time", "Ms Vetchling", "the library", "Monday and Thursday, first lesson")
CATEGORIES = ("reading", "attendance", "attendance", "maths", "careers", "behaviour")
"""What the first six targets are about; the vague ones after them say nothing of it."""
NEEDS = (
    {
        "id": "n1",
        "need": "Gaps in phonics and number",
        "rank": "high",
        "cause": "Three schools in two years",
        "evidence": "Screening in October",
    },
    {
        "id": "n2",
        "need": "Worry on the day after contact",
        "rank": "medium",
        "cause": "Contact was often moved",
        "evidence": "Key adult's notes",
    },
    {"id": "n3", "need": "Talks things through well", "rank": "strength", "cause": "", "evidence": "Class teacher"},
)


def fill(la: str) -> None:
    """Terms of this year and the last, and plans for this term and the one before. Once."""
    if Plan.objects.filter(la=la).exists():
        return
    today, chance = clock.today(), random.Random(f"plans of {la}")
    if not PlanTerm.objects.filter(la=la).exists():
        PlanTerm.objects.bulk_create(_term(la, year, name) for year in _years(today) for name in TERMS)
    now = plan_dates.term_on(la, today)
    last = next((one for one in plan_dates.known_terms(la, today) if one.place < now.place), None)
    made: list[tuple[Plan, Child, TermOfYear]] = []
    for child in _of_age(la, today):
        if last is not None and chance.random() < 0.95:
            made += _begun(child, last, chance, chance.choices((SIGNED, COMPLETE, MET), (8, 2, 1))[0], today)
        if chance.random() < 0.92:
            made += _begun(child, now, chance, chance.choices((SIGNED, COMPLETE, MET, DRAFT), (6, 2, 3, 2))[0], today)
    Plan.objects.bulk_create([plan for plan, _, _ in made])
    rows: dict[type, list[Any]] = {}
    evidence = plan_dates.evidence(la)
    for plan, child, term in made:
        for row in _rows(plan, child, term, chance, today, evidence):
            rows.setdefault(type(row), []).append(row)
    for model, held in rows.items():
        model.objects.bulk_create(held, batch_size=500)  # type: ignore[attr-defined]


def _years(today: datetime.date) -> tuple[int, int, int]:
    year = school_year_of(today)
    return year - 1, year, year + 1


def _term(la: str, year: int, name: str) -> PlanTerm:
    starts, ends, first, last, cut = (datetime.date(year + back, month, day) for back, month, day in TERMS[name])
    return PlanTerm(la=la, school_year=year, term=name, starts=starts, ends=ends, break_starts=first, break_ends=last, cut_off=cut)


def _of_age(la: str, today: datetime.date) -> list[Child]:
    """The children looked after now for whom plans are due by their age."""
    current = sorted((child for child in children.everyone(la) if child.is_current), key=lambda one: one.token)
    known = {child.token: plan_dates.in_care(child, None, today) for child in current}
    return [child for child in current if (one := known[child.token]) and not outside_age(one, defaults(), today)]


def _begun(child: Child, term: TermOfYear, chance: random.Random, state: str, today: datetime.date) -> list[tuple[Plan, Child, TermOfYear]]:
    """A plan of a term that has gone so far, and nothing where its day is still to come."""
    assert term.dates is not None
    day = term.dates.starts + datetime.timedelta(days=chance.randint(2, 20))
    if day > today or (child.entry is not None and child.entry.entered_care and child.entry.entered_care > term.dates.ends):
        return []
    kind = kind_of(str(children_facts.year_group(child) or ""))
    place = {"la": child.la, "token": child.token, "school_year": term.school_year, "term": term.name}
    return [(Plan(kind=kind, state=state, made=_at(day), **place), child, term)]


def _rows(
    plan: Plan, child: Child, term: TermOfYear, chance: random.Random, today: datetime.date, evidence: plan_dates.Evidence
) -> list[Any]:
    """What is written in a plan: its steps, the meeting, texts, targets, names and facts."""
    assert term.dates is not None
    state, begun = plan.state, plan.made.date()
    met = min(begun + datetime.timedelta(days=chance.randint(14, 60)), term.dates.ends)
    if met > today and state != DRAFT:
        met = max(begun, today - datetime.timedelta(days=1))
    entry = child.entry
    worker = (entry.social_worker if entry is not None else "") or "Invented Worker"
    carer = ((entry.carer or entry.home) if entry is not None else "") or "Invented Carer"
    who = {"teacher": "Invented Teacher, designated teacher", "social_worker": f"{worker}, social worker", "carer": f"{carer}, carer"}
    who |= {"child": f"{child.name}, child or young person"}
    steps = [(DRAFT, begun), *([(MET, met)] if state != DRAFT else []), *([(COMPLETE, met)] if state in (COMPLETE, SIGNED) else [])]
    steps += [(SIGNED, met)] if state == SIGNED else []
    made: list[Any] = [PlanStep(plan=plan, state=name, on=day, made=_at(day), by=who["teacher"]) for name, day in steps]
    made.append(PlanMeeting(plan=plan, made=_at(met), by=who["teacher"], **_meeting(met, state, worker, carer, chance)))
    voice = chance.choice(VOICES) if state in (COMPLETE, SIGNED) or chance.random() < 0.4 else None
    said = {"teacher": _some(SCHOOL, chance, state), "social_worker": _some(CARE, chance, state), "carer": _some(CARER, chance, state)}
    silent = voice is not None and chance.random() < 0.1
    if voice is not None:
        said["child"] = dict(zip(("learning", "achievements", "hopes", "help"), ("",) * 4 if silent else voice, strict=True))
    for section, fields in said.items():
        more: dict[str, Any] = {"not_today": silent and section == "child", "school_may_read": section in ("child", "carer")}
        more |= {"section": section, "made": _at(met if section == "child" else begun), "by": who[section]}
        made += [PlanText(plan=plan, field=name, words=words, **more) for name, words in fields.items()]
    number = chance.choice((2, 3, 3, 4)) if state != DRAFT else chance.choice((0, 1, 2))
    over = term.dates.ends < today
    chosen = list(enumerate(chance.sample(TARGETS, number), 1))
    made += [_target(plan, place, row, term, chance, over, who["teacher"], begun) for place, row in chosen]
    if state != DRAFT and chance.random() < 0.85:
        made += _told(plan, term, chance, who["teacher"], met)
    if state == SIGNED:
        made += [
            PlanSignature(plan=plan, role=role, on=met, made=_at(met), by=f"Invented {ROLES[role].lower()}")
            for role in must_sign(child, evidence)
        ]
        snapshot, lines = plan_facts.facts_of(child)
        made.append(PlanFacts(plan=plan, snapshot=snapshot, lines=lines, made=_at(met)))
    return made


def _told(plan: Plan, term: TermOfYear, chance: random.Random, by: str, on: datetime.date) -> list[PlanRows]:
    """What is filled in beside the words: attendance, needs, who does what, and spending; in some plans little of it."""
    assert term.dates is not None
    share = chance.choice((99, 97, 96, 95, 93, 88, 84))
    low = share < 95
    fields: dict[str, Any] = {
        "weekly_hours": "32.5",
        "timetable": "full",
        "education": "in_school",
        "suspensions": int(chance.random() < 0.08),
    }
    fields |= {
        "attendance_percent": str(share),
        "sessions_missed": 100 - share,
        "absence_reasons": "Illness, and contact" if share < 99 else None,
    }
    fields |= {"sen": chance.choice(("none", "none", "support", "EHCP")), "change_planned": chance.random() < 0.1, "parent": "invited"}
    fields |= {"communication_need": False, "voice_method": "talk", "matches_case_system": chance.random() < 0.95, "feedback_open": 0}
    if fields["sen"] != "none" and chance.random() < 0.7:
        fields |= {"sen_provision": "Small group, twice a week", "sen_review_on": term.dates.ends.isoformat()}
    if chance.random() < 0.7:
        fields["told_child_on"] = on.isoformat()
    rows: dict[str, list[dict[str, Any]]] = {"plans": [fields]}
    if chance.random() < 0.8:
        rows["needs"] = list(NEEDS[: chance.choice((2, 3, 3))])
        week = (on + datetime.timedelta(days=7)).isoformat()
        rows["actions"] = [
            {
                "id": "a1",
                "action": "Ring the school about Thursdays",
                "owner": "Social worker",
                "owner_role": "social_worker",
                "due_on": week,
            }
        ]
        if low and chance.random() < 0.6:
            step = {"action": "A later start on the day after contact", "owner": "Attendance officer", "owner_role": "virtual_school"}
            rows["actions"].append({"id": "a2", **step, "due_on": week, "about": "attendance", "cause": "Contact ends late"})
        rows["actions"].append(
            {"id": "a3", "action": "Ten minutes of reading at bedtime", "owner": "Carer", "owner_role": "carer", "due_on": week}
        )
    if chance.random() < 0.6:
        spend = {
            "line": "1",
            "amount": 27_000,
            "strand": "looked_after",
            "purpose": "literacy",
            "what": "Six hours of tuition",
            "target": "1",
        }
        rows["spend"] = [{**spend, "term": "this"}] if chance.random() < 0.7 else [{**spend, "term": "this", "target": None}]
        if chance.random() < 0.6:
            rows["spend"].append({**spend, "line": "0", "term": "last", "impact": "The score rose from 3 to 5 of 10"})
    if chance.random() < 0.5:
        rows["schools"] = [{"school": "Invented Primary School", "from": "2021-09-06", "to": "2023-07-21", "left_why": "Moved placement"}]
        rows["schools"].append({"school": "Invented School", "from": "2023-09-04", "to": None, "left_why": None})
    return [PlanRows(plan=plan, table=name, rows=held, made=_at(on), by=by) for name, held in rows.items()]


def _meeting(met: datetime.date, state: str, worker: str, carer: str, chance: random.Random) -> dict[str, Any]:
    held = state != DRAFT
    came = "present" if held else "invited"
    people = [
        {"role": "designated_teacher", "name": "Invented Teacher", "part": came},
        {"role": "social_worker", "name": worker, "part": came if chance.random() < 0.9 else "absent" if held else "invited"},
        {"role": "carer", "name": carer, "part": came},
        {"role": "child", "name": "", "part": chance.choice(("present", "sent_views")) if held else "invited"},
    ]
    following = met + datetime.timedelta(days=90)
    return {
        "planned_on": met,
        "held_on": met if held else None,
        "next_on": following if held else None,
        "participation": chance.choice(("attended", "sent_views", "sent_views")) if held else "",
        "participation_why": "Asked by the key adult the week before." if held else "",
        "people": people,
    }


def _target(
    plan: Plan, number: int, row: tuple, term: TermOfYear, chance: random.Random, over: bool, by: str, day: datetime.date
) -> PlanTarget:
    text, baseline, measure, owner, often, need, own_words = row
    assert term.dates is not None
    reviewed = over and chance.random() < 0.75
    target = PlanTarget(
        plan=plan,
        number=number,
        text=text,
        baseline=baseline,
        measure=measure,
        due=term.dates.ends if baseline or chance.random() < 0.4 else None,
        owner=owner,
        often=often,
        need=need,
        in_own_words=own_words,
        spend="Tuition, six hours, £270" if "right" in text else "",
        outcome=chance.choice(("met", "met", "partly", "not_met")) if reviewed else "",
        evidence="By the class book and the register." if reviewed else "",
        reviewed_on=term.dates.ends if reviewed else None,
        made=_at(day),
        by=by,
    )
    place = TARGETS.index(row)
    if place < len(CATEGORIES):
        target.category = CATEGORIES[place]
    if baseline and chance.random() < 0.7:
        target.help, target.help_by, target.help_where, target.help_when = HELP
        target.view = chance.choice(("maths is hard", "child-learning", ""))
    target.precise = judged_record(target).precise
    return target


def _some(fields: dict[str, str], chance: random.Random, state: str) -> dict[str, str]:
    """All of it in a plan that is complete, some of it in others."""
    full = state in (COMPLETE, SIGNED)
    return {name: words for name, words in fields.items() if full or chance.random() < 0.5}


def _at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(15, 30), clock.LONDON)
