"""Codes the okmotu hands out: once, for a while, to one account, and nothing learnt by guessing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from kerege.web import handed
from kerege.web.models import Account, Handed, Row
from kerege.web.places import place

pytestmark = pytest.mark.usefixtures("demo")
NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def slip():
    here = place("on-archa")
    by = handed.hander(here, Account.objects.get(username="on-archa-recorder"))
    return handed.hand_out(here, by, NOW)


def said_of(answer) -> str:
    """What a page says, without what differs from answer to answer."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_a_code_is_printed_opens_an_account_once_and_is_not_kept(person):
    recorder = person("on-archa-recorder")
    rows = Row.objects.count()
    page = recorder.post("/on-archa/codes/")
    code = re.search(r"data-code>([\d ]{14})<", page.content.decode())[1]
    assert page["Cache-Control"].startswith("max-age=0") and "<svg" in page.content.decode()
    # Handing one out is nothing official, and the register does not know of it.
    assert Row.objects.count() == rows
    kept = Handed.objects.latest("pk")
    assert code.replace(" ", "").encode() not in bytes(kept.hash) and kept.account is None

    phone = Client()
    answer = phone.post("/sign-in/code/", {"code": code})
    assert answer.url == "/desk/"
    account = Account.objects.get(pk=phone.session["_auth_user_id"])
    assert not account.has_usable_password() and not account.operator
    assert account.code in phone.get("/desk/").content.decode()
    again = Client().post("/sign-in/code/", {"code": code})
    assert again.status_code == 400 and "ачпайт" in again.content.decode()
    # Beside that of the invented resident.
    assert recorder.get("/on-archa/codes/").content.decode().count("Колдонулду") == 2


