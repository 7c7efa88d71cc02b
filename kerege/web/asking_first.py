"""Asking the law before an act is sent: the same ruling, and nothing is written."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kerege.municipality.acts import ACTS
from kerege.municipality.rights import Speaker
from kerege.web.charters import adopted_here
from kerege.web.gate import Attempt, Considered, Refused, consider, kept_here
from kerege.web.models import Register
from kerege.web.places import Place
from kerege.web.rulings import ruling_shown
from kerege.web.speaking import act_url


def asking_only(register: Register, meant: Attempt) -> Considered:
    """What the law would answer now, whether it lets the act pass or not. It is asked by the rights
    by which the act would be sent, so it tells nobody more. Raises as ``consider`` does."""
    kept_here(register)
    try:
        return consider(register, replace(meant, insist=""), datetime.now(UTC))
    except Refused as refused:
        return refused.considered


def _same_year(considered: Considered, other: str) -> str:
    """What comes before an act of a year is for the same year."""
    year = considered.entry.fields.get("year")
    return f"year={year}" if year and "year" in ACTS[other].told() else ""


def attempt_ruled(here: Place, considered: Considered, speaker: Speaker) -> dict[str, Any] | None:
    """The answer to an attempt that was not written, for its page; None of an act that no law is
    asked about."""
    if considered.book is None or considered.question is None or considered.ruling is None:
        return None
    on = considered.entry.held_on
    return ruling_shown(
        considered.book,
        considered.question,
        considered.ruling,
        on,
        written=False,
        link=lambda other: act_url(here, other, speaker, _same_year(considered, other)),
        earliest=considered.act.earliest(considered.m, on, considered.book),
        needed=considered.act.needed(considered.m, on, considered.book),
        adopted=adopted_here(here, on),
    )
