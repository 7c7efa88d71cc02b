"""What is owed, as pages show it: who owes what to whom by when, and how it stands."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kerege.constitution.fragment import READINGS
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.constitution.saying import reading_said
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.debt_said import debt_said
from kerege.municipality.duties import LATE, OPEN, OVERDUE, STATES, Owed, owed
from kerege.municipality.governing import RECORDER, SPEAKS
from kerege.municipality.record import Mandate
from kerege.web.caching import passing
from kerege.web.jinja import url
from kerege.web.listing import basis
from kerege.web.places import Place
from kerege.web.rulings import article_said
from kerege.web.saying import language, w

_LOG = logging.getLogger(__name__)

# What was done longer ago is in the register.
RECENT = timedelta(days=366)
# What falls due later is no matter for a desk yet.
SOON = timedelta(days=90)
# What can never be done any more, because its year has gone by, is shown so often for each duty.
MOST_PAST = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of ``parts/owed_list.html``."""

    state: str
    state_said: str
    tag: str
    what: str
    url: str
    whose: str
    when: str
    due: str
    opens: str
    done: str
    done_url: str
    # How it stands with what that rests on, as a kind of ``parts/tag.html``; or nothing.
    basis: str
    article: str
    article_url: str
    reading: str
    # The act that does it, and what the form of that act can begin with.
    act: str
    given: Mapping[str, str]
    due_on: date
    # In how many years before it was not done either, which are not shown.
    earlier: int


def known_owed(here: Place, on: date) -> list[Owed]:
    """Everything owed in a place on a day, or done; nothing where the law cannot tell."""
    book = here.book(on)
    if book is None or here.m.identity is None:
        return []
    try:
        return owed(here.m, book, on)
    except LawFailed:
        # A duty that cannot be counted is the law's fault; everything else stands without it.
        _LOG.exception("what is owed in %s cannot be told", here.slug)
        passing()
        return []


def owed_here(
    here: Place,
    on: date,
    who: Iterable[str] | None = None,
    known: list[Owed] | None = None,
) -> list[Shown]:
    """What is owed in a place on a day, or was done of late: the overdue first, then what is open,
    each by its day. With ``who`` only what these actors owe; ``known`` is ``known_owed``, for who
    has asked it already."""
    book = here.book(on)
    if book is None:
        return []
    whom = None if who is None else set(who)
    known = known_owed(here, on) if known is None else known
    found = sorted(worth_showing(known, on), key=lambda o: (_ORDER[o.state], o.due))
    told = [o for o in found if whom is None or whom & set(o.duty.who)]
    earlier = Counter(o.duty.id for o in known if _gone_by(o))
    earlier.subtract(o.duty.id for o in found if _gone_by(o))
    # Said once of a duty, where its earliest year stands.
    return [
        _shown(here, book, o, on, earlier.pop(o.duty.id, 0) if _gone_by(o) else 0) for o in told
    ]


def owed_by(here: Place, mandates: Iterable[Mandate]) -> list[Shown]:
    """What those who hold mandates here have not done, overdue or due ``SOON``; a recorder is shown
    everything."""
    posts = {mandate.post for mandate in mandates}
    who = None if RECORDER in posts else {a for post in posts for a in SPEAKS.get(post, ())}
    return [
        one
        for one in owed_here(here, here.today, who)
        if one.state in (OPEN, OVERDUE) and one.due_on <= here.today + SOON
    ]


_ORDER = {OVERDUE: 0, OPEN: 1} | dict.fromkeys((s for s in STATES if s not in (OVERDUE, OPEN)), 2)


def _gone_by(one: Owed) -> bool:
    """Whether something comes back every year and was not done in its own."""
    return one.cause is None and one.state == OVERDUE


def worth_showing(found: list[Owed], on: date) -> Iterable[Owed]:
    past: dict[str, int] = {}
    for one in reversed(found):
        if one.done is not None:
            if on - one.done.since <= RECENT:
                yield one
            continue
        if _gone_by(one):
            past[one.duty.id] = past.get(one.duty.id, 0) + 1
            if past[one.duty.id] > MOST_PAST:
                continue
        yield one


def _shown(here: Place, book: Rulebook, one: Owed, on: date, earlier: int) -> Shown:
    said, duty = language(), one.duty
    told = debt_said(one, here.teller(on))
    entry = f"{here.url}register/"
    article, article_url, reading = rests_on(here, book, one)
    return Shown(
        state=one.state,
        state_said=told.state,
        tag="late-done" if one.state == LATE else one.state,
        what=told.what[:1].upper() + told.what[1:],
        url=f"{entry}{one.cause.entry}/" if one.cause is not None else "",
        whose=w("owed.whose", who=told.who, to=told.to),
        when=w("owed.due", day=telling.day(one.due, said)),
        due=telling.day(one.due, said),
        opens=telling.day(one.opens, said) if one.state == OPEN and on < one.opens else "",
        done=telling.day(one.done.since, said) if one.done is not None else "",
        done_url=f"{entry}{one.done.entry}/" if one.done is not None else "",
        basis=basis(here, one.done.entry) if one.done is not None else "",
        article=article,
        article_url=article_url,
        reading=reading,
        act=duty.act,
        given=_given(one),
        due_on=one.due,
        earlier=earlier,
    )


def rests_on(here: Place, book: Rulebook, one: Owed) -> tuple[str, str, str]:
    """The article of a duty, its address and whose reading it is; of what no norm is known to ask
    for, the entry that named its day."""
    duty = one.duty
    if not duty.norm:
        assert one.cause is not None
        return promised_said(one), f"{here.url}register/{one.cause.entry}/", ""
    article = book.article(duty.norm)
    reading = book.reading(duty)
    edition, _, anchor = duty.norm.partition("/")
    said = "" if reading == READINGS[0] else reading_said(reading, language())
    return article_said(article), f"{url('edition', edition)}#{anchor}", said


def promised_said(one: Owed) -> str:
    """That only the entry which brought something about named its day."""
    assert one.cause is not None
    return w("owed.promised", n=one.cause.entry)


def _given(one: Owed) -> dict[str, str]:
    """What the form of the act that fulfils a debt can begin with: the entry it answers, its
    year."""
    duty, cause = one.duty, one.cause
    said: dict[str, object] = {}
    if duty.refers and cause is not None:
        said[duty.refers] = cause.entry
    if duty.same:
        said[duty.same] = one.year if cause is None else getattr(cause, duty.same)
    return {name: str(value) for name, value in said.items() if name in ACTS[duty.act].told()}
