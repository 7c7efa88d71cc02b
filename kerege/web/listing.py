"""Entries and facts as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kerege.constitution.question import NOT_STATED
from kerege.municipality import telling
from kerege.municipality.entry import Entry
from kerege.municipality.governing import confirmed, ended_before
from kerege.municipality.record import Mandate
from kerege.web.places import Place
from kerege.web.saying import language, w


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of ``parts/facts.html``."""

    name: str
    value: str
    url: str = ""
    remark: str = ""


def listed(place: Place, entries: Iterable[tuple[int, Entry]]) -> list[dict[str, Any]]:
    """What ``parts/register_list.html`` takes."""
    return [
        {
            "number": n,
            "url": f"{entries_url(place)}{n}/",
            "title": place.sentence(entry, n),
            "day": telling.day(entry.held_on, language()),
            "tags": tags(place, entry, n),
        }
        for n, entry in entries
    ]


def entries_url(place: Place) -> str:
    return f"{place.url}register/"


def unconfirmed(place: Place, entry: Entry, n: int) -> bool:
    """Whether an entry links a recorder behind whom the kenesh does not stand yet."""
    return entry.act == "LinkRecorder" and any(
        isinstance(one, Mandate) and not confirmed(place.m, one, place.latest)
        for one in place.m.left_by(n)
    )


def basis(place: Place, n: int) -> str:
    """How it stands with what an entry rests on, near or far, as a kind of ``parts/tag.html``:
    contested, annulled by its day, or suspended on it; empty where it holds."""
    m = place.m
    if not (m.contested or m.annulled or m.suspended):
        return ""
    bases = m.tainted(n)
    if not m.contested.keys().isdisjoint(bases):
        return "doubtful"
    # What was done while its basis still held is not touched.
    if any(b in m.annulled and m.annulled[b][1] <= m.days[n] for b in bases):
        return "baseless"
    return "halted" if m.halted(n) else ""


def remark(place: Place, n: int) -> str:
    """The same in words, for a ``Fact``."""
    found = basis(place, n)
    return w(f"layout.tag_{found}") if found else ""


def tags(place: Place, entry: Entry, n: int) -> list[str]:
    """How an entry stands, as kinds of ``parts/tag.html``."""
    found = []
    if n in place.m.contested:
        found.append("contested")
    elif entry.ruling and entry.ruling["answer"] == NOT_STATED:
        found.append("not_stated")
    if n in place.m.confirmed.values():
        found.append("confirmed")
    if unconfirmed(place, entry, n):
        found.append("unconfirmed")
    if n in place.m.annulled:
        found.append("annulled")
    if place.m.suspended_by(n, place.today) is not None:
        found.append("suspended")
    if any(ended_before(place.m, entry, n)):
        found.append("mandate_over")
    if fallen := basis(place, n):
        found.append(fallen)
    if n in place.m.corrections:
        found.append("corrected")
    if entry.late:
        found.append("late")
    if entry.evidence and not entry.by:
        found.append("reported")
    return found
