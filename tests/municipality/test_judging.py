"""Putting an act to the law: the question is made from the register, never from a tick-box."""

import pytest

from kerege.constitution.question import question
from kerege.constitution.rulebook import LawFailed
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Actor
from kerege.municipality.judging import COUNTRY_PLACE, judge, place_kind
from tests.cast import (
    AFTER,
    BEFORE,
    DAY,
    LAWS,
    LINES,
    NEW,
    OLD,
    RIVAL,
    bare,
    day,
    naryn,
    the_country,
)


def test_the_question_says_who_does_what_where_and_what_is_true():
    town = naryn(*NEW)
    act = ACTS["AdoptBudget"].read({"year": 2010, "lines": LINES, **town.vote()})
    judged = judge(town.m, act, Actor("kenesh"), DAY, town.book)
    assert judged.question.json() == {
        "actor": "kenesh",
        "act": "AdoptBudget",
        "object": "local_budget",
        "place": "city_oblast",
        "facts": {"draftPublished": False, "hearingHeld": False, "republicanLines": False},
    }
    assert judged.ruling == town.book.rule(judged.question)


def test_the_kind_of_place_is_that_of_the_founding_and_the_country_has_one():
    assert place_kind(bare(kind="aiyl_aimak").m) == "aiyl_aimak"
    assert place_kind(the_country().m) == COUNTRY_PLACE


def test_what_the_statutes_tell_is_told_by_the_rulebook():
    for law, told in ((NEW, False), (LAWS, True)):
        town = naryn(*law)
        asked = town.considered("NominateHead", "president", candidate=RIVAL)[1].question
        assert asked["facts"] == {"orderSetByLaw": told}


def test_an_act_rests_on_what_makes_its_actor_one():
    town = naryn(*NEW)
    n = town.act("AppointOfficial", "head:6.0", BEFORE, post="official", holder="Э Ж").n
    for actor, grounds in (
        ("executive", (3, 6)),
        ("head:6.0", (6,)),
        (f"official:{n}.0", (n,)),
        ("governor", ()),
    ):
        entry = town.considered("ReportToKenesh", actor, summary="…")[1]
        assert entry.rests_on == grounds
    issue = {"title": "Жарык", "text": "…"}
    assert town.considered("RaiseIssue", "deputy:4.2", **issue)[1].rests_on == (4,)


def test_facts_are_read_on_the_day_of_the_act_as_known_now():
    town = naryn(*NEW)
    town.open_budget(AFTER)
    said = {"year": 2010, "lines": LINES}
    assert town.refused("AdoptBudget", "kenesh", DAY, **said, **town.vote(DAY)).missing
    town.open_budget(BEFORE)
    assert town.considered("AdoptBudget", "kenesh", DAY, **said, **town.vote(DAY))[2].effective


def test_any_entry_can_be_judged_again_from_its_stored_question():
    town = naryn(*OLD)
    town.decide("AdoptBudget", year=2010, lines=LINES)
    town.under(*LAWS)
    town.decide("ElectHead", day("2010-04-01"), holder=RIVAL)
    town.contested("AppointHead", "governor", day("2010-05-01"), holder="А")
    seen = 0
    for entry in town.entries:
        if entry.question is None:
            continue
        book = town.under(*(LAWS if entry.held_on > AFTER else OLD)).book
        assert book.digest == entry.digest
        assert book.rule(question(entry.question)).json() == entry.ruling
        seen += 1
    assert seen == 5


def test_an_actor_the_law_has_no_word_for_is_an_error_and_no_permission():
    town = naryn(*NEW)
    act = ACTS["RaiseIssue"].read({"title": "Жарык", "text": "…"})
    with pytest.raises(LawFailed):
        judge(town.m, act, Actor("king"), DAY, town.book)
