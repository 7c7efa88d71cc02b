"""A witness's word on a checkpoint: at this time, this was the latest that I had seen grow.

Format: c2sp.org/tlog-cosignature@v1.0.1, Ed25519. A cosignature is one more line under the signed
note; a *witness* is whoever remembers the last checkpoint of a register and puts its line only
under one that continues it, so no register can show two histories to two readers.

    — witness.example.kg/osh jWbPPwAAAABkGFDL…      <- base64 of key id (4 bytes), time (8)
                                                         and signature (64)

The time is in seconds since 1970, the greater byte first. What is signed, with Ed25519, is the text
of the note under two lines that keep it from being mistaken for anything else:

    cosignature/v1
    time 1679315147
    register.example.kg/naryn
    1482
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

The key's kind is 0x04, so its id and vkey differ from those of a key that signs notes. The name of
the witness is not signed, so two witnesses never share a key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from kerege.register.note import NoteError, Signer, Verifier, read_note, write_line

TIME_LIMIT = 2**63 - 1
"""The greatest time, in seconds since 1970."""


@dataclass(frozen=True)
class CosignatureVerifier(Verifier):
    """A witness's key to check with: its name and 32 bytes. `open_note` takes it like any other."""

    kind: ClassVar[bytes] = b"\x04"
    kind_name: ClassVar[str] = "Ed25519 cosignature"

    def check(self, text: str, signature: bytes) -> None:
        """Raise `NoteError` unless `signature` (72 bytes) is this witness's, over `text`."""
        self.time(text, signature)

    def time(self, text: str, signature: bytes) -> int:
        """Return when this witness signed `text`, in seconds since 1970. Raises `NoteError`."""
        time = int.from_bytes(signature[:8])
        message = _message(text, time)
        if not 1 <= time <= TIME_LIMIT or not self._signed(message, signature[8:]):
            raise NoteError(f"invalid cosignature by {self.name}+{self.key_id.hex()}")
        return time


@dataclass(frozen=True)
class Cosigner:
    """A witness's key to sign with: its name and 32 secret bytes, which sign nothing else."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        Signer(self.name, self.seed)

    @cached_property
    def verifier(self) -> CosignatureVerifier:
        """The public half."""
        return CosignatureVerifier(self.name, self._signer.verifier.public_key)

    def signature_line(self, text: str, time: int) -> str:
        """Return the line, newline included, for the checkpoint `text` at `time` (seconds)."""
        if not 1 <= time <= TIME_LIMIT:
            raise NoteError(f"a cosignature is not given at the time {time}")
        signature = self._signer.sign(_message(text, time))
        return write_line(self.verifier, time.to_bytes(8) + signature)

    @cached_property
    def _signer(self) -> Signer:
        return Signer(self.name, self.seed)


def times(note: bytes, verifiers: Sequence[CosignatureVerifier]) -> dict[CosignatureVerifier, int]:
    """Return which of `verifiers` have cosigned `note`, and when: seconds, the latest of several.

    Raises `NoteError` when the note is malformed, and when a cosignature that names one of
    `verifiers` does not verify. The register's own signature is not looked at.
    """
    text, lines = read_note(note)
    found: dict[CosignatureVerifier, int] = {}
    for name, key_id, signature in lines:
        for verifier in verifiers:
            if (verifier.name, verifier.key_id) == (name, key_id):
                time = verifier.time(text, signature)
                found[verifier] = max(time, found.get(verifier, 0))
    return found


def take(note: bytes, answer: bytes, verifier: CosignatureVerifier) -> tuple[str, int]:
    """Return the line for `note` in a witness's `answer`, to be put under it, and its time.

    Lines by keys other than `verifier` are left out. Raises `NoteError` when there is none by it,
    when one does not verify, and when the answer is not made of signature lines.
    """
    text, _ = read_note(note)
    whole, lines = read_note(text.encode() + b"\n" + answer)
    if whole != text:
        raise NoteError("a witness answers with lines of signatures only")
    taken = [
        (verifier.time(text, signature), signature)
        for name, key_id, signature in lines
        if (name, key_id) == (verifier.name, verifier.key_id)
    ]
    if not taken:
        raise NoteError(f"{verifier.name} has not cosigned")
    time, signature = max(taken)
    return write_line(verifier, signature), time


def stated_time(line: str) -> int:
    """Return when a cosignature's `line` says it was given, the signature itself not looked at.

    Raises `NoteError` for what is no line of a cosignature.
    """
    _, lines = read_note(f"x\n\n{line.rstrip(chr(10))}\n".encode())
    if len(lines) != 1 or len(lines[0][2]) != 72:
        raise NoteError("not the line of a cosignature")
    return int.from_bytes(lines[0][2][:8])


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
