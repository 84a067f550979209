"""What a store that was just made is served with, and what an address with https changes."""

import inspect
import json
import os
import stat
import subprocess
import sys

import pytest

from virtualschool.web import secrets, serving

ASKED = """
import json, django
django.setup()
from django.conf import settings as s
from django.test import Client
s.WHITENOISE_AUTOREFRESH = False
def asked(path, **more):
    answer = Client(raise_request_exception=False).get(path, **more)
    return [answer.status_code, answer.headers.get("Location", ""), answer.headers.get("Strict-Transport-Security", "")]
print(json.dumps({
    "debug": s.DEBUG, "hosts": s.ALLOWED_HOSTS, "secret": len(s.SECRET_KEY), "hashers": s.PASSWORD_HASHERS, "mail": s.EMAIL_BACKEND,
    "secure": [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY],
    "session": [s.SESSION_IDLE_SECONDS, s.SESSION_COOKIE_AGE, s.SESSION_EXPIRE_AT_BROWSER_CLOSE],
    "plain": asked("/signed-out", HTTP_HOST=HOST), "tls": asked("/signed-out", HTTP_HOST=HOST, HTTP_X_FORWARDED_PROTO="https"),
    "stranger": asked("/signed-out", HTTP_HOST="elsewhere.example", HTTP_X_FORWARDED_PROTO="https")[0],
}))
"""


def served(store, host: str, **environment) -> dict:
    """What the settings come to in a process of their own, with this environment."""
    held = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUALSCHOOL_", "DJANGO_"))}
    held |= {"VIRTUALSCHOOL_STORE": str(store), "DJANGO_SETTINGS_MODULE": "virtualschool.web.settings", **environment}
    done = subprocess.run([sys.executable, "-c", ASKED.replace("HOST=HOST", f"HOST={host!r}")], env=held, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-1500:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.usefixtures("built")
def test_an_address_with_https_holds_browsers_to_it_and_turns_plain_requests_to_it(built):
    said = served(built, "school.example.gov.uk", VIRTUALSCHOOL_ADDRESS="https://school.example.gov.uk")
    assert said["plain"][:2] == [301, "https://school.example.gov.uk/signed-out"]
    assert said["tls"][0] == 200 and said["tls"][2] == "max-age=31536000; includeSubDomains"
    assert said["secure"] == [True] * 4 and said["hosts"] == ["school.example.gov.uk"] and said["stranger"] == 400


@pytest.mark.slow
def test_without_settings_a_store_is_served_to_this_machine_alone_without_debugging(built):
    said = served(built, "localhost")
    assert said["debug"] is False and said["hosts"] == ["localhost", "127.0.0.1", "[::1]"] and said["stranger"] == 400
    assert said["plain"][0] == 200 and said["secret"] >= 50 and said["mail"].endswith("dummy.EmailBackend")
    assert said["hashers"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert said["session"] == [15 * 60, 12 * 60 * 60, True]
    assert inspect.signature(serving.serve).parameters["address"].default == "127.0.0.1"


def test_each_store_has_a_key_of_its_own_that_its_owner_alone_reads(tmp_path):
    stores = [tmp_path / name for name in ("one", "other")]
    for store in stores:
        store.mkdir()
    keys = [secrets.kept(store) for store in stores]
    assert keys[0] != keys[1] and keys == [secrets.kept(store) for store in stores]
    assert [stat.S_IMODE((store / secrets.NAME).stat().st_mode) for store in stores] == [0o600, 0o600]


def test_migrations_make_what_the_models_say(store, settings):
    """The tables of the tests are made from the models; those of a new store by the migrations."""
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {}
    call_command("makemigrations", "web", check_changes=True, dry_run=True, verbosity=0)
