"""Money on pages: what went beyond the budget is counted, whatever the law says to it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from kerege.web.founding import found, unit
from kerege.web.models import Account, Register
from kerege.web.registers import told
from tests.cast import DEPUTIES, HEAD
from tests.web.acting import send

ON = date(2026, 2, 2)
PAID = {"source": "local", "purpose": "Жол", "actor": "executive", "paper": "№ 5"}


@pytest.fixture
def town(demo, person) -> tuple[Client, Register]:
    """An exercise under the Constitution of 2021, whose text on money nobody here has seen."""
    recorder = Account.objects.make("purse-rec", None, invented=True, shown_as="Каттоочу")
    fields = {"kind": "aiyl_aimak", "name_ky": "Ак-Суу", "exercise": True, "pinned": "kg-2021"}
    now = datetime(2026, 2, 2, 6, tzinfo=UTC)
    register = found(unit("41704400000010"), fields, recorder, ON, now, address="kapchyk")
    client = person("purse-rec")
    people = {
        "kenesh_body": ["Кеңеш"],
        "executive_body": ["Айыл өкмөтү"],
        "deputy": DEPUTIES,
        "head": [HEAD],
    }
    for post, holders in people.items():
        said = {"post": post, "holders": "\n".join(holders), "actor": "recorder", "paper": "№ 1"}
        assert send(client, "kapchyk", "TakeOver", on=str(ON), **said).status_code == 302
    return client, register


def spend(town, on: str, **said: str) -> str:
    """The address of the entry of a spending."""
    client, register = town
    assert send(client, "kapchyk", "Spend", on=on, **{**PAID, **said}).status_code == 302
    return f"/ru/kapchyk/register/{told(register).size - 1}/"


def test_spent_without_a_budget(town):
    client, _ = town
    page = client.get(spend(town, "2026-02-10", year="2026", amount="3000000")).content.decode()
    assert "Потрачено без бюджета: 3\u00a0000\u00a0000 сом" in page
    place = client.get("/ru/kapchyk/").content.decode()
    table = place.partition('id="t-money"')[2].partition("</table>")[0]
    assert "2026, Свои деньги" in table
    assert "Сверх бюджета" in table and table.count("3\u00a0000\u00a0000 сом") == 2
    assert "Бюджет ещё не утверждён" in place


def test_the_picture_says_that_a_plan_is_a_plan_and_what_came(client):
    page = client.get("/en/on-archa/?on=2012-12-31").content.decode()
    assert "2012, as planned in the budget" in page
    assert "Own money: planned " in page and "; received " in page


def test_spent_beyond_the_budget(town):
    client, register = town
    session = {"kind": "ordinary", "number": "1", "present": "5", "agenda": "Бюджет"}
    assert send(client, "kapchyk", "HoldSession", on="2026-02-09", **session).status_code == 302
    held = str(told(register).size - 1)
    lines = [("Жол", "local", "5000"), ("Мектеп", "republican", "9000")]
    draft = {"actor": "executive", "paper": "№ 2", "year": "2026", "lines": lines}
    answer = send(client, "kapchyk", "PublishDraftBudget", on="2026-02-09", **draft)
    assert answer.status_code == 302
    votes = {"session": held, "votes_for": "5", "year": "2026", "lines": lines}
    answer = send(
        client, "kapchyk", "AdoptBudget", on="2026-02-09", **votes, insist="Ушундай болгон"
    )
    assert answer.status_code == 302
    within = spend(town, "2026-02-10", year="2026", amount="4000")
    assert "Сверх бюджета" not in client.get(within).content.decode()
    page = client.get(spend(town, "2026-02-11", year="2026", amount="1500")).content.decode()
    assert "Сверх бюджета: 500 сом" in page and "отвёл этому кошельку 5\u00a0000 сом" in page
    table = client.get("/ru/kapchyk/").content.decode().partition('id="t-money"')[2]
    assert "500 сом" in table.partition("</table>")[0]


def test_an_account_that_says_another_sum_than_the_register_is_remarked(person):
    client = person("naryn-recorder")
    said = {"actor": "executive", "paper": "№ 9", "year": "2011", "summary": "2011"}

    def account(**spent: str) -> str:
        sent = send(client, "naryn", "ReportExecution", on="2013-03-04", **said, **spent)
        assert sent.status_code == 302
        return client.get(f"/en{sent.url.partition('#')[0]}").content.decode()

    page = account(spent_local="10900000", spent_republican="47500000")
    assert "The report and the register differ" in page
    known = re.search(
        r"By that day the register has spending of (.*) from local money and (.*?) f", page
    )
    local, republican = (re.sub(r"\D", "", one) for one in known.groups())
    page = account(spent_local=local, spent_republican=republican)
    assert "differ" not in page and "There was an account of the same year before: entry" in page
    assert "was not over" not in page