def test_unknown_used_ended_and_mistyped_codes_are_answered_alike(slip, monkeypatch):
    asked = []
    real = handed.hashed
    monkeypatch.setattr(handed, "hashed", lambda code: (asked.append(code), real(code))[1])
    assert handed.redeem(slip.code, NOW) is not None
    here = place("on-archa")
    by = handed.hander(here, Account.objects.get(username="on-archa-recorder"))
    late = handed.hand_out(here, by, datetime.now(UTC) - timedelta(days=handed.DAYS, seconds=1))
    asked.clear()
    answers = [
        Client().post("/sign-in/code/", {"code": code})
        for code in (slip.code, late.code, "123412341234", "1", "код", "9" * 150)
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert len({said_of(answer) for answer in answers}) == 1
    # And each cost the same hash.
    assert len(asked) == 6


def test_a_code_ends_to_the_second(slip):
    assert handed.redeem(slip.code, slip.expires_at) is None
    assert handed.redeem(slip.code, slip.expires_at - timedelta(seconds=1)) is not None


def test_it_can_be_typed_with_spaces_and_dashes(slip):
    assert handed.redeem(f" {slip.said.replace(' ', '-')}\n", NOW) is not None


def test_guessing_is_held_back(client, slip):
    for k in range(10):
        assert client.post("/sign-in/code/", {"code": f"{k}"}).status_code == 400
    held = client.post("/sign-in/code/", {"code": slip.code})
    assert held.status_code == 429 and "аракет" in held.content.decode()
    assert Handed.objects.latest("pk").used_at is None


def test_reading_the_page_uses_no_code(client, slip):
    # Programs that look at addresses beforehand only read.
    assert client.get("/sign-in/code/", {"code": slip.code}).status_code == 200
    assert Handed.objects.latest("pk").used_at is None


def test_the_same_account_again_but_never_that_of_an_official(person, slip):
    resident = handed.redeem(slip.code, NOW)
    recorder = person("on-archa-recorder")
    page = recorder.post(
        "/on-archa/codes/", {"again": Handed.objects.latest("pk").pk}
    ).content.decode()
    code = re.search(r"data-code>([\d ]{14})<", page)[1]
    assert handed.redeem(code, datetime.now(UTC)) == resident
    used = Handed.objects.filter(account=resident).first()
    Handed.objects.filter(pk=used.pk).update(
        account=Account.objects.get(username="on-archa-recorder")
    )
    assert recorder.post("/on-archa/codes/", {"again": used.pk}).status_code == 409
    # One that was handed out before the account came to hold a mandate opens it no more.
    waiting = re.search(
        r"data-code>([\d ]{14})<", recorder.post("/on-archa/codes/").content.decode()
    )[1]
    Handed.objects.filter(used_at=None).update(
        account=Account.objects.get(username="on-archa-recorder")
    )
    assert handed.redeem(waiting, datetime.now(UTC)) is None


def test_one_not_used_can_be_taken_back(person, slip):
    recorder = person("on-archa-recorder")
    Handed.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    recorder.post("/on-archa/codes/", {"take_back": Handed.objects.latest("pk").pk})
    assert handed.redeem(slip.code, datetime.now(UTC)) is None


def test_who_may_hand_out(person, client):
    assert client.get("/on-archa/codes/").status_code == 302
    for name, status in (("on-archa-head", 200), ("operator", 403), ("naryn-recorder", 403)):
        assert person(name).get("/on-archa/codes/").status_code == status, name
        assert person(name).post("/on-archa/codes/").status_code == status, name
    page = person("on-archa-recorder").post("/on-archa/codes/", {"again": "999999"})
    assert page.status_code == 404


def test_a_pile_of_codes_is_not_handed_out(person, slip, monkeypatch):
    monkeypatch.setattr(handed, "WAITING", 1)
    Handed.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    assert person("on-archa-recorder").post("/on-archa/codes/").status_code == 409


# -- by text message ------------------------------------------------------------------------------


def test_a_code_goes_by_sms_to_a_number_that_is_kept_nowhere(person, sink):
    recorder = person("on-archa-recorder")
    assert 'type="tel"' in recorder.get("/on-archa/codes/").content.decode()
    answer = recorder.post("/on-archa/codes/", {"to": "0700 12-34-56"})
    assert answer.url == "/on-archa/codes/?sent=1"
    assert "SMS менен жөнөтүлдү" in recorder.get(answer.url).content.decode()
    (message,) = sink.kept
    assert message.to == "+996700123456" and "/sign-in/code/" in message.text
    code = re.search(r"[0-9]{4} [0-9]{4} [0-9]{4}", message.text)[0]
    assert Client().post("/sign-in/code/", {"code": code}).url == "/desk/"
    tables = connection.introspection.django_table_names(only_existing=True)
    for table in (*tables, "kerege_attempts"):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any("700123456" in str(cell) for row in cursor for cell in row), table


def test_what_is_no_number_or_did_not_go_out_leaves_no_code(person, sink):
    recorder = person("on-archa-recorder")
    for typed in (
        "",
        "код",
        "+996700123456,+996700123457",
        "1" * 300,
        "+996700123456\n",
        "+19005551234",
    ):
        assert recorder.post("/on-archa/codes/", {"to": typed}).status_code == 400, typed
    for kind in (sink.refused, sink.broken):
        kind.add("+996700123456")
        page = recorder.post("/on-archa/codes/", {"to": "+996700123456"})
        assert page.status_code == 503 and "жокко чыгарылды" in page.content.decode()
    waiting = handed.waiting(place("on-archa").register, datetime.now(UTC))
    assert not sink.kept and not waiting.exists()


def test_nobody_is_sent_codes_in_masses(person, sink):
    recorder = person("on-archa-recorder")
    said = [recorder.post("/on-archa/codes/", {"to": "0700123456"}).status_code for _ in range(4)]
    assert said == [302, 302, 302, 429] and len(sink.kept) == 3
    # A number is one, however it is written.
    assert recorder.post("/on-archa/codes/", {"to": "+996 700 123456"}).status_code == 429


def test_without_a_gateway_there_is_the_slip_alone(person, settings):
    settings.GATEWAYS = {}
    recorder = person("on-archa-recorder")
    assert 'type="tel"' not in recorder.get("/on-archa/codes/").content.decode()
    assert recorder.post("/on-archa/codes/", {"to": "0700123456"}).status_code == 404
    assert person("on-archa-deputy").post("/on-archa/codes/", {"to": "0700"}).status_code == 403
