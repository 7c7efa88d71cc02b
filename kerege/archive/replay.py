"""Living a register again under another law: what if, never unlawful.

Two lives are folded side by side: the register as it was, and as it would have been. In the second
every judged act is put to the other law anew, with facts of that life. What could not have been
takes no effect there, keeps its number, and may take later acts with it: no lawful head, no lawful
spending. What the law of its day refused and the other lets pass takes effect there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from kerege.archive.causes import pointed_at, without_one
from kerege.archive.outcome import (
    ACTOR,
    FACTS,
    NOT_PUT,
    OBJECT,
    OTHERWISE,
    Fallen,
    Passes,
    Refused,
    Replay,
)
from kerege.constitution.packs import Packs
from kerege.constitution.question import NOT_STATED, FactValue, Ruling
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.hold_session import HoldSession
from kerege.municipality.country import with_model
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Entry
from kerege.municipality.fold import UnknownAct, fold
from kerege.municipality.governing import grounds, in_office
from kerege.municipality.judging import put
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Mandate, Record
from kerege.municipality.rights import FOUNDING, present

# The other law on a day, as it stands in the other life.
LawOf = Callable[[Municipality, date], Rulebook]


def under(packs: Packs, ids: Sequence[str]) -> LawOf:
    """Packs as a law to live under, with the model that is adopted in that life."""
    return lambda m, on: packs.rulebook(with_model(m, packs, ids, on))


class NotLived(ValueError):
    """A register that cannot be lived again; the message names the entry."""


def replay(
    entries: Iterable[Entry],
    law: LawOf,
    under: tuple[str, ...] = (),
    *,
    was: Municipality | None = None,
    would: Municipality | None = None,
    ours: bool = False,
) -> Replay:
    """Live entries again under ``law``, which ``under`` names. ``was`` and ``would``, new ones when
    None, become the municipality as it was and as it would have been; ``ours`` as in ``fold``.

    Raises NotLived for an entry that cannot be read or about which the law cannot be asked."""
    lives = _Lives(law, was or Municipality(), would or Municipality(), ours)
    told = Replay(under)
    for entry in entries:
        try:
            lives.live(entry, told)
        except (ValueError, KeyError, TypeError, LawFailed) as error:
            raise NotLived(f"entry {told.size}: {error}") from error
        told.size += 1
    return told


class _Lives:
    """The register as it was and as it would have been, up to the same entry."""

    def __init__(self, law: LawOf, was: Municipality, would: Municipality, ours: bool) -> None:
        self.law, self.ours = law, ours
        self.was, self.would = was, would
        # Entries that would not have taken effect there, and those that only there would have.
        self.gone: set[int] = set()
        self.come: set[int] = set()
        # What is gone by act, and what is gone that had ended something or undone it.
        self._gone_acts: dict[str, set[int]] = {}
        self._enders: set[int] = set()
        # A register asks few different questions: each is put to the engine once, and each reason
        # is looked for once.
        self._rulings: dict[tuple[Any, ...], Ruling] = {}
        self._reasons: dict[tuple[Any, ...], list[int]] = {}

    def live(self, entry: Entry, told: Replay) -> None:
        kind = ACTS.get(entry.act)
        if kind is None:
            raise UnknownAct(entry.act)
        act = kind.kept(entry.fields) if self.ours else kind.read(entry.fields)
        if not self.ours:
            # Read strictly once; both lives then keep what was read.
            entry = replace(entry, fields=act.json())
        lived = entry
        other = self._outcome(entry, act)
        told.judged += entry.standing != EXEMPT
        match other:
            case Refused():
                told.refused.append(other)
            case Fallen():
                told.fallen.append(other)
            case Passes():
                told.passes.append(other)
                self.come.add(other.n)
                lived = replace(entry, standing=EFFECTIVE)
            case Ruling(answer=answer):
                stated = entry.ruling is None or entry.ruling["answer"] != NOT_STATED
                told.not_stated += answer == NOT_STATED and stated
        gone = isinstance(other, Refused | Fallen)
        if gone:
            # To that life it is what a contested act is to this one: shown, without effect.
            lived = replace(entry, standing=CONTESTED)
        fold([entry], ACTS, self.was, ours=True)
        fold([lived], ACTS, self.would, ours=True)
        if gone:
            self._lose(self.was.size - 1, entry.act)

    def _lose(self, n: int, act: str) -> None:
        self.gone.add(n)
        self._gone_acts.setdefault(act, set()).add(n)
        if act == "Annul" or self.was.ended_by(n):
            self._enders.add(n)

    def _outcome(self, entry: Entry, act: Act) -> Refused | Fallen | Passes | Ruling | None:
        fallen = self._fallen(entry, act) if self.gone or self.come else None
        return fallen if fallen or entry.standing == EXEMPT else self._judged(entry, act)

    # -- falling ------------------------------------------------------------------------------

    def _fallen(self, entry: Entry, act: Act) -> Fallen | None:
        """What fell before the law is asked: nobody to act, nothing to act upon."""
        spoken_of = pointed_at(act)
        without, nobody = spoken_of & self.gone, self._nobody_acted(entry, act)
        if without or nobody:
            return self._fell(entry, without | nobody, ACTOR if nobody else OBJECT)
        if _sensible(self.would, entry, act) or not _sensible(self.was, entry, act):
            return None
        rests_on = self.gone.intersection(entry.rests_on)
        because = self._because(
            lambda m: _sensible(m, entry, act),
            (lambda: spoken_of & self.come, lambda: rests_on, self._endings),
        )
        return self._fell(entry, because, OBJECT if rests_on.issuperset(because) else OTHERWISE)

    def _fell(
        self, entry: Entry, because: Iterable[int], why: str, missing: tuple[str, ...] = ()
    ) -> Fallen:
        return Fallen(
            n=self.was.size,
            act=entry.act,
            held_on=entry.held_on,
            because=tuple(sorted(because)),
            why=why,
            missing=missing,
        )

    def _nobody_acted(self, entry: Entry, act: Act) -> set[int]:
        """The entries because of which those who acted would not have been who they were."""
        on = entry.held_on
        acted = [r for r in grounds(self.was, entry.actor, on) if r is not None and r.holds(on)]
        lost = {n for record in acted for n in self._lost(record, on)}
        if isinstance(act, HoldSession):
            deputies = [self._lost(d, on) for d in in_office(self.was, "deputy", on)]
            if act.present > sum(not one for one in deputies):
                lost.update(*deputies)
        return lost

    def _lost(self, record: Record, on: date) -> set[int]:
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

    # -- judging ------------------------------------------------------------------------------

    def _judged(self, entry: Entry, act: Act) -> Refused | Fallen | Passes | Ruling | None:
        on, n = entry.held_on, self.was.size
        book = self.law(self.would, on)
        asked, _, given = self._ruled(self.would, entry, act, book)
        if entry.standing == CONTESTED:
            if given.effective and entry.actor.kind in book.vocabulary.acts[entry.act].actors:
                return Passes(n=n, act=entry.act, held_on=on, book=book, ruling=given)
            return None
        if given.effective:
            return given
        then, rests_on, itself = self._ruled(self.was, entry, act, book)
        if not itself.effective:
            return Refused(n=n, act=entry.act, held_on=on, book=book, ruling=itself)
        missing = tuple(
            fact for fact, yes in then.items() if yes is True and asked.get(fact) is False
        )
        lost = self.gone.intersection(rests_on)
        key = (entry.act, missing, *sorted(lost))
        because = self._reasons.get(key) if lost else None
        if because is None:
            made_by = {book.vocabulary.facts[fact].by or "" for fact in missing}
            because = self._reasons[key] = self._because(
                lambda m: (
                    _sensible(m, entry, act) and self._ruled(m, entry, act, book)[2].effective
                ),
                (
                    lambda: lost,
                    lambda: set().union(*(self._gone_acts.get(by, ()) for by in made_by)),
                    self._endings,
                ),
            )
        return self._fell(entry, because, FACTS if missing else OTHERWISE, missing)

    def _ruled(
        self, m: Municipality, entry: Entry, act: Act, book: Rulebook
    ) -> tuple[Mapping[str, FactValue], tuple[int, ...], Ruling]:
        """The facts of an act in a municipality, what they rest on, and what the law says."""
        try:
            asked, rests_on = put(m, act, entry.actor, entry.held_on, book)
        except (Malformed, LawFailed):
            return {}, (), Ruling(NOT_PUT, ())
        # The kind of place is the same throughout.
        key = (book.digest, asked.actor, asked.act, asked.object, *asked.facts.items())
        found = self._rulings.get(key)
        if found is None:
            found = self._rulings[key] = book.rule(asked)
        return asked.facts, rests_on, found

    # -- why ----------------------------------------------------------------------------------

    def _because(
        self, stands: Callable[[Municipality], bool], likely: Iterable[Callable[[], set[int]]]
    ) -> list[int]:
        """The entries but for which an act would stand: of what is gone those without which it
        does not stand in the register as it was, of what has come those in its way."""
        likeliest: set[int] = set()
        for group in (find() for find in likely):
            found = [n for n, so in without_one(group & self.gone, self.was, stands) if not so]
            found += [n for n, so in without_one(group & self.come, self.would, stands) if so]
            if found:
                return found
            likeliest = likeliest or group
        # None of them alone: the likeliest together.
        return list(likeliest or self.gone | self.come)

    def _endings(self) -> set[int]:
        return self._enders | self.come


def _sensible(m: Municipality, entry: Entry, act: Act) -> bool:
    """Whether an act makes sense in a municipality as it is: somebody to act, something to act
    upon."""
    try:
        if entry.act not in FOUNDING:
            present(m, entry.actor, entry.held_on)
        act.check(m, entry.actor, entry.held_on)
    except Malformed:
        return False
    return True
