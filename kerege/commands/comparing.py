"""Laws compared, a law as a table, a comparison proved: without a server and without data."""

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command, NoDay, day_said
from kerege.words import LANGUAGES, Words

if TYPE_CHECKING:
    from kerege.constitution.points import Points
    from kerege.constitution.rulebook import Rulebook

LAWS = "+laws"
LAW = (
    "a pack (kg-2010), packs (kg-2010,kg-law-101-2011), an edition with all its statutes "
    "(kg-2010+laws) or a day (2018-03-01)"
)


def add(command: Command) -> None:
    one = command("compare", compare, "everything two laws answer differently", data=False)
    one.add_argument("law", nargs="+", help=f"{LAW}; of more than two, each with the next")
    one.add_argument("--topic", default="", metavar="S8", help="one of the fourteen points only")
    one.add_argument("--language", default="en", choices=LANGUAGES)
    one.add_argument("--all", action="store_true", help="also where neither law allows it")
    how = one.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true")
    how.add_argument("--html", action="store_true", help="one page that needs nothing else")
    one = command(
        "table", table, "a law worked out as a table, small enough for a phone", data=False
    )
    one.add_argument("law", help=LAW)
    one.add_argument("--json", action="store_true")
    one = command("prove", prove, "prove a comparison complete with z3", data=False)
    one.add_argument("law", nargs=2, help=LAW)
    one.add_argument("--json", action="store_true")


@dataclass(frozen=True, slots=True)
class _Law:
    """A law named on the command line: its rulebook and, of a day, the day."""

    book: "Rulebook"
    on: date | None
    name: Words | None


class _NoLaw(ValueError):
    """What was said names no law."""


def compare(said: argparse.Namespace) -> int:
    from kerege.constitution.condition import Tangled
    from kerege.constitution.points_page import page

    try:
        if len(said.law) < 2:
            raise _NoLaw("name two laws or more")
        laws = [_law(one) for one in said.law]
        pairs = [_compared(a, b) for a, b in pairwise(laws)]
        known = pairs[0].known.topics
        if said.topic and said.topic not in known:
            raise _NoLaw(f"no such topic: {said.topic}; topics are {', '.join(known)}")
    except (_NoLaw, Tangled) as error:
        return _cannot("compare", error)
    if said.json:
        shown = [_as_json(one, said.topic) for one in pairs]
        print(json.dumps(shown[0] if len(shown) == 1 else {"chain": shown}, ensure_ascii=False))
    elif said.html:
        print(page(pairs, said.language, said.topic))
    else:
        for one in pairs:
            _print(one, said.language, said.topic, said.all)
    differing = (topic for one in pairs for topic in one.compared.differing_topics())
    return DOES_NOT_HOLD if any(said.topic in ("", topic) for topic in differing) else HOLDS


def _compared(a: _Law, b: _Law) -> "Points":
    from kerege.constitution.compare import compare as compared
    from kerege.constitution.points import Points

    return Points(compared(a.book, b.book, a.on, b.on), a.name, b.name)


def _law(said: str) -> _Law:
    """The law that is meant; raises _NoLaw."""
    from kerege.constitution import packs
    from kerege.constitution.edition import EditionError
    from kerege.municipality import chronicle
    from kerege.municipality.telling import day

    try:
        if said[:1].isdigit():
            on = day_said(said)
            ids = chronicle.law_on(on)
            if not ids:
                raise _NoLaw(f"on {on} no constitution was in force that is known here")
            name = Words(*(day(on, language) for language in LANGUAGES))
            return _Law(packs.load().rulebook(ids), on, name)
        ids = tuple(filter(None, said.removesuffix(LAWS).split(",")))
        if not ids:
            raise _NoLaw("name a law")
        known = packs.find(ids[0])
        if said.endswith(LAWS):
            ids = (
                *known.pinned(ids[0]),
                *(id_ for id_ in ids[1:] if id_ not in known.pinned(ids[0])),
            )
        return _Law(known.rulebook(ids), None, None)
    except packs.UnknownPack as error:
        raise _NoLaw(f"no such edition or law: {error}") from error
    except (EditionError, NoDay) as error:
        raise _NoLaw(str(error)) from error


def _as_json(one: "Points", topic: str) -> dict[str, Any]:
    from kerege.constitution import yardstick

    shown = one.json(topic)
    laid = yardstick.between(one.compared.a, one.compared.b)
    if laid:
        shown["principles"] = [p.json() for p in laid]
    return shown


def _print(one: "Points", language: str, topic: str, all_: bool) -> None:
    from kerege.constitution import yardstick, yardstick_said
    from kerege.constitution.sentence import words

    print(f"{one.name_a[language]} → {one.name_b[language]}")
    a, b = one.compared.a, one.compared.b
    laid = yardstick.between(a, b)
    for line in yardstick_said.lines(laid, a.vocabulary, b, language):
        print(line)
    if laid and not topic:
        # A yardstick is no other law of the same country: what differs is told when asked for.
        return
    print(one.counted(language, topic))
    for point in one.points():
        if topic in ("", point.topic):
            print(f"\n{point.topic} {one.known.topics[point.topic][language]}")
            shown = [each for each in point.differences if all_ or not each.refused]
            for difference in shown:
                print(f"  - {difference.words[language]}")
            if len(shown) < len(point.differences):
                count = len(point.differences) - len(shown)
                print(f"  {words()['point.more'].say(language, count=count)}")
            for known in point.said:
                print(f"  = {known[language]}")
    print()


def table(said: argparse.Namespace) -> int:
    import brotli

    from kerege.constitution.table import Table

    try:
        one = Table.of(_law(said.law).book)
    except _NoLaw as error:
        return _cannot("table", error)
    text = json.dumps(one.json(), ensure_ascii=False, separators=(",", ":"))
    if said.json:
        print(text)
    else:
        acts = one.json()["acts"].values()
        print(f"{', '.join(one.rulebook)}: {len(acts)} acts, {len(one.json()['norms'])} norms")
        print(f"{sum(len(act['blocks']) for act in acts)} blocks", end=", ")
        print(f"{sum(len(act['plans']) for act in acts)} different")
        print(f"{len(text):,} bytes, {len(brotli.compress(text.encode())):,} compressed")
    return HOLDS


def prove(said: argparse.Namespace) -> int:
    try:
        from kerege.constitution import proving

        a, b = (_law(one) for one in said.law)
        proved = proving.prove(_compared(a, b).compared)
    except ImportError:
        return _cannot("prove", "z3 is not installed: pip install 'kerege[proof]'")
    except _NoLaw as error:
        return _cannot("prove", error)
    print(json.dumps(proved.json(), ensure_ascii=False) if said.json else proved.text())
    return HOLDS if proved.holds else DOES_NOT_HOLD


def _cannot(command: str, reason: object) -> int:
    print(f"kerege {command}: {reason}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
