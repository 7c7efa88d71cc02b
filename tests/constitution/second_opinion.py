"""A second opinion on every ruling: the closed fragment evaluated in plain Python.

Only Cedar's parser is used, never its engine nor anything of the rulebook: what both say is said
by two programs that share no evaluation. Policies are Cedar's JSON policy format by id of norm.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import cedarpy

from kerege.constitution.edition import Edition
from kerege.constitution.question import Question, Ruling
from kerege.constitution.vocabulary import Vocabulary

Policy = dict[str, Any]
Policies = dict[str, Policy]


def policies(editions: Iterable[Edition]) -> Policies:
    """The policies of some editions by id of norm, parsed block by block."""
    found: Policies = {}
    for edition in editions:
        for article in edition.articles.values():
            for block in article.cedar:
                tree = json.loads(cedarpy.policies_to_json_str(block.text))
                for policy in tree["staticPolicies"].values():
                    name = policy.get("annotations", {}).get("id", article.anchor)
                    found[f"{edition.id}/{name}"] = policy
    return found


def acts_of(policy: Policy) -> set[str]:
    scope = policy["action"]
    return {entity["id"] for entity in scope.get("entities", [scope.get("entity")])}


def fires(policy: Policy, asked: Question, vocabulary: Vocabulary) -> bool:
    """Whether scope and conditions of a policy are met."""
    if asked.act not in acts_of(policy):
        return False
    for part, value in (("principal", asked.actor), ("resource", asked.object)):
        if policy[part]["op"] == "==" and policy[part]["entity"]["id"] != value:
            return False
    for condition in policy["conditions"]:
        met = _value(condition["body"], asked, vocabulary)
        assert isinstance(met, bool)
        if met != (condition["kind"] == "when"):
            return False
    return True


def ruling(known: Mapping[str, Policy], asked: Question, vocabulary: Vocabulary) -> Ruling:
    """The ruling of the norms on one question."""
    fired = {id_: p for id_, p in known.items() if fires(p, asked, vocabulary)}
    forbids = sorted(id_ for id_, policy in fired.items() if policy["effect"] == "forbid")
    if forbids:
        required = {_note(fired[id_], "requires") for id_ in forbids} - {None}
        return Ruling("forbidden", tuple(forbids), tuple(sorted(required)))
    permits = sorted(fired)
    spoken = [id_ for id_ in permits if "silent" not in fired[id_].get("annotations", {})]
    if permits:
        return (
            Ruling("permitted", tuple(spoken)) if spoken else Ruling("not_stated", tuple(permits))
        )
    speaking = sorted(
        id_ for id_, p in known.items() if p["effect"] == "permit" and asked.act in acts_of(p)
    )
    return Ruling("not_empowered" if speaking else "unregulated", tuple(speaking))


def _note(policy: Policy, name: str) -> Any:
    return policy.get("annotations", {}).get(name)


def _value(expression: Mapping[str, Any], asked: Question, vocabulary: Vocabulary) -> Any:
    """A yes-or-no, or the (type, id) of an entity."""
    ((operator, body),) = expression.items()

    def of(part: str) -> Any:
        return _value(body[part], asked, vocabulary)

    match operator:
        case "&&":
            return of("left") and of("right")
        case "||":
            return of("left") or of("right")
        case "!":
            return not of("arg")
        case "==":
            return of("left") == of("right")
        case "!=":
            return of("left") != of("right")
        case "is":
            return of("left")[0] == body["entity_type"]
        case "contains":
            elements = [_value(one, asked, vocabulary) for one in body["left"]["Set"]]
            return of("right") in elements
        case "Value":
            if isinstance(body, bool):
                return body
            return (body["__entity"]["type"], body["__entity"]["id"])
        case "Var":
            return {
                "principal": ("Actor", asked.actor),
                "resource": ("Object", asked.object),
                "action": ("Action", asked.act),
            }[body]
        case ".":
            return _fact(body["attr"], asked, vocabulary)
    raise AssertionError(f"outside the fragment: {operator}")


def _fact(name: str, asked: Question, vocabulary: Vocabulary) -> Any:
    if name == "placeKind":
        return ("PlaceKind", asked.place)
    value = asked.facts[name]
    enum = vocabulary.facts[name].enum
    return (enum.capitalize(), value) if enum else value
