"""Signed notes: a text and, under it, who signed it. Format: c2sp.org/signed-note@v1.0.0.

    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.
                                                          <- an empty line ends the text
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pA…

The text ends in a newline, which is signed; the empty line after it is not. Each signature line is
an em dash, a space, the key's name, a space, and base64 of the key id's 4 bytes and the signature.
A note is UTF-8 without control characters below U+0020 other than the newline.

A key is known by name and id together: id = SHA-256(name || 0x0A || kind || public key)[:4]. The
kinds this room signs and checks are 0x01, Ed25519, and 0x04, a witness's (see `cosignature`). Names
are not empty and have neither white space nor `+`. The public half travels as a *vkey*:
`name+hex(id)+base64(kind || public key)`.

A signature by an unknown key is ignored, so keys can rotate and witnesses can add theirs; one by a
known key must verify, whatever other signatures say. Base64 is taken in its one exact spelling.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import ClassVar, Self

from kerege.register import ed25519

# The single-file verifier runs where there is nothing but Python, and only checks.
try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )
except ImportError:
    _PLAIN = True
else:
    _PLAIN = False

NOTE_LIMIT = 1_000_000
"""The most bytes a note may have."""

SIGNATURE_LIMIT = 100
"""The most signature lines a note may have."""

_DASH = "\N{EM DASH} "
_UNWRITABLE = re.compile("[\0-\t\v-\x1f\ud800-\udfff]")


class NoteError(ValueError):
    """A key or a note that is malformed, or that no known key has signed; the message says why."""


@dataclass(frozen=True)
class Verifier:
    """A key to check with: its name and the 32 bytes of an Ed25519 public key (RFC 8032)."""

    name: str
    public_key: bytes

    kind: ClassVar[bytes] = b"\x01"
    kind_name: ClassVar[str] = "Ed25519"

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public_key) != 32:
            raise NoteError(f"an Ed25519 public key has 32 bytes, not {len(self.public_key)}")

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """Return the key written as `name+hexid+base64`. Raises `NoteError`."""
        name, _, rest = vkey.partition("+")
        key = from_base64(rest[9:])
        if key[:1] != cls.kind:
            raise NoteError(f"the verifier key is not of the kind {cls.kind_name}")
        verifier = cls(name, key[1:])
        # One comparison covers the id, the spelling of its hex, and the separators.
        if verifier.vkey != vkey:
            raise NoteError(f"the verifier key does not have the id {verifier.key_id.hex()}")
        return verifier

    @cached_property
    def key_id(self) -> bytes:
        """The key's 4-byte id."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.public_key).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text, to be published: `name+hexid+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(self.kind + self.public_key)}"

    def check(self, text: str, signature: bytes) -> None:
        """Raise `NoteError` unless `signature` (64 bytes) is this key's, over `text`."""
        if not self._signed(text.encode(), signature):
            raise NoteError(f"invalid signature by {self.name}+{self.key_id.hex()}")

    @cached_property
    def _key(self) -> "Ed25519PublicKey":
        return Ed25519PublicKey.from_public_bytes(self.public_key)

    def _signed(self, message: bytes, signature: bytes) -> bool:
        if _PLAIN:
            return ed25519.verify(self.public_key, signature, message)
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A key to sign with: its name and the 32 secret bytes an Ed25519 key grows from (RFC 8032)."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != 32:
            raise NoteError(f"an Ed25519 seed has 32 bytes, not {len(self.seed)}")

    @cached_property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def signature_line(self, text: str) -> str:
        """Return the line, newline included, that signs `text`."""
        return write_line(self.verifier, self.sign(text.encode()))

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of this key's signature over `message`."""
        return self._key.sign(message)

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        if _PLAIN:
            raise NoteError("to sign, the package cryptography is needed")
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def sign(text: str, *signers: Signer) -> bytes:
    """Return the note of `text`, which ends in a newline, signed by each of `signers` in order.

    Raises `NoteError` for a text that cannot stand in a note, and for a note beyond the limits.
    """
    if not text.endswith("\n"):
        raise NoteError("the text of a note ends in a newline")
    if not 0 < len(signers) <= SIGNATURE_LIMIT:
        raise NoteError(f"a note has 1 to {SIGNATURE_LIMIT} signatures, not {len(signers)}")
    _check_characters(text)
    note = "".join([text, "\n", *(signer.signature_line(text) for signer in signers)]).encode()
    _check_length(note)
    return note


def open_note(note: bytes, verifiers: Sequence[Verifier]) -> str:
    """Return the text of `note`, signed by at least one of `verifiers`.

    Raises `NoteError` when the note is malformed, when a signature that names one of `verifiers`
    does not verify, and when none of them signed.
    """
    text, lines = read_note(note)
    signed = False
    for name, key_id, signature in lines:
        for verifier in verifiers:
            if (verifier.name, verifier.key_id) == (name, key_id):
                verifier.check(text, signature)
                signed = True
    if not signed:
        raise NoteError("no known key has signed this note")
    return text


def read_note(note: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Return the text of `note`, and name, key id and signature of each line under it, unchecked.

    Raises `NoteError` when the note is malformed.
    """
    _check_length(note)
    try:
        decoded = note.decode()
    except UnicodeDecodeError as error:
        raise NoteError("a note is UTF-8") from error
    _check_characters(decoded)
    # The text may hold empty lines of its own; the last one ends it.
    body, blank, under = decoded.rpartition("\n\n")
    text, lines = body + "\n", under.split("\n")
    if not blank or lines.pop() != "":
        raise NoteError("a note is a text, an empty line, and lines of signatures")
    if not 0 < len(lines) <= SIGNATURE_LIMIT:
        raise NoteError(f"a note has 1 to {SIGNATURE_LIMIT} signatures, not {len(lines)}")
    return text, [*map(_read_signature, lines)]


def write_line(verifier: Verifier, signature: bytes) -> str:
    """Return the line, newline included, that a note bears for a signature."""
    return f"{_DASH}{verifier.name} {to_base64(verifier.key_id + signature)}\n"


def check_name(name: str) -> None:
    """Raise `NoteError` unless `name` can name a key."""
    _check_characters(name)
    if not name or "+" in name or name.split() != [name]:
        raise NoteError(f"{name!a} cannot name a key: it is empty, or has white space or a plus")


def to_base64(data: bytes) -> str:
    """Return standard base64 with padding (RFC 4648 section 4)."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the bytes `to_base64` wrote, refusing every other spelling. Raises `NoteError`."""
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise NoteError("not base64") from error
    # Decoders let spare bits differ, which would give one signature many spellings.
    if to_base64(data) != text:
        raise NoteError("not the exact base64 of its bytes")
    return data


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    data = from_base64(encoded)
    if not line.startswith(_DASH) or len(data) < 5:
        raise NoteError("a signature line is a dash, a key's name, and base64 of id and signature")
    check_name(name)
    return name, data[:4], data[4:]


def _check_length(note: bytes) -> None:
    if len(note) > NOTE_LIMIT:
        raise NoteError(f"{len(note)} bytes; a note has at most {NOTE_LIMIT}")


def _check_characters(text: str) -> None:
    if _UNWRITABLE.search(text):
        raise NoteError("a note is UTF-8 text without control characters but the newline")
