"""The form of a charter: one line for each number the law leaves to the place."""

from datetime import UTC, date, datetime

import pytest
from acting import send
from django.test import Client

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.web.founding import found, unit
from kerege.web.models import Account, Register
from kerege.web.registers import entry_of, told
from tests.cast import DEPUTIES, MODEL

ON = date(2023, 2, 1)
NOW = datetime(2023, 2, 1, 6, tzinfo=UTC)


@pytest.fixture
def town(demo, person) -> tuple[Client, Register]:
    """An exercise under the Constitution of 2021 with its kenesh, and its recorder signed in."""
    recorder = Account.objects.make("charter-rec", None, invented=True, shown_as="Каттоочу")
    fields = {
        "kind": "aiyl_aimak",
        "name_ky": "Ак-Суу",
        "exercise": True,
        "pinned": "kg-2021",
        "population": 5900,
    }
    code = "41704400000010"
    register = found(unit(code), fields, recorder, ON, NOW, address="ak-suu")
    client = person("charter-rec")
    for post, holders in (("kenesh_body", ["Кеңеш"]), ("deputy", DEPUTIES)):
        said = {"post": post, "holders": "\n".join(holders), "actor": "recorder"}
        assert (
            send(client, "ak-suu", "TakeOver", on="2023-02-01", paper="№ 1", **said).status_code
            == 302
        )
    session = {"kind": "ordinary", "number": "1", "present": "5", "agenda": "Устав"}
    assert send(client, "ak-suu", "HoldSession", on="2023-03-01", **session).status_code == 302
    return client, register


def adopt(client: Client, **said: str):
    votes = {"session": "4", "votes_for": "5", "model": MODEL}
    return send(client, "ak-suu", "AdoptCharter", on="2023-03-01", **{**votes, **said})


def test_the_form_asks_for_each_number_by_its_name(town):
    client, _ = town
    page = client.get("/en/ak-suu/acts/AdoptCharter/").content.decode()
    for name in ("request_group", "initiative_group", "meeting_quorum"):
        assert f'name="numbers_{name}"' in page
    assert "Percent of those invited who must come to a meeting" in page
    assert "Between 1 and 100. The typical charter leaves it to each charter: with that" in page
    label = page.partition('for="id_numbers_meeting_quorum"')[2].partition("</label>")[0]
    assert "optional" not in label
    assert "Between 1 and 1000. Where it is left out it is 11." in page
    assert "Typical charter of local communities of 12 December 2022 (a model)" in page


def test_a_model_that_clashes_leaves_the_form_without_its_numbers(town, monkeypatch):
    """The statutes alone may still leave something to a charter."""
    client, _ = town
    rulebook = packs.Packs.rulebook

    def clashing(self, ids):
        if MODEL in ids:
            raise EditionError("typical-charter-2022.md", "Meetings", 7, "clashes")
        return rulebook(self, ids)

    monkeypatch.setattr(packs.Packs, "rulebook", clashing)
    answer = client.get("/en/ak-suu/acts/AdoptCharter/")
    assert answer.status_code == 200
    assert 'name="numbers_meeting_quorum"' not in answer.content.decode()


def test_a_place_whose_law_clashes_says_so_on_its_page(town, monkeypatch):
    client, _ = town

    def clashing(self, ids):
        raise EditionError("law-98-2011.md", "Lists", 7, "clashes")

    monkeypatch.setattr(packs.Packs, "rulebook", clashing)
    answer = client.get("/en/ak-suu/")
    assert answer.status_code == 200
    assert "does not go together" in answer.content.decode()


def test_it_is_adopted_and_told(town):
    client, register = town
    answer = adopt(client, numbers_meeting_quorum="50", numbers_request_group="5")
    assert answer.status_code == 302
    entry = entry_of(register, told(register).size - 1)
    assert entry.fields["numbers"] == [
        {"name": "request_group", "value": 5},
        {"name": "meeting_quorum", "value": 50},
    ]
    page = client.get(f"/en{answer.url}" if not answer.url.startswith("/en") else answer.url)
    said = page.content.decode()
    assert "Fewest people in a group that asks for a meeting – 5" in said
    assert "Percent of those invited who must come to a meeting – 50" in said


@pytest.mark.parametrize("typed", ["", "0", "101", "жарымы", "2.5"])
def test_what_is_wrong_comes_back_at_its_number(town, typed):
    client, register = town
    size = told(register).size
    answer = adopt(client, numbers_meeting_quorum=typed)
    assert answer.status_code == 400 and told(register).size == size
    page = answer.content.decode()
    assert 'href="#id_numbers_meeting_quorum"' in page and 'href="#id_numbers_request' not in page


def test_by_too_few_it_is_refused(town):
    client, register = town
    size = told(register).size
    answer = adopt(client, numbers_meeting_quorum="50", votes_for="1")
    page = answer.content.decode()
    assert answer.status_code == 409 and told(register).size == size
    assert f"/law/{MODEL}/#charter" in page and "here it binds" not in page


def test_the_place_names_its_charter_and_the_numbers_it_set(town):
    client, register = town
    assert adopt(client, numbers_meeting_quorum="25", numbers_request_group="5").status_code == 302
    n = told(register).size - 1
    page = client.get("/en/ak-suu/").content.decode()
    charter = page.partition('id="charter"')[2].partition("</dl>")[0]
    assert f'href="/en/ak-suu/register/{n}/"' in charter
    assert "25\u00a0%" in charter and "in force from March 1, 2023" in charter
    assert page.count(f'href="/en/ak-suu/register/{n}/"') > 1
    assert 'id="charter"' not in client.get("/en/ak-suu/?on=2023-02-28").content.decode()


def test_from_then_on_a_refusal_says_that_a_model_was_adopted_here(town):
    client, register = town
    assert adopt(client, numbers_meeting_quorum="50").status_code == 302
    said = {"kind": "meeting", "day": "2023-03-10", "about": "Суу"}
    votes = {"session": str(told(register).size), "votes_for": "5"}
    session = {"kind": "ordinary", "number": "2", "present": "5", "agenda": "Жыйын"}
    assert send(client, "ak-suu", "HoldSession", on="2023-03-08", **session).status_code == 302
    answer = send(client, "en/ak-suu", "CallAssembly", on="2023-03-08", **said, **votes)
    page = answer.content.decode()
    assert answer.status_code == 409 and "at least 5 days before" in page
    assert "The earliest day: March 13, 2023" in page
    assert "the kenesh adopted it on March 1, 2023" in page and "only once the kenesh" not in page
    assert f"/law/{MODEL}/#meeting-notice" in page
