"""The gate: the only writer of registers.

Fold, check, ask the law, insert. Nothing else in this house inserts a row. An error on the way
refuses the act. The same id sent twice is the same act and is written once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.constitution.question import Question, Ruling
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.found import Found
from kerege.municipality.correcting import a_misprint, correctable
from kerege.municipality.country import law_here
from kerege.municipality.dating import dated
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Actor, Entry, Evidence
from kerege.municipality.judging import judge
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed, malformed
from kerege.municipality.rights import NotEntitled, Speaker, entitled
from kerege.register import checkpoint, merkle
from kerege.register.canonical import canonical
from kerege.register.note import Signer
from kerege.web import models
from kerege.web.models import Register, Row
from kerege.web.registers import country, entry_of, told

BISHKEK = ZoneInfo("Asia/Bishkek")
# Writers stand in line. Should two want the same number all the same, the loser asks the law again.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """What someone wants to do: everything an entry says, before the law is asked."""

    id: str
    act: str
    fields: Mapping[str, Any]
    actor: Actor
    held_on: date
    speaker: Speaker
    evidence: Evidence | None = None
    # Entered although the law refuses it: it happened all the same, and this is why it is entered.
    insist: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """An attempt put to the law, not yet written."""

    entry: Entry
    act: Act
    book: Rulebook | None
    question: Question | None
    ruling: Ruling | None
    m: Municipality = field(repr=False)


class Refused(Exception):
    """The law does not let the act pass; carries the question, the ruling and the rulebook."""

    def __init__(self, considered: Considered) -> None:
        self.considered = considered
        super().__init__(considered.ruling)


def perform(register: Register, attempt: Attempt, now: datetime) -> int:
    """Write an act; returns its number. Raises Malformed, NotEntitled, Refused or LawFailed, and
    then nothing was written."""
    for last in range(TRIES - 1, -1, -1):
        try:
            with transaction.atomic():
                # One writer at a time for each register. SQLite has only one writer as it is.
                models.Register.objects.select_for_update().get(pk=register.pk)
                before = _already(register, attempt)
                if before is not None:
                    return before
                considered = consider(register, attempt, now)
                n = _insert(register, considered)
                # Folded before it is committed: an entry that cannot be folded would leave the
                # register unreadable for good.
                told(register)
                return n
        except IntegrityError:
            if not last:
                raise
    raise AssertionError("unreachable")


def consider(register: Register, attempt: Attempt, now: datetime) -> Considered:
    """Everything but the writing: what the law would answer, and the entry it would be."""
    m = told(register)
    today = now.astimezone(BISHKEK).date()
    kind = ACTS.get(attempt.act)
    stands_in = "country" if register.country else "municipality"
    if kind is None or stands_in not in kind.REGISTERS:
        raise malformed("act", "unknown_act", act=attempt.act[:40])
    act = kind.read(attempt.fields)
    late = dated(
        m,
        attempt.act,
        attempt.held_on,
        today,
        attempt.evidence,
        exercise=isinstance(act, Found) and bool(act.exercise),
    )
    entitled(
        m,
        attempt.speaker,
        attempt.act,
        attempt.actor,
        attempt.evidence,
        held_on=attempt.held_on,
        today=today,
    )
    act.check(m, attempt.actor, attempt.held_on)
    correctable(m, act, ACTS)
    _same_words(register, attempt)
    _known_account(attempt)
    entry = Entry(
        id=attempt.id,
        act=attempt.act,
        fields=act.json(),
        actor=attempt.actor,
        by=attempt.speaker.by(attempt.actor),
        recorder=attempt.speaker.recorder(),
        evidence=attempt.evidence,
        held_on=attempt.held_on,
        recorded_at=now,
        standing=EXEMPT,
        late=late,
    )
    known = packs.load()
    word = known.vocabulary.acts[attempt.act]
    if not word.judged:
        return Considered(entry, act, None, None, None, m)
    dated_law = m if register.country else told(country())
    ids = law_here(m, dated_law, known, attempt.held_on)
    if not ids:
        raise malformed("held_on", "no_edition", day=attempt.held_on.isoformat())
    try:
        book = known.rulebook(ids)
    except EditionError as error:
        raise LawFailed(str(error)) from error
    judged = judge(m, act, attempt.actor, attempt.held_on, book)
    entry.digest = judged.book.digest
    entry.question = judged.question.json()
    entry.ruling = judged.ruling.json()
    entry.rests_on = judged.rests_on
    entry.standing = EFFECTIVE
    considered = Considered(entry, act, judged.book, judged.question, judged.ruling, m)
    if not judged.ruling.effective:
        if not attempt.insist:
            raise Refused(considered)
        entry.standing = CONTESTED
        entry.reason = attempt.insist
    elif attempt.actor.kind not in word.actors:
        raise malformed("actor", "not_their_act")
    return considered


def _same_words(register: Register, attempt: Attempt) -> None:
    """A correction is held against the words it corrects, which stand in the register alone."""
    if attempt.act == "Correct":
        before = entry_of(register, attempt.fields["entry"])
        assert before is not None
        a_misprint(before.fields.get(attempt.fields["field"]), attempt.fields["text"])


def _known_account(attempt: Attempt) -> None:
    """Accounts are ours, not the register's: a linked one exists, and is not the linker's own, who
    could speak for everyone else."""
    if attempt.act == "LinkAccount":
        code = attempt.fields["account"]
        if code == attempt.speaker.account:
            raise NotEntitled("own_account")
        if not models.Account.objects.filter(code=code).exists():
            raise malformed("account", "no_such_account")


def _already(register: Register, attempt: Attempt) -> int | None:
    """The number under which an attempt with this id was written before."""
    row = Row.objects.filter(register=register, uid=attempt.id).first()
    if row is None:
        return None
    said = json.loads(bytes(row.data))
    try:
        same = (said["act"], said["actor"], said["held_on"], said["fields"]) == (
            attempt.act,
            attempt.actor.json(),
            attempt.held_on.isoformat(),
            ACTS[attempt.act].read(attempt.fields).json(),
        )
    except (KeyError, Malformed):
        same = False
    if not same:
        raise malformed("id", "id_used")
    return row.n


def _insert(register: Register, considered: Considered) -> int:
    """Entry, leaf, tree and signed checkpoint, in the transaction of the caller."""
    entry, n = considered.entry, considered.m.size
    data = canonical(entry.json())
    leaf = merkle.leaf_hash(data)
    if considered.book is not None:
        models.Rulebook.objects.get_or_create(
            digest=considered.book.digest, defaults={"text": packs.text_of(considered.book)}
        )
    last = models.Checkpoint.objects.filter(register=register, size=n).first()
    if n and last is None:
        raise RuntimeError(f"register {register.slug} has no checkpoint at size {n}")
    frontier = merkle.Frontier.from_hex(last.frontier) if last else merkle.Frontier()
    frontier.append(leaf)
    Row.objects.create(
        register=register,
        n=n,
        uid=entry.id,
        act=entry.act,
        held_on=entry.held_on,
        standing=entry.standing,
        data=data,
        leaf=leaf,
    )
    head = checkpoint.Checkpoint(register.origin, n + 1, frontier.root())
    seed = models.Register.objects.values_list("seed", flat=True).get(pk=register.pk)
    signer = Signer(register.origin, bytes(seed))
    models.Checkpoint.objects.create(
        register=register,
        size=n + 1,
        frontier=frontier.to_hex(),
        note=checkpoint.sign(head, signer),
    )
    return n
