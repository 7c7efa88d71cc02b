"""A rulebook worked out beforehand: its answers by block and by the yes-or-no facts that matter.

A table answers as its rulebook does, but without the engine and much faster, and is small enough
to be sent to a phone. Its JSON::

    {"v": 1, "rulebook": ["kg-2010"], "digest": "…",
     "norms": [["kg-2010/budget.hearing", "forbid", "hearingHeld"], …],
     "acts": {"AdoptBudget": {
        "dimensions": [["principal", {"kenesh": 1, "community": 0, …}], …],
        "facts": ["draftPublished", "hearingHeld"], "told": {"orderSetByLaw": true},
        "empowers": [3], "plans": [[[0, [[2, 0]]], …], …], "blocks": [0, 1, …]}}}

``norms`` are told with their effect (permit, silent or forbid) and what they require, in the order
of their ids; elsewhere they go by number. ``dimensions`` gives each value the number of its class;
``blocks`` gives each combination of classes (the last dimension runs fastest) the number of its
plan. A plan says which norms speak and when: in cases ``[mask, value]`` over ``facts`` (the first
fact is bit 1), a norm speaks when the facts under a mask are as in the value. ``told`` are facts
that the statutes tell, ``empowers`` the permits of the act wherever they speak.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kerege.constitution.condition import NEVER, Condition, condition_in
from kerege.constitution.norms import Norm
from kerege.constitution.question import (
    FORBIDDEN,
    NOT_EMPOWERED,
    NOT_STATED,
    PERMITTED,
    UNREGULATED,
    Question,
    Ruling,
)
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.constitution.space import ACTOR, OBJECT, blocks, parts
from kerege.constitution.vocabulary import PLACE_KIND

FORMAT = 1
PERMIT, SILENT, FORBID = "permit", "silent", "forbid"


@dataclass(frozen=True, slots=True)
class _Line:
    """A norm as a table knows it."""

    id: str
    effect: str
    requires: str | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which norms speak in some blocks, each with its cases (mask, value), ordered by id."""

    speaks: tuple[tuple[_Line, tuple[tuple[int, int], ...]], ...]
    otherwise: Ruling
    mask: int
    # Rulings by the facts that matter; each is made once, when it is first asked for.
    made: dict[int, Ruling] = field(default_factory=dict)

    def rule(self, bits: int) -> Ruling:
        bits &= self.mask
        found = self.made.get(bits)
        if found is None:
            found = self.made[bits] = self._rule(bits)
        return found

    def _rule(self, bits: int) -> Ruling:
        lines = [line for line, cases in self.speaks if any(bits & m == v for m, v in cases)]
        if forbids := [line for line in lines if line.effect == FORBID]:
            missing = {line.requires for line in forbids if line.requires}
            return Ruling(FORBIDDEN, _ids(forbids), tuple(sorted(missing)))
        if spoken := [line for line in lines if line.effect == PERMIT]:
            return Ruling(PERMITTED, _ids(spoken))
        return Ruling(NOT_STATED, _ids(lines)) if lines else self.otherwise


@dataclass(frozen=True, slots=True)
class _Act:
    """The table of one act. ``steps`` says how far each value of a dimension moves in ``plans``;
    ``asked`` has every fact with its bit, or with the steps of its values."""

    steps: Mapping[str, Mapping[str, int]]
    asked: tuple[tuple[str, int, Mapping[str, int]], ...]
    told: Mapping[str, bool]
    plans: tuple[_Plan, ...]


