"""Injected faults: one system call of the real writer fails, or is its last.

``strace`` attaches to a writer that is about to begin and makes the K-th call of a kind fail with
EIO or ENOSPC, or kills the writer there. What is left is checked as after a power cut; then the
house must go on, in the same process if it lives, and in a new one.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from tools.powercut.ready import PROBLEMS_KEPT, House, house

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "write", "pread64", "unlink")
FAULTS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
ACTS = 4


@dataclass(slots=True)
class Faults:
    """What injections showed. ``struck`` counts those that met a call; ``refused`` acts that the
    gate refused; ``bad`` what must not be, such as an act that was refused and is written."""

    struck: Counter[str] = field(default_factory=Counter)
    positions: dict[str, int] = field(default_factory=dict)
    acks: int = 0
    refused: int = 0
    bad: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Faults") -> None:
        self.struck += other.struck
        for name in ("acks", "refused", "bad"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.problems = (self.problems + other.problems)[:PROBLEMS_KEPT]


def positions(ready: House, seed: str) -> dict[str, int]:
    """How often a writer makes each call when nothing fails."""
    ready.restore()
    ready.write(ACTS, seed, ("-e", f"trace={','.join(CALLS)}"))
    found = Counter(line.partition("(")[0] for line in ready.trace.read_text("utf-8").splitlines())
    return {call: found[call] for call in CALLS if found[call]}


def strike(ready: House, call: str, fault: str, at: int, seed: str) -> Faults:
    """One fault and what comes after it."""
    told, name = Faults(), f"{call} {at} {fault}"
    ready.restore()
    inject = ("-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={at}")
    status = ready.write(ACTS, seed, inject)
    killed = os.WIFSIGNALED(status)
    struck = killed or "(INJECTED)" in ready.trace.read_text("utf-8")
    told.struck[f"{call} {fault.partition('=')[2]}"] += struck
    refusals = [line.partition(" ") for line in ready.refusals.read_text().splitlines()]
    acks = ready.acks.read_text().splitlines()
    told.acks, told.refused = len(acks), len(refusals)

    def blame(what: str) -> None:
        told.bad += 1
        told.problems.append(f"{name}: {what}")

    finding = ready.found()
    if not finding.good:
        blame(finding.said)
    for uid, _, why in refusals:
        if uid in finding.uids:
            blame(f"refused, and written: {why}")
    # A fault strikes once: at most the act it met may be refused.
    if len(refusals) > 1:
        blame(f"{len(refusals)} acts refused: {refusals[-1][2]}")
    if not killed and len(acks) + len(refusals) < ACTS - 1:
        blame(f"{len(acks)} acknowledged and {len(refusals)} refused of {ACTS}")
    if why := ready.goes_on(f"{seed}/after"):
        blame(why)
    return told


def struck(base: Path, seed: str, count: int, jobs: int = 2) -> Faults:
    """``count`` injections, spread over calls, faults and positions."""
    with ExitStack() as stack:
        houses = [stack.enter_context(house(base)) for _ in range(jobs)]
        counted = positions(houses[0], seed)
        pairs = [(call, fault) for call in counted for fault in FAULTS]
        chance = random.Random(seed)
        # Every pair in turn, at other positions each time.
        drawn = {pair: _spread(counted[pair[0]], chance) for pair in pairs}
        told = [(*pair, next(drawn[pair])) for pair in islice(cycle(pairs), count)]

        def share(first: int) -> Faults:
            mine = Faults()
            for call, fault, at in told[first::jobs]:
                mine.add(strike(houses[first], call, fault, at, seed))
            return mine

        total = Faults(positions=counted)
        with ThreadPoolExecutor(jobs) as pool:
            for each in pool.map(share, range(jobs)):
                total.add(each)
    return total


def _spread(most: int, chance: random.Random) -> Iterator[int]:
    """Positions 1 to ``most`` in a random order, and again."""
    while True:
        yield from chance.sample(range(1, most + 1), most)
