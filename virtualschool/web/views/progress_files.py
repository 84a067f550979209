"""Recording documents: downloaded blank or for a child or home, brought back filled in, kept or discarded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.plans.progress_documents import RecordingDocument, documents
from virtualschool.plans.progress_ways import kinds
from virtualschool.reports.forms import FORMATS, drawn
from virtualschool.reports.forms.sheet import Sheet
from virtualschool.web import events
from virtualschool.web.actions import progress as actions
from virtualschool.web.children import Child
from virtualschool.web.forms_progress import DocumentForm
from virtualschool.web.models import ProgressFile
from virtualschool.web.permissions import page
from virtualschool.web.presenters import progress as presenter

TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@page("progress")
def blank(request: Any) -> HttpResponse:
    """A blank document of ?document= and ?format=."""
    return _sent(request, presenter.blank_sheet(_document(request.GET.get("document", ""))), request.GET.get("format", ""))


@page("progress")
def child_documents(request: Any, token: str) -> HttpResponse:
    """The documents for a child, and a form to bring a filled one."""
    viewer, child = request.viewer, request.child
    if viewer.role.name == "child":
        raise Http404
    may_bring = bool(actions.writable(viewer, child))
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_bring:
            raise Http404
        if form.is_valid() and (file := _brought(request, form, child)):
            return redirect("children-progress-file", token=token, number=file.pk)
    context = {
        "child": child,
        "documents": presenter.listed_documents("child"),
        "form": form,
        "may_bring": may_bring,
        "files": actions.files_of(viewer, child).order_by("-pk")[:10],
        "in_home": bool(actions.home_of(viewer)),
    }
    return render(request, "pages/progress/documents.html", context, status=400 if form.errors else 200)


@page("progress")
def child_document(request: Any, token: str, document: str, style: str) -> HttpResponse:
    found = _document(document)
    if found.about != "child" or style not in FORMATS or request.viewer.role.name == "child":
        raise Http404
    return _sent(request, presenter.child_sheet(request.viewer, request.child, found), style, token)


@page("progress", "change")
def child_file(request: Any, token: str, number: int) -> HttpResponse:
    file = actions.files_of(request.viewer, request.child).filter(pk=number).first()
    return _decided(request, file, request.child)


@page("home_records")
def home_document(request: Any) -> HttpResponse:
    """The six-month review with the home's children; a POST brings a filled one."""
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid() and (file := _brought(request, form, None)):
            return redirect(_home_file(file))
        context = {**presenter.home_page(request.viewer), "files": actions.files_of(request.viewer, None).order_by("-pk")[:10]}
        return render(request, "pages/progress/home.html", {**context, "form": form}, status=400)
    (document,) = presenter.listed_documents("home")
    return _sent(request, presenter.home_sheet(request.viewer, document), request.GET.get("format", ""))


@page("home_records", "change")
def home_file(request: Any) -> HttpResponse:
    """The filled document of ?number=."""
    number = request.GET.get("number", "")
    known = number.isdigit() and len(number) < 10 and actions.home_of(request.viewer)
    file = actions.files_of(request.viewer, None).filter(pk=int(number)).first() if known else None
    return _decided(request, file, None)


def _home_file(file: ProgressFile) -> str:
    return f"{reverse('children-progress-home-file')}?number={file.pk}"


def _document(name: str) -> RecordingDocument:
    if name not in documents():
        raise Http404
    return documents()[name]


def _sent(request: Any, sheet: Sheet, style: str, token: str = "") -> HttpResponse:
    """A document as a download. Its name says nothing of the child."""
    if style not in FORMATS:
        raise Http404
    content = drawn(sheet, style)
    events.record(request, "downloaded", "progress", token=token, document=sheet.document.name, style=style)
    sent = HttpResponse(content, content_type=TYPES[style])
    sent["Content-Disposition"] = f'attachment; filename="{sheet.document.name}.{style}"'
    return sent


def _brought(request: Any, form: DocumentForm, child: Child | None) -> ProgressFile | None:
    try:
        return actions.bring(request, form.cleaned_data["document"], child)
    except VirtualSchoolError as fault:
        form.add_error("document", f"{fault.wrong.capitalize()} {fault.do}")
    return None


def _decided(request: Any, file: ProgressFile | None, child: Child | None) -> HttpResponse:
    """What a filled document says, and the decision about it."""
    if file is None:
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("act") == "keep":
                kept = actions.keep_file(request, file, child)
                messages.success(request, f"{kept} record{'' if kept == 1 else 's'} kept.")
            elif request.POST.get("act") == "discard":
                actions.discard_file(request, file)
                messages.success(request, "The document is discarded. Nothing of it was kept.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        if child is None:
            return redirect(_home_file(file))
        return redirect("children-progress-file", token=child.token, number=file.pk)
    account = [{**one, "title": kinds()[one["kind"]].title} for one in file.account]
    entries = [{"kind": kinds()[one["kind"]], "lines": presenter.answers(kinds()[one["kind"]], one["values"])} for one in file.held]
    context = {
        "child": child,
        "file": file,
        "document": documents().get(file.document),
        "account": account,
        "entries": entries,
        "nothing": [kinds()[name].title for name in file.nothing if name in kinds()],
        "stays": [one for one in file.held if file.home and kinds()[one["kind"]].stays_home(one["values"])],
    }
    return render(request, "pages/progress/file.html", context)
