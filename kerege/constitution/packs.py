"""The packs of law that come with this release, and the rulebooks made of them.

A pack is a constitution or a statute in ``editions/<country>/``. Rulebooks are made once for each
combination of packs and kept.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from kerege.constitution import edition, vocabulary
from kerege.constitution.edition import Edition, EditionError
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import Vocabulary

COUNTRY = "kg"


class UnknownPack(LookupError):
    """No constitution or statute of that id is known."""


class Packs:
    """All packs of one country by id."""

    def __init__(self, words: Vocabulary, editions: Mapping[str, Edition]) -> None:
        self.vocabulary = words
        self.editions = dict(editions)
        self._books: dict[tuple[str, ...], Rulebook] = {}

    def edition(self, id_: str) -> Edition:
        try:
            return self.editions[id_]
        except KeyError:
            raise UnknownPack(id_) from None

    def rulebook(self, ids: Sequence[str]) -> Rulebook:
        """The rulebook composed of packs in this order; raises UnknownPack."""
        key = tuple(ids)
        if key not in self._books:
            self._books[key] = Rulebook(self.vocabulary, [self.edition(id_) for id_ in key])
        return self._books[key]

    def constitutions(self) -> list[Edition]:
        """Constitutions, the oldest first."""
        found = [e for e in self.editions.values() if e.kind == edition.CONSTITUTION]
        return sorted(found, key=lambda e: e.adopted)

    def statutes_under(self, constitution: str) -> list[Edition]:
        found = [e for e in self.editions.values() if e.under == constitution]
        return sorted(found, key=lambda e: e.adopted)

    def pinned(self, constitution: str) -> tuple[str, ...]:
        """The packs an exercise pinned to a constitution lives under: it and its statutes."""
        self.edition(constitution)
        return (constitution, *(e.id for e in self.statutes_under(constitution)))


def text_of(book: Rulebook) -> str:
    """A rulebook as text, to be kept by its digest; ``from_text`` reads it back."""
    return json.dumps(
        {
            "vocabulary": book.vocabulary.text,
            "editions": [{"file": e.file, "text": e.text} for e in book.editions],
        },
        ensure_ascii=False,
    )


def from_text(text: str) -> Rulebook:
    """The rulebook kept as text; raises ValueError (an EditionError, most often)."""
    try:
        data: dict[str, Any] = json.loads(text)
        words = vocabulary.read(data["vocabulary"])
        kept = [(str(e["text"]), str(e["file"])) for e in data["editions"]]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no rulebook kept as text: {error!r}") from error
    return Rulebook(words, [edition.read(text, file, words) for text, file in kept])


@cache
def load(country: str = COUNTRY) -> Packs:
    """The packs of a country as this release ships them."""
    return load_from(resources.files("kerege") / "editions" / country)


def load_from(room: Traversable) -> Packs:
    """The packs in a directory: ``vocabulary.toml``, ``constitution-*.md`` and ``laws/*.md``.

    Raises EditionError or VocabularyError."""
    text = edition.decode((room / "vocabulary.toml").read_bytes(), "vocabulary.toml")
    words = vocabulary.read(text)
    files = [f for f in room.iterdir() if f.name.startswith("constitution-")]
    if (room / "laws").is_dir():
        files += (room / "laws").iterdir()
    files = [f for f in files if f.name.endswith(".md")]
    editions: dict[str, Edition] = {}
    for file in sorted(files, key=lambda f: f.name):
        one = edition.read(edition.decode(file.read_bytes(), file.name), file.name, words)
        if one.id in editions:
            reason = f"the id {one.id} stands in {editions[one.id].file} too"
            raise EditionError(file.name, "", 1, reason)
        editions[one.id] = one
    for one in editions.values():
        known = editions.get(one.under)
        if one.under and (known is None or known.kind != edition.CONSTITUTION):
            reason = f"it stands under {one.under}, which is no constitution known here"
            raise EditionError(one.file, "", 1, reason)
    return Packs(words, editions)
