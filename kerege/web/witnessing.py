"""Asking witnesses: after commit, each is shown the newest checkpoint of every log of this house.

``DATA/policy`` (C2SP tlog-policy) names them, with the addresses they answer at, and how many must
have cosigned. An act does not wait for them: their lines come under its checkpoint when they have
answered. A witness that has seen more than there is here, and shows it signed by our own key, tells
that this is a restored old copy: what it has seen is remembered, and nothing more is signed
(``heads.py``). Without that it is only its word.

A witness that refuses one log is still asked about the others. A line is taken only where its time
can be true: no more than an hour ahead of our clock, and not before the last one of this witness
for the same log.
"""

import logging
import time
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, build_opener

from django.conf import settings
from django.db import IntegrityError, transaction

from kerege.register import checkpoint, cosignature, policy, tiles, witness
from kerege.register.note import NoteError, Verifier
from kerege.register.policy import Policy, Witness
from kerege.web import heads, keys, root
from kerege.web.appending import note_at
from kerege.web.models import Cosignature, Register, RootHead, WitnessState
from kerege.web.nodes import Leaves, RootLeaves
from kerege.web.public import size_of

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds a witness has to answer, from the first word to the last."""
AHEAD = 3_600
"""Seconds that a witness's clock may be ahead of ours."""
_MOST = 100_000
# What concerns one log and not the witness as a whole; the worst first.
_OF_A_LOG = (
    "witness.split",
    "witness.ahead",
    "witness.says_ahead",
    "witness.clock_ahead",
    "witness.clock_back",
    "witness.key",
    "witness.unknown",
    "witness.busy",
)


class NoPolicy(ValueError):
    """``DATA/policy`` cannot be read; the message names the line."""


