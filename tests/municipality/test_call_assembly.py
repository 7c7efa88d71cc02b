"""CallAssembly. S1: residents are told of a meeting early enough to come."""

import pytest

from kerege.municipality.record import Call
from tests.cast import MODEL, NEW, OLD, TODAY, chartered, day, naryn

ON = day("2023-05-10")
MEET = {"kind": "meeting", "day": "2023-05-15", "about": "Суу түтүгү"}
SOON = {**MEET, "day": "2023-05-12"}


def test_five_days_before():
    town = chartered()
    for actor in ("head", "deputy:4.0"):
        done = town.act("CallAssembly", actor, ON, **MEET)
        assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/meeting.call",))
        assert 11 in done.entry.rests_on
    ruling = town.refused("CallAssembly", "head", ON, **{**MEET, "day": "2023-05-14"})
    assert ruling.norms == (f"{MODEL}/meeting-notice.days",)
    assert ruling.missing == ("noticeGiven",)


def test_the_earliest_lawful_day_is_told():
    town = chartered()
    for kind, day_ in (("meeting", {"noticeGiven": day("2023-05-15")}), ("kurultai", {})):
        act = town.considered(
            "CallAssembly", "kenesh", ON, **{**SOON, "kind": kind}, **town.vote(ON)
        )
        assert act[0].earliest(town.m, ON, town.book) == day_
    free = naryn(*TODAY)
    act = free.considered("CallAssembly", "head", ON, **SOON)[0]
    assert act.earliest(free.m, ON, free.book) == {}


def test_what_cannot_wait_is_called_by_the_head_or_the_kenesh():
    town = chartered()
    urgent = {**SOON, "urgent": "Сел келди"}
    assert town.act("CallAssembly", "head", ON, **urgent).answer == "permitted"
    assert town.decide("CallAssembly", ON, **urgent).answer == "permitted"
    ruling = town.refused("CallAssembly", "deputy:4.0", ON, **urgent)
    assert ruling.norms == (f"{MODEL}/meeting.urgent",)


def test_a_kurultai_is_called_by_the_kenesh_alone():
    town = chartered()
    kurultai = {**MEET, "kind": "kurultai"}
    assert town.decide("CallAssembly", ON, **kurultai).norms == (f"{MODEL}/kurultai.call",)
    ruling = town.refused("CallAssembly", "head", ON, **kurultai)
    assert (ruling.answer, ruling.norms) == ("forbidden", (f"{MODEL}/kurultai.by-kenesh",))


@pytest.mark.parametrize(
    ("on", "answer"), [("2023-05-31", "permitted"), ("2023-05-30", "forbidden")]
)
def test_a_hearing_three_weeks_before(on, answer):
    town = chartered()
    said = {**MEET, "kind": "hearing", "day": on}
    ruling = town.considered("CallAssembly", "executive", ON, **said)[2]
    assert ruling.answer == answer
    norm = "hearings.call" if answer == "permitted" else "hearing-timetable.notice"
    assert ruling.norms == (f"{MODEL}/{norm}",)


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted_two_days_will_do(law):
    done = naryn(*law).act("CallAssembly", "head", ON, **SOON)
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.head",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"kind": "party"}, {"kind": "not_a_choice"}),
        ({"day": "2023-05-09"}, {"day": "due_in_past"}),
        ({"about": None}, {"about": "required"}),
        ({"kind": "hearing", "urgent": "Сел"}, {"urgent": "only_meeting_urgent"}),
        ({"request": 3}, {"request": "no_such_thing"}),
        ({"session": 10}, {"session": "only_kenesh_meets"}),
        ({"place": "клуб"}, {"place": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert chartered().problems("CallAssembly", "head", ON, **{**MEET, **changed}) == problems


def test_it_can_follow_a_request():
    town = chartered()
    n = town.act("RequestMeeting", "community", ON, about="Суу", text="Түтүк жарылды", group=11).n
    assert n in town.act("CallAssembly", "head", ON, request=n, **MEET).entry.rests_on


def test_it_holds_until_annulled():
    town = chartered()
    n = town.act("CallAssembly", "head", ON, **MEET).n
    call = town.m.find(Call, n)
    assert (call.kind, call.day, call.urgent) == ("meeting", day("2023-05-15"), False)
    town.annul(n, day("2023-05-11"))
    assert town.all(Call, day("2023-05-11")) == []


def test_contested_has_no_effect():
    town = chartered()
    town.contested("CallAssembly", "head", ON, **SOON)
    assert town.all(Call, ON) == []
