"""The index of the search, made anew."""

import argparse

from kerege.commands import HOLDS, Command


def add(command: Command) -> None:
    command("reindex", reindex, "drop the index of the search and make it anew")


def reindex(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve(), signs=False, begins=False)
    from kerege.web import search_index

    found = search_index.rebuild(lambda left: print(f"{left} entries left", flush=True))
    print(f"{found} can be found")
    return HOLDS
