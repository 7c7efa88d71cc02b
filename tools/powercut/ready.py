"""A house ready to write: a server that forks a fresh writer each time, and what it left."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.powercut.checking import DATABASE, Checker, Finding, said
from tools.powercut.disk import Image

SERVER = Path(__file__).with_name("server.py")
# Only what the writer keeps its registers in; the rest of a data directory never changes.
KEPT = (DATABASE, "master.key", "secret_key", "heads")
# Data directories are made and opened here, by the thousand.
SHARED_MEMORY = Path("/dev/shm")
PROBLEMS_KEPT = 8
AFTER = 2


def copy(data: Path, to: Path) -> None:
    """A data directory without what never changes."""
    to.mkdir(parents=True)
    for name in KEPT:
        if (data / name).is_dir():
            # A house of its own: what tells that a folder was copied stays behind.
            shutil.copytree(data / name, to / name, ignore=shutil.ignore_patterns(".here*"))
        elif (data / name).exists():
            shutil.copyfile(data / name, to / name)


class House:
    """A writer ready to be forked, with a data directory that is put back before each fault."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.base, self.data = base, folder / "data"
        self.copied, self.trace = folder / "copy", folder / "trace"
        self.acks, self.refusals = folder / "acks", folder / "refusals"
        self.checker = Checker(base)
        self.restore()
        waits, self.go = os.pipe()
        self.log = (folder / "log").open("w+", encoding="utf-8")
        words = [self.data, self.acks, self.refusals, waits]
        self.server = subprocess.Popen(
            [sys.executable, str(SERVER), *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            pass_fds=[waits],
        )
        os.close(waits)

    def restore(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        copy(self.base, self.data)
        for file in (self.acks, self.refusals):
            # Emptied, not removed: the server holds them open.
            file.write_bytes(b"")

    def write(self, count: int, seed: str, tracing: tuple[str, ...] = ()) -> int:
        """Let a fresh process try acts, under strace if told to; its wait status."""
        assert self.server.stdin and self.server.stdout
        print(count, seed.replace(" ", "-"), file=self.server.stdin, flush=True)
        pid = self.server.stdout.readline().strip()
        if not pid:
            self.log.seek(0)
            raise RuntimeError(f"no writer: {self.log.read()[-2000:]}")
        if not tracing:
            os.write(self.go, b".")
            return int(self.server.stdout.readline())
        with subprocess.Popen(
            ["strace", "-o", str(self.trace), "-e", "signal=none", *tracing, "-p", pid],
            stderr=subprocess.PIPE,
            text=True,
        ) as strace:
            assert strace.stderr
            attached = strace.stderr.readline()
            os.write(self.go, b".")
            status = int(self.server.stdout.readline())
            strace.stderr.read()
        if "attached" not in attached:
            raise RuntimeError(f"strace did not attach: {attached}")
        return status

    def put(self, image: Image, acks: str) -> None:
        """What a power cut left, and what had been said before it."""
        shutil.rmtree(self.data)
        image.write(self.data)
        self.acks.write_text(acks)
        self.refusals.write_bytes(b"")

    def found(self) -> Finding:
        """What stands there, seen in a copy: to look is to mend."""
        shutil.rmtree(self.copied, ignore_errors=True)
        shutil.copytree(self.data, self.copied)
        return self.checker.check(self.copied, map(said, self.acks.read_text().splitlines()))

    def goes_on(self, seed: str) -> str:
        """Why the next acts do not follow well on what stands there; "" when they do."""
        before = len(self.acks.read_text().splitlines())
        self.write(AFTER, seed)
        if len(self.acks.read_text().splitlines()) != before + AFTER:
            return f"the next act fails: {self.refusals.read_text().splitlines()[-1:]}"
        finding = self.found()
        return "" if finding.good else f"after the next acts: {finding.said}"

    def close(self) -> None:
        assert self.server.stdin and self.server.stdout
        self.server.stdin.close()
        self.server.wait(20)
        self.server.stdout.close()
        self.log.close()
        os.close(self.go)


@contextmanager
def house(base: Path) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="faults-", dir=SHARED_MEMORY) as made:
        ready = House(base, Path(made))
        try:
            yield ready
        finally:
            ready.close()
