"""Exported folders for tests, made of the registers in ``tests/registers`` and signed by test keys.

``kerege/archive/export.py`` says what stands where in such a folder.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from kerege.constitution import packs
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.chronicle import law_on
from kerege.register import canonical, checkpoint, policy, proof, tiles
from kerege.register.checkpoint import Checkpoint
from kerege.register.cosignature import Cosigner
from kerege.register.merkle import leaf_hash
from kerege.register.merkle import root as root_of
from kerege.register.note import Signer

REGISTERS = Path(__file__).resolve().parents[1] / "registers"
NAME = "register.example.kg"
TIME = 1_300_000_000


class Leaves:
    """The hashes of a list of entries, as ``tiles.Hashes``."""

    def __init__(self, data: Sequence[bytes]) -> None:
        self._levels = [list(map(leaf_hash, data))]
        while len(self._levels[-1]) >= tiles.TILE_WIDTH:
            below = self._levels[-1]
            width = tiles.TILE_WIDTH
            starts = range(0, len(below) // width * width, width)
            self._levels.append([root_of(below[at : at + width]) for at in starts])

    def hashes(self, level: int, start: int, end: int) -> Sequence[bytes]:
        return self._levels[level][start:end] if level < len(self._levels) else []


def signer_of(name: str) -> Signer:
    """The key of a name, the same each time."""
    return Signer(name, sha256(name.encode()).digest())


def witness_of(name: str) -> Cosigner:
    return Cosigner(name, sha256(name.encode()).digest())


def entries_of(slug: str = "on-archa") -> list[bytes]:
    """The canonical bytes of a register's entries."""
    return (REGISTERS / f"{slug}.jsonl").read_bytes().splitlines()


@cache
def rulebooks() -> dict[str, Rulebook]:
    """The rulebooks that the registers were put to, by digest."""
    days = {
        json.loads(line)["held_on"]
        for file in sorted(REGISTERS.glob("*.jsonl"))
        for line in file.read_bytes().splitlines()
    }
    known = packs.load()
    laws = {law_on(date.fromisoformat(day)) for day in days}
    books = [known.rulebook(ids) for ids in sorted(laws) if ids]
    return {book.digest: book for book in books}


def note_of(data: Sequence[bytes], signer: Signer, size: int | None = None) -> bytes:
    """The checkpoint of the first ``size`` entries."""
    size = len(data) if size is None else size
    head = Checkpoint(signer.name, size, tiles.root(Leaves(data), size))
    return checkpoint.sign(head, signer)


def cosigned(note: bytes, witnesses: Sequence[str]) -> bytes:
    text = note.decode().rpartition("\n\n")[0] + "\n"
    return note + b"".join(witness_of(w).signature_line(text, TIME).encode() for w in witnesses)


def slip_of(data: Sequence[bytes], index: int, note: bytes, size: int | None = None) -> bytes:
    """A receipt as it is handed out: the entry's bytes stand in ``extra``."""
    path = tiles.inclusion_proof(Leaves(data), index, len(data) if size is None else size)
    return proof.format(proof.Receipt(index, tuple(path), note, data[index]))


def make_folder(
    path: Path,
    slug: str = "on-archa",
    witnesses: Sequence[str] = (),
    *,
    data: Sequence[bytes] | None = None,
    signer: Signer | None = None,
    signed: Signer | None = None,
    rooted: bool = True,
) -> Signer:
    """Write an export of a register (or of ``data``) and return the key it begins with.

    ``signed`` is the key that signs the checkpoint, where it is not the first one; ``witnesses``
    are names of witnesses, all of whom the policy asks for.
    """
    data = entries_of(slug) if data is None else data
    signer = signer or signer_of(f"{NAME}/{slug}")
    last = signed or signer
    note = note_of(data, last)
    files = dict(_files(data))
    vkeys = dict.fromkeys([signer.verifier.vkey, last.verifier.vkey])
    files["key"] = "".join(f"{vkey}\n" for vkey in vkeys).encode()
    files["checkpoint"] = cosigned(note, witnesses)
    files["policy"] = _policy(last, witnesses)
    files["README"] = b"An export made for a test.\n"
    if rooted:
        files.update(_root(note))
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return signer


def _files(data: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    leaves = Leaves(data)
    yield "register.jsonl", b"".join(line + b"\n" for line in data)
    for level, index, width in tiles.tiles_of(len(data)):
        yield tiles.tile_path(level, index, width), tiles.tile_hashes(leaves, level, index, width)
        if not level:
            start = index * tiles.TILE_WIDTH
            bundle = tiles.bundle(data[start : start + width])
            yield tiles.entries_path(index, width), bundle
    for digest in sorted({json.loads(line)["digest"] for line in data} & set(rulebooks())):
        yield f"rulebooks/{digest}", packs.text_of(rulebooks()[digest]).encode()


def _policy(signer: Signer, witnesses: Sequence[str]) -> bytes:
    known = {f"w{n}": policy.Witness(witness_of(w).verifier) for n, w in enumerate(witnesses)}
    groups = {"all-of-them": policy.Group(len(known), tuple(known))} if known else {}
    quorum = "all-of-them" if known else "none"
    return policy.format(policy.Policy((policy.Log(signer.verifier),), known, groups, quorum))


def _root(note: bytes) -> Iterator[tuple[str, bytes]]:
    """The root over all registers: here this register's checkpoint between two others."""
    signer = signer_of(f"{NAME}/public-root")
    leaves = [
        note_of(entries_of(), signer_of(f"{NAME}/other"), 1),
        note,
        note_of(entries_of(), signer_of(f"{NAME}/other"), 2),
    ]
    head = note_of(leaves, signer)
    yield "root/key", f"{signer.verifier.vkey}\n".encode()
    yield "root/checkpoint", head
    yield "root/proof", slip_of(leaves, 1, head)


def changed(line: bytes, **fields: object) -> bytes:
    """An entry with some of its keys changed, in canonical form."""
    return canonical.canonical({**json.loads(line), **fields})


def grown(many: int, slug: str = "on-archa") -> list[bytes]:
    """The entries of a register, followed by more sessions like its last one."""
    data = entries_of(slug)
    session = next(line for line in reversed(data) if b'"act":"HoldSession"' in line)
    fields = json.loads(session)["fields"]
    moment = json.loads(data[-1])["recorded_at"]
    extra = max(many - len(data), 0)
    copies = [
        changed(
            session,
            id=f"copy-{n}",
            fields={**fields, "number": f"{1000 + n}"},
            held_on=moment[:10],
            recorded_at=moment,
        )
        for n in range(extra)
    ]
    return (data + copies)[:many]
