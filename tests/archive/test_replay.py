"""Living a register again under another law: what falls, with what, and why."""

import copy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.archive.causes import pointed_at
from kerege.archive.outcome import ACTOR, FACTS, NOT_PUT, OBJECT, OTHERWISE, Replay
from kerege.archive.reading import entries as entries_in
from kerege.archive.replay import LawOf, Lives, NotLived, replay, under
from kerege.constitution import packs
from kerege.constitution.question import question
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.country import law_of
from kerege.municipality.decision import Decided
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Actor, Entry
from kerege.municipality.fold import fold
from kerege.municipality.governing import deputies
from kerege.municipality.judging import put
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import OPERATOR, present
from tests.cast import (
    ADOPTED,
    AFTER,
    BEFORE,
    DAY,
    DELEGATION,
    FOUNDED,
    LAWS,
    LINES,
    MODEL,
    NEW,
    OLD,
    RIVAL,
    Refused,
    Town,
    bare,
    chartered,
    day,
    dump,
    naryn,
    the_history,
)
from tests.constitution import lawtext
from tests.municipality.test_fold import ACTORS, HERE, SPAN, VOCABULARY, value

ROOT = Path(__file__).resolve().parents[2]
KNOWN = packs.load()
REGISTERS = sorted((ROOT / "tests/registers").glob("*.jsonl"))
SPEND = {"year": 2010, "source": "local", "amount": 5, "purpose": "Жол"}


def lived(town: Town, *ids: str) -> Replay:
    return replay(town.entries, under(KNOWN, ids), ids)


def but(*forbids: str) -> Rulebook:
    """Everything is allowed but these acts."""
    acts = ", ".join(
        f'Action::"{name}"' for name in VOCABULARY.acts if VOCABULARY.acts[name].judged
    )
    rules = [f'@id("budget.all") permit (principal, action in [{acts}], resource);']
    rules += [
        f'@id("budget.no{k}") forbid (principal, action == Action::"{name}", resource);'
        for k, name in enumerate(forbids)
    ]
    return lawtext.book(lawtext.text(lawtext.article("\n".join(rules))))


def live(town: Town, book: Rulebook) -> Replay:
    return replay(town.entries, lambda m, on: book)


def life(m: Municipality) -> dict[str, Any]:
    """Everything a municipality is, but for what it only remembers to answer faster."""
    return {name: v for name, v in dump(m).items() if name not in ("_changes", "_worked_out")}


def told(one: Replay) -> dict[int, tuple]:
    """What became of entries, by number."""
    found: dict[int, tuple] = {x.n: ("refused", x.ruling.answer) for x in one.refused}
    found |= {x.n: (x.why, x.because) for x in one.fallen}
    return found | {x.n: ("passes", x.ruling.answer) for x in one.passes}


# -- what falls -----------------------------------------------------------------------------


def test_no_lawful_head_no_lawful_spending():
    town = naryn(*LAWS)
    head = town.decide("ElectHead", holder=RIVAL).n
    budget = town.adopt(AFTER).n
    spent = town.act("Spend", "executive", AFTER, **SPEND).n
    found = told(lived(town, *OLD))
    assert found[head] == ("refused", "forbidden")
    # The head before was never followed there; whoever acted was not the head all the same.
    assert found[spent] == (ACTOR, (head,))
    assert budget not in found


def test_a_budget_nobody_heard_takes_its_spending_along():
    town = naryn(*OLD)
    budget = town.decide("AdoptBudget", year=2010, lines=LINES).n
    spent = town.act("Spend", "executive", AFTER, **SPEND).n
    one = lived(town, *NEW)
    assert told(one) == {budget: ("refused", "forbidden"), spent: (FACTS, (budget,))}
    assert one.refused[0].ruling.missing == ("draftPublished", "hearingHeld")
    assert set(one.fallen[0].missing) == {"budgetAdopted", "withinBudget"}


def test_what_speaks_of_what_would_not_have_been_falls_link_by_link():
    town = naryn(*LAWS)
    tos = town.decide("RegisterTos", name="Жаштык", territory="Борбор").n
    contract = town.act("ContractTos", "executive", AFTER, tos=tos, task="Тазалоо").n
    fixed = town.act("Correct", "", AFTER, entry=contract, field="task", text="Тазалоого").n
    undone = town.annul(contract, AFTER + timedelta(1)).n
    other = town.act("Correct", "", AFTER, entry=town.hold_session(), field="number", text="4").n
    assert told(live(town, but("RegisterTos"))) == {
        tos: ("refused", "forbidden"),
        contract: (OBJECT, (tos,)),
        fixed: (OBJECT, (contract,)),
        undone: (OBJECT, (contract,)),
    }
    assert other not in told(live(town, but("RegisterTos")))


