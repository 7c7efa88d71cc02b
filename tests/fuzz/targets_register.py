"""What reads strangers' bytes in the register room, as functions for a fuzzer.

Each takes any bytes and comes back; it raises nothing but what the reader's own docstring names,
and that it catches. What is read must be written back as the same bytes, where a form has only one
spelling.
"""

from collections.abc import Callable
from contextlib import suppress

from kerege.register import canonical, checkpoint, note, policy, proof, tiles, witness
from kerege.register.cosignature import CosignatureVerifier, Cosigner, take, times
from kerege.register.ed25519 import verify
from kerege.register.merkle import ProofError
from kerege.register.note import NoteError, Signer, Verifier

SIGNER = Signer("register.example.kg/naryn", bytes(range(32)))
COSIGNER = Cosigner("witness.example.kg/osh", b"o" * 32)
STATED = checkpoint.Checkpoint(SIGNER.name, 4, bytes(32))
NOTE = checkpoint.sign(STATED, SIGNER)
POLICY = policy.Policy(
    (policy.Log(SIGNER.verifier),), {"osh": policy.Witness(COSIGNER.verifier)}, {}, "osh"
)


def entry(data: bytes) -> None:
    """An entry's bytes."""
    try:
        value = canonical.read(data)
    except canonical.NotCanonical:
        return
    assert canonical.canonical(value) == data


def signed_note(data: bytes) -> None:
    """A note, its signatures and its cosignatures."""
    try:
        text, lines = note.read_note(data)
    except NoteError:
        return
    assert text.endswith("\n") and lines
    for read in (
        lambda: note.open_note(data, [SIGNER.verifier, COSIGNER.verifier]),
        lambda: times(data, [COSIGNER.verifier]),
        lambda: policy.satisfied(POLICY, data),
    ):
        with suppress(NoteError):
            read()


def stated_checkpoint(data: bytes) -> None:
    """A checkpoint's text, and what a witness answered about one."""
    with suppress(UnicodeDecodeError, NoteError):
        text = data.decode()
        assert checkpoint.format(checkpoint.parse(text)) == text
    with suppress(NoteError):
        take(NOTE, data, COSIGNER.verifier)


def vkey(data: bytes) -> None:
    """A key, of either kind."""
    text = data.decode("utf-8", "replace")
    for kind in (Verifier, CosignatureVerifier):
        with suppress(NoteError):
            assert kind.from_vkey(text).vkey == text


def signature(data: bytes) -> None:
    """A key, a signature and a message, for plain Python's verification."""
    verify(data[:32], data[32:96], data[96:])


def receipt(data: bytes) -> None:
    """A receipt, checked for an entry."""
    try:
        read = proof.parse(data)
    except ProofError:
        return
    assert proof.format(read) == data
    with suppress(ProofError):
        proof.check(read, b"entry", SIGNER.verifier)


def tile_path(data: bytes) -> None:
    """The path of a tile or of a bundle."""
    path = data.decode("utf-8", "replace")
    try:
        level, index, width = tiles.read_path(path)
    except tiles.TileError:
        return
    if level is None:
        assert tiles.entries_path(index, width) == path
    else:
        assert tiles.tile_path(level, index, width) == path


def entry_bundle(data: bytes) -> None:
    """A bundle of entries."""
    try:
        entries = tiles.unbundle(data)
    except tiles.TileError:
        return
    assert tiles.bundle(entries) == data


def witness_policy(data: bytes) -> None:
    """A policy."""
    try:
        read = policy.parse(data)
    except policy.PolicyError:
        return
    assert policy.parse(policy.format(read)) == read


def witness_request(data: bytes) -> None:
    """What a witness is asked, and its decision."""
    try:
        request = witness.parse(data)
    except witness.RequestError:
        return
    assert witness.format(request.old, request.proof, request.note) == data
    for size in (0, request.old):
        known = witness.Known((SIGNER.verifier,), size)
        assert witness.consider(known, request).status in (200, 400, 403, 409, 422)


def witness_size(data: bytes) -> None:
    """The size that a witness says it saw last."""
    with suppress(witness.RequestError):
        assert b"%d\n" % witness.read_size(data) == data


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        entry,
        signed_note,
        stated_checkpoint,
        vkey,
        signature,
        receipt,
        tile_path,
        entry_bundle,
        witness_policy,
        witness_request,
        witness_size,
    )
}

SEEDS: dict[str, list[bytes]] = {
    "entry": [b'{"act":"AdoptBudget","fields":{"total":1250000,"year":2011},"v":1}'],
    "signed_note": [NOTE, NOTE + COSIGNER.signature_line(checkpoint.format(STATED), 9).encode()],
    "stated_checkpoint": [
        checkpoint.format(STATED).encode(),
        COSIGNER.signature_line(checkpoint.format(STATED), 9).encode(),
    ],
    "vkey": [SIGNER.verifier.vkey.encode(), COSIGNER.verifier.vkey.encode()],
    "signature": [SIGNER.verifier.public_key + SIGNER.sign(b"message") + b"message"],
    "receipt": [proof.format(proof.Receipt(1, (bytes(32), bytes(32)), NOTE, b"entry"))],
    "tile_path": [b"tile/0/x001/x234/067.p/8", b"tile/entries/x001/067"],
    "entry_bundle": [tiles.bundle([b"one", b"", b"two"])],
    "witness_policy": [policy.format(POLICY)],
    "witness_request": [witness.format(3, [bytes(32)] * 2, NOTE)],
    "witness_size": [b"1479\n"],
}
"""For each target, bytes to begin with that are read."""
