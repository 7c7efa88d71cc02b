"""The value folded from a register: everything a municipality is, with its dates.

One generic store of dated records; what they mean is asked through the modules named after the
subject (``governing``, ``money``, ``country``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from kerege.municipality.entry import Actor, Entry
from kerege.municipality.record import Convocation, Ending, Mandate, Record

if TYPE_CHECKING:
    from kerege.municipality.act import Act

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Identity:
    """What Found said: which unit this is."""

    code: str
    kind: str
    name_ky: str
    name_ru: str
    name_en: str
    population: int
    as_of: str
    source: str
    exercise: bool
    pinned: str
    founded: date

    def name(self, language: str) -> str:
        return cast(str, getattr(self, f"name_{language}"))


class Municipality:
    """Mutable while it is folded; whoever reads it leaves it as it is."""

    def __init__(self) -> None:
        self.identity: Identity | None = None
        self.size = 0
        self.latest: date | None = None
        self.ids: dict[str, int] = {}
        # By number of entry: the day, the act, whose act it was, what it rests on.
        self.days: dict[int, date] = {}
        self.acts: dict[int, str] = {}
        self.actors: dict[int, Actor] = {}
        self.resting: dict[int, list[int]] = {}
        # Contested and not confirmed; annulled (by which entry, from which day); confirmed (by the
        # entry that is the key); corrected (field and the words that stand for it now).
        self.contested: dict[int, Entry] = {}
        self.annulled: dict[int, tuple[int, date]] = {}
        self.confirmed: dict[int, int] = {}
        self.corrections: dict[int, dict[str, str]] = {}
        self.mandates: dict[str, Mandate] = {}
        # The acts of this release, as the fold was given them: an act does not know the others.
        self.kinds: Mapping[str, type[Act]] = {}
        self._records: dict[type[Record], dict[int, Record]] = {}
        # Found again by what is asked most: who held a post, what belongs to a budget year or to a
        # delegated power.
        self._in_post: dict[str, list[Mandate]] = {}
        self._of_year: dict[tuple[type[Record], int], list[Record]] = {}
        self._under: dict[tuple[type[Record], int], list[Record]] = {}
        self._left_by: dict[int, list[Record]] = {}
        self._ended_by: dict[int, list[Ending]] = {}

    # -- writing, by effects only -----------------------------------------------------------

    def add(self, record: Record) -> None:
        """Keep a record an act leaves behind."""
        self._left_by.setdefault(record.entry, []).append(record)
        if isinstance(record, Mandate):
            self.mandates[record.id] = record
            self._in_post.setdefault(record.post, []).append(record)
            return
        self._records.setdefault(type(record), {})[record.entry] = record
        year = getattr(record, "year", None)
        if year is not None:
            self._of_year.setdefault((type(record), year), []).append(record)
        delegation = getattr(record, "delegation", None)
        if delegation is not None:
            self._under.setdefault((type(record), delegation), []).append(record)

    def succeed(self, records: Sequence[Record], rivals: Iterable[Record]) -> None:
        """Keep records of one entry that take the place of their rivals. Those that began before
        end; where later ones are known already (this entry came late), these end when they begin.
        """
        by, since = records[0].entry, records[0].since
        others = list(rivals)
        self.end((other for other in others if other.since <= since), since, by)
        for later, begun in {o.entry: o.since for o in others if o.since > since}.items():
            self.end(records, begun, later)
        for record in records:
            self.add(record)

    def end(self, records: Iterable[Record], on: date, by: int | None) -> None:
        """End records on a day because of entry ``by``; annulling that entry lifts the ending.
        With None it is for good."""
        for record in list(records):
            ending = record.end(on, by)
            if by is not None:
                self._ended_by.setdefault(by, []).append(ending)
                if by in self.annulled:
                    ending.lift(self.annulled[by][1])

    # -- reading ----------------------------------------------------------------------------

    def get(self, kind: type[R], n: int | None, on: date) -> R | None:
        """The record of that type left by entry ``n``, if it holds on the day."""
        record = self.find(kind, n)
        return record if record is not None and record.holds(on) else None

    def find(self, kind: type[R], n: int | None) -> R | None:
        """The record of that type left by entry ``n``, whether or not it still holds."""
        return cast("R | None", self._records.get(kind, {}).get(n)) if n is not None else None

    def all(self, kind: type[R], on: date | None = None) -> Iterator[R]:
        """Records of a type in the order of entry; those that hold on ``on``, if given."""
        for record in self._records.get(kind, {}).values():
            if on is None or record.holds(on):
                yield cast(R, record)

    def of_year(self, kind: type[R], year: int, on: date | None = None) -> Iterator[R]:
        """Records of a type that belong to a budget year: those that hold on ``on``, or those not
        ended at all."""
        for record in self._of_year.get((kind, year), ()):
            if record.until is None if on is None else record.holds(on):
                yield cast(R, record)

    def under(self, kind: type[R], delegation: int) -> Iterator[R]:
        """Records of a type that belong to a delegated power and are not ended."""
        for record in self._under.get((kind, delegation), ()):
            if record.until is None:
                yield cast(R, record)

    def in_post(self, post: str) -> Sequence[Mandate]:
        """Everyone who ever held a post, in the order of entry."""
        return self._in_post.get(post, ())

    def last(self, kind: type[R], on: date) -> R | None:
        """The record of a type that began last among those that hold on a day."""
        return max(self.all(kind, on), key=lambda r: (r.since, r.entry), default=None)

    def left_by(self, n: int) -> list[Record]:
        """The records entry ``n`` left behind."""
        return self._left_by.get(n, [])

    def ended_by(self, n: int) -> list[Ending]:
        """The endings entry ``n`` brought about."""
        return self._ended_by.get(n, [])

    @property
    def seats(self) -> int:
        """Seats of the kenesh as last known; those of a day are ``governing.seats``."""
        last = self.last(Convocation, date.max)
        return last.seats if last is not None else 0

    def rests_on(self, n: int) -> list[int]:
        return self.resting.get(n, [])

    def tainted(self, n: int) -> set[int]:
        """Contested or annulled entries that entry ``n`` rests on, near or far."""
        seen: set[int] = set()
        ahead = list(self.rests_on(n))
        while ahead:
            base = ahead.pop()
            if base not in seen:
                seen.add(base)
                ahead.extend(self.rests_on(base))
        return {base for base in seen if base in self.annulled or base in self.contested}
