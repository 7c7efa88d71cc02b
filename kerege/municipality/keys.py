"""What a register says of its own keys: who signs it, who may name the next key, what was lost.

A key is written as a vkey, ``name+hex id+base64`` (c2sp.org/signed-note), and put into force by a
signed note of ``register/rotation.py``. Here only their shape is read, since this room knows no
signatures: ``web/keys.py`` checks them before an entry is written, ``archive/verify.py`` after.

Keys follow each other in the order of entries, not of days: entry ``n`` speaks for the checkpoints
of sizes greater than ``n``. An admitted loss gives the log a new name, ``origin/2``, ``origin/3``
and so on, since one log never takes back what it signed; the key in force goes on under that name,
the same 32 bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kerege.municipality.fields import Kind, Wrong
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Record

REASONS = ("routine", "lost", "stolen")
_VKEY = re.compile(r"[^\s+]{1,250}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")
_LINE = "[^\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*\n"
_NOTE = re.compile(f"(?:{_LINE})+\n(?:\N{EM DASH} {_LINE})+")


@dataclass(slots=True)
class KeyChange(Record):
    """A new key signs from here on."""

    key: str
    why: str


@dataclass(slots=True)
class Recovery(Record):
    """The key that may name the next one when the key in force is lost or stolen."""

    key: str


@dataclass(slots=True)
class Loss(Record):
    """Entries had been published that are no longer here: so many there were then."""

    known_size: int
    known_root: str


@dataclass(frozen=True, slots=True)
class Vkey(Kind):
    """The public half of an Ed25519 key: 33 bytes in base64 after name and id."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not _VKEY.fullmatch(value):
            raise Wrong("not_a_key")
        return value


@dataclass(frozen=True, slots=True)
class Note(Kind):
    """A signed note, kept to the byte: one space otherwise and its signature is another's."""

    longest: int = 4000

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not _NOTE.fullmatch(value):
            raise Wrong("not_a_note")
        if len(value) > self.longest:
            raise Wrong("too_long", most=self.longest)
        return value


def changes(m: Municipality) -> Iterator[KeyChange]:
    """The changes of key in the order of entry; a register without any has its first key."""
    return m.all(KeyChange)


def recovery(m: Municipality) -> str | None:
    """The recovery key as a vkey, if one was declared."""
    keys = [one.key for one in m.all(Recovery)]
    return keys[-1] if keys else None


def losses(m: Municipality) -> int:
    """How often a loss was admitted."""
    return sum(1 for _ in m.all(Loss))


def origin(first: str, losses: int) -> str:
    """The name of a log that began as ``first``, after so many losses."""
    return f"{first}/{losses + 1}" if losses else first


def after(name: str) -> str:
    """The name a log goes on under after one more loss."""
    first, _, number = name.rpartition("/")
    # A place may be called by its code, which is a number as well, and a longer one.
    if re.fullmatch("[2-9]|[1-9][0-9]{1,3}", number):
        return origin(first, int(number))
    return origin(name, 1)
