"""What children say: the overview, the list, one child's words, the form in which a child says something, answers, and worries."""

import csv
import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.plans import worries as rules
from virtualschool.reports.cells import safe
from virtualschool.web import children, clock, events
from virtualschool.web.actions import voice as actions
from virtualschool.web.actions import voice_safety
from virtualschool.web.forms_voice import ConsentForm, EndForm, ReplyForm, SayForm, VoiceSettingForm
from virtualschool.web.models import Concern, TookPart, View
from virtualschool.web.models.voice import GROUPS, SOURCES, TOPICS
from virtualschool.web.permissions import page
from virtualschool.web.presenters import voice as presenter

LINES = 40
STATES = {"waiting": "Waits for an answer", "overdue": "Answer overdue", "answered": "Answered"}


@page("voice")
def overview(request: Any) -> HttpResponse:
    viewer, today = request.viewer, clock.today()
    if actions.is_child(viewer):
        own = children.of(viewer)
        return redirect("voice-child", token=own[0].token) if len(own) == 1 else _show(request, "mine.html", {"children": own})
    if not actions.is_office(viewer):
        return redirect("voice-said")
    voice_safety.escalate(viewer.la)
    first = presenter.since(today)
    views = list(actions.readable(viewer).filter(said_on__gte=first))
    context = {
        "said": presenter.counted(viewer, views),
        "standing": presenter.standing(viewer, today),
        "where": presenter.where(viewer, first),
        "decisions": presenter.decisions(viewer.la)[:3],
        "newest": presenter.lines(viewer, views[:6], today),
        "since": first,
        "setting": actions.setting(viewer.la),
        "current": sum(child.is_current for child in children.of(viewer)),
    }
    return _show(request, "overview.html", context)


@page("voice")
def said(request: Any) -> HttpResponse:
    viewer, today = request.viewer, clock.today()
    if actions.is_child(viewer):
        return redirect("voice")
    asked = {name: request.GET.get(name, "") for name in ("group", "source", "topic", "state")}
    views = actions.readable(viewer)
    for name, values in (("group", GROUPS), ("source", SOURCES), ("topic", TOPICS)):
        views = views.filter(**{name: asked[name]}) if asked[name] in values else views
    if asked["state"] == "answered":
        views = views.exclude(replies=None)
    elif asked["state"] in STATES:
        views = views.filter(replies=None, not_today=False).exclude(reply_by=None)
        views = views.filter(reply_by__lt=today) if asked["state"] == "overdue" else views
    found = Paginator(views.distinct(), LINES).get_page(request.GET.get("page"))
    able = [child for child in children.of(viewer) if child.is_current and actions.may_write(viewer, child)]
    context = {
        "lines": presenter.lines(viewer, list(found.object_list), today),
        "page": found,
        "found": found.paginator.count,
        "asked": asked,
        "filters": (("group", "Age group", GROUPS), ("source", "From", SOURCES), ("topic", "About", TOPICS), ("state", "Answer", STATES)),
        "able": able,
        "is_office": actions.is_office(viewer),
    }
    return _show(request, "said.html", context)


@page("voice")
def export(request: Any) -> HttpResponse:
    """The file of what children let us tell: for the office, without names."""
    viewer, today = request.viewer, clock.today()
    if not actions.is_office(viewer):
        raise Http404
    first = presenter.since(today).replace(year=presenter.since(today).year - 1)
    rows = presenter.export(viewer.la, first, today)
    out = io.StringIO(newline="")
    made = csv.writer(out)
    made.writerow(presenter.COLUMNS)
    made.writerows([safe(cell) for cell in row] for row in rows)
    events.record(request, "downloaded", "voice", rows=len(rows), style="csv")
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="voice-{viewer.la}-{today.isoformat()}.csv"'
    return response


@page("voice")
def child(request: Any, token: str) -> HttpResponse:
    viewer, one, today = request.viewer, request.child, clock.today()
    if one.la != viewer.la:
        raise Http404
    views = list(actions.readable(viewer, token)[:100])
    asked = Concern.objects.filter(la=one.la, token=token, raised="child", ended__isnull=True).first()
    context = {
        "child": one,
        "lines": presenter.lines(viewer, views, today),
        "is_child": actions.is_child(viewer),
        "may_write": actions.may_write(viewer, one),
        "may_record": viewer.may("record"),
        "asked": asked,
        "listeners": voice_safety.readers(one.la, token),
        # How a child rates themselves is of no school and no home unless the child tells them.
        "parts": _parts_of(viewer, one) if viewer.role.name not in ("teacher", "home") else [],
        "decisions": presenter.decisions(viewer.la, next((view.group for view in views if view.group), ""))[:3],
    }
    return _show(request, "child.html", context)


