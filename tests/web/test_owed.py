"""What is owed, on the page of a place, on the desk and on the command line."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kerege.__main__ import main
from kerege.municipality.duties import OPEN, OVERDUE, STATES
from kerege.web import serving
from kerege.web.owed import MOST_PAST, known_owed, owed_by, owed_here
from kerege.web.places import place
from tests.web.acting import send, session

pytestmark = pytest.mark.usefixtures("demo")

ON = "2012-11-12"
LATE = date(2012, 12, 31)


@pytest.fixture
def demanded(person):
    """An account is demanded of the head of On-Archa, by the third of December."""
    secretary = person("on-archa-recorder")
    held = session(secretary, "on-archa", ON)
    said = {"of": "head", "about": "Жарык", "due": "2012-12-03"}
    vote = {"session": held, "votes_for": "9"}
    assert send(secretary, "on-archa", "DemandAccount", on=ON, **vote, **said).status_code == 302
    return place("on-archa").m.size - 1


def test_s3_the_page_says_who_owes_what_to_whom_by_when(client, demanded):
    for prefix, said in (
        ("", ("Ким эмне кылууга милдеттүү", "мөөнөтү келе элек", "2012-ж., 3-декабрь")),
        ("/ru", ("Кто кому что должен сделать", "срок не наступил", "3 декабря 2012")),
        ("/en", ("Who owes what to whom", "open", "December 3, 2012")),
    ):
        page = client.get(f"{prefix}/on-archa/?on={ON}").content.decode()
        assert all(one in page for one in said), prefix
        assert f'href="{prefix}/law/kg-2010/#subordination"' in page
        assert f'href="{prefix}/on-archa/register/{demanded}/"' in page
        assert "Жарык" in page


def test_the_overdue_stand_first_and_warn(client, demanded):
    shown = owed_here(place("on-archa"), LATE)
    states = [one.state for one in shown]
    assert states.index(OVERDUE) == 0 and OPEN in states
    assert states == sorted(states, key=lambda s: {OVERDUE: 0, OPEN: 1}.get(s, 2))
    page = client.get("/en/on-archa/?on=2012-12-31").content.decode()
    warning = "Overdue: The account that the kenesh demanded: Жарык (due December 3, 2012)"
    assert page.count(f"{warning} · So we read it") == 1
    assert warning not in client.get(f"/en/on-archa/?on={ON}").content.decode()


def test_under_2007_nothing_is_owed_but_what_an_entry_promised(client):
    assert owed_here(place("on-archa"), date(2009, 3, 1)) == []
    page = client.get("/en/on-archa/?on=2009-03-01").content.decode()
    assert "On this day nothing is owed." in page
    # No norm is known to ask for the report of a delegated power: the delegation named its day.
    (one,) = owed_here(place("on-archa"), date(2009, 12, 31))
    assert (one.act, one.state, one.article_url) == ("ReportDelegation", OPEN, one.url)
    page = client.get("/en/on-archa/?on=2010-02-02").content.decode()
    n = one.url.split("/")[-2]
    assert f"The day was named in entry no. {n}" in page and "(due February 1, 2010)" in page


def test_years_that_are_not_shown_are_counted(client, demo):
    of_day = date(2021, 6, 1)
    shown = [one for one in owed_here(place("on-archa"), of_day) if one.earlier]
    known = [o for o in known_owed(place("on-archa"), of_day) if o.cause is None]
    past = Counter(o.duty.id for o in known if o.state == OVERDUE)
    assert shown and sorted(one.earlier for one in shown) == sorted(
        count - MOST_PAST for count in past.values() if count > MOST_PAST
    )
    page = client.get("/en/on-archa/", {"on": "01.06.2021"}).content.decode()
    assert f"Not done in earlier years either: {shown[0].earlier} more" in page


def test_the_desk_shows_what_the_holder_owes(person, demanded):
    desk = person("on-archa-head").get("/en/desk/").content.decode()
    assert "What is to be done" in desk and "Жарык" in desk
    desk = person("on-archa-chair").get("/en/desk/").content.decode()
    assert "Жарык" not in desk.partition("What was done here last")[0]
    here = place("on-archa")
    recorder = [m for m in here.m.mandates.values() if m.post == "recorder"]
    assert {one.state for one in owed_by(here, recorder)} <= {OPEN, OVERDUE}
    assert any("Жарык" in one.what for one in owed_by(here, recorder))


def run(monkeypatch, *words: str) -> int:
    """The command on the database of the test."""
    monkeypatch.setattr(serving, "prepare", lambda data, signs, begins: None)
    return main(["duties", "--data", str(Path("nowhere")), *words])


def test_the_command_says_that_nothing_is_owed(monkeypatch, capsys):
    monkeypatch.setattr("kerege.municipality.duties.owed", lambda m, book, on: [])
    assert run(monkeypatch, "on-archa", "--on", ON, "--language", "ru") == 0
    assert capsys.readouterr().out.endswith("никто ничего не должен.\n")


def test_the_command_lists_what_is_owed(monkeypatch, capsys, demanded):
    assert run(monkeypatch, "on-archa", "--on", "2009-12-31") == 0
    assert "[no. " in capsys.readouterr().out
    # The report of a delegated power of 2009 never came.
    assert run(monkeypatch, "on-archa", "--on", ON) == 1
    assert "2012-12-03  open" in capsys.readouterr().out
    assert run(monkeypatch, "on-archa", "--on", "2012-12-31", "--language", "ru") == 1
    out = capsys.readouterr().out
    assert (
        "2012-12-03  просрочено" in out
        and ": Жарык  [kg-2010/subordination – Так понимаем мы]" in out
    )
    assert not [state for state in STATES if f" {state} " in out]
    assert run(monkeypatch, "on-archa", "--on", "2012-12-31", "--json") == 1
    found = {one["cause"]: one for one in json.loads(capsys.readouterr().out)}[demanded]
    assert found == {
        "duty": "kg-2010/subordination.account",
        "what": found["what"],
        "about": "Жарык",
        "year": None,
        "who": ["executive", "head"],
        "to": "kenesh",
        "cause": demanded,
        "opens": ON,
        "due": "2012-12-03",
        "state": OVERDUE,
        "done": None,
        "done_on": None,
        "norm": "kg-2010/subordination",
        "reading": "ours",
    }
    assert set(found["what"]) == {"ky", "ru", "en"}


def test_of_an_exercise_the_command_tells_its_own_last_day(monkeypatch, capsys, demanded):
    assert place("on-archa").exercise and run(monkeypatch, "on-archa") == 1
    out = capsys.readouterr().out
    assert "2012-12-03  open" in out and "2017-" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "there is no place nowhere"),
        (("on-archa", "--on", "31.12.2012"), "no day like 2012-06-01: 31.12.2012"),
        (("on-archa", "--on", "20121231"), "no day like 2012-06-01: 20121231"),
        (("on-archa", "--on", "9999-01-01"), "9999-01-01 (years are 1900 to 2200)"),
        (("on-archa", "--on", "1990-01-01"), "no edition is in force on 1990-01-01"),
    ],
)
def test_what_cannot_be_answered_is_said(monkeypatch, capsys, words, said):
    assert run(monkeypatch, *words) == 2
    assert said in capsys.readouterr().err
