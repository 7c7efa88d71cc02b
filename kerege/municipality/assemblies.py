"""Assemblies of residents: whether they were told in time, and whether enough of them came."""

from datetime import date, timedelta

from kerege.municipality.act import Law, existing
from kerege.municipality.charter import number
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Call, Draft

KINDS = ("meeting", "kurultai", "hearing")
# How many days before the residents are told: the number of the law for each kind that has one.
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


def told_in_time(
    m: Municipality, law: Law, kind: str, called: date | None, day: date, on: date
) -> bool:
    """Whether an assembly of ``day`` was called long enough before it; ``called`` is None when it
    never was. Where the law sets no number of days, any day will do."""
    days = number(m, law, NOTICE[kind], on) if kind in NOTICE else None
    return days is None or (called is not None and called + timedelta(days=days) <= day)


def draft_out_in_time(m: Municipality, law: Law, year: int, day: date) -> bool:
    """Whether a draft budget was public long enough before it was heard on ``day``."""
    days = number(m, law, "hearing_draft", day)
    latest = day - timedelta(days=days or 0)
    return days is None or any(d.since <= latest for d in m.of_year(Draft, year, day))


def enough(m: Municipality, law: Law, kind: str, came: int, called: int | None, on: date) -> bool:
    """Whether the share of those called came that a meeting needs."""
    share = number(m, law, "meeting_quorum", on) if kind == "meeting" else None
    return share is None or (called is not None and came * 100 >= share * called)
