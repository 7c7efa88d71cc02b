"""The value folded from a register: everything a municipality is, with its dates.

One generic store of dated records; what they mean is asked through the modules named after the
subject (``governing``, ``money``, ``country``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar, cast

from kerege.municipality.answering import ANSWERS
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.record import Body, Convocation, Ending, Link, Mandate, Record, Sum
from kerege.municipality.sums import Sums
from kerege.municipality.timeline import Timeline

if TYPE_CHECKING:
    from kerege.municipality.act import Act

R = TypeVar("R", bound=Record)
T = TypeVar("T")

# Of these there are few, and nearly every act asks which of them hold on its day.
_FEW = (Body, Convocation, Link)
_MOST_WORKED_OUT = 256


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
        # When the last entry was written down.
        self.recorded_at: datetime | None = None
        self.ids: dict[str, int] = {}
        # By number of entry: the day, the act, whose act it was, what it rests on.
        self.days: dict[int, date] = {}
        self.acts: dict[int, str] = {}
        self.actors: dict[int, Actor] = {}
        self.resting: dict[int, list[int]] = {}
        # Contested and not confirmed; annulled (by which entry, from which day); suspended (each
        # time by which entry, from which day, until which); confirmed (by the entry that is the
        # key); corrected (field and the words that stand for it now).
        self.contested: dict[int, Entry] = {}
        self.annulled: dict[int, tuple[int, date]] = {}
        self.suspended: dict[int, list[tuple[int, date, date | None]]] = {}
        self.confirmed: dict[int, int] = {}
        self.corrections: dict[int, dict[str, str]] = {}
        # Of which entry what was kept beside the register was erased, by which entry.
        self.erased: dict[int, dict[str, int]] = {}
        self.mandates: dict[str, Mandate] = {}
        # The acts of this release, as the fold was given them: an act does not know the others.
        self.kinds: Mapping[str, type[Act]] = {}
        self._records: dict[type[Record], dict[int, Record]] = {}
        # Found again by what is asked most: who held a post, what belongs to a budget year.
        self._in_post: dict[str, Timeline[Mandate]] = {}
        self._few: dict[type[Record], Timeline[Record]] = {kind: Timeline() for kind in _FEW}
        self._of_year: dict[tuple[type[Record], int], list[Record]] = {}
        self._left_by: dict[int, list[Record]] = {}
        self._answered_by: dict[int, list[int]] = {}
        self._ended_by: dict[int, list[tuple[Record, Ending]]] = {}
        # Made when it is asked first: most registers are read and not acted in.
        self._sums: Sums | None = None
        # Entries looked away from for a moment.
        self._aside: set[int] = set()
        # Which entries and what kinds of records acts of a name left; how often records of a kind
        # changed; what was worked out of them.
        self._by_act: dict[str, list[int]] = {}
        self._kinds_of: dict[str, list[type[Record]]] = {}
        self._changes: dict[type[Record], int] = {}
        self._worked_out: dict[object, tuple[int, object]] = {}

    # -- writing, by effects only -----------------------------------------------------------

    def add(self, record: Record) -> None:
        """Keep a record an act leaves behind."""
        kind = type(record)
        self._changes[kind] = self._changes.get(kind, 0) + 1
        act = self.acts.get(record.entry, "")
        left = self._left_by.get(record.entry)
        if left is None:
            self._left_by[record.entry] = [record]
            self._by_act.setdefault(act, []).append(record.entry)
        else:
            left.append(record)
        if kind not in self._kinds_of.get(act, ()):
            self._kinds_of.setdefault(act, []).append(kind)
        if isinstance(record, Mandate):
            self.mandates[record.id] = record
            self._in_post.setdefault(record.post, Timeline()).add(record)
            return
        self._records.setdefault(kind, {})[record.entry] = record
        for name in ANSWERS.get(kind, ()):
            if (of := getattr(record, name)) is not None:
                self._answered_by.setdefault(of, []).append(record.entry)
        if kind in self._few:
            self._few[kind].add(record)
        if self._sums is not None and isinstance(record, Sum):
            self._sums.add(record)
        year = getattr(record, "year", None)
        if year is not None:
            self._of_year.setdefault((kind, year), []).append(record)

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
                self._ended_by.setdefault(by, []).append((record, ending))
                if by in self.annulled:
                    ending.lift(self.annulled[by][1])
            self.turned(record)

    def lift(self, by: int, on: date) -> None:
        """From a day on what entry ``by`` ended holds again."""
        for record, ending in self._ended_by.get(by, ()):
            ending.lift(on)
            self.turned(record)

    def turned(self, record: Record) -> None:
        """Mend what is found again, now that a record holds on other days than before."""
        kind = type(record)
        self._changes[kind] = self._changes.get(kind, 0) + 1
        if isinstance(record, Mandate):
            if record.post in self._in_post:
                self._in_post[record.post].turned()
        elif kind in self._few:
            self._few[kind].turned()
        elif (
            self._sums is not None
            and isinstance(record, Sum)
            and self.find(kind, record.entry) is record
        ):
            self._sums.turned(record)

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
        if on is not None and kind in self._few:
            yield from cast("Sequence[R]", self._few[kind].on(on))
            return
        for record in self._records.get(kind, {}).values():
            if on is None or record.holds(on):
                yield cast(R, record)

    def of_year(self, kind: type[R], year: int, on: date | None = None) -> Iterator[R]:
        """Records of a type that belong to a budget year: those that hold on ``on``, or those not
        ended at all."""
        for record in self._of_year.get((kind, year), ()):
            if record.until is None if on is None else record.holds(on):
                yield cast(R, record)

    def in_post(self, post: str, on: date | None = None) -> Sequence[Mandate]:
        """Everyone who ever held a post, or holds it on a day, in the order of entry."""
        held = self._in_post.get(post)
        if held is None:
            return ()
        return held.records if on is None else held.on(on)

    def last(self, kind: type[R], on: date) -> R | None:
        """The record of a type that began last among those that hold on a day."""
        return max(self.all(kind, on), key=lambda r: (r.since, r.entry), default=None)

    def left_by(self, n: int) -> list[Record]:
        """The records entry ``n`` left behind."""
        return self._left_by.get(n, [])

    def answered_by(self, n: int) -> list[int]:
        """The entries that answer entry ``n``: decide on it, report on it, agree to it."""
        return self._answered_by.get(n, [])

    def ended_by(self, n: int) -> list[Ending]:
        """The endings entry ``n`` brought about."""
        return [ending for _, ending in self._ended_by.get(n, ())]

    def left_by_acts(self, name: str) -> Iterator[Record]:
        """What acts of a name left behind: of each entry its first record."""
        for n in self._by_act.get(name, ()):
            yield self._left_by[n][0]

    def total(self, *of: object) -> int:
        """Whole som of all records that are summed for ``of`` and not ended, however late they
        were recorded."""
        if self._sums is None:
            kinds = [kind for kind in self._records if issubclass(kind, Sum)]
            self._sums = Sums(r for kind in kinds for r in self._records[kind].values())
        return self._sums.of(*of)

    def undone(self, n: int, on: date) -> bool:
        """Whether on a day entry ``n`` stood annulled."""
        return (n in self.annulled and self.annulled[n][1] <= on) or n in self._aside

    @contextmanager
    def without(self, n: int) -> Iterator[None]:
        """For a moment as if entry ``n`` had left and ended nothing."""
        left = [(record, record.term) for record in self.left_by(n)]
        ended = [(*one, one[1].until) for one in self._ended_by.get(n, ())]
        self._aside.add(n)
        for record, _ in left:
            record.term = record.since
        for _, ending, _ in ended:
            ending.until = ending.since
        touched = [*(record for record, _ in left), *(record for record, _, _ in ended)]
        for record in touched:
            self.turned(record)
        try:
            yield
        finally:
            self._aside.discard(n)
            for record, term in left:
                record.term = term
            for _, ending, until in ended:
                ending.until = until
            for record in touched:
                self.turned(record)

    def worked_out(
        self, what: object, of: Iterable[type[Record] | str], make: Callable[[], T]
    ) -> T:
        """What ``make`` gives, made anew only when a record changed: of one of these kinds, or left
        by acts of one of these names. Where too much has been kept all of it is forgotten."""
        stamp = 0
        for one in of:
            for kind in self._kinds_of.get(one, ()) if isinstance(one, str) else (one,):
                stamp += self._changes.get(kind, 0)
        kept = self._worked_out.get(what)
        if kept is None or kept[0] != stamp:
            kept = (stamp, make())
            # Whoever asks of every year of a register leaves a note for each.
            if len(self._worked_out) >= _MOST_WORKED_OUT and what not in self._worked_out:
                self._worked_out.clear()
            self._worked_out[what] = kept
        return cast(T, kept[1])

    @property
    def seats(self) -> int:
        """Seats of the kenesh as last known; those of a day are ``governing.seats``."""
        last = self.last(Convocation, date.max)
        return last.seats if last is not None else 0

    def rests_on(self, n: int) -> list[int]:
        return self.resting.get(n, [])

    def suspended_by(self, n: int, on: date) -> int | None:
        """The entry by which entry ``n`` stands suspended on a day; a suspension that was annulled
        lasts until that day."""
        for by, since, until in self.suspended.get(n, ()):
            if since <= on and (until is None or on < until) and not self.undone(by, on):
                return by
        return None

    def tainted(self, n: int) -> set[int]:
        """Contested or annulled entries that entry ``n`` rests on, near or far, and ``halted``."""
        bases = {base for _, base in self._bases(n)}
        fallen = {base for base in bases if base in self.annulled or base in self.contested}
        return fallen | self.halted(n)

    def halted(self, n: int) -> set[int]:
        """Entries that ``n`` rests on, near or far, and that stood suspended when something was
        rested on them."""
        if not self.suspended:
            return set()
        return {
            base
            for at, base in self._bases(n)
            if self.suspended_by(base, self.days[at]) is not None
        }

    def _bases(self, n: int) -> Iterator[tuple[int, int]]:
        """What entry ``n`` rests on, near or far, each time with what rests on it."""
        seen, ahead = {n}, [n]
        while ahead:
            at = ahead.pop()
            for base in self.rests_on(at):
                yield at, base
                if base not in seen:
                    seen.add(base)
                    ahead.append(base)
