"""Pages of data: bringing files, reading what is wrong, keeping or discarding them, and links to judge."""

import gzip
import io
import shutil
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from virtualschool.errors import WrongUse
from virtualschool.store import Store
from virtualschool.web import stores, tasks, uploads_safe
from virtualschool.web.actions import uploads
from virtualschool.web.models import Event, Upload

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"


def file(name: str, text: str | bytes = HEADER + "K1,1,01/02/2012,WBRI,UN2,,\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.fixture
def own_store(store, tmp_path, settings):
    """A store that a test may build in: a copy."""
    place = tmp_path / "store"
    shutil.copytree(store, place)
    settings.STORE = place
    return place


@pytest.fixture
def brought(own_store, signed_in, django_capture_on_commit_callbacks):
    """Brings files as an analyst and has them read: brought(file(...)) gives the browser and the upload."""

    def made(*files, paths=()):
        browser = signed_in("analyst")
        answer = browser.post("/data/bring", {"files": list(files), "path": list(paths)})
        upload = Upload.objects.order_by("-id").first()
        if upload is not None:
            uploads.read(upload.pk)
            upload.refresh_from_db()
        return browser, upload, answer

    return made


def test_files_that_are_brought_are_read_and_change_nothing_until_they_are_kept(brought, own_store):
    before = Store.open(own_store).current().name
    browser, upload, _ = brought(
        file("header.csv", HEADER + "K1,1,01/02/2012,WBRI,UN2,,\nK2,3,01/02/2012,WBRI,UN2,,\n"), paths=["2025/header.csv"]
    )
    assert (upload.state, [(one["read"], one["kept"], one["la"], one["year"]) for one in upload.account]) == ("read", [(2, 2, "V01", 2025)])
    page = browser.get(f"/data/uploads/{upload.pk}").content.decode()
    assert "SEX must be one of the codes" in page and "Keep, and build them in" in page
    assert Store.open(own_store).current().name == before


def test_discarded_files_are_gone_and_the_store_is_as_it_was(brought, own_store):
    browser, upload, _ = brought(file("header.csv"), paths=["2025/header.csv"])
    before = Store.open(own_store).current().name
    browser.post(f"/data/uploads/{upload.pk}", {"act": "discard"})
    upload.refresh_from_db()
    assert upload.state == "discarded" and not uploads.folder_of(upload).exists() and Store.open(own_store).current().name == before


def test_kept_files_are_built_in_once(brought, own_store, monkeypatch):
    built = []
    monkeypatch.setattr(uploads.pipeline, "build", lambda *given, **more: built.append((given, more)) or Store.open(own_store).current())
    browser, upload, _ = brought(file("header.csv"), paths=["2025/header.csv"])
    browser.post(f"/data/uploads/{upload.pk}", {"act": "keep"})
    uploads.build(upload.pk)
    uploads.build(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "kept" and upload.snapshot == Store.open(own_store).current().name
    ((given, more),) = built
    assert given[1] == [("V01", uploads.folder_of(upload) / "files")] and more["add"] is True
    assert not uploads.folder_of(upload).exists()


def test_a_return_of_another_authority_is_refused_whole(brought):
    _, upload, _ = brought(file("header.csv"), paths=["V02/2025/header.csv"])
    assert upload.state == "failed" and "returns of other authorities (V02)" in upload.wrong


def test_files_that_hold_nothing_we_know_cannot_be_kept(brought):
    browser, upload, _ = brought(file("notes.csv", "a,b\n1,2\n"))
    browser.post(f"/data/uploads/{upload.pk}", {"act": "keep"})
    upload.refresh_from_db()
    assert upload.state in ("read", "failed")


def test_another_authority_finds_no_upload(brought, signed_in):
    _, upload, _ = brought(file("header.csv"), paths=["2025/header.csv"])
    other = signed_in("analyst", "V02")
    assert other.get(f"/data/uploads/{upload.pk}").status_code == 404
    assert other.post(f"/data/uploads/{upload.pk}", {"act": "discard"}).status_code == 404


def test_who_may_not_bring_files_is_told_that_there_is_no_such_page(signed_in):
    for role in ("team", "teacher", "corporate_parent"):
        assert signed_in(role).post("/data/bring", {"files": [file("header.csv")]}).status_code == 404


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a/b/header.csv", "a/b/header.csv"), ("../../etc/header.csv", "etc/header.csv"), ("C:\\x\\header.csv", "C_/x/header.csv")],
)
def test_a_name_stays_below_its_folder(name, safe):
    assert uploads_safe.name_of(name) == safe


@pytest.mark.parametrize("name", ["..", "run.exe", "page.html", "x" * 300 + ".csv", "/".join("a" * 13) + "/x.csv"])
def test_other_names_are_refused(name):
    with pytest.raises(WrongUse):
        uploads_safe.name_of(name)


def workbook(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("a.csv", b"PK\x03\x04 zip", "it is no CSV file"),
        ("a.csv", b"MZ program", "it is no CSV file"),
        ("a.xlsx", b"child,sex\n", "it is no Excel workbook"),
        ("a.xlsx", workbook(xl__workbook_dot_xml=b"x" * 60_000_000), "unpack to far more"),
        ("a.xlsx", workbook(xl__workbook_dot_xml=b"x", xl__vbaProject_dot_bin=b"x"), "it holds macros"),
        ("a.csv.gz", gzip.compress(b"0" * 60_000_000), "unpack to far more"),
        ("a.csv.gz", b"child,sex\n", "it is no gzip file"),
        ("a.parquet", b"child,sex\n", "it is no Parquet file"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "document type"),
        ("a.xml", b"child,sex\n", "it is no XML file"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_or_would_swell_is_refused(tmp_path, name, content, wrong):
    place = tmp_path / name
    place.write_bytes(content)
    with pytest.raises(WrongUse, match=wrong):
        uploads_safe.is_what_it_says(place, name)


def test_a_refused_file_is_told_and_nothing_of_the_upload_is_kept(brought, own_store):
    browser, upload, answer = brought(file("header.csv"), file("a.xlsx", "no workbook"))
    assert upload is None and answer.url == "/data"
    assert b"it is no Excel workbook" in browser.get("/data").content
    assert not any((own_store / "uploads").glob("*/files/*"))


def test_files_larger_than_the_limit_do_not_come_in(monkeypatch, brought):
    monkeypatch.setattr(uploads_safe, "LARGEST", 10)
    _, upload, _ = brought(file("header.csv"))
    assert upload is None


def test_an_authority_sees_its_own_files_and_those_of_all_and_no_others(signed_in):
    page = signed_in("analyst").get("/data/files")
    las = {one["la"] for one in page.context["page"].paginator.object_list}
    assert las == {"V01", None} and b"/V02/" not in page.content


def test_findings_are_those_of_the_authority(signed_in, store):
    expected = stores.engine().value("SELECT count(*) FROM findings WHERE la = 'V01' OR la IS NULL")
    browser = signed_in("analyst")
    assert sum(row["found"] for row in browser.get("/data/findings").context["rules"]) == expected
    csv = browser.get("/data/findings?format=csv")
    assert csv.content.decode().count("\n") >= expected and b"V02" not in csv.content
    assert Event.objects.filter(action="downloaded", kind="files").count() == 1


def test_history_tells_which_snapshot_is_current(signed_in, store):
    held = signed_in("head").get("/data/history").context["held"]
    assert [one.is_current for one in held] == [True] and held[0].name == stores.snapshot().name


def test_lineage_names_definition_files_and_the_command_that_repeats_a_figure(signed_in):
    page = signed_in("analyst").get("/data/lineage/absence_rate?year=2025").content.decode()
    assert "virtualschool figures STORE absence_rate --year 2025 --la V01" in page and "header.csv" in page
    assert "--cohort 12months" in page and "Children looked after for the twelve months to 31 March" in page
    march = signed_in("analyst").get("/data/lineage/absence_rate?cohort=march").content.decode()
    assert "--cohort march" in march and "Children looked after on 31 March" in march
    assert signed_in("analyst").get("/data/lineage/no_such").status_code == 404


def test_each_measures_page_leads_to_where_it_comes_from_for_those_who_may_see_files(signed_in):
    way = "/data/lineage/absence_rate?year="
    assert way in signed_in("analyst").get("/figures/trend?measure=absence_rate").content.decode()
    assert way not in signed_in("corporate_parent").get("/figures/trend?measure=absence_rate").content.decode()


def test_a_fault_while_files_are_read_is_told_to_who_waits_and_they_can_be_discarded(own_store, signed_in, monkeypatch):
    browser = signed_in("analyst")
    browser.post("/data/bring", {"files": [file("header.csv")], "path": ["2025/header.csv"]})
    upload = Upload.objects.get()

    def fails(*inputs):
        raise AttributeError("K1")

    monkeypatch.setattr(uploads.pipeline, "preview", fails)
    with pytest.raises(AttributeError):
        tasks.read_upload.func(upload.pk)
    page = browser.get(f"/data/uploads/{upload.pk}").content.decode()
    assert (
        "The store: the program failed over these files. Nothing in it changed. Discard them, and tell whoever runs the service." in page
        and "Discard" in page
        and "K1" not in page
        and "Look again" not in page
    )


def test_files_of_which_no_record_could_be_kept_are_not_offered_to_be_kept(brought):
    browser, upload, _ = brought(file("header.csv"))
    page = browser.get(f"/data/uploads/{upload.pk}").content.decode()
    assert upload.state == "read" and not upload.holds_something and "No record could be kept" in page and "Keep, and build" not in page


def test_a_link_is_judged_with_a_reason_by_the_childs_authority_only(own_store, signed_in):
    analysts = {la: signed_in("analyst", la) for la in ("V01", "V02")}
    queues = {la: one.get("/data/links").context["page"].paginator.object_list for la, one in analysts.items()}
    la, queue = max(queues.items(), key=lambda both: len(both[1]))
    assert queue, "The invented authorities have no link to judge, so nothing is tried here: choose another seed."
    browser, other, item = analysts[la], analysts["V02" if la == "V01" else "V01"], queue[0]["is"].item
    other.post("/data/links", {"item": item, "decision": "accept", "why": "none of ours"})
    assert Event.objects.filter(action="judged").count() == 0
    browser.post("/data/links", {"item": item, "decision": "reject", "why": ""})
    assert Event.objects.filter(action="judged").count() == 0
    browser.post("/data/links", {"item": item, "decision": "reject", "why": "school says no"})
    assert Event.objects.filter(action="judged", kind="links").count() == 1
    assert item not in {one["is"].item for one in browser.get("/data/links").context["page"].paginator.object_list}
