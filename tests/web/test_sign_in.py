"""How people come in, stay in, and are kept out."""

import base64
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from virtualschool.web import clock, sign_in, stores
from virtualschool.web.models import Event, Person

PASSWORD = "three small words"
PAGE = "/accounts/password/change/"
"""A page for everyone who has an account, that asks nothing of the store."""


@pytest.fixture(autouse=True)
def quick(settings):
    """Passwords are hashed by a quick way: what is tested is who comes in, and a slow one would be asked some thirty times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def real(monkeypatch):
    """A store of real authorities, as far as the rules of sign-in know."""
    monkeypatch.setattr(stores, "is_invented", lambda of=None: False)


@pytest.fixture
def person(member):
    def made(role: str = "head", la: str = "V01") -> Person:
        one = member(role, la).person
        one.set_password(PASSWORD)
        one.save()
        return one

    return made


def enter(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def actions(email: str = "") -> list[str]:
    events = Event.objects.exclude(action="viewed")
    return list((events.filter(person=email) if email else events).values_list("action", flat=True))


def test_who_signs_in_and_out_leaves_events_and_the_key_of_the_session_changes(person):
    one, client = person(), Client()
    client.get(reverse("account_login"))
    client.session["something"] = 1
    client.session.save()
    before = client.session.session_key
    assert enter(client, one.email).headers["Location"] == "/"
    assert client.session.session_key != before
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert actions(one.email) == ["signed in", "signed out"]


def test_one_place_may_try_twenty_times_a_minute_whatever_the_account(person):
    email = person().email
    for number in range(20):
        assert enter(Client(), f"someone{number}@example.invalid", "wrong password").status_code == 200
    page = enter(Client(), email)
    assert page.status_code == 429 or b"Too many attempts" in page.content
    assert not Event.objects.filter(action="signed in").exists()


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_an_account_and_do_not_say_whether_there_is_one(person, known):
    email = person().email if known else "nobody@example.invalid"
    pages = [enter(Client(), email, "wrong password") for _ in range(5)]
    assert [page.status_code for page in pages] == [200] * 4 + [429]
    assert "is not right" in pages[0].content.decode() and email in pages[0].content.decode()
    assert enter(Client(), email).status_code == 429
    assert actions(email if known else "").count("locked out") >= 1
    assert Event.objects.filter(action="failed sign-in", person=email).count() == (6 if known else 0)


def test_the_page_for_a_wrong_password_is_the_same_with_and_without_an_account(person):
    def shown(email: str) -> str:
        page = enter(Client(), email, "wrong password").content.decode().replace(email, "EMAIL")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)

    assert shown(person().email) == shown("nobody@example.invalid")


def test_asking_for_a_new_password_says_the_same_with_and_without_an_account(person, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    email = person().email
    answers = [
        Client().post(reverse("account_reset_password"), {"email": one}).headers["Location"] for one in (email, "no@example.invalid")
    ]
    assert answers[0] == answers[1] == reverse("account_reset_password_done")
    message = next(one for one in mailoutbox if one.to == [email])
    (link,) = re.findall(r"http://testserver(\S+)", message.body)
    client = Client()
    page = client.get(link, follow=True)
    action = page.redirect_chain[-1][0]
    client.post(action, {"password1": "another three words", "password2": "another three words"})
    assert enter(Client(), email, "another three words").headers["Location"] == "/"


def test_a_session_ends_after_a_quarter_of_an_hour_without_a_request(person, monkeypatch):
    client, began = Client(), clock.now()
    enter(client, person().email)
    for minutes, location in ((14, None), (28, None), (44, reverse("session-ended"))):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: began + datetime.timedelta(minutes=minutes))
        assert client.get("/accounts/").headers.get("Location") == location
    assert client.get("/accounts/").status_code == 302


def test_a_session_ends_after_twelve_hours_whatever_happens(person, monkeypatch):
    client, began = Client(), clock.now()
    enter(client, person().email)
    client.get("/accounts/")
    for minutes, status in ((12 * 60 - 1, 200), (12 * 60 + 1, 302)):
        moment = began + datetime.timedelta(minutes=minutes)
        session = client.session
        session["last"] = int(moment.timestamp()) - 60  # Somebody who has been busy until a minute ago.
        session.save()
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert client.get("/accounts/").status_code == status


def test_a_role_that_opens_records_needs_a_second_factor_before_anything_else(person, real, django_capture_on_commit_callbacks):
    one, client = person("head"), Client()
    enter(client, one.email)
    for address in ("/", "/acting-as"):
        assert client.get(address).headers["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert b"a password alone is not enough" in page.content
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(PAGE).status_code == 200
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    # From now on the password alone opens nothing, and a recovery code opens once.
    again = Client()
    assert enter(again, one.email).headers["Location"] == reverse("mfa_authenticate")
    assert again.get("/").headers["Location"].startswith(reverse("account_login"))
    assert b"That code is not right" in again.post(reverse("mfa_authenticate"), {"code": "000000"}).content
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).headers["Location"] == "/"
    third = Client()
    enter(third, one.email)
    assert third.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert [act for act in actions(one.email) if act != "changed second factor"] == [
        "signed in",
        "failed sign-in",
        "signed in",
        "failed sign-in",
    ]
    assert "changed second factor" in actions(one.email)


def test_whose_second_factor_is_switched_off_is_led_to_another(person, real):
    one, client = person("head"), Client()
    enter(client, one.email)
    long_ago = clock.now() - datetime.timedelta(days=9)
    Authenticator.objects.create(user=one, type="totp", data={"secret": "x"}, created_at=long_ago)
    assert client.get(PAGE).status_code == 200
    switch = reverse("mfa_deactivate_totp")
    assert client.post(switch).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(switch)
    assert client.get(PAGE).headers["Location"] == reverse("mfa_activate_totp")


def test_a_carer_and_an_invented_store_need_no_second_factor(person, real, monkeypatch):
    carer = Client()
    enter(carer, person("carer").email)
    assert carer.get(PAGE).status_code == 200
    monkeypatch.setattr(stores, "is_invented", lambda of=None: True)
    head = Client()
    enter(head, person("head").email)
    assert head.get(PAGE).status_code == 200


def test_nobody_makes_an_account_for_themselves(store):
    page = Client().post(reverse("account_signup"), {"email": "a@example.invalid", "password1": PASSWORD, "password2": PASSWORD})
    assert page.status_code == 200 and not Person.objects.exists()


@pytest.mark.parametrize(("header", "place"), [(("HTTP_X_FORWARDED_PROTO", "https"), "198.51.100.7"), (None, "127.0.0.1")])
def test_behind_a_proxy_the_place_is_the_address_that_the_proxy_saw_and_else_no_header_is_believed(person, settings, header, place):
    settings.SECURE_PROXY_SSL_HEADER = header
    enter(Client(), person().email, "wrong password", headers={"x-forwarded-for": "203.0.113.1, 198.51.100.7"})
    assert Event.objects.get(action="failed sign-in").detail == {"from": place}


ASKED = """
import json
from virtualschool.web import settings as s
print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS,
    s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"], s.SESSION_COOKIE_HTTPONLY, s.DEBUG]))
