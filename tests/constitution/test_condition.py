"""Conditions in their smallest form."""

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st

from kerege.constitution.condition import (
    ALWAYS,
    NEVER,
    Condition,
    Tangled,
    all_of,
    any_of,
    facts_in,
    given,
    holds,
    opposite,
    when,
    within,
)
from kerege.constitution.condition import (
    worlds as ways,
)

FACTS = ("a", "b", "c", "d")
conditions = st.recursive(
    st.sampled_from([ALWAYS, NEVER, *(when(fact, yes) for fact in FACTS for yes in (True, False))]),
    lambda inner: st.one_of(
        st.builds(lambda x, y: any_of((x, y)), inner, inner),
        st.builds(lambda x, y: all_of((x, y)), inner, inner),
        st.builds(opposite, inner),
    ),
    max_leaves=12,
)
worlds = [dict(zip(FACTS, [bool(n >> i & 1) for i in range(4)], strict=True)) for n in range(16)]


def table(condition: Condition) -> list[bool]:
    return [holds(condition, world) for world in worlds]


@given_(conditions, conditions)
def test_they_are_what_they_say(one: Condition, other: Condition) -> None:
    both, either = table(all_of((one, other))), table(any_of((one, other)))
    for i in range(16):
        assert both[i] == (table(one)[i] and table(other)[i])
        assert either[i] == (table(one)[i] or table(other)[i])
    assert table(opposite(one)) == [not held for held in table(one)]
    assert within(one, other) == all(b for a, b in zip(table(one), table(other), strict=True) if a)


@given_(conditions, conditions)
def test_the_same_function_is_the_same_condition(one: Condition, other: Condition) -> None:
    assert (table(one) == table(other)) == (one == other)


def test_a_fact_that_does_not_matter_is_not_named() -> None:
    said = any_of((all_of((when("a"), when("b"))), all_of((when("a"), when("b", False)))))
    assert said == when("a")
    assert facts_in(said) == {"a"}
    assert facts_in(all_of((when("a"), when("b", False)))) == {"a", "b"}


@given_(conditions, st.dictionaries(st.sampled_from(FACTS), st.booleans()))
def test_what_is_left_once_facts_are_known(one: Condition, known: dict[str, bool]) -> None:
    left = given(one, known)
    assert not facts_in(left) & set(known)
    for world in worlds:
        assert holds(left, world) == holds(one, {**world, **known})


@given_(conditions)
def test_in_how_many_worlds_it_holds(one: Condition) -> None:
    assert ways(one, len(FACTS)) == sum(table(one))
    assert ways(one, len(FACTS) + 3) == 8 * sum(table(one))


def odd(facts: int) -> Condition:
    """That an odd number of facts is so."""
    found = NEVER
    for fact in (when(f"f{n}") for n in range(facts)):
        found = any_of((all_of((found, opposite(fact))), all_of((opposite(found), fact))))
    return found


def test_what_nobody_can_follow_is_not_waited_for() -> None:
    assert len(odd(6)) == 2**5
    with pytest.raises(Tangled):
        odd(20)
