"""What a form offers where an act points at something recorded before."""

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from kerege.constitution import packs
from kerege.kyrgyz import letters
from kerege.municipality import record, telling
from kerege.municipality.entry import Actor
from kerege.municipality.pending import pending
from kerege.municipality.undoing import UNDOING, open_to
from kerege.web.places import Place
from kerege.web.registers import entry_of
from kerege.web.saying import language, w

_Label = Callable[[Any, Place], str]


def _session(s: record.Session, place: Place) -> str:
    return f"№ {s.number} – {telling.day(s.day, language())}"


def _call(c: record.Call, place: Place) -> str:
    return f"{c.about} – {telling.day(c.day, language())}"


def _assembly(a: record.Assembly, place: Place) -> str:
    kind = packs.load().vocabulary.objects[a.kind][language()]
    return f"{kind} – {telling.day(a.since, language())}"


def _nomination(n: record.Nomination, place: Place) -> str:
    return f"{n.candidate} – {place.teller(place.latest).actor(Actor(n.by))}"


# How each kind of record is called in a list; the keys are those of ``Reference(to)``.
KINDS: dict[str, tuple[type[record.Record], _Label]] = {
    "session": (record.Session, _session),
    "nomination": (record.Nomination, _nomination),
    "tos": (record.Tos, lambda t, place: t.name),
    "proposal": (record.Proposal, lambda p, place: p.power),
    "delegation": (record.Delegation, lambda d, place: d.power),
    "demand": (record.Demand, lambda d, place: f"{d.about} – {telling.day(d.due, language())}"),
    "report": (record.Report, lambda r, place: telling.day(r.since, language())),
    "issue": (record.Issue, lambda i, place: i.title),
    "request": (record.Request, lambda r, place: r.about),
    "call": (record.Call, _call),
    "assembly": (record.Assembly, _assembly),
    "hearing": (record.Hearing, lambda h, place: telling.day(h.since, language())),
    "initiative": (record.Initiative, lambda i, place: i.title),
    "referendum": (record.Referendum, lambda r, place: telling.day(r.day, language())),
}
# A list longer than this is no longer a choice.
MOST = 60


def entries(place: Place, act: str) -> list[tuple[str, str]]:
    """Entries an act can point at, the newest first."""
    newest: Iterable[int] = range(place.m.size - 1, -1, -1)
    if act == "Confirm":
        newest = sorted(place.m.contested, reverse=True)
    if act in UNDOING:
        newest = (n for n in newest if open_to(place.m, act, n))
    return [entry_choice(place, n) for n in itertools.islice(newest, MOST)]


def entry_choice(place: Place, n: int) -> tuple[str, str]:
    entry = entry_of(place.register, n)
    said = place.sentence(entry, n)[:90] if entry is not None else ""
    return str(n), f"№ {n} – {said}"


def records(place: Place, to: str) -> list[tuple[str, str]]:
    """Choices of a kind of record, the newest first. An issue that was adopted or rejected can be
    decided anew, but nobody looks for it among those that wait."""
    kind, label = KINDS[to]
    found = [r for r in place.m.all(kind) if r.until is None]
    if kind is record.Issue:
        waiting = {r.entry for r in pending(place.m, place.today) if isinstance(r, kind)}
        found = [r for r in found if r.entry in waiting]
    return [
        (str(r.entry), f"{label(r, place)} ({w('layout.entry_number', number=r.entry)})")
        for r in reversed(found[-MOST:])
    ]


def mandates(place: Place) -> list[tuple[str, str]]:
    """Mandates that have not ended, by post and name."""
    teller = place.teller(place.latest)
    found = [
        (one.id, teller.mandate(one.post, one.holder))
        for one in place.m.mandates.values()
        if one.until is None
    ]
    return sorted(found, key=lambda one: letters.sort_key(one[1]))
