"""How long the server took for an answer, told in its header: browsers show it, and speed/web.py reads it."""

import time

from django.http import HttpRequest, HttpResponse


class Timed:
    """Adds `Server-Timing: total;dur=12.3` to every answer: milliseconds, without the wait for a free thread."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["Server-Timing"] = f"total;dur={(time.perf_counter() - began) * 1000:.1f}"
        return response
