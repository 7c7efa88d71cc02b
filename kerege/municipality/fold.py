"""Folding: entries in, municipality (or country) out.

Effects mutate in place, so entries can be folded on to a value that is already there. A value on
which folding failed is half changed and of no further use.
"""

from collections.abc import Iterable, Mapping

from kerege.municipality.act import Act
from kerege.municipality.entry import CONTESTED, Entry
from kerege.municipality.municipality import Municipality


class UnknownAct(ValueError):
    """A register speaks of an act this release does not know."""


def fold(
    entries: Iterable[Entry],
    acts: Mapping[str, type[Act]],
    value: Municipality | None = None,
    *,
    ours: bool = False,
) -> Municipality:
    """Fold entries on to ``value`` (a new municipality when None); returns it.

    ``ours`` says that the gate of this installation wrote them: it has read every field strictly,
    and reading them so again is half of the work."""
    m = Municipality() if value is None else value
    m.kinds = acts
    for entry in entries:
        n = m.size
        kind = acts.get(entry.act)
        if kind is None:
            raise UnknownAct(entry.act)
        act = kind.kept(entry.fields) if ours else kind.read(entry.fields)
        m.days[n] = entry.held_on
        m.acts[n] = entry.act
        m.actors[n] = entry.actor
        if entry.rests_on:
            m.resting[n] = list(entry.rests_on)
        if entry.standing == CONTESTED:
            # It happened, and it creates or ends nothing until it is confirmed.
            m.contested[n] = entry
        else:
            act.effect(m, entry, n)
        m.ids[entry.id] = n
        m.recorded_at = entry.recorded_at
        m.latest = entry.held_on if m.latest is None else max(m.latest, entry.held_on)
        m.size = n + 1
    return m
