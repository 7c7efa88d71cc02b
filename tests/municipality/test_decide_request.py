"""DecideRequest. S1: who asks for a meeting gets an answer, and a refusal gives its reason."""

import pytest

from kerege.municipality.record import RequestDecision
from tests.cast import MODEL, NEW, OLD, TODAY, chartered, day, naryn

ON, ANSWERED = day("2023-05-10"), day("2023-05-20")
ASKED = {"about": "Суу", "text": "Түтүк жарылды", "group": 12}


def asked(town):
    return town, town.act("RequestMeeting", "community", ON, **ASKED).n


@pytest.mark.parametrize("actor", ["head", "kenesh"])
def test_granted_by_the_head_or_the_kenesh(actor):
    town, n = asked(chartered())
    vote = town.vote(ANSWERED) if actor == "kenesh" else {}
    done = town.act("DecideRequest", actor, ANSWERED, request=n, outcome="granted", **vote)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/meeting-request.decided",))
    assert n in done.entry.rests_on


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted(law):
    town, n = asked(naryn(*law))
    done = town.act("DecideRequest", "head", ANSWERED, request=n, outcome="granted")
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.head",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"outcome": "refused"}, {"grounds": "required"}),
        ({"outcome": "later"}, {"outcome": "not_a_choice"}),
        ({"request": 3}, {"request": "no_such_thing"}),
        ({"request": None}, {"request": "required"}),
        ({"mayor": "мэр"}, {"mayor": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, n = asked(chartered())
    said = {"request": n, "outcome": "granted", **changed}
    assert town.problems("DecideRequest", "head", ANSWERED, **said) == problems


def test_once():
    town, n = asked(chartered())
    no = {"request": n, "outcome": "refused", "grounds": "Башка мыйзамдуу жолу бар"}
    first = town.act("DecideRequest", "head", ANSWERED, **no).n
    assert town.all(RequestDecision, ANSWERED) == [first]
    assert town.problems("DecideRequest", "head", ANSWERED, **no) == {"request": "decided_already"}
    town.annul(first, day("2023-05-21"))
    assert town.problems("DecideRequest", "head", day("2023-05-21"), **no) == {}
