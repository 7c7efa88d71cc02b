"""ConsentDelegation. S12: a power comes by agreement only when the kenesh agrees."""

import pytest

from kerege.municipality.record import Consent
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn

POWER = {"power": "Көзөмөл", "means": 240, "authority": "Инспекция"}


def proposed(*law, instrument="agreement"):
    town = naryn(*law)
    said = {**POWER, "instrument": instrument}
    return town, town.act("ProposeDelegation", "state_body", BEFORE, **said).n


def test_s12_2010_the_kenesh_agrees():
    town, n = proposed(*NEW)
    done = town.decide("ConsentDelegation", proposal=n)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/delegation.consent",))
    assert n in done.entry.rests_on


def test_s12_2007_there_is_nothing_to_agree_to():
    town = naryn(*NEW)
    said = {**POWER, "instrument": "agreement"}
    n = town.act("ProposeDelegation", "state_body", BEFORE, **said).n
    ruling = town.under(*OLD).refused("ConsentDelegation", proposal=n, **town.vote())
    assert (ruling.answer, ruling.norms) == ("forbidden", ("kg-2007/delegation.law-only",))


def test_s12_what_comes_by_law_needs_no_consent():
    town, n = proposed(*NEW, instrument="law")
    ruling = town.refused("ConsentDelegation", proposal=n, **town.vote())
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2010/delegation.consent",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"proposal": None}, {"proposal": "required"}),
        ({"proposal": [10]}, {"proposal": "not_an_entry"}),
        ({"proposal": 3}, {"proposal": "no_such_thing"}),
        ({"means": 1}, {"means": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, n = proposed(*NEW)
    good = {**town.vote(), "proposal": n}
    assert town.problems("ConsentDelegation", "kenesh", **{**good, **changed}) == problems


def test_consent_is_given_once_and_again_when_it_was_annulled():
    town, n = proposed(*NEW)
    given = town.decide("ConsentDelegation", proposal=n).n
    assert town.all(Consent, BEFORE) == [] and town.all(Consent, DAY) == [given]
    again = {**town.vote(AFTER), "proposal": n}
    assert town.problems("ConsentDelegation", "kenesh", AFTER, **again) == {
        "proposal": "consented_already"
    }
    town.annul(given)
    assert town.all(Consent, AFTER) == []
    assert town.problems("ConsentDelegation", "kenesh", AFTER, **again) == {}


def test_contested_has_no_effect():
    town, n = proposed(*NEW)
    town.contested("ConsentDelegation", "executive", proposal=n)
    assert town.all(Consent, AFTER) == []
