"""What is still to be decided in a municipality on a day: raised, called or proposed by then, and
not settled by it."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from kerege.municipality.municipality import Municipality
from kerege.municipality.record import (
    Assembly,
    Budget,
    Call,
    Consent,
    Decision,
    Delegation,
    Draft,
    Hearing,
    Initiative,
    Issue,
    Nomination,
    Proposal,
    Record,
    Request,
    RequestDecision,
)

# What was postponed or sent back is still to be decided.
SETTLED = ("adopted", "rejected")
R = TypeVar("R", bound=Record)


def pending(m: Municipality, on: date) -> Iterator[Record]:
    """Issues, initiatives, requests, calls, draft budgets, proposals and nominations that stand
    open, each kind in the order of the register."""
    decisions = [one for one in m.all(Decision, on) if one.outcome in SETTLED]
    yield from _but(m.all(Issue, on), {one.issue for one in decisions})
    yield from _but(m.all(Initiative, on), {one.initiative for one in decisions})
    yield from _but(m.all(Request, on), {one.request for one in m.all(RequestDecision, on)})
    held = {one.call for one in m.all(Assembly, on)} | {one.call for one in m.all(Hearing, on)}
    yield from (one for one in _but(m.all(Call, on), held) if one.day >= on)
    for draft in m.all(Draft, on):
        if draft.year >= on.year and not any(m.of_year(Budget, draft.year, on)):
            yield draft
    agreed: set[int | None] = {one.proposal for one in m.all(Consent, on)}
    agreed |= {one.proposal for one in m.all(Delegation, on)}
    yield from _but(m.all(Proposal, on), agreed)
    heads = [one.since for one in m.in_post("head") if one.since <= on]
    yield from (one for one in m.all(Nomination, on) if all(day < one.since for day in heads))


def _but(records: Iterator[R], settled: set[int | None]) -> Iterator[R]:
    return (one for one in records if one.entry not in settled)
