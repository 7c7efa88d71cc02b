"""A checkpoint: what one register says of itself, signed. Format: c2sp.org/tlog-checkpoint@v1.0.0.

The text of the signed note is exactly three lines:

    register.example.kg/naryn                       <- origin: which register, and its key's name
    1482                                            <- size: how many entries, in decimal
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    <- root over them (`merkle.root`), base64

Where the specification leaves room, we take the narrow side:

- size 0 is never written or read: implementations disagree about the root of an empty tree;
- no extension lines, because nobody who watches a register can check what they say;
- the origin is a key name, and it is the name of the key that signs.

That a register signs no checkpoint which takes back an earlier one is for the caller to keep: it
needs memory, and this room has none.
"""

import re
from dataclasses import dataclass

from kerege.register.note import (
    NoteError,
    Signer,
    Verifier,
    check_name,
    from_base64,
    open_note,
    to_base64,
)
from kerege.register.note import sign as sign_note

SIZE_LIMIT = 2**63 - 1
"""The greatest size: what a signed 64-bit column can hold."""


@dataclass(frozen=True)
class Checkpoint:
    """`origin` names the register, `size` counts its entries, `root` is 32 bytes over them.

    Raises `NoteError` for values that no checkpoint can have.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        check_name(self.origin)
        if not 1 <= self.size <= SIZE_LIMIT:
            raise NoteError(f"a checkpoint has at least one entry, not {self.size}")
        if len(self.root) != 32:
            raise NoteError(f"a root has 32 bytes, not {len(self.root)}")


def format(checkpoint: Checkpoint) -> str:
    """Return the checkpoint's three lines, each with its newline."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{to_base64(checkpoint.root)}\n"


def parse(text: str) -> Checkpoint:
    """Return the checkpoint `format` wrote. Raises `NoteError` for any other text."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NoteError("a checkpoint has three lines: origin, size, root")
    origin, size, root, _ = lines
    if not re.fullmatch("[1-9][0-9]{0,18}", size):
        raise NoteError("a checkpoint's size is a decimal number from 1, without leading 0")
    return Checkpoint(origin, int(size), from_base64(root))


def sign(checkpoint: Checkpoint, *signers: Signer) -> bytes:
    """Return the signed note. Raises `NoteError` for a key that has not the origin's name."""
    for signer in signers:
        if signer.name != checkpoint.origin:
            raise NoteError(f"{signer.name} does not sign for {checkpoint.origin}")
    return sign_note(format(checkpoint), *signers)


def open_checkpoint(note: bytes, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint in `note`, signed by `verifier` for the register of its name.

    Raises `NoteError` when that key did not sign it, and when what it signed is no checkpoint or is
    another register's.
    """
    checkpoint = parse(open_note(note, [verifier]))
    if checkpoint.origin != verifier.name:
        raise NoteError(f"a checkpoint of {checkpoint.origin}, signed by {verifier.name}")
    return checkpoint
