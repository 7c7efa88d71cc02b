"""Words in three languages, side by side.

Format of a words file (TOML, UTF-8): one table per key, each with exactly ``ky``, ``ru`` and
``en``, none empty::

    [place.decided]
    ky = "Эмне чечилди"
    ru = "Что решено"
    en = "What was decided"

A value may hold ``{name}`` slots; all three languages hold the same slots. The three stand side
by side so that a change in one language is seen in the others (see docs/decisions/0003).
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

LANGUAGES = ("ky", "ru", "en")


class WordsError(ValueError):
    """A words file that cannot be used; the message names file, key and language."""


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in Kyrgyz, Russian and English."""

    ky: str
    ru: str
    en: str

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Words":
        """Words as they were written, and no line ends between the sign № and its number."""
        return cls(*(said[language].replace("№ ", "№\u00a0") for language in LANGUAGES))

    def say(self, language: str, **slots: object) -> str:
        """The words in ``language`` (``ky``, ``ru`` or ``en``), slots filled."""
        if language not in LANGUAGES:
            raise KeyError(language)
        text: str = getattr(self, language)
        return text.format_map(slots) if slots else text

    def __getitem__(self, language: str) -> str:
        return self.say(language)

    def slots(self) -> frozenset[str]:
        return _slots(self.ky)

    def json(self) -> dict[str, str]:
        return {"ky": self.ky, "ru": self.ru, "en": self.en}


def words(table: Mapping[str, Any], where: str) -> Words:
    """Words from a mapping with ky, ru, en; raises WordsError naming ``where``."""
    if not isinstance(table, Mapping):
        raise WordsError(f"{where}: not a table of ky, ru, en")
    slots = {}
    for language in LANGUAGES:
        text = table.get(language)
        if not isinstance(text, str) or not text.strip():
            raise WordsError(f"{where}: no words in {language}")
        try:
            slots[language] = _slots(text)
        except ValueError as error:
            raise WordsError(f"{where}, {language}: a broken slot in {text!r}") from error
    if len(set(slots.values())) > 1:
        raise WordsError(f"{where}: the languages hold different slots")
    return Words.of(table)


def read(text: str, where: str) -> dict[str, Words]:
    """All words of one file, by dotted key. ``where`` names the file in errors."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WordsError(f"{where}: {error}") from error
    return dict(_flatten(tables, where, ""))


@cache
def shipped(room: str, file: str) -> Mapping[str, Words]:
    """The words of one file of a room of this package."""
    text = (resources.files("kerege") / room / "words" / f"{file}.toml").read_text("utf-8")
    return read(text, f"{file}.toml")


def _flatten(tables: Mapping[str, Any], where: str, prefix: str) -> Iterator[tuple[str, Words]]:
    for key, value in tables.items():
        name = f"{prefix}{key}"
        if not isinstance(value, dict) or not value:
            raise WordsError(f"{where}: {name} is not a table of ky, ru, en")
        if set(value) <= set(LANGUAGES):
            yield name, words(value, f"{where}: {name}")
        else:
            yield from _flatten(value, where, f"{name}.")


@lru_cache(maxsize=4096)
def _slots(text: str) -> frozenset[str]:
    """The names of the slots; a slot is ``{name}`` and nothing more."""
    found = set()
    for _, name, format_, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or format_ or conversion:
            raise ValueError(name)
        found.add(name)
    return frozenset(found)
