"""Who signed: the keys of a register from its first on, and the checkpoints they answer for.

A register begins with one key. Its entries name those that follow: ``RotateKey`` (fields ``key``,
``why``, ``note``), ``DeclareRecovery`` (``recovery``, ``note``); a checkpoint that counts such an
entry is signed by the key it names. ``AdmitLoss`` says that acts were lost: from there on the
register bears its name with ``/2``, ``/3`` … behind it, so that it takes back nothing it signed.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from kerege.archive.found_wrong import Report
from kerege.register import checkpoint, cosignature, note, policy, proof, rotation
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import ProofError, check_inclusion, leaf_hash
from kerege.register.note import NoteError, Verifier, open_note

ROTATE_KEY, DECLARE_RECOVERY, ADMIT_LOSS = "RotateKey", "DeclareRecovery", "AdmitLoss"
# Seconds that a witness's clock may be ahead of that of whoever verifies.
AHEAD = 3_600
KEY_ACTS = (ROTATE_KEY, DECLARE_RECOVERY, ADMIT_LOSS)


class Tree(Protocol):
    """The tree that a register's own checkpoint bears out."""

    @property
    def size(self) -> int: ...

    def bears(self, head: Checkpoint) -> bool: ...


class Keys:
    """The keys of a register, each with the size of the first checkpoint it signs."""

    def __init__(self, first: Verifier) -> None:
        self.first = first
        self._since = [(1, first)]
        self._recovery: Verifier | None = None
        self.losses: list[int] = []

    def at(self, size: int) -> Verifier:
        """The key in force for a checkpoint of ``size`` entries."""
        return next(key for since, key in reversed(self._since) if since <= size)

    def all(self) -> list[Verifier]:
        return [key for _, key in self._since]

    def since(self, key: Verifier) -> int:
        """The size of the first checkpoint that a key signs."""
        return next(size for size, one in self._since if one == key)

    def left(self) -> Iterator[tuple[int, str]]:
        """Each admitted loss: its entry, and the name that signs nothing greater from there on."""
        first = self.first.name
        for number, n in enumerate(self.losses, 1):
            yield n, first if number == 1 else f"{first}/{number}"

    def take(self, n: int, act: str, fields: Mapping[str, Any]) -> None:
        """Take in what entry ``n`` says of keys. Raises NoteError when it is not rightly signed;
        then nothing changes."""
        last = self._since[-1][1]
        if act == ROTATE_KEY:
            said, vkey, why = (_text(fields, name) for name in ("note", "key", "why"))
            key = rotation.check(said.encode(), last, self._recovery, vkey, why)
            self._since.append((n + 1, key))
        elif act == DECLARE_RECOVERY:
            said, vkey = _text(fields, "note"), _text(fields, "recovery")
            self._recovery = rotation.check_recovery(said.encode(), last, self._recovery, vkey)
        elif act == ADMIT_LOSS:
            self.losses.append(n)
            name = f"{self.first.name}/{len(self.losses) + 1}"
            self._since.append((n + 1, Verifier(name, last.public_key)))


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that somebody kept, with the entry it proves where it came as a receipt."""

    name: str
    note: bytes
    head: Checkpoint
    receipt: proof.Receipt | None = None


def vkeys(data: bytes) -> list[Verifier]:
    """The keys in a file of keys, one a line; raises NoteError."""
    try:
        *lines, rest = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise NoteError("a key is text in UTF-8") from error
    if rest or not lines:
        raise NoteError("keys stand one on a line, each with its newline")
    return [Verifier.from_vkey(line) for line in lines]


def stated(data: bytes) -> Checkpoint:
    """What a checkpoint says, whoever signed it; raises NoteError."""
    return checkpoint.parse(note.read_note(data)[0])


def kept(name: str, data: bytes) -> Kept:
    """The checkpoint in a file, which may be a receipt; raises NoteError or ProofError."""
    if data.startswith(b"c2sp.org/tlog-proof"):
        receipt = proof.parse(data)
        return Kept(name, receipt.checkpoint, stated(receipt.checkpoint), receipt)
    return Kept(name, data, stated(data))


def believed(data: bytes, origin: str, public: Iterable[bytes]) -> bool:
    """Whether a checkpoint of ``origin`` is signed by any of some public keys. Until then its size
    may be any number, and nothing is to be done so many times."""
    for key in dict.fromkeys(public):
        try:
            checkpoint.open_checkpoint(data, Verifier(origin, key))
            return True
        except NoteError:
            continue
    return False


def check_signed(report: Report, file: str, data: bytes, keys: Keys) -> bool:
    """Whether a checkpoint is signed by the key in force; what is wrong goes into the report."""
    try:
        text, lines = note.read_note(data)
        head = checkpoint.parse(text)
    except NoteError as error:
        report.found("unreadable", file=file, why=error)
        return False
    key = keys.at(head.size)
    by_name = [(name, id_) for name, id_, _ in lines if name == key.name]
    if head.origin != key.name:
        report.found("other_register", file=file)
    elif by_name and (key.name, key.key_id) not in by_name:
        report.found("re_signed", file=file)
    else:
        try:
            checkpoint.open_checkpoint(data, key)
            return True
        except NoteError:
            report.found("bad_signature", file=file)
    return False


def others(data: bytes, keys: Keys) -> list[str]:
    """Who signed a checkpoint beside its register; nobody where it cannot be read."""
    try:
        text, lines = note.read_note(data)
        own = {checkpoint.parse(text).origin, *(key.name for key in keys.all())}
    except NoteError:
        return []
    return [*dict.fromkeys(name for name, _, _ in lines if name not in own)]


def compare(report: Report, one: Kept, true: Tree, keys: Keys, head: Checkpoint | None) -> bool:
    """Whether a checkpoint kept earlier is of the history that ``true`` is the tree of."""
    for n, name in keys.left():
        if one.head.size > n and one.head.origin == name:
            report.found("lost", n, file=one.name)
            return False
    if not true.bears(one.head) and _by_another(one, keys):
        # It goes on under a key that had been replaced: there are two histories after that.
        report.found("split_view", file=one.name)
        return False
    if not check_signed(report, one.name, one.note, keys):
        return False
    if one.head.size > true.size:
        report.found("rolled_back", file=one.name, kept=one.head.size, size=true.size)
        return False
    if not true.bears(one.head):
        # Two signed histories, or a signed one and entries that nobody signed.
        report.found("split_view" if head else "altered", file=one.name)
        return False
    if one.receipt is not None and one.receipt.extra:
        try:
            prove(one.receipt, one.receipt.extra)
        except (NoteError, ProofError) as error:
            report.found("bad_proof", one.receipt.index, file=one.name, why=error)
            return False
    return True


def _by_another(one: Kept, keys: Keys) -> bool:
    """Whether a checkpoint is signed by a key of its register, and not by the one in force."""
    now = keys.at(one.head.size)
    former = [key for key in keys.all() if key.public_key != now.public_key]
    return one.head.origin == now.name and believed(
        one.note, now.name, [key.public_key for key in former]
    )


def prove(receipt: proof.Receipt, entry: bytes) -> Checkpoint:
    """What the checkpoint of a receipt says, ``entry`` proven to stand under it; raises NoteError
    or ProofError. Who signed is not asked."""
    head = stated(receipt.checkpoint)
    check_inclusion(leaf_hash(entry), receipt.index, head.size, receipt.hashes, head.root)
    return head


def check_quorum(
    report: Report, file: str, data: bytes, said: bytes, one: Kept | None = None
) -> None:
    """Whether the witnesses that a policy asks for have cosigned a checkpoint. A policy asks
    nothing of the times they give: one that cannot be true, or that stands before the one under a
    smaller checkpoint kept earlier, is noted."""
    try:
        wanted = policy.parse(said)
    except policy.PolicyError as error:
        report.found("unreadable", file=file, why=error)
        return
    try:
        open_note(data, [each.verifier for each in wanted.logs])
    except NoteError as error:
        # What it says of witnesses stands under a key that did not sign this.
        report.found("other_policy", file=file, why=error)
        return
    try:
        standing = policy.satisfied(wanted, data)
    except NoteError as error:
        report.found("quorum_missing", file=file, why=error)
        return
    latest = time.time() + AHEAD
    for name, when in standing.times.items():
        if when > latest:
            report.note("witness_ahead", name=name, moment=_moment(when))
    if one is not None and one.head.size < standing.checkpoint.size:
        for name, before in _times(wanted, one.note).items():
            if standing.times.get(name, before) < before:
                now = _moment(standing.times[name])
                report.note("witness_back", name=name, moment=now, before=_moment(before))
    if not standing.enough:
        report.found("quorum_missing", file=file, why=", ".join(standing.times) or "–")
    elif standing.times:
        report.note("witnessed", names=", ".join(standing.times))
    else:
        report.note("no_witness")


def _times(wanted: policy.Policy, data: bytes) -> dict[str, int]:
    """When each witness of a policy cosigned a checkpoint; none where that cannot be read."""
    known = {one.verifier: name for name, one in wanted.witnesses.items()}
    try:
        return {known[key]: when for key, when in cosignature.times(data, [*known]).items()}
    except NoteError:
        return {}


def _moment(when: int) -> str:
    """A time in words; its seconds since 1970 where no calendar reaches it."""
    try:
        return f"{datetime.fromtimestamp(when, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return str(when)


def _text(fields: Mapping[str, Any], name: str) -> str:
    found = fields.get(name)
    if not isinstance(found, str):
        raise NoteError(f"the entry has no {name}")
    return found
