"""LinkRecorder: the operator links the first recorder, and has no power after that."""

import pytest

from kerege.municipality.governing import confirmed, linked
from kerege.municipality.rights import NotEntitled
from tests.cast import AFTER, DAY, FOUNDED, NEW, OLD, RECORDER, THE_OPERATOR, bare, naryn

LINK = {"account": "someone", "holder": "Динара Исакова"}


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_not_confirmed(law):
    town = bare(*law)
    assert town.entries[1].standing == "exempt" and town.entries[1].question is None
    assert town.holders("recorder", FOUNDED) == [RECORDER]
    assert linked(town.m, "1.0", FOUNDED) == "account-1.0"
    assert not confirmed(town.m, town.m.mandates["1.0"], DAY)


def test_only_the_operator():
    town = naryn(*NEW)
    with pytest.raises(NotEntitled) as denied:
        town.act("LinkRecorder", "operator", by=town.recorder, **LINK)
    assert denied.value.key == "only_operator"


def test_only_the_first():
    assert bare().problems("LinkRecorder", by=THE_OPERATOR, **LINK) == {
        "account": "recorder_already"
    }


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({}, {"account": "required", "holder": "required"}),
        ({"account": 1, "holder": "Д И"}, {"account": "wrong_type"}),
        ({"account": "a", "holder": "Д" * 121}, {"holder": "too_long"}),
        ({"account": "a", "holder": "Д И", "mandate": "1.0"}, {"mandate": "unknown_field"}),
    ],
)
def test_malformed(fields, problems):
    assert naryn(*NEW).problems("LinkRecorder", **fields) == problems


def test_when_the_kenesh_has_ended_the_mandate_the_operator_links_again():
    town = naryn(*NEW)
    town.decide("EndMandate", mandate="1.0", cause="resigned")
    done = town.act("LinkRecorder", "operator", AFTER, by=THE_OPERATOR, **LINK)
    assert town.holders("recorder", DAY) == []
    assert town.holders("recorder", AFTER) == ["Динара Исакова"]
    assert linked(town.m, f"{done.n}.0", AFTER) == "someone"


def test_it_is_never_annulled():
    said = {"entry": 1, "from_day": "2010-03-02", "grounds": "…"}
    assert bare().problems("Annul", "court", **said) == {"entry": "never_annulled"}


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.decide("EndMandate", mandate="1.0", cause="resigned")
    town.contested("LinkRecorder", "operator", AFTER, **LINK)
    assert town.holders("recorder", AFTER) == []
