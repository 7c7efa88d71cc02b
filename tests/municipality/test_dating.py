"""The day an act was done: not before the founding, not in the future, with a paper when late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kerege.municipality.dating import LATE, dated, day_in_bishkek
from kerege.municipality.entry import Evidence
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from tests.cast import DAY, FOUNDED, NEW, naryn, the_country

PAPER = Evidence("№ 1", FOUNDED)


def late(town, held_on, today, evidence=None, act="RaiseIssue"):
    """Whether it is late; else the problem with the day."""
    try:
        return dated(town.m, act, held_on, today, evidence)
    except Malformed as wrong:
        (problem,) = wrong.problems
        return problem.field, problem.key


@pytest.mark.parametrize("exercise", [True, None])
def test_between_the_founding_and_today(exercise):
    town = naryn(*NEW, exercise=exercise)
    assert late(town, DAY, DAY) is False
    assert late(town, DAY + timedelta(1), DAY) == ("held_on", "day_in_future")
    before = FOUNDED - timedelta(1)
    assert late(town, before, DAY, PAPER) == ("held_on", "before_founding")
    assert late(town, before, DAY, PAPER, "TakeOver") is True


def test_an_exercise_is_founded_on_a_day_gone_by():
    assert dated(Municipality(), "Found", FOUNDED, DAY, None, exercise=True) is False
    with pytest.raises(Malformed, match="late_needs_evidence"):
        dated(Municipality(), "Found", FOUNDED, DAY, None)
    with pytest.raises(Malformed, match="day_in_future"):
        dated(Municipality(), "Found", DAY, FOUNDED, None, exercise=True)


def test_a_real_place_shows_a_paper_for_what_is_late():
    town = naryn(*NEW)
    assert late(town, DAY, DAY + LATE) is False
    after = DAY + LATE + timedelta(1)
    assert late(town, DAY, after) == ("evidence", "late_needs_evidence")
    assert late(town, DAY, after, PAPER) is True


def test_an_exercise_keeps_its_own_time():
    town = naryn(*NEW, exercise=True)
    assert late(town, DAY, date(2026, 1, 1)) is False
    town.act("RaiseIssue", "community", DAY + timedelta(3), title="Жарык", text="Чырак")
    assert late(town, DAY, date(2026, 1, 1)) is True


def test_the_country_has_no_founding_day():
    assert late(the_country(), FOUNDED - timedelta(9), DAY, PAPER) is True


def test_what_is_written_down_in_the_small_hours_is_of_the_new_day():
    assert day_in_bishkek(datetime(2010, 2, 28, 17, 59, tzinfo=UTC)) == date(2010, 2, 28)
    assert day_in_bishkek(datetime(2010, 2, 28, 18, 0, tzinfo=UTC)) == date(2010, 3, 1)
