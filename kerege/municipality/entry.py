"""An entry: one official act as the register keeps it, forever.

As canonical JSON (RFC 8785), at most 65,535 bytes::

    v            1
    id           1 to 64 of A-Z a-z 0-9 . _ -, chosen by the sender; the same id again is the same
                 act. It says nothing: the form of an act gives a UUID
    act          "AdoptBudget"
    fields       what was said; documents enter by their SHA-256 only
    actor        {"kind": "kenesh", "of": ""}: whose act it is; ``of`` names the mandate, the body
                 or the outside authority it is, where the kind alone does not
    by           mandates that spoke for the actor, e.g. ["12.0"]; mandates, never persons
    recorder     the mandate that wrote it down, or "operator" for the founding entries
    evidence     null or {"number", "date", "sha256"}: the paper, when the actor has no account
    held_on      the day it was done, "2010-03-01": decides which law applies
    recorded_at  the moment it was written down, UTC, "2010-03-01T19:30:15Z"
    digest       of the rulebook it was put to, "" when the law was not asked
    question     what was asked, null when the law was not asked; a fact that no rule of that law
                 reads was not asked, and may be true only for want of a number
    ruling       what the law said, null when the law was not asked
    rests_on     entries whose effects were its facts
    standing     "effective", "contested" (refused by law, recorded as having happened) or
                 "exempt" (not put to the law)
    reason       why a contested act was entered all the same
    late         whether it was done well before it was written down

New keys are only ever added, with a default for entries that lack them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kerege.constitution.question import nothing_else

VERSION = 1
# Nothing that could be read as a sentence: it stays in the register for good.
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
EFFECTIVE = "effective"
CONTESTED = "contested"
EXEMPT = "exempt"
STANDINGS = (EFFECTIVE, CONTESTED, EXEMPT)


@dataclass(frozen=True, slots=True)
class Actor:
    kind: str
    of: str = ""

    def json(self) -> dict[str, str]:
        return {"kind": self.kind, "of": self.of}


@dataclass(frozen=True, slots=True)
class Evidence:
    number: str
    date: date
    sha256: str = ""

    def json(self) -> dict[str, str]:
        return {"number": self.number, "date": self.date.isoformat(), "sha256": self.sha256}


@dataclass(slots=True)
class Entry:
    id: str
    act: str
    fields: Mapping[str, Any]
    actor: Actor
    held_on: date
    recorded_at: datetime
    by: tuple[str, ...] = ()
    recorder: str = ""
    evidence: Evidence | None = None
    digest: str = ""
    question: Mapping[str, Any] | None = None
    ruling: Mapping[str, Any] | None = None
    rests_on: tuple[int, ...] = ()
    standing: str = EFFECTIVE
    reason: str = ""
    late: bool = False

    def __post_init__(self) -> None:
        # As it is written: in UTC, to the second.
        if self.recorded_at.tzinfo is not UTC or self.recorded_at.microsecond:
            try:
                self.recorded_at = self.recorded_at.astimezone(UTC).replace(microsecond=0)
            except OverflowError as error:
                raise ValueError("recorded_at is before the year 1 or after 9999") from error

    def json(self) -> dict[str, Any]:
        return {
            "v": VERSION,
            "id": self.id,
            "act": self.act,
            "fields": dict(self.fields),
            "actor": self.actor.json(),
            "by": list(self.by),
            "recorder": self.recorder,
            "evidence": self.evidence.json() if self.evidence else None,
            "held_on": self.held_on.isoformat(),
            "recorded_at": _written(self.recorded_at),
            "digest": self.digest,
            "question": self.question,
            "ruling": self.ruling,
            "rests_on": list(self.rests_on),
            "standing": self.standing,
            "reason": self.reason,
            "late": self.late,
        }


def is_id(text: str) -> bool:
    """Whether a sender may choose this as the id of an entry."""
    return _ID.fullmatch(text) is not None


class UnknownVersion(ValueError):
    """An entry of a format this release does not know."""


def read(data: Any) -> Entry:
    """The entry kept as ``data``; raises UnknownVersion, or ValueError when it is none."""
    if not isinstance(data, Mapping):
        raise ValueError("an entry is an object")
    if type(data.get("v")) is not int or data["v"] != VERSION:
        raise UnknownVersion(f"entry format {data.get('v')!r}")
    nothing_else(data, Entry, "v")
    actor = _part(data, "actor", Mapping)
    paper = _part(data, "evidence", Mapping | None)
    nothing_else(actor, Actor)
    nothing_else(paper or {}, Evidence)
    standing = _part(data, "standing", str)
    if standing not in STANDINGS:
        raise ValueError(f"standing is {standing!r}")
    id_ = _part(data, "id", str)
    if not is_id(id_):
        raise ValueError(f"an id is 1 to 64 of A-Z a-z 0-9 . _ -, not {id_[:80]!a}")
    return Entry(
        id=id_,
        act=_part(data, "act", str),
        fields=_part(data, "fields", Mapping),
        actor=Actor(_part(actor, "kind", str), _part(actor, "of", str)),
        held_on=_day(_part(data, "held_on", str)),
        recorded_at=_moment(_part(data, "recorded_at", str)),
        by=_parts(data, "by", str),
        recorder=_part(data, "recorder", str),
        evidence=None if paper is None else _evidence(paper),
        digest=_part(data, "digest", str),
        question=_part(data, "question", Mapping | None),
        ruling=_part(data, "ruling", Mapping | None),
        rests_on=_parts(data, "rests_on", int),
        standing=standing,
        reason=_part(data, "reason", str),
        late=_part(data, "late", bool),
    )


def kept(data: Mapping[str, Any]) -> Entry:
    """The entry kept as ``data`` by the gate of this installation, which wrote it as specified."""
    if data["v"] != VERSION:
        raise UnknownVersion(f"entry format {data['v']!r}")
    actor, paper = data["actor"], data["evidence"]
    return Entry(
        id=data["id"],
        act=data["act"],
        fields=data["fields"],
        actor=Actor(actor["kind"], actor["of"]),
        held_on=date.fromisoformat(data["held_on"]),
        recorded_at=datetime.fromisoformat(data["recorded_at"]),
        by=tuple(data["by"]),
        recorder=data["recorder"],
        evidence=None if paper is None else _evidence(paper),
        digest=data["digest"],
        question=data["question"],
        ruling=data["ruling"],
        rests_on=tuple(data["rests_on"]),
        standing=data["standing"],
        reason=data["reason"],
        late=data["late"],
    )


def _written(moment: datetime) -> str:
    # Not by strftime, which writes the year 534 with three digits.
    return f"{moment.replace(tzinfo=None).isoformat()}Z"


def _day(text: str) -> date:
    """A day, which is written in one way only: 2010-03-01."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"a day is written {day.isoformat()}, not {text!r}")
    return day


def _moment(text: str) -> datetime:
    """A moment, which is written in one way only: 2010-03-01T19:30:15Z."""
    moment = datetime.fromisoformat(text)
    if _written(moment.replace(microsecond=0)) != text:
        raise ValueError(f"a moment is written 2010-03-01T19:30:15Z, not {text!r}")
    return moment


def _evidence(data: Mapping[str, Any]) -> Evidence:
    return Evidence(
        _part(data, "number", str),
        _day(_part(data, "date", str)),
        _part(data, "sha256", str),
    )


def _part(data: Mapping[str, Any], key: str, kind: Any) -> Any:
    if key not in data:
        raise ValueError(f"an entry without {key}")
    return _checked(key, data[key], kind)


def _parts(data: Mapping[str, Any], key: str, kind: type) -> tuple[Any, ...]:
    return tuple(_checked(key, value, kind) for value in _part(data, key, list))


def _checked(key: str, value: Any, kind: Any) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{key} is {value!r}")
    return value
