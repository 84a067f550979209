"""The people of an authority, and ways in: invitations, links for one visit."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import auth, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, events, links, roles
from virtualschool.web.actions import messages as post
from virtualschool.web.actions import people as acts
from virtualschool.web.models import Membership, OneTimeLink
from virtualschool.web.permissions import CHOSEN, page
from virtualschool.web.presenters import people as presented

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Bound(forms.Form):
    """What a role is bound to, and until when."""

    school = forms.ChoiceField(required=False, help_text="For a designated teacher. The schools at which children are today.")
    home = forms.ChoiceField(required=False, label="Children's home", help_text="For the staff of a home. The homes on the roll.")
    ends = forms.DateField(
        required=False, label="Ends on", widget=DAY, help_text="The first day without the role. Leave it empty where no end is known."
    )

    def __init__(self, *arguments: Any, la: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        start: dict[str, Any] = self.initial
        schools, homes = presented.schools_of(la), presented.homes_of(la)
        # What was chosen before stays a choice, though no child is there today.
        if start.get("school"):
            schools.setdefault(start["school"], f"School {start['school']}")
        homes += [start["home"]] if start.get("home") and start["home"] not in homes else []
        self.fields["school"].choices = [("", "No school"), *schools.items()]  # type: ignore[attr-defined]
        self.fields["home"].choices = [("", "No home"), *((one, one) for one in homes)]  # type: ignore[attr-defined]

    def clean_ends(self):
        ends = self.cleaned_data["ends"]
        if ends is not None and ends <= clock.today():
            raise ValidationError("Choose a day from tomorrow on. To end a role today, use the button for that.")
        return ends


class Invite(Bound):
    name = forms.CharField(max_length=200, label="Full name", error_messages={"required": "Enter their name."})
    email = forms.EmailField(
        label="Email address",
        error_messages={"required": "Enter their email address.", "invalid": "Enter one address, like name@council.gov.uk."},
    )
    role = forms.ChoiceField()
    field_order = ("name", "email", "role", "school", "home", "ends")

    def __init__(self, *arguments: Any, la: str, given: list[roles.Role], **named: Any) -> None:
        super().__init__(*arguments, la=la, **named)
        self.fields["role"].choices = [(one.name, one.words) for one in given]  # type: ignore[attr-defined]


@page("people")
def people(request: Any) -> HttpResponse:
    """Who has access: who they are, what for, until when, when they last came and when it was confirmed."""
    la, ended = request.viewer.la, request.GET.get("ended") == "1"
    found = presented.listed(la, ended)
    wanted = request.GET.get("role", "")
    shown = [one for one in found if not wanted or one.words == wanted]
    return render(
        request,
        "pages/people/people.html",
        {
            "page": Paginator(shown, 50).get_page(request.GET.get("page")),
            "found": len(shown),
            "ended": ended,
            "wanted": wanted,
            "words": sorted({one.words for one in found}),
            "due": len(acts.to_confirm(la)),
        },
    )


@page("people", "change", quiet=True)
def invite(request: Any) -> HttpResponse:
    viewer = request.viewer
    form = Invite(request.POST or None, la=viewer.la, given=acts.may_be_given(viewer), initial={"role": "team"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            membership, secret = acts.invite(
                viewer,
                viewer.la,
                given["role"],
                given["email"],
                given["name"],
                school=given["school"],
                home=given["home"],
                ends=given["ends"],
            )
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            return _shown_once(request, membership, secret)
    return render(request, "pages/people/invite.html", {"form": form})


@page("people")
def one(request: Any, number: int) -> HttpResponse:
    """One person in one role: change it, end it, make a new link, choose children."""
    viewer = request.viewer
    membership = Membership.objects.select_related("person", "given_by").filter(pk=number, la=viewer.la).first()
    if membership is None or not viewer.la:
        raise Http404
    form = Bound(None, la=viewer.la, initial={"school": membership.school, "home": membership.home, "ends": membership.ends})
    if request.method == "POST":
        act = request.POST.get("act")
        try:
            if act == "change":
                form = Bound(request.POST, la=viewer.la, initial=form.initial)
                if form.is_valid():
                    acts.change(viewer, membership, **form.cleaned_data)
                    messages.success(request, "Saved.")
                    return redirect("people-one", number=number)
            elif act in ACTS:
                say = ACTS[act](viewer, membership, request)
                if isinstance(say, HttpResponse):
                    return say
                messages.success(request, say)
                return redirect("people-one", number=number)
            else:
                raise Http404
        except WrongUse as fault:
            messages.error(request, str(fault))
            return redirect("people-one", number=number)
    role = roles.roles()[membership.role]
    known = {child.token: child for child in children.of(viewer)} if role.scope == "own" and viewer.may("children") else {}
    ties = [
        {"tie": tie, "name": known[tie.token].name if tie.token in known else "A child whom you may not see"}
        for tie in membership.relationships.on(clock.today()).order_by("id")
    ]
    return render(
        request,
        "pages/people/one.html",
        {
            "one": presented.held(membership, presented.schools_of(viewer.la)),
            "membership": membership,
            "role": role,
            "form": form,
            "ties": ties,
            "choices": [child for child in known.values() if child.la == viewer.la and child.is_current],
            "is_me": membership.person_id == viewer.person.pk,
        },
    )


def _end(viewer, membership, request):
    acts.end(viewer, membership)
    return "Ended. This role opens nothing any more."


def _confirm(viewer, membership, request):
    acts.confirm(viewer, membership)
    return "Confirmed."


def _renew(viewer, membership, request):
    return _shown_once(request, membership, acts.renew(viewer, membership))


def _reset(viewer, membership, request):
    acts.reset_factor(viewer, membership)
    return "The second factor is gone. They set up a new one when they next sign in."


def _relate(viewer, membership, request):
    acts.relate(viewer, membership, children.one(viewer, request.POST.get("token", ""), "children"))
    return "Saved."


def _part(viewer, membership, request):
    tie = membership.relationships.filter(pk=int(request.POST.get("tie", "0") or 0)).first()
    if tie is None:
        raise Http404
    acts.part(viewer, tie)
    return "Ended. They do not see this child any more."


ACTS = {"end": _end, "confirm": _confirm, "renew": _renew, "reset factor": _reset, "give child": _relate, "end child": _part}


@page("people")
def confirm(request: Any) -> HttpResponse:
    """The quarterly list: who is still needed."""
    viewer = request.viewer
    due = acts.to_confirm(viewer.la)
    if request.method == "POST":
        wanted = set(request.POST.getlist("needed"))
        chosen = [one for one in due if str(one.pk) in wanted and one.person_id != viewer.person.pk]
        for membership in chosen:
            acts.confirm(viewer, membership)
        messages.success(request, f"{len(chosen)} confirmed." if chosen else "Nothing was ticked, so nothing was confirmed.")
        return redirect("people-confirm")
    return render(
        request,
        "pages/people/confirm.html",
        {"due": [presented.held(one) for one in due], "me": viewer.person.email},
    )


@page("people", quiet=True)
def what_roles_open(request: Any) -> HttpResponse:
    """The role table in words: what each role sees and changes, and of whom."""
    return render(request, "pages/people/roles.html", {"roles": presented.role_table()})


def _shown_once(request: Any, membership: Membership, secret: str) -> HttpResponse:
    """The page with a new link: the one time that anybody sees it."""
    address = where(request, "invitation", secret) if secret else ""
    sent = bool(address) and post.post_invitation(membership.person, address)
    told = {"membership": membership, "address": address, "days": acts.LIFE.days, "sent": sent}
    return render(request, "pages/people/invited.html", told)


def where(request: Any, view: str, secret: str) -> str:
    """The whole address of a link, on the service's own name."""
    path = reverse(view, args=[secret])
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


