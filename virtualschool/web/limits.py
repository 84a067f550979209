"""How often one person, or one place without an account, may do what takes data away or tries a secret."""

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from virtualschool.web import events

HOUR = 60 * 60


@dataclass(frozen=True)
class Limit:
    """So many requests an hour to the addresses of a kind; ours, some ten times what a busy day takes."""

    words: str
    an_hour: int


EXPORTS = Limit("downloads", 240)
LISTS = Limit("lists of children taken away", 40)
SECRETS = Limit("links tried", 60)
LIMITED = {
    "children-export": LISTS,
    "figures-download": EXPORTS,
    "people-whole-file": LISTS,
    "figures-chart": Limit("charts", 1200),
    "invitation": SECRETS,
    "visit-open": SECRETS,
    "packs-one": EXPORTS,
    "account_reset_password_from_key": SECRETS,
}


class NotTooOften:
    """Answers 429 beyond the limit, and leaves an event the first time in an hour."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, arguments, named) -> HttpResponse | None:
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        limit = LIMITED.get(name)
        if limit is None:
            return None
        viewer = getattr(request, "viewer", None)
        who = viewer.email if viewer and viewer.email else request.META.get("REMOTE_ADDR", "")
        key = f"limit:{limit.words}:{who}:{int(time.time()) // HOUR}".replace(" ", "-")
        cache.add(key, 0, HOUR)
        try:
            number = cache.incr(key)
        except ValueError:  # It ran out between the two.
            number = 1
        if number <= limit.an_hour:
            return None
        if number == limit.an_hour + 1:
            events.record(request, "too many", page=name, limit=limit.words)
        return render(request, "pages/too_many.html", {"limit": limit}, status=429)
