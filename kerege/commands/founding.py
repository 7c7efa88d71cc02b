"""Founding municipalities, linking their first recorder, listing them."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from kerege.commands import CANNOT_BE_ANSWERED, HOLDS, Command, NoDay, day_said
from kerege.municipality.territory import KINDS
from kerege.words import LANGUAGES

_OPTIONS = {"kind", "population", "on", "pinned", "holder"} | {f"name_{one}" for one in LANGUAGES}


def add(command: Command) -> None:
    one = command("found", found, "found a municipality on a unit of the territory")
    one.add_argument("code", help="of the unit, as in the State Classifier; the map shows it")
    kinds = ", ".join(KINDS)
    one.add_argument("--kind", default="", help=f"where the source says none: {kinds}")
    for language in LANGUAGES:
        named = {"ky": "Kyrgyz", "ru": "Russian", "en": "English"}[language]
        one.add_argument(f"--name-{language}", default="", help=f"what it is called in {named}")
    one.add_argument("--population", type=int, help="how many live there, if it is known")
    one.add_argument(
        "--exercise", action="store_true", help="for trying out; it says so everywhere"
    )
    one.add_argument(
        "--on", default="", metavar="DAY", help="founding day of an exercise, in the past"
    )
    one.add_argument("--pinned", default="", help="edition an exercise lives under")
    one.add_argument("--recorder", default="", help="user name of the first recorder")
    one.add_argument(
        "--holder", default="", help="with --recorder: the person's name, for everybody to read"
    )
    one = command("recorder", recorder, "link a place's recorder who has no account yet")
    one.add_argument("place")
    one.add_argument("name", help="user name of the recorder's account")
    one.add_argument("--holder", default="", help="the person, as the kenesh appointed them")
    one.add_argument("--sure", action="store_true", help="the account is theirs, by another name")
    one = command("places", places, "list the municipalities")
    one.add_argument("--json", action="store_true")


def found(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from django.db import transaction

    from kerege.municipality.problem import Malformed
    from kerege.web import founding, root
    from kerege.web.heads import Behind
    from kerege.web.keys import Locked
    from kerege.web.models import Account
    from kerege.web.rotating import declare_recovery
    from kerege.web.sheet import recovery_sheet

    first = Account.objects.called(said.recorder)
    if said.recorder and first is None:
        print(_no_account(said.recorder), file=sys.stderr)
        return CANNOT_BE_ANSWERED
    fields = {
        "kind": said.kind,
        "name_ky": said.name_ky,
        "name_ru": said.name_ru,
        "name_en": said.name_en,
        "population": said.population,
        "exercise": said.exercise or None,
        "pinned": said.pinned,
    }
    try:
        one, on = founding.unit(said.code), day_said(said.on)
        with transaction.atomic():
            register = founding.found(one, fields, first, on, datetime.now(UTC), holder=said.holder)
            # An exercise can begin again; a real register must outlive the loss of its key.
            safe = None if said.exercise else declare_recovery(register)
    except NoDay as wrong:
        print(wrong, file=sys.stderr)
        return CANNOT_BE_ANSWERED
    except Malformed as wrong:
        _blame(wrong)
        return CANNOT_BE_ANSWERED
    except (Behind, Locked, OSError) as error:
        print(f"kerege found: {error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    print(f"/{register.slug}/")
    if safe is not None:
        print()
        # Once and on paper: nothing that may fail stands before it.
        print(recovery_sheet(safe), end="", flush=True)
    root.follow()
    return HOLDS


def recorder(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve(), begins=False)
    from kerege.municipality.problem import Malformed
    from kerege.web import root
    from kerege.web.founding import link_recorder
    from kerege.web.heads import Behind
    from kerege.web.keys import Locked
    from kerege.web.models import Account
    from kerege.web.places import Place
    from kerege.web.registers import find

    register = find(said.place)
    account = Account.objects.called(said.name)
    if register is None or account is None:
        place = f"there is no place {said.place}; kerege places lists them"
        print(place if register is None else _no_account(said.name), file=sys.stderr)
        return CANNOT_BE_ANSWERED
    try:
        on = Place(register).acts_on
        link_recorder(register, account, on, datetime.now(UTC), holder=said.holder, sure=said.sure)
    except Malformed as wrong:
        _blame(wrong)
        if any(one.key == "account_of_another" for one in wrong.problems):
            print("to confirm it say --sure", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    except (Behind, Locked, OSError) as error:
        print(f"kerege recorder: {error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    root.follow()
    return HOLDS


def _no_account(name: str) -> str:
    return f"there is no account {name}; kerege account {name} makes it"


def _blame(wrong: Any) -> None:
    """Print the problems of a Malformed, each with the option it is of."""
    from kerege.municipality.telling import problem

    for one in wrong.problems:
        option = f"--{one.field.replace('_', '-')}: " if one.field in _OPTIONS else ""
        print(f"{option}{problem(one, 'en')}", file=sys.stderr)


def places(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve(), signs=False, begins=False)
    from kerege.web.places import all_places

    rows = [
        {
            "slug": p.slug,
            "code": p.m.identity.code,
            "kind": p.m.identity.kind,
            "name": p.m.identity.name_ky,
            "size": p.m.size,
        }
        for p in all_places()
        if p.m.identity is not None
    ]
    if said.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(f"/{row['slug']}/  {row['name']}  {row['kind']}  {row['size']}")
    return HOLDS
