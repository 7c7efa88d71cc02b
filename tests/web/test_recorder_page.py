"""The kenesh appoints another recorder: the one before is told and let go, and the operator gives
the new one an account from a page."""

import pytest

from kerege.municipality.governing import RECORDER, confirmed, in_office, linked
from kerege.web.models import Account, Register
from kerege.web.places import place
from tests.web.acting import send, session

pytestmark = pytest.mark.usefixtures("demo")
AT = "/en/on-archa/recorder/"
NEW = "Жаңыл Абдиева"


@pytest.fixture
def appointed(person):
    """The recorder has entered who comes next; what was answered."""
    recorder = person("on-archa-recorder")
    # The session of an official, as signing in begins it.
    assert recorder.get("/desk/").status_code == 200
    held = session(recorder, "on-archa", "2013-03-02")
    said = {"session": held, "votes_for": "9", "post": "recorder", "holder": NEW}
    return recorder, send(recorder, "on-archa", "AppointOfficial", on="2013-03-02", **said)


def test_who_wrote_down_their_own_end_is_led_to_the_entry(appointed, person):
    recorder, sent = appointed
    assert sent.url.endswith("#recorded-last")
    page = recorder.get(sent.url)
    assert page.status_code == 200 and "/receipt/" in page.content.decode()
    assert 'id="recorded-last"' in page.content.decode()
    assert recorder.get("/desk/").status_code == 302
    # Signed in again without a mandate, they read why.
    again = person("on-archa-recorder").get("/en/desk/").content.decode()
    assert "You are signed in as a resident" in again and sent.url.partition("#")[0] in again


def test_the_operator_links_the_account_from_the_desk(appointed, person):
    operator = person("operator")
    desk = operator.get("/en/desk/").content.decode()
    assert f'href="{AT}"' in desk and "Places whose recorder has no account" in desk
    form = operator.get(AT).content.decode()
    assert NEW in form and 'name="holder"' not in form
    unknown = operator.post(AT, {"account": "nobody"})
    assert unknown.status_code == 400 and "no such user account" in unknown.content.decode()
    account = Account.objects.make("zhanyl", None)
    assert operator.post(AT, {"account": "zhanyl"}).status_code == 302
    here = place("on-archa")
    one = next(in_office(here.m, RECORDER, here.today))
    assert one.holder == NEW and linked(here.m, one.id, here.today) == account.code
    # An exercise stays in its own time.
    assert here.latest.isoformat() == "2013-03-02"
    assert AT not in operator.get("/en/desk/").content.decode()
    assert operator.get(AT).status_code == 403
    assert person("zhanyl").get("/en/on-archa/acts/").status_code == 200


def test_where_nobody_is_recorder_the_operator_names_one_unconfirmed(person):
    recorder = person("on-archa-recorder")
    here = place("on-archa")
    old = next(in_office(here.m, RECORDER, here.today))
    held = session(recorder, "on-archa", "2013-03-02")
    said = {
        "session": held,
        "votes_for": "9",
        "mandate": old.id,
        "cause": "resigned",
        "paper": "№ 3",
    }
    sent = send(recorder, "on-archa", "EndMandate", on="2013-03-02", **said)
    assert sent.status_code == 302, sent.content.decode()
    account = Account.objects.make("zhanyl", None)
    operator = person("operator")
    assert operator.post(AT, {"account": account.code}).status_code == 400
    assert operator.post(AT, {"account": account.code, "holder": NEW}).status_code == 302
    here = place("on-archa")
    one = next(in_office(here.m, RECORDER, here.today))
    assert one.holder == NEW and not confirmed(here.m, one, here.today)
    # Only this one waits for the kenesh to confirm it.
    form = person("zhanyl").get("/en/on-archa/acts/ConfirmRecorder/").content.decode()
    choice = form.partition('name="mandate"')[2].partition("</select>")[0]
    assert choice.count("<option") == 1 and f'value="{one.id}"' in choice


@pytest.mark.parametrize("who", ["on-archa-recorder", "on-archa-chair"])
def test_nobody_else_has_that_page(appointed, person, who):
    assert person(who).get(AT).status_code == 403
    assert person(who).post(AT, {"account": "operator"}).status_code == 403


def test_of_a_place_that_is_kept_elsewhere_nothing_waits(appointed, person):
    Register.objects.filter(slug="on-archa").update(mirror_of="https://elsewhere.example")
    operator = person("operator")
    assert AT not in operator.get("/en/desk/").content.decode()
    assert operator.get(AT).status_code == 403


def test_a_password_alone_links_nobody(appointed, client, settings):
    settings.SECOND_FACTOR = True
    client.force_login(Account.objects.make("keeper", "x" * 12, operator=True))
    Account.objects.make("zhanyl", None)
    before = place("on-archa").m.size
    assert client.post(AT, {"account": "zhanyl"}).status_code == 403
    assert place("on-archa").m.size == before


def test_the_entries_say_what_comes_next_and_nothing_that_is_not_so(appointed, person):
    recorder, sent = appointed
    entry = f"/en{sent.url.partition('#')[0]}"
    said = f"For the new recorder ({NEW}) to work here"
    assert said in recorder.get(entry).content.decode()
    # Whose mandate ended with it is told there too.
    ended = recorder.get(entry).content.decode().partition("Mandates that ended")[2]
    assert "Айнура Токтогулова" in ended.partition("</dd>")[0]
    assert "(mandate over)" in recorder.get("/en/sign-in/").content.decode()
    Account.objects.make("zhanyl", None)
    link = person("operator").post(AT, {"account": "zhanyl"}).url.partition("#")[0]
    linked = recorder.get(f"/en{link.removeprefix('/en')}").content.decode()
    assert f"An account was linked to the recorder: {NEW}" in linked and "until the" not in linked
    assert said not in recorder.get(entry).content.decode()


def test_where_nobody_waits_to_be_confirmed_that_is_said(person):
    form = person("on-archa-recorder").get("/en/on-archa/acts/ConfirmRecorder/").content.decode()
    assert "No recorder waits to be confirmed" in form


def test_the_account_of_somebody_else_is_asked_about_before(appointed, person):
    operator = person("operator")
    before = place("on-archa").m.size
    page = operator.post(AT, {"account": "on-archa-recorder"}).content.decode()
    assert "has acted here" in page and 'name="sure"' in page
    assert place("on-archa").m.size == before
    said = {"account": "on-archa-recorder", "sure": "on"}
    assert operator.post(AT, said).status_code == 302
    assert place("on-archa").m.size == before + 1
