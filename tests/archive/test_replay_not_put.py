"""What cannot be put to another law, and a register that cannot be lived again under it."""

import copy
from dataclasses import replace

import pytest

from kerege.archive.outcome import NOT_PUT
from kerege.archive.replay import Lives, NotLived, replay, under
from kerege.constitution.question import question
from kerege.constitution.rulebook import LawFailed, Rulebook
from tests.archive.living_again import KNOWN, SPEND, lived, told
from tests.cast import ADOPTED, AFTER, FOUNDED, LAWS, LINES, MODEL, NEW, OLD, chartered, naryn


def test_a_charter_on_a_model_of_another_constitution_cannot_be_put_to_the_law():
    town = chartered()
    adopted = next(n for n, name in town.m.acts.items() if name == "AdoptCharter")
    assert told(lived(town, *KNOWN.pinned("kg-2010")))[adopted] == ("refused", NOT_PUT)


def test_a_model_binds_in_the_life_in_which_it_is_adopted():
    town, ids = chartered(), KNOWN.pinned("kg-2021")
    law = under(KNOWN, ids)
    lives = Lives(law)
    assert told(lives.go_on(town.entries)) == {}
    before, after = law(lives.would, FOUNDED), law(lives.would, ADOPTED)
    assert [e.id for e in after.editions] == [*(e.id for e in before.editions), MODEL]


def test_acts_that_pass_on_silence_alone_are_counted_where_that_is_new():
    town = naryn(*NEW)
    town.open_budget()
    town.decide("AdoptBudget", year=2010, lines=LINES)
    one = lived(town, *OLD)
    answers = [e.ruling["answer"] for e in town.entries if e.ruling]
    old = KNOWN.rulebook(OLD)
    again = [old.rule(question(e.question)).answer for e in town.entries if e.ruling]
    assert one.judged == len(answers) == 4
    assert one.not_stated == sum(
        b == "not_stated" != a for a, b in zip(answers, again, strict=True)
    )
    assert one.not_stated > 0 and lived(town, *NEW).not_stated == 0


def test_a_register_that_cannot_be_lived_is_named_by_its_entry():
    town = naryn(*NEW)
    session = town.hold_session()
    broken = copy.copy(town.entries[session])
    broken.fields = {"present": "five"}
    with pytest.raises(NotLived, match=f"^entry {session}: "):
        replay([*town.entries[:session], broken], under(KNOWN, NEW))
    unknown = replace(broken, act="ElectKing")
    with pytest.raises(NotLived, match=f"^entry {session}: ElectKing"):
        replay([*town.entries[:session], unknown], under(KNOWN, NEW))


def test_a_law_that_fails_answers_nothing(monkeypatch):
    town = naryn(*NEW)
    session = town.hold_session()

    def fails(self, asked):
        raise LawFailed("out of order")

    monkeypatch.setattr(Rulebook, "rule", fails)
    with pytest.raises(NotLived, match=f"^entry {session}: out of order"):
        lived(town, *OLD)


def test_a_fault_while_facts_are_gathered_is_no_refusal(monkeypatch):
    town = naryn(*LAWS)
    town.adopt()
    spent = town.act("Spend", "executive", AFTER, **SPEND).n

    def fails(*asked):
        raise LawFailed("the duty cannot be counted")

    monkeypatch.setattr("kerege.municipality.judging.kept", fails)
    with pytest.raises(NotLived, match=f"^entry {spent}: the duty cannot be counted"):
        lived(town, *LAWS)


def test_a_pack_nobody_knows_is_told_of_its_entry():
    town = naryn(*NEW)
    session = town.hold_session()
    with pytest.raises(NotLived, match=f"^entry {session}: kg-1850"):
        lived(town, "kg-1850")
