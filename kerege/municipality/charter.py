"""The charter of a municipality: the numbers the law lets it set, and the model it adopted.

Its numbers stay in the register and are read while facts are gathered; the model it adopted is part
of the rulebook (docs/decisions/0009).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kerege.constitution.edition import MODEL, EditionError
from kerege.constitution.numbers import MOST, Number
from kerege.constitution.packs import COUNTRY, UnknownPack, load
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.act import Act, Law
from kerege.municipality.calendar import days_after
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Charter

# Facts that hold against a number of the law or the charter: what stands as so without a rule that
# reads it may never have been measured.
MEASURED = {
    *("charterMajority", "draftInTime", "enoughPresent", "groupLargeEnough"),
    *("noticeGiven", "participationReached", "quorumPresent", "signaturesReached"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """So many ``days``, ``working_days`` or ``months``, as a number of the law or the charter."""

    name: str
    count: int
    unit: str

    def after(self, day: date) -> date:
        """The day so long after a day; raises LawFailed where there is none."""
        try:
            return days_after(day, self.count, self.unit, COUNTRY)
        except (OverflowError, ValueError) as error:
            what = f"{self.name} cannot be counted from {day}: {self.count} {self.unit}"
            raise LawFailed(what) from error


def charter(m: Municipality, on: date) -> Charter | None:
    """The charter in force on a day."""
    return m.last(Charter, on)


def model(m: Municipality, on: date) -> str:
    """The model adopted with the charter of a day; empty where there is none."""
    one = charter(m, on)
    return one.model if one is not None else ""


def number(m: Municipality, law: Law, name: str, unit: str, on: date) -> int | None:
    """What the charter of a day sets, within the bounds of the law of that day, else what the law
    sets; None where neither does. Raises Malformed where it hangs on a population nobody said, and
    LawFailed where the law counts in another unit."""
    found = _said(m, law, name, on)
    if found is not None and found.unit != unit:
        raise LawFailed(f"{name} is counted in {found.unit}, not in {unit}")
    return None if found is None else found.count


def span(m: Municipality, law: Law, name: str, on: date) -> Span | None:
    """A number of days, by what law and charter of a day set and in the unit of the law; None and
    Malformed as above."""
    return _said(m, law, name, on)


def unasked(m: Municipality, law: Law, act: Act, fact: str) -> bool:
    """Whether no rule reads a fact of an act: then nothing falls short of a number nobody set.
    Where one does, it is not kept while the number is missing."""
    assert fact in MEASURED, fact
    return not law.reads(fact, type(act).__name__, act.object(m, law))


def settable(m: Municipality, book: Rulebook, on: date) -> Mapping[str, Number]:
    """The numbers a charter of this municipality can set under a rulebook, by name, in the order of
    its text."""
    kind, people = _where(m)
    rows = reversed(list(book.numbers(on, kind, people).values()))
    return {row.name: row for row in rows if row.settable}


def adopting(law: Law, model: str) -> Rulebook:
    """The law of a day as it is with that model adopted and no other; raises Malformed where the
    model is not known, stands under another constitution or does not go with the statutes."""
    packs = load()
    ids = [edition.id for edition in law.editions if edition.kind != MODEL]
    try:
        if model and not set(packs.edition(model).under) & set(ids):
            raise malformed("model", "not_under_this")
        return packs.rulebook([*ids, model] if model else ids)
    except UnknownPack as error:
        raise malformed("model", "unknown_pack", pack=str(error)) from error
    except EditionError as error:
        where = f"{error.file}, {error.article}, {error.line}"
        raise malformed("model", "laws_clash", where=where) from error


def _said(m: Municipality, law: Law, name: str, on: date) -> Span | None:
    found = _number(m, law, name, on)
    if found is None:
        return None
    one = charter(m, on)
    said = one.numbers.get(name) if one is not None else None
    count = said if said is not None and found.allows(said) else found.value
    return None if count is None else Span(name, count, found.unit)


def _number(m: Municipality, law: Law, name: str, on: date) -> Number | None:
    kind, people = _where(m)
    found = law.number(name, on, kind, people)
    if not people and found is not law.number(name, on, kind, MOST):
        raise malformed("population", "population_unknown")
    return found


def _where(m: Municipality) -> tuple[str, int]:
    """Kind of place and population; 0 where nobody said how many people live here."""
    assert m.identity is not None
    return m.identity.kind, m.identity.population