@page("voice")
def say(request: Any, token: str) -> HttpResponse:
    """The form in which a child says something, or an adult writes down what the child said. The limits of privacy stand before it."""
    viewer, one = request.viewer, request.child
    if not actions.may_write(viewer, one):
        raise Http404
    listeners = {str(member.pk): f"{member.person}, {member.get_role_display().lower()}" for member in actions.listeners(one.la, token)}
    initial = {"consent": "none", "topic": "learning" if actions.is_child(viewer) else "", "method": "words"}
    form = SayForm(listeners, actions.is_child(viewer), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["listener"] = int(given["listener"]) if given.get("listener") else None
        try:
            made = actions.say(request, one, **given)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _thanks(made))
            return redirect("voice-child", token=token)
    context = {"child": one, "form": form, "is_child": actions.is_child(viewer), "readers": voice_safety.readers(one.la, token)}
    return _show(request, "say.html", context)


@page("voice")
def talk(request: Any, token: str) -> HttpResponse:
    """The button: I want to talk to someone."""
    viewer, one = request.viewer, request.child
    if not actions.may_write(viewer, one):
        raise Http404
    if request.method == "POST":
        voice_safety.want_to_talk(request, one)
        messages.success(request, "We have told somebody who will talk with you today.")
        return redirect("voice-child", token=token)
    return _show(request, "talk.html", {"child": one, "readers": voice_safety.readers(one.la, token), "is_child": actions.is_child(viewer)})


@page("voice", change="see")  # Whoever reads a statement may say that it worries them; what else is sent, the view asks about.
def view(request: Any, token: str, view: int) -> HttpResponse:
    found = actions.readable(request.viewer, token).filter(pk=view).first()
    if found is None or request.child.la != request.viewer.la:
        raise Http404
    return _one(request, found, "voice-view", token=token, view=view)


@page("voice")
def together(request: Any, number: int) -> HttpResponse:
    """What a council said together, or an answer of a survey without names."""
    found = actions.readable(request.viewer).filter(pk=number, token="").first()
    if found is None:
        raise Http404
    return _one(request, found, "voice-together", number=number)


def _one(request: Any, found: View, name: str, **address: Any) -> HttpResponse:
    viewer = request.viewer
    office, child = actions.is_office(viewer), actions.is_child(viewer)
    may_reply = office or (viewer.membership is not None and found.listener_id == viewer.membership.pk)
    may_consent = bool(found.token) and (child or (viewer.may("voice", "change") and office))
    act = request.POST.get("act", "")
    reply = ReplyForm(request.POST if act == "reply" else None, initial={"on": clock.today()})
    consent = ConsentForm(request.POST if act == "consent" else None, initial={"consent": found.consent})
    if request.method == "POST":
        try:
            if act == "reply" and may_reply and not child:
                if reply.is_valid():
                    told = {**reply.cleaned_data, "changed": reply.cleaned_data["changed"] == "yes"}
                    actions.reply(request, found, **told)
                    messages.success(request, "The answer is kept.")
                    _point(request, told["told"], told["why_not"])
                    return redirect(name, **address)
            elif act == "consent" and may_consent:
                if consent.is_valid():
                    actions.allow(request, found, consent.cleaned_data["consent"])
                    messages.success(request, "It is changed.")
                    return redirect(name, **address)
            elif act == "worry" and not child:
                voice_safety.mark(request, found)
                messages.success(request, "Somebody is told now, and it is kept out of reports.")
                return redirect(name, **address)
            else:
                raise Http404
        except WrongUse as fault:
            (reply if act == "reply" else consent).add_error(None, str(fault))
    concerns, office = list(found.concerns.all()), viewer.role is not None and viewer.role.scope == "authority"
    context = {
        "view": found,
        "child": getattr(request, "child", None),
        "state": presenter.answered(found, found.replies.exists(), clock.today()),
        "replies": found.replies.all(),
        "decisions": found.decisions.all(),
        "hearings": found.hearings.all(),
        # Nobody else is told: the worry may concern who reads the statement.
        "concerns": [(one, voice_safety.may_read(viewer, one)) for one in concerns] if office else [],
        "kept_out": office and voice_safety.kept_out(View.objects.filter(pk=found.pk)).exists(),
        "reply": reply if may_reply and not child and not found.not_today else None,
        "consent": consent if may_consent else None,
        "consents": found.consents.order_by("pk"),
        "may_worry": not child and not (office and any(one.ended is None for one in concerns)) and not found.not_today,
        "is_child": child,
    }
    return _show(request, "view.html", context, status=400 if reply.errors or consent.errors else 200)


