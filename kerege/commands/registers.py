"""A register lived again under another law."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command, NoDay, day_said
from kerege.words import LANGUAGES

if TYPE_CHECKING:
    from kerege.municipality.entry import Entry


def add(command: Command) -> None:
    one = command("replay", replay, "live a register again under another law: what if")
    one.add_argument("register", help="an exported folder, its register.jsonl, or a place")
    one.add_argument(
        "--under",
        required=True,
        metavar="EDITION|DAY",
        help="a constitution with its statutes, the law of a day, or packs with commas between",
    )
    one.add_argument("--language", default="en", choices=LANGUAGES)
    one.add_argument("--json", action="store_true")


def replay(said: argparse.Namespace) -> int:
    from kerege.archive import reading, retelling
    from kerege.archive.replay import NotLived, replay, under
    from kerege.constitution import packs
    from kerege.constitution.edition import EditionError
    from kerege.municipality.acts import ACTS
    from kerege.municipality.municipality import Municipality
    from kerege.municipality.telling import Teller

    known, was = packs.load(), Municipality()
    try:
        ids = _under(said.under)
        book = known.rulebook(ids)
        file = reading.register_in(Path(said.register))
        entries = list(reading.entries(file)) if file else _of_place(said)
        told = replay(entries, under(known, ids), ids, was=was)
    except packs.UnknownPack as error:
        here = ", ".join(known.editions)
        return _cannot("replay", f"no such edition or law: {error}; known are {here}")
    except (EditionError, NotLived, reading.Unreadable, NoDay, _NotThere) as error:
        return _cannot("replay", str(error))
    if said.json:
        print(json.dumps(told.json(said.register), ensure_ascii=False))
    else:
        law = ", ".join(edition.title[said.language] for edition in book.editions)
        named = {one.n: entries[one.n] for one in retelling.otherwise(told)}
        teller = Teller(was, known, ACTS, said.language)
        print(retelling.text(told, said.register, law, named, teller))
    return DOES_NOT_HOLD if told.refused or told.fallen else HOLDS


class _NotThere(ValueError):
    """No register or no law is meant by what was said."""


def _under(said: str) -> tuple[str, ...]:
    """The packs to live under; raises UnknownPack, NoDay or _NotThere."""
    from kerege.constitution import packs
    from kerege.municipality import chronicle

    if not said[:1].isdigit():
        known = packs.load()
        if "," in said:
            return tuple(said.split(","))
        if known.edition(said).kind != "constitution":
            raise _NotThere(f"{said} is no constitution; it stands under one")
        return known.pinned(said)
    day = day_said(said)
    ids = chronicle.law_on(day)
    if not ids:
        raise _NotThere(f"no constitution is known to be in force on {day}")
    return ids


def _of_place(said: argparse.Namespace) -> "list[Entry]":
    """The entries of a place of this data directory; raises _NotThere."""
    from kerege.web import serving

    try:
        serving.prepare(said.data.resolve(), signs=False, begins=False)
    except serving.NoHouse as error:
        raise _NotThere(f"there is no register {said.register}, and {error}") from None
    from kerege.web.leaving import entries
    from kerege.web.models import Register

    try:
        return entries(said.register)
    except Register.DoesNotExist:
        raise _NotThere(f"there is no register and no place {said.register}") from None


def _cannot(command: str, why: str) -> int:
    print(f"kerege {command}: {why}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
