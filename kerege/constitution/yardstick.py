"""A yardstick laid against a law: which of its principles does the law meet?

The two may have vocabularies of their own; what they share are words of the same name. A principle
is put to the law in every cell both have words for. What only the law asks is its own procedure: a
permit is met when that can be gone through, a prohibition when nothing in it gets around it. What
rests on silence, or is spoken of by no norm, is not stated; a principle in words that the law does
not have cannot be asked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerege.constitution import fragment, schema, space
from kerege.constitution.article import Article
from kerege.constitution.condition import (
    Case,
    Cell,
    Condition,
    all_of,
    any_of,
    condition_in,
    opposite,
)
from kerege.constitution.norms import Norm
from kerege.constitution.question import (
    NOT_EMPOWERED,
    PERMITTED,
    UNREGULATED,
    FactValue,
    Question,
    Ruling,
)
from kerege.constitution.regions import answers
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary
from kerege.words import Words, shipped

MET, PARTLY, NOT_MET = "met", "partly", "not_met"
NOT_STATED, CANNOT_BE_ASKED = "not_stated", "cannot_be_asked"
_NAMES = ("actor.", "object.")
ANSWERS = (MET, PARTLY, NOT_MET, NOT_STATED, CANNOT_BE_ASKED)


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle of the yardstick, and how the law stands to it.

    ``shown`` is a question that shows it, with the law's ``ruling``: of a breach where there is
    one. ``norms`` of the law decide. ``asks`` are the facts the law asks for on top; ``lacking``
    are words of the yardstick (``actor.kenesh``) that the law does not have.
    """

    article: Article
    # None where the article has no rule: it says what cannot be said in rules.
    norm: Norm | None
    answer: str
    norms: tuple[str, ...] = ()
    shown: Question | None = None
    ruling: Ruling | None = None
    asks: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        return {
            "article": self.article.article,
            "norm": self.norm.id if self.norm else None,
            "answer": self.answer,
            "norms": list(self.norms),
            "shown": self.shown.json() if self.shown else None,
            "ruling": self.ruling.json() if self.ruling else None,
            "asks": list(self.asks),
            "lacking": list(self.lacking),
        }


def words() -> Mapping[str, Words]:
    """What the five answers are called: ``yardstick.met`` …"""
    return shipped("constitution", "yardstick")


def between(a: Rulebook, b: Rulebook) -> list[Principle]:
    """The principles of ``a`` as ``b`` meets them; none where both speak in the same words, as two
    laws of one country do."""
    return principles(a, b) if a.vocabulary.text != b.vocabulary.text else []


def principles(yardstick: Rulebook, law: Rulebook) -> list[Principle]:
    """Every principle of the yardstick in the order of its text, and how the law stands to it."""
    found: list[Principle] = []
    for edition in yardstick.editions:
        for article in edition.articles.values():
            norms = [n for n in yardstick.norms.values() if n.article is article and not n.silent]
            found += [_laid(norm, yardstick.vocabulary, law) for norm in norms]
            if not norms:
                found.append(Principle(article, None, CANNOT_BE_ASKED))
    return found


def _laid(norm: Norm, own: Vocabulary, law: Rulebook) -> Principle:
    met: list[Question] = []
    breached: list[Question] = []
    silent: list[Question] = []
    lacking: dict[str, None] = {}
    for act in norm.acts:
        missing = list(_lacking(norm, act, own, law.vocabulary))
        lacking |= dict.fromkeys(missing)
        # A prohibition without its exceptions, or of another act, would be another prohibition.
        if any(norm.effect == "forbid" or not w.startswith(_NAMES) for w in missing):
            continue
        for cells in _cells(norm, act, own, law):
            asked = _parted(norm, cells, own, law)
            for found, one in zip((met, breached, silent), asked, strict=True):
                if one is not None:
                    found.append(one)
    if met:
        answer = PARTLY if breached or silent else MET
    elif breached:
        answer = NOT_MET
    else:
        answer = NOT_STATED if silent else CANNOT_BE_ASKED
    shown = met if answer == MET else [*breached, *silent]
    rulings = [law.rule(asked) for asked in shown]
    on_top = {
        fact
        for asked in (met if norm.effect == "permit" else ())
        for fact, value in asked.facts.items()
        if value is True and fact not in own.acts[asked.act].facts
    }
    return Principle(
        article=norm.article,
        norm=norm,
        answer=answer,
        norms=tuple(sorted({id_ for ruling in rulings for id_ in ruling.norms})),
        shown=next(iter(shown), None),
        ruling=next(iter(rulings), None),
        asks=tuple(sorted(on_top)),
        lacking=tuple(lacking),
    )


