"""Papers: taken in with the act that names them, told by their bytes, served as what they are."""

import io
import uuid
import zipfile
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from kerege.web.documents import MOST, sniffed
from kerege.web.models import Document, Register
from kerege.web.registers import entry_of
from tests.web.acting import send

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF\n"
ODT = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def zipped(**files: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(
                name.replace("___", "/_").replace("__", "/").replace("_dot_", "."), text
            )
    return made.getvalue()


def refers(kind: str) -> str:
    """A part that refers to something elsewhere."""
    return (
        f'<Relationships><Relationship Id="1" Type="http://x/relationships/{kind}" '
        'Target="http://x/" TargetMode="External"/></Relationships>'
    )


DOCX = {"[Content_Types]_dot_xml": "<x/>", "word__document_dot_xml": "<x/>"}


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("Токтом № 1\r\n".encode(), "text/plain; charset=utf-8"),
        (zipped(mimetype=ODT), ODT),
        (zipped(**DOCX), WORD),
        (zipped(**DOCX, word__vbaProject_dot_bin="x"), None),
        (zipped(**DOCX, word__vbaproject_dot_BIN="x"), None),
        (zipped(**{**DOCX, "[Content_Types]_dot_xml": "<x a='ms-word.MacroEnabled'/>"}), None),
        (zipped(mimetype=ODT, content_dot_xml="<x/>"), ODT),
        (zipped(mimetype=ODT, Basic__Standard__m_dot_xml="x"), None),
        (zipped(mimetype=ODT, scripts__a="x"), None),
        (zipped(mimetype=ODT, Pictures__run_dot_EXE="x"), None),
        (zipped(**DOCX, word__embeddings__a_dot_jar="x"), None),
        (zipped(**DOCX, word__embeddings__oleObject1_dot_bin="x"), None),
        (zipped(**DOCX, word__activeX__activeX1_dot_xml="x"), None),
        (zipped(**DOCX, xl__macrosheets__sheet1_dot_xml="x"), None),
        (zipped(**DOCX, large="x" * (200_000_001)), None),
        (zipped(**DOCX, word___rels__settings_dot_xml_dot_rels=refers("hyperlink")), WORD),
        (zipped(**DOCX, word___rels__settings_dot_xml_dot_rels=refers("attachedTemplate")), None),
        (zipped(**DOCX, word___rels__document_dot_xml_dot_rels=refers("image")), None),
        (zipped(**DOCX, word___rels__a_dot_RELS=refers("frame").encode("utf-16")), None),
        (zipped(**DOCX, word___rels__a_dot_rels="<x"), None),
        (zipped(**DOCX, word__a_dot_xml="<!-- x --><!DOCTYPE x><x/>"), None),
        (zipped(mimetype=ODT, content_dot_xml="<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), None),
        (zipped(mimetype="application/epub+zip"), None),
        (zipped(mimetype=ODT + " " * 200), None),
        (zipped(anything="x"), None),
        (b"PK\x03\x04 and nothing more", None),
        (zipped(mimetype=ODT)[:-9], None),
        (b"", None),
        ("Айыл < шаар, 2 > 1".encode(), "text/plain; charset=utf-8"),
        (b"<!DOCTYPE html><p>x", None),
        (b"\xef\xbb\xbf  <p>x", None),
        (b"x <SCRIPT src=y>", None),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', None),
        (b"x <x:svg onload=y>", None),
        (b"#!/bin/sh\nls", None),
        (b"MZ\x90\x00\x03", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        ("windows-1251: Токтом".encode("cp1251"), None),
    ],
)
def test_what_a_paper_is_its_bytes_say(data, media):
    assert sniffed(data) == media


@given(st.binary() | st.binary().map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_something_or_nothing(data):
    assert sniffed(data) is None or data


# -- handed in ------------------------------------------------------------------------------


def paper(data: bytes = PDF, name: str = "токтом.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/html")


def hand_in(client, act: str = "RaiseIssue", **said):
    """An issue with its paper, or another act."""
    issue = {"title": "Арык", "text": "…"} if act == "RaiseIssue" else {}
    said = {"actor": "community", "paper": "№ 1", "id": str(uuid.uuid4()), **issue, **said}
    return send(client, "on-archa", act, **said)


def written(page):
    assert page.status_code == 302, page.content.decode()
    n = int(page.url.split("/")[-2])
    return entry_of(Register.objects.get(slug="on-archa"), n)


def test_the_paper_of_an_act_is_kept_by_its_hash_and_served(demo, person, client):
    page = hand_in(person("on-archa-recorder"), paper_file=paper())
    digest = sha256(PDF).hexdigest()
    assert written(page).evidence.sha256 == digest
    client.logout()
    assert f"/documents/{digest}" in client.get(page.url).content.decode()
    served = client.get(f"/documents/{digest}")
    assert served.content == PDF
    assert served.headers["Content-Type"] == "application/pdf"
    assert served.headers["Content-Disposition"] == f'attachment; filename="{digest[:16]}.pdf"'
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    assert "immutable" in served.headers["Cache-Control"]


def test_the_document_of_an_act_too(demo, person, client):
    said = {"year": "2014", "lines": [("Жол", "local", "5")], "actor": "executive"}
    client = person("on-archa-recorder")
    page = hand_in(client, "PublishDraftBudget", document_file=paper(), **said)
    digest = sha256(PDF).hexdigest()
    assert written(page).fields["document"] == digest
    assert f"/documents/{digest}" in client.get(page.url).content.decode()


def test_an_entry_that_names_a_paper_we_do_not_hold_links_nothing(demo, person, client):
    page = hand_in(person("on-archa-recorder"), paper_sha256="ab" * 32)
    assert "/documents/" not in client.get(page.url).content.decode()
    for digest in ("ab" * 32, "x", "AB" * 32, "ab" * 32 + "%0a"):
        assert client.get(f"/documents/{digest}").status_code == 404


def test_a_hash_beside_the_file_has_to_be_the_files(demo, person):
    client = person("on-archa-recorder")
    page = hand_in(client, paper_file=paper(), paper_sha256="ab" * 32)
    assert page.status_code == 400 and not Document.objects.exists()
    assert hand_in(client, paper_file=paper(), paper_sha256=sha256(PDF).hexdigest()).url


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"MZ\x90\x00", "is not taken in"),
        (b"", "is not taken in"),
        (PDF.ljust(MOST + 1), "5 MB at most"),
        (PDF.ljust(MOST * 2), "5 MB at most"),
    ],
)
def test_what_is_no_paper_is_not_taken_in(demo, person, data, says):
    client = person("on-archa-recorder")
    said = {"actor": "community", "held_on": "2013-03-01", "title": "Арык", "text": "…"}
    said |= {"paper_number": "№ 1", "paper_day": "2013-03-01", "paper_file": paper(data)}
    page = client.post("/en/on-archa/acts/RaiseIssue/", said)
    assert page.status_code == 400 and says in page.content.decode()
    assert not Document.objects.exists()