def test_who_and_what_are_told_together():
    town = naryn(*LAWS)
    head = town.decide("ElectHead", holder=RIVAL).n
    power = town.act("DelegatePower", "state_body", AFTER, **{**DELEGATION, "instrument": "law"}).n
    town.adopt(AFTER)
    spent = town.act("Spend", "executive", day("2010-05-01"), **SPEND, delegation=power).n
    found = told(live(town, but("ElectHead", "DelegatePower")))
    assert found[spent] == (ACTOR, (head, power))


def test_a_kenesh_that_would_not_have_been_elected_holds_no_session():
    town = naryn(*NEW)
    names = ["А", "Б", "В", "Г", "Д"]
    voted = {"manner": "direct", "seats": 5, "deputies": names, "voters": 90, "ballots": 50}
    elected = town.act("ElectDeputies", "community", DAY, **voted).n
    session = town.hold_session(AFTER)
    # Those of before are still there, but they are not the ones who met.
    found = told(live(town, but("ElectDeputies")))
    assert found[session] == (ACTOR, (elected,))


def test_what_was_undone_here_and_not_there_stands_in_the_way():
    town = naryn(*LAWS)
    proposal = {**DELEGATION, "reference": None}
    for left_out in ("reference", "first_day", "last_day", "report_due"):
        proposal.pop(left_out)
    proposed = town.act("ProposeDelegation", "state_body", BEFORE, **proposal).n
    first = town.decide("ConsentDelegation", DAY, proposal=proposed).n
    vote = town.vote(AFTER)
    undone = town.act(
        "Annul", "kenesh", AFTER, **vote, entry=first, from_day=str(AFTER), grounds="Ката"
    ).n
    later = day("2010-03-10")
    second = town.decide("ConsentDelegation", later, proposal=proposed).n
    no_session, everything = but("HoldSession"), but()
    one = replay(town.entries, lambda m, on: no_session if on == AFTER else everything)
    assert told(one) == {
        vote["session"]: ("refused", "forbidden"),
        undone: (OBJECT, (vote["session"],)),
        second: (OTHERWISE, (undone,)),
    }


def test_a_dismissal_that_was_annulled_here_and_not_there_leaves_nobody_to_act():
    town = naryn(*LAWS)
    town.decide("EndMandate", DAY, mandate="6.0", cause="dismissed")
    vote, dismissed = town.vote(AFTER), town.m.size - 2
    undone = town.act(
        "Annul", "kenesh", AFTER, **vote, entry=dismissed, from_day=str(AFTER), grounds="Ката"
    ).n
    spoke = town.act("RaiseIssue", "executive", day("2010-03-10"), title="Жарык", text="…").n
    no_session, everything = but("HoldSession"), but()
    one = replay(town.entries, lambda m, on: no_session if on == AFTER else everything)
    assert told(one)[spoke] == (ACTOR, (undone,))


def test_an_annulment_that_only_lifted_an_ending_is_found():
    town = naryn(*LAWS)
    town.decide("EndMandate", DAY, mandate="6.0", cause="dismissed")
    vote, dismissed = town.vote(AFTER), town.m.size - 2
    undone = town.act(
        "Annul", "kenesh", AFTER, **vote, entry=dismissed, from_day=str(AFTER), grounds="Ката"
    ).n
    again = town.decide("EndMandate", day("2010-03-10"), mandate="6.0", cause="dismissed").n
    no_session, everything = but("HoldSession"), but()
    one = replay(town.entries, lambda m, on: no_session if on == AFTER else everything)
    assert told(one)[again] == (OTHERWISE, (undone,))


def test_what_never_made_sense_is_not_blamed_on_the_other_law():
    town = bare(*NEW)
    town.act("TakeOver", "", FOUNDED, post="kenesh_body", holders=["Кеңеш"])
    body = town.act("ConstituteBody", "community", kind="executive_body", name="Мэрия").n
    # Written by a release that did not ask whether there is a head.
    town.act("RaiseIssue", "executive", AFTER, title="Жарык", text="…")
    town.act("SendForecast", "state_body", AFTER, year=2010, summary="…")
    lost = town.act("RaiseIssue", "community", AFTER, title="Жарык", text="…").n
    forbidding = but("SendForecast")
    assert told(live(town, forbidding)) == {lost - 1: ("refused", "forbidden")}
    odd = town.act("RaiseIssue", "executive", AFTER, title="Жол", text="…").n
    assert body < odd not in told(live(town, forbidding))


# -- what would have passed -----------------------------------------------------------------


