"""Folding: the same entries give the same municipality, in one go and in pieces."""

import copy
import json
import pickle
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.constitution import packs
from kerege.municipality import record
from kerege.municipality.acts import ACTS, MENU
from kerege.municipality.decision import Decided
from kerege.municipality.entry import CONTESTED, Actor, Entry, kept
from kerege.municipality.fields import (
    Choice,
    Day,
    Flag,
    Hex,
    Kind,
    Lines,
    MandateId,
    Names,
    Personal,
    Reference,
    Whole,
)
from kerege.municipality.fold import UnknownAct, fold
from kerege.municipality.governing import BODIES, RECORDER, deputies, seats
from kerege.municipality.keys import Note, Vkey
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Body, Budget, Taken
from kerege.municipality.rights import OPERATOR, OPERATORS, RECORDER_ACTS
from tests.cast import (
    BEFORE,
    DAY,
    FOUNDED,
    LAWS,
    LINES,
    NEW,
    NOTE,
    OLD,
    RIVAL,
    VKEY,
    Refused,
    Town,
    day,
    dump,
    naryn,
    the_country,
)

SPAN = (0, 0, 40, 80, 120, 200)
PROBES = [FOUNDED + timedelta(days=20 * k) for k in range(12)]
RECORDS = {kind.__name__.lower(): kind for kind in record.Record.__subclasses__()}
VOCABULARY = packs.load().vocabulary
TEXTS = {
    "edition": ["kg-2007", "kg-2010"],
    "pinned": ["kg-2007"],
    "law": LAWS[1:],
    "candidate": [RIVAL],
    "holder": [RIVAL, "А"],
    "field": ["holder", "deputies", "title", "agenda", "number", "name_ky", "power"],
}
ACTORS = {
    "Annul": ("court", "kenesh"),
    "Confirm": ("court",),
    **dict.fromkeys(OPERATORS, (OPERATOR,)),
    **dict.fromkeys(RECORDER_ACTS, (RECORDER,)),
}
HERE = [act.__name__ for act in MENU if "municipality" in act.REGISTERS]
THERE = [act.__name__ for act in MENU if "country" in act.REGISTERS]
# Undoing is done more often here than anywhere.
HERE += ["Annul", "Confirm", "Correct", "ElectHead", "AdoptBudget", "ElectDeputies"] * 2


# -- any story at all -----------------------------------------------------------------------


def value(dice: Random, town: Town, name: str, kind: Kind) -> Any:
    """A value that can make sense in this town."""
    match kind:
        case Reference("entry"):
            return dice.choice([*town.m.contested, *town.m.contested, *range(town.m.size)])
        case Reference(to):
            return dice.choice([*(one.entry for one in town.m.all(RECORDS[to])), 0])
        case MandateId():
            return dice.choice(sorted(town.m.mandates))
        case Choice(values):
            # What the law refuses is tried too, but not most of the time.
            return dice.choice([values[0], values[0], *values])
        case Day():
            return (FOUNDED + timedelta(days=dice.choice(SPAN))).isoformat()
        case Whole():
            return dice.choice([2010, 2011]) if name == "year" else kind.least + dice.randrange(6)
        case Names() if name == "names":
            return ["applicant"]
        case Names():
            return dice.sample("АБВГД", dice.choice([1, 1, 3]))
        case Lines():
            return LINES
        case Flag():
            return dice.choice([True, False])
        case Hex() | Personal():
            return "0" * 64
        case Vkey():
            return VKEY.replace("00000000", f"{dice.randrange(9):08}")
        case Note():
            return NOTE
    return dice.choice(TEXTS.get(name, ["А", "Б", RIVAL, "7"]))


def step(dice: Random, town: Town) -> None:
    """Try one act; what does not pass leaves everything as it was."""
    name = dice.choice(THERE if town.country else HERE)
    actor = dice.choice(VOCABULARY.acts[name].actors or ACTORS.get(name, ("kenesh",)))
    on = FOUNDED + timedelta(days=dice.choice(SPAN))
    if actor in ("deputy", "official", "head"):
        actor += ":" + dice.choice(sorted(town.m.mandates))
    fields = {
        field: value(dice, town, field, told.kind)
        for field, told in ACTS[name].told().items()
        if not told.optional or dice.choice([True, False])
    }
    town.under(*dice.choice([OLD, NEW, LAWS]))
    contested = dice.randrange(6) == 0
    before = pickle.dumps(dump(town.m))
    try:
        if issubclass(ACTS[name], Decided):
            all_of_them = max(1, deputies(town.m, on))
            votes = {"session": None, "votes_for": all_of_them, "votes_against": 0}
            votes["votes_abstained"] = None
            if actor == "kenesh":
                votes["session"] = town.hold_session(on, all_of_them)
                before = pickle.dumps(dump(town.m))
            fields |= votes
        done = (town.contested if contested else town.act)(name, actor, on, **fields)
    except (Malformed, Refused):
        assert pickle.dumps(dump(town.m)) == before
        return
    if contested:
        same(town, pickle.loads(before), done.entry)
    elif name == "Annul":
        undone(town, fields["entry"], day(fields["from_day"]))


