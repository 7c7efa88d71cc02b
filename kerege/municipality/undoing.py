"""Undoing without deleting: annulment, suspension, confirmation and correction of entries made
before."""

from dataclasses import replace
from datetime import date
from typing import Any

from kerege.municipality.fields import Kind, Names, Whole
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Body, Mandate, Session

UNDOING = ("Annul", "Suspend", "Confirm")
# The founding entries and the keys are the register itself; what undoes is not undone.
NEVER = (
    *("Found", "LinkRecorder", "RotateKey", "DeclareRecovery", "AdmitLoss"),
    *("Correct", "Annul", "Confirm", "ErasePersonal"),
)


def open_to(m: Municipality, act: str, n: int) -> bool:
    """Whether entry ``n`` can still be annulled, suspended or confirmed, whoever does it."""
    if n in m.annulled:
        return False
    if act == "Confirm":
        return n in m.contested
    return m.acts[n] not in (NEVER if act == "Annul" else (*NEVER, "Suspend"))


def annul(m: Municipality, n: int, by: int, since: date) -> None:
    """From a day on, things stand as if entry ``n`` had not been: what it left behind holds no
    more, what it ended holds again. ``by`` is the annulling entry."""
    m.annulled[n] = (by, since)
    m.end(m.left_by(n), since, by)
    m.lift(n, since)


def suspend(m: Municipality, n: int, by: int, since: date, until: date | None) -> None:
    """From a day on, and until another where one is named, entry ``n`` stands suspended. What it
    left behind stays: no law here says what it may still do."""
    m.suspended.setdefault(n, []).append((by, since, until))


def confirm(m: Municipality, n: int, by: int, since: date) -> None:
    """Let the contested entry ``n`` take effect, from the day entry ``by`` confirmed it."""
    entry = m.contested.pop(n, None)
    if entry is None:
        return
    m.confirmed[by] = n
    m.kinds[entry.act].read(entry.fields).effect(m, replace(entry, held_on=since), n)
    for record in m.left_by(n):
        # A session is of its own day, whenever a court says that it was one.
        if isinstance(record, Session):
            record.since = record.day = entry.held_on
    for field, text in m.corrections.get(n, {}).items():
        _say_anew(m, n, field, text)


def correct(m: Municipality, n: int, field: str, text: str) -> None:
    """Say a field of entry ``n`` anew; what carries the field carries the correction."""
    m.corrections.setdefault(n, {})[field] = text
    _say_anew(m, n, field, text)


def corrected(kind: Kind, text: str) -> Any:
    """The value of a field from corrected text (names stand one a line); raises Wrong."""
    if isinstance(kind, Whole) and text.isascii() and text.isdigit():
        return kind.read(int(text))
    if isinstance(kind, Names):
        return kind.read([line for line in text.splitlines() if line.strip()])
    return kind.read(text)


def named(m: Municipality, n: int) -> list[Mandate | Body]:
    """What entry ``n`` left behind for its list of names, in that order."""
    return [record for record in m.left_by(n) if isinstance(record, Mandate | Body)]


def _say_anew(m: Municipality, n: int, field: str, text: str) -> None:
    act = m.kinds[m.acts[n]]
    value = corrected(act.told()[field].kind, text)
    if m.acts[n] == "Found" and m.identity is not None:
        m.identity = replace(m.identity, **{field: value})
    elif isinstance(value, list):
        for one, name in zip(named(m, n), value, strict=False):
            setattr(one, "holder" if isinstance(one, Mandate) else "name", name)
    else:
        for record in m.left_by(n):
            if hasattr(record, field):
                setattr(record, field, value)