def test_what_the_law_of_its_day_refused_can_pass_and_unseat():
    town = naryn(*NEW)
    appointed = town.contested("AppointHead", "governor", BEFORE, holder=RIVAL).n
    spoke = town.act("RaiseIssue", "executive", DAY, title="Жарык", text="…").n
    confirmed = town.confirm(appointed).n
    everything = but()
    lives = Lives(lambda m, on: everything)
    one, would = lives.go_on(town.entries), lives.would
    assert told(one) == {
        appointed: ("passes", "permitted"),
        spoke: (ACTOR, (appointed,)),
        confirmed: (OTHERWISE, (appointed,)),
    }
    assert would.mandates[f"{appointed}.0"].holds(BEFORE)
    assert not would.contested.keys() & {appointed} and confirmed in would.contested


def test_what_came_about_there_alone_stands_in_the_way():
    town = naryn(*NEW)
    town.decide("EndMandate", BEFORE, mandate="1.0", cause="resigned")
    proposal = {k: DELEGATION[k] for k in ("power", "instrument", "authority", "means")}
    proposed = town.act("ProposeDelegation", "state_body", DAY, **proposal).n
    power = {**DELEGATION, "proposal": proposed}
    first = town.contested("DelegatePower", "state_body", DAY, **power).n
    town.decide("ConsentDelegation", DAY, proposal=proposed)
    second = town.act("DelegatePower", "state_body", AFTER, **power).n
    found = told(live(town, but("EndMandate")))
    assert found[first] == ("passes", "permitted")
    assert found[second] == (OTHERWISE, (first,))


def test_what_both_laws_refuse_is_no_news_and_a_court_confirms_it_there_too():
    town = naryn(*NEW)
    appointed = town.contested("AppointHead", "governor", BEFORE, holder=RIVAL).n
    town.confirm(appointed)
    town.act("RaiseIssue", "executive", AFTER, title="Жарык", text="…")
    lives = Lives(under(KNOWN, OLD))
    assert told(lives.go_on(town.entries)) == {}
    assert dump(lives.was) == dump(lives.would) == dump(town.m)


def test_what_is_nobodys_act_by_its_nature_does_not_pass():
    town = naryn(*NEW)
    town.contested("RegisterTos", "executive", DAY, name="Жаштык", territory="Борбор")
    assert told(live(town, but())) == {}


def test_what_never_took_effect_does_not_fall():
    town = naryn(*LAWS)
    tos = town.decide("RegisterTos", name="Жаштык", territory="Борбор").n
    contract = town.contested("ContractTos", "executive", AFTER, tos=tos, task="Тазалоо").n
    fixed = town.act("Correct", "", AFTER, entry=contract, field="task", text="Тазалоого").n
    law = but("RegisterTos")
    assert told(live(town, law)) == {
        tos: ("refused", "forbidden"),
        fixed: (OBJECT, (contract,)),
    }
    confirmed = town.confirm(contract).n
    # Confirmed, it took effect here and there it could not have.
    one = live(town, law)
    assert told(one) == {
        tos: ("refused", "forbidden"),
        contract: (OBJECT, (tos,)),
        fixed: (OBJECT, (contract,)),
        confirmed: (OBJECT, (contract,)),
    }
    assert [x.n for x in one.fallen] == sorted(x.n for x in one.fallen)


# -- what cannot be put to the law ----------------------------------------------------------


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


# -- any register ---------------------------------------------------------------------------


def sensible(m: Municipality, entry: Entry) -> bool:
    try:
        if entry.actor != Actor(OPERATOR):
            present(m, entry.actor, entry.held_on)
        ACTS[entry.act].read(entry.fields).check(m, entry.actor, entry.held_on)
    except Malformed:
        return False
    return True


def passes(m: Municipality, entry: Entry, book: Rulebook) -> tuple[bool, set[int]]:
    """Whether the law lets an act pass in a municipality, and what its facts rest on."""
    act = ACTS[entry.act].read(entry.fields)
    try:
        asked, rests_on = put(m, act, entry.actor, entry.held_on, book)
    except Malformed:
        return False, set()
    return book.rule(asked).effective, set(rests_on)


def sound(entries: list[Entry], one: Replay, would: Municipality, law: LawOf) -> None:
    """What a replay tells holds in two lives folded by themselves."""
    refused, fallen = {x.n for x in one.refused}, {x.n: x for x in one.fallen}
    gone, come = refused | fallen.keys(), {x.n for x in one.passes}
    assert len(gone) + len(come) == len(one.refused) + len(one.fallen) + len(one.passes)
    contested = {n for n, entry in enumerate(entries) if entry.standing == CONTESTED}
    confirmed = set(fold(entries, ACTS).confirmed.values())
    was, m = Municipality(), Municipality()
    for n, entry in enumerate(entries):
        book, judged = law(m, entry.held_on), entry.standing != EXEMPT
        if n in refused:
            assert judged and not passes(was, entry, book)[0]
        elif n in fallen:
            because = set(fallen[n].because)
            assert because and because <= gone | come | contested and max(because) < n
            assert n not in contested or n in confirmed
            stands = sensible(m, entry) and (not judged or passes(m, entry, book)[0])
            # It could be done there, but by others or with something else.
            assert not stands or fallen[n].why in (ACTOR, OBJECT)
        else:
            spoken_of = pointed_at(ACTS[entry.act].read(entry.fields))
            assert n in contested - come or not spoken_of & gone
            if judged and (entry.standing == EFFECTIVE or n in come):
                so, rests_on = passes(m, entry, book)
                assert so and not rests_on & gone
        standing = CONTESTED if n in gone else EFFECTIVE if n in come else entry.standing
        fold([entry], ACTS, was)
        fold([replace(entry, standing=standing)], ACTS, m)
    assert life(m) == life(would)
    for n in gone:
        assert not would.left_by(n) and not would.ended_by(n) and n not in would.confirmed
        assert n not in {by for by, _ in would.annulled.values()}
    assert would.acts == was.acts and would.size == one.size == len(entries)


