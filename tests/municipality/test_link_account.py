"""LinkAccount: the recorder links an account to a mandate, as a public entry."""

import pytest

from kerege.municipality.governing import holding, linked
from kerege.municipality.rights import NotEntitled
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, PAPER, day, naryn

LINK = {"account": "someone", "mandate": "4.1"}


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_holds_from_its_day(law):
    town = naryn(*law)
    done = town.act("LinkAccount", by=town.recorder, evidence=PAPER, **LINK)
    assert done.answer == "" and done.entry.recorder == "1.0"
    assert holding(town.m, "someone", BEFORE) == []
    assert [x.id for x in holding(town.m, "someone", DAY)] == ["4.1"]
    town.annul(done.n)
    assert holding(town.m, "someone", AFTER) == []


def test_only_the_recorder():
    town = naryn(*NEW)
    for speaker, actor in ((town.chair, "recorder"), (town.recorder, "kenesh")):
        with pytest.raises(NotEntitled) as denied:
            town.act("LinkAccount", actor, by=speaker, **LINK)
        assert denied.value.key == "only_recorder"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"account": None}, {"account": "required"}),
        ({"account": "a" * 41}, {"account": "too_long"}),
        ({"mandate": 4.1}, {"mandate": "not_a_mandate"}),
        ({"mandate": "9.9"}, {"mandate": "no_such_thing"}),
        ({"password": "…"}, {"password": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("LinkAccount", **{**LINK, **changed}) == problems


def test_a_mandate_that_ended_is_not_linked():
    town = naryn(*NEW)
    town.act("EndMandate", "deputy:4.1", mandate="4.1", cause="resigned")
    assert town.problems("LinkAccount", **LINK) == {"mandate": "no_such_thing"}
    assert town.problems("LinkAccount", "", BEFORE, **LINK) == {}


def test_one_account_a_mandate_the_one_linked_last():
    town = naryn(*NEW)
    town.act("LinkAccount", **LINK)
    n = town.act("LinkAccount", "", AFTER, **{**LINK, "account": "another"}).n
    assert linked(town.m, "4.1", DAY) == "someone" and linked(town.m, "4.1", AFTER) == "another"
    # An account that was replaced never comes back by itself.
    town.annul(n, day("2010-04-01"))
    assert linked(town.m, "4.1", day("2010-04-01")) is None


def test_a_link_dated_back_replaces_the_newer_all_the_same():
    town = naryn(*NEW)
    town.act("LinkAccount", "", AFTER, **LINK)
    town.act("LinkAccount", "", BEFORE, **{**LINK, "account": "another"})
    assert linked(town.m, "4.1", AFTER) == "another"


def test_one_person_can_hold_two_mandates():
    town = naryn(*NEW)
    town.act("LinkAccount", **LINK)
    town.act("LinkAccount", **{**LINK, "mandate": "5.0"})
    assert [x.post for x in holding(town.m, "someone", DAY)] == ["deputy", "chair"]


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("LinkAccount", **LINK)
    assert holding(town.m, "someone", AFTER) == []
