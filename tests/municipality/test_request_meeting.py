"""RequestMeeting. S1: an initiative group asks for a meeting."""

import pytest

from kerege.municipality.record import Request
from tests.cast import MODEL, NEW, NUMBERS, OLD, TODAY, chartered, day, naryn

ON = day("2023-05-10")
ASKED = {"about": "Суу түтүгү", "text": "Түтүк эки жумадан бери жарык", "group": 11}


def test_eleven_people_ask():
    town = chartered()
    done = town.act("RequestMeeting", "community", ON, **ASKED)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/meeting-request.group",))
    ruling = town.refused("RequestMeeting", "community", ON, **{**ASKED, "group": 10})
    assert ruling.norms == (f"{MODEL}/meeting-request.people",)
    assert ruling.missing == ("groupLargeEnough",)


def test_as_many_as_the_charter_says():
    town = chartered()
    own = [*NUMBERS, {"name": "request_group", "value": 5}]
    n = town.decide("AdoptCharter", ON, model=MODEL, numbers=own).n
    done = town.act("RequestMeeting", "community", ON, **{**ASKED, "group": 5})
    assert done.answer == "permitted" and n in done.entry.rests_on


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted_anybody_asks(law):
    done = naryn(*law).act("RequestMeeting", "community", ON, **{**ASKED, "group": 1})
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.community",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"about": None}, {"about": "required"}),
        ({"text": None}, {"text": "required"}),
        ({"group": 0}, {"group": "out_of_range"}),
        ({"group": "он бир"}, {"group": "not_a_number"}),
        ({"names": ["А"]}, {"names": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    said = {**ASKED, **changed}
    assert chartered().problems("RequestMeeting", "community", ON, **said) == problems


def test_contested_has_no_effect():
    town = chartered()
    town.contested("RequestMeeting", "community", ON, **{**ASKED, "group": 2})
    assert town.all(Request, ON) == []
