"""Small changes of a rule, each of which changes what the law says: drop, widen, negate.

Works on Cedar's JSON policy format. A mutant of None is the rule struck out.
"""

import copy
from collections.abc import Iterator
from typing import Any

Policy = dict[str, Any]


def mutants(policy: Policy) -> Iterator[tuple[str, Policy | None]]:
    """Every mutant of one policy with a name that stays the same from run to run."""
    yield "struck out", None
    yield "effect turned", _changed(policy, effect=_TURNED[policy["effect"]])
    yield from _notes(policy)
    yield from _scope(policy)
    for number, condition in enumerate(policy["conditions"], start=1):
        name = f"{condition['kind']} {number}"
        others = [one for one in policy["conditions"] if one is not condition]
        yield f"{name}: struck out", _changed(policy, conditions=others)
        for what, body in _expressions(condition["body"]):
            conditions = [
                {**one, "body": body} if one is condition else one for one in policy["conditions"]
            ]
            yield f"{name}: {what}", _changed(policy, conditions=conditions)


_TURNED = {"permit": "forbid", "forbid": "permit"}


def _changed(policy: Policy, **parts: Any) -> Policy:
    return copy.deepcopy({**policy, **parts})


def _notes(policy: Policy) -> Iterator[tuple[str, Policy]]:
    notes = policy.get("annotations", {})
    if policy["effect"] == "permit":
        if "silent" in notes:
            spoken = {name: value for name, value in notes.items() if name != "silent"}
            yield "no longer silent", _changed(policy, annotations=spoken)
        else:
            yield "made silent", _changed(policy, annotations={**notes, "silent": None})
    if "requires" in notes:
        rest = {name: value for name, value in notes.items() if name != "requires"}
        yield "no longer says what it requires", _changed(policy, annotations=rest)


def _scope(policy: Policy) -> Iterator[tuple[str, Policy]]:
    for part in ("principal", "resource"):
        if policy[part]["op"] == "==":
            yield f"any {part}", _changed(policy, **{part: {"op": "All"}})
    acts = policy["action"].get("entities", [])
    for act in acts if len(acts) > 1 else []:
        rest = [one for one in acts if one is not act]
        action = {"op": "in", "entities": rest}
        yield f"not about {act['id']}", _changed(policy, action=action)


def _expressions(expression: Any) -> Iterator[tuple[str, Any]]:
    """Every expression one step away."""
    ((operator, body),) = expression.items()
    yield f"{_said(expression)} negated", {"!": {"arg": expression}}
    if operator in ("&&", "||"):
        other = "||" if operator == "&&" else "&&"
        yield f"{operator} made {other}", {other: body}
        for part, kept in (("left", "right"), ("right", "left")):
            yield f"without {_said(body[part])}", body[kept]
            for what, changed in _expressions(body[part]):
                yield what, {operator: {**body, part: changed}}
    elif operator == "!":
        for what, changed in _expressions(body["arg"]):
            yield what, {"!": {"arg": changed}}
    elif operator == "contains":
        elements = body["left"]["Set"]
        for element in elements if len(elements) > 1 else []:
            rest = [one for one in elements if one is not element]
            yield f"list without {_said(element)}", {"contains": {**body, "left": {"Set": rest}}}


def _said(expression: Any) -> str:
    ((operator, body),) = expression.items()
    if operator == "Value":
        return str(body["__entity"]["id"]) if isinstance(body, dict) else str(body)
    if operator == "Var":
        return str(body)
    if operator == ".":
        return str(body["attr"])
    if operator == "!":
        return f"!{_said(body['arg'])}"
    if operator == "contains":
        return f"[{' '.join(_said(one) for one in body['left']['Set'])}]"
    return f"({_said(body['left'])} {operator} {_said(body['right'])})"
