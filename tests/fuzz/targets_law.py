"""What reads strangers' entries and laws, as functions for a fuzzer.

Each takes any bytes and comes back; it raises nothing but what the reader's own docstring names,
and that it catches. What two readers read, they read alike.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import cedarpy

from kerege.archive.found_wrong import Report
from kerege.archive.rejudging import Rejudging
from kerege.constitution import edition, packs, plain, plain_articles, plain_cedar
from kerege.constitution.edition import EditionError
from kerege.constitution.norms import MOST_BRACKETS, MOST_CHARACTERS
from kerege.municipality import entry as entries
from kerege.register import canonical
from tests.archive.making import entries_of, rulebooks

VOCABULARY = packs.load().vocabulary
RULE = """@id("budget.hearing") @requires("hearingHeld")
forbid(principal == Actor::"kenesh", action in [Action::"AdoptBudget"], resource)
when { !(context.hearingHeld) && PlaceKind::"aiyl_aimak" != context.placeKind } // a remark
unless { [Actor::"community"].contains(principal) || resource is Object };
"""
EDITION = f"""---
id: test
kind: constitution
adopted: 2010-06-27
---
# A test

ky: сыноо
ru: проба
en: a test

## Local budget {{#budget}}

topic: S11
article: 110(5)
ky: бюджет
ru: бюджет
en: budget
source: a test
grade: A
force: binding
reading: text

```cedar
{RULE}```

<!-- a comment -->
| actor | act | object | place | facts | answer | norms |
|---|---|---|---|---|---|---|
"""


class _Books:
    """A source with the rulebooks of the registers in ``tests/registers`` and nothing else."""

    live = bare = False

    def read(self, path: str, most: int = 0) -> bytes | None:
        book = rulebooks().get(path.removeprefix("rulebooks/"))
        return None if book is None else packs.text_of(book).encode()

    def lines(self) -> None:
        return None

    def names(self, folder: str) -> None:
        return None


JUDGED = Report()
JUDGING = Rejudging(JUDGED, _Books())


def entry(data: bytes) -> None:
    """An entry of a register, and its ruling asked again."""
    try:
        read = entries.read(canonical.read(data))
    except ValueError:
        return
    assert entries.read(read.json()) == read
    JUDGED.problems.clear()
    JUDGING.take(0, read)
    assert all(problem.says("ky") for problem in JUDGED.problems)


def rules(data: bytes) -> None:
    """Rules in Cedar: what is read plainly, Cedar's own parser reads alike."""
    try:
        text = data.decode()
        found = [policy for _, policy in plain_cedar.policies(text)]
    except (UnicodeDecodeError, plain_cedar.NotRead):
        return
    # Cedar's parser ends the whole process on what is nested too deep.
    if len(text) <= MOST_CHARACTERS and sum(map(text.count, "([{")) <= MOST_BRACKETS:
        tree = json.loads(cedarpy.policies_to_json_str(text))
        assert found == [tree["staticPolicies"][f"policy{n}"] for n in range(len(found))]


def law(data: bytes) -> None:
    """An edition: what is read with Markdown is read without it alike."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    found = None
    with suppress(plain_articles.NotAnEdition):
        found = plain_articles.read(text)
    try:
        one = edition.read(text, "t.md", VOCABULARY)
    except EditionError:
        return
    assert found is not None
    blocks = [
        (a.anchor, b.line, b.text.rstrip("\n")) for a in one.articles.values() for b in a.cedar
    ]
    assert (one.id, blocks) == (
        found[0],
        [(block.anchor, block.line, block.text.rstrip("\n")) for block in found[1]],
    )


def rulebook(data: bytes) -> None:
    """A rulebook as an export carries it."""
    with suppress(ValueError):
        plain.from_text(data.decode())


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "entry": entry,
    "rules": rules,
    "law": law,
    "rulebook": rulebook,
}
SEEDS: Mapping[str, Sequence[bytes]] = {
    "entry": entries_of()[:12],
    "rules": [RULE.encode()],
    "law": [EDITION.encode()],
    "rulebook": [
        json.dumps(
            {"vocabulary": VOCABULARY.text, "editions": [{"file": "t.md", "text": EDITION}]},
            ensure_ascii=False,
        ).encode()
    ],
}
