"""Kinds of fields an act can say something in, each reading strictly from JSON.

Money is in whole som. A kind raises ``Wrong`` with a key of ``words/problems.toml``.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MOST_SOM = 10**13
SOURCES = ("local", "republican")
# Whole numbers beyond this are not the same in every reader of JSON.
_EXACT = 2**53 - 1
# Controls, formats, halves of characters, private use, separators of lines and paragraphs.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


class Wrong(ValueError):
    """A value a field cannot hold."""

    def __init__(self, key: str, **slots: object) -> None:
        self.key, self.slots = key, slots
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Kind:
    """How a field reads: ``read`` takes JSON and gives the value, or raises Wrong."""

    def read(self, value: Any) -> Any:
        raise Wrong("wrong_type")


@dataclass(frozen=True, slots=True)
class Text(Kind):
    longest: int = 200
    long: bool = False
    shortest: int = 1

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong("wrong_type")
        # Browsers end lines with CR LF, and a pasted text brings tabs.
        lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        text = unicodedata.normalize("NFC", lines).strip()
        if not text:
            raise Wrong("required")
        if len(text) > self.longest:
            raise Wrong("too_long", most=self.longest)
        if len(text) < self.shortest:
            raise Wrong("too_short", least=self.shortest)
        # Control and bidirectional characters can make a public record read otherwise than it is.
        kept = text.replace("\n", "") if self.long else text
        if not kept.isprintable() and any(unicodedata.category(c) in _HIDDEN for c in kept):
            raise Wrong("bad_characters")
        return text


A_REASON = Text(2000, long=True, shortest=10)
"""Why something is entered that the law refuses, or that entries are lost: to be understood."""


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A day as "2010-06-27", within the years a register can speak of."""

    least: int = 1900
    most: int = 2200

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise Wrong("not_a_date")
        try:
            year = date.fromisoformat(value).year
        except ValueError as error:
            raise Wrong("no_such_day") from error
        if not self.least <= year <= self.most:
            raise Wrong("far_year", first_year=self.least, last_year=self.most)
        return value


def day_of(text: str) -> date:
    """The day that is written as "2010-06-27" and in no other way; raises Wrong."""
    return date.fromisoformat(Day().read(text))


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    least: int = 0
    most: int = 10**9

    def read(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong("not_a_number")
        if not self.least <= value <= self.most:
            raise Wrong("out_of_range", least=self.least, most=self.most)
        return value


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong("wrong_type")
        return value


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    values: tuple[str, ...] = ()

    def read(self, value: Any) -> str:
        if value not in self.values:
            raise Wrong("not_a_choice")
        return str(value)


@dataclass(frozen=True, slots=True)
class Reference(Kind):
    """The entry number of something recorded before; ``to`` names its record type."""

    to: str = ""

    def read(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _EXACT:
            raise Wrong("not_an_entry")
        return value


@dataclass(frozen=True, slots=True)
class MandateId(Kind):
    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,4}", value):
            raise Wrong("not_a_mandate")
        return value


@dataclass(frozen=True, slots=True)
class Names(Kind):
    """A list of people's names, one a line in a form."""

    most: int = 200

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise Wrong("wrong_type")
        if not 1 <= len(value) <= self.most:
            raise Wrong("out_of_range", least=1, most=self.most)
        names = [Text(120).read(name) for name in value]
        if len(set(names)) != len(names):
            raise Wrong("name_twice")
        return names


# What a budget line says.
LINE: Mapping[str, Kind] = {
    "name": Text(120),
    "source": Choice(SOURCES),
    "amount": Whole(1, MOST_SOM),
}


@dataclass(frozen=True, slots=True)
class Lines(Kind):
    """Budget lines ``[{"name", "source", "amount"}]``: what for, from which purse, whole som."""

    most: int = 100

    def read(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise Wrong("wrong_type")
        if not 1 <= len(value) <= self.most:
            raise Wrong("no_lines", most=self.most)
        read = []
        for number, line in enumerate(value, start=1):
            if not isinstance(line, Mapping) or set(line) != set(LINE):
                raise Wrong("bad_line", line=number)
            try:
                read.append({part: kind.read(line[part]) for part, kind in LINE.items()})
            except Wrong as wrong:
                raise Wrong("bad_line", line=number) from wrong
        return read


@dataclass(frozen=True, slots=True)
class Numbers(Kind):
    """Numbers a charter sets ``[{"name", "value"}]``, by the names the law has for them."""

    most: int = 50

    def read(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise Wrong("wrong_type")
        if not 1 <= len(value) <= self.most:
            raise Wrong("out_of_range", least=1, most=self.most)
        read = []
        for number, one in enumerate(value, start=1):
            if not isinstance(one, Mapping) or set(one) != {"name", "value"}:
                raise Wrong("bad_number", line=number)
            try:
                name, said = Text(60).read(one["name"]), Whole().read(one["value"])
            except Wrong as wrong:
                raise Wrong("bad_number", line=number) from wrong
            read.append({"name": name, "value": said})
        if len({one["name"] for one in read}) != len(read):
            raise Wrong("number_twice")
        return read


@dataclass(frozen=True, slots=True)
class Hex(Kind):
    """A paper, by its SHA-256 in hexadecimal."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
            raise Wrong("not_a_hash")
        return value


@dataclass(frozen=True, slots=True)
class Root(Kind):
    """The root of a log, in hexadecimal. It names no paper, so nothing lies behind it to erase."""

    def read(self, value: Any) -> str:
        return Hex().read(value)


@dataclass(frozen=True, slots=True)
class Personal(Kind):
    """Personal data. The entry holds a commitment to it, in 64 digits (``register/commitment.py``);
    what was typed is kept outside the register, where it can be erased."""

    longest: int = 200

    def read(self, value: Any) -> str:
        return Hex().read(value)

    def plain(self, value: Any) -> str:
        """What was typed, as it is committed to; raises Wrong."""
        return Text(self.longest).read(value)


@dataclass(frozen=True, slots=True)
class Told:
    """What a field of an act knows about itself: its kind and whether a misprint in it can be
    corrected (only where no ``facts()`` reads it; the house test holds that)."""

    kind: Kind
    optional: bool = False
    misprint: bool = False


def said(kind: Kind, *, optional: bool = False, misprint: bool = False) -> Any:
    """A dataclass field of an act. An optional one may be left out and is then None."""
    told = {"told": Told(kind, optional, misprint)}
    return field(default=None, metadata=told) if optional else field(metadata=told)
