"""PublishDraftBudget. S11: the budget is put before the public before it is adopted."""

import pytest

from kerege.municipality.money import draft
from tests.cast import AFTER, BEFORE, BOTH, DAY, LINES, NEW, OLD, naryn

DRAFT = {"year": 2010, "lines": BOTH}


@pytest.mark.parametrize(
    ("law", "answer", "norm"),
    [
        (OLD, "not_stated", "kg-2007/budget.formed"),
        (NEW, "permitted", "kg-2010/budget.formed"),
    ],
)
def test_s11_the_executive_publishes(law, answer, norm):
    done = naryn(*law).act("PublishDraftBudget", "executive", **DRAFT)
    assert (done.answer, done.norms) == (answer, (norm,))
    # It rests on the executive and its head.
    assert done.entry.rests_on == (3, 6)


def test_s11_2010_not_the_state():
    ruling = naryn(*NEW).refused("PublishDraftBudget", "state_body", **DRAFT)
    assert ruling.answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": 2010.0}, {"year": "not_a_number"}),
        ({"lines": None}, {"lines": "required"}),
        ({"lines": [{"name": "Жол", "amount": 1}]}, {"lines": "bad_line"}),
        ({"lines": [{**LINES[0], "note": "…"}]}, {"lines": "bad_line"}),
        ({"lines": [{**LINES[0], "amount": 0}]}, {"lines": "bad_line"}),
        ({"lines": [{**LINES[0], "amount": True}]}, {"lines": "bad_line"}),
        ({"lines": LINES * 51}, {"lines": "no_lines"}),
        ({"document": 64 * "g"}, {"document": "not_a_hash"}),
        ({"session": 1}, {"session": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    said = {**DRAFT, **changed}
    assert naryn(*NEW).problems("PublishDraftBudget", "executive", **said) == problems


def test_it_holds_from_its_day_until_annulled_or_adopted():
    town = naryn(*NEW)
    n = town.act("PublishDraftBudget", "executive", **DRAFT).n
    assert draft(town.m, 2010, BEFORE) is None and draft(town.m, 2011, DAY) is None
    assert draft(town.m, 2010, DAY).entry == n
    town.annul(n)
    assert draft(town.m, 2010, AFTER) is None
    town.adopt(AFTER)
    assert draft(town.m, 2010, AFTER) is None


def test_the_latest_is_the_draft():
    town = naryn(*NEW)
    later = town.act("PublishDraftBudget", "executive", **DRAFT).n
    town.act("PublishDraftBudget", "executive", BEFORE, **DRAFT)
    assert draft(town.m, 2010, DAY).entry == later


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("PublishDraftBudget", "state_body", **DRAFT)
    assert draft(town.m, 2010, AFTER) is None
