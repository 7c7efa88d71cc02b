"""Rules parsed without Cedar, with the standard library only.

The parser knows the closed fragment (``fragment.py``) and no more of Cedar, and gives what Cedar's
own parser gives: its JSON policy format
(https://docs.cedarpolicy.com/policies/json-format.html). Grammar:
https://docs.cedarpolicy.com/policies/syntax-grammar.html. Lengths and depths are held to the limits
of ``norms.py``. Every refusal is a ``NotRead``, which names the line.
"""

from collections.abc import Callable, Iterator
from typing import Any

from kerege.constitution.plain_tokens import NotRead, Tokens

__all__ = ["NotRead", "policies"]

MOST_CHARACTERS = 4_000
MOST_LEVELS = 100
MOST_NOTS = 4

Policy = dict[str, Any]

_VARIABLES = ("principal", "action", "resource", "context")


def policies(text: str) -> Iterator[tuple[int, Policy]]:
    """The policies of a text, each with the line it begins on; raises NotRead."""
    parser = _Parser(Tokens(text))
    while parser.tokens.more():
        yield parser.tokens.line(), parser.policy()


class _Parser:
    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def policy(self) -> Policy:
        start = self.tokens.at
        notes = self._annotations()
        if not self.tokens.seen("permit", "forbid"):
            raise self.tokens.fail("a rule is a permit or a forbid")
        effect = self.tokens.next("name")
        self.tokens.need("(")
        principal = self._scope("principal")
        self.tokens.need(",")
        action = self._scope_of_acts()
        self.tokens.need(",")
        resource = self._scope("resource")
        self.tokens.take(",")
        self.tokens.need(")")
        policy: Policy = {
            "effect": effect,
            "principal": principal,
            "action": action,
            "resource": resource,
            "conditions": list(self._conditions()),
        }
        if notes:
            policy["annotations"] = notes
        end = self.tokens.at
        self.tokens.need(";")
        if end + 1 - start > MOST_CHARACTERS or _levels(policy) > MOST_LEVELS:
            raise NotRead(self.tokens.line_of(start), "the rule is too long or too deep")
        return policy

    def _annotations(self) -> dict[str, str | None]:
        notes: dict[str, str | None] = {}
        while self.tokens.take("@"):
            name = self.tokens.next("name")
            if name in notes:
                raise self.tokens.fail(f"@{name} stands twice")
            notes[name] = None
            if self.tokens.take("("):
                notes[name] = self.tokens.said()
                self.tokens.need(")")
        return notes

    def _scope(self, part: str) -> dict[str, Any]:
        self.tokens.need(part)
        if self.tokens.take("=="):
            return {"op": "==", "entity": self._scoped()}
        return {"op": "All"}

    def _scope_of_acts(self) -> dict[str, Any]:
        self.tokens.need("action")
        if self.tokens.take("=="):
            return {"op": "==", "entity": self._act()}
        if not self.tokens.take("in"):
            return {"op": "All"}
        entities = self._listed()
        # Cedar's parser writes a list of one act as the act.
        alone = len(entities) == 1
        return {"op": "in", **({"entity": entities[0]} if alone else {"entities": entities})}

    def _listed(self) -> list[dict[str, str]]:
        if self.tokens.take("("):
            entities = self._listed()
            self.tokens.need(")")
            return entities
        if not self.tokens.take("["):
            return [self._act()]
        entities = []
        while not self.tokens.take("]"):
            entities.append(self._act())
            if not self.tokens.seen("]"):
                self.tokens.need(",")
        return entities

    def _act(self) -> dict[str, str]:
        entity = self._scoped()
        if entity["type"].split("::")[-1] != "Action":
            raise self.tokens.fail(f"an act is an Action, not {entity['type']}")
        return entity

    def _scoped(self) -> dict[str, str]:
        if self.tokens.take("("):
            entity = self._scoped()
            self.tokens.need(")")
            return entity
        return self._entity(self._path())

    def _conditions(self) -> Iterator[dict[str, Any]]:
        while self.tokens.seen("when", "unless"):
            kind = self.tokens.next("name")
            self.tokens.need("{")
            yield {"kind": kind, "body": self._or()}
            self.tokens.need("}")

    # -- expressions, what binds loosest first -----------------------------------------------

    def _or(self) -> Policy:
        return self._joined("||", lambda: self._joined("&&", self._relation))

    def _joined(self, sign: str, part: Callable[[], Policy]) -> Policy:
        left = part()
        while self.tokens.take(sign):
            left = {sign: {"left": left, "right": part()}}
        return left

    def _relation(self) -> Policy:
        left = self._not()
        for sign in ("==", "!="):
            if self.tokens.take(sign):
                compared = {sign: {"left": left, "right": self._not()}}
                if self.tokens.seen("==", "!=", "is", "in"):
                    raise self.tokens.fail(
                        "what is compared with more than one thing needs brackets"
                    )
                return compared
        if self.tokens.take("is"):
            return {"is": {"left": left, "entity_type": self._path()}}
        return left

    def _not(self) -> Policy:
        many = 0
        while self.tokens.take("!"):
            many += 1
        if many > MOST_NOTS:
            raise self.tokens.fail(f"more than {MOST_NOTS} signs ! one after another")
        found = self._member()
        for _ in range(many):
            found = {"!": {"arg": found}}
        return found

    def _member(self) -> Policy:
        found = self._primary()
        while self.tokens.seen(".", "["):
            if self.tokens.take("["):
                found = {".": {"left": found, "attr": self.tokens.said()}}
                self.tokens.need("]")
                continue
            self.tokens.need(".")
            name = self.tokens.name()
            if not self.tokens.take("("):
                found = {".": {"left": found, "attr": name}}
                continue
            if name != "contains":
                raise self.tokens.fail(f"the closed fragment of rules has no {name!r}")
            found = {"contains": {"left": found, "right": self._or()}}
            self.tokens.take(",")
            self.tokens.need(")")
        return found

    def _primary(self) -> Policy:
        if self.tokens.take("("):
            found = self._or()
            self.tokens.need(")")
            return found
        if self.tokens.take("["):
            elements = []
            while not self.tokens.take("]"):
                elements.append(self._or())
                if not self.tokens.seen("]"):
                    self.tokens.need(",")
            return {"Set": elements}
        for word, value in (("true", True), ("false", False)):
            if self.tokens.take(word):
                return {"Value": value}
        path = self._path()
        if self.tokens.seen("::"):
            return {"Value": {"__entity": self._entity(path)}}
        if path not in _VARIABLES:
            raise self.tokens.fail(f"the closed fragment of rules has no {path!r}")
        return {"Var": path}

    def _path(self) -> str:
        names = [self.tokens.name()]
        while self.tokens.before_name("::"):
            self.tokens.need("::")
            names.append(self.tokens.name())
        return "::".join(names)

    def _entity(self, path: str) -> dict[str, str]:
        self.tokens.need("::")
        return {"type": path, "id": self.tokens.said()}


def _levels(tree: Any) -> int:
    levels, layer = 0, [tree]
    while layer:
        levels += 1
        inner = [one.values() if isinstance(one, dict) else one for one in layer]
        layer = [part for one in inner if not isinstance(one, str | bool | None) for part in one]
    return levels
