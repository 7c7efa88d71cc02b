"""Rulebooks as formulas for the solver z3, made from the Cedar JSON of their rules.

Communities are an uninterpreted sort: there may be any number of them, and what is so of each, its
kind of place included, is an uninterpreted function. Actors, acts, objects and values of enums are
finite sorts. This shares no evaluation with ``condition.py``, ``space.py`` and ``regions.py``.
"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

import z3

from kerege.constitution.condition import Condition
from kerege.constitution.norms import Norm
from kerege.constitution.question import (
    FORBIDDEN,
    NOT_EMPOWERED,
    NOT_STATED,
    PERMITTED,
    UNREGULATED,
)
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary

Formula = Any

# Sorts of the solver live as long as the process, each under a name of its own.
_number = count()


class Space:
    """Any question that can be put: an actor, an act, an object, and a community of any kind."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.acts = [name for name, act in words.acts.items() if act.judged]
        self.community = z3.Const("community", z3.DeclareSort(f"Community{next(_number)}"))
        self.values: dict[str, dict[str, Formula]] = {}
        self.act = self._one_of("Action", self.acts)
        self.actor = self._one_of("Actor", words.actors)
        self.object = self._one_of("Object", words.objects)
        community = self.community.sort()
        self.place = self._function(PLACE_KIND, words.places, community)(self.community)
        self.facts = {
            fact: self._function(fact, words.values(fact), community, self.act.sort())(
                self.community, self.act
            )
            for act in self.acts
            for fact in words.acts[act].facts
        }
        # An act has its own objects.
        self.askable = z3.And(
            [
                z3.Implies(self.is_("Action", act), self.among("Object", words.acts[act].objects))
                for act in self.acts
            ]
        )

    def is_(self, dimension: str, value: str) -> Formula:
        """That a dimension has a value; what the two vocabularies do not share it never has."""
        known = self.values[dimension].get(value)
        return z3.BoolVal(False) if known is None else self.variable(dimension) == known

    def among(self, dimension: str, values: Iterable[str]) -> Formula:
        return z3.Or([self.is_(dimension, value) for value in values])

    def variable(self, dimension: str) -> Formula:
        named = {"Action": self.act, "Actor": self.actor, "Object": self.object}
        named[PLACE_KIND] = self.place
        return named[dimension] if dimension in named else self.facts[dimension]

    def row(self, act: str, sets: Mapping[str, Iterable[str]], where: Condition) -> Formula:
        """The questions of an act with values out of some sets and facts as in a condition."""
        names = {"principal": "Actor", "resource": "Object"}
        parts = [self.is_("Action", act)]
        parts += [self.among(names.get(name, name), values) for name, values in sets.items()]
        cases = [z3.And([self.facts[fact] == yes for fact, yes in case]) for case in where]
        return z3.And(*parts, z3.Or(cases))

    def told(self, model: Any) -> str:
        """The question in a model: its act, actor, object, kind of place and facts."""
        act = str(model.eval(self.act, model_completion=True))
        said = [self.actor, self.object, self.place]
        said += [self.facts[fact] for fact in self.words.acts[act].facts]
        values = (str(model.eval(one, model_completion=True)) for one in said)
        named = ["actor", "object", "place", *self.words.acts[act].facts]
        return f"{act} " + " ".join(f"{n}={v}" for n, v in zip(named, values, strict=True))

    def _sort(self, dimension: str, values: Iterable[str]) -> Any:
        names = list(values)
        sort, consts = z3.EnumSort(f"{dimension}{next(_number)}", names)
        self.values[dimension] = dict(zip(names, consts, strict=True))
        return sort

    def _one_of(self, dimension: str, values: Iterable[str]) -> Formula:
        return z3.Const(dimension, self._sort(dimension, values))

    def _function(self, name: str, values: Iterable[str], *of: Any) -> Any:
        range_ = self._sort(name, values) if values else z3.BoolSort()
        return z3.Function(name, *of, range_)


