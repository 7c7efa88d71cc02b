"""AnswerQuestion. S1: what nobody answered at a meeting is answered in writing."""

import pytest

from kerege.municipality.record import Answer
from tests.cast import MODEL, NEW, OLD, TODAY, chartered, day, naryn

CALLED, HELD, ON = day("2023-05-10"), day("2023-05-15"), day("2023-05-17")


def met(town=None, **more):
    town = town or chartered()
    said = {"kind": "meeting", "day": HELD.isoformat(), "about": "Суу"}
    call = town.act("CallAssembly", "head", CALLED, **said).n
    held = {"kind": "meeting", "participants": 60, "invited": 100, "questions": "Качан?", **more}
    return town, town.act("HoldAssembly", "head", HELD, call=call, **held).n


@pytest.mark.parametrize("actor", ["executive", "head", "kenesh"])
def test_answered(actor):
    town, n = met()
    vote = town.vote(ON) if actor == "kenesh" else {}
    done = town.act("AnswerQuestion", actor, ON, assembly=n, text="Июнда", **vote)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/meeting-answers.given",))
    assert n in done.entry.rests_on and town.m.find(Answer, done.n).assembly == n


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted(law):
    town, n = met(naryn(*law))
    assert town.act("AnswerQuestion", "head", ON, assembly=n, text="Июнда").answer == "not_stated"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"assembly": 3}, {"assembly": "no_such_thing"}),
        ({"text": None}, {"text": "required"}),
        ({"document": "x"}, {"document": "not_a_hash"}),
        ({"to": "баарына"}, {"to": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, n = met()
    said = {"assembly": n, "text": "Июнда", **changed}
    assert town.problems("AnswerQuestion", "head", ON, **said) == problems


def test_where_nothing_was_left_open_there_is_nothing_to_answer():
    town, n = met(questions=None)
    said = {"assembly": n, "text": "Июнда"}
    assert town.problems("AnswerQuestion", "head", ON, **said) == {"assembly": "nothing_left_open"}
