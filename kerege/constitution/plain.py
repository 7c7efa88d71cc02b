"""A kept rulebook read and asked without Cedar and without Markdown: the standard library only.

The second opinion on every ruling, for whoever checks a register: ``kerege verify`` asks it beside
the engine, and the verifier in one file has nothing else. It reads what ``packs.text_of`` writes::

    {"vocabulary": "…", "editions": [{"file": "constitution-2010.md", "text": "…"}, …]}

and rules as ``rulebook.Rulebook.rule`` does. It reads no more of the law than judging needs: rules
and their anchors, not words, sources or numbers.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kerege.constitution import fragment, plain_articles, plain_cedar, vocabulary
from kerege.constitution.question import (
    FORBIDDEN,
    NOT_EMPOWERED,
    NOT_STATED,
    PERMITTED,
    UNREGULATED,
    Question,
    Ruling,
)
from kerege.constitution.schema import entity_type
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary

Policy = Mapping[str, Any]
# What an expression is worth: yes or no, or a word with its kind (``("Source", "local")``).
Worth = bool | tuple[str, str]


class NotARulebook(ValueError):
    """A text that is no rulebook; the message names the file and the line."""


class NotAsked(ValueError):
    """A question that this rulebook's vocabulary does not know."""


class PlainRulebook:
    """Answers questions under one set of editions: ``policies`` by id of norm."""

    def __init__(self, words: Vocabulary, editions: Iterable[tuple[str, str]]) -> None:
        """``editions`` are pairs of file and text; raises NotARulebook."""
        texts = list(editions)
        self.vocabulary = words
        self.digest = digest([words.text, *(text for _, text in texts)])
        self.policies: dict[str, Policy] = {}
        for file, text in texts:
            try:
                self._take(text)
            except (ValueError, RecursionError) as error:
                raise NotARulebook(f"{file}: {error}") from error
        self._permitting: dict[str, tuple[str, ...]] = {
            act: _ids(n for n, p in self._on(act) if p["effect"] == "permit") for act in words.acts
        }

    def rule(self, asked: Question) -> Ruling:
        """What the law says to ``asked``; raises NotAsked."""
        self._check(asked)
        decided = {n: p for n, p in self._on(asked.act) if self._applies(p, asked)}
        forbids = [n for n, policy in decided.items() if policy["effect"] == "forbid"]
        if forbids:
            missing = {_note(decided[n], "requires") for n in forbids} - {None}
            return Ruling(FORBIDDEN, _ids(forbids), tuple(sorted(map(str, missing))))
        spoken = [n for n, p in decided.items() if "silent" not in p.get("annotations", {})]
        if decided:
            return Ruling(PERMITTED, _ids(spoken)) if spoken else Ruling(NOT_STATED, _ids(decided))
        speaking = self._permitting[asked.act]
        return Ruling(NOT_EMPOWERED if speaking else UNREGULATED, speaking)

    # -- reading --------------------------------------------------------------------------

    def _take(self, text: str) -> None:
        edition, blocks = plain_articles.read(text)
        for block in blocks:
            try:
                policies = list(plain_cedar.policies(block.text))
            except plain_cedar.NotRead as error:
                raise ValueError(f"line {block.line + error.line - 1}: {error.reason}") from error
            for line, policy in policies:
                where = f"line {block.line + line - 1}"
                try:
                    fragment.check(policy, self.vocabulary)
                except fragment.OutsideFragment as error:
                    raise ValueError(f"{where}: {error}") from error
                name = _note(policy, "id") or block.anchor
                if name != block.anchor and not name.startswith(f"{block.anchor}."):
                    raise ValueError(f"{where}: @id does not begin with the anchor")
                if f"{edition}/{name}" in self.policies:
                    raise ValueError(f"{where}: the rule {name!r} stands twice")
                self.policies[f"{edition}/{name}"] = policy

    def _on(self, act: str) -> list[tuple[str, Policy]]:
        return [
            (n, policy) for n, policy in self.policies.items() if act in fragment.acts_of(policy)
        ]

    def _check(self, asked: Question) -> None:
        """Nothing is taken on trust: a question comes out of somebody's register."""
        words = self.vocabulary
        act = words.acts.get(asked.act) if isinstance(asked.act, str) else None
        if act is None or not act.judged:
            raise NotAsked(f"no act {asked.act!r} is put to the law")
        for what, said, known in (
            ("actor", asked.actor, words.actors),
            ("object", asked.object, act.objects),
            ("place", asked.place, words.places),
        ):
            if not isinstance(said, str) or said not in known:
                raise NotAsked(f"{act.name} knows no {what} {said!r}")
        if not isinstance(asked.facts, Mapping) or set(asked.facts) != set(act.facts):
            raise NotAsked(f"{act.name} is asked with its own facts, all of them")
        for fact, value in asked.facts.items():
            members = words.values(fact)
            if value not in members if members else not isinstance(value, bool):
                raise NotAsked(f"{fact} cannot be {value!r}")

    # -- deciding -------------------------------------------------------------------------

    def _applies(self, policy: Policy, asked: Question) -> bool:
        for part, said in (("principal", asked.actor), ("resource", asked.object)):
            if policy[part]["op"] == "==" and policy[part]["entity"]["id"] != said:
                return False
        return all(
            self._worth(condition["body"], asked) is (condition["kind"] == "when")
            for condition in policy["conditions"]
        )

    def _worth(self, expression: Policy, asked: Question) -> Worth:
        ((operator, body),) = expression.items()

        def of(part: str) -> Worth:
            return self._worth(body[part], asked)

        match operator:
            case "&&":
                return of("left") is True and of("right")
            case "||":
                return of("left") is True or of("right")
            case "!":
                return of("arg") is False
            case "==":
                return of("left") == of("right")
            case "!=":
                return of("left") != of("right")
            case "contains":
                return of("right") in [self._worth(one, asked) for one in body["left"]["Set"]]
            case "is":
                return _kind(of("left")) == str(body["entity_type"])
            case "Var":
                return {
                    "principal": ("Actor", asked.actor),
                    "resource": ("Object", asked.object),
                    "action": ("Action", asked.act),
                }[body]
            case ".":
                return self._fact(body["attr"], asked)
        # What is left is a value written out.
        if isinstance(body, bool):
            return body
        word = body["__entity"]
        return str(word["type"]), str(word["id"])

    def _fact(self, name: str, asked: Question) -> Worth:
        value = asked.place if name == PLACE_KIND else asked.facts[name]
        kind = entity_type(name, self.vocabulary)
        return (kind, str(value)) if kind else value is True


