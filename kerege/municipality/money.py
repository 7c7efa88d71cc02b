"""Money: what the register says of budgets, purses and accounts on a day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from kerege.municipality.municipality import Municipality
from kerege.municipality.record import (
    Budget,
    Delegation,
    Demand,
    Draft,
    Execution,
    Hearing,
    Received,
    Record,
    Report,
    Spending,
)

R = TypeVar("R", bound=Record)


def draft(m: Municipality, year: int, on: date) -> Draft | None:
    """The latest draft of a budget that is not adopted yet."""
    return _latest(m.of_year(Draft, year, on))


def hearing(m: Municipality, year: int, on: date) -> Hearing | None:
    """The latest hearing on a budget; it counts only where a draft was there to be heard."""
    published = [d.since for d in m.all(Draft, on) if d.year == year]
    return _latest(
        r
        for r in m.all(Hearing, on)
        if r.year == year and any(since <= r.since for since in published)
    )


def adopt(m: Municipality, budget: Budget) -> None:
    """A budget of a year, in the place of the one before it. Draft and hearing have served: to
    adopt another, another draft is published and heard."""
    on, by = budget.since, budget.entry
    m.succeed([budget], [b for b in m.all(Budget) if b.year == budget.year])
    m.end((d for d in m.all(Draft, on) if d.year == budget.year), on, by)
    m.end((h for h in m.all(Hearing, on) if h.year == budget.year), on, by)


def budget(m: Municipality, year: int, on: date) -> Budget | None:
    return _latest(m.of_year(Budget, year, on))


def execution(m: Municipality, year: int, on: date) -> Execution | None:
    """The latest account of a year's budget, be it of a part of the year."""
    return _latest(m.of_year(Execution, year, on))


def spent(m: Municipality, year: int, source: str, on: date) -> int:
    """Whole som spent from a purse in a budget year, as known on a day."""
    return sum(r.amount for r in m.of_year(Spending, year, on) if r.source == source)


def ever_spent(m: Municipality, year: int, source: str) -> int:
    """Whole som spent from a purse in a budget year, whenever in it and however late recorded: a
    purse cannot be emptied twice by telling the second time with an earlier day."""
    return sum(r.amount for r in m.of_year(Spending, year) if r.source == source)


def received(m: Municipality, year: int, source: str, on: date) -> int:
    return sum(r.amount for r in m.of_year(Received, year, on) if r.source == source)


def spent_under(m: Municipality, delegation: int) -> int:
    """Whole som ever spent on a delegated power, however late recorded."""
    return sum(r.amount for r in m.under(Spending, delegation))


def delegation(m: Municipality, n: int | None, on: date) -> Delegation | None:
    return m.get(Delegation, n, on)


def overdue_accounts(m: Municipality, on: date) -> list[Demand]:
    """Accounts the kenesh demanded whose day has passed without a report."""
    answered = {report.demand for report in m.all(Report, on)}
    return [d for d in m.all(Demand, on) if d.due < on and d.entry not in answered]


def unaccounted(m: Municipality, on: date) -> list[Budget]:
    """Budgets that ended at least a full year ago and were never accounted for.

    The constitution sets no day for the account. We read the latest thinkable one: before a
    second year has passed. What is said before the year is over is no account of it.
    """
    accounted = {r.year for r in m.all(Execution, on) if r.since.year > r.year}
    return [b for b in m.all(Budget, on) if b.year < on.year - 1 and b.year not in accounted]


def _latest(records: Iterable[R]) -> R | None:
    """The one that began last; of those of one day the one recorded last."""
    return max(records, key=lambda r: (r.since, r.entry), default=None)
