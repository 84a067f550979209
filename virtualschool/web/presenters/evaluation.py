"""Self-evaluation as pages show it: areas, criteria, what was recorded of each, and what the rules of the framework leave open."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from virtualschool.errors import VirtualSchoolError
from virtualschool.frameworks import Framework, Judgement, evaluation, frameworks, in_force, judge, simulating, state_on
from virtualschool.frameworks.framework import Criterion
from virtualschool.frameworks.indicators import EVIDENCE, INDICATORS
from virtualschool.frameworks.judging import Judged, strength
from virtualschool.web import clock
from virtualschool.web.actions import evaluation as actions
from virtualschool.web.models import Decision, EvaluationEvidence, EvaluationFinding, EvaluationGrade, EvaluationOwner, Recommendation
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import evaluation_figures as figures

NAMED_ONLY = "Only its judgements are held, not its criteria and rules."
STRENGTHS = {
    "must": ("Must", "red"),
    "likely": ("Likely", "orange"),
    "observed": ("Seen in published outcomes", "yellow"),
    "may": ("Possible", "blue"),
    "unconfirmed": ("Not confirmed, binds nothing", "grey"),
}


# --- Which framework ---


def framework_of(name: str) -> Framework:
    """A framework that is held; raises Http404 for any other."""
    found = frameworks().get(name)
    if found is None or not found.held:
        raise Http404
    return found


def in_use() -> Framework:
    """The framework in force today for authorities; the newest that is held where none is."""
    answer = in_force(clock.today())
    held = [one for one in frameworks().values() if one.held and one.subject == "authority"]
    return answer.frameworks[0] if answer.frameworks else held[-1]


def known(la: str) -> list[dict[str, Any]]:
    """Every framework that is held, with its state today and how much stands under it."""
    today = clock.today()
    evidenced = Counter(EvaluationEvidence.objects.standing(la).values_list("framework", flat=True))
    return [
        {
            "framework": one,
            "state": state_on(one, today),
            "criteria": len(one.criteria),
            "evidence": evidenced[one.id],
            "overall": one.overall is not None,
        }
        for one in frameworks().values()
        if one.held
    ]


# --- What is recorded ---


@dataclass
class Records:
    """What an authority recorded under one framework. Each kind is read once."""

    viewer: Viewer
    framework: Framework

    @property
    def la(self) -> str:
        return self.viewer.la

    @cached_property
    def evidence(self) -> dict[str, list[EvaluationEvidence]]:
        return by_criterion(EvaluationEvidence.objects.standing(self.la, framework=self.framework.id))

    @cached_property
    def findings(self) -> dict[str, list[EvaluationFinding]]:
        return by_criterion(EvaluationFinding.objects.standing(self.la, framework=self.framework.id))

    @cached_property
    def owners(self):
        return actions.owners(self.la, self.framework)

    @cached_property
    def grades(self) -> dict[str, EvaluationGrade]:
        return actions.grades(self.la, self.framework)

    @cached_property
    def judged(self) -> Judged:
        return judge(self.framework, {name: row.grade for name, row in self.grades.items()})

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return list(Recommendation.objects.standing(self.la, framework=self.framework.id).select_related("owner__person"))


def by_criterion(rows) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in rows:
        found[row.criterion].append(row)
    return found


# --- A framework ---


def areas(records: Records) -> list[dict[str, Any]]:
    """A line for each judgement, in the order of the framework: what is recorded under it, its grade, and what may be recorded."""
    return [area_line(records, one) for one in records.framework.judgements.values()]


def area_line(records: Records, one: Judgement) -> dict[str, Any]:
    ids = [criterion.id for criterion in one.criteria]
    findings = [found for name in (*ids, one.id) for found in records.findings.get(name, [])]
    evidenced = sum(bool(records.evidence.get(name)) for name in ids)
    return {
        "judgement": one,
        "depth": depth(records.framework, one),
        "criteria": len(ids),
        "owned": sum(name in records.owners for name in ids),
        "evidenced": evidenced,
        "without": len(ids) - evidenced,
        "strengths": sum(found.side == evaluation.STRENGTH for found in findings),
        "gaps": sum(found.side == evaluation.GAP for found in findings),
        "grade": records.grades.get(one.id),
        "grade_words": grade_words(records, one.id),
        "permitted": permitted_words(records, one.id),
        "is_capped": any(cap.target == one.id for cap in records.judged.caps),
        "is_broken": any(broken.target == one.id for broken in records.judged.broken),
    }


def depth(framework: Framework, one: Judgement) -> int:
    return 1 + depth(framework, framework.judgements[one.within]) if one.within in framework.judgements else 0


def grade_words(records: Records, judgement: str) -> str:
    row = records.grades.get(judgement)
    return records.framework.grades.get(row.grade, row.grade) if row else ""


def permitted(records: Records, judgement: str) -> list[str]:
    """The grades that may still be recorded for a judgement, whatever stands for it now, the lowest first."""
    return evaluation.permitted(records.framework, {name: row.grade for name, row in records.grades.items()}, judgement)


def permitted_words(records: Records, judgement: str) -> str:
    return ", ".join(records.framework.grades[grade] for grade in permitted(records, judgement))


def rules_said(judged: Judged, target: str = "") -> dict[str, list[dict[str, Any]]]:
    """What the rules say, of one judgement or of all: caps, what is against a rule, warnings, what is needed."""
    framework = judged.framework

    def about(name: str) -> bool:
        return not target or name == target

    def title(name: str) -> str:
        return framework.judgements[name].title if name in framework.judgements else name

    warnings = []
    for rule in (*judged.warnings, *judged.flags):
        if about(rule.target) or (not rule.target and not target):
            words, tag = STRENGTHS[strength(rule)]
            warnings.append(
                {
                    "rule": rule,
                    "words": rule.said,
                    "strength": words,
                    "tag": tag,
                    "title": title(rule.target) if rule.target else "",
                    "source": rule.source,
                }
            )
    return {
        "caps": [
            {
                "title": title(cap.target),
                "grade": framework.grades[cap.max_grade],
                "words": cap.rule.words,
                "rule": cap.rule.id,
                "source": cap.rule.source,
            }
            for cap in judged.caps
            if about(cap.target)
        ],
        "broken": [
            {
                "title": title(one.target),
                "grade": framework.grades[one.grade],
                "at_best": framework.grades.get(one.max_grade, ""),
                "missing": [title(name) for name in one.missing],
                "words": one.rule.words,
            }
            for one in judged.broken
            if about(one.target)
        ],
        "warnings": warnings,
        "needed": [
            {"title": title(rule.target), "words": rule.words, "missing": [title(name) for name in missing]}
            for rule, missing in judged.required
            if about(rule.target)
        ],
    }


# --- One area ---


def criteria_lines(records: Records, judgement: Judgement) -> list[dict[str, Any]]:
    """Best fit: what good looks like, criterion by criterion, beside what was found. It weighs nothing and suggests no grade."""
    given = figures.given(records.la)
    return [criterion_line(records, one, given) for one in judgement.criteria]


def criterion_line(records: Records, one: Criterion, given) -> dict[str, Any]:
    evidence, findings = records.evidence.get(one.id, []), records.findings.get(one.id, [])
    kinds = Counter(row.kind for row in evidence)
    return {
        "criterion": one,
        "owner": records.owners.get(one.id),
        "evidence": {kind: kinds[kind] for kind in evaluation.KINDS},
        "number": len(evidence),
        "strengths": [row for row in findings if row.side == evaluation.STRENGTH],
        "gaps": [row for row in findings if row.side == evaluation.GAP],
        "without": without(one, given),
    }


def without(one: Criterion, given) -> list[str]:
    """The figures that the criterion asks for and that neither our measures nor a list give."""
    return [INDICATORS[name].title for name in one.figures if not INDICATORS[name].measures and not (given and given.of(name))]


def mine(viewer: Viewer) -> list[dict[str, Any]]:
    """The criteria that the viewer owns, framework by framework."""
    found = []
    newest = EvaluationOwner.objects.filter(la=viewer.la).values_list("framework", flat=True).distinct()
    for one in frameworks().values():
        if one.id not in set(newest) or not one.held:
            continue
        records = Records(viewer, one)
        given = figures.given(viewer.la)
        lines = [
            {**criterion_line(records, criterion, given), "area": one.judgements[criterion.judgement].title}
            for criterion in one.criteria
            if criterion.id in records.owners and records.owners[criterion.id] == viewer.membership
        ]
        if lines:
            found.append({"framework": one, "lines": lines})
    return found


# --- One criterion ---


def criterion_of(framework: Framework, name: str) -> tuple[Criterion, Judgement]:
    """A criterion, or a judgement as a whole; raises Http404 for what is neither."""
    for one in framework.criteria:
        if one.id == name:
            return one, framework.judgements[one.judgement]
    if name in framework.judgements:
        judgement = framework.judgements[name]
        return Criterion(name, judgement.title, name), judgement
    raise Http404


def criterion_page(records: Records, criterion: Criterion) -> dict[str, Any]:
    """Everything that stands to a criterion: live figures, evidence of three kinds, strengths and gaps."""
    evidence = records.evidence.get(criterion.id, [])
    asked = [name for figure in criterion.figures for name in INDICATORS[figure].measures]
    asked += [row.figure["measure"] for row in evidence if row.figure and not row.figure["measure"].startswith(figures.GIVEN)]
    rows = figures.live(records.viewer, [name for name in asked if name in figures.measures.ALL])
    given = figures.given(records.la)
    of_kind = {kind: [row for row in evidence if row.kind == kind] for kind in evaluation.KINDS}
    findings = records.findings.get(criterion.id, [])
    return {
        "indicators": figures.of_criterion(criterion, rows, given),
        "pinned": [pinned_line(row, rows, given) for row in of_kind[evaluation.FIGURE]],
        "documents": [{"row": row, "kind": EVIDENCE.get(row.document, "")} for row in of_kind[evaluation.DOCUMENT]],
        "voices": of_kind[evaluation.VOICE],
        "strengths": [row for row in findings if row.side == evaluation.STRENGTH],
        "gaps": [row for row in findings if row.side == evaluation.GAP],
        "owner": records.owners.get(criterion.id),
        "asked_for": [EVIDENCE[name] for name in criterion.evidence],
        "national": records.framework.national.get(criterion.national, ""),
    }


OFFERED = 5
"""Of what children said and what was done about it: how many are offered as evidence, the newest first."""


def said_and_done(la: str) -> list[Decision]:
    """You said, we did: the newest of an authority. No child is named in one."""
    return list(Decision.objects.filter(la=la)[:OFFERED])


def as_evidence(row: Decision) -> dict[str, str]:
    """What children said and what was done, as the beginning of a piece of evidence; a person makes the words their own."""
    return {"kind": evaluation.VOICE, "words": f"{row.you_said}\n{row.we_did}", "where": f"You said, we did, {row.on:%-d %B %Y}"}


def pinned_line(row: EvaluationEvidence, rows: Mapping[str, Any], given) -> dict[str, Any]:
    pinned = figures.of_pinned(row.figure or {})
    try:
        since = figures.since(pinned, rows, given)
    except VirtualSchoolError:
        since = "The measure is no longer defined."
    return {"row": row, "since": since, **figures.pinned_words(pinned)}


# --- The simulator ---


def simulated(framework: Framework, given: Mapping[str, str]) -> dict[str, Any]:
    """What the rules would say of grades that nobody recorded: limits, warnings, and which change of one grade would move a limit."""
    judged = judge(framework, given)
    titles = {name: one.title for name, one in framework.judgements.items()}
    moves = [
        {
            "target": titles[one.target],
            "judgement": titles[one.judgement],
            "was": framework.grades[one.was] if one.was else "no grade",
            "becomes": framework.grades[one.becomes],
            "before": framework.grades[one.limit_before],
            "limit": framework.grades[one.limit],
            "lowers": one.way == simulating.LOWERS,
            "strength": STRENGTHS[one.strength][0],
            "tag": STRENGTHS[one.strength][1],
            "binds": one.strength == "must",
        }
        for one in simulating.changes(framework, given)
    ]
    return {
        **rules_said(judged),
        "allowed": [
            {
                "title": titles[name],
                "given": framework.grades.get(given.get(name, ""), ""),
                "allowed": [framework.grades[grade] for grade in grades],
                "all": len(grades) == len(framework.grades),
            }
            for name, grades in judged.allowed.items()
        ],
        "moves": sorted(moves, key=lambda one: (not one["binds"], not one["lowers"])),
    }


# --- History ---


def history(records: Records) -> list[dict[str, Any]]:
    """Every change under a framework, the newest first: what, about which criterion or judgement, who and when."""
    where: dict[str, Any] = {"la": records.la, "framework": records.framework.id}
    lines: list[dict[str, Any]] = []

    def add(row: Any, what: str, about: str, words: str, why: str = "") -> None:
        lines.append(
            {"when": row.made, "who": row.made_by, "what": what, "about": titled(records.framework, about), "words": words, "why": why}
        )

    seen: set[str] = set()
    for row in EvaluationEvidence.objects.filter(**where).select_related("made_by").order_by("pk"):
        what = "took back" if row.withdrawn else "pinned again" if row.key in seen else "carried over" if row.carried_from else "recorded"
        add(row, f"{row.get_kind_display()} {what}", row.criterion, row.words or (row.figure or {}).get("measure", ""), row.why)
        seen.add(row.key)
    for row in EvaluationFinding.objects.filter(**where).select_related("made_by").order_by("pk"):
        what = "taken back" if row.withdrawn else "changed" if row.key in seen else "recorded"
        add(row, f"{row.get_side_display()} {what}, weight {row.get_weight_display().lower()}", row.criterion, row.words, row.why)
        seen.add(row.key)
    for row in EvaluationGrade.objects.filter(**where).select_related("made_by").order_by("pk"):
        label = records.framework.grades.get(row.grade, row.grade)
        add(row, f"Grade recorded: {label}" if row.grade else "Grade taken back", row.judgement, row.reason, row.override)
    for row in EvaluationOwner.objects.filter(**where).select_related("made_by", "owner__person").order_by("pk"):
        add(row, f"Owner: {row.owner.person if row.owner else 'nobody'}", row.criterion, "")
    for row in Recommendation.objects.filter(**where).select_related("made_by").order_by("pk"):
        what = "taken back" if row.withdrawn else "done" if row.done else "changed" if row.key in seen else "recorded"
        add(row, f"{'Required action' if row.required else 'Recommendation'} {what}", row.about, row.words, row.why)
        seen.add(row.key)
    return sorted(lines, key=lambda line: line["when"], reverse=True)


def titled(framework: Framework, name: str) -> str:
    if name in framework.judgements:
        return framework.judgements[name].title
    return next((one.words for one in framework.criteria if one.id == name), name)


def places(framework: Framework) -> dict[str, str]:
    """What something can be about: every judgement and criterion, in words, by name."""
    found = {}
    for judgement in framework.judgements.values():
        found[judgement.id] = judgement.title
        found |= {one.id: f"– {one.words}" for one in judgement.criteria}
    return found


def grade_history(records: Records, judgement: str) -> Sequence[dict[str, Any]]:
    rows = (
        EvaluationGrade.objects.filter(la=records.la, framework=records.framework.id, judgement=judgement)
        .select_related("made_by")
        .order_by("-pk")
    )
    rules = {rule.id: rule for rule in records.framework.rules}
    return [
        {
            "row": row,
            "grade": records.framework.grades.get(row.grade, "") if row.grade else "Taken back",
            "warned_by": [rules[name].said for name in row.warned_by if name in rules],
            "against": [rules[name].words for name in row.against if name in rules],
        }
        for row in rows
    ]
