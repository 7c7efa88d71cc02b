"""What a witness is asked, and what it answers. Format: c2sp.org/tlog-witness, as of July 2026.

To `add-checkpoint` a register posts its newest checkpoint, and the proof that it continues the one
which this witness saw last:

    old 1479                                        <- the size of the one it saw last, or 0
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=    <- the consistency proof (`merkle`), base64,
    jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=       none from size 0 or to the same size
                                                    <- an empty line
    register.example.kg/naryn                       <- the checkpoint, its signed note unchanged
    1482
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — register.example.kg/naryn 6A+K24u9…

The answer is a status of HTTP: 200, with the witness's own line (`cosignature`) as its body, or

    400  not such a request, or the old size is beyond the new one
    403  none of the keys known for this origin has signed it, or one has and it does not verify
    404  an origin that this witness does not watch
    409  the old size is not what was seen last; the body says what was, as `1479`, and a newline
    422  the proof does not hold: this checkpoint continues another history, or has another root
         at the same size; witnesses of v1.0.0 answer 409 to the latter

The caller keeps what was seen last. It must read that, decide, and write the new checkpoint down in
one transaction, before it answers: of two requests at once, one could else roll back the other.

A witness serves registers that are not ours, so here, unlike in `checkpoint`, size 0 is read and so
are extension lines, whatever they say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from kerege.register.checkpoint import SIZE_LIMIT
from kerege.register.merkle import EMPTY_ROOT, ProofError, check_consistency
from kerege.register.note import (
    NOTE_LIMIT,
    NoteError,
    Verifier,
    from_base64,
    open_note,
    read_note,
    to_base64,
)

PROOF_LIMIT = 63
"""The most hashes in a proof: a tree of fewer than 2**63 entries is at most 63 levels high."""

_SIZE = "0|[1-9][0-9]{0,18}"


class RequestError(ValueError):
    """A request, or an answer, that is not of this format (status 400); the message says why."""


@dataclass(frozen=True)
class Request:
    """A checkpoint of `origin` put to a witness that saw size `old` last, with its `proof`.

    `note` is the checkpoint's signed note and `text` what its signatures sign; `size` and `root`
    (32 bytes) are what it states. Nothing in it has been checked against a key.
    """

    old: int
    proof: tuple[bytes, ...]
    note: bytes
    text: str
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Known:
    """A register that a witness watches: its keys, and size and root of what was seen last."""

    verifiers: tuple[Verifier, ...]
    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True)
class Answer:
    """A status of HTTP, and the body; that of 200 is the cosignature, which the caller makes."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


def format(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """Return a request's body: `note` is the signed note, `proof` that it continues size `old`."""
    return "\n".join([f"old {old}", *map(to_base64, proof), "", ""]).encode("ascii") + note


def parse(body: bytes) -> Request:
    """Return the request in `body`, unchecked. Raises `RequestError` (status 400)."""
    # A proof of 63 hashes has less than three thousand bytes, and the note has its own limit.
    if len(body) > NOTE_LIMIT + 3_000:
        raise RequestError(f"{len(body)} bytes are too many")
    head, blank, note = body.partition(b"\n\n")
    try:
        first, *hashes = head.decode("ascii").split("\n")
        old = re.fullmatch(f"old ({_SIZE})", first)
        if not old or not blank:
            raise RequestError("a request begins with the old size, and has an empty line")
        proof = tuple(map(from_base64, hashes))
        if len(proof) > PROOF_LIMIT or any(len(each) != 32 for each in proof):
            raise RequestError(f"a proof has at most {PROOF_LIMIT} hashes of 32 bytes")
        text, _ = read_note(note)
        return Request(int(old[1]), proof, note, text, *_read_checkpoint(text))
    except (UnicodeDecodeError, NoteError) as error:
        raise RequestError(f"not a request: {error}") from error


def consider(known: Known | None, request: Request) -> Answer:
    """Return the answer to `request` of a witness that has `known` of `request.origin`.

    200 means: write `request.size`, `request.root` and `request.note` down, and cosign
    `request.text`. None stands for an origin that is not watched. Source: tlog-witness, section
    "add-checkpoint", in its order.
    """
    if known is None:
        return Answer(404, f"{request.origin} is not watched here\n")
    try:
        open_note(request.note, known.verifiers)
    except NoteError as error:
        return Answer(403, f"{error}\n")
    if request.old > request.size:
        return Answer(400, f"size {request.size} does not continue size {request.old}\n")
    if request.old != known.size:
        return Answer(409, f"{known.size}\n", "text/x.tlog.size")
    try:
        check_consistency(request.old, request.size, known.root, request.root, request.proof)
    except ProofError as error:
        return Answer(422, f"{error}\n")
    return Answer(200)


def read_size(body: bytes) -> int:
    """Return the size that an answer of status 409 states. Raises `RequestError`."""
    found = re.fullmatch(f"({_SIZE})\n", body.decode("ascii", "replace"))
    if not found or int(found[1]) > SIZE_LIMIT:
        raise RequestError("the witness does not say which size it saw last")
    return int(found[1])


def monitoring_path(origin: str) -> str:
    """Return where, below its address, a witness shows the last checkpoint it saw of `origin`."""
    return f"{sha256(origin.encode()).hexdigest()}/checkpoint"


def _read_checkpoint(text: str) -> tuple[str, int, bytes]:
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        raise RequestError("a checkpoint has lines for origin, size and root, and none is empty")
    origin, size, root = lines[0], lines[1], from_base64(lines[2])
    if not re.fullmatch(_SIZE, size) or int(size) > SIZE_LIMIT:
        raise RequestError("a checkpoint's size is a decimal number without leading 0")
    if len(root) != 32:
        raise RequestError(f"a root has 32 bytes, not {len(root)}")
    return origin, int(size), root
