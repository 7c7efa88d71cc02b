"""The Cedar schema, made from the vocabulary.

Actors, objects, places and enum values become enumerated entity types, so that Cedar itself
refuses a rule or a question that speaks of something the vocabulary does not know.
Cedar JSON schema: https://docs.cedarpolicy.com/schema/json-schema.html
"""

from collections.abc import Mapping
from typing import Any

from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary

ACTION = "Action"


def entity_type(fact: str, vocabulary: Vocabulary) -> str | None:
    """The Cedar entity type of an enum fact (``source`` → ``Source``); None for yes or no."""
    if fact == PLACE_KIND:
        return "PlaceKind"
    enum = vocabulary.facts[fact].enum
    return _camel(enum) if enum else None


def entity_types(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Every entity type a rule can name, with its members; the acts are ``Action``."""
    return {
        "Actor": tuple(vocabulary.actors),
        "Object": tuple(vocabulary.objects),
        "PlaceKind": tuple(vocabulary.places),
        **{_camel(enum): tuple(values) for enum, values in vocabulary.enums.items()},
        ACTION: tuple(name for name, act in vocabulary.acts.items() if act.judged),
    }


def cedar_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema as Cedar JSON: one action per judged act, its facts as the context."""
    types = entity_types(vocabulary)
    actions = {}
    for name in types[ACTION]:
        attributes: dict[str, Any] = {}
        for fact in (PLACE_KIND, *vocabulary.acts[name].facts):
            kind = entity_type(fact, vocabulary)
            attributes[fact] = {"type": "Entity", "name": kind} if kind else {"type": "Boolean"}
        actions[name] = {
            "appliesTo": {
                "principalTypes": ["Actor"],
                "resourceTypes": ["Object"],
                "context": {"type": "Record", "attributes": attributes},
            }
        }
    return {
        "": {
            "entityTypes": {
                kind: {"enum": list(members)} for kind, members in types.items() if kind != ACTION
            },
            "actions": actions,
        }
    }


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
