"""The plain parser of rules gives what Cedar's parser gives, or refuses."""

import json

import cedarpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.constitution import plain_cedar
from kerege.constitution.plain_cedar import NotRead


def plainly(text: str) -> list[dict]:
    return [policy for _, policy in plain_cedar.policies(text)]


def by_cedar(text: str) -> list[dict]:
    tree = json.loads(cedarpy.policies_to_json_str(text))
    assert not tree["templates"]
    return [tree["staticPolicies"][f"policy{n}"] for n in range(len(tree["staticPolicies"]))]


def when(condition: str) -> str:
    return f"permit(principal, action, resource) when {{ {condition} }};"


WORD = 'Source::"local"'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "// only a remark",
        "permit(principal, action, resource,);",
        "permit (principal,action,resource)\n// a remark\n;// another",
        "forbid(principal, action, resource) when { true } unless { false } when { true };",
        'permit(principal == Actor::"a", action == Action::"A", resource == Object::"o");',
        'permit(principal == (Actor::"a"), action in [Action::"A"], resource);',
        'permit(principal, action in [Action::"A", Action::"B",], resource);',
        'permit(principal, action in ([Action::"A"]), resource);',
        'permit(principal, action in Action::"A", resource);',
        "permit(principal, action in [], resource);",
        '@id("a.b") @silent @if("") permit(principal, action, resource);',
        when("context.a && context.b && context.c || context.d && !context.e"),
        when("context.a || (context.b || context.c)"),
        when("!!!!context.a == !context.b"),
        when("(context.a != context.b) == (true)"),
        when('context["a"] == context["a b"]'),
        when(f"[{WORD}, {WORD},].contains(context.source,)"),
        when("[[true]].contains(false)"),
        when("[].contains(context . principal)"),
        when("principal is Actor && resource is A::B"),
        when('A::B::"x" == action'),
        when('A::\n// a remark\n"x" == principal'),
        when(r'A::"q\"\n\r\t\\\'\u{41}\x41\0" == principal'),
        when('A::"two\nlines // no remark" == principal'),
        when("true\u00a0&&\u2028true\x0b&&\x85true"),
        when("(context).a.b"),
    ],
)
def test_it_gives_what_cedar_gives(text: str) -> None:
    assert plainly(text) == by_cedar(text)


@pytest.mark.parametrize(
    "text",
    [
        ";",
        "Permit(principal, action, resource);",
        "permit(principal, action, resource)",
        "permit(principal, resource, action);",
        'permit(principal, action == [Action::"A"], resource);',
        'permit(principal, action in [[Action::"A"]], resource);',
        'permit(principal == "x", action, resource);',
        'permit(principal, action == Act::"A", resource);',
        'permit(principal, action in [Action::"A", Act::"A"], resource);',
        "permit(principal == principal, action, resource);",
        "permit(principal, action, resource) when { };",
        "permit(principal, action, resource) when true;",
        "@x() permit(principal, action, resource);",
        '@id("a") @id("b") permit(principal, action, resource);',
        '@id("a",) permit(principal, action, resource);',
        when("context.true"),
        when("context.__cedar"),
        when("context.a == context.b == context.c"),
        when("!!!!!context.a"),
        when("true &&"),
        when("true // a remark"),
        when('principal is "Actor"'),
        when("context.a()"),
        when("\ufefftrue"),
        when("true\u200b"),
        when("true\x1c"),
        when(r'A::"\*" == principal'),
        when(r'A::"\u{D800}" == principal'),
        when(r'A::"\u{110000}" == principal'),
        when('A::"open == principal'),
        when('A::"a\rb" == principal'),
    ],
)
def test_what_cedar_refuses_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        by_cedar(text)
    with pytest.raises(NotRead):
        plainly(text)


@pytest.mark.parametrize(
    "condition",
    [
        "1 == 1",
        "context.a < context.b",
        '"a" == "b"',
        "if true then true else false",
        "context has a",
        'principal in Actor::"x"',
        'principal is Actor in Actor::"x"',
        '"a" like "b"',
        '{"a": true}.a',
        'ip("127.0.0.1").isLoopback()',
        "[true].containsAll([true])",
    ],
)
def test_what_is_outside_the_fragment_is_refused_though_cedar_has_it(condition: str) -> None:
    by_cedar(when(condition))
    with pytest.raises(NotRead):
        plainly(when(condition))


def test_what_is_refused_is_named_by_its_line() -> None:
    with pytest.raises(NotRead, match=r"^line 3: '<' cannot stand here"):
        plainly(f"{when('true')}\n\n{when('context.a < context.b')}")
    with pytest.raises(NotRead, match=r"^line 2: 'unless' stands where '}' is needed"):
        plainly("permit(principal, action, resource) when { true\n unless")


@pytest.mark.parametrize(
    "condition",
    ["(" * 30 + "true" + ")" * 30, " && ".join(["true"] * 60), "true" + " " * 4000, "[" * 5000],
)
def test_what_is_too_long_or_too_deep_is_refused(condition: str) -> None:
    with pytest.raises(NotRead):
        plainly(when(condition))


SIGNS = [
    *("permit", "forbid", "principal", "action", "resource", "context", "when", "unless", "is"),
    *("(", ")", "[", "]", "{", "}", ",", ";", ".", "::", "==", "!=", "!", "&&", "||", "@", "in"),
    *('"a"', '"A"', "Actor", "Action", "a", "true", "false", "contains", "//", "\n", " ", "id"),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=30))
def test_words_thrown_together_are_read_as_cedar_reads_them(signs: list[str]) -> None:
    condition = when(" ".join(signs))
    try:
        read = plainly(condition)
    except NotRead:
        return
    assert read == by_cedar(condition)


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        plainly(text)
    except NotRead as error:
        assert error.line >= 1
