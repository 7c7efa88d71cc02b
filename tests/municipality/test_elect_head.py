"""ElectHead. S8: who elects the head and on whose proposal; S9: head of what."""

import pytest

from kerege.municipality.governing import head
from kerege.municipality.record import Nomination
from tests.cast import AFTER, AMENDED, BEFORE, DAY, HEAD, LAWS, NEW, OLD, RIVAL, bare, day, naryn

LATER = day("2010-06-01")


def proposed(town, by="president", candidate=RIVAL, on=BEFORE):
    """The number of a nomination."""
    return town.act("NominateHead", by, on, candidate=candidate).n


def test_s8_2007_a_mayor_is_elected_on_the_presidents_proposal():
    town = naryn(*OLD)
    ruling = town.refused("ElectHead", "kenesh", holder=RIVAL, **town.vote())
    assert ruling.norms == ("kg-2007/heads.president",)
    assert ruling.missing == ("proposedByPresident",)
    n = proposed(town)
    done = town.decide("ElectHead", holder=RIVAL, nomination=n)
    assert (done.answer, done.norms) == ("permitted", ("kg-2007/heads.elected",))
    assert {n, 3} <= set(done.entry.rests_on)


def test_s8_2007_in_a_village_on_the_proposal_of_the_head_of_the_state_administration():
    town = naryn(*OLD, kind="aiyl_aimak")
    assert town.refused("ElectHead", "kenesh", holder=RIVAL, **town.vote()).missing == (
        "proposedByGovernor",
    )
    n = proposed(town, "governor")
    assert town.decide("ElectHead", holder=RIVAL, nomination=n).answer == "permitted"


def test_s8_2007_a_proposal_is_of_a_person():
    town = naryn(*OLD)
    said = {"holder": HEAD, "nomination": proposed(town), **town.vote()}
    assert town.refused("ElectHead", "kenesh", **said).missing == ("proposedByPresident",)


def test_s8_each_election_needs_a_proposal_of_its_own():
    town = naryn(*OLD)
    n, other = proposed(town), proposed(town)
    elected = town.decide("ElectHead", holder=RIVAL, nomination=n).n
    assert town.all(Nomination, BEFORE) == [n, other] and town.all(Nomination, DAY) == []
    for old in (n, other):
        again = {"holder": RIVAL, "nomination": old, **town.vote(AFTER)}
        assert town.problems("ElectHead", "kenesh", AFTER, **again) == {
            "nomination": "no_such_thing"
        }
    town.annul(elected)
    assert town.all(Nomination, AFTER) == [n, other]


def test_s8_2007_not_by_the_residents():
    town = naryn(*OLD)
    said = {"holder": RIVAL, "nomination": proposed(town), "votes_for": 12_000}
    ruling = town.refused("ElectHead", "community", **said)
    assert (ruling.answer, ruling.norms) == ("forbidden", ("kg-2007/heads.by-kenesh",))


def test_s8_2010_not_before_a_law_sets_the_order():
    town = naryn(*NEW)
    ruling = town.refused("ElectHead", "kenesh", holder=RIVAL, **town.vote())
    assert (ruling.norms, ruling.missing) == (("kg-2010/heads.order",), ("orderSetByLaw",))


def test_s8_2010_in_the_order_of_the_law():
    town = naryn(*LAWS)
    done = town.decide("ElectHead", holder=RIVAL)
    assert (done.answer, done.norms) == ("permitted", ("kg-law-101-2011/heads.elected",))
    ruling = town.refused("ElectHead", "community", holder=RIVAL, votes_for=12_000)
    assert ruling.norms == ("kg-law-101-2011/heads.by-kenesh",)


