"""What acts leave behind: dated records, each knowing the entry it came from.

A record holds from ``since`` until it is ended; nothing is deleted. An ending is dated as well and
knows the entry that brought it, so that annulling that entry lifts it: who was dismissed unlawfully
is in office again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Ending:
    """That a record holds no more from a day, until (if ever) the ending itself is lifted."""

    by: int | None
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def lift(self, on: date) -> None:
        self.until = max(on, self.since)


@dataclass(slots=True)
class Record:
    entry: int
    since: date
    # The first day on which it holds no more, where that was said when it began.
    term: date | None = field(default=None, kw_only=True)
    endings: list[Ending] = field(default_factory=list, kw_only=True)

    def holds(self, on: date) -> bool:
        if on < self.since or (self.term is not None and on >= self.term):
            return False
        # Written out, not through Ending.holds: this is asked of every record on every day.
        for ending in self.endings:
            if ending.since <= on and (ending.until is None or on < ending.until):
                return False
        return True

    @property
    def until(self) -> date | None:
        """The day from which it holds no more; None while no end is known."""
        if not self.endings:
            return self.term
        days = [ending.since for ending in self.endings if ending.until is None]
        return min([*days, *([self.term] if self.term is not None else [])], default=None)

    def turns(self) -> Iterator[date]:
        """The days on which it begins to hold or not to."""
        yield self.since
        if self.term is not None:
            yield self.term
        for ending in self.endings:
            yield ending.since
            if ending.until is not None:
                yield ending.until

    def end(self, on: date, by: int | None = None) -> Ending:
        """End the record on a day. Acts end records through the municipality, which remembers."""
        ending = Ending(by, max(on, self.since))
        self.endings.append(ending)
        return ending


# -- who governs ----------------------------------------------------------------------------


@dataclass(slots=True)
class Body(Record):
    kind: str
    name: str


@dataclass(slots=True)
class Mandate(Record):
    """A post held by a person: deputy, chair, head, official or recorder.

    ``confirmed`` is False for the recorder whom the operator linked; what the kenesh says of that
    later is a Confirmation."""

    id: str
    post: str
    holder: str
    title: str
    confirmed: bool = True


@dataclass(slots=True)
class Confirmation(Record):
    """That the kenesh confirmed its first recorder."""

    mandate: str


@dataclass(slots=True)
class Convocation(Record):
    """How many seats the kenesh has."""

    seats: int


@dataclass(slots=True)
class Link(Record):
    """An account that may act under a mandate."""

    account: str
    mandate: str


@dataclass(slots=True)
class Session(Record):
    number: str
    day: date
    present: int


@dataclass(slots=True)
class Nomination(Record):
    candidate: str
    by: str


@dataclass(slots=True)
class Demand(Record):
    """An account the kenesh demanded, due on a day."""

    of: str
    about: str
    due: date


@dataclass(slots=True)
class Report(Record):
    demand: int | None
    by: str


@dataclass(slots=True)
class Assessment(Record):
    report: int
    mark: str


# -- money ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Forecast(Record):
    """What revenues the state expects in a budget year, sent to the municipality."""

    year: int


@dataclass(slots=True)
class Programme(Record):
    """Programme of development and priorities of the budget of a year."""

    year: int
    title: str


@dataclass(slots=True)
class Draft(Record):
    year: int
    lines: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Hearing(Record):
    year: int
    participants: int
    call: int | None = None


@dataclass(slots=True)
class Budget(Record):
    """An adopted budget."""

    year: int
    lines: Sequence[Mapping[str, Any]]

    def total(self, source: str | None = None) -> int:
        return sum(line["amount"] for line in self.lines if source in (None, line["source"]))


@dataclass(slots=True)
class Sum(Record):
    """Whole som that came to a purse or went out of it."""

    year: int
    source: str
    amount: int

    def sums(self) -> Iterator[tuple[object, ...]]:
        """What it is summed for."""
        yield type(self), self.year, self.source


@dataclass(slots=True)
class Received(Sum):
    """Money that came."""


@dataclass(slots=True)
class Spending(Sum):
    delegation: int | None

    def sums(self) -> Iterator[tuple[object, ...]]:
        yield Spending, self.year, self.source
        if self.delegation is not None:
            yield Spending, self.delegation


@dataclass(slots=True)
class Execution(Record):
    """The account of a budget's execution."""

    year: int
    spent_local: int
    spent_republican: int


# -- powers handed over ---------------------------------------------------------------------


@dataclass(slots=True)
class Proposal(Record):
    power: str
    authority: str
    instrument: str
    means: int
    by: str


@dataclass(slots=True)
class Consent(Record):
    proposal: int


@dataclass(slots=True)
class Delegation(Record):
    power: str
    instrument: str
    authority: str
    means: int
    first: date
    last: date
    report_due: date
    proposal: int | None

    def runs(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass(slots=True)
class DelegationReport(Record):
    """The account of a delegated power, to the state body that delegated it."""

    delegation: int


# -- the community --------------------------------------------------------------------------


@dataclass(slots=True)
class Tos(Record):
    name: str


@dataclass(slots=True)
class Contract(Record):
    tos: int
    task: str


@dataclass(slots=True)
class Authority(Record):
    """Public authority granted to a body."""

    to: str
    name: str
    what: str


@dataclass(slots=True)
class Issue(Record):
    title: str
    by: str


@dataclass(slots=True)
class Decision(Record):
    """``initiative`` and ``assembly`` are the entries it decided on, where there were any."""

    issue: int | None
    title: str
    outcome: str
    initiative: int | None = None
    assembly: int | None = None


@dataclass(slots=True)
class Charter(Record):
    """The charter the kenesh adopted: the id of a model, or nothing, and its own numbers."""

    model: str
    numbers: Mapping[str, int]


@dataclass(slots=True)
class Request(Record):
    """An initiative group asked for a meeting."""

    about: str


@dataclass(slots=True)
class RequestDecision(Record):
    request: int
    outcome: str


@dataclass(slots=True)
class Call(Record):
    """A meeting, kurultai or hearing called for a day; one that cannot wait is ``urgent``."""

    kind: str
    day: date
    about: str
    urgent: bool


@dataclass(slots=True)
class Assembly(Record):
    """A meeting or kurultai that was held, and whether questions were left open. ``meeting_year``
    is the year of a meeting; a kurultai is none."""

    kind: str
    meeting_year: int | None
    unanswered: bool
    call: int | None = None


@dataclass(slots=True)
class Answer(Record):
    assembly: int


@dataclass(slots=True)
class Results(Record):
    """What came of an assembly, or of a hearing on a draft budget, told to the residents."""

    assembly: int | None
    hearing: int | None


@dataclass(slots=True)
class Initiative(Record):
    """The draft of a decision that residents put before the kenesh."""

    title: str


@dataclass(slots=True)
class CommunityReport(Record):
    """An account given to the residents."""

    by: str


# -- the country ----------------------------------------------------------------------------


@dataclass(slots=True)
class Referendum(Record):
    edition: str
    day: date


@dataclass(slots=True)
class Result(Record):
    referendum: int
    edition: str
    approved: bool


@dataclass(slots=True)
class Taken(Record):
    """An edition or a statute in force."""

    pack: str
    kind: str