def from_text(text: str) -> PlainRulebook:
    """The rulebook kept as text; raises NotARulebook, or ValueError of its vocabulary."""
    try:
        data: dict[str, Any] = json.loads(text)
        # What else stood in it would be read by nobody, and is under no digest.
        if data.keys() - {"vocabulary", "editions"}:
            raise NotARulebook("this is no rulebook kept as text: it has other parts")
        if any(one.keys() - {"file", "text"} for one in data["editions"]):
            raise NotARulebook("this is no rulebook kept as text: an edition has other parts")
        words = vocabulary.read(data["vocabulary"])
        kept = [(str(one["file"]), str(one["text"])) for one in data["editions"]]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotARulebook(f"this is no rulebook kept as text: {error!r}") from error
    return PlainRulebook(words, kept)


def digest(texts: Iterable[str]) -> str:
    """SHA-256 (hex) over the vocabulary and the editions, each with its length in front."""
    hasher = hashlib.sha256(b"kerege-rulebook/v1\n")
    for text in texts:
        data = text.encode()
        hasher.update(f"{len(data)}\n".encode())
        hasher.update(data)
    return hasher.hexdigest()


def _kind(worth: Worth) -> str:
    return worth[0] if isinstance(worth, tuple) else ""


def _note(policy: Policy, name: str) -> str | None:
    found: str | None = policy.get("annotations", {}).get(name)
    return found


def _ids(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found))
