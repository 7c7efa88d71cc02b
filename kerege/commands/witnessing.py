"""Witnesses: whom this house asks, and for whom it is one."""

import argparse
import os
import sys

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command


def add(command: Command) -> None:
    one = command("witness", witness, "watch a neighbour's register, or show our own key")
    one.add_argument("vkey", nargs="?", help="key of the register to watch; none: show our own")
    one.add_argument("--also", action="store_true", help="a further key of a watched register")
    one = command("witnesses", witnesses, "show every witness the newest heads now")
    one = command("keep", keep, "do what a server does between acts, until stopped")


def witness(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.web import witness as us

    if not said.vkey:
        print(us.cosigner().verifier.vkey)
        return HOLDS
    try:
        one = us.also(said.vkey) if said.also else us.watch(said.vkey)
    except us.NotWatched as error:
        return _cannot(str(error))
    print(f"{one.origin}: watched from size {one.size}")
    return HOLDS


def witnesses(said: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.web import witnessing
    from kerege.web.models import WitnessState
    from kerege.web.saying import page_words

    try:
        added = witnessing.round_of_all(datetime.now(UTC))
        names = [one.verifier.name for one in witnessing.asked().witnesses.values() if one.url]
    except witnessing.NoPolicy as error:
        return _cannot(str(error))
    print(f"{added} heads cosigned")
    well = True
    for state in WitnessState.objects.filter(witness__in=names).order_by("witness"):
        told = page_words()[state.problem].en if state.problem else "cosigned"
        if logs := witnessing.refused(state):
            told += f" {page_words()['witness.about'].say('en', logs=', '.join(logs))}"
        well = well and not state.problem
        print(f"{state.witness}: {told}")
    return HOLDS if well else DOES_NOT_HOLD


def keep(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve(), signs=False)
    from kerege.web import keeping

    try:
        keeping.keep(keeping.orphaned(os.getppid()))
    except KeyboardInterrupt:
        return HOLDS
    return HOLDS


def _cannot(why: str) -> int:
    print(f"kerege witness: {why}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