def _lacking(norm: Norm, act: str, own: Vocabulary, theirs: Vocabulary) -> Iterator[str]:
    """The words a principle speaks of an act with that the law does not have."""
    if act not in theirs.acts or not theirs.acts[act].judged:
        yield f"act.{act}"
        return
    asked = set().union(*(fragment.facts_of(c["body"]) for c in norm.policy["conditions"]))
    for fact in sorted(asked):
        known = theirs.facts[fact] if fact in theirs.acts[act].facts else None
        if known is None or known.enum != own.facts[fact].enum:
            yield f"fact.{fact}"
    types = {**schema.entity_types(theirs), "Object": theirs.acts[act].objects}
    parts = {"PlaceKind": "place", "Actor": "actor", "Object": "object"}
    for kind, name in sorted(set(_named(norm.policy))):
        if kind != schema.ACTION and name not in types.get(kind, ()):
            enum = re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
            yield f"{parts.get(kind, enum)}.{name}"


def _named(tree: Any) -> Iterator[tuple[str, str]]:
    """The words a rule names, each with its kind."""
    for value in (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    ):
        if isinstance(value, dict) and set(value) == {"type", "id"}:
            yield value["type"], value["id"]
        yield from _named(value)


def _cells(norm: Norm, act: str, own: Vocabulary, law: Rulebook) -> Iterable[list[Cell]]:
    """The cells both have words for; what differs only in the law's own facts is one list."""
    said = space.dimensions(act, own)
    if not any(kind == "PlaceKind" for kind, _ in _named(norm.policy)):
        # A principle is of every kind of place, unless it names some.
        said[PLACE_KIND] = tuple(law.vocabulary.places)
    found: dict[tuple[tuple[str, ...], ...], list[Cell]] = {}
    for block in space.blocks(act, law.vocabulary, [norm, *law.norms.values()]):
        both = {
            name: tuple(v for v in values if name not in said or v in said[name])
            for name, values in block.values.items()
        }
        if all(both.values()):
            key = tuple(both[name] for name in both if name in said)
            found.setdefault(key, []).append(space.Block(act, both).cell())
    return found.values()


def _parted(
    norm: Norm, cells: Sequence[Cell], own: Vocabulary, law: Rulebook
) -> tuple[Question | None, Question | None, Question | None]:
    """A question of these cells for which the principle is met, breached, not stated."""
    where = condition_in(norm.policy, cells[0])
    facts = frozenset(own.acts[cells[0].act].facts)
    answered = [_answers(cell, law) for cell in cells]
    passes = all_of((where, any_of(_told(allowed, facts) for allowed, _ in answered)))
    left = all_of((where, opposite(passes)))
    silent = all_of((left, any_of(_told(unsaid, facts) for _, unsaid in answered)))
    stopped = all_of((left, opposite(silent)))

    def asked(region: Condition, which: int) -> Question | None:
        for cell, answer in zip(cells, answered, strict=True):
            for case in sorted(all_of((region, answer[which])), key=lambda c: (len(c), sorted(c))):
                return _question(cell, case, law, rest=False)
        return None

    refused = next(
        (_question(cells[0], case, law, rest=True) for case in sorted(stopped, key=sorted)), None
    )
    passing = asked(passes, 0)
    met, breached = (passing, refused) if norm.effect == "permit" else (refused, passing)
    return met, breached, asked(silent, 1)


def _answers(cell: Cell, law: Rulebook) -> tuple[Condition, Condition]:
    """When the law permits in a cell, and when it lets pass or leaves alone without a word."""
    norms = [norm for norm in law.norms.values() if cell.act in norm.acts]
    found = answers(norms, cell.act, cell, {})
    # Whom silence lets pass is not said against anybody else.
    said = any(norm.effect == "permit" and not norm.silent for norm in norms)
    unsaid = (NOT_STATED,) if said else (NOT_STATED, NOT_EMPOWERED, UNREGULATED)

    def of(*which: str) -> Condition:
        return any_of(region.where for region in found if region.answer in which)

    return of(PERMITTED), of(*unsaid)


def _told(condition: Condition, facts: frozenset[str]) -> Condition:
    """Where a condition can hold, as far as some facts tell."""
    return any_of(
        [frozenset(frozenset(one for one in case if one[0] in facts) for case in condition)]
    )


def _question(cell: Cell, case: Case, law: Rulebook, *, rest: bool) -> Question:
    """The question of one case, with every fact it leaves open yes or no."""
    values: dict[str, FactValue] = {**dict(cell.values), **dict(case)}
    facts = {fact: values.get(fact, rest) for fact in law.vocabulary.acts[cell.act].facts}
    return Question(cell.actor, cell.act, cell.object, cell.place, facts)
