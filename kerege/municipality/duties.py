"""The duty book: who owes what to whom by when, as the register and the law of a day have it.

The law tells its duties as data (``kerege/constitution/duties.py``); a register holds what brought
them about and what was done about them. On a day something owed is

``open``        not done, and its day has not passed
``fulfilled``   done by its day
``late``        done after its day
``overdue``     not done, and its day has passed

What was done before its earliest lawful day (``opens``) does not count. What was annulled brought
nothing about and did nothing, from the day of the annulment on. Nothing is owed that was due before
the law that asks for it was adopted (an exercise pinned to a law has always lived under it); of
what comes back every year, the first whole year under that law is the first. A number that neither
law nor charter sets leaves nothing owed: silence is no duty.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerege.constitution.duties import Duty
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.debts import Debt, acts_of, debts
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Charter, Record
from kerege.words import shipped

OPEN, FULFILLED, LATE, OVERDUE = "open", "fulfilled", "late", "overdue"
STATES = (OPEN, FULFILLED, LATE, OVERDUE)
# The report of a delegated power is due on the day that the delegation itself names. Where no law
# known here asks for it, that entry is all it rests on: there is no norm.
PROMISED = Duty(
    id="promised.delegation",
    words=shipped("municipality", "debts")["debt.delegation"],
    who=("executive",),
    to="state_body",
    after="DelegatePower",
    each="",
    only={},
    act="ReportDelegation",
    refers="delegation",
    same="",
    within="",
    on="report_due",
    by=None,
    years=0,
    opens=None,
    times="",
    fact="",
    late_counts=False,
    reading="",
    norm="",
)
# Lines in which records say what they are about.
_ABOUT = ("about", "title", "power")


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed, on a day: brought about by the record ``cause``, or by the year; done by the
    record ``done``."""

    duty: Duty
    cause: Record | None
    year: int | None
    opens: date
    due: date
    state: str
    done: Record | None

    @property
    def about(self) -> str:
        """What the cause itself says it is about; empty where it says nothing."""
        said = (getattr(self.cause, name, "") for name in _ABOUT)
        return next((text for text in said if isinstance(text, str) and text), "")

    def json(self) -> dict[str, Any]:
        """``state`` as above; days as 2010-12-31; ``cause`` and ``done`` are numbers of
        entries; ``norm`` is empty where only the cause itself named the day."""
        return {
            "duty": self.duty.id,
            "what": self.duty.words.json(),
            "about": self.about,
            "year": self.year,
            "who": list(self.duty.who),
            "to": self.duty.to,
            "cause": self.cause.entry if self.cause is not None else None,
            "opens": self.opens.isoformat(),
            "due": self.due.isoformat(),
            "state": self.state,
            "done": self.done.entry if self.done is not None else None,
            "done_on": self.done.since.isoformat() if self.done is not None else None,
            "norm": self.duty.norm,
            "reading": self.duty.reading,
        }


def owed(m: Municipality, law: Rulebook, on: date) -> list[Owed]:
    """Everything owed on a day under the law of that day, by the day it is due."""
    found = [o for duty in law.duties.values() for o in _owed(m, law, duty, on)]
    asked = {o.cause.entry for o in found if o.cause is not None and o.duty.act == PROMISED.act}
    promised = _owed(m, law, PROMISED, on)
    found += [o for o in promised if o.cause is not None and o.cause.entry not in asked]
    return sorted(found, key=lambda o: (o.due, o.duty.id, o.cause.entry if o.cause else 0))


def kept(m: Municipality, law: Rulebook, fact: str, on: date) -> tuple[bool, tuple[Record, ...]]:
    """Whether the duties that feed a fact are kept on a day, and on what that rests: of each duty
    what was done of the debt that was due last.

    What is not due yet does not break it; what is overdue does, and what was done late does unless
    the duty lets it count. Where the law has no such duty, there is none to break."""
    feeding = law.feeding(fact)
    if not feeding or m.identity is None:
        return True, ()
    # Between two days on which something owed changes the answer is the same, and is remembered
    # until an act that has to do with these duties is recorded or undone. A law asked before it was
    # adopted is asked as if it had always been: what is owed then is another matter.
    adopted = tuple(edition.adopted <= on for edition in law.editions)
    turns, answers = m.worked_out(
        (law.digest, fact, on.year, adopted, m.identity),
        {Charter, *(act for duty in feeding for act in acts_of(duty))},
        lambda: (_turns(m, law, feeding, on), {}),
    )
    at = bisect_right(turns, on)
    if at not in answers:
        answers[at] = _kept(m, law, feeding, on)
    return answers[at]


def _turns(m: Municipality, law: Rulebook, feeding: tuple[Duty, ...], on: date) -> list[date]:
    """The days on which what is owed of some duties can change, near a day."""
    found = {edition.adopted for edition in law.editions}
    for duty in feeding:
        for debt in debts(m, law, duty, on):
            found.update(debt.turns(m))
    return sorted(found)


def _kept(
    m: Municipality, law: Rulebook, feeding: tuple[Duty, ...], on: date
) -> tuple[bool, tuple[Record, ...]]:
    whole, rests = True, []
    for duty in feeding:
        found = list(_owed(m, law, duty, on))
        broken = (OVERDUE,) if duty.late_counts else (OVERDUE, LATE)
        whole = whole and not any(o.state in broken for o in found)
        # Those owed come by their cause: of two due on one day the later one stands.
        done = [o.done for o in sorted(found, key=lambda o: o.due) if o.done is not None]
        rests += done[-1:]
    return whole, tuple(rests)


def _owed(m: Municipality, law: Rulebook, duty: Duty, on: date) -> Iterator[Owed]:
    """What is owed of one duty on a day: of several causes of one debt the latest counts."""
    found: dict[object, Owed] = {}
    for debt in debts(m, law, duty, on):
        one = _stands(m, debt, on)
        if one is not None:
            found[debt.one] = one
    yield from found.values()


def _stands(m: Municipality, debt: Debt, on: date) -> Owed | None:
    """How a debt stands on a day; None where nothing brought it about."""
    if debt.since > on or (debt.cause is not None and m.undone(debt.cause.entry, on)):
        return None
    stand = [d for d in debt.deeds if d.since <= on and not m.undone(d.entry, on)]
    done = stand[debt.times - 1] if len(stand) >= debt.times else None
    if done is not None:
        state = LATE if done.since > debt.due else FULFILLED
    else:
        state = OVERDUE if on > debt.due else OPEN
    return Owed(debt.duty, debt.cause, debt.year, debt.opens, debt.due, state, done)
