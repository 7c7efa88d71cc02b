"""The space of questions a vocabulary can put, cut into cells in which rules cannot tell apart.

Of an act's actors, objects, places and values of enums, those that every rule treats alike form
one class; a block is one class of each. So the number of blocks grows with what the rules mention
and not with the vocabulary, and one cell stands for its whole block (docs/decisions/0010).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from kerege.constitution.condition import Cell
from kerege.constitution.norms import Norm
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary

ACTOR, OBJECT = "principal", "resource"


@dataclass(frozen=True, slots=True)
class Block:
    """Cells of one act that no rule tells apart: the values of each dimension.

    Dimensions: ``principal`` (actors), ``resource`` (objects), ``placeKind``, facts of enums."""

    act: str
    values: Mapping[str, tuple[str, ...]]

    def cell(self) -> Cell:
        """One cell that stands for all."""
        return _cell(self.act, {name: of[0] for name, of in self.values.items()})

    def cells(self) -> Iterator[Cell]:
        for chosen in product(*self.values.values()):
            yield _cell(self.act, dict(zip(self.values, chosen, strict=True)))

    def size(self) -> int:
        """How many cells it stands for."""
        count = 1
        for values in self.values.values():
            count *= len(values)
        return count


def sets_of(block: Block) -> dict[str, frozenset[str]]:
    """The values of a block as sets."""
    return {name: frozenset(values) for name, values in block.values.items()}


def dimensions(act: str, words: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The dimensions of an act with all their values, yes-or-no facts left out."""
    valued = {fact: words.values(fact) for fact in words.acts[act].facts if words.values(fact)}
    return {
        ACTOR: tuple(words.actors),
        OBJECT: words.acts[act].objects,
        PLACE_KIND: tuple(words.places),
        **valued,
    }


def blocks(act: str, words: Vocabulary, norms: Iterable[Norm]) -> Iterator[Block]:
    """The blocks of an act under norms (of one rulebook, or of two that are compared)."""
    parted = parts(act, words, norms)
    for chosen in product(*parted.values()):
        yield Block(act, dict(zip(parted, chosen, strict=True)))


def parts(act: str, words: Vocabulary, norms: Iterable[Norm]) -> dict[str, list[tuple[str, ...]]]:
    """Each dimension of an act cut into classes that the norms cannot tell apart."""
    said = {name: set[frozenset[str]]() for name in dimensions(act, words)}
    for norm in norms:
        if act in norm.acts:
            for name, some in _mentions(norm.policy):
                if name in said:
                    each = (frozenset({value}) for value in dimensions(act, words)[name])
                    said[name].update([some] if some else each)
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, values in dimensions(act, words).items():
        classes: dict[frozenset[frozenset[str]], list[str]] = {}
        for value in values:
            mentioned = frozenset(some for some in said[name] if value in some)
            classes.setdefault(mentioned, []).append(value)
        found[name] = [tuple(alike) for alike in classes.values()]
    return found


def _mentions(policy: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """Every set of values that a rule sets apart in a dimension; an empty set is each of them."""
    for part in (ACTOR, OBJECT):
        if policy[part]["op"] == "==":
            yield part, frozenset({policy[part]["entity"]["id"]})
    for condition in policy["conditions"]:
        yield from _compared(condition["body"])


def _compared(expression: Any) -> Iterator[tuple[str, frozenset[str]]]:
    if not isinstance(expression, dict):
        return
    for operator, body in expression.items():
        if operator == "contains":
            yield from _of(body["right"], body["left"]["Set"])
        elif operator in ("==", "!="):
            yield from _of(body["left"], [body["right"]])
            yield from _of(body["right"], [body["left"]])
        if isinstance(body, dict):
            for part in body.values():
                yield from _compared(part)


def _of(variable: Any, words: Iterable[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    ((operator, body),) = variable.items()
    name = body if operator == "Var" else body["attr"] if operator == "." else None
    if name is None:
        return
    # Compared with another variable, every value is set apart from every other.
    values = [one["Value"] for one in words if "Value" in one]
    yield name, frozenset(v["__entity"]["id"] for v in values if isinstance(v, dict))


def _cell(act: str, chosen: Mapping[str, str]) -> Cell:
    rest = {name: v for name, v in chosen.items() if name not in (ACTOR, OBJECT, PLACE_KIND)}
    return Cell(chosen[ACTOR], act, chosen[OBJECT], chosen[PLACE_KIND], tuple(rest.items()))
