"""ConfirmRecorder: the kenesh stands behind the recorder the operator linked."""

import pytest

from kerege.municipality.governing import confirmed
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn


def stands(town, on):
    return confirmed(town.m, town.m.mandates["1.0"], on)


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_holds_from_its_day(law):
    town = naryn(*law)
    done = town.decide("ConfirmRecorder", mandate="1.0")
    assert done.answer == ""
    assert (stands(town, BEFORE), stands(town, DAY)) == (False, True)
    town.annul(done.n)
    assert (stands(town, DAY), stands(town, AFTER)) == (True, False)


def test_what_the_kenesh_or_the_residents_gave_needs_no_confirming():
    town = naryn(*NEW)
    assert confirmed(town.m, town.m.mandates["6.0"], DAY)


def test_only_the_kenesh_and_by_vote():
    town = naryn(*NEW)
    assert town.problems("ConfirmRecorder", "head", mandate="1.0") == {"actor": "only_kenesh"}
    lost = {**town.vote(), "votes_for": 1, "votes_against": 4, "mandate": "1.0"}
    assert town.problems("ConfirmRecorder", "kenesh", **lost) == {"votes_for": "not_carried"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"mandate": None}, {"mandate": "required"}),
        ({"mandate": "١.٠"}, {"mandate": "not_a_mandate"}),
        ({"mandate": 1.0}, {"mandate": "not_a_mandate"}),
        ({"mandate": "99.0"}, {"mandate": "no_such_thing"}),
        ({"mandate": "6.0"}, {"mandate": "no_such_thing"}),
        ({"mandate": "1.0", "title": "…"}, {"title": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    good = {**town.vote(), "mandate": "1.0"}
    assert town.problems("ConfirmRecorder", "kenesh", **{**good, **changed}) == problems


def test_a_recorder_who_has_left_is_not_confirmed():
    town = naryn(*NEW)
    town.decide("EndMandate", mandate="1.0", cause="resigned")
    said = {**town.vote(AFTER), "mandate": "1.0"}
    assert town.problems("ConfirmRecorder", "kenesh", AFTER, **said) == {"mandate": "no_such_thing"}


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("ConfirmRecorder", "kenesh", mandate="1.0", **town.vote())
    assert not stands(town, AFTER)
