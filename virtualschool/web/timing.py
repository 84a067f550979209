"""How long the server took for an answer, told in its header: browsers show it, and speed/web.py reads it."""

import time

from django.http import HttpRequest, HttpResponse


class Timed:
    """Adds `Server-Timing: total;dur=12.3, cpu;dur=8.1` to every answer: milliseconds that passed, without the wait for a free thread,
    and those of them in which the processor was at work on it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, worked = time.perf_counter(), time.thread_time()
        response = self.get_response(request)
        took, worked = (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000
        response.headers["Server-Timing"] = f"total;dur={took:.1f}, cpu;dur={worked:.1f}"
        return response
