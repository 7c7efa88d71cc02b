"""Who and what the law can speak of, read from ``vocabulary.toml``.

Format (TOML)::

    [topic.S11]              ky, ru, en                    the fourteen points
    [actor.kenesh]           ky, ru, en                    who can act
    [object.local_budget]    ky, ru, en                    what is acted upon
    [place.aiyl_aimak]       ky, ru, en                    kinds of places
    [enum.source.local]      ky, ru, en                    values of a fact that is not yes or no
    [fact.hearingHeld]       ky, ru, en + missing.ky …     what is true; ``missing`` says its lack
                             by = "HoldHearing"            the act that brings it about
                             from = "law"                  told by the statutes; or
                             from = "duty"                 by the duties that were done in time
                             enum = "source"               not yes or no, but one of an enum
    [act.AdoptBudget]        ky, ru, en
                             topic = "S11"
                             actors = ["kenesh"]           whose act it is by its nature
                             objects = ["local_budget"]
                             facts = ["hearingHeld"]       what the law may ask about it
                             register = "municipality"     or "country"
                             judged = true                 false: recorded, not put to the law
                             instead = ["HoldHearing"]     what may be lawful when this is not
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kerege.words import LANGUAGES, Words, WordsError, words

PLACE_KIND = "placeKind"
REGISTERS = ("municipality", "country")

_PARTS = ("topic", "actor", "object", "place", "enum", "fact", "act")
_FACT_KEYS = {*LANGUAGES, "missing", "enum", "by", "from"}
_ACT_KEYS = {*LANGUAGES, "topic", "actors", "objects", "facts", "register", "judged", "instead"}
# Words that are names of Cedar entity types, or that would become one.
_TAKEN = ("action", "actor", "object", "place_kind")


class VocabularyError(ValueError):
    """The vocabulary cannot be used; the message names the table and what is wrong."""


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    words: Words
    missing: Words | None
    enum: str | None
    by: str | None
    from_law: bool
    from_duty: bool


@dataclass(frozen=True, slots=True)
class ActWord:
    name: str
    words: Words
    topic: str
    actors: tuple[str, ...]
    objects: tuple[str, ...]
    facts: tuple[str, ...]
    register: str
    judged: bool
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    text: str
    topics: Mapping[str, Words]
    actors: Mapping[str, Words]
    objects: Mapping[str, Words]
    places: Mapping[str, Words]
    enums: Mapping[str, Mapping[str, Words]]
    facts: Mapping[str, Fact]
    acts: Mapping[str, ActWord]

    def values(self, fact: str) -> tuple[str, ...]:
        """The values an enum fact can take; empty for a yes-or-no fact."""
        if fact == PLACE_KIND:
            return tuple(self.places)
        enum = self.facts[fact].enum
        return tuple(self.enums[enum]) if enum else ()

    def fact_words(self, fact: str, yes: bool) -> Words:
        """That a yes-or-no fact is so, or what is so when it is not."""
        one = self.facts[fact]
        return one.words if yes or one.missing is None else one.missing

    def value_words(self, fact: str, value: str) -> Words:
        if fact == PLACE_KIND:
            return self.places[value]
        enum = self.facts[fact].enum
        assert enum is not None
        return self.enums[enum][value]


@cache
def shipped() -> Vocabulary:
    """The vocabulary of the country that this release is of."""
    file = resources.files("kerege") / "editions" / "kg" / "vocabulary.toml"
    return read(file.read_text("utf-8"))


def read(text: str) -> Vocabulary:
    """The vocabulary from its TOML text; raises VocabularyError."""
    try:
        vocabulary = _build(text, tomllib.loads(text))
    except (VocabularyError, WordsError) as error:
        raise VocabularyError(str(error)) from error
    # A whole number too long to be read is a plain ValueError.
    except (ValueError, RecursionError) as error:
        raise VocabularyError(f"vocabulary.toml: {error}") from error
    _check(vocabulary)
    return vocabulary


def _build(text: str, tables: Mapping[str, Any]) -> Vocabulary:
    for part in tables:
        if part not in _PARTS:
            raise VocabularyError(f"vocabulary.toml: unknown table [{part}]")
    enums = _tables(tables, "enum")
    return Vocabulary(
        text=text,
        topics=_named(tables, "topic"),
        actors=_named(tables, "actor"),
        objects=_named(tables, "object"),
        places=_named(tables, "place"),
        enums={enum: _named(enums, enum, "enum.") for enum in enums},
        facts={name: _fact(name, table) for name, table in _tables(tables, "fact").items()},
        acts={name: _act(name, table) for name, table in _tables(tables, "act").items()},
    )


def _tables(tables: Mapping[str, Any], part: str, under: str = "") -> dict[str, dict[str, Any]]:
    found = tables.get(part, {})
    if not isinstance(found, dict):
        raise VocabularyError(f"vocabulary.toml: {under}{part} is not a table")
    for name, table in found.items():
        if not isinstance(table, dict):
            raise VocabularyError(f"vocabulary.toml: [{under}{part}.{name}] is not a table")
    return found


def _named(tables: Mapping[str, Any], part: str, under: str = "") -> dict[str, Words]:
    found = {}
    for name, table in _tables(tables, part, under).items():
        where = f"vocabulary.toml [{under}{part}.{name}]"
        if not re.fullmatch(r"[A-Za-z0-9_]+", name):
            raise VocabularyError(f"{where}: a name is made of letters, digits and _")
        _only(table, set(LANGUAGES), where)
        found[name] = words(table, where)
    return found


def _fact(name: str, table: Mapping[str, Any]) -> Fact:
    where = f"vocabulary.toml [fact.{name}]"
    _only(table, _FACT_KEYS, where)
    source = table.get("from")
    if source not in (None, "law", "duty"):
        raise VocabularyError(f"{where}: from is 'law' or 'duty', or is left out")
    missing = table.get("missing")
    return Fact(
        name=name,
        words=words(table, where),
        missing=None if missing is None else words(missing, f"{where} missing"),
        enum=_text(table, "enum", where),
        by=_text(table, "by", where),
        from_law=source == "law",
        from_duty=source == "duty",
    )


def _act(name: str, table: Mapping[str, Any]) -> ActWord:
    where = f"vocabulary.toml [act.{name}]"
    _only(table, _ACT_KEYS, where)
    judged = table.get("judged", True)
    if not isinstance(judged, bool):
        raise VocabularyError(f"{where}: judged is true or false")
    return ActWord(
        name=name,
        words=words(table, where),
        topic=_text(table, "topic", where) or "",
        actors=_texts(table, "actors", where),
        objects=_texts(table, "objects", where),
        facts=_texts(table, "facts", where),
        register=_text(table, "register", where) or "municipality",
        judged=judged,
        instead=_texts(table, "instead", where),
    )


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise VocabularyError(f"{where}: unknown key {key!r}")


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise VocabularyError(f"{where}: {key} is not a word in quotes")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise VocabularyError(f"{where}: {key} is not a list of words in quotes")
    if len(set(values)) != len(values):
        raise VocabularyError(f"{where}: {key} names something twice")
    return tuple(values)


def _check(vocabulary: Vocabulary) -> None:
    for part in ("topics", "actors", "objects", "places", "facts", "acts"):
        if not getattr(vocabulary, part):
            raise VocabularyError(f"vocabulary.toml: there are no {part}")
    for enum, values in vocabulary.enums.items():
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*", enum) or enum in _TAKEN or not values:
            where = f"vocabulary.toml [enum.{enum}]"
            raise VocabularyError(f"{where}: not a free name in small letters, or no values")
    for fact in vocabulary.facts.values():
        where = f"vocabulary.toml [fact.{fact.name}]"
        if fact.name == PLACE_KIND or not re.fullmatch(r"[a-z][A-Za-z]*", fact.name):
            raise VocabularyError(f"{where}: a fact is named like hearingHeld")
        if fact.enum is not None and fact.enum not in vocabulary.enums:
            raise VocabularyError(f"{where}: no such enum {fact.enum}")
        if fact.enum is None and fact.missing is None:
            raise VocabularyError(f"{where}: a yes-or-no fact says what its lack is (missing)")
        if fact.enum is not None and (fact.from_law or fact.from_duty):
            raise VocabularyError(f"{where}: what laws and duties tell is yes or no")
        if fact.by is not None and fact.by not in vocabulary.acts:
            raise VocabularyError(f"{where}: no such act {fact.by}")
    for act in vocabulary.acts.values():
        where = f"vocabulary.toml [act.{act.name}]"
        if not re.fullmatch(r"[A-Z][A-Za-z]*", act.name):
            raise VocabularyError(f"{where}: an act is named like AdoptBudget")
        _known(where, "actor", act.actors, vocabulary.actors)
        _known(where, "object", act.objects, vocabulary.objects)
        _known(where, "act", act.instead, vocabulary.acts)
        _known(where, "fact", act.facts, vocabulary.facts)
        if act.judged and (not act.actors or not act.objects):
            raise VocabularyError(f"{where}: a judged act names its actors and objects")
        if act.topic not in vocabulary.topics:
            raise VocabularyError(f"{where}: no such topic {act.topic!r}")
        if act.register not in REGISTERS:
            raise VocabularyError(f"{where}: no such register {act.register!r}")


def _known(where: str, what: str, names: tuple[str, ...], known: Mapping[str, object]) -> None:
    for name in names:
        if name not in known:
            raise VocabularyError(f"{where}: no such {what} {name!r}")
