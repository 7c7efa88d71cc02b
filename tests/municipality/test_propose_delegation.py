"""ProposeDelegation. S12: the local body can itself seek an agreement, from 2010."""

import pytest

from kerege.municipality.record import Proposal
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn

SOUGHT = {"power": "Көзөмөл", "instrument": "agreement", "means": 240, "authority": "Инспекция"}


@pytest.mark.parametrize("actor", ["kenesh", "executive"])
def test_s12_the_local_body_seeks_an_agreement(actor):
    town = naryn(*NEW)
    said = {**SOUGHT, **(town.vote() if actor == "kenesh" else {})}
    done = town.act("ProposeDelegation", actor, **said)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/delegation.sought",))
    by_law = {**said, "instrument": "law"}
    assert town.refused("ProposeDelegation", actor, **by_law).answer == "not_empowered"
    old = town.under(*OLD).refused("ProposeDelegation", actor, **said)
    assert (old.answer, old.norms) == ("forbidden", ("kg-2007/delegation.law-only",))


@pytest.mark.parametrize(("law", "edition"), [(OLD, "kg-2007"), (NEW, "kg-2010")])
def test_s12_the_state_proposes_what_a_law_will_hand_over(law, edition):
    by_law = {**SOUGHT, "instrument": "law"}
    done = naryn(*law).act("ProposeDelegation", "state_body", **by_law)
    assert (done.answer, done.norms) == ("permitted", (f"{edition}/delegation.state",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"power": None}, {"power": "required"}),
        ({"instrument": True}, {"instrument": "not_a_choice"}),
        ({"means": -240}, {"means": "out_of_range"}),
        ({"means": None}, {"means": "required"}),
        ({"authority": "а" * 201}, {"authority": "too_long"}),
        ({"term": 1}, {"term": "unknown_field"}),
        ({"session": 2}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(changed, problems):
    said = {**SOUGHT, **changed}
    assert naryn(*NEW).problems("ProposeDelegation", "executive", **said) == problems


def test_it_holds_from_its_day_until_annulled():
    town = naryn(*NEW)
    n = town.act("ProposeDelegation", "executive", **SOUGHT).n
    assert town.all(Proposal, BEFORE) == [] and town.all(Proposal, DAY) == [n]
    town.annul(n)
    said = {"proposal": n, **town.vote(AFTER)}
    assert town.problems("ConsentDelegation", "kenesh", AFTER, **said) == {
        "proposal": "no_such_thing"
    }


def test_contested_has_no_effect():
    town = naryn(*OLD)
    town.contested("ProposeDelegation", "executive", **SOUGHT)
    assert town.all(Proposal, AFTER) == []
