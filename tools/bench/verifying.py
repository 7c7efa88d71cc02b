"""The part ``verify``: a register of 100,000 acts verified whole, by ``kerege verify`` and by the
single file."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tools.bench.demonstration import ROOT
from tools.bench.history import History
from tools.bench.number import Number

ENTRIES = 100_000


def verifying() -> Iterator[Number]:
    with tempfile.TemporaryDirectory(prefix="kerege-bench-") as made:
        folder, alone = Path(made) / "export", Path(made) / "kerege-verify.pyz"
        _write(folder)
        seconds = _timed([sys.executable, "-m", "kerege", "verify", str(folder)])
        beside = "hashes, signature, fold, and every ruling asked of both readers of the law"
        yield Number(f"verify {ENTRIES:,} acts whole", seconds, "s", 60, beside)
        _timed([sys.executable, "-m", "kerege", "verifier", str(alone)])
        seconds = _timed([sys.executable, "-I", "-S", str(alone), str(folder)])
        beside = "Python alone; without the fold"
        yield Number("the same by kerege-verify.pyz", seconds, "s", beside=beside)


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _write(folder: Path) -> None:
    from kerege.archive.export import export

    export(_Files(), folder)


class _Files:
    """A generated register as its public files."""

    def __init__(self) -> None:
        from kerege.constitution import packs
        from kerege.register import checkpoint, merkle
        from kerege.register.note import Signer

        history = History()
        self.data = history.write(ENTRIES)
        book = history.writer.book
        self.tree = merkle.Tree(map(merkle.leaf_hash, self.data))
        signer = Signer("bench.example/kok-jar", bytes(range(32)))
        head = checkpoint.Checkpoint(signer.name, ENTRIES, self.tree.root(ENTRIES))
        vkey = signer.verifier.vkey
        self.whole = {
            "README": b"A generated register.\n",
            "key": f"{vkey}\n".encode(),
            "policy": f"log {vkey}\nquorum none\n".encode(),
            "checkpoint": checkpoint.sign(head, signer),
            f"rulebooks/{book.digest}": packs.text_of(book).encode(),
        }

    def paths(self) -> Iterator[str]:
        from kerege.register import tiles

        yield from self.whole
        for level, index, width in tiles.tiles_of(ENTRIES):
            yield tiles.tile_path(level, index, width)
            if not level:
                yield tiles.entries_path(index, width)
        yield "register.jsonl"

    def read(self, path: str) -> bytes | None:
        from kerege.register import tiles

        if path in self.whole:
            return self.whole[path]
        level, index, width = tiles.read_path(path)
        start = index * tiles.TILE_WIDTH
        if level is None:
            return tiles.bundle(self.data[start : start + width])
        return tiles.tile_hashes(self.tree, level, index, width)

    def lines(self) -> Iterator[bytes]:
        return iter(self.data)
