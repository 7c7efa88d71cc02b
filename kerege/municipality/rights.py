"""Rights follow the mandate: who may put which act before the law.

Read from the register alone. A mandate gives a post, a post speaks for a body, and the recorder
writes down, with a paper, what those did who have no account; so does an official of the okmotu
with what residents bring there. Whoever runs the server may found a
municipality, link its first recorder, change the keys the register is signed with, and admit that
entries were lost.
"""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.fields import Hex, Text, Wrong
from kerege.municipality.governing import (
    INSIDE,
    OUTSIDE,
    RECORDER,
    body,
    head,
    linked,
    speaks,
)
from kerege.municipality.municipality import Municipality
from kerege.municipality.persons import sits
from kerege.municipality.problem import malformed
from kerege.municipality.record import Mandate

OPERATOR = "operator"
FOUNDING = ("Found", "LinkRecorder")
KEYS = ("RotateKey", "DeclareRecovery", "AdmitLoss")
OPERATORS = (*FOUNDING, *KEYS)
# Of keeping the register itself: by its recorder, or the operator at the console.
KEEPING = ("ErasePersonal",)
RECORDER_ACTS = ("LinkAccount", "TakeOver", "Correct", *KEEPING)
# Of these only those that are never entered without a paper.
ON_PAPER = ("TakeOver", "LinkAccount")
# What residents bring to the okmotu on paper. What the community decides, the recorder enters.
BROUGHT = ("RaiseIssue", "RequestMeeting", "SubmitInitiative")


def takes_in(act: str, mandate: Mandate, actor: str) -> bool:
    """Whether an official enters an act for residents: no other body's, and only what they ask."""
    return mandate.post == "official" and actor == "community" and act in BROUGHT


def on_paper(act: str, mandate: Mandate, actor: str) -> bool:
    """Whether an act of a kind of actor is entered under a mandate from a paper alone."""
    if act in RECORDER_ACTS:
        return act in ON_PAPER
    # The secretary's own protocol is the paper of what the kenesh decided.
    return (mandate.post == RECORDER and actor != "kenesh") or takes_in(act, mandate, actor)


class NotEntitled(Exception):
    """This person may not put this act before the law; ``key`` is in words/problems.toml."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is at the keyboard: an account acting under one of its mandates, or the operator."""

    account: str
    mandate: Mandate | None = None
    operator: bool = False

    def by(self, actor: Actor) -> tuple[str, ...]:
        if self.mandate is not None and speaks(self.mandate, actor):
            return (self.mandate.id,)
        return ()

    def recorder(self) -> str:
        return self.mandate.id if self.mandate is not None else OPERATOR

    def insists(self, actor: Actor) -> bool:
        """Whether what the law refuses can be entered as contested: by those whose act it is, and
        by the recorder."""
        mandate = self.mandate
        return mandate is not None and (mandate.post == RECORDER or speaks(mandate, actor))


def entitled(
    m: Municipality,
    speaker: Speaker,
    act: str,
    actor: Actor,
    evidence: Evidence | None,
    held_on: date,
    today: date,
) -> None:
    """Raise NotEntitled or Malformed unless the speaker may, today, put this act of ``held_on``
    before the law."""
    if evidence is not None:
        _readable(evidence, today)
    if act in OPERATORS:
        if not speaker.operator or actor != Actor(OPERATOR):
            raise NotEntitled("only_operator")
        return
    if act in KEEPING and speaker.operator and actor == Actor(OPERATOR):
        return
    mandate = _in_force(m, speaker, today)
    if act in RECORDER_ACTS:
        if mandate.post != RECORDER or actor != Actor(RECORDER):
            raise NotEntitled("only_recorder")
        # Nobody else sees what was there before, or who asked for a link: so there is a paper.
        if on_paper(act, mandate, actor.kind) and evidence is None:
            raise malformed("evidence", "paper_required")
        return
    present(m, actor, held_on)
    # What was done before this mandate began, its holder did not do.
    if speaks(mandate, actor) and mandate.holds(held_on):
        return
    if mandate.post != RECORDER and not takes_in(act, mandate, actor.kind):
        raise NotEntitled("not_your_body")
    if on_paper(act, mandate, actor.kind) and evidence is None:
        own = actor.kind == RECORDER
        raise malformed("evidence", "paper_required" if own else "evidence_required")


def proven(act: Act, actor: Actor, evidence: Evidence | None) -> None:
    """Raise Malformed where what an act says is entered from a paper alone, and there is none."""
    if evidence is None and act.paper_needed(actor):
        raise malformed("evidence", "paper_required")


def _in_force(m: Municipality, speaker: Speaker, on: date) -> Mandate:
    if speaker.mandate is None:
        raise NotEntitled("no_mandate")
    # Looked up anew: the mandate may have ended since the page was shown, or be another place's.
    mandate = m.mandates.get(speaker.mandate.id)
    if mandate is None or not mandate.holds(on) or linked(m, mandate.id, on) != speaker.account:
        raise NotEntitled("no_mandate")
    return mandate


def present(m: Municipality, actor: Actor, on: date) -> None:
    """Raise Malformed unless an actor inside the municipality is there on the day: a body that does
    not exist, or an executive without a head, cannot act. One outside is of a kind we know, plainly
    named."""
    if actor.kind not in INSIDE:
        if actor.kind not in OUTSIDE and actor != Actor(RECORDER):
            raise malformed("actor", "not_a_choice")
        _read("actor", Text(200), actor.of)
        return
    if actor.kind == "kenesh" and body(m, "representative_body", on) is None:
        raise malformed("actor", "no_such_body")
    if actor.kind == "executive" and body(m, "executive_body", on) is None:
        raise malformed("actor", "no_such_body")
    boss = head(m, on)
    if actor.kind in ("executive", "head") and boss is None:
        raise malformed("actor", "no_head")
    if actor.kind in ("kenesh", "executive"):
        known = actor.of == ""
    elif actor.kind == "head":
        known = boss is not None and actor.of in ("", boss.id)
    else:
        mandate = m.mandates.get(actor.of)
        known = mandate is not None and mandate.holds(on) and speaks(mandate, actor)
        if known and mandate is not None and not sits(m, mandate, on):
            raise malformed("actor", "no_deputy_any_more")
    if not known:
        raise malformed("actor", "no_such_thing", value=actor.of)


def _readable(paper: Evidence, today: date) -> None:
    """A paper has a number people can read and a day that has come."""
    if not paper.number:
        raise malformed("evidence", "required")
    _read("evidence", Text(200), paper.number)
    _read("evidence", Hex(), paper.sha256)
    if paper.date > today:
        raise malformed("evidence", "day_in_future")


def _read(field: str, kind: Text | Hex, value: str) -> None:
    try:
        if value and kind.read(value) != value:
            raise Wrong("bad_characters")
    except Wrong as wrong:
        raise malformed(field, wrong.key, **wrong.slots) from wrong