class ChoosePassword(forms.Form):
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label="Choose a password",
        help_text="At least 12 characters. Three words that you can remember are better than one that is hard.",
        error_messages={"required": "Enter a password."},
    )
    again = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label="The same password again",
        error_messages={"required": "Enter the password once more."},
    )

    def clean(self):
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "The two passwords are not the same.")
        return given


@page("")
def invitation(request: Any, secret: str) -> HttpResponse:
    """A new person chooses a password; the link works once."""
    found = acts.invited(secret)
    if found is None:
        return render(request, "pages/people/link_over.html", {"invitation": True}, status=404)
    form = ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = acts.accept(found, form.cleaned_data["password"])
        except ValidationError as fault:
            form.add_error("password", fault)
        else:
            from virtualschool.web import sign_in

            request.session.flush()
            if sign_in.has_second_factor(person):
                # A link is no second factor: who made it, or found it, does not get past the phone of whom it is for.
                messages.success(request, "Your password is changed. Sign in with it and your second factor.")
                return redirect("account_login")
            sign_in.with_new_password(request, person)
            request.session[CHOSEN] = found.membership_id
            return redirect("home")
    return render(
        request, "pages/people/accept.html", {"form": form, "one": presented.held(found.membership), "person": found.membership.person}
    )


# Those who take part for one child, by a link for one visit.


