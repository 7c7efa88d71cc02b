"""Why an act would not have been: the entries but for which it would stand.

Nothing is guessed from the text of an act: an entry is taken out of a municipality for a moment,
and the act is tried again.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import cast

from kerege.municipality.act import Act
from kerege.municipality.fields import MandateId, Reference
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Mandate, Record

# No more than this is tried or told, the latest: a longer list of causes nobody would read.
MOST_TRIED = 200

_POINTERS: dict[type[Act], tuple[str, ...]] = {}


def pointed_at(act: Act) -> set[int]:
    """The entries an act speaks of, by number or by a mandate they left."""
    kind = type(act)
    if kind not in _POINTERS:
        told = kind.told().items()
        _POINTERS[kind] = tuple(n for n, x in told if isinstance(x.kind, Reference | MandateId))
    found = (getattr(act, name) for name in _POINTERS[kind])
    return {int(str(value).partition(".")[0]) for value in found if value is not None}


def without_one(
    entries: Iterable[int], m: Municipality, stands: Callable[[Municipality], bool]
) -> Iterator[tuple[int, bool]]:
    """Entries, the latest first, each with whether the act stands in ``m`` without that one."""
    for n in sorted(entries, reverse=True)[:MOST_TRIED]:
        with m.without(n):
            yield n, stands(m)


class Causes:
    """What sets the life that would have been apart from the one that was."""

    def __init__(self, was: Municipality, would: Municipality) -> None:
        self.was, self.would = was, would
        # Entries that would not have taken effect there, and those that only there would have.
        self.gone: set[int] = set()
        self.come: set[int] = set()
        # What is gone by act, and what is gone that had ended something or undone it.
        self._gone_acts: dict[str, set[int]] = {}
        self._enders: set[int] = set()
        self._found: dict[object, list[int]] = {}

    def lose(self, n: int, act: Act) -> None:
        """Entry ``n``, folded already, would not have taken effect."""
        self.gone.add(n)
        self._gone_acts.setdefault(type(act).__name__, set()).add(n)
        if act.UNDOES or self.was.ended_by(n):
            self._enders.add(n)

    def gone_acts(self, names: Iterable[str]) -> set[int]:
        """What is gone of acts of some names."""
        return set().union(*(self._gone_acts.get(name, ()) for name in names))

    def endings(self) -> set[int]:
        """What had ended something here and not there, and what may have there and not here."""
        return self._enders | self.come

    def lost(self, record: Record, on: date) -> set[int]:
        """The entries because of which a record that held would not have; none where it would."""
        if record.entry in self.gone:
            return {record.entry}
        others = [
            other
            for other in self.would.left_by(record.entry)
            if type(other) is type(record)
            and (not isinstance(record, Mandate) or cast(Mandate, other).id == record.id)
        ]
        if any(other.holds(on) for other in others):
            return set()
        ended = {
            e.by for other in others for e in other.endings if e.by is not None and e.holds(on)
        }
        # Ended there by what only there took effect, or by what was annulled here and not there.
        return {by if by in self.come else self.was.annulled.get(by, (by,))[0] for by in ended}

    def because(
        self,
        stands: Callable[[Municipality], bool],
        likely: Iterable[Callable[[], set[int]]],
        same: object = None,
    ) -> list[int]:
        """The entries but for which an act would stand: of what is gone those without which it
        does not stand in the register as it was, of what has come those in its way. What is said
        to be the ``same`` is looked for once."""
        if same is None:
            return self._because(stands, likely)
        if same not in self._found:
            self._found[same] = self._because(stands, likely)
        return self._found[same]

    def _because(
        self, stands: Callable[[Municipality], bool], likely: Iterable[Callable[[], set[int]]]
    ) -> list[int]:
        likeliest: set[int] = set()
        for group in (find() for find in likely):
            found = [n for n, so in without_one(group & self.gone, self.was, stands) if not so]
            found += [n for n, so in without_one(group & self.come, self.would, stands) if so]
            if found:
                return found
            likeliest = likeliest or group
        # None of them alone: the likeliest together.
        return sorted(likeliest or self.gone | self.come)[-MOST_TRIED:]
