"""Power cuts: one traced run of the real writer, cut after every change, sync and answer."""

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tools.powercut.checking import Checker, Said, said
from tools.powercut.disk import KINDS, Change, Disk, survivors
from tools.powercut.ready import PROBLEMS_KEPT, SHARED_MEMORY, copy, house
from tools.powercut.tracing import STRACE, Ack, Event, Reader, Sync

WRITER = Path(__file__).with_name("writer.py")


@dataclass(frozen=True, slots=True)
class Run:
    """How a writer writes. ``autocheckpoint`` in pages, 0 as SQLite has it (1,000); ``reopen`` the
    database after so many acts; ``synchronous`` as the house has it when empty."""

    name: str
    acts: int
    synchronous: str = ""
    autocheckpoint: int = 0
    processes: int = 1
    reopen: int = 0

    @property
    def control(self) -> bool:
        return bool(self.synchronous)


@dataclass(slots=True)
class Tally:
    """What the images of a run showed. ``kinds`` counts images by how much reached the disk."""

    images: int = 0
    broken: int = 0
    losing: int = 0
    worst: int = 0
    forked: int = 0
    stuck: int = 0
    went_on: int = 0
    acks: int = 0
    cuts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return self.broken + self.losing + self.forked + self.stuck

    def add(self, other: "Tally") -> None:
        for name in ("images", "broken", "losing", "forked", "stuck", "went_on"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.worst = max(self.worst, other.worst)
        self.kinds += other.kinds
        self.problems = (self.problems + other.problems)[:PROBLEMS_KEPT]


def record(run: Run, seed: str, base: Path, folder: Path) -> list[Event]:
    """Let the real writer run on a copy of ``base``, traced; everything it did, in order."""
    data, acks, trace = folder / "data", folder / "acks", folder / "trace"
    copy(base, data)
    reader = Reader(data, acks)
    options = [f"--processes={run.processes}", f"--reopen={run.reopen}"]
    options += [f"--synchronous={run.synchronous}", f"--autocheckpoint={run.autocheckpoint}"]
    writer = [sys.executable, str(WRITER), str(data), str(acks), str(run.acts), seed, *options]
    done = subprocess.run([*STRACE, "-o", str(trace), *writer], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the traced writer failed: {done.stderr[-2000:]}")
    with trace.open(encoding="ascii") as lines:
        events = reader.events(iter(lines))
    trace.unlink()
    known = sum(isinstance(event, Ack) for event in events)
    if known != run.acts * run.processes:
        raise RuntimeError(f"{known} of {run.acts * run.processes} acts are in the trace")
    return events


def cut(run: Run, base: Path, events: list[Event], seed: str, images: int, share: range) -> Tally:
    """The images of those cuts whose number is in ``share``."""
    tally, disk, checker = Tally(), Disk(base), Checker(base)
    acks: list[Said] = []
    with tempfile.TemporaryDirectory(prefix="powercut-", dir=SHARED_MEMORY) as made:
        for number, event in enumerate(events):
            before = disk.synced
            disk.go_on(event)
            if isinstance(event, Ack):
                acks.append(said(event.line))
            if number not in share:
                continue
            wanted = images * (number + 1) // len(events) - images * number // len(events)
            # Where nothing was synced or promised since the last cut, what is durable is known.
            fresh = not number or disk.synced != before or isinstance(event, Ack)
            seen: set[tuple[Change, ...]] = set() if fresh else {()}
            if isinstance(event, Sync):
                # A sync changes nothing where everything reaches the disk all the same.
                seen.add(tuple(disk.waiting))
            chance = random.Random(f"{seed}/{number}")
            kinds = ["nothing", *chance.sample(KINDS[1:], len(KINDS) - 1)] * wanted
            for kind in kinds if wanted else ():
                kept = tuple(survivors(disk.waiting, kind, chance))
                if not wanted:
                    break
                if kept in seen:
                    continue
                wanted -= 1
                seen.add(kept)
                image = Path(made) / f"{number}-{wanted}"
                disk.image(kept).write(image)
                finding = checker.check(image, acks)
                shutil.rmtree(image)
                tally.images += 1
                tally.kinds[kind] += 1
                tally.broken += bool(finding.broken)
                tally.losing += bool(finding.lost)
                tally.forked += bool(finding.forked)
                tally.stuck += bool(finding.stuck)
                tally.worst = max(tally.worst, finding.lost)
                if not finding.good and len(tally.problems) < PROBLEMS_KEPT:
                    tally.problems.append(f"{run.name}, cut {number}, {kind}: {finding.said}")
    return tally


def go_on(base: Path, events: list[Event], seed: str, samples: int) -> Tally:
    """Let the house itself open images drawn by chance and write its next acts into them."""
    tally, disk, acks = Tally(), Disk(base), ""
    chance = random.Random(f"{seed}/going on")
    drawn = Counter(chance.choices(range(len(events)), k=samples))
    with house(base) as ready:
        for number, event in enumerate(events):
            disk.go_on(event)
            if isinstance(event, Ack):
                acks += f"{event.line}\n"
            for _ in range(drawn[number]):
                kind = chance.choice(KINDS)
                ready.put(disk.image(survivors(disk.waiting, kind, chance)), acks)
                why = ready.goes_on(f"{seed}/{number}")
                tally.went_on += not why
                tally.stuck += bool(why)
                if why:
                    tally.problems.append(f"cut {number}, {kind}: {why}")
    return tally


def tallied(run: Run, seed: str, base: Path, images: int, samples: int = 0, jobs: int = 2) -> Tally:
    """A run recorded, cut and counted by ``jobs`` processes; in ``samples`` images the house writes
    on."""
    seed = f"{seed}/{run.name}"
    with tempfile.TemporaryDirectory(prefix="powercut-") as made:
        events = record(run, seed, base, Path(made))
        # One each: SQLite leaves files beside a database while somebody looks into it.
        starts = [Path(made) / f"before-{n}" for n in range(jobs)]
        for start in starts:
            copy(base, start)
        total = Tally(acks=sum(isinstance(e, Ack) for e in events), cuts=len(events))
        with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
            shares = [
                pool.submit(cut, run, start, events, seed, images, range(n, len(events), jobs))
                for n, start in enumerate(starts)
            ]
            for share in shares:
                total.add(share.result())
        if samples:
            total.add(go_on(starts[0], events, seed, samples))
    return total
