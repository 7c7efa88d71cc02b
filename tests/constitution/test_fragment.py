"""The closed fragment: what a rule may use, and that everything else is refused by name."""

import json

import cedarpy
import pytest
from lawtext import VOCABULARY, article, book, load, text

from kerege.constitution import fragment
from kerege.constitution.edition import EditionError
from kerege.constitution.fragment import OutsideFragment, acts_of, check, facts_of

ADOPT = 'action == Action::"AdoptBudget"'
RULE = f"permit(principal, {ADOPT}, resource)"
SPEND = 'permit(principal, action == Action::"Spend", resource)'


def parsed(rule: str) -> dict:  # type: ignore[type-arg]
    (policy,) = json.loads(cedarpy.policies_to_json_str(rule))["staticPolicies"].values()
    return policy


@pytest.mark.parametrize(
    "rule",
    [
        f"{RULE};",
        f'permit(principal == Actor::"kenesh", {ADOPT}, resource == Object::"local_budget");',
        'forbid(principal, action in [Action::"AdoptBudget", Action::"Spend"], resource);',
        'forbid(principal, action in [Action::"AdoptBudget"], resource);',
        f"{RULE} when {{ context.hearingHeld }};",
        f"{RULE} when {{ !context.hearingHeld || context.draftPublished && true }};",
        f"{RULE} when {{ context.hearingHeld == context.draftPublished }};",
        f'{RULE} when {{ principal == Actor::"kenesh" }} unless {{ context.republicanLines }};',
        f'{RULE} when {{ principal is Actor && resource != Object::"account" }};',
        f'{RULE} when {{ [PlaceKind::"settlement"].contains(context.placeKind) }};',
        f'{RULE} when {{ action == Action::"AdoptBudget" }};',
        f'{SPEND} when {{ [Source::"local", Source::"republican"].contains(context.source) }};',
    ],
)
def test_what_is_in_the_fragment(rule: str) -> None:
    check(parsed(rule), VOCABULARY)
    load(text(article(rule)))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        # Numbers, dates and text
        (f"{RULE} when {{ 1 == 1 }};", "numbers, dates and text"),
        (f"{RULE} when {{ 1 < 2 }};", "'<'"),
        (f"{RULE} when {{ 1 + 1 == 2 }};", "'+'"),
        (f'{RULE} when {{ "a" == "a" }};', "numbers, dates and text"),
        (f'{RULE} when {{ "a" like "b*" }};', "'like'"),
        (f'{RULE} when {{ ip("10.0.0.1").isIpv4() }};', "'isIpv4'"),
        (f'{RULE} when {{ decimal("1.5").lessThan(decimal("2.5")) }};', "'lessThan'"),
        (f'{RULE} when {{ decimal("1.5") == decimal("2.5") }};', "'decimal'"),
        (f'{RULE} when {{ datetime("2010-06-27") < datetime("2018-02-15") }};', "'<'"),
        # Attributes of actors and objects, hierarchies
        (f"{RULE} when {{ principal.elected }};", "reads .elected of something other"),
        (f"{RULE} when {{ resource.open }};", "reads .open of something other"),
        (f"{RULE} when {{ context.placeKind.big }};", "reads .big of something other"),
        (f"{RULE} when {{ context has hearingHeld }};", "'has'"),
        (f"{RULE} when {{ principal has elected }};", "'has'"),
        (f'{RULE} when {{ principal in Actor::"kenesh" }};', "'in'"),
        (f'{RULE} when {{ principal is Actor in Actor::"kenesh" }};', "'in'"),
        (f'{RULE} when {{ context.placeKind in [PlaceKind::"settlement"] }};', "'in'"),
        (f'{RULE} when {{ principal.hasTag("a") }};', "'hasTag'"),
        (f'permit(principal in Actor::"kenesh", {ADOPT}, resource);', "compared by 'in'"),
        (f"permit(principal is Actor, {ADOPT}, resource);", "compared by 'is'"),
        (f'permit(principal, {ADOPT}, resource in Object::"account");', "compared by 'in'"),
        (f"permit(principal, {ADOPT}, resource is Object);", "compared by 'is'"),
        # Sets and records
        (f"{RULE} when {{ [1, 2].contains(1) }};", "numbers, dates and text"),
        (f'{RULE} when {{ ["a"].contains("a") }};', "numbers, dates and text"),
        (f"{RULE} when {{ [principal].contains(principal) }};", "written-out list"),
        (f"{RULE} when {{ principal.of.contains(principal) }};", "written-out list"),
        (f"{RULE} when {{ [].contains(principal) }};", "written-out list"),
        (f"{RULE} when {{ [true].containsAny([false]) }};", "'containsAny'"),
        (f"{RULE} when {{ [true].isEmpty() }};", "'isEmpty'"),
        (f"{RULE} when {{ {{ a: true }}.a }};", "reads .a of something other"),
        (f"{RULE} when {{ context == context }};", "'context'"),
        (f"{RULE} when {{ if true then true else false }};", "'if-then-else'"),
        # Things that are compared with another kind of thing
        (f'{SPEND} when {{ context.source == Manner::"direct" }};', "word of Manner stands where"),
        (f'{RULE} when {{ principal == Object::"account" }};', "word of Object stands where"),
        (f'{RULE} when {{ [Object::"account"].contains(principal) }};', "word of Object stands"),
        (f'{RULE} when {{ context.hearingHeld == Actor::"kenesh" }};', "word of Actor stands"),
        (f"{RULE} when {{ principal is Object }};", "'is Object' is never true"),
        (f"{SPEND} when {{ context.source }};", "word of Source stands where a yes-or-no"),
        (f"{RULE} when {{ !principal }};", "word of Actor stands where a yes-or-no"),
        # Words the vocabulary does not know
        (f'{RULE} when {{ principal == Actor::"mayor" }};', 'Actor::"mayor"'),
        (f'permit(principal == Actor::"mayor", {ADOPT}, resource);', 'Actor::"mayor"'),
        (f'permit(principal == Object::"law", {ADOPT}, resource);', 'Object::"law"'),
        (f'permit(principal, {ADOPT}, resource == Object::"moon");', 'Object::"moon"'),
        (f'{SPEND} when {{ context.source == Source::"abroad" }};', 'Source::"abroad"'),
        (f'{RULE} when {{ principal == User::"kenesh" }};', 'User::"kenesh"'),
        (f"{RULE} when {{ context.hearinHeld }};", "AdoptBudget is never asked 'hearinHeld'"),
        (f"{RULE} when {{ context.accountGiven }};", "AdoptBudget is never asked 'accountGiven'"),
        # The act is always named
        ("permit(principal, action, resource);", "names the act"),
        ("permit(principal, action in [], resource);", "names the act"),
        ('permit(principal, action in Action::"Budget", resource);', 'Action::"Budget"'),
        ('permit(principal, action == Action::"Found", resource);', 'Action::"Found"'),
        ('permit(principal, action == Action::"Dance", resource);', 'Action::"Dance"'),
        ('permit(principal, action in [Action::"Spend", Action::"X"], resource);', 'Action::"X"'),
        # Templates
        (f"permit(principal == ?principal, {ADOPT}, resource);", "left open"),
        (f"permit(principal, {ADOPT}, resource in ?resource);", "left open"),
        # Annotations
        (f'@topic("S11") {RULE};', "@topic is not known"),
        (f"@id {RULE};", "write @silent without a value"),
        (f'@silent("yes") {RULE};', "write @silent without a value"),
        (f'@id("budget.Äpfel") {RULE};', "made of a-z"),
        (f'@id("") {RULE};', "made of a-z"),
        (f'@id("kenesh") {RULE};', "begins with the anchor of its article, 'budget'"),
        (f'@id("budgets") {RULE};', "begins with the anchor of its article, 'budget'"),
        (f'@reading("mine") {RULE};', "@reading is 'mine'"),
        (f"@silent forbid(principal, {ADOPT}, resource);", "silence forbids nothing"),
        (f'@requires("hearingHeld") {RULE};', "@requires stands on a forbid"),
        (f'@requires("hearingHeld") forbid(principal, {ADOPT}, resource);', "never asks"),
        (
            f'@requires("hearing") forbid(principal, {ADOPT}, resource)'
            " unless { context.hearingHeld };",
            "never asks",
        ),
        (
            '@requires("source") forbid(principal, action == Action::"Spend", resource)'
            ' unless { context.source == Source::"local" };',
            "never asks",
        ),
        # Too deep for Cedar's own parser, which would end the process
        (f"{RULE} when {{ {'(' * 5000}true{')' * 5000} }};", "too long or too deep"),
        (f"{RULE} when {{ {'!(' * 30}true{')' * 30} }};", "too long or too deep"),
        (f"{RULE} when {{ {'true && ' * 2000}true }};", "too long or too deep"),
        (f"{RULE} when {{ {'if true then ' * 9000}true }};", "too long or too deep"),
    ],
)
def test_what_is_outside_the_fragment(rule: str, said: str) -> None:
    with pytest.raises(EditionError) as error:
        book(text(article(rule)))
    assert said in error.value.reason
    assert error.value.article == "Local budget"


