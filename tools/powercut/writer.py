"""A writer to be traced: ``python writer.py DATA ACKS COUNT SEED [options]``."""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.powercut.house import settle


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("acks", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("seed")
    parser.add_argument("--synchronous", default="")
    parser.add_argument("--autocheckpoint", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--reopen", type=int, default=0, help="close the database every N acts")
    said = parser.parse_args()
    settle(said.data, said.synchronous, said.autocheckpoint)
    children = []
    for n in range(1, said.processes):
        child = os.fork()
        if not child:
            try:
                write(said, f"{said.seed}/{n}")
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    write(said, said.seed)
    return max((os.waitpid(child, 0)[1] for child in children), default=0) and 1


def write(said: argparse.Namespace, seed: str) -> None:
    from django.db import connections

    from tools.powercut.acting import Town, between, published

    acks = os.open(said.acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    town = Town(seed)
    for n in range(said.count):
        done = town.act()
        between()
        os.write(acks, published(*done))
        if said.reopen and n % said.reopen == said.reopen - 1:
            connections.close_all()
    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
