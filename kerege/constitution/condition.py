"""Conditions over yes-or-no facts in their smallest form, and what is left of a rule in a cell.

A condition is a set of cases, each a set of ``(fact, yes)``; it holds where every fact of one case
is so. It is kept as all its prime implicants (W. V. Quine, "The Problem of Simplifying Truth
Functions", 1952), so two conditions are the same function exactly when they are equal sets. A rule
of the closed fragment with actor, object, place and enums chosen is such a condition.

Some short conditions, such as that an odd number of facts is so, have more prime implicants than
anyone could follow; ``Tangled`` ends the work on them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kerege.constitution.vocabulary import PLACE_KIND

Case = frozenset[tuple[str, bool]]
Condition = frozenset[Case]

NEVER: Condition = frozenset()
ALWAYS: Condition = frozenset({frozenset()})
# What shipped laws take is below a hundred.
MOST_STEPS = 200_000


class Tangled(ValueError):
    """A condition that falls into so many cases that its smallest form is not looked for."""

    def __init__(self) -> None:
        super().__init__("it falls into more cases than can be told apart")


def when(fact: str, yes: bool = True) -> Condition:
    """The condition that a fact is so."""
    return frozenset({frozenset({(fact, yes)})})


def any_of(conditions: Iterable[Condition]) -> Condition:
    return _prime(case for condition in conditions for case in condition)


def all_of(conditions: Iterable[Condition]) -> Condition:
    found = ALWAYS
    for condition in conditions:
        found = _prime(a | b for a in found for b in condition)
    return found


def opposite(condition: Condition) -> Condition:
    return all_of(
        frozenset(frozenset({(fact, not yes)}) for fact, yes in case) for case in condition
    )


def holds(condition: Condition, facts: Mapping[str, Any]) -> bool:
    return any(all(facts[fact] is yes for fact, yes in case) for case in condition)


def within(condition: Condition, other: Condition) -> bool:
    """Whether wherever ``condition`` holds ``other`` does."""
    return all_of((condition, opposite(other))) == NEVER


def facts_in(condition: Condition) -> frozenset[str]:
    return frozenset(fact for case in condition for fact, _ in case)


def _prime(cases: Iterable[Case]) -> Condition:
    """All prime implicants, by consensus and absorption; raises Tangled."""
    kept: set[Case] = set()
    ahead, steps = [], 0
    for steps, case in enumerate(cases):
        if steps > MOST_STEPS:
            raise Tangled
        if not _contradicts(case):
            ahead.append(case)
    while ahead:
        case = ahead.pop()
        steps += 1 + len(kept)
        if steps > MOST_STEPS:
            raise Tangled
        if any(known <= case for known in kept):
            continue
        kept = {known for known in kept if not case <= known}
        for known in kept:
            met = _consensus(case, known)
            if met is not None:
                ahead.append(met)
        kept.add(case)
    return frozenset(kept)


def _contradicts(case: Case) -> bool:
    return any((fact, not yes) in case for fact, yes in case)


def _consensus(a: Case, b: Case) -> Case | None:
    """What holds whichever way the one fact is on which two cases differ."""
    clash = [(fact, yes) for fact, yes in a if (fact, not yes) in b]
    if len(clash) != 1:
        return None
    ((fact, yes),) = clash
    return (a - {(fact, yes)}) | (b - {(fact, not yes)})


@dataclass(frozen=True, slots=True)
class Cell:
    """A question with everything chosen but the yes-or-no facts; ``values`` are those of enums."""

    actor: str
    act: str
    object: str
    place: str
    values: tuple[tuple[str, str], ...] = ()

    def of(self, dimension: str) -> str:
        """The value in a dimension: principal, resource, placeKind or a fact of an enum."""
        if dimension == "principal":
            return self.actor
        if dimension == "resource":
            return self.object
        return self.place if dimension == PLACE_KIND else dict(self.values)[dimension]


def condition_in(policy: Mapping[str, Any], cell: Cell) -> Condition:
    """When a rule (Cedar's JSON policy, held to the closed fragment) speaks in a cell."""
    if not _acts(policy, cell.act):
        return NEVER
    for part, value in (("principal", cell.actor), ("resource", cell.object)):
        if policy[part]["op"] == "==" and policy[part]["entity"]["id"] != value:
            return NEVER
    parts = []
    for condition in policy["conditions"]:
        body = _left(condition["body"], cell)
        parts.append(body if condition["kind"] == "when" else opposite(body))
    return all_of(parts)


def _acts(policy: Mapping[str, Any], act: str) -> bool:
    action = policy["action"]
    entities = action.get("entities") or [action["entity"]]
    return any(entity["id"] == act for entity in entities)


def _left(expression: Mapping[str, Any], cell: Cell) -> Condition:
    """What is left of a yes-or-no expression once the cell is chosen."""
    ((operator, body),) = expression.items()
    if operator == "&&":
        return all_of((_left(body["left"], cell), _left(body["right"], cell)))
    if operator == "||":
        return any_of((_left(body["left"], cell), _left(body["right"], cell)))
    if operator == "!":
        return opposite(_left(body["arg"], cell))
    if operator in ("==", "!="):
        same = _same(body["left"], body["right"], cell)
        return same if operator == "==" else opposite(same)
    if operator == "contains":
        return any_of(_same(one, body["right"], cell) for one in body["left"]["Set"])
    if operator == "is":
        # The fragment lets only those pass that are always true.
        return ALWAYS
    if operator == ".":
        return when(body["attr"])
    assert operator == "Value" and isinstance(body, bool), expression
    return ALWAYS if body else NEVER


def _same(one: Mapping[str, Any], other: Mapping[str, Any], cell: Cell) -> Condition:
    words = _word(one, cell), _word(other, cell)
    if None not in words:
        return ALWAYS if words[0] == words[1] else NEVER
    # Two yes-or-no expressions are the same where both hold or neither does.
    a, b = _left(one, cell), _left(other, cell)
    return any_of((all_of((a, b)), all_of((opposite(a), opposite(b)))))


def _word(expression: Mapping[str, Any], cell: Cell) -> str | None:
    """The word an expression stands for in a cell; None when it is a yes or no."""
    ((operator, body),) = expression.items()
    if operator == "Value" and isinstance(body, dict):
        return str(body["__entity"]["id"])
    if operator == "Var":
        return cell.act if body == "action" else cell.of(body)
    if operator == "." and (body["attr"] == PLACE_KIND or body["attr"] in dict(cell.values)):
        return cell.of(body["attr"])
    return None


def given(condition: Condition, facts: Mapping[str, bool]) -> Condition:
    """What is left of a condition once some facts are known."""
    return _prime(
        frozenset((fact, yes) for fact, yes in case if fact not in facts)
        for case in condition
        if all(facts.get(fact, yes) is yes for fact, yes in case)
    )


def worlds(condition: Condition, facts: int) -> int:
    """In how many ways some number of facts, those it speaks of among them, can make it hold."""
    if not condition:
        return 0
    if frozenset() in condition:
        return 1 << facts
    fact = min(facts_in(condition))
    return sum(worlds(given(condition, {fact: yes}), facts - 1) for yes in (True, False))
