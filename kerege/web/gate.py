"""The gate: the only writer of acts.

Fold, check, ask the law, insert. What else inserts rows (``importing.py``) takes in entries that a
register signed before, as they are. An error on the way
refuses the act. The same id sent twice is the same act and is written once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.constitution.question import Question, Ruling
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.found import Found
from kerege.municipality.correcting import a_misprint, correctable
from kerege.municipality.country import law_here
from kerege.municipality.dating import BISHKEK, dated
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Actor, Entry, Evidence, is_id
from kerege.municipality.fields import Wrong
from kerege.municipality.judging import judge
from kerege.municipality.legible import legible, said_legibly
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed, malformed
from kerege.municipality.rights import KEYS, NotEntitled, Speaker, entitled, proven
from kerege.municipality.undoing import corrected
from kerege.register.canonical import canonical
from kerege.register.note import Signer
from kerege.web import documents, erasing, keys, models, private, sent
from kerege.web.appending import append, lock
from kerege.web.models import Register
from kerege.web.registers import country, entry_of, told
from kerege.web.replaced import Replaced
from kerege.web.rulebooks import keep
from kerege.web.statements import run

# Writers stand in line. Should two want the same number all the same, the loser asks the law again.
TRIES = 3
_BEFORE = (
    "SELECT r.mirror_of, w.n, w.data FROM web_register r "
    "LEFT JOIN web_row w ON w.register_id = r.id AND w.uid = %s WHERE r.id = %s"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What someone wants to do: everything an entry says, before the law is asked."""

    id: str
    act: str
    # As typed: personal fields are plain here, and never printed with it.
    fields: Mapping[str, Any] = field(repr=False)
    actor: Actor
    held_on: date
    speaker: Speaker
    evidence: Evidence | None = None
    # Entered although the law refuses it: it happened all the same, and this is why it is entered.
    insist: str = ""
    # Papers handed in with it, which the entry names by their hashes.
    papers: tuple[documents.Paper, ...] = field(default=(), repr=False)
    # How it was sent, where that is known.
    sending: sent.Sending | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Considered:
    """An attempt put to the law, not yet written."""

    entry: Entry
    act: Act
    book: Rulebook | None
    question: Question | None
    ruling: Ruling | None
    m: Municipality = field(repr=False)
    # What opens the commitments of the entry.
    openings: list[private.Opening] = field(default_factory=list, repr=False)


class Refused(Exception):
    """The law does not let the act pass; carries the question, the ruling and the rulebook."""

    def __init__(self, considered: Considered) -> None:
        self.considered = considered
        super().__init__(considered.ruling)


def perform(
    register: Register, attempt: Attempt, now: datetime, beside: Iterable[Signer] = ()
) -> int:
    """Write an act; returns its number. ``beside`` sign the register too: a key that is being
    replaced. Raises Malformed, NotEntitled, Refused, LawFailed, Behind, Locked or Replaced, and
    then nothing was written."""
    for last in range(TRIES - 1, -1, -1):
        try:
            with transaction.atomic():
                lock(register)
                before = _already(register, attempt)
                if before is not None:
                    return before
                considered = consider(register, attempt, now)
                n = _insert(register, considered, beside)
                private.keep(register, attempt.id, considered.openings)
                documents.keep(attempt.papers)
                sent.keep(register, n, attempt.sending)
                # Folded before it is committed: an entry that cannot be folded would leave the
                # register unreadable for good.
                told(register)
                if attempt.act == "ErasePersonal":
                    erasing.erase(register, considered.entry)
                return n
        except IntegrityError:
            if not last:
                raise
        except (DatabaseError, Replaced):
            # SQLite that once could not open its file for writing would go on only reading it; of
            # a file that was replaced nobody else knows.
            if not connection.in_atomic_block:
                connection.close()
            raise
    raise AssertionError("unreachable")


def kept_here(register: Register) -> None:
    """Raise Malformed at a copy of a register that is kept elsewhere: there it would be forked."""
    (elsewhere,) = run("SELECT mirror_of FROM web_register WHERE id = %s", [register.pk]).fetchone()
    _refuse_copy(register, elsewhere)


def _refuse_copy(register: Register, elsewhere: str) -> None:
    if elsewhere:
        raise malformed("act", "only_a_copy", origin=register.origin)


