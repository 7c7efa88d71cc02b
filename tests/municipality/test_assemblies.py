"""Assemblies: how long before residents are told, and how many of them come."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.municipality.assemblies import (
    KINDS,
    draft_out_in_time,
    enough,
    told_in_time,
)
from tests.cast import LINES, TODAY, chartered, day, naryn

HELD = day("2023-05-20")
CHARTERED, FREE = chartered(), naryn(*TODAY)
SINCE = {"meeting": 5, "hearing": 21}


@given(st.integers(0, 60), st.sampled_from(KINDS))
def test_told_so_many_days_before(days, kind):
    told = told_in_time(CHARTERED.m, CHARTERED.book, kind, HELD - timedelta(days), HELD, HELD)
    assert told == (days >= SINCE.get(kind, 0))


@pytest.mark.parametrize("kind", KINDS)
def test_never_told(kind):
    assert told_in_time(CHARTERED.m, CHARTERED.book, kind, None, HELD, HELD) == (kind == "kurultai")
    # Where the law sets no number of days there is none to fall short of.
    assert told_in_time(FREE.m, FREE.book, kind, None, HELD, HELD)


@pytest.mark.parametrize(
    ("came", "called", "reached"),
    [(50, 100, True), (49, 100, False), (1, 2, True), (120, 100, True), (1, None, False)],
)
def test_half_of_those_called(came, called, reached):
    assert enough(CHARTERED.m, CHARTERED.book, "meeting", came, called, HELD) == reached
    assert enough(CHARTERED.m, CHARTERED.book, "kurultai", came, called, HELD)
    assert enough(FREE.m, FREE.book, "meeting", came, called, HELD)


@pytest.mark.parametrize(("out", "in_time"), [("2023-05-13", True), ("2023-05-14", False)])
def test_a_draft_is_out_a_week_before(out, in_time):
    town = chartered()
    town.act("PublishDraftBudget", "executive", day(out), year=2024, lines=LINES)
    assert draft_out_in_time(town.m, town.book, 2024, HELD) == in_time
    assert not draft_out_in_time(town.m, town.book, 2025, HELD)
    assert draft_out_in_time(town.m, FREE.book, 2025, HELD)


def test_a_draft_put_right_later_was_out_in_time():
    town = chartered()
    for out in ("2023-05-10", "2023-05-19"):
        town.act("PublishDraftBudget", "executive", day(out), year=2024, lines=LINES)
    assert draft_out_in_time(town.m, town.book, 2024, HELD)
