"""What happens around every request: nothing of it is kept by others, sessions end, and who asks is known."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from virtualschool.web import clock, links
from virtualschool.web.permissions import NOBODY, viewer_of


class BehindProxy:
    """Counts attempts and writes down places by the address that came to the proxy, and not by the proxy's own.

    Only where the service has an https address: then a proxy stands before it, and nobody else reaches it. The last address that
    the header names is the one that the proxy itself saw; what stands before that anybody may have written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if seen and settings.SECURE_PROXY_SSL_HEADER:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)


class NoTrace:
    """No page is kept by a cache or found by a search engine, and none is framed or asks for a device."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class SessionsThatEnd:
    """Signs a person out after a time without a request, and after twelve hours whatever they do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or links.VISIT in request.session:
            now = int(clock.now().timestamp())
            began = request.session.setdefault("began", now)
            last = request.session.get("last", now)
            if now - last > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                auth.logout(request)
                return redirect("session-ended")
            # Written at most once a minute: a session is a row, and a page is often several requests.
            if now - last > 60 or "last" not in request.session:
                request.session["last"] = now
        return self.get_response(request)


class WhoAsks:
    """Sets `request.viewer`: the person in the one role and authority that they act in now."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks = request.user.is_authenticated or links.VISIT in request.session
        request.viewer = viewer_of(request) if asks else NOBODY  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorFirst:
    """Leads a person whose role opens records, and who has no second factor, to set one up before any other page."""

    OPEN = frozenset(
        (
            "account",
            "account_logout",
            "account_reauthenticate",
            "signed-out",
            "session-ended",
            "health",
            "accessibility",
            "privacy",
            "privacy-children",
        )
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, arguments, named) -> HttpResponse | None:
        from virtualschool.web import sign_in  # allauth's models are ready only now.

        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name in self.OPEN or name.startswith("mfa_") or not request.user.is_authenticated:
            return None
        return redirect("mfa_activate_totp") if sign_in.needs_second_factor(request) else None
