"""Pages for what went wrong. Whoever may not see a page is told the same as where there is none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/not_found.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    # Without the frame: what it reads may be what failed.
    return HttpResponse(_PLAIN, status=500)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/not_understood.html", status=400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "pages/stale_form.html", status=403)


_PLAIN = """<!doctype html><html lang="en-GB"><head><title>Sorry, there is a problem</title></head><body><h1>Sorry, there is a problem</h1>
<p>Nothing that you entered before was lost. Try again later.</p></body></html>"""