class AskForPart(forms.Form):
    role = forms.ChoiceField(label="Who are they to the child?", widget=forms.RadioSelect)
    name = forms.CharField(max_length=200, label="Name", error_messages={"required": "Write who the link is for."})
    email = forms.EmailField(
        required=False, label="Email address", help_text="If you know it. Nothing is sent: you pass the link on yourself."
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["role"].choices = [(one, roles.roles()[one].words) for one in acts.TAKING_PART]  # type: ignore[attr-defined]


@page("taking_part")
def ways_in(request: Any, token: str) -> HttpResponse:
    """Links for those around a child: make one, see what became of them, withdraw one."""
    viewer, child = request.viewer, request.child
    form = AskForPart(request.POST if request.POST.get("act") == "make" else None)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "withdraw":
                found = OneTimeLink.objects.filter(
                    pk=int(request.POST.get("link", "0") or 0), token=token, membership__la=viewer.la
                ).first()
                if found is None:
                    raise Http404
                acts.withdraw(viewer, found)
                messages.success(request, "Withdrawn. The link opens nothing any more.")
                return redirect("people-ways-in", token=token)
            if form.is_valid():
                given = form.cleaned_data
                purpose = "voice" if given["role"] == "child" else "plan"
                made, secret = acts.let_in_once(viewer, child, given["role"], given["name"], given["email"], purpose)
                address = where(request, "visit-open", secret)
                return render(request, "pages/people/way_made.html", {"child": child, "link": made, "address": address, "hours": 72})
        except WrongUse as fault:
            form.add_error(None, str(fault))
    return render(request, "pages/people/ways_in.html", {"child": child, "form": form, "ways": presented.ways_in(viewer, token)})


@page("")
def open_visit(request: Any, secret: str) -> HttpResponse:
    """A link: who it is for, and a button that uses it up, so that no scanner of mail does."""
    found = links.waiting(secret)
    if found is None:
        return render(request, "pages/people/link_over.html", status=404)
    if request.method == "POST":
        auth.logout(request)
        request.session.flush()
        request.session[links.VISIT] = found.pk
        if not OneTimeLink.objects.filter(pk=found.pk, used__isnull=True).update(used=clock.now()) and found.purpose != links.PACK:
            request.session.flush()
            return render(request, "pages/people/link_over.html", status=404)
        events.add(
            action="opened link",
            person=found.membership.person.email,
            role=found.membership.role,
            la=found.membership.la,
            kind="packs" if found.purpose == links.PACK else "plan",
            token="" if found.purpose == links.PACK else found.token,
            detail={"link": found.pk},
        )
        return redirect("packs-one", key=found.token) if found.purpose == links.PACK else redirect("visit")
    who = presented.held(found.membership)
    return render(request, "pages/people/open_visit.html", {"who": who, "purpose": roles.purposes()[found.purpose], "link": found})


@page("signed-in", quiet=True)
def visit(request: Any) -> HttpResponse:
    """Where a visit begins: for which child, whose link it is, and what there is to fill in."""
    viewer = request.viewer
    if viewer.link is None or viewer.link.purpose == links.PACK:
        raise Http404
    child = children.one(viewer, viewer.link.token, "plan")
    events.record(request, "viewed", "plan", token=child.token)
    return render(
        request,
        "pages/people/visit.html",
        {
            "child": child,
            # Without a roll there is no name, and an identifier is none.
            "name": child.name if child.entry is not None else "",
            "fills": presented.FILLS[viewer.role.name],
            "next": presented.next_page(viewer.link),
            "given_by": viewer.link.made_by,
        },
    )
