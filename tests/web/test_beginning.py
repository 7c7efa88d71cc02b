"""What a form begins with: its session and day, what can be theirs, the paper it needs."""

import re
from datetime import date

import pytest

from kerege.municipality.governing import RECORDER, in_office
from kerege.municipality.record import Session
from kerege.municipality.rights import Speaker
from kerege.web.days import kept_day
from kerege.web.places import place
from kerege.web.speaking import actors
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")


def shown(client, address: str) -> str:
    return client.get(address).content.decode()


def chosen(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert select
    return re.findall(r'<option value="([^"]*)" selected', select[0])


def offered(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert select
    return re.findall(r'<option value="([^"]+)"', select[0])


def day_of(page: str) -> str:
    found = re.search(r'name="held_on"[^>]*?value="([^"]*)"', page)
    assert found
    return kept_day(found[1])


def test_what_the_kenesh_decides_begins_at_its_last_session_and_on_its_day(person):
    here = place("on-archa")
    last = max(here.m.all(Session), key=lambda one: (one.day, one.entry))
    assert last.day != here.latest
    page = shown(person("on-archa-recorder"), "/on-archa/acts/AdoptBudget/")
    assert (chosen(page, "session"), day_of(page)) == ([str(last.entry)], last.day.isoformat())


def test_the_session_asked_for_brings_its_day(person):
    first = min(place("on-archa").m.all(Session), key=lambda one: one.entry)
    page = shown(person("on-archa-recorder"), f"/on-archa/acts/AdoptBudget/?session={first.entry}")
    assert day_of(page) == first.day.isoformat()


def test_sent_as_it_begins_a_budget_is_refused_by_the_law_and_not_by_the_day(person):
    recorder = person("on-archa-recorder")
    page = shown(recorder, "/en/on-archa/acts/AdoptBudget/")
    sent = send(
        recorder, "on-archa", "AdoptBudget", on=day_of(page), session=chosen(page, "session")[0],
        year="2014", votes_for="9", lines=[("Жол", "local", "1000")],
    )  # fmt: skip
    assert sent.status_code == 409 and "ruling-forbidden" in sent.content.decode()


def test_a_deputy_is_offered_the_own_mandate_alone(person):
    page = shown(person("on-archa-deputy"), "/on-archa/acts/EndMandate/")
    (actor,) = re.findall(r'name="actor"[^>]*value="([^"]*)"', page) or offered(page, "actor")
    assert offered(page, "mandate") == [actor.partition(":")[2]]


def test_the_head_ends_the_mandates_of_officials_and_the_recorder_writes_for_all(person):
    of_head = offered(shown(person("on-archa-head"), "/on-archa/acts/EndMandate/"), "mandate")
    all_ = offered(shown(person("on-archa-recorder"), "/on-archa/acts/EndMandate/"), "mandate")
    posts = {place("on-archa").m.mandates[id_].post for id_ in of_head}
    assert posts == {"head", "official"} or posts == {"head"}
    assert len(of_head) < len(all_)


@pytest.mark.parametrize(
    ("who", "act", "open_", "required"),
    [
        ("recorder", "LinkAccount", True, True),
        ("recorder", "TakeOver", True, True),
        ("recorder", "RequestMeeting", True, True),
        ("recorder", "RaiseIssue", True, False),
        ("recorder", "HoldSession", False, False),
        ("recorder", "Correct", False, False),
        ("deputy", "RaiseIssue", False, False),
    ],
)
def test_the_fold_of_the_paper_is_open_where_a_paper_is_needed(person, who, act, open_, required):
    page = shown(person(f"on-archa-{who}"), f"/on-archa/acts/{act}/")
    (fold,) = re.findall(r'<details [^>]*id="paper"[^>]*>', page)
    assert (" open" in fold) is open_
    (field,) = re.findall(r'<input [^>]*id="id_paper_number"[^>]*>', page)
    assert ("aria-required" in field) is required


def test_a_link_without_its_paper_is_told_why(person):
    recorder = person("on-archa-recorder")
    sent = recorder.post(
        "/en/on-archa/acts/LinkAccount/",
        {"actor": "recorder", "held_on": "2013-03-01", "account": "on-archa-hea", "mandate": "3.0"},
    )
    text = sent.content.decode()
    assert sent.status_code == 400 and "not recorded without one" in text
    assert "has not signed in" not in text


def test_who_sits_in_no_session_is_not_asked_for_one(person):
    page = shown(person("on-archa-deputy"), "/on-archa/acts/RaiseIssue/")
    assert 'name="title"' in page
    assert 'name="session"' not in page and 'name="votes_for"' not in page
    assert 'name="session"' in shown(person("on-archa-recorder"), "/on-archa/acts/RaiseIssue/")


def test_deputies_are_offered_in_the_order_of_the_alphabet(monkeypatch):
    here = place("on-archa")
    for one, name in zip(
        in_office(here.m, "deputy", date.today()), ("Чолпон", "Эркин", "Ырыс"), strict=False
    ):
        monkeypatch.setattr(one, "holder", name)
    recorder = next(m for m in here.m.mandates.values() if m.post == RECORDER)
    said = " ".join(name for _, name in actors(here, "RaiseIssue", Speaker("", recorder)))
    assert said.index("Чолпон") < said.index("Ырыс") < said.index("Эркин")


@pytest.mark.parametrize("who", ["on-archa-recorder", "on-archa-deputy"])
def test_that_a_death_or_a_judgment_needs_a_paper_is_said_beforehand(person, who):
    page = shown(person(who), "/en/on-archa/acts/EndMandate/")
    assert "A death, a judgment and what others did are not entered without a paper" in page


def test_who_annuls_an_entry_is_who_made_it_or_a_court(person):
    recorder = person("on-archa-recorder")
    m = place("on-archa").m
    n = next(n for n, actor in m.actors.items() if actor.kind == "kenesh")
    page = recorder.get(f"/en/on-archa/acts/Annul/?entry={n}").content.decode()
    assert set(offered(page, "actor")) == {"kenesh", "court"}
    assert len(offered(recorder.get("/en/on-archa/acts/Annul/").content.decode(), "actor")) > 2
    # The court decides in no session: what a session needs is told, and not called optional.
    assert "Required if the kenesh decided this" in page


def test_who_chairs_the_kenesh_is_offered_both_own_mandates(person):
    m = place("on-archa").m
    chair = next(in_office(m, "chair", date.today()))
    seat = next(one for one in in_office(m, "deputy", date.today()) if one.holder == chair.holder)
    page = person("on-archa-chair").get("/en/on-archa/acts/EndMandate/").content.decode()
    ended = set(offered(page, "mandate"))
    assert {chair.id, seat.id} <= ended
    # As a deputy alone there is nothing else to end; as the kenesh there is.
    assert ("kenesh" in offered(page, "actor")) == (len(ended - {""}) > 2)
