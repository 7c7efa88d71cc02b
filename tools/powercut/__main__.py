"""Cut the power and break the disk under the real writer, and look at what is left.

    python tools/powercut [--seed SEED] [--images N] [--faults N] [--data DIR] [--report]

The gate writes acts on SQLite under strace; its system calls are replayed into a model of a disk
that keeps only what was synced, and cut after every change. At least --images images are opened and
held against what had been acknowledged; in some the house itself writes on. Controls run with less
durability and must lose acts, or nothing was shown. Then single calls fail with EIO or ENOSPC or
kill the writer. --report also puts the report into docs/trust.md. Needs Linux and strace.

Exit code 0 when nothing was lost and every control lost something, else 1.
"""

import argparse
import sys
from pathlib import Path

# Python puts this folder on its path, not the one in which kerege and tools are found.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.bench.demonstration import demonstration
from tools.powercut.faults import struck
from tools.powercut.report import put, report
from tools.powercut.runs import SAMPLES, failures, runs

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs/trust.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--images", type=int, default=9_000)
    parser.add_argument("--faults", type=int, default=240)
    parser.add_argument("--data", type=Path, help="data directory of a demonstration")
    parser.add_argument("--report", action="store_true", help=f"write {FILE.relative_to(ROOT)}")
    said = parser.parse_args()
    with demonstration(said.data) as base:
        tallies = runs(base, said.seed, said.images, SAMPLES)
        faults = struck(base, said.seed, said.faults)
    told = report(tallies, faults, said.seed)
    print(told)
    if said.report:
        FILE.write_text(put(FILE.read_text("utf-8"), told), "utf-8")
    wrong = failures(tallies, faults)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
