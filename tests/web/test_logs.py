"""What is written to the log, and what is not."""

import io
import logging
import logging.config

import pytest
from django.conf import settings as own
from django.test import RequestFactory

from virtualschool.web import children, logs


@pytest.fixture
def log():
    """What the handler of the settings writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.WithoutChildren())
    loggers = [logging.getLogger(name) for name in ("django", "django.request", "virtualschool", "axes", "")]
    for one in loggers:
        one.addHandler(handler)
    yield out
    for one in loggers:
        one.removeHandler(handler)


def test_the_log_of_a_fault_holds_kind_and_place_and_nothing_of_the_child(signed_in, roll, log, monkeypatch):
    (entry,) = roll("V01", 1, name="Invented Quillfeather", upn="Z999999999999")
    head = signed_in("head")
    head.raise_request_exception = False

    def fails(*given, **more):
        raise ValueError(f"{entry.name}, {entry.dob}, {entry.upn} could not be shown")

    monkeypatch.setattr(children, "of", fails)
    assert head.get(f"/children/child/{entry.token}?name={entry.name}").status_code == 500
    written = log.getvalue()
    assert "ValueError at" in written and "test_logs.py" in written
    for held in ("Quillfeather", str(entry.dob), entry.upn):
        assert held not in written


def test_what_is_sent_to_a_page_that_fails_is_in_no_log(signed_in, log, monkeypatch):
    head = signed_in("head")
    head.raise_request_exception = False
    monkeypatch.setattr("virtualschool.web.views.governance.acts.complain", lambda *given, **more: 1 / 0)
    head.post("/people/complaints", {"act": "add", "received": "2025-04-01", "subject": "wrong", "reference": "Quillfeather"})
    assert "ZeroDivisionError at" in log.getvalue() and "Quillfeather" not in log.getvalue()


def test_a_query_is_cut_off_in_the_log(log):
    logging.getLogger("django.request").warning("Not Found: %s", "/children?name=Quillfeather&dob=2012-01-01")
    assert "Not Found: /children?…" in log.getvalue() and "Quillfeather" not in log.getvalue()


def test_a_report_of_a_fault_shows_no_value_of_a_request_or_a_variable():
    shown = logs.NothingShown()
    request = RequestFactory().post("/", {"name": "Quillfeather"})
    assert shown.get_post_parameters(request) == {} and list(shown.get_traceback_frame_variables(request, None)) == []


def test_every_handler_of_the_settings_writes_without_children():
    held = own.LOGGING
    assert held["formatters"]["line"]["()"] == "virtualschool.web.logs.WithoutChildren"
    assert {handler["formatter"] for handler in held["handlers"].values()} == {"line"}
    assert own.DEFAULT_EXCEPTION_REPORTER_FILTER == "virtualschool.web.logs.NothingShown" and own.DEBUG is False
