"""AppointHead. S8: an appointment is refused under both editions."""

import pytest

from kerege.municipality.governing import head
from tests.cast import AFTER, BEFORE, DAY, HEAD, NEW, OLD, RIVAL, naryn


@pytest.mark.parametrize(
    ("law", "norm"),
    [(OLD, "kg-2007/heads.not-appointed"), (NEW, "kg-2010/heads.not-appointed")],
)
@pytest.mark.parametrize("actor", ["governor", "president", "state_body"])
def test_s8_a_head_is_not_appointed(law, norm, actor):
    ruling = naryn(*law).refused("AppointHead", actor, holder=RIVAL)
    assert (ruling.answer, ruling.norms, ruling.missing) == ("forbidden", (norm,), ())


def test_s9_the_office_is_that_of_the_edition():
    for law, office in ((OLD, "head_of_territory"), (NEW, "head_of_executive")):
        _, entry, _ = naryn(*law).considered("AppointHead", "governor", holder=RIVAL)
        assert entry.question["object"] == office


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({}, {"holder": "required"}),
        ({"holder": 7}, {"holder": "wrong_type"}),
        ({"holder": "Аты " * 40}, {"holder": "too_long"}),
        ({"holder": "Аты\u202eёнеМ"}, {"holder": "bad_characters"}),
        ({"holder": RIVAL, "post": "head"}, {"post": "unknown_field"}),
    ],
)
def test_malformed(fields, problems):
    assert naryn(*NEW).problems("AppointHead", "governor", **fields) == problems


def test_contested_it_changes_nothing_until_a_court_confirms_it():
    town = naryn(*NEW)
    n = town.contested("AppointHead", "governor", BEFORE, holder=RIVAL).n
    assert town.holders("head", DAY) == [HEAD] and f"{n}.0" not in town.m.mandates
    town.confirm(n, AFTER)
    assert town.holders("head", DAY) == [HEAD]
    assert town.holders("head", AFTER) == [RIVAL] and head(town.m, AFTER).id == f"{n}.0"
