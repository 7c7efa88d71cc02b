"""Assemblies of residents: whether they were told in time, and whether enough of them came.

Where a rule asks this by a number that neither law nor charter sets, it is not so; where no rule
asks, there is nothing to fall short of.
"""

from collections.abc import Iterable
from datetime import date

from kerege.municipality.act import Act, Law, existing
from kerege.municipality.charter import number, span, unasked
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Assembly, Call, Draft, Hearing

KINDS = ("meeting", "kurultai", "hearing")
# How long before the residents are told: the number of the law for each kind that has one.
NOTICE = {"meeting": "meeting_notice", "hearing": "hearing_notice"}


def check_call(m: Municipality, n: int | None, kind: str, on: date) -> None:
    """Raise Malformed unless entry ``n`` (if any) called this kind of assembly for ``on`` or
    before: one put off is held later, and none earlier than residents were told."""
    if n is None:
        return
    called = existing(m.get(Call, n, on), "call", n)
    if called.kind != kind:
        raise malformed("call", "called_otherwise")
    if on < called.day:
        raise malformed("held_on", "before_called", day=called.day.isoformat())
    helds: list[Assembly | Hearing] = [*m.all(Assembly), *m.all(Hearing)]
    for held in helds:
        if held.call == n and not m.undone(held.entry, date.max):
            raise malformed("call", "call_used", n=held.entry)


def told_in_time(
    m: Municipality, law: Law, act: Act, kind: str, called: Call | None, on: date
) -> bool:
    """Whether an assembly held on a day was called long enough before it; ``called`` is None when
    it never was."""
    return notice_enough(m, law, act, kind, called.since if called is not None else None, on, on)


def notice_enough(
    m: Municipality, law: Law, act: Act, kind: str, told: date | None, day: date, on: date
) -> bool:
    """Whether it is long enough, by the law of ``on``, from the day residents were told (None when
    they never were) to the ``day`` of an assembly."""
    since = () if told is None else (told,)
    name = NOTICE.get(kind)
    found = _long_before(m, law, name, since, day, on) if name else None
    return unasked(m, law, act, "noticeGiven") if found is None else found


def draft_out_in_time(m: Municipality, law: Law, act: Act, year: int, day: date) -> bool:
    """Whether a draft budget was public long enough before it was heard on ``day``."""
    out = (draft.since for draft in m.of_year(Draft, year, day))
    found = _long_before(m, law, "hearing_draft", out, day, day)
    return unasked(m, law, act, "draftInTime") if found is None else found


def earliest_notice(
    m: Municipality, law: Law, kind: str, told: date | None, on: date
) -> dict[str, date]:
    """The first day, by the law of ``on``, of which residents told on a day were told in time."""
    least = span(m, law, NOTICE[kind], on) if kind in NOTICE else None
    return {} if least is None or told is None else {"noticeGiven": least.after(told)}


def earliest_heard(m: Municipality, law: Law, year: int, day: date) -> dict[str, date]:
    """The first day on which a draft budget that is public on ``day`` is heard in time."""
    least = span(m, law, "hearing_draft", day)
    out = [draft.since for draft in m.of_year(Draft, year, day)]
    return {} if least is None or not out else {"draftInTime": least.after(min(out))}


def enough(
    m: Municipality, law: Law, act: Act, kind: str, came: int, called: int | None, on: date
) -> bool:
    """Whether the share of those called came that a meeting needs; raises Malformed where nobody
    said how many were called."""
    share = number(m, law, "meeting_quorum", "percent", on) if kind == "meeting" else None
    if share is None:
        return unasked(m, law, act, "enoughPresent")
    if called is None:
        raise malformed("invited", "say_invited")
    return came * 100 >= share * called


def _long_before(
    m: Municipality, law: Law, name: str, days: Iterable[date], day: date, on: date
) -> bool | None:
    """Whether one of some days was so long before another; None where nobody says how long."""
    least = span(m, law, name, on)
    return None if least is None else any(least.after(one) <= day for one in days)