@pytest.mark.parametrize("file", REGISTERS, ids=lambda f: f.stem)
@pytest.mark.parametrize("constitution", [e.id for e in KNOWN.constitutions()])
def test_the_demonstration_lived_again(file, constitution):
    entries, law = list(entries_in(file)), under(KNOWN, KNOWN.pinned(constitution))
    lives = Lives(law)
    one = lives.go_on(entries)
    sound(entries, one, lives.would, law)
    # As the gate of this installation kept them, it is no other replay.
    assert replay(entries, law, ours=True).json() == one.json()


@pytest.mark.parametrize("file", REGISTERS, ids=lambda f: f.stem)
def test_under_the_law_of_its_days_nothing_would_have_been_otherwise(file):
    entries, country = list(entries_in(file)), the_history().m

    def law(m: Municipality, on: date) -> Rulebook:
        return KNOWN.rulebook(law_of(m, country, KNOWN, on))

    lives = Lives(law)
    one = lives.go_on(entries)
    assert told(one) == {} and one.not_stated == 0
    assert dump(lives.was) == dump(lives.would) == dump(fold(entries, ACTS))


def story(dice: Random, steps: int) -> tuple[Town, list[tuple[str, ...]]]:
    """A town in which anything may have happened that a gate lets pass, and the law of each
    entry."""
    town, laws = naryn(*NEW), []
    for _ in range(steps):
        name = dice.choice(HERE)
        kind = dice.choice(VOCABULARY.acts[name].actors or ACTORS.get(name, ("kenesh",)))
        on = FOUNDED + timedelta(days=dice.choice(SPAN))
        who = [kind]
        if kind in ("deputy", "official", "head"):
            who.append(dice.choice(sorted(town.m.mandates)))
        town.under(*dice.choice([OLD, NEW, LAWS]))
        try:
            present(town.m, Actor(*who), on) if kind != OPERATOR else None
            fields = {
                field: value(dice, town, field, about.kind)
                for field, about in ACTS[name].told().items()
                if not about.optional or dice.choice([True, False])
            }
            if issubclass(ACTS[name], Decided):
                everyone = max(1, deputies(town.m, on))
                session = town.hold_session(on, everyone) if kind == "kenesh" else None
                votes = {"votes_for": everyone, "votes_against": 0, "votes_abstained": None}
                fields |= {"session": session, **votes}
            town.act(name, ":".join(who), on, **fields)
        except Refused:
            if dice.choice([True, False]):
                town.contested(name, ":".join(who), on, **fields)
        except (Malformed, LawFailed):
            pass
        laws += [town.law] * (len(town.entries) - len(laws))
    return town, laws


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_any_story_under_its_own_laws_is_the_same_life(seed, steps):
    town, laws = story(Random(seed), steps)
    lives = Lives(lambda m, on: KNOWN.rulebook(laws[m.size]))
    one = lives.go_on(town.entries)
    assert told(one) == {} and one.not_stated == 0
    assert dump(lives.was) == dump(lives.would) == dump(town.m)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_any_story_under_any_law_is_told_soundly(seed, steps):
    dice = Random(seed)
    town, _ = story(dice, steps)
    judged = sorted({e.act for e in town.entries if e.standing != EXEMPT})
    constitutions = [KNOWN.pinned(e.id) for e in KNOWN.constitutions()]
    forbidding = but(*dice.sample(judged, min(len(judged), 2)))
    law = dice.choice([lambda m, on: forbidding, *(under(KNOWN, ids) for ids in constitutions)])
    lives = Lives(law)
    one = lives.go_on(town.entries)
    sound(town.entries, one, lives.would, law)
    # Lived in two goes it is no other replay.
    cut, again = dice.randint(0, len(town.entries)), Lives(law)
    again.go_on(town.entries[:cut])
    assert again.go_on(town.entries[cut:]).json() == one.json()
    assert dump(again.would) == dump(lives.would)
