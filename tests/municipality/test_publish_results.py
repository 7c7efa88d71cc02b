"""PublishResults. S1, S11: residents are told what came of what they said."""

import pytest

from kerege.municipality.record import Results
from tests.cast import LINES, MODEL, NEW, OLD, TODAY, chartered, day, naryn

CALLED, HELD, ON = day("2023-05-10"), day("2023-06-15"), day("2023-06-20")
TEXT = "Түтүк алмаштырылды"


def met(town, kind="meeting"):
    said = {"kind": kind, "day": HELD.isoformat(), "about": "Суу"}
    if kind == "kurultai":
        call = town.decide("CallAssembly", CALLED, **said).n
    else:
        call = town.act("CallAssembly", "executive", CALLED, **said).n
    if kind == "hearing":
        town.act("PublishDraftBudget", "executive", CALLED, year=2024, lines=LINES)
        return town.act("HoldHearing", "executive", HELD, call=call, year=2024, participants=70).n
    held = {"kind": kind, "participants": 60, "invited": 100}
    return town.act("HoldAssembly", "executive", HELD, call=call, **held).n


@pytest.mark.parametrize(
    ("kind", "field", "norm"),
    [
        ("meeting", "assembly", f"{MODEL}/meeting-measures.published"),
        ("hearing", "hearing", f"{MODEL}/hearing-results.published"),
    ],
)
def test_published(kind, field, norm):
    town = chartered()
    n = met(town, kind)
    done = town.act("PublishResults", "executive", ON, text=TEXT, **{field: n})
    assert (done.answer, done.norms) == ("permitted", (norm,))
    assert n in done.entry.rests_on and getattr(town.m.find(Results, done.n), field) == n


def test_of_a_kurultai_the_charter_does_not_speak():
    town = chartered()
    n = met(town, "kurultai")
    done = town.act("PublishResults", "executive", ON, text=TEXT, assembly=n)
    assert (done.answer, done.entry.question["object"]) == ("not_stated", "kurultai")


def test_the_results_of_a_hearing_can_follow_the_budget():
    town = chartered()
    n = met(town, "hearing")
    town.decide("AdoptBudget", day("2023-06-16"), year=2024, lines=LINES)
    assert town.act("PublishResults", "executive", ON, text=TEXT, hearing=n).answer == "permitted"


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted(law):
    town = naryn(*law)
    done = town.act("PublishResults", "head", ON, text=TEXT, assembly=met(town))
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.head",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"assembly": None}, {"assembly": "one_of_two"}),
        ({"hearing": 3}, {"assembly": "one_of_two"}),
        ({"assembly": 3}, {"assembly": "no_such_thing"}),
        ({"assembly": None, "hearing": 3}, {"hearing": "no_such_thing"}),
        ({"text": None}, {"text": "required"}),
        ({"where": "тактада"}, {"where": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = chartered()
    said = {"assembly": met(town), "text": TEXT, **changed}
    assert town.problems("PublishResults", "executive", ON, **said) == problems
