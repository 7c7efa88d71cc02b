"""The charter of a municipality: the numbers the law lets it set, and the model it adopted.

Its numbers stay in the register and are read while facts are gathered; the model it adopted is part
of the rulebook (docs/decisions/0009).
"""

from collections.abc import Mapping
from datetime import date

from kerege.constitution.edition import MODEL, EditionError
from kerege.constitution.numbers import MOST, Number
from kerege.constitution.packs import load
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.act import Law
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Charter


def charter(m: Municipality, on: date) -> Charter | None:
    """The charter in force on a day."""
    return m.last(Charter, on)


def model(m: Municipality, on: date) -> str:
    """The model adopted with the charter of a day; empty where there is none."""
    one = charter(m, on)
    return one.model if one is not None else ""


def number(m: Municipality, law: Law, name: str, on: date) -> int | None:
    """What the charter of a day sets, within the bounds of the law of that day, else what the law
    sets; None where neither does. Raises Malformed where it hangs on a population nobody said."""
    found = _number(m, law, name, on)
    if found is None:
        return None
    one = charter(m, on)
    said = one.numbers.get(name) if one is not None else None
    return said if said is not None and found.allows(said) else found.value


def settable(m: Municipality, book: Rulebook, on: date) -> Mapping[str, Number]:
    """The numbers a charter of this municipality can set under a rulebook, by name, in the order of
    its text."""
    kind, people = _where(m)
    rows = reversed(list(book.numbers(on, kind, people).values()))
    return {row.name: row for row in rows if row.settable}


def adopting(law: Law, model: str) -> Rulebook:
    """The law of a day as it is with that model adopted and no other; raises Malformed where the
    model stands under another constitution, LawFailed where it does not go with the statutes."""
    ids = [edition.id for edition in law.editions if edition.kind != MODEL]
    if model and not set(load().edition(model).under) & set(ids):
        raise malformed("model", "not_under_this")
    try:
        return load().rulebook([*ids, model] if model else ids)
    except EditionError as error:
        raise LawFailed(str(error)) from error


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
