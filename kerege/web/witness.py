"""This house as a witness for its neighbours: it remembers the last checkpoint of each, and cosigns
only one that continues it.

What a witness is asked and answers, ``register/witness.py`` specifies. What was seen last is read,
compared and written in one transaction, before anybody is told: of two requests at once, one waits.

What was cosigned last is remembered beside the database as well, as this house's own heads are
(``heads.py``, under ``witnessed/`` and the SHA-256 of the origin): where an old copy of the
database was restored, the greater of the two counts, and nothing is cosigned that does not continue
it.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kerege.register import checkpoint, merkle, witness
from kerege.register.checkpoint import Checkpoint
from kerege.register.cosignature import Cosigner
from kerege.register.note import NoteError, Verifier, read_note, write_line
from kerege.register.witness import Answer, Known
from kerege.web import heads, keys
from kerege.web.keys import Locked
from kerege.web.models import Key, Neighbour

logger = logging.getLogger(__name__)


class NotWatched(ValueError):
    """A key that no log is watched by; the message says why, in English."""


def origin() -> str:
    return f"{settings.NAME}/witness"


def cosigner() -> Cosigner:
    """The key this house cosigns with, made on first use."""
    row = Key.objects.filter(origin=origin()).order_by("-pk").first()
    if row is not None:
        return Cosigner(origin(), keys.unseal(bytes(row.sealed), row.vkey))
    made = Cosigner(origin(), keys.fresh())
    vkey = made.verifier.vkey
    Key.objects.create(origin=origin(), vkey=vkey, sealed=keys.seal(made.seed, vkey))
    return made


def watch(vkey: str) -> Neighbour:
    """Be a witness for the log of a vkey from now on. Raises NotWatched."""
    verifier = _verifier(vkey)
    # Before the first request: of two at once each would make a key.
    cosigner()
    neighbour, _ = Neighbour.objects.get_or_create(origin=verifier.name, defaults={"vkey": vkey})
    if vkey not in neighbour.vkey.split("\n"):
        raise NotWatched(f"{verifier.name} is watched with another key; --also adds a further one")
    return neighbour


def also(vkey: str) -> Neighbour:
    """Know a further key of a log that is watched: its register has changed it. Raises
    NotWatched."""
    neighbour = Neighbour.objects.filter(origin=_verifier(vkey).name).first()
    if neighbour is None:
        raise NotWatched("this register is not watched yet; leave out --also")
    if vkey not in neighbour.vkey.split("\n"):
        neighbour.vkey += f"\n{vkey}"
        neighbour.save(update_fields=["vkey"])
    return neighbour


def _verifier(vkey: str) -> Verifier:
    try:
        return Verifier.from_vkey(vkey)
    except NoteError as error:
        raise NotWatched(f"this is no key of a register: {error}") from error


def answer(body: bytes, now: datetime) -> Answer:
    """What this witness answers to a request; 200 carries its line."""
    try:
        asked = witness.parse(body)
    except witness.RequestError as error:
        return Answer(400, f"{error}\n")
    try:
        return _decided(asked, now)
    except (Locked, heads.Damaged):
        logger.exception("nothing can be cosigned")
        return Answer(503, "this witness cannot cosign at present\n")


def _decided(asked: witness.Request, now: datetime) -> Answer:
    with transaction.atomic():
        rows = Neighbour.objects.select_for_update()
        neighbour = rows.filter(origin=asked.origin).first()
        known = _known(neighbour)
        said = witness.consider(known, asked)
        if known is not None and _is_fork(said, known, asked):
            _keep_evidence(asked, neighbour)
        if said.status != 200:
            return said
        line = cosigner().signature_line(asked.text, int(now.timestamp()))
        neighbour.size, neighbour.root = asked.size, asked.root
        # Of the lines under it only those of its log: with a hundred there is no room for ours.
        own = [each for each in known.verifiers if each.name == asked.origin] if known else []
        neighbour.note = f"{asked.text}\n{_lines_by(own, asked)}{line}".encode()
        neighbour.save(update_fields=["size", "root", "note"])
        if asked.size:
            heads.publish(memory(asked.origin), asked.size, _reminder(asked, now))
    return Answer(200, line)


def _lines_by(own: Sequence[Verifier], asked: witness.Request) -> str:
    """The signatures of a log's own keys, each key's once; that they verify was asked before."""
    _, lines = read_note(asked.note)
    by = {(name, key_id): signature for name, key_id, signature in lines}
    return "".join(
        write_line(each, by[each.name, each.key_id])
        for each in own
        if (each.name, each.key_id) in by
    )


def seen(path: str) -> bytes | None:
    """The last checkpoint this witness has cosigned of a log, by its monitoring path."""
    for neighbour in Neighbour.objects.exclude(size=0):
        if witness.monitoring_path(neighbour.origin) == path:
            return bytes(neighbour.note)
    return None


def _known(neighbour: Neighbour | None) -> Known | None:
    if neighbour is None:
        return None
    verifiers = tuple(map(Verifier.from_vkey, neighbour.vkey.split("\n")))
    last = heads.known(memory(neighbour.origin))
    if last is not None and last.size > neighbour.size:
        logger.error("an old copy was restored: of %s %d was seen", last.origin, last.size)
        return Known(verifiers, last.size, last.root)
    root = bytes(neighbour.root) if neighbour.size else merkle.EMPTY_ROOT
    return Known(verifiers, neighbour.size, root)


def memory(origin: str) -> str:
    """The name under which the last checkpoint of a neighbour is remembered beside the database."""
    return f"witnessed/{witness.monitoring_path(origin).split('/')[0]}"


def _reminder(asked: witness.Request, now: datetime) -> bytes:
    # Without the lines and signatures of others: there is room for one page.
    text = checkpoint.format(Checkpoint(asked.origin, asked.size, asked.root))
    return f"{text}\n{cosigner().signature_line(text, int(now.timestamp()))}".encode()


def _is_fork(said: Answer, known: Known, asked: witness.Request) -> bool:
    """Whether a request that a known key has signed shows another history: also where the proof was
    asked for another size."""
    other = asked.size == known.size and asked.root != known.root
    return said.status == 422 or (said.status == 409 and other)


def _keep_evidence(asked: witness.Request, neighbour: Neighbour) -> None:
    """Two signed heads that do not continue each other prove a forked history: both are kept."""
    folder = Path(settings.DATA) / "forks" / witness.monitoring_path(asked.origin).split("/")[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{neighbour.size}-seen").write_bytes(bytes(neighbour.note))
        (folder / f"{asked.size}-{asked.root.hex()[:16]}-asked").write_bytes(asked.note)
    except OSError:
        logger.exception("the evidence of a fork could not be kept: %s", asked.origin)
