"""Asking the law before an act is sent: the same ruling, and nothing is written."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from kerege.constitution.rulebook import Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.elsewhen import Elsewhen, elsewhen
from kerege.municipality.record import Session
from kerege.municipality.rights import Speaker
from kerege.web.charters import adopted_here
from kerege.web.gate import Attempt, Considered, Refused, consider, kept_here
from kerege.web.models import Register
from kerege.web.places import Place
from kerege.web.rulings import ruling_shown
from kerege.web.speaking import act_url, actors


def asking_only(register: Register, meant: Attempt) -> Considered:
    """What the law would answer now, whether it lets the act pass or not. It is asked by the rights
    by which the act would be sent, so it tells nobody more. Raises as ``consider`` does."""
    kept_here(register)
    try:
        return consider(register, replace(meant, insist=""), datetime.now(UTC))
    except Refused as refused:
        return refused.considered


def attempt_ruled(here: Place, considered: Considered, speaker: Speaker) -> dict[str, Any] | None:
    """The answer to an attempt that was not written, for its page; None of an act that no law is
    asked about."""
    book, question, ruling = considered.book, considered.question, considered.ruling
    if book is None or question is None or ruling is None:
        return None
    on = considered.entry.held_on

    def link(other: str) -> str:
        # Who cannot do it themselves is told whose act it is.
        if not actors(here, other, speaker):
            return ""
        return act_url(here, other, speaker, _opened(here, considered, other))

    return ruling_shown(
        book,
        question,
        ruling,
        on,
        written=False,
        link=link,
        earliest=considered.act.earliest(considered.m, on, book),
        needed=considered.act.needed(considered.m, on, book),
        years=considered.act.of_another_year(on),
        known=_known(considered, book),
        session=_later_session(considered),
        adopted=adopted_here(here, on),
    )


def _later_session(considered: Considered) -> Session | None:
    """The newest session after the day of what is decided at one."""
    if "session" not in considered.act.told():
        return None
    on = considered.entry.held_on
    later = [one for one in considered.m.all(Session) if one.until is None and one.day > on]
    return max(later, key=lambda one: (one.day, one.entry), default=None)


def _opened(here: Place, considered: Considered, other: str) -> str:
    """What the form of an act that comes before is opened with: it is for the same year, and in a
    place that lives in days gone by of the same day."""
    told, said = ACTS[other].told(), {}
    if "year" in told and considered.entry.fields.get("year"):
        said["year"] = str(considered.entry.fields["year"])
    if here.own_time and other != "HoldSession":
        said["held_on"] = considered.entry.held_on.isoformat()
    return urlencode(said)


def _known(considered: Considered, book: Rulebook) -> dict[str, Elsewhen]:
    """By fact that an act of a year may want, what the register knows of it on other days."""
    year, on = considered.entry.fields.get("year"), considered.entry.held_on
    found: dict[str, Elsewhen] = {}
    if not isinstance(year, int):
        return {}
    for name, fact in book.vocabulary.facts.items():
        if fact.by is not None and "year" in ACTS[fact.by].told():
            one = elsewhen(considered.m, fact.by, year, on)
            if one is not None:
                found[name] = one
    return found
