"""A house that is ready to write, and a fresh process of it for every fault.

``python server.py DATA ACKS REFUSALS GO``: for each line ``COUNT SEED`` on standard input a child
is forked and its process id printed; the child waits for one byte on the descriptor GO, tries
COUNT acts and ends; then its wait status is printed. Starting Django anew would take a second each
time; a child opens the database itself, as any worker does.
"""

import os
import random
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.powercut.house import settle

# Small, so that moving the log into the database is among what a few acts do.
AUTOCHECKPOINT = 30


def main() -> int:
    data, acks, refusals = map(Path, sys.argv[1:4])
    go = int(sys.argv[4])
    settle(data, autocheckpoint=AUTOCHECKPOINT)
    from django.db import connections

    from tools.powercut.acting import Town

    town = Town("")
    told = [os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND) for file in (acks, refusals)]
    connections.close_all()
    for line in sys.stdin:
        count, seed = line.split()
        child = os.fork()
        if not child:
            os.read(go, 1)
            town.random = random.Random(seed)
            try:
                work(town, int(count), *told)
            finally:
                os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)
    return 0


def work(town, count: int, acks: int, refusals: int) -> None:
    """Try acts one after the other, as a worker does that has met a fault and lives on."""
    from django.db import connections

    from tools.powercut.acting import between, published

    for _ in range(count):
        between()
        try:
            done = town.act()
        except Exception as error:
            line = f"{town.tried} {type(error).__name__}: {error}".replace("\n", " ")
            # The fault may be meant for this very call; it strikes once.
            try:
                os.write(refusals, f"{line}\n".encode())
            except OSError:
                os.write(refusals, f"{line}\n".encode())
            continue
        # An answer that gets lost on the way is no promise, and no refusal either.
        with suppress(Exception):
            os.write(acks, published(*done))
    with suppress(Exception):
        connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