def test_the_biggest_paper_is_taken_in(demo, person):
    assert written(hand_in(person("on-archa-recorder"), paper_file=paper(PDF.ljust(MOST))))


def test_a_paper_has_a_number_and_a_day(demo, person):
    page = hand_in(person("on-archa-recorder"), paper="", paper_file=paper())
    assert page.status_code == 400 and not Document.objects.exists()


def test_each_part_of_a_paper_is_told_at_its_own_field(demo, person):
    client = person("on-archa-recorder")
    said = {"paper_number": "7", "paper_day": "45.10.2012", "paper_sha256": "абв"}
    text = hand_in(client, paper="", **said).content.decode()
    assert '<a href="#id_paper_day">' in text and "Календарда мындай күн жок" in text
    assert '<a href="#id_paper_sha256">' in text and '<a href="#id_paper_number">' not in text
    lone = hand_in(client, paper="", paper_sha256="ab" * 32).content.decode()
    assert '<a href="#id_paper_number">' in lone and '<a href="#id_paper_day">' in lone


def test_what_is_refused_or_malformed_leaves_no_paper(demo, person):
    client = person("on-archa-recorder")
    appoint = {"actor": "governor", "of": "Губернатор", "holder": "Ким", "paper_file": paper()}
    page = hand_in(client, "AppointHead", **appoint)
    assert page.status_code == 409 and "Файл сакталган жок" in page.content.decode()
    assert hand_in(client, paper_file=paper(), title="").status_code == 400
    assert not Document.objects.exists()


def test_a_file_that_the_browser_lost_is_asked_for_once(demo, person):
    client = person("on-archa-recorder")
    appoint = {"actor": "governor", "of": "Губернатор", "holder": "Ким"}
    page = hand_in(client, "AppointHead", **appoint, paper_file=paper())
    asked = page.content.decode()
    assert 'id="id_paper_file_error"' in asked and 'name="had_file" value="paper_file"' in asked
    # The reason for insisting is asked for in the reader's words.
    assert "Эмне үчүн талаштуу деп жазылат" in asked and "түбөлүк көрүнөт" in asked
    again = {**appoint, "insist": "Буйрук келди"}
    page = hand_in(client, "AppointHead", **again, had_file="paper_file")
    assert page.status_code == 400 and "Файлсыз эле жазуу" in page.content.decode()
    assert 'name="had_file"' not in page.content.decode()
    assert written(hand_in(client, "AppointHead", **again)).standing == "contested"


def test_a_lost_document_too_unless_its_hash_was_typed(demo, person):
    said = {"year": "2014", "lines": [("Жол", "local", "5")], "actor": "executive"}
    said["had_file"] = "document_file"
    client = person("on-archa-recorder")
    page = hand_in(client, "PublishDraftBudget", **said)
    assert page.status_code == 400 and "Файлсыз эле жазуу" in page.content.decode()
    assert written(hand_in(client, "PublishDraftBudget", **said, document="ab" * 32))


def test_one_paper_can_be_named_by_many(demo, person):
    client = person("on-archa-recorder")
    for title in ("Арык", "Көпүрө"):
        assert written(hand_in(client, title=title, paper_file=paper())).evidence.sha256
    assert Document.objects.count() == 1


def test_the_address_of_an_erased_paper_says_that_it_was_erased(demo, person):
    client, digest = person("on-archa-recorder"), sha256(PDF).hexdigest()
    page = hand_in(client, paper_file=paper())
    n = page.url.split("/")[-2]
    said = {"actor": "recorder", "entry": n, "names": "evidence", "ground": "Жеке маалымат"}
    by = send(client, "on-archa", "ErasePersonal", **said).url.split("/")[-2]
    gone = client.get(f"/documents/{digest}")
    assert gone.status_code == 410
    text = gone.content.decode()
    assert "Бул кагаз өчүрүлгөн" in text and "Жеке маалымат" in text
    assert f'href="/on-archa/register/{by}/"' in text
    assert client.get(f"/documents/{'ab' * 32}").status_code == 404
