"""Mandates of one person, by the name they bear."""

import pytest

from kerege.municipality.entry import Actor
from kerege.municipality.persons import also_of
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import present
from tests.cast import AFTER, NEW, naryn


def test_a_chair_who_is_no_deputy_any_more_does_not_act_as_one():
    town = naryn(*NEW)
    chair = next(one for one in town.m.mandates.values() if one.post == "chair")
    seat = next(x for x in town.m.in_post("deputy") if x.holder == chair.holder)
    present(town.m, Actor("deputy", chair.id), AFTER)
    town.decide("EndMandate", mandate=seat.id, cause="dismissed")
    with pytest.raises(Malformed, match="no_deputy_any_more"):
        present(town.m, Actor("deputy", chair.id), AFTER)
    # The kenesh has its chair all the same, until it says otherwise.
    assert chair.holds(AFTER)


def test_an_account_of_somebody_else_is_known_by_the_name():
    town = naryn(*NEW)
    recorder = next(iter(town.m.in_post("recorder")))
    assert also_of(town.m, "account-1.0", recorder.holder) is None
    assert also_of(town.m, "account-1.0", "Башка Бирөө") == recorder.holder
    assert also_of(town.m, "nobody", "Башка Бирөө") is None
