"""A clock that was set back: what is written later is recorded later, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from kerege.municipality.dating import BISHKEK
from kerege.municipality.problem import Malformed
from kerege.web.founding import link_recorder
from kerege.web.models import Account, Register
from kerege.web.registers import told
from tests.web.test_rotating import begin


def link(town: Register, now: datetime) -> int:
    keeper = Account.objects.make("aisha", None, shown_as="Айша")
    return link_recorder(town, keeper, now.astimezone(BISHKEK).date(), now)


def test_a_second_earlier_nothing_is_written(db):
    town = begin("nookat")
    last = told(town).recorded_at
    with pytest.raises(Malformed) as refused:
        link(town, last - timedelta(seconds=1))
    (problem,) = refused.value.problems
    assert (problem.field, problem.key) == ("act", "clock_back")
    assert problem.slots["time"] == f"{last.astimezone(BISHKEK):%Y-%m-%d %H:%M:%S}"
    assert told(town).size == 1


@pytest.mark.parametrize("later", [timedelta(0), timedelta(milliseconds=900), timedelta(days=2)])
def test_in_the_same_second_or_later_it_is(db, later):
    town = begin("nookat")
    assert link(town, told(town).recorded_at + later) == 1


def test_an_exercise_keeps_its_own_time(db):
    town = begin("nookat", exercise=True)
    assert link(town, told(town).recorded_at - timedelta(seconds=1)) == 1


def test_what_is_remembered_is_when_the_last_entry_was_written(db):
    before = datetime.now(UTC).replace(microsecond=0)
    town = begin("nookat")
    assert before <= told(town).recorded_at <= datetime.now(UTC)