@pytest.mark.parametrize("many", [*range(30, 60, 2), 100, 180, 500])
@pytest.mark.parametrize("part", ["true", '[Actor::"kenesh"].contains(principal)'])
def test_a_long_rule_is_taken_or_refused_by_us(many: int, part: str) -> None:
    source = text(article(f"{RULE} when {{ {'&&'.join([part] * many)} }};"))
    try:
        assert book(source).norms
    except EditionError as error:
        assert many > 40
        assert "too long or too deep" in error.reason


def test_acts_and_facts_of_a_rule() -> None:
    rule = parsed(
        'forbid(principal, action in [Action::"AdoptBudget", Action::"Spend"], resource)'
        ' when { context.a && [PlaceKind::"settlement"].contains(context.placeKind) }'
        " unless { !(context.b == context.c) };"
    )
    assert acts_of(rule) == ("AdoptBudget", "Spend")
    found = set().union(*(facts_of(one["body"]) for one in rule["conditions"]))
    assert found == {"a", "b", "c"}
    assert acts_of(parsed("permit(principal, action, resource);")) == ()


def test_a_template_is_refused_before_it_is_a_rule() -> None:
    (template,) = json.loads(
        cedarpy.policies_to_json_str(f"permit(principal == ?principal, {ADOPT}, resource);")
    )["templates"].values()
    with pytest.raises(OutsideFragment, match="the principal is compared by"):
        check(template, VOCABULARY)


def test_what_is_refused_is_an_error_of_its_own() -> None:
    with pytest.raises(OutsideFragment):
        fragment.check(parsed("permit(principal, action, resource);"), VOCABULARY)
