"""Assemblies: how long before residents are told, and how many of them come."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.constitution import edition
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.assemblies import (
    KINDS,
    NOTICE,
    draft_out_in_time,
    enough,
    notice_enough,
    told_in_time,
)
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Call
from tests.cast import LINES, TODAY, chartered, day, naryn

HELD = day("2023-05-20")
CHARTERED, FREE = chartered(), naryn(*TODAY)
SINCE = {"meeting": 5, "hearing": 21}
HEARING = ACTS["HoldHearing"].read({"year": 2024, "participants": 1})


def call(kind):
    said = {"kind": kind, "day": HELD.isoformat(), "about": "Суу"}
    return ACTS["CallAssembly"].read(said)


def meeting(kind="meeting"):
    return ACTS["HoldAssembly"].read({"kind": kind, "participants": 1})


def noticed(town, kind, told, book=None):
    return notice_enough(town.m, book or town.book, call(kind), kind, told, HELD, HELD)


def changed(before, after):
    """The law of a chartered town, with a piece of its model written otherwise."""
    known = CHARTERED.book
    text = known.editions[-1].text
    assert before in text
    one = edition.read(text.replace(before, after), "model.md", known.vocabulary)
    return Rulebook(known.vocabulary, [*known.editions[:-1], one])


@given(st.integers(0, 60), st.sampled_from(KINDS))
def test_told_so_many_days_before(days, kind):
    assert noticed(CHARTERED, kind, HELD - timedelta(days)) == (days >= SINCE.get(kind, 0))


@pytest.mark.parametrize("kind", KINDS)
def test_never_told(kind):
    assert noticed(CHARTERED, kind, None) == (kind == "kurultai")
    # Where no law asks, there is nothing to fall short of.
    assert noticed(FREE, kind, None)


def test_the_day_it_was_called_counts():
    called = Call(90, HELD - timedelta(5), "meeting", HELD, "Суу", False)
    late = replace(called, since=HELD - timedelta(4))
    for one, told in ((called, True), (late, False), (None, False)):
        law = CHARTERED.book
        assert told_in_time(CHARTERED.m, law, meeting(), "meeting", one, HELD) is told


@pytest.mark.parametrize(
    ("kind", "unit", "last"),
    [
        # From Friday the twelfth to Friday the nineteenth are five working days.
        ("meeting", "working_days", "2023-05-12"),
        ("meeting", "months", "2022-12-20"),
        ("hearing", "months", "2021-08-20"),
    ],
)
def test_it_is_counted_in_the_unit_of_the_law(kind, unit, last):
    text = f"value = {SINCE[kind]}\nunit = "
    book = changed(f'{text}"days"', f'{text}"{unit}"')
    assert noticed(CHARTERED, kind, day(last), book)
    assert not noticed(CHARTERED, kind, HELD - timedelta(SINCE[kind]), book)
    assert not noticed(CHARTERED, kind, day(last) + timedelta(1), book) or unit == "working_days"


def test_the_draft_too_is_counted_in_the_unit_of_the_law():
    town = chartered()
    town.act("PublishDraftBudget", "executive", day("2023-05-10"), year=2024, lines=LINES)
    book = changed('value = 7\nunit = "days"', 'value = 7\nunit = "working_days"')
    assert draft_out_in_time(town.m, town.book, HEARING, 2024, day("2023-05-17"))
    assert not draft_out_in_time(town.m, book, HEARING, 2024, day("2023-05-17"))
    assert draft_out_in_time(town.m, book, HEARING, 2024, HELD)


@pytest.mark.parametrize(
    ("came", "called", "reached"),
    [(50, 100, True), (49, 100, False), (1, 2, True), (120, 100, True)],
)
def test_half_of_those_called(came, called, reached):
    for town, kind, share in (
        (CHARTERED, "meeting", reached),
        (CHARTERED, "kurultai", True),
        (FREE, "meeting", True),
    ):
        assert enough(town.m, town.book, meeting(kind), kind, came, called, HELD) == share


def test_where_nobody_said_how_many_were_called():
    with pytest.raises(Malformed, match="say_invited"):
        enough(CHARTERED.m, CHARTERED.book, meeting(), "meeting", 1, None, HELD)
    assert enough(FREE.m, FREE.book, meeting(), "meeting", 1, None, HELD)


def test_a_share_is_counted_in_percent():
    book = changed('unit = "percent"', 'unit = "people"')
    with pytest.raises(LawFailed, match="meeting_quorum is counted in people"):
        enough(CHARTERED.m, book, meeting(), "meeting", 50, 100, HELD)


@pytest.mark.parametrize("name", [*NOTICE.values(), "hearing_draft", "meeting_quorum"])
def test_where_a_rule_asks_by_a_number_nobody_sets_the_answer_is_no(name):
    book = changed(f'name = "{name}"', f'name = "{name}_now"')
    town = chartered()
    town.act("PublishDraftBudget", "executive", day("2023-04-01"), year=2024, lines=LINES)
    told = {
        **{number: noticed(town, kind, day("2023-01-10"), book) for kind, number in NOTICE.items()},
        "hearing_draft": draft_out_in_time(town.m, book, HEARING, 2024, HELD),
        "meeting_quorum": enough(town.m, book, meeting(), "meeting", 100, 100, HELD),
    }
    assert told == {one: one != name for one in told}
    # Of a kurultai no rule asks it, whatever is asked of meetings.
    assert noticed(town, "kurultai", None, book)


@pytest.mark.parametrize(("out", "in_time"), [("2023-05-13", True), ("2023-05-14", False)])
def test_a_draft_is_out_a_week_before(out, in_time):
    town = chartered()
    town.act("PublishDraftBudget", "executive", day(out), year=2024, lines=LINES)
    assert draft_out_in_time(town.m, town.book, HEARING, 2024, HELD) == in_time
    assert not draft_out_in_time(town.m, town.book, HEARING, 2025, HELD)
    assert draft_out_in_time(town.m, FREE.book, HEARING, 2025, HELD)


def test_a_draft_put_right_later_was_out_in_time():
    town = chartered()
    for out in ("2023-05-10", "2023-05-19"):
        town.act("PublishDraftBudget", "executive", day(out), year=2024, lines=LINES)
    assert draft_out_in_time(town.m, town.book, HEARING, 2024, HELD)
