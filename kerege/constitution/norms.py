"""Norms: the rules of an edition, parsed, held to the closed fragment and to their article.

What one block holds is cut into its rules, so that every error names the line of its rule and the
order of the file is kept: Cedar's own JSON keeps neither. The rules of an edition are parsed and
validated together, which is half the work; one by one where something is wrong.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cedarpy

from kerege.constitution import fragment
from kerege.constitution.article import Article, Block, EditionError, together
from kerege.constitution.edition import Edition
from kerege.constitution.vocabulary import Vocabulary

UNKNOWN = "none"

# Cedar's parser ends the whole process on rules nested some thousand deep, and its reader of JSON
# knows 128 levels (two for each "and"). No rule of ours needs this much.
MOST_CHARACTERS = 4_000
MOST_BRACKETS = 20
MOST_LEVELS = 100

_TOO_MUCH = "the rule is too long or too deep; write several"
_BRACKETS = re.compile(r"[(\[{}\])]")
_PIECES = re.compile(r'"(?:\\.|[^"\\])*"?|//[^\n]*|;|[^";/]+|/')


@dataclass(frozen=True, slots=True)
class Norm:
    """One rule: its id (``kg-2010/budget.hearing``), its article and what it asks for."""

    id: str
    edition: Edition
    article: Article
    effect: str
    acts: tuple[str, ...]
    requires: str | None
    silent: bool
    reading: str
    # The line of the file its rule begins on.
    line: int
    # As the lawyer wrote it, and parsed: Cedar's JSON policy format.
    cedar: str
    policy: Mapping[str, Any]

    @property
    def anchor(self) -> str:
        return self.article.anchor

    @property
    def grade(self) -> str:
        """How well the text behind it is known; behind a silent norm there is no known text."""
        return UNKNOWN if self.silent else self.article.grade


def norms(edition: Edition, vocabulary: Vocabulary, schema: cedarpy.Schema) -> Iterator[Norm]:
    """The norms of an edition in the order of its text; at their end raises EditionError with all
    that were wrong."""
    seen: set[str] = set()
    faults: list[EditionError] = []
    found = [
        (article, line, text)
        for article in edition.articles.values()
        for block in article.cedar
        for line, text in _rules(block)
    ]
    texts = [text for _, _, text in found]
    parsed = _parsed_together(texts)
    valid = parsed is not None and bool(cedarpy.validate_policies("\n".join(texts), schema))
    for n, (article, line, text) in enumerate(found):

        def fail(reason: str, line: int = line, of: str = article.heading) -> EditionError:
            return EditionError(edition.file, of, line, reason)

        try:
            policy = _checked(parsed[n]) if parsed is not None else _parsed(text)
            norm = _norm(edition, article, text, line, policy, vocabulary)
            if not valid:
                _validate(text, schema)
        except fragment.OutsideFragment as error:
            faults.append(fail(str(error)))
            continue
        if norm.id in seen:
            faults.append(fail(f"the rule {norm.id.partition('/')[2]!r} stands twice"))
            continue
        seen.add(norm.id)
        yield norm
    if faults:
        raise together(faults)


def _rules(block: Block) -> Iterator[tuple[int, str]]:
    """The rules of a block, each with the line it begins on."""
    line, rule = block.line, ""
    for piece in _PIECES.findall(block.text):
        if not rule:
            # Blank lines and remarks before a rule are not its first line.
            remark = piece.startswith("//")
            lead = piece if remark else piece[: len(piece) - len(piece.lstrip())]
            line += lead.count("\n")
            piece = piece[len(lead) :]
        rule += piece
        if piece == ";":
            yield line, rule
            line, rule = line + rule.count("\n"), ""
    if rule:
        yield line, rule


def _norm(
    edition: Edition,
    article: Article,
    text: str,
    line: int,
    policy: dict[str, Any],
    vocabulary: Vocabulary,
) -> Norm:
    fragment.check(policy, vocabulary)
    notes = policy.get("annotations", {})
    name = notes.get("id", article.anchor)
    if name != article.anchor and not name.startswith(f"{article.anchor}."):
        reason = f"@id is {name!r}; it begins with the anchor of its article, {article.anchor!r}"
        raise fragment.OutsideFragment(reason)
    if article.grade == UNKNOWN and "silent" not in notes:
        reason = "the text is not known (grade: none), so a rule here can only be a @silent permit"
        raise fragment.OutsideFragment(reason)
    return Norm(
        id=f"{edition.id}/{name}",
        edition=edition,
        article=article,
        effect=policy["effect"],
        acts=fragment.acts_of(policy),
        requires=notes.get("requires"),
        silent="silent" in notes,
        # That silence lets an act pass is nobody's text.
        reading=notes.get("reading", "ours" if "silent" in notes else article.reading),
        line=line,
        cedar=text,
        policy=policy,
    )


def _parsed_together(texts: list[str]) -> list[dict[str, Any]] | None:
    """The policies of several rules; None where one of them is no policy by itself."""
    if any(map(_too_much, texts)):
        return None
    try:
        tree = json.loads(cedarpy.policies_to_json_str("\n".join(texts)))
    except (ValueError, RecursionError):
        return None
    policies = tree["staticPolicies"]
    named = [f"policy{n}" for n in range(len(texts))]
    if tree["templates"] or set(policies) != set(named):
        return None
    return [policies[name] for name in named]


def _parsed(text: str) -> dict[str, Any]:
    if _too_much(text):
        raise fragment.OutsideFragment(_TOO_MUCH)
    try:
        tree = json.loads(cedarpy.policies_to_json_str(text))
    except ValueError as error:
        raise fragment.OutsideFragment(f"the rule cannot be read: {error}") from error
    except RecursionError as error:
        raise fragment.OutsideFragment(_TOO_MUCH) from error
    if tree["templates"]:
        reason = "a rule with ?principal or ?resource left open decides nothing"
        raise fragment.OutsideFragment(reason)
    (policy,) = tree["staticPolicies"].values()
    return _checked(policy)


def _checked(policy: dict[str, Any]) -> dict[str, Any]:
    if _levels(policy) > MOST_LEVELS:
        raise fragment.OutsideFragment(_TOO_MUCH)
    return policy


def _too_much(text: str) -> bool:
    depth = deepest = 0
    # What stands in strings and remarks opens and closes nothing.
    bare = "".join(p for p in _PIECES.findall(text) if not p.startswith(('"', "//")))
    for sign in _BRACKETS.findall(bare):
        depth += 1 if sign in "([{" else -1
        deepest = max(deepest, depth)
    return len(text) > MOST_CHARACTERS or deepest > MOST_BRACKETS


def _levels(tree: Any) -> int:
    levels, layer = 0, [tree]
    while layer:
        levels += 1
        layer = [
            part
            for one in layer
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
    return levels


def _validate(text: str, schema: cedarpy.Schema) -> None:
    """Cedar's own validation, in case it knows what the fragment does not."""
    checked = cedarpy.validate_policies(text, schema)
    if not checked.validation_passed:
        said = "; ".join(str(error.error) for error in checked.errors)
        said = re.sub(r"for policy `policy\d+`[:,] *", "", said)
        raise fragment.OutsideFragment(f"the rule does not fit the vocabulary: {said}")