class Law:
    """When a rulebook gives which answer; with ``told`` under what its statutes tell.

    In a space where the head goes by the names of both laws the office that this one names is any
    object in whose name it has the place ``side``, 0 or 1."""

    def __init__(
        self, book: Rulebook, space: Space, *, told: bool = True, side: int | None = None
    ) -> None:
        self.space = space
        self._office = "" if side is None else str(book.parameter("office"))
        self._side = side or 0
        self._told = _law_facts(book) if told else {}
        self.norms = [norm for norm in book.norms.values() if set(norm.acts) & set(space.acts)]
        self._fires = {norm.id: self._rule(norm) for norm in self.norms}
        forbidden = z3.Or([self._fires[n.id] for n in self.norms if n.effect == "forbid"])
        spoken = z3.Or([self._fires[n.id] for n in self.norms if _kind(n) == PERMITTED])
        silent = z3.Or([self._fires[n.id] for n in self.norms if _kind(n) == NOT_STATED])
        speaks = z3.Or([self._about(n) for n in self.norms if n.effect == "permit"])
        nothing = z3.And(z3.Not(forbidden), z3.Not(spoken), z3.Not(silent))
        self.answers = {
            FORBIDDEN: forbidden,
            PERMITTED: z3.And(spoken, z3.Not(forbidden)),
            NOT_STATED: z3.And(silent, z3.Not(spoken), z3.Not(forbidden)),
            NOT_EMPOWERED: z3.And(nothing, speaks),
            UNREGULATED: z3.And(nothing, z3.Not(speaks)),
        }

    def by(self, answer: str, topic: str) -> Formula:
        """Whether a norm of a topic is among those that give an answer."""
        norms = [norm for norm in self.norms if norm.article.topic == topic]
        if answer == NOT_EMPOWERED:
            return z3.Or([self._about(norm) for norm in norms if norm.effect == "permit"])
        return z3.Or([self._fires[norm.id] for norm in norms if _kind(norm) == answer])

    def decides(self, norm: Norm) -> Formula:
        """Whether a norm is among those that give the answer."""
        return z3.And(self._fires[norm.id], self.answers[_kind(norm)])

    def _about(self, norm: Norm) -> Formula:
        return self.space.among("Action", norm.acts)

    def _rule(self, norm: Norm) -> Formula:
        parts = [self._about(norm)]
        for part, dimension in (("principal", "Actor"), ("resource", "Object")):
            if norm.policy[part]["op"] == "==":
                parts.append(self._is(dimension, norm.policy[part]["entity"]["id"]))
        for condition in norm.policy["conditions"]:
            body = self._formula(condition["body"])
            parts.append(body if condition["kind"] == "when" else z3.Not(body))
        return z3.And(parts)

    def _formula(self, tree: Mapping[str, Any]) -> Formula:
        """A yes-or-no expression of the closed fragment."""
        ((operator, body),) = tree.items()
        match operator:
            case "&&":
                return z3.And(self._formula(body["left"]), self._formula(body["right"]))
            case "||":
                return z3.Or(self._formula(body["left"]), self._formula(body["right"]))
            case "!":
                return z3.Not(self._formula(body["arg"]))
            case "==":
                return self._same(body["left"], body["right"])
            case "!=":
                return z3.Not(self._same(body["left"], body["right"]))
            case "contains":
                return z3.Or([self._same(one, body["right"]) for one in body["left"]["Set"]])
            case "is":
                # The fragment lets only those pass that are always true.
                return z3.BoolVal(True)
            case "Value":
                return z3.BoolVal(body)
            case ".":
                fact = body["attr"]
                known = self._told.get(fact)
                return self.space.facts[fact] if known is None else z3.BoolVal(known)
        raise AssertionError(f"outside the fragment: {operator}")

    def _same(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> Formula:
        sides = self._word(one), self._word(other)
        if sides == (None, None):
            return self._formula(one) == self._formula(other)
        variables = [side for side in sides if side is not None and not isinstance(side, str)]
        names = [side for side in sides if isinstance(side, str)]
        if len(names) == 2:
            return z3.BoolVal(names[0] == names[1])
        if len(variables) == 2:
            return variables[0][1] == variables[1][1]
        return self._is(variables[0][0], names[0])

    def _is(self, dimension: str, name: str) -> Formula:
        if dimension != "Object" or name != self._office:
            return self.space.is_(dimension, name)
        heads = (o for o in self.space.words.objects if o.count("/") == 1)
        own = [head for head in heads if head.split("/")[self._side] == name]
        return z3.Or(self.space.is_(dimension, name), self.space.among(dimension, own))

    def _word(self, tree: Mapping[str, Any]) -> Any:
        """The name of a word, a dimension with its variable, or None for a yes or no."""
        ((operator, body),) = tree.items()
        if operator == "Value" and isinstance(body, dict):
            return body["__entity"]["id"]
        if operator == "Var":
            name = {"principal": "Actor", "resource": "Object", "action": "Action"}[body]
            return name, self.space.variable(name)
        if operator == "." and (
            body["attr"] == PLACE_KIND or self.space.words.values(body["attr"])
        ):
            return body["attr"], self.space.variable(body["attr"])
        return None


def _kind(norm: Norm) -> str:
    """The answer that a norm gives where it speaks."""
    if norm.effect == "forbid":
        return FORBIDDEN
    return NOT_STATED if norm.silent else PERMITTED


def _law_facts(book: Rulebook) -> dict[str, bool]:
    told: dict[str, bool] = {}
    for edition in book.editions:
        for article in edition.articles.values():
            told.update(article.tables.law)
    facts = book.vocabulary.facts.values()
    return {fact.name: told.get(fact.name, False) for fact in facts if fact.from_law}
