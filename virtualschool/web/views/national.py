"""What a national host sees: every authority's children under pseudonyms, and figures of every authority."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from virtualschool.web.permissions import page
from virtualschool.web.presenters import national as presented


@page("national")
def national(request: Any) -> HttpResponse:
    """The authorities that are held, with published figures of each."""
    return render(request, "pages/people/national.html", {"told": presented.figures(request.viewer), "year": presented.year()})


@page("national")
def pseudonyms(request: Any) -> HttpResponse:
    """Children of all authorities in the newest year: no name, no identifier, no date of birth, no place but the authority."""
    la, band = request.GET.get("la", ""), request.GET.get("age", "")
    number = request.GET.get("page", "1")
    total, rows = presented.children(la, band, int(number) if number.isdigit() else 1)
    pages = Paginator(range(total), presented.SHOWN).get_page(number)
    return render(
        request,
        "pages/people/pseudonyms.html",
        {
            "page": pages,
            "rows": rows,
            "found": total,
            "la": la,
            "band": band,
            "authorities": presented.authorities(),
            "bands": presented.bands(),
        },
    )
