"""HoldHearing. S11: the public takes part in the budget."""

import pytest

from kerege.municipality.money import hearing
from tests.cast import AFTER, BEFORE, DAY, LINES, MODEL, NEW, OLD, chartered, day, naryn

HEARD = {"year": 2010, "participants": 40, "proposals": "Көчө жарыгы"}


def published(*law):
    town = naryn(*law)
    n = town.act("PublishDraftBudget", "executive", BEFORE, year=2010, lines=LINES).n
    return town, n


@pytest.mark.parametrize("actor", ["executive", "community"])
@pytest.mark.parametrize(
    ("law", "answer", "norm"),
    [
        (OLD, "not_stated", "kg-2007/budget.formed"),
        (NEW, "permitted", "kg-2010/budget.participation"),
    ],
)
def test_s11_a_hearing_is_held(law, answer, norm, actor):
    town, n = published(*law)
    done = town.act("HoldHearing", actor, **HEARD)
    assert (done.answer, done.norms) == (answer, (norm,)) and n in done.entry.rests_on


def test_s11_by_the_kenesh_it_is_a_decision_of_its_own():
    town, _ = published(*NEW)
    assert town.problems("HoldHearing", "kenesh", **HEARD) == {
        "session": "required",
        "votes_for": "required",
    }
    assert town.decide("HoldHearing", **HEARD).answer == "permitted"


def test_s11_2010_not_by_the_state():
    town, _ = published(*NEW)
    ruling = town.refused("HoldHearing", "governor", **HEARD)
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2010/budget.participation",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": 2011}, {"year": "no_draft"}),
        ({"year": 2101}, {"year": "out_of_range"}),
        ({"participants": 0}, {"participants": "out_of_range"}),
        ({"participants": "40"}, {"participants": "not_a_number"}),
        ({"proposals": 1}, {"proposals": "wrong_type"}),
        ({"hall": "клуб"}, {"hall": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, _ = published(*NEW)
    assert town.problems("HoldHearing", "executive", **{**HEARD, **changed}) == problems


def test_it_counts_from_its_day_until_annulled():
    town, _ = published(*NEW)
    n = town.act("HoldHearing", "executive", **HEARD).n
    assert hearing(town.m, 2010, BEFORE) is None
    assert hearing(town.m, 2010, DAY).entry == n and hearing(town.m, 2011, DAY) is None
    town.annul(n)
    assert hearing(town.m, 2010, AFTER) is None


def test_it_counts_only_on_a_draft_that_was_there():
    town, n = published(*NEW)
    town.act("HoldHearing", "executive", **HEARD)
    town.annul(n, AFTER, from_day=BEFORE)
    town.act("PublishDraftBudget", "executive", AFTER, year=2010, lines=LINES)
    assert hearing(town.m, 2010, AFTER) is None


def test_a_draft_put_right_after_the_hearing_needs_no_other():
    town, _ = published(*NEW)
    n = town.act("HoldHearing", "executive", **HEARD).n
    town.act("PublishDraftBudget", "executive", AFTER, year=2010, lines=LINES[:1])
    assert hearing(town.m, 2010, AFTER).entry == n


def test_contested_has_no_effect():
    town, _ = published(*NEW)
    town.contested("HoldHearing", "governor", **HEARD)
    assert hearing(town.m, 2010, AFTER) is None


CALL = {"kind": "hearing", "day": "2023-06-05", "about": "2024-жылдын бюджети"}
HEARD_2023 = {"year": 2024, "participants": 70}


def called(on="2023-05-10", out="2023-05-20"):
    """A chartered town with a hearing called on a day and a draft published on another."""
    town = chartered()
    n = town.act("CallAssembly", "executive", day(on), **CALL).n
    town.act("PublishDraftBudget", "executive", day(out), year=2024, lines=LINES)
    return town, n


def test_s11_the_timetable_of_the_typical_charter():
    town, n = called()
    done = town.act("HoldHearing", "executive", day("2023-06-05"), call=n, **HEARD_2023)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/hearings.held",))
    assert {n, 11} <= set(done.entry.rests_on)


def test_s11_not_called_or_not_seen_in_time():
    on = day("2023-06-05")
    town, n = called()
    ruling = town.refused("HoldHearing", "executive", on, **HEARD_2023)
    assert ruling.norms == (f"{MODEL}/hearing-timetable.called",)
    town, n = called(out="2023-05-30")
    ruling = town.refused("HoldHearing", "executive", on, call=n, **HEARD_2023)
    assert ruling.norms == (f"{MODEL}/hearing-timetable.draft",)
    assert ruling.missing == ("draftInTime",)


def test_s11_the_earliest_lawful_day_is_told():
    town, n = called(out="2023-05-30")
    act = town.considered("HoldHearing", "executive", day("2023-06-05"), call=n, **HEARD_2023)[0]
    assert act.earliest(town.m, day("2023-06-05"), town.book) == {
        "noticeGiven": day("2023-05-31"),
        "draftInTime": day("2023-06-06"),
    }


def test_s11_a_call_is_good_for_one_hearing():
    town, n = called()
    town.act("HoldHearing", "executive", day("2023-06-05"), call=n, **HEARD_2023)
    again = {**HEARD_2023, "call": n}
    assert town.problems("HoldHearing", "executive", day("2023-06-06"), **again) == {
        "call": "call_used"
    }


def test_s11_under_the_typical_charter_no_budget_without_a_hearing():
    town = chartered()
    town.act("PublishDraftBudget", "executive", day("2023-06-05"), year=2024, lines=LINES)
    on = day("2023-06-06")
    ruling = town.refused("AdoptBudget", "kenesh", on, year=2024, lines=LINES, **town.vote(on))
    assert f"{MODEL}/hearings.budget" in ruling.norms and "hearingHeld" in ruling.missing


@pytest.mark.parametrize(
    ("on", "kind", "problems"),
    [
        ("2023-06-04", "hearing", {"held_on": "before_called"}),
        ("2023-06-05", "meeting", {"call": "called_otherwise"}),
    ],
)
def test_s11_the_call_is_of_a_hearing_and_of_its_day(on, kind, problems):
    town = chartered()
    n = town.act("CallAssembly", "head", day("2023-05-10"), **{**CALL, "kind": kind}).n
    town.act("PublishDraftBudget", "executive", day("2023-05-10"), year=2024, lines=LINES)
    said = {"call": n, **HEARD_2023}
    assert town.problems("HoldHearing", "executive", day(on), **said) == problems
