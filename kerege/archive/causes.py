"""Why an act would not have been: the entries but for which it would stand.

Nothing is guessed from the text of an act: an entry is taken out of a municipality for a moment,
and the act is tried again.
"""

from collections.abc import Callable, Iterable, Iterator

from kerege.municipality.act import Act
from kerege.municipality.fields import MandateId, Reference
from kerege.municipality.municipality import Municipality

# No more than this is tried, the latest first: a longer list of causes nobody would read.
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
