"""Rectangles joined stand for the same combinations as before."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kerege.constitution.rectangles import joined

NAMES = ("who", "what", "where")
sides = st.frozensets(st.sampled_from("abc"), min_size=1)
rectangles = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, sides)), max_size=6)


def cells(found: list) -> set[tuple[str, ...]]:
    return {cell for one in found for cell in product(*(sorted(one[name]) for name in NAMES))}


@given(rectangles)
def test_they_stand_for_the_same(found: list) -> None:
    together = joined(found)
    assert cells(together) == cells(found)
    assert len(together) <= len(found)


def test_what_is_alike_but_for_one_dimension_joins() -> None:
    every = [
        {"who": frozenset(who), "what": frozenset(what), "where": frozenset("z")}
        for who, what in product("ab", "xy")
    ]
    assert joined(every) == [
        {"who": frozenset("ab"), "what": frozenset("xy"), "where": frozenset("z")}
    ]
    assert joined([]) == []