def test_s8_two_thirds_of_the_deputies_take_part():
    town = naryn(*LAWS)
    said = {"holder": RIVAL, **town.vote(), "votes_for": 3, "votes_against": 0}
    ruling = town.refused("ElectHead", "kenesh", **said)
    assert ruling.norms == ("kg-law-101-2011/participation.reached",)
    assert ruling.missing == ("participationReached",)
    taking_part = {**said, "votes_abstained": 1}
    assert town.considered("ElectHead", "kenesh", **taking_part)[2].answer == "permitted"
    # From 15 February 2018 more than half of them.
    on = day("2018-02-15")
    assert town.under(*AMENDED).decide("ElectHead", on, holder=RIVAL, votes_for=3, votes_against=0)


@pytest.mark.parametrize(
    ("law", "office", "wrong", "norm"),
    [
        (OLD, "head_of_territory", "head_of_executive", "kg-2007/head-of.territory"),
        (LAWS, "head_of_executive", "head_of_territory", "kg-2010/head-of.executive"),
    ],
)
def test_s9_head_of_what(law, office, wrong, norm):
    town = naryn(*law)
    said = {"holder": RIVAL, **town.vote()}
    assert town.considered("ElectHead", "kenesh", **said)[1].question["object"] == office
    assert norm in town.refused("ElectHead", "kenesh", office=wrong, **said).norms


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"holder": None}, {"holder": "required"}),
        ({"holder": []}, {"holder": "wrong_type"}),
        ({"nomination": 3}, {"nomination": "no_such_thing"}),
        ({"nomination": -3}, {"nomination": "not_an_entry"}),
        ({"office": "king"}, {"office": "not_a_choice"}),
        ({"session": None}, {"session": "required"}),
        ({"votes_for": 1}, {"votes_for": "not_carried"}),
        ({"votes_abstained": 1}, {"votes_for": "more_votes"}),
        ({"round": 2}, {"round": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*LAWS)
    good = {"holder": RIVAL, **town.vote()}
    assert town.problems("ElectHead", "kenesh", **{**good, **changed}) == problems


def test_residents_elect_by_more_votes_for_than_against():
    town = naryn(*LAWS)
    assert town.problems("ElectHead", "community", holder=RIVAL) == {"votes_for": "required"}
    said = {"holder": RIVAL, "votes_for": 7, "votes_against": 7}
    assert town.problems("ElectHead", "community", **said) == {"votes_for": "not_carried"}


def test_there_must_be_an_executive_to_head():
    town = bare()
    assert town.problems("ElectHead", "community", holder=RIVAL, votes_for=1) == {
        "actor": "no_such_body"
    }


def test_one_head_follows_another():
    town = naryn(*LAWS)
    n = town.decide("ElectHead", holder=RIVAL).n
    assert (town.holders("head", BEFORE), town.holders("head", DAY)) == ([HEAD], [RIVAL])
    town.annul(n)
    assert town.holders("head", DAY) == [RIVAL] and town.holders("head", AFTER) == [HEAD]


def test_a_late_entry_does_not_unseat_who_was_elected_later():
    town = naryn(*LAWS)
    town.decide("ElectHead", LATER, holder=RIVAL)
    assert town.decide("ElectHead", DAY, holder="Нуриза Капарова").entry.late
    for on, holder in ((BEFORE, HEAD), (DAY, "Нуриза Капарова"), (LATER, RIVAL)):
        assert town.holders("head", on) == [holder]


def test_a_late_entry_changes_no_earlier_ruling_and_meets_what_is_known_now():
    town = naryn(*LAWS)
    later = town.decide("ElectHead", LATER, holder=RIVAL)
    ruling = dict(later.entry.ruling)
    late = town.decide("ElectHead", DAY, holder="Нуриза Капарова").n
    assert town.entries[later.n].ruling == ruling
    # Annulled, the late one leaves everything as it was without it.
    town.annul(late, LATER, from_day=DAY)
    assert head(town.m, DAY).holder == HEAD and head(town.m, LATER).holder == RIVAL


def test_contested_has_no_effect():
    town = naryn(*OLD)
    town.contested("ElectHead", "kenesh", holder=RIVAL, **town.vote())
    assert town.holders("head", AFTER) == [HEAD]
