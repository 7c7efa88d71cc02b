"""Public pages told again: from the cache while nothing changed, and anew at once when it did."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kerege.web import caching
from kerege.web.models import Register
from kerege.web.registers import told
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

PAGES = (
    "/",
    "/naryn/",
    "/naryn/?on=2012-01-01",
    "/naryn/register/",
    "/naryn/register/3/",
    "/naryn/brochure/",
    "/naryn/what-if/",
    "/naryn/refused/",
    "/naryn/withdrawn/",
    "/naryn/feed.atom",
    "/naryn/feed.atom?body=kenesh&topic=S11",
    "/naryn/calendar.ics",
    "/kg/",
    "/law/",
    "/law/kg-2010/",
    "/law/compare/",
    "/law/history/",
    "/law/ask/",
    "/glossary/",
    "/map/",
    "/map/41702000000000/",
    "/map/41702220000000/",
    "/naryn/people/6.0/",
    "/naryn/bodies/kenesh/",
)


@pytest.fixture(autouse=True)
def nothing_kept():
    caching.forget()
    yield
    caching.forget()


def asked(client: Client, address: str, **headers: str):
    """The answer and how many statements it took."""
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address, headers=headers)
    return answer, len(found)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["", "/ru", "/en"])
def test_a_page_takes_three_statements_at_most_and_one_when_told_again(client, language, address):
    # Folded before: a worker folds a register once.
    for register in Register.objects.all():
        told(register)
    first, statements = asked(client, language + address)
    again, statement = asked(client, language + address)
    assert first.status_code == 200
    assert statements <= 3
    assert statement == 1
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    assert first["Cache-Control"] == "public, no-cache"


def test_after_an_act_the_next_answer_is_another(client, person):
    before = client.get("/naryn/register/").content
    writer = Client()
    signed_in = person("naryn-recorder")
    writer.cookies = signed_in.cookies.__class__(signed_in.cookies)
    client.cookies.clear()
    sent = send(
        writer, "naryn", "RaiseIssue", actor="community", title="Көпүрө", text="Көпүрөнү оңдоо",
        paper="№ 7",
    )  # fmt: skip
    assert sent.status_code == 302
    after = client.get("/naryn/register/").content
    assert "Көпүрө" in after.decode() and "Көпүрө" not in before.decode()
    # Pages of another place stay as they were.
    asked(client, "/on-archa/")
    assert asked(client, "/on-archa/")[1] == 1


def test_at_midnight_pages_are_made_anew(client, monkeypatch):
    class Tomorrow(datetime.date):
        @classmethod
        def today(cls):
            return datetime.date.today() + datetime.timedelta(days=1)

    asked(client, "/naryn/")
    assert asked(client, "/naryn/")[1] == 1
    monkeypatch.setattr(caching, "date", Tomorrow)
    assert asked(client, "/naryn/")[1] > 1


def test_who_is_signed_in_neither_gets_nor_leaves_a_kept_page(client, person):
    theirs = person("naryn-recorder").get("/naryn/").content
    assert "/sign-out/" in theirs.decode()
    ours = Client().get("/naryn/").content
    assert "/sign-out/" not in ours.decode()
    assert "/sign-out/" in person("naryn-recorder").get("/naryn/").content.decode()


def test_a_browser_that_has_the_page_gets_nothing_again(client):
    tag = client.get("/naryn/")["ETag"]
    answer, statements = asked(client, "/naryn/", if_none_match=tag)
    assert (answer.status_code, answer.content, statements) == (304, b"", 1)
    assert client.get("/naryn/", headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_each_encoding_has_its_own_bytes(client):
    plain = client.get("/naryn/")
    packed = client.get("/naryn/", headers={"accept-encoding": "br"})
    assert packed["Content-Encoding"] == "br" and "Content-Encoding" not in plain
    assert packed["ETag"] != plain["ETag"]
    assert client.get("/naryn/", headers={"accept-encoding": "br"}).content == packed.content


def test_what_is_not_for_all_is_not_kept(client):
    for address in ("/nowhere/", "/naryn/register/9999/", "/sign-in/", "/search/?q=жол", "/trust/"):
        asked(client, address)
    assert not caching._pages


def test_no_more_is_kept_than_there_is_room_for(client, monkeypatch):
    sizes = [len(client.get(address).content) for address in ("/naryn/", "/on-archa/")]
    caching.forget()
    monkeypatch.setattr(caching, "MOST", max(sizes) + 10)
    for address in ("/naryn/", "/on-archa/"):
        client.get(address)
    assert len(caching._pages) == 1
    assert caching._kept == sum(len(page.content) for page in caching._pages.values())
    assert asked(client, "/naryn/")[1] > 1


@pytest.mark.parametrize("said", ["br;q=0", "br; q=0.00, identity", "BR ;Q=0", "x-br"])
def test_what_a_reader_does_not_take_is_not_sent_kept_or_not(client, said):
    for _ in range(2):
        assert "Content-Encoding" not in client.get("/naryn/", headers={"accept-encoding": said})
        # The same page, kept for those who take it.
        client.get("/naryn/", headers={"accept-encoding": "br"})
    packed = client.get("/naryn/", headers={"accept-encoding": f"{said}, gzip;q=0.5"})
    assert packed["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed["Vary"]


def test_made_up_parameters_and_other_ways_to_write_a_host_make_no_other_page(client):
    first = client.get("/naryn/?on=2012-01-01").content
    for k in range(5):
        answer, statements = asked(client, f"/naryn/?x{k}=1&on=2012-01-01&y=ошибка")
        assert statements == 1 and answer.content == first
    for host in ("TESTSERVER", "testserver.", "TestServer."):
        assert asked(client, "/naryn/?on=2012-01-01", host=host)[1] == 1
    assert len(caching._pages) == 1
    assert b"y=123" not in client.get("/naryn/?y=123").content
    # What a page does read makes another.
    assert client.get("/naryn/?on=2013-01-01").content != first


def test_addresses_are_printed_as_the_operator_says(client, settings):
    assert (
        "http://testserver/"
        in client.get("/naryn/feed.atom", headers={"host": "TestServer."}).content.decode()
    )
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.naryn.example", "https://kerege.naryn.example"]
    caching.forget()
    settings.ALLOWED_HOSTS = ["testserver", "other"]
    for page in ("/naryn/feed.atom", "/naryn/notice/", "/naryn/register/3/receipt/", "/trust/"):
        for host in ("testserver", "other:99"):
            text = client.get(page, headers={"host": host}).content.decode().replace("<wbr>", "")
            assert "kerege.naryn.example" in text, page
            assert "testserver" not in text and "other:99" not in text, page
    # A name that is not ours gets nothing, kept or not.
    assert client.get("/naryn/feed.atom", headers={"host": "evil.example"}).status_code == 400
