"""Measure Kerege against the numbers it promises, each beside a reference in the same run.

    python tools/bench [PART …] [--entries N] [--data DIR]

Parts, all of them when none is named:

pure    folding a register of 40,000 entries, cold and warm; loading a rulebook; a ruling as the
        gate asks for it
law     two laws compared, and how that grows; a law as a table beside an if-chain
log     Merkle tree and canonical JSON in memory, beside pymerkle and rfc8785
verify  a register of 100,000 acts verified whole
grown   pages and proofs at 2 million entries beside those at 20,000 (4 GB of memory, minutes)
replay  a register of 100,000 entries lived again under each constitution
search  an answer of the search over 100,000 acts (minutes)
acts    durable acts, in process and over HTTP, beside one fdatasync each
root    what one public root costs 8 writers on PostgreSQL
page    the CPU time of a place page, uncached, beside a bare Django view
visit   seconds to a healthy page, bytes over the wire of a first visit, memory of a worker

Each part runs in a process of its own. The last two use the demonstration in DIR, or make one in a
temporary directory. Times on a shared machine wander: trust the ratios. Exit code 0 when everything
ran, whether or not a goal holds; 1 when something could not be measured.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

# Python puts this folder on its path, not the one in which kerege and tools are found.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

# What a part needs of kerege and Django it imports when it runs, in its own process: what cannot be
# imported then fails that part and leaves the others be.
from tools.bench.acting import acts
from tools.bench.comparing import law
from tools.bench.demonstration import demonstration
from tools.bench.folding import pure
from tools.bench.grown import grown
from tools.bench.hashing import hashing
from tools.bench.number import Number
from tools.bench.page import page
from tools.bench.replaying import replaying
from tools.bench.rooting import rooting
from tools.bench.searching import searching
from tools.bench.verifying import verifying
from tools.bench.visit import visit

PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Number]]] = {
    "pure": lambda said: pure(said.entries),
    "law": lambda said: law(),
    "log": lambda said: hashing(),
    "verify": lambda said: verifying(),
    "grown": lambda said: grown(),
    "root": lambda said: rooting(),
    "replay": lambda said: replaying(),
    "search": lambda said: searching(),
    "page": lambda said: page(said.data),
    "visit": lambda said: visit(said.data),
    "acts": lambda said: acts(said.data),
}
# Parts that need no data.
ALONE = ("pure", "law", "log", "verify", "grown", "root", "replay", "search")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--entries", type=int, default=40_000)
    parser.add_argument("--data", type=Path, help="data directory of a demonstration")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if unknown := set(said.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if said.inside:
        for number in PARTS[said.parts[0]](said):
            print(json.dumps(asdict(number)), flush=True)
        return 0

    print(machine())
    parts = said.parts or list(PARTS)
    failed = [part for part in parts if part in ALONE and not run(part, said.entries, None)]
    if set(parts) - set(ALONE):
        try:
            with demonstration(said.data) as data:
                for part in parts:
                    if part not in ALONE and not run(part, said.entries, data):
                        failed.append(part)
        except subprocess.CalledProcessError:
            failed += [part for part in parts if part not in ALONE]
            print("The demonstration could not be made.")
    if failed:
        print(f"Could not be measured: {', '.join(failed)}.")
    return 1 if failed else 0


def run(part: str, size: int, data: Path | None) -> bool:
    """Run a part in a process of its own and print its numbers; whether it came to its end."""
    command = [sys.executable, __file__, part, "--inside", "--entries", str(size)]
    if data is not None:
        command += ["--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(Number(**json.loads(line)), flush=True)
    return process.returncode == 0


def machine() -> str:
    try:
        model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        load = f", load {os.getloadavg()[0]:.1f}"
    except OSError:
        model, load = None, ""
    name = model[1] if model else "unknown processor"
    return f"{os.cpu_count()} × {name}{load}, Python {sys.version.split()[0]}"


if __name__ == "__main__":
    sys.exit(main())
