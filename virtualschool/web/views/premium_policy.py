"""The published policy of allocating the premium: everybody of the premium reads it, the head publishes it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.actions import premium_policy as actions
from virtualschool.web.forms_premium import PolicyForm
from virtualschool.web.permissions import page
from virtualschool.web.presenters import premium_policy as presenter

FIELD_OF = {"Approved on": "approved_on", "Review by": "review_on", "What is kept": "kept_for"}


@page("premium")
def policy(request: Any) -> HttpResponse:
    context = presenter.page(request.viewer.la, request.GET.get("version", ""))
    context["may_publish"] = request.viewer.may("premium_decide", "change")
    context["may_ledger"] = request.viewer.may("premium_ledger")
    return render(request, "pages/premium/policy.html", context)


@page("premium_decide", "change")
def write(request: Any) -> HttpResponse:
    """A new version; it begins from the words of the one that holds."""
    held = actions.current(request.viewer.la)
    names = ("devolved", "kept_for", "how_to_ask", "place", "approved_by")
    initial: dict[str, Any] = {"approved_on": clock.today()}
    if held:
        initial = {"policy": held.words, **{name: getattr(held, name) for name in names}}
    form = PolicyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            said = dict(form.cleaned_data)
            made = actions.publish(request, words=said.pop("policy"), **said)
        except WrongUse as fault:
            form.add_error(FIELD_OF.get(fault.where), f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            messages.success(request, f"Version {made.version} is published. Schools read it here from now on.")
            return redirect("premium-policy")
    return render(request, "pages/premium/policy_write.html", {"form": form, "held": held}, status=400 if form.errors else 200)


@page("premium")
def file(request: Any, version: int, kind: str) -> HttpResponse:
    """A version as Word or PDF, to publish on the authority's own pages."""
    found = next((one for one in actions.versions(request.viewer.la) if one.version == version), None)
    if found is None or kind not in presenter.KINDS:
        raise Http404
    content = presenter.file(found, kind)
    events.record(request, "downloaded", "premium", version=version, style=kind)
    answer = HttpResponse(content, content_type=presenter.KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="premium-policy-version-{version}.{kind}"'
    return answer
