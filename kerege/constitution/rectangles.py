"""Few large sets of questions instead of many small ones.

A rectangle is a set of values in each dimension and stands for all their combinations.
"""

from collections.abc import Iterable, Mapping

Rectangle = Mapping[str, frozenset[str]]


def joined(rectangles: Iterable[Rectangle]) -> list[Rectangle]:
    """The rectangles, of the same dimensions, joined for as long as two are alike in all
    dimensions but one."""
    found, before = list(rectangles), 0
    while len(found) != before:
        before = len(found)
        names = tuple(found[0])
        for dimension in names:
            met: dict[tuple[frozenset[str], ...], dict[str, frozenset[str]]] = {}
            for one in found:
                rest = tuple(one[name] for name in names if name != dimension)
                if rest in met:
                    met[rest][dimension] |= one[dimension]
                else:
                    met[rest] = dict(one)
            found = list(met.values())
    return found
