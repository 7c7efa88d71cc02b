"""The packs of law that come with this release, and the rulebooks made of them.

A pack is a constitution, a statute or a model in ``editions/<country>/``. Rulebooks are made once
for each combination of packs and kept.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from kerege.constitution import contradiction, edition, vocabulary
from kerege.constitution.article import together
from kerege.constitution.edition import Edition, EditionError
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import Vocabulary

COUNTRY = "kg"
# The folder of a data directory that holds the statutes and models added to an installation.
ADDED = "law"
ROOM = resources.files("kerege") / "editions"


class UnknownPack(LookupError):
    """No constitution, statute or model of that id is known."""


class Packs:
    """All packs of one country by id."""

    def __init__(self, words: Vocabulary, editions: Mapping[str, Edition]) -> None:
        """Raises EditionError when one stands under, amends or repeals what is not known."""
        self.vocabulary = words
        self.editions = dict(editions)
        # Statutes and models that came in beside the release (``checking.py``).
        self.added: set[str] = set()
        for one in self.editions.values():
            self._stands(one)
        self._books: dict[tuple[str, ...], Rulebook] = {}

    def edition(self, id_: str) -> Edition:
        try:
            return self.editions[id_]
        except KeyError:
            raise UnknownPack(id_) from None

    def rulebook(self, ids: Sequence[str]) -> Rulebook:
        """The rulebook composed of packs in this order; raises UnknownPack, or EditionError when
        they do not go together."""
        key = tuple(ids)
        if key not in self._books:
            book = Rulebook(self.vocabulary, [self.edition(id_) for id_ in key])
            contradiction.check(book)
            self._books[key] = book
        return self._books[key]

    def add(self, one: Edition) -> None:
        """Take in a statute or a model beside the release; raises EditionError."""
        if one.kind == edition.CONSTITUTION:
            reason = "a constitution comes with a release; a statute or a model can be added"
            raise EditionError(one.file, "", 1, reason)
        if one.id in self.editions:
            raise _twice(one, self.editions[one.id])
        self._stands(one)
        self.editions[one.id] = one
        self.added.add(one.id)

    def copy(self) -> "Packs":
        """The same packs, to which others can be added."""
        copy = Packs(self.vocabulary, self.editions)
        copy.added |= self.added
        return copy

    def _stands(self, one: Edition) -> None:
        """Whether what it stands under, amends and repeals is known."""
        for id_ in one.under:
            if id_ not in self.editions or self.editions[id_].kind != edition.CONSTITUTION:
                reason = f"it stands under {id_}, which is no constitution known here"
                raise EditionError(one.file, "", 1, reason)
        for does, other in (("amends", one.amends), ("repeals", one.repeals)):
            if other and (other not in self.editions or not self.editions[other].under):
                reason = f"it {does} {other}, which is no statute known here"
                raise EditionError(one.file, "", 1, reason)

    def constitutions(self) -> list[Edition]:
        """Constitutions, the oldest first."""
        found = [e for e in self.editions.values() if e.kind == edition.CONSTITUTION]
        return sorted(found, key=lambda e: e.adopted)

    def statutes_under(self, constitution: str) -> list[Edition]:
        """Statutes under a constitution, the oldest first."""
        return self._under(constitution, edition.STATUTE)

    def models_under(self, constitution: str) -> list[Edition]:
        """Models that a kenesh can adopt under a constitution, the oldest first."""
        return self._under(constitution, edition.MODEL)

    def _under(self, constitution: str, kind: str) -> list[Edition]:
        found = [e for e in self.editions.values() if constitution in e.under and e.kind == kind]
        return sorted(found, key=lambda e: e.adopted)

    def pinned(self, constitution: str) -> tuple[str, ...]:
        """The packs an exercise pinned to a constitution lives under: it and its statutes, without
        those that another of them repealed, and without what was added here: that governs from the
        day it is enacted, and nobody enacts it for an exercise."""
        self.edition(constitution)
        ids = [e.id for e in self.statutes_under(constitution) if e.id not in self.added]
        return (constitution, *self.without_repealed(ids))

    def without_repealed(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Packs without those that another of them repealed, and without what amends those; raises
        UnknownPack."""
        found = [self.edition(id_) for id_ in ids]
        gone = {e.repeals for e in found if e.repeals}
        return tuple(e.id for e in found if not {e.id, e.amends} & gone)

    def standing(self, id_: str, constitution: str = "") -> tuple[str, ...]:
        """The packs that one pack is read together with: the constitution it stands under (the
        first one, unless another is named), the statute it amends, and itself."""
        one = self.edition(id_)
        under = (constitution or one.under[0],) if one.under else ()
        return (*under, *((one.amends,) if one.amends else ()), id_)


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


def load(country: str = COUNTRY) -> Packs:
    """The packs of a country as this release ships them; always the same ones."""
    return _shipped(country)


@cache
def _shipped(country: str) -> Packs:
    return load_from(ROOM / country)


def countries() -> list[str]:
    """The countries (and yardsticks) whose packs this release ships; a template is none."""
    rooms = [f for f in ROOM.iterdir() if (f / "vocabulary.toml").is_file()]
    return sorted(f.name for f in rooms if not f.name.startswith("_"))


def find(id_: str) -> Packs:
    """The packs of the country that has a pack of this id; raises UnknownPack."""
    for country in sorted(countries(), key=lambda country: country != COUNTRY):
        if id_ in load(country).editions:
            return load(country)
    raise UnknownPack(id_)


def load_from(room: Traversable) -> Packs:
    """The packs in a directory: ``vocabulary.toml``, ``constitution-*.md`` and ``laws/*.md``.

    Raises EditionError with the faults of all files, or VocabularyError."""
    text = edition.decode((room / "vocabulary.toml").read_bytes(), "vocabulary.toml")
    words = vocabulary.read(text)
    files = [f for f in room.iterdir() if f.name.startswith("constitution-")]
    if (room / "laws").is_dir():
        files += (room / "laws").iterdir()
    files = [f for f in files if f.name.endswith(".md")]
    editions: dict[str, Edition] = {}
    faults: list[EditionError] = []
    for file in sorted(files, key=lambda f: f.name):
        try:
            one = edition.read(edition.decode(file.read_bytes(), file.name), file.name, words)
            if one.id in editions:
                raise _twice(one, editions[one.id])
            editions[one.id] = one
        except EditionError as error:
            faults.append(error)
    if faults:
        raise together(faults)
    return Packs(words, editions)


def _twice(one: Edition, other: Edition) -> EditionError:
    return EditionError(one.file, "", 1, f"the id {one.id} stands in {other.file} too")
