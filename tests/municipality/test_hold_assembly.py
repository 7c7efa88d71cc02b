"""HoldAssembly. S1: residents meet; what a kurultai says is advice until the kenesh decides."""

import pytest

from kerege.municipality.record import Assembly
from tests.cast import MODEL, NEW, OLD, TODAY, chartered, day, naryn

CALLED, HELD = day("2023-05-10"), day("2023-05-15")
MET = {"kind": "meeting", "participants": 60, "invited": 100}


def called(kind="meeting", **more):
    town = chartered()
    said = {"kind": kind, "day": HELD.isoformat(), "about": "Суу", **more}
    if kind == "kurultai":
        return town, town.decide("CallAssembly", CALLED, **said).n
    return town, town.act("CallAssembly", "head", CALLED, **said).n


@pytest.mark.parametrize("actor", ["community", "head", "executive"])
def test_a_meeting_that_was_called_is_held(actor):
    town, n = called()
    done = town.act("HoldAssembly", actor, HELD, call=n, **MET)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/meeting.hold",))
    assert {n, 11} <= set(done.entry.rests_on)


def test_one_that_was_not_called_is_not_held():
    ruling = chartered().refused("HoldAssembly", "head", HELD, **MET)
    assert ruling.norms == (f"{MODEL}/meeting-notice.days",) and ruling.missing == ("noticeGiven",)


def test_too_few_came():
    town, n = called()
    ruling = town.refused("HoldAssembly", "head", HELD, call=n, **{**MET, "participants": 49})
    assert ruling.norms == (f"{MODEL}/meeting-quorum.reached",)
    assert ruling.missing == ("enoughPresent",)


def test_where_a_share_must_come_it_is_said_how_many_were_called():
    town, n = called()
    left_out = {"kind": "meeting", "participants": 60, "call": n}
    assert town.problems("HoldAssembly", "head", HELD, **left_out) == {"invited": "say_invited"}
    free = naryn(*TODAY)
    del left_out["call"]
    assert free.act("HoldAssembly", "head", HELD, **left_out).answer == "not_stated"


def test_a_call_is_good_for_one_assembly():
    town, n = called()
    held = town.act("HoldAssembly", "head", HELD, call=n, **MET).n
    again = {**MET, "call": n}
    assert town.problems("HoldAssembly", "head", day("2023-06-01"), **again) == {
        "call": "call_used"
    }
    town.annul(held, day("2023-06-02"))
    assert town.problems("HoldAssembly", "head", HELD, **again) == {}


def test_the_earliest_lawful_day_is_told():
    town, n = called()
    act = town.considered("HoldAssembly", "head", HELD, call=n, **MET)[0]
    assert act.earliest(town.m, HELD, town.book) == {"noticeGiven": HELD}
    act = town.considered("HoldAssembly", "head", HELD, **MET)[0]
    assert act.earliest(town.m, HELD, town.book) == {}


def test_one_that_could_not_wait():
    town = chartered()
    said = {"kind": "meeting", "day": "2023-05-11", "about": "Сел", "urgent": "Сел келди"}
    n = town.act("CallAssembly", "head", CALLED, **said).n
    assert town.act("HoldAssembly", "head", day("2023-05-11"), call=n, **MET).answer == "permitted"


def test_a_kurultai_is_held_by_the_executive():
    town, n = called("kurultai")
    held = {"kind": "kurultai", "participants": 40}
    done = town.act("HoldAssembly", "executive", HELD, call=n, **held)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/kurultai.hold",))


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted_nothing_stands_in_its_way(law):
    done = naryn(*law).act("HoldAssembly", "head", HELD, kind="meeting", participants=3)
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.head",))


@pytest.mark.parametrize(
    ("on", "changed", "problems"),
    [
        (HELD, {"kind": "kurultai"}, {"call": "called_otherwise"}),
        (HELD, {"kind": "hearing"}, {"kind": "not_a_choice"}),
        (HELD, {"call": 3}, {"call": "no_such_thing"}),
        (HELD, {"participants": 0}, {"participants": "out_of_range"}),
        (HELD, {"participants": 101}, {"participants": "more_than_invited"}),
        (HELD, {"invited": "100"}, {"invited": "not_a_number"}),
        (HELD, {"questions": 5}, {"questions": "wrong_type"}),
        (day("2023-05-14"), {}, {"held_on": "before_called"}),
        (HELD, {"vote": "бир добуштан"}, {"vote": "unknown_field"}),
    ],
)
def test_malformed(on, changed, problems):
    town, n = called()
    assert town.problems("HoldAssembly", "head", on, **{**MET, "call": n, **changed}) == problems


def test_put_off_it_is_held_later():
    town, n = called()
    later = day("2023-06-15")
    assert town.act("HoldAssembly", "head", later, call=n, **MET).answer == "permitted"


def test_what_it_leaves_behind():
    town, n = called()
    open_ = town.act("HoldAssembly", "head", HELD, call=n, questions="Качан бүтөт?", **MET).n
    left = town.m.find(Assembly, open_)
    assert (left.kind, left.meeting_year, left.unanswered) == ("meeting", 2023, True)
    town, n = called("kurultai")
    held = town.act("HoldAssembly", "executive", HELD, call=n, kind="kurultai", participants=9).n
    left = town.m.find(Assembly, held)
    assert (left.meeting_year, left.unanswered) == (None, False)


def test_contested_has_no_effect():
    town = chartered()
    town.contested("HoldAssembly", "head", HELD, **MET)
    assert town.all(Assembly, HELD) == []