def same(town: Town, before: dict[str, Any], entry: Entry) -> None:
    """A contested act changes no mandate, money or duty."""
    after = dump(town.m)
    assert entry.standing == CONTESTED
    for part in ("identity", "mandates", "_records", "_left_by", "_ended_by", "annulled"):
        assert after[part] == before[part]


def undone(town: Town, n: int, since: date) -> None:
    """After an annulment nothing of the entry holds from its day."""
    for on in [since, *(probe for probe in PROBES if probe >= since)]:
        assert not any(one.holds(on) for one in town.m.left_by(n))
        assert not any(ending.holds(on) for ending in town.m.ended_by(n))


def sound(town: Town) -> None:
    """What must be true of any municipality on any day."""
    m = town.m
    for on in PROBES:
        for post in ("head", "chair", "recorder"):
            assert len(town.holders(post, on)) <= 1, (post, on)
        kinds = [b.kind for b in m.all(Body, on) if b.kind in BODIES]
        assert len(kinds) == len(set(kinds))
        years = [b.year for b in m.all(Budget, on)]
        assert len(years) == len(set(years))
        assert deputies(m, on) <= seats(m, on)
        taken = [t.pack if t.kind == "statute" else t.kind for t in m.all(Taken, on)]
        assert len(taken) == len(set(taken))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_any_story(seed, steps):
    """Refused and contested acts change nothing; an annulment undoes; no fold fails; and in one
    go or in pieces it is the same municipality."""
    dice = Random(seed)
    town = dice.choice([naryn, naryn, naryn, the_country])()
    for _ in range(steps):
        step(dice, town)
    sound(town)
    whole = fold(town.entries, ACTS)
    assert dump(whole) == dump(town.m)
    cut = dice.randrange(len(town.entries))
    pieces = fold(town.entries[cut:], ACTS, fold(town.entries[:cut], ACTS))
    assert dump(pieces) == dump(whole)
    # Read again as the gate of this installation kept them, it is no other municipality.
    ours = fold((kept(json.loads(json.dumps(e.json()))) for e in town.entries), ACTS, ours=True)
    assert dump(ours) == dump(whole)


# -- single things --------------------------------------------------------------------------


def test_nothing_is_nothing():
    m = fold([], ACTS)
    assert (m.size, m.latest, m.identity) == (0, None, None)


def test_entries_are_numbered_and_known_by_id():
    town = naryn()
    n = town.hold_session()
    assert town.m.size == n + 1 == len(town.entries)
    assert town.m.ids[f"id-{n}"] == n
    assert town.m.acts[n] == "HoldSession" and town.m.actors[n] == Actor("kenesh")
    assert town.m.rests_on(n) == [2, 4] and town.m.rests_on(999) == []
    assert town.m.latest == DAY
    town.hold_session(BEFORE)
    assert town.m.latest == DAY


def test_an_act_this_release_does_not_know_stops_the_fold():
    town = naryn()
    entry = copy.copy(town.entries[2])
    entry.act = "ElectKing"
    with pytest.raises(UnknownAct):
        fold([entry], ACTS)


def test_a_contested_act_is_read_as_strictly_as_any_other():
    town = naryn()
    entry = town.contested("AppointHead", "governor", holder=RIVAL).entry
    entry.fields = {"holder": 5}
    with pytest.raises(Malformed):
        fold([entry], ACTS)


def test_two_times_a_day_is_read_as_known_at_an_entry():
    town = naryn(*LAWS)
    town.decide("ElectHead", day("2010-06-01"), holder=RIVAL)
    known = fold(town.entries, ACTS)
    town.decide("ElectHead", DAY, holder="Нуриза Капарова")
    then = [x.holder for x in known.mandates.values() if x.post == "head" and x.holds(DAY)]
    assert then == ["Азамат Дыйканбаев"] and town.holders("head", DAY) == ["Нуриза Капарова"]
