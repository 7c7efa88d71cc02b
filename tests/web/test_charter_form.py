"""The form of a charter: one line for each number the law leaves to the place."""

from datetime import UTC, date, datetime

import pytest
from acting import send
from django.test import Client

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
    assert "Between 1 and 100. The typical charter leaves it to each charter." in page
    assert "Between 1 and 1000. Where it is left out it is 11." in page
    assert "Typical charter of local communities of 12 December 2022 (a model)" in page


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
    assert "People at least in a group that asks for a meeting – 5" in said
    assert "Percent of those invited who must come to a meeting – 50" in said


@pytest.mark.parametrize("typed", ["", "0", "101"])
def test_what_is_wrong_comes_back_at_its_number(town, typed):
    client, register = town
    size = told(register).size
    answer = adopt(client, numbers_meeting_quorum=typed)
    assert answer.status_code == 400 and told(register).size == size
    assert 'href="#id_numbers_meeting_quorum"' in answer.content.decode()


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
    assert f"/law/{MODEL}/#meeting-notice" in page
