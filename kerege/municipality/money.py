"""Money: what the register says of budgets, purses and accounts on a day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from kerege.municipality.municipality import Municipality
from kerege.municipality.record import (
    Budget,
    Delegation,
    Draft,
    Execution,
    Hearing,
    Received,
    Record,
    Spending,
)

R = TypeVar("R", bound=Record)


def draft(m: Municipality, year: int, on: date) -> Draft | None:
    """The latest draft of a budget that is not adopted yet."""
    return _latest(m.of_year(Draft, year, on))


def hearing(m: Municipality, year: int, on: date) -> Hearing | None:
    """The latest hearing on a budget; it counts only where a draft was there to be heard."""
    published = min((d.since for d in m.of_year(Draft, year, on)), default=date.max)
    return _latest(r for r in m.of_year(Hearing, year, on) if published <= r.since)


def adopt(m: Municipality, budget: Budget) -> None:
    """A budget of a year, in the place of the one before it. Draft and hearing have served: to
    adopt another, another draft is published and heard."""
    on, by = budget.since, budget.entry
    m.succeed([budget], [b for b in m.all(Budget) if b.year == budget.year])
    m.end(m.of_year(Draft, budget.year, on), on, by)
    m.end(m.of_year(Hearing, budget.year, on), on, by)


def budget(m: Municipality, year: int, on: date) -> Budget | None:
    return _latest(m.of_year(Budget, year, on))


def execution(m: Municipality, year: int, on: date) -> Execution | None:
    """The latest account of a year's budget, be it of a part of the year."""
    return _latest(m.of_year(Execution, year, on))


def spent(m: Municipality, year: int, source: str, on: date) -> int:
    """Whole som spent from a purse in a budget year, as known on a day."""
    return sum(r.amount for r in m.of_year(Spending, year, on) if r.source == source)


def years(m: Municipality, on: date) -> set[int]:
    """The budget years in which a budget was adopted or money came or went, as known on a day."""
    kinds: tuple[type[Budget | Received | Spending], ...] = (Budget, Received, Spending)
    return {record.year for kind in kinds for record in m.all(kind, on)}


def beyond(m: Municipality, year: int, source: str, on: date, upto: int | None = None) -> int:
    """Whole som spent from a purse beyond what the budget of a year plans, by a day and by entry
    ``upto``; everything where there is no budget. No law is asked."""
    adopted = budget(m, year, on)
    planned = adopted.total(source) if adopted is not None else 0
    paid = (r for r in m.of_year(Spending, year, on) if r.source == source)
    total = sum(r.amount for r in paid if upto is None or r.entry <= upto)
    return max(0, total - planned)


def ever_spent(m: Municipality, year: int, source: str) -> int:
    """Whole som spent from a purse in a budget year, whenever in it and however late recorded: a
    purse cannot be emptied twice by telling the second time with an earlier day."""
    return m.total(Spending, year, source)


def received(m: Municipality, year: int, source: str, on: date) -> int:
    return sum(r.amount for r in m.of_year(Received, year, on) if r.source == source)


def spent_under(m: Municipality, delegation: int) -> int:
    """Whole som ever spent on a delegated power, however late recorded."""
    return m.total(Spending, delegation)


def delegation(m: Municipality, n: int | None, on: date) -> Delegation | None:
    return m.get(Delegation, n, on)


def _latest(records: Iterable[R]) -> R | None:
    """The one that began last; of those of one day the one recorded last."""
    return max(records, key=lambda r: (r.since, r.entry), default=None)
