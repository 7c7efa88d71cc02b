"""A receipt: the proof, checkable off line, that one entry stands in a register.

Format: c2sp.org/tlog-proof@v1, kept in a file that ends in `.tlog-proof`:

    c2sp.org/tlog-proof@v1
    extra bm90IHNpZ25lZA==                          <- may be left out; base64; not signed by anyone
    index 1                                         <- which entry, counted from 0
    bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=    <- the inclusion proof, from the leaf up:
    Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=       none for a register of one entry
                                                    <- an empty line
    register.example.kg/naryn                       <- the checkpoint, its signed note unchanged,
    4                                                  with whatever witnesses have added
    037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

    — register.example.kg/naryn 6A+K24u9…

The entry itself is not in it: whoever checks brings the entry's bytes and the register's key.
"""

import re
from dataclasses import dataclass

from kerege.register.checkpoint import SIZE_LIMIT, Checkpoint, open_checkpoint
from kerege.register.merkle import ProofError, check_inclusion, leaf_hash
from kerege.register.note import NOTE_LIMIT, NoteError, Verifier, from_base64, to_base64

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Receipt:
    """The proof for entry `index` (from 0): its inclusion `hashes` and the `checkpoint` note.

    `extra` is for the application and trusted by nobody; empty means that there is none.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not 0 <= self.index < SIZE_LIMIT:
            raise ProofError(f"there is no entry {self.index}")
        # A tree of fewer than 2**63 entries is at most 63 levels high.
        if len(self.hashes) > 63 or any(len(each) != 32 for each in self.hashes):
            raise ProofError("a receipt has at most 63 hashes of 32 bytes")


def format(receipt: Receipt) -> bytes:
    """Return the receipt's bytes, to be handed out as they are."""
    lines = [HEADER]
    if receipt.extra:
        lines.append(f"extra {to_base64(receipt.extra)}")
    lines.append(f"index {receipt.index}")
    lines.extend(map(to_base64, receipt.hashes))
    return "\n".join([*lines, "", ""]).encode("ascii") + receipt.checkpoint


def parse(data: bytes) -> Receipt:
    """Return the receipt `format` wrote, its checkpoint not yet looked at.

    Raises `ProofError` for any other bytes.
    """
    if len(data) > 2 * NOTE_LIMIT:
        raise ProofError(f"{len(data)} bytes; a receipt has at most {2 * NOTE_LIMIT}")
    head, blank, checkpoint = data.partition(b"\n\n")
    try:
        header, *lines = head.decode("ascii").split("\n")
        if header != HEADER or not blank:
            raise ProofError(f"a receipt begins with {HEADER} and has an empty line")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = from_base64(lines.pop(0).removeprefix("extra "))
            if not extra:
                raise ProofError("a receipt without extra has no line for it")
        index = re.fullmatch("index (0|[1-9][0-9]{0,18})", lines.pop(0) if lines else "")
        if not index:
            raise ProofError("a receipt says the index of its entry in decimal")
        return Receipt(int(index[1]), tuple(map(from_base64, lines)), checkpoint, extra)
    except (UnicodeDecodeError, NoteError) as error:
        raise ProofError(f"not a receipt: {error}") from error


def check(receipt: Receipt, entry: bytes, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint under which `entry` (its exact bytes) is proven to stand.

    `verifier` is the register's own key: it must have signed the checkpoint, under its own name as
    origin. Witnesses' signatures are not looked at. Raises `ProofError` for every failure.
    Source: c2sp.org/tlog-proof, "Verifying a tlog proof", steps 1, 2 and 4.
    """
    try:
        stated = open_checkpoint(receipt.checkpoint, verifier)
    except NoteError as error:
        raise ProofError(f"the checkpoint: {error}") from error
    leaf = leaf_hash(entry)
    check_inclusion(leaf, receipt.index, stated.size, receipt.hashes, stated.root)
    return stated
