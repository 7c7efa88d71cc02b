"""The Cedar schema: Cedar itself refuses what the vocabulary does not know."""

import json

import cedarpy
import pytest
from lawtext import VOCABULARY

from kerege.constitution.schema import ACTION, cedar_schema, entity_type, entity_types
from kerege.constitution.vocabulary import PLACE_KIND

SHAPE = json.dumps(cedar_schema(VOCABULARY))
RULE = 'permit(principal, action == Action::"Transfer", resource)'


def test_cedar_takes_the_schema() -> None:
    cedarpy.Schema.from_json_str(SHAPE)


def test_only_judged_acts_can_be_asked_about() -> None:
    actions = cedar_schema(VOCABULARY)[""]["actions"]
    assert set(actions) == {name for name, act in VOCABULARY.acts.items() if act.judged}
    assert "Found" not in actions


def test_the_context_of_an_act_is_its_facts() -> None:
    action = cedar_schema(VOCABULARY)[""]["actions"]["AdoptBudget"]
    assert action["appliesTo"]["context"]["attributes"] == {
        "placeKind": {"type": "Entity", "name": "PlaceKind"},
        "draftPublished": {"type": "Boolean"},
        "hearingHeld": {"type": "Boolean"},
        "republicanLines": {"type": "Boolean"},
    }


def test_the_types_of_facts() -> None:
    assert entity_type("source", VOCABULARY) == "Source"
    assert entity_type(PLACE_KIND, VOCABULARY) == "PlaceKind"
    assert entity_type("hearingHeld", VOCABULARY) is None


def test_entity_types_are_those_of_the_schema_and_the_acts() -> None:
    types = entity_types(VOCABULARY)
    assert types["Source"] == ("local", "republican")
    assert set(types) - {ACTION} == set(cedar_schema(VOCABULARY)[""]["entityTypes"])


@pytest.mark.parametrize(
    "rule",
    [
        f"{RULE} when {{ context.nothing }};",
        f"{RULE} when {{ context.source }};",
        f'{RULE} when {{ principal == Actor::"mayor" }};',
        f'{RULE} when {{ context.source == Source::"abroad" }};',
        'permit(principal, action == Action::"Found", resource);',
        'permit(principal == Object::"law", action == Action::"Transfer", resource);',
    ],
)
def test_cedar_refuses_what_is_not_in_it(rule: str) -> None:
    assert not cedarpy.validate_policies(rule, SHAPE).validation_passed


def test_cedar_takes_what_is_in_it() -> None:
    rule = f'{RULE} when {{ context.source == Source::"local" }};'
    assert cedarpy.validate_policies(rule, SHAPE).validation_passed
