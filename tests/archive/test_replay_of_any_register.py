"""Any register lived again under any law: what is told holds in two lives folded by themselves."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.archive.causes import pointed_at
from kerege.archive.outcome import ACTOR, OBJECT, Replay
from kerege.archive.reading import entries as entries_in
from kerege.archive.replay import LawOf, Lives, replay, under
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
from tests.archive.living_again import KNOWN, but, told
from tests.cast import FOUNDED, LAWS, NEW, OLD, Refused, Town, dump, naryn, the_history
from tests.municipality.test_fold import ACTORS, HERE, SPAN, VOCABULARY, value

ROOT = Path(__file__).resolve().parents[2]
REGISTERS = sorted((ROOT / "tests/registers").glob("*.jsonl"))


def life(m: Municipality) -> dict[str, Any]:
    """Everything a municipality is, but for what it only remembers to answer faster."""
    return {name: v for name, v in dump(m).items() if name not in ("_changes", "_worked_out")}


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
