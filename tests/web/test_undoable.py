"""From the page of an entry to the forms that annul, suspend or confirm it, however old it is."""

import re

import pytest

from kerege.web import choices
from kerege.web.models import Register
from kerege.web.places import place
from tests.web.acting import send, session

pytestmark = pytest.mark.usefixtures("demo")


def contested(recorder) -> int:
    """A head whom nobody may appoint is entered as appointed all the same."""
    said = {"actor": "president", "of": "", "paper": "№ 9", "holder": "Бирөө"}
    sent = send(recorder, "on-archa", "AppointHead", insist="Ушундай болуп кетти", **said)
    return int(sent.url.split("/register/")[1].split("/")[0])


def links(client, n: int) -> set[str]:
    page = client.get(f"/on-archa/register/{n}/").content.decode()
    return set(re.findall(rf'/on-archa/acts/(\w+)/\?as=[0-9.]+&amp;entry={n}"', page))


def test_who_can_undo_an_entry_is_led_there_from_its_page(person, client):
    recorder = person("on-archa-recorder")
    n = contested(recorder)
    assert links(recorder, n) == {"Annul", "Suspend", "Confirm"}
    plain = int(session(recorder, "on-archa", "2013-03-02"))
    assert links(recorder, plain) == {"Annul", "Suspend"}
    # The chair speaks for the kenesh, which undoes what it did itself.
    chair = person("on-archa-chair")
    assert links(chair, plain) == {"Annul"} and links(chair, n) == set()
    client.logout()
    assert links(client, plain) == set()
    # What founded the register is not undone; a copy of a register is changed by nobody here.
    recorder = person("on-archa-recorder")
    assert links(recorder, 0) == set()
    Register.objects.filter(slug="on-archa").update(mirror_of="https://elsewhere.example")
    assert links(recorder, plain) == set()


def test_only_what_can_be_confirmed_or_undone_is_offered(person):
    recorder = person("on-archa-recorder")
    n = contested(recorder)
    here = place("on-archa")
    assert [one for one, _ in choices.entries(here, "Confirm")] == [str(n)]
    sent = send(recorder, "on-archa", "Annul", actor="court", of="Нарын району", paper="№ 1",
                entry=str(n), from_day="2013-03-01", grounds="Сот чечти")  # fmt: skip
    assert sent.status_code == 302
    here = place("on-archa")
    assert choices.entries(here, "Confirm") == []
    offered = dict(choices.entries(here, "Annul"))
    assert str(n) not in offered and str(here.m.size - 1) not in offered


def test_an_old_entry_is_found_on_its_page_when_the_list_is_full(person, monkeypatch):
    monkeypatch.setattr(choices, "MOST", 5)
    monkeypatch.setattr("kerege.web.forms.MOST", 5)
    recorder = person("on-archa-recorder")
    page = recorder.get("/en/on-archa/acts/Suspend/?entry=2").content.decode()
    (chosen,) = re.findall(r'<option value="2" selected>([^<]*)', page)
    assert "at most 5" in page and len(chosen) > len("№ 2 – ")
    # Sent with something else missing, it stays chosen.
    said = {"actor": "court", "entry": "2", "held_on": "2013-03-01"}
    page = recorder.post("/en/on-archa/acts/Suspend/", said).content.decode()
    assert '<option value="2" selected>' in page


def test_an_issue_that_was_decided_is_no_longer_among_those_that_wait(person):
    recorder = person("on-archa-recorder")
    raised = send(recorder, "on-archa", "RaiseIssue", actor="community", title="Арык тазалоо",
                  text="Арык", paper="№ 7")  # fmt: skip
    n = raised.url.split("/register/")[1].split("/")[0]
    said = {"session": session(recorder, "on-archa", "2013-03-01"), "title": "Арык", "text": "Арык"}
    said |= {"issue": n, "votes_for": "9"}
    for outcome, waits in (("postponed", True), ("adopted", False)):
        sent = send(recorder, "on-archa", "DecideIssue", outcome=outcome, **said)
        assert sent.status_code == 302
        offered = dict(choices.records(place("on-archa"), "issue"))
        assert (n in offered) is waits


def test_a_body_whose_founding_was_annulled_is_not_shown_as_governing(person):
    recorder = person("on-archa-recorder")
    bodies = [n for n, act in place("on-archa").m.acts.items() if act == "ConstituteBody"]
    for n in bodies:
        send(recorder, "on-archa", "Annul", actor="court", of="Сот", paper="№ 1", entry=str(n),
             from_day="2013-03-01", grounds="Сот чечти", on="2013-03-01")  # fmt: skip
    assert set(bodies) <= set(place("on-archa").m.annulled)
    page = recorder.get("/en/on-archa/").content.decode()
    governs = page.partition('id="governs"')[2].partition("<h2")[0]
    assert governs.lower().count("the body is not constituted") >= 2
    body = recorder.get("/en/on-archa/bodies/executive/").content.decode()
    assert "On this day there is no such body" in body
    assert (
        "On this day there is no such body"
        not in recorder.get("/en/naryn/bodies/executive/").content.decode()
    )


def test_what_a_confirmation_ends_is_told(person):
    recorder = person("on-archa-recorder")
    n = contested(recorder)
    sent = send(recorder, "on-archa", "Confirm", actor="court", of="Сот", paper="№ 1", entry=str(n),
                grounds="Сот чечти", on="2013-03-05")  # fmt: skip
    page = recorder.get(f"/en{sent.url.partition('#')[0]}").content.decode()
    ended = page.partition("Mandates that ended")[2].partition("</dd>")[0]
    # Nobody whose mandate was over long before.
    assert "Назгүл Эсеналиева" in ended and ended.count("–") == 1
