"""What a register knows of a missing fact on other days."""

from datetime import timedelta

from kerege.municipality.elsewhen import elsewhen
from tests.cast import DAY, NEW, naryn

LINES = [{"name": "Жол", "source": "local", "amount": 1000}]
DRAFT = "PublishDraftBudget"


def test_of_what_never_was_or_holds_nothing_is_told():
    town = naryn(*NEW)
    assert elsewhen(town.m, DRAFT, 2010, DAY) is None
    town.open_budget(DAY)
    assert elsewhen(town.m, DRAFT, 2010, DAY) is None
    # Another year is another draft.
    assert elsewhen(town.m, DRAFT, 2011, DAY - timedelta(days=1)) is None


def test_what_came_later_is_told():
    town = naryn(*NEW)
    town.open_budget(DAY)
    later = elsewhen(town.m, DRAFT, 2010, DAY - timedelta(days=1))
    assert town.m.acts[later.record.entry] == DRAFT and later.ended is None
    assert later.record.since == DAY


def test_what_has_served_is_told_with_the_entry_that_ended_it():
    town = naryn(*NEW)
    n = town.adopt().n
    for act in (DRAFT, "HoldHearing"):
        over = elsewhen(town.m, act, 2010, DAY)
        assert over.ended.by == n and town.m.acts[over.record.entry] == act
    # The adoption annulled, the draft is one again.
    town.annul(n)
    assert elsewhen(town.m, DRAFT, 2010, DAY + timedelta(days=1)) is None