def consider(register: Register, attempt: Attempt, now: datetime) -> Considered:
    """Everything but the writing: what the law would answer, and the entry it would be."""
    m = told(register)
    today = now.astimezone(BISHKEK).date()
    kind = ACTS.get(attempt.act)
    stands_in = "country" if register.country else "municipality"
    if kind is None or stands_in not in kind.REGISTERS:
        raise malformed("act", "unknown_act", act=attempt.act[:40])
    _clock_is_right(m, now)
    if not is_id(attempt.id):
        raise malformed("id", "bad_id")
    fields, openings = private.committed(kind, attempt.id, attempt.fields)
    act = kind.read(fields)
    plain = {**act.json(), **{one.field: one.value for one in openings}}
    said_legibly(kind, plain, attempt.actor, attempt.evidence, attempt.insist)
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
    proven(act, attempt.actor, attempt.evidence)
    act.check(m, attempt.actor, attempt.held_on)
    correctable(m, act, ACTS)
    _same_words(register, attempt)
    _known_account(attempt)
    if attempt.act in KEYS:
        keys.rightly(register, m.size, act)
    if attempt.act == "ErasePersonal":
        erasing.erasable(register, **attempt.fields)
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
        return Considered(entry, act, None, None, None, m, openings)
    if attempt.actor.kind not in known.vocabulary.actors:
        # Whoever keeps the register does nothing that the law speaks of.
        raise malformed("actor", "not_their_act")
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
    considered = Considered(entry, act, judged.book, judged.question, judged.ruling, m, openings)
    if not judged.ruling.effective:
        if not attempt.insist or not attempt.speaker.insists(attempt.actor):
            raise Refused(considered)
        entry.standing = CONTESTED
        entry.reason = attempt.insist
    elif attempt.actor.kind not in word.actors:
        raise malformed("actor", "not_their_act")
    return considered


def _clock_is_right(m: Municipality, now: datetime) -> None:
    """What is written later is recorded later; only an exercise keeps its own time."""
    if m.recorded_at is None or (m.identity is not None and m.identity.exercise):
        return
    if now.replace(microsecond=0) < m.recorded_at:
        last = m.recorded_at.astimezone(BISHKEK)
        raise malformed("act", "clock_back", time=f"{last:%Y-%m-%d %H:%M:%S}")


def _same_words(register: Register, attempt: Attempt) -> None:
    """A correction is held against the words it corrects, which stand in the register alone."""
    if attempt.act == "Correct":
        before = entry_of(register, attempt.fields["entry"])
        assert before is not None
        said, text = attempt.fields["field"], attempt.fields["text"]
        # Nothing stands there to be mended; only a population can be said later (``correctable``).
        if said not in before.fields and said != "population":
            raise malformed("field", "not_correctable")
        a_misprint(before.fields.get(said), text)
        kind = ACTS[before.act].told()[said].kind
        try:
            legible(kind, corrected(kind, text))
        except Wrong as wrong:
            raise malformed("text", wrong.key, **wrong.slots) from None


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
    """The number under which an attempt with this id was written before. Raises Malformed at a
    copy (``kept_here``), in the same question: every act asks it."""
    elsewhere, n, data = run(_BEFORE, [attempt.id, register.pk]).fetchone()
    _refuse_copy(register, elsewhere)
    if n is None:
        return None
    said = json.loads(bytes(data))
    try:
        # Nobody else sends it again: the answer would tell them whether they guessed a name.
        if said["recorder"] != attempt.speaker.recorder():
            raise malformed("id", "id_used")
        kind, typed = ACTS[attempt.act], attempt.fields
        fields = private.as_written(register, kind, attempt.id, typed, said["fields"])
        same = (said["act"], said["actor"], said["held_on"], said["fields"]) == (
            attempt.act,
            attempt.actor.json(),
            attempt.held_on.isoformat(),
            kind.read(fields).json(),
        )
    except (KeyError, Malformed):
        same = False
    if not same:
        raise malformed("id", "id_used")
    return int(n)


def _insert(register: Register, considered: Considered, beside: Iterable[Signer]) -> int:
    """Entry, leaf, tree and signed checkpoint, in the transaction of the caller."""
    entry, n = considered.entry, considered.m.size
    if considered.book is not None:
        keep(considered.book)
    append(
        register,
        n,
        canonical(entry.json()),
        uid=entry.id,
        act=entry.act,
        held_on=entry.held_on,
        standing=entry.standing,
        beside=beside,
    )
    return n
