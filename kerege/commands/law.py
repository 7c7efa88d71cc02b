"""Asking the law, without a server and without data."""

import argparse
import json
import sys

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command, NoDay, day_said
from kerege.words import LANGUAGES


def add(command: Command) -> None:
    one = command("ask", ask, "ask the law", data=False)
    one.add_argument("act", help="for example AdoptBudget")
    when = one.add_mutually_exclusive_group()
    when.add_argument("--on", metavar="DAY", help="the law of a day, like 2012-06-01; today's else")
    when.add_argument("--edition", help="an edition of the constitution, whatever the day")
    one.add_argument("--laws", help="with --edition: statutes, comma-separated; else all known")
    one.add_argument("--actor", default="", help="who acts; else whose act it is first of all")
    one.add_argument("--object", default="")
    one.add_argument("--place", default="", help="kind of place; else the first one known")
    one.add_argument("--fact", action="append", default=[], metavar="NAME=yes|no|VALUE")
    one.add_argument("--language", default="en", choices=LANGUAGES)
    one.add_argument("--json", action="store_true")


def ask(said: argparse.Namespace) -> int:
    from kerege.constitution import asking, packs
    from kerege.constitution.edition import EditionError
    from kerege.constitution.rulebook import LawFailed

    try:
        known = packs.find(said.edition) if said.edition else packs.load()
        book = known.rulebook(_asked_of(said))
        asked = asking.question_of(
            book, said.act, said.actor, said.object, said.place, said.fact, said.language
        )
        unsaid = asking.unnamed(book.vocabulary, said.act, said.fact)
        answer = asking.answer(book, asked, unsaid)
        text = json.dumps(answer, ensure_ascii=False) if said.json else None
        print(text or asking.told(book, asked, said.language, unsaid))
    except packs.UnknownPack as error:
        ids = ", ".join(packs.load().editions)
        return _cannot(f"no such edition or law: {error}; known are {ids}")
    except (asking.NotAsked, EditionError, LawFailed, NoDay, _NoLaw) as error:
        return _cannot(str(error))
    return HOLDS if answer["permitted"] else DOES_NOT_HOLD


class _NoLaw(ValueError):
    """No rulebook is meant by what was said."""


def _asked_of(said: argparse.Namespace) -> tuple[str, ...]:
    """The packs that are asked: of an edition, or of a day."""
    from kerege.constitution import packs
    from kerege.municipality import chronicle

    if said.edition:
        if said.laws is None:
            return packs.find(said.edition).pinned(said.edition)
        return (said.edition, *filter(None, said.laws.split(",")))
    if said.laws is not None:
        raise _NoLaw("--laws goes with --edition; a day has the laws of that day")
    on = day_said(said.on)
    law = chronicle.law_on(on)
    if not law:
        raise _NoLaw(f"on {on} no constitution was in force that is known here; name an --edition")
    return law


def _cannot(reason: str) -> int:
    print(f"kerege ask: {reason}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