class Unanswered(Exception):
    """A witness that did not cosign; ``key`` is in words/witness.toml."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def file() -> Path:
    return Path(settings.DATA) / "policy"


def asked() -> Policy:
    """Who is asked; nobody where there is no policy. Raises NoPolicy."""
    try:
        return policy.parse(file().read_bytes())
    except FileNotFoundError:
        return Policy()
    except policy.PolicyError as error:
        raise NoPolicy(f"{file()}: {error}") from error


def round_of_all(now: datetime) -> int:
    """Show every witness the newest checkpoint of every log that it has not cosigned yet; returns
    how many lines were added. A witness that cannot be talked to is not asked again in the same
    round; one that refuses a log is asked about the others."""
    said, added = asked(), 0
    for each in said.witnesses.values():
        if not each.url:
            continue
        problems, fresh = set[str](), 0
        for log in _logs():
            try:
                fresh += _show(each, log, now)
            except Unanswered as error:
                problems.add(error.key)
                if error.key not in _OF_A_LOG:
                    break
        _note_state(each.verifier.name, _worst(problems), now, fresh)
        added += fresh
    return added


def _worst(problems: set[str]) -> str:
    """The problem that is told of several; empty for none."""
    whole = problems.difference(_OF_A_LOG)
    return next((key for key in (*whole, *_OF_A_LOG) if key in problems), "")


def refused(state: WitnessState) -> list[str]:
    """The logs that the last problem of a witness is about: those that it never cosigned or, where
    there is none, whose newest head it has not; none where it is about the witness itself."""
    if state.problem not in _OF_A_LOG:
        return []
    cosigned: dict[str, int] = {}
    lines = Cosignature.objects.filter(witness=state.witness)
    for origin, size in lines.values_list("origin", "size"):
        cosigned[origin] = max(size, cosigned.get(origin, 0))
    logs = _logs()
    never = [log.origin for log in logs if log.origin not in cosigned]
    return never or [log.origin for log in logs if cosigned[log.origin] < log.size]


class _Log:
    """A log of this house: its name, its newest signed head, and what proves it."""

    def __init__(
        self,
        origin: str,
        size: int,
        note: bytes,
        source: tiles.Hashes,
        register: Register | None = None,
    ) -> None:
        self.origin, self.size, self.note, self.source = origin, size, note, source
        self._register = register

    def key(self) -> Verifier:
        """The key in force. Raises Locked or NoteError."""
        if self._register is not None:
            return keys.chain(self._register).at(self.size)
        return Verifier.from_vkey(keys.vkeys(self.origin)[-1])


def _logs() -> list[_Log]:
    found = []
    for register in Register.objects.filter(mirror_of="").order_by("pk"):
        size = size_of(register)
        note = note_at(register, size)
        if note is not None:
            found.append(_Log(register.origin, size, note, Leaves(register), register))
    head = RootHead.objects.order_by("-size").first()
    if head is not None:
        found.append(_Log(root.origin(), head.size, bytes(head.note), RootLeaves()))
    return found


def _show(each: Witness, log: _Log, now: datetime) -> int:
    """Show a witness one log; returns 1 when it has cosigned, 0 when there was nothing new."""
    name = each.verifier.name
    done = Cosignature.objects.filter(origin=log.origin, witness=name).order_by("-size").first()
    if done is not None and done.size >= log.size:
        return 0
    old = done.size if done is not None else 0
    for _ in range(2):
        status, body = _post(each.url, _request(log, old))
        if status != 409:
            break
        told = _size_told(body)
        # A witness of tlog-witness v1.0.0 has another root at this size.
        if old == log.size and told in (old, None):
            raise Unanswered("witness.split")
        if told is None:
            raise Unanswered("witness.nonsense")
        old = told
        if old > log.size:
            raise Unanswered(
                "witness.ahead" if _remember_elsewhere(each, log) else "witness.says_ahead"
            )
    if status != 200:
        raise Unanswered(_PROBLEMS.get(status, "witness.nonsense"))
    try:
        line, when = cosignature.take(log.note, body, each.verifier)
    except NoteError:
        # It lied: its line does not verify, or is another's.
        raise Unanswered("witness.lied") from None
    if when > now.timestamp() + AHEAD:
        raise Unanswered("witness.clock_ahead")
    if done is not None and when < cosignature.stated_time(done.line):
        raise Unanswered("witness.clock_back")
    try:
        with transaction.atomic():
            Cosignature.objects.create(origin=log.origin, size=log.size, witness=name, line=line)
    except IntegrityError:
        return 0
    return 1


_PROBLEMS = {404: "witness.unknown", 403: "witness.key", 422: "witness.split", 409: "witness.busy"}


def _request(log: _Log, old: int) -> bytes:
    proof = tiles.consistency_proof(log.source, old, log.size) if old else []
    return witness.format(old, proof, log.note)


def _size_told(body: bytes) -> int | None:
    try:
        return witness.read_size(body)
    except witness.RequestError:
        return None


def _post(url: str, body: bytes) -> tuple[int, bytes]:
    asked = _request_to(f"{url.rstrip('/')}/add-checkpoint", body)
    asked.add_header("Content-Type", "text/plain; charset=utf-8")
    return _answered(asked)


def _request_to(url: str, body: bytes | None = None) -> Request:
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not url.isascii():
            raise Unanswered("witness.address")
        return Request(url, data=body)
    except ValueError:
        raise Unanswered("witness.address") from None


_asking: dict[str, "_Exchange"] = {}


def _answered(asked: Request) -> tuple[int, bytes]:
    # In a thread: a timeout of the socket begins anew with every byte that drips in.
    before = _asking.get(asked.host)
    if before is not None and before.is_alive():
        raise Unanswered("witness.silent")
    one = _asking[asked.host] = _Exchange(asked)
    one.start()
    one.join(PATIENCE)
    if one.said is None:
        raise Unanswered("witness.silent")
    return one.said


class _Exchange(Thread):
    """One request to a witness and what it said, if it did; asks no database."""

    def __init__(self, asked: Request) -> None:
        super().__init__(daemon=True)
        self._asked = asked
        self._until = time.monotonic() + PATIENCE
        self.said: tuple[int, bytes] | None = None

    def run(self) -> None:
        try:
            try:
                with build_opener().open(self._asked, timeout=PATIENCE) as answer:
                    self.said = answer.status, self._whole(answer)
            except HTTPError as error:
                with error:
                    self.said = error.code, self._whole(error)
        except (OSError, HTTPException, ValueError):
            return

    def _whole(self, answer: IO[bytes]) -> bytes:
        found = b""
        # One read of what has come, not all that was announced.
        while part := answer.read1(_MOST):  # type: ignore[attr-defined]
            found += part
            if len(found) > _MOST or time.monotonic() > self._until:
                raise TimeoutError
        return found


def _remember_elsewhere(each: Witness, log: _Log) -> bool:
    """Take in the head a witness has seen beyond ours, where it carries our own signature; whether
    it did."""
    path = f"{each.url.rstrip('/')}/{witness.monitoring_path(log.origin)}"
    try:
        status, note = _answered(_request_to(path))
    except Unanswered:
        return False
    if status != 200:
        return False
    try:
        # Only the key in force: one that was stolen and changed signs nothing any more.
        seen = checkpoint.open_checkpoint(note, log.key())
    except (NoteError, keys.Locked):
        return False
    if seen.size <= log.size:
        return False
    heads.write(log.origin, seen.size, note)
    logger.error("%s has seen %d entries of %s", each.verifier.name, seen.size, log.origin)
    return True


def _note_state(name: str, problem: str, now: datetime, fresh: int) -> None:
    state, _ = WitnessState.objects.get_or_create(witness=name)
    if problem or fresh or state.problem:
        state.problem = problem
        state.answered_at = state.answered_at if problem and not fresh else now
        state.save()