@page("voice")
def worries(request: Any) -> HttpResponse:
    """Statements that wait for a person, and those that were looked at, for who is named."""
    viewer = request.viewer
    if not actions.is_office(viewer):
        raise Http404
    voice_safety.escalate(viewer.la)
    able = list(Concern.objects.filter(la=viewer.la).select_related("named__person", "looked_by")[:300])
    mine = [one for one in able if voice_safety.may_read(viewer, one)]
    names = {one.token: one.name for one in children.of(viewer)}
    rows = [(one, names.get(one.token, "A child") if one.token else "A council or survey") for one in mine]
    held = actions.setting(viewer.la)
    context = {
        "open": [row for row in rows if row[0].ended is None],
        "ended": [row for row in rows if row[0].ended is not None][:50],
        "others": sum(one.ended is None for one in able) - sum(one.ended is None for one in mine),
        "setting": held,
        "rules": rules.rules(),
    }
    return _show(request, "worries.html", context)


@page("voice")
def worry(request: Any, number: int) -> HttpResponse:
    viewer = request.viewer
    found = Concern.objects.filter(pk=number, la=viewer.la).select_related("view", "named__person", "looked_by", "ended_by").first()
    if found is None or not voice_safety.may_read(viewer, found):
        raise Http404
    form = EndForm(request.POST if request.POST.get("act") == "end" else None)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "look":
                voice_safety.look(request, found)
                messages.success(request, "It is noted that you have read it.")
                return redirect("voice-worry", number=number)
            if form.is_valid():
                voice_safety.end(request, found, **form.cleaned_data)
                messages.success(request, "It is noted what came of it.")
                return redirect("voice-worry", number=number)
        except WrongUse as fault:
            form.add_error(None, str(fault))
    events.record(request, "viewed", "voice", token=found.token, worry=found.pk)
    name = next((one.name for one in children.of(viewer) if one.token == found.token), "A child") if found.token else ""
    met = [rules.by_name()[one].words for one in found.rules if one in rules.by_name()]
    context = {"worry": found, "name": name, "rules": met, "form": form if found.ended is None else None}
    return _show(request, "worry.html", context, status=400 if form.errors else 200)


@page("voice")
def settings(request: Any) -> HttpResponse:
    """Who reads worries, how soon children are answered, and preferred words."""
    viewer = request.viewer
    if not actions.is_office(viewer):
        raise Http404
    held = actions.setting(viewer.la)
    people = [(str(one.pk), f"{one.person}, {one.get_role_display()}") for one in actions.may_be_named(viewer.la)]
    initial = {"named": held.named_id, "deputy": held.deputy_id, "reply_days": held.reply_days}
    initial["preferred"] = "\n".join(f"{words} = {write}" for words, write in held.preferred.items())
    form = VoiceSettingForm(people, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        numbers = {name: int(given[name]) if given[name] else None for name in ("named", "deputy")}
        try:
            actions.set_up(request, **numbers, reply_days=given["reply_days"], preferred=given["preferred"])
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The settings are kept.")
            return redirect("voice-settings")
    return _show(request, "settings.html", {"form": form})


def _parts_of(viewer: Any, one: children.Child) -> list[dict[str, Any]]:
    """What a child took part in, with the newest rating before and after."""
    held = TookPart.objects.filter(la=one.la, token=one.token).select_related("activity").prefetch_related("ratings")
    made = []
    for part in held.order_by("-activity__starts"):
        rated = {rating.moment: rating for rating in part.ratings.all()}
        made.append({"part": part, "before": rated.get("before"), "after": rated.get("after")})
    return made


def _thanks(made: View) -> str:
    if made.not_today:
        return "That is fine. You can come back another day."
    if made.listener is None or made.reply_by is None:
        return "Thank you. It is kept just as it was said."
    return f"Thank you. It is kept just as it was said. {made.listener.person} will answer by {made.reply_by.day} {made.reply_by:%B}."


def _point(request: Any, *texts: str) -> None:
    """Words to look at again, after they are kept: nothing is refused or changed for them."""
    if found := presenter.to_look_at(request.viewer.la, *texts):
        messages.warning(request, f"Would the child like to read this? Look again at {'; '.join(found)}.")


def _show(request: Any, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    match = request.resolver_match
    form = context.get("form")
    if status == 200 and isinstance(form, forms.BaseForm) and form.errors:
        status = 400
    context = {**context, "voice_parts": presenter.parts(request.viewer, match.view_name if match else "")}
    return render(request, f"pages/voice/{template}", context, status=status)