"""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://school.example.gov.uk",
            [True, True, "__Host-session", True, 31_536_000, ["school.example.gov.uk"], ["https://school.example.gov.uk"]],
        ),
        ("", [False, False, "session", False, 0, ["localhost", "127.0.0.1", "[::1]"], []]),
    ],
)
def test_cookies_are_secure_and_browsers_are_held_to_https_where_the_address_is(tmp_path, address, expected):
    environment = {**os.environ, "VIRTUALSCHOOL_STORE": str(tmp_path), "VIRTUALSCHOOL_ADDRESS": address}
    environment |= {"VIRTUALSCHOOL_OIDC": "https://login.example.gov.uk/tenant/v2.0"}
    said = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == [*expected, ["'self'", "https://login.example.gov.uk"], True, False]


# The council's identity provider: a real one, run beside the test.

SUB = "b7c1-oid"


@pytest.fixture(scope="module")
def provider():
    import oidc_provider_mock

    claims = [
        oidc_provider_mock.User(sub=SUB, claims={"email": "known@example.invalid", "email_verified": True, "name": "Known"}),
        oidc_provider_mock.User(sub="claims-only", claims={"email": "known@example.invalid", "email_verified": False}),
        oidc_provider_mock.User(sub="stranger", claims={"email": "stranger@example.invalid", "email_verified": True}),
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=claims) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def council(settings, provider):
    (app,) = [
        {
            "provider_id": "council",
            "name": "Invented Council",
            "client_id": "virtual-school",
            "secret": "a secret",
            "settings": {"server_url": provider, "uid_field": "sub"},
        }
    ]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


def come_from_the_council(sub: str) -> tuple[Client, object, dict]:
    """The whole way: our button, the provider's page, back to us. Gives what was asked of the provider too."""
    client = Client()
    there = client.post(reverse("openid_connect_login", args=["council"])).headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=10).headers["Location"]
    at = urlsplit(back)
    return client, client.get(f"{at.path}?{at.query}"), asked


def test_the_councils_sign_in_opens_the_account_of_a_verified_address_and_asks_no_second_factor(council, member, real):
    one = member("head").person
    one.email = "known@example.invalid"
    one.save()
    assert b"Sign in with Invented Council" in Client().get(reverse("account_login")).content
    client, came, asked = come_from_the_council(SUB)
    assert came.headers["Location"] == "/" and client.session["_auth_user_id"] == str(one.pk)
    assert (
        asked["code_challenge_method"] == "S256"
        and len(base64.urlsafe_b64decode(asked["code_challenge"] + "=")) == hashlib.sha256().digest_size
    )
    assert client.get("/accounts/").status_code == 200
    assert Event.objects.get(action="signed in").detail["by"] == ["socialaccount"]

    # Afterwards the provider's own key counts, whatever the address is by then.
    one.email = "changed@example.invalid"
    one.save()
    client, _, _ = come_from_the_council(SUB)
    assert client.session["_auth_user_id"] == str(one.pk)


@pytest.mark.parametrize("sub", ["stranger", "claims-only"])
def test_who_is_not_known_or_whose_address_is_not_verified_is_told_that_there_is_no_account(council, member, sub):
    one = member("head").person
    one.email = "known@example.invalid"
    one.save()
    client, came, _ = come_from_the_council(sub)
    assert came.headers["Location"] == reverse("no-account") and "_auth_user_id" not in client.session
    assert b"There is no account for you" in client.get(reverse("no-account")).content
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "email"),
    [
        ({"userinfo": {"email": "A@x.invalid", "email_verified": True}}, "a@x.invalid"),
        ({"userinfo": {"email": "a@x.invalid"}, "id_token": {"email": "a@x.invalid", "xms_edov": True}}, "a@x.invalid"),
        ({"id_token": {"email": "a@x.invalid", "xms_edov": "1"}}, "a@x.invalid"),
        ({"id_token": {"email": "a@x.invalid", "xms_edov": False}}, ""),
        ({"userinfo": {"email": "a@x.invalid", "email_verified": "no"}}, ""),
        ({"userinfo": {"preferred_username": "a@x.invalid"}}, ""),
    ],
)
def test_an_address_counts_only_where_the_provider_says_that_it_is_the_persons(said, email):
    assert sign_in.verified_email(said) == email