class Table:
    """Answers the questions of one rulebook. Immutable; make it once, ask it often."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """From its JSON; raises ValueError when that is no table of this format."""
        if data.get("v") != FORMAT:
            raise ValueError(f"this is no table of format {FORMAT}: {data.get('v')!r}")
        self.data = data
        self.rulebook: tuple[str, ...] = tuple(data["rulebook"])
        self.digest: str = data["digest"]
        norms = [_Line(*norm) for norm in data["norms"]]
        self._acts = {name: _read(act, norms) for name, act in data["acts"].items()}

    @classmethod
    def of(cls, book: Rulebook) -> "Table":
        norms = [book.norms[id_] for id_ in sorted(book.norms)]
        judged = (name for name, act in book.vocabulary.acts.items() if act.judged)
        return cls(
            {
                "v": FORMAT,
                "rulebook": [edition.id for edition in book.editions],
                "digest": book.digest,
                "norms": [[n.id, SILENT if n.silent else n.effect, n.requires] for n in norms],
                "acts": {act: _worked_out(act, book, norms) for act in judged},
            }
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Table":
        return cls(data)

    def json(self) -> Mapping[str, Any]:
        return self.data

    def rule(self, asked: Question) -> Ruling:
        """What the rulebook says to ``asked``. Raises LawFailed; never permits on an error."""
        try:
            act = self._acts[asked.act]
            steps, said = act.steps, asked.facts
            at = steps[ACTOR][asked.actor] + steps[OBJECT][asked.object]
            at += steps[PLACE_KIND][asked.place]
            bits = 0
            for name, bit, values in act.asked:
                value = said[name]
                if not bit:
                    at += values[value]  # type: ignore[index]
                elif value is True:
                    bits |= bit
                elif value is not False:
                    raise KeyError(value)
        except (KeyError, TypeError) as error:
            raise LawFailed(f"{asked.act} cannot be asked so: {error}") from error
        if len(said) != len(act.asked):
            raise LawFailed(f"{asked.act} is asked with its own facts, all of them and no others")
        return act.plans[at].rule(bits)

    def complete(self, asked: Question) -> Question:
        """The question with the facts that the statutes themselves tell; raises LawFailed."""
        if asked.act not in self._acts:
            raise LawFailed(f"no act {asked.act!r} is put to the law")
        return asked.with_facts(self._acts[asked.act].told)


def _worked_out(act: str, book: Rulebook, norms: Sequence[Norm]) -> dict[str, Any]:
    """The JSON of one act."""
    words = book.vocabulary
    speaking = [(n, norm) for n, norm in enumerate(norms) if act in norm.acts]
    facts = [fact for fact in words.acts[act].facts if not words.values(fact)]
    bits = {fact: 1 << n for n, fact in enumerate(facts)}
    plans: list[list[Any]] = []
    known: dict[str, int] = {}
    found = []
    for block in blocks(act, words, (norm for _, norm in speaking)):
        plan = []
        for n, norm in speaking:
            condition = condition_in(norm.policy, block.cell())
            if condition != NEVER:
                plan.append([n, _cases(condition, bits)])
        key = repr(plan)
        if key not in known:
            known[key] = len(plans)
            plans.append(plan)
        found.append(known[key])
    classes = parts(act, words, (norm for _, norm in speaking))
    return {
        "dimensions": [
            [name, {value: n for n, alike in enumerate(of) for value in alike}]
            for name, of in classes.items()
        ],
        "facts": facts,
        "told": dict(book.complete(Question("", act, "", "", {})).facts),
        "empowers": [n for n, norm in speaking if norm.effect == PERMIT],
        "plans": plans,
        "blocks": found,
    }


def _cases(condition: Condition, bits: Mapping[str, int]) -> list[list[int]]:
    found = []
    for case in condition:
        mask = sum(bits[fact] for fact, _ in case)
        found.append([mask, sum(bits[fact] for fact, yes in case if yes)])
    return sorted(found)


def _read(data: Mapping[str, Any], norms: Sequence[_Line]) -> _Act:
    empowers = _ids(norms[n] for n in data["empowers"])
    otherwise = Ruling(NOT_EMPOWERED if empowers else UNREGULATED, empowers)
    plans = []
    for plan in data["plans"]:
        speaks = tuple((norms[n], tuple((m, v) for m, v in cases)) for n, cases in plan)
        mask = 0
        for _, cases in speaks:
            for m, _ in cases:
                mask |= m
        plans.append(_Plan(speaks, otherwise, mask))
    steps: dict[str, dict[str, int]] = {}
    width = 1
    for name, classes in reversed(data["dimensions"]):
        steps[name] = {value: n * width for value, n in classes.items()}
        width *= max(classes.values()) + 1
    asked: list[tuple[str, int, Mapping[str, int]]] = [
        (fact, 1 << n, {}) for n, fact in enumerate(data["facts"])
    ]
    valued = (name for name in steps if name not in (ACTOR, OBJECT, PLACE_KIND))
    asked += [(name, 0, steps[name]) for name in valued]
    return _Act(steps, tuple(asked), data["told"], tuple(plans[n] for n in data["blocks"]))


def _ids(lines: Iterable[_Line]) -> tuple[str, ...]:
    return tuple(line.id for line in lines)
