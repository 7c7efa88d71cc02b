"""What is owed in a place: who owes what to whom by when."""

import argparse
import json
import sys
from datetime import date

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command


def add(command: Command) -> None:
    one = command("duties", duties, "list what is owed in a place; exit code 1 if overdue")
    one.add_argument("place")
    one.add_argument("--on", default="", metavar="DAY", help="2012-12-31; today when left out")
    one.add_argument("--language", default="en", choices=("ky", "ru", "en"))
    one.add_argument("--json", action="store_true")


def duties(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.municipality.duties import OVERDUE, owed
    from kerege.web.places import Place
    from kerege.web.registers import find

    register = find(said.place)
    if register is None:
        print(f"there is no place {said.place}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    try:
        on = date.fromisoformat(said.on) if said.on else date.today()
    except ValueError:
        print(f"not a day like 2012-12-31: {said.on}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    here = Place(register)
    book = here.book(on)
    if book is None:
        print(f"no edition is in force on {on}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    found = owed(here.m, book, on)
    if said.json:
        print(json.dumps([one.json() for one in found], ensure_ascii=False))
    else:
        for one in found:
            words = book.vocabulary.actors
            who = ", ".join(words[kind][said.language] for kind in one.duty.who)
            to = words[one.duty.to][said.language]
            about = one.about or one.year
            what = one.duty.words[said.language] + (f" ({about})" if about else "")
            print(f"{one.due}  {one.state:<9}  {who} → {to}: {what}  [{one.duty.norm}]")
    return DOES_NOT_HOLD if any(one.state == OVERDUE for one in found) else HOLDS
