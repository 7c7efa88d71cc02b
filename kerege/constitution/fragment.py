"""The closed fragment of Cedar that rules may use.

Only enums and yes-or-no facts, joined by ``==``, ``!=``, ``&&``, ``||``, ``!``, ``is`` and
``[…].contains(…)``; the scope may name an actor, an act or a list of acts, an object. No
attributes of actors or objects, no numbers, no dates, no text: those reach a rule as facts. What
is closed can be enumerated, compared and proved (docs/decisions/0001). Works on Cedar's JSON policy
format: https://docs.cedarpolicy.com/policies/json-format.html

What is compared must be of one kind: Cedar takes ``context.source == Manner::"direct"`` for a rule
that is merely never true, and says nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from kerege.constitution.schema import entity_type, entity_types
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary

READINGS = ("text", "brochure", "ours")

_ANNOTATIONS = ("id", "requires", "reading", "silent")
_JOINED = ("&&", "||")
_COMPARED = ("==", "!=")
_VARIABLES = {"principal": "Actor", "resource": "Object", "action": "Action"}
_YES_OR_NO = "yes or no"


# The members of every entity type, by its name.
Types = Mapping[str, tuple[str, ...]]


class OutsideFragment(ValueError):
    """A rule uses something the closed fragment does not have; the message says what."""


def check(policy: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    """Raise OutsideFragment when one policy (Cedar JSON) leaves the fragment."""
    types = entity_types(vocabulary)
    _scope(policy, types)
    reader = _Reader(vocabulary, types, acts_of(policy))
    for condition in policy["conditions"]:
        reader.must_be(_YES_OR_NO, condition["body"])
    _annotations(policy, vocabulary)


def acts_of(policy: Mapping[str, Any]) -> tuple[str, ...]:
    """The acts named in a policy's scope."""
    action = policy["action"]
    entities = action.get("entities") or ([action["entity"]] if "entity" in action else [])
    return tuple(entity["id"] for entity in entities)


def facts_of(expression: Any) -> set[str]:
    """The facts (context attributes) an expression reads, the kind of place left out."""
    found: set[str] = set()
    if isinstance(expression, dict):
        access = expression.get(".")
        if isinstance(access, dict) and access.get("left") == {"Var": "context"}:
            found.add(access["attr"])
        for value in expression.values():
            found |= facts_of(value)
    return found - {PLACE_KIND}


def _scope(policy: Mapping[str, Any], types: Types) -> None:
    for part, kind in (("principal", "Actor"), ("resource", "Object")):
        scope = policy[part]
        if scope["op"] not in ("All", "==") or "slot" in scope:
            raise OutsideFragment(f"the {part} is compared by {scope['op']!r}; only == is known")
        if scope["op"] == "==":
            _known(scope["entity"], kind, types)
    if not acts_of(policy):
        raise OutsideFragment("a rule names the act, or the list of acts, that it is about")
    # A list of one act and the act itself are the same to Cedar's parser.
    for entity in policy["action"].get("entities") or [policy["action"]["entity"]]:
        _known(entity, "Action", types)


def _annotations(policy: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    notes = policy.get("annotations", {})
    for name, value in notes.items():
        if name not in _ANNOTATIONS:
            raise OutsideFragment(f"@{name} is not known; known are @{', @'.join(_ANNOTATIONS)}")
        if (value is None) != (name == "silent"):
            raise OutsideFragment('write @silent without a value, the others as @id("…")')
    if not re.fullmatch(r"[a-z0-9.-]+", notes.get("id", "-")):
        raise OutsideFragment(f"@id is {notes['id']!r}; it is made of a-z, 0-9, - and .")
    if notes.get("reading", "text") not in READINGS:
        raise OutsideFragment(f"@reading is {notes['reading']!r}, not one of {', '.join(READINGS)}")
    if "silent" in notes and policy["effect"] != "permit":
        raise OutsideFragment("@silent stands on a permit only: silence forbids nothing")
    requires = notes.get("requires")
    if requires is None:
        return
    if policy["effect"] != "forbid":
        raise OutsideFragment("@requires stands on a forbid … unless")
    read = set().union(*(facts_of(condition["body"]) for condition in policy["conditions"]))
    if requires not in read or vocabulary.facts[requires].enum:
        raise OutsideFragment(f"@requires names {requires!r}, a yes-or-no fact the rule never asks")


def _known(entity: Mapping[str, Any], kind: str, types: Types) -> None:
    members = types.get(entity["type"], ())
    if entity["type"] != kind or entity["id"] not in members:
        said = f'{entity["type"]}::"{entity["id"]}"'
        raise OutsideFragment(f"{said} stands where the vocabulary has no such {kind}")


class _Reader:
    """Finds of what kind an expression is, and that every part of it fits."""

    def __init__(self, vocabulary: Vocabulary, types: Types, acts: tuple[str, ...]) -> None:
        self.vocabulary, self.types, self.acts = vocabulary, types, acts

    def must_be(self, kind: str, expression: Mapping[str, Any]) -> None:
        found = self.kind(expression)
        if found != kind:
            raise OutsideFragment(f"{_said(found)} stands where {_said(kind)} is needed")

    def kind(self, expression: Mapping[str, Any]) -> str:
        ((operator, body),) = expression.items()
        if operator in _JOINED:
            self.must_be(_YES_OR_NO, body["left"])
            self.must_be(_YES_OR_NO, body["right"])
            return _YES_OR_NO
        if operator in _COMPARED:
            self.must_be(self.kind(body["left"]), body["right"])
            return _YES_OR_NO
        if operator == "!":
            self.must_be(_YES_OR_NO, body["arg"])
            return _YES_OR_NO
        if operator == "contains":
            return self._contains(body)
        if operator == "is":
            if "in" in body:
                raise OutsideFragment("the closed fragment of rules has no 'in' here")
            if self.kind(body["left"]) != body["entity_type"]:
                raise OutsideFragment(f"'is {body['entity_type']}' is never true here")
            return _YES_OR_NO
        if operator == ".":
            return self._fact(body)
        if operator == "Value":
            return self._value(body)
        if operator == "Var" and body in _VARIABLES:
            return _VARIABLES[body]
        named = body if operator == "Var" else operator
        raise OutsideFragment(f"the closed fragment of rules has no {named!r} here")

    def _contains(self, body: Mapping[str, Any]) -> str:
        elements = body["left"].get("Set")
        if not elements or any("Value" not in element for element in elements):
            raise OutsideFragment("contains works on a written-out list of words: […].contains(…)")
        kind = self.kind(body["right"])
        for element in elements:
            self.must_be(kind, element)
        return _YES_OR_NO

    def _fact(self, body: Mapping[str, Any]) -> str:
        fact = body["attr"]
        if body["left"] != {"Var": "context"}:
            raise OutsideFragment(f"reads .{fact} of something other than context")
        for act in self.acts:
            if fact != PLACE_KIND and fact not in self.vocabulary.acts[act].facts:
                raise OutsideFragment(f"{act} is never asked {fact!r}")
        return entity_type(fact, self.vocabulary) or _YES_OR_NO

    def _value(self, value: Any) -> str:
        if isinstance(value, bool):
            return _YES_OR_NO
        entity = value.get("__entity") if isinstance(value, dict) else None
        if not isinstance(entity, dict):
            raise OutsideFragment(f"numbers, dates and text do not stand in rules: {value!r}")
        _known(entity, entity["type"], self.types)
        return str(entity["type"])


def _said(kind: str) -> str:
    return "a yes-or-no" if kind == _YES_OR_NO else f"a word of {kind}"
