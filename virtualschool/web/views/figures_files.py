"""Pictures of figures for the pages, and figures as files. A file for the public is a release; every download leaves an event."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.web import events
from virtualschool.web.permissions import page
from virtualschool.web.presenters import figures_choice, figures_drawn, figures_files, figures_overview
from virtualschool.web.presenters.figures_asked import Figures
from virtualschool.web.presenters.figures_pieces import Piece
from virtualschool.web.views.figures import PARTS


@page("figures", quiet=True)
def chart(request: Any, part: str, name: str, kind: str) -> HttpResponse:
    """A chart of a page as an SVG, or as data for the browser to draw."""
    make = maker(part)
    try:
        asked = Figures(request.viewer, figures_choice.of(request.GET))
        piece = named(figures_drawn.kept(asked, part, make), name)
    except WrongUse as fault:
        raise Http404 from fault
    if piece.chart is None or kind not in ("svg", "json"):
        raise Http404
    width = figures_drawn.WIDTHS.get(request.GET.get("width", "wide"), figures_drawn.WIDTHS["wide"])
    if kind == "json":
        return HttpResponse(json.dumps(figures_drawn.specification(piece.chart, width)), content_type="application/json")
    return HttpResponse(figures_drawn.svg(piece.chart, width), content_type="image/svg+xml")


@page("figures", quiet=True)
def download(request: Any, part: str, name: str, kind: str) -> HttpResponse:
    """One piece of a page as CSV, workbook, SVG or PNG."""
    make = maker(part)
    if kind not in figures_files.KINDS:
        raise Http404
    try:
        choice = figures_choice.of(request.GET)
        release = " ".join(["page", part, name, choice.query().removeprefix("?")])
        asked = Figures(request.viewer, choice, release_as=release)
        piece = named(make(asked), name)
        if kind in ("svg", "png") and piece.chart is None:
            raise Http404
        body = written(asked, piece, kind)
        asked.enter()
    except VirtualSchoolError as fault:
        return render(request, "pages/figures/no_file.html", {"fault": str(fault)}, status=400)
    kind_of_data = "exact_figures" if asked.is_internal else "figures"
    told: dict[str, Any] = {"format": kind, "part": f"{part} {name}", "measures": list(choice.measures), "rows": len(piece.table.rows)}
    events.record(request, "downloaded", kind_of_data, columns=[*choice.filters, *choice.by], **told)
    response = HttpResponse(body, content_type=figures_files.KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{figures_files.name(asked, piece, kind)}"'
    return response


def written(asked: Figures, piece: Piece, kind: str) -> bytes:
    if kind == "csv":
        return figures_files.as_csv(asked, piece)
    if kind == "xlsx":
        return figures_files.as_workbook(asked, piece)
    assert piece.chart is not None
    return figures_drawn.as_file(piece.chart, kind, [piece.sentence, *figures_files.bearing(asked, piece)])


def maker(part: str) -> Callable[[Figures], list[Piece]]:
    if part == "figures":
        return lambda asked: [figures_overview.piece(asked)]
    if part not in PARTS:
        raise Http404
    return PARTS[part][1]


def named(pieces: list[Piece], name: str) -> Piece:
    found = next((piece for piece in pieces if piece.name == name), None)
    if found is None:
        raise Http404
    return found
