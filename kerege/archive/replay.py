"""Living a register again under another law: what if, never unlawful.

Two lives are folded side by side: the register as it was, and as it would have been. In the second
every judged act is put to the other law anew, with facts of that life. What could not have been
takes no effect there, keeps its number, and may take later acts with it: no lawful head, no lawful
spending. What the law of its day refused and the other lets pass takes effect there.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kerege.archive.causes import Causes, pointed_at
from kerege.archive.outcome import (
    ACTOR,
    FACTS,
    NOT_PUT,
    OBJECT,
    OTHERWISE,
    Fallen,
    Outcome,
    Passes,
    Refused,
    Replay,
)
from kerege.constitution.packs import Packs
from kerege.constitution.question import NOT_STATED, FactValue, Ruling
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.country import with_model
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Actor, Entry
from kerege.municipality.fold import UnknownAct, fold
from kerege.municipality.governing import grounds, in_office
from kerege.municipality.judging import put
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import OPERATOR, present

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
    ours: bool = False,
) -> Replay:
    """Live entries again under ``law``, which ``under`` names. ``was``, a new one when None,
    becomes the municipality as it was; ``ours`` as in ``fold``.

    Raises NotLived for an entry that cannot be read or about which the law cannot be asked."""
    return Lives(law, under, was=was, ours=ours).go_on(entries)


class Lives:
    """The register as it was and as it would have been, up to the same entry, and what is told of
    them. Once an entry cannot be lived they are half changed and of no further use."""

    def __init__(
        self,
        law: LawOf,
        under: tuple[str, ...] = (),
        *,
        was: Municipality | None = None,
        ours: bool = False,
    ) -> None:
        self.law, self.ours = law, ours
        self.was, self.would = was or Municipality(), Municipality()
        self.told = Replay(under)
        self._causes = Causes(self.was, self.would)
        # Contested acts that could not have been: they fall only when they have taken effect.
        self._contested: dict[int, Fallen] = {}
        # A register asks few different questions: each is put to the engine once.
        self._rulings: dict[tuple[Any, ...], Ruling] = {}

    def go_on(self, entries: Iterable[Entry]) -> Replay:
        """Live the entries that come next in the order of the register; returns everything told so
        far. Raises NotLived."""
        for entry in entries:
            try:
                self._live(entry)
            except (ValueError, LookupError, TypeError, LawFailed) as error:
                raise NotLived(f"entry {self.told.size}: {error}") from error
            self.told.size += 1
        return self.told

    def _live(self, entry: Entry) -> None:
        kind = ACTS.get(entry.act)
        if kind is None:
            raise UnknownAct(entry.act)
        act = kind.kept(entry.fields) if self.ours else kind.read(entry.fields)
        if not self.ours:
            # Read strictly once; both lives then keep what was read.
            entry = replace(entry, fields=act.json())
        n, other = self.was.size, self._outcome(entry, act)
        self._tell(entry, other)
        lived = entry
        if isinstance(other, Passes):
            self._causes.come.add(n)
            lived = replace(entry, standing=EFFECTIVE)
        elif isinstance(other, Refused | Fallen):
            # To that life it is what a contested act is to this one: shown, without effect.
            lived = replace(entry, standing=CONTESTED)
        fold([entry], ACTS, self.was, ours=True)
        fold([lived], ACTS, self.would, ours=True)
        if isinstance(other, Refused | Fallen):
            self._causes.lose(n, act)
        if n in self.was.confirmed:
            fallen = self._contested.pop(self.was.confirmed[n], None)
            if fallen is not None:
                insort(self.told.fallen, fallen, key=lambda one: one.n)

    def _tell(self, entry: Entry, other: Outcome | Ruling | None) -> None:
        told = self.told
        told.judged += entry.standing != EXEMPT
        match other:
            case Refused():
                told.refused.append(other)
            case Fallen() if entry.standing == CONTESTED:
                self._contested[other.n] = other
            case Fallen():
                told.fallen.append(other)
            case Passes():
                told.passes.append(other)
            case Ruling(answer=answer):
                stated = entry.ruling is None or entry.ruling["answer"] != NOT_STATED
                told.not_stated += answer == NOT_STATED and stated

    def _outcome(self, entry: Entry, act: Act) -> Refused | Fallen | Passes | Ruling | None:
        apart = self._causes.gone or self._causes.come
        fallen = self._fallen(entry, act) if apart else None
        if entry.standing == EXEMPT:
            return fallen
        if fallen is None:
            return self._judged(entry, act)
        # What the other law itself says no to is told so, whatever else would have stopped it.
        book = self._law(entry, act)
        given = self._ruled(self.was, entry, act, book)[2]
        if entry.standing == CONTESTED or given.effective or given.answer == NOT_PUT:
            return fallen
        n, on = self.was.size, entry.held_on
        return Refused(n=n, act=entry.act, held_on=on, book=book, ruling=given)

    # -- falling ------------------------------------------------------------------------------

    def _fallen(self, entry: Entry, act: Act) -> Fallen | None:
        """What fell before the law is asked: nobody to act, nothing to act upon."""
        spoken_of = pointed_at(act)
        causes = self._causes
        without, nobody = spoken_of & causes.gone, self._nobody_acted(entry, act)
        if without or nobody:
            return self._fell(entry, without | nobody, ACTOR if nobody else OBJECT)
        if _sensible(self.would, entry, act) or not _sensible(self.was, entry, act):
            return None
        rests_on = causes.gone.intersection(entry.rests_on)
        because = causes.because(
            lambda m: _sensible(m, entry, act),
            (lambda: spoken_of & causes.come, lambda: rests_on, causes.endings),
        )
        return self._fell(entry, because, OBJECT if rests_on.issuperset(because) else OTHERWISE)

    def _fell(
        self, entry: Entry, because: Iterable[int], why: str, missing: tuple[str, ...] = ()
    ) -> Fallen:
        n, by = self.was.size, tuple(sorted(because))
        return Fallen(
            n=n, act=entry.act, held_on=entry.held_on, because=by, why=why, missing=missing
        )

    def _nobody_acted(self, entry: Entry, act: Act) -> set[int]:
        """The entries because of which those who acted would not have been who they were."""
        on = entry.held_on
        acted = [r for r in grounds(self.was, entry.actor, on) if r is not None and r.holds(on)]
        lost = {n for record in acted for n in self._causes.lost(record, on)}
        if act.DEPUTIES:
            deputies = [self._causes.lost(d, on) for d in in_office(self.was, "deputy", on)]
            if getattr(act, act.DEPUTIES) > sum(not one for one in deputies):
                lost.update(*deputies)
        return lost

    # -- judging ------------------------------------------------------------------------------

    def _judged(self, entry: Entry, act: Act) -> Refused | Fallen | Passes | Ruling | None:
        on, n = entry.held_on, self.was.size
        book = self._law(entry, act)
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
        lost = self._causes.gone.intersection(rests_on)
        made_by = [book.vocabulary.facts[fact].by or "" for fact in missing]
        because = self._causes.because(
            lambda m: _sensible(m, entry, act) and self._ruled(m, entry, act, book)[2].effective,
            (lambda: lost, lambda: self._causes.gone_acts(made_by), self._causes.endings),
            same=(entry.act, missing, *sorted(lost)) if lost else None,
        )
        return self._fell(entry, because, FACTS if missing else OTHERWISE, missing)

    def _law(self, entry: Entry, act: Act) -> Rulebook:
        """The other law as an act is put to it; where what the act brings does not fit it, that
        law alone, of which it then cannot be asked."""
        law = self.law(self.would, entry.held_on)
        try:
            return act.put_to(law)
        except Malformed:
            return law

    def _ruled(
        self, m: Municipality, entry: Entry, act: Act, book: Rulebook
    ) -> tuple[Mapping[str, FactValue], tuple[int, ...], Ruling]:
        """The facts of an act in a municipality, what they rest on, and what the law says. An act
        that this law cannot be asked about is no fault; raises LawFailed for a fault."""
        try:
            asked, rests_on = put(m, act, entry.actor, entry.held_on, book)
        except Malformed:
            return {}, (), Ruling(NOT_PUT, ())
        # The kind of place is the same throughout.
        key = (book.digest, asked.actor, asked.act, asked.object, *asked.facts.items())
        found = self._rulings.get(key)
        if found is None:
            found = self._rulings[key] = book.rule(asked)
        return asked.facts, rests_on, found


def _sensible(m: Municipality, entry: Entry, act: Act) -> bool:
    """Whether an act makes sense in a municipality as it is: somebody to act, something to act
    upon."""
    try:
        if entry.actor != Actor(OPERATOR):
            present(m, entry.actor, entry.held_on)
        act.check(m, entry.actor, entry.held_on)
    except Malformed:
        return False
    return True
