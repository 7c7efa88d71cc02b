"""AdoptBudget. S11: a budget is adopted in the open; S10: every line with its purse."""

import pytest

from kerege.municipality.money import budget, draft, hearing
from tests.cast import AFTER, BEFORE, BOTH, DAY, LINES, NEW, OLD, day, naryn

NEXT = day("2010-05-04")


def test_s11_2007_asks_for_no_hearing_and_the_act_is_marked():
    done = naryn(*OLD).decide("AdoptBudget", year=2010, lines=LINES)
    assert (done.answer, done.norms) == ("not_stated", ("kg-2007/budget.adopt",))


def test_s10_2007_knows_no_lines_from_the_republic():
    town = naryn(*OLD)
    ruling = town.refused("AdoptBudget", year=2010, lines=BOTH, **town.vote())
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2007/budget.adopt",))


def test_s11_2010_asks_for_a_published_draft_and_a_hearing():
    town = naryn(*NEW)
    said = {"year": 2010, "lines": BOTH, **town.vote()}
    ruling = town.refused("AdoptBudget", **said)
    assert ruling.norms == ("kg-2010/budget.hearing", "kg-2010/budget.published")
    assert ruling.missing == ("draftPublished", "hearingHeld")
    town.act("PublishDraftBudget", "executive", DAY, year=2010, lines=BOTH)
    assert town.refused("AdoptBudget", **said).missing == ("hearingHeld",)
    heard = town.act("HoldHearing", "executive", DAY, year=2010, participants=40)
    done = town.act("AdoptBudget", **said)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/kenesh.budget",))
    assert {2, said["session"], heard.n - 1, heard.n} == set(done.entry.rests_on)


def test_s11_only_the_kenesh_adopts():
    town = naryn(*NEW)
    town.open_budget()
    ruling = town.refused("AdoptBudget", "executive", year=2010, lines=LINES)
    assert ruling.norms == ("kg-2010/kenesh.only",)


def test_hearing_and_draft_of_another_year_do_not_count():
    town = naryn(*NEW)
    town.open_budget(year=2011)
    assert town.refused("AdoptBudget", year=2010, lines=LINES, **town.vote()).missing


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": "2010"}, {"year": "not_a_number"}),
        ({"year": 1999}, {"year": "out_of_range"}),
        ({"lines": []}, {"lines": "no_lines"}),
        ({"lines": [{**LINES[0], "amount": -5}]}, {"lines": "bad_line"}),
        ({"lines": [{**LINES[0], "amount": 10**13 + 1}]}, {"lines": "bad_line"}),
        ({"lines": [{**LINES[0], "source": "Москва"}]}, {"lines": "bad_line"}),
        ({"lines": "700"}, {"lines": "wrong_type"}),
        ({"document": "abc"}, {"document": "not_a_hash"}),
        ({"grant": 1}, {"grant": "unknown_field"}),
        ({"session": None, "votes_for": None}, {"session": "required", "votes_for": "required"}),
        ({"session": 4}, {"session": "no_such_thing"}),
        ({"session": 99}, {"session": "no_such_thing"}),
        ({"votes_for": 5, "votes_against": 1}, {"votes_for": "more_votes"}),
        ({"votes_for": 2, "votes_against": 2}, {"votes_for": "not_carried"}),
        ({"votes_for": 501}, {"votes_for": "more_votes"}),
        ({"votes_for": -1}, {"votes_for": "out_of_range"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    good = {"year": 2010, "lines": LINES, **town.vote()}
    assert town.problems("AdoptBudget", **{**good, **changed}) == problems


def test_the_session_is_of_that_day():
    town = naryn(*NEW)
    good = {"year": 2010, "lines": LINES, **town.vote(BEFORE)}
    assert town.problems("AdoptBudget", **good) == {"session": "other_day"}


def test_it_holds_from_its_day():
    town = naryn(*NEW)
    n = town.adopt().n
    assert budget(town.m, 2010, BEFORE) is None
    assert budget(town.m, 2010, DAY).entry == n
    assert budget(town.m, 2010, DAY).total() == 1000
    assert budget(town.m, 2010, DAY).total("republican") == 0
    town.annul(n)
    assert budget(town.m, 2010, DAY).entry == n
    assert budget(town.m, 2010, AFTER) is None


def test_contested_has_no_effect():
    town = naryn(*NEW)
    first = town.adopt().n
    done = town.contested("AdoptBudget", "", NEXT, year=2010, lines=BOTH, **town.vote(NEXT))
    assert done.ruling.answer == "forbidden"
    assert budget(town.m, 2010, NEXT).entry == first


def test_adopted_anew_it_takes_the_place_of_the_one_before():
    town = naryn(*NEW)
    first = town.adopt().n
    town.open_budget(NEXT)
    second = town.decide("AdoptBudget", NEXT, year=2010, lines=BOTH).n
    assert town.all(type(budget(town.m, 2010, NEXT)), NEXT) == [second]
    assert budget(town.m, 2010, DAY).entry == first
    # Annulled, the one before is in force again.
    town.annul(second, day("2010-06-01"))
    assert budget(town.m, 2010, day("2010-05-31")).entry == second
    assert budget(town.m, 2010, day("2010-06-01")).entry == first


def test_s11_another_budget_of_the_year_needs_another_draft_and_hearing():
    town = naryn(*NEW)
    first = town.adopt().n
    assert draft(town.m, 2010, DAY) is None and hearing(town.m, 2010, DAY) is None
    said = {"year": 2010, "lines": BOTH, **town.vote(NEXT)}
    assert town.refused("AdoptBudget", "", NEXT, **said).missing == (
        "draftPublished",
        "hearingHeld",
    )
    # When the adoption is annulled, the draft is a draft again.
    town.annul(first, day("2010-06-01"))
    assert town.decide("AdoptBudget", day("2010-06-02"), year=2010, lines=LINES)


def test_a_late_entry_of_an_older_budget_does_not_displace_the_newer():
    town = naryn(*OLD)
    newer = town.decide("AdoptBudget", NEXT, year=2010, lines=LINES).n
    older = town.decide("AdoptBudget", DAY, year=2010, lines=LINES[:1]).n
    assert budget(town.m, 2010, DAY).entry == older
    assert budget(town.m, 2010, NEXT).entry == newer
    assert town.all(type(budget(town.m, 2010, NEXT)), NEXT) == [newer]
