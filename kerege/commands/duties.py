"""What is owed in a place: who owes what to whom by when."""

import argparse
import json
import sys

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command, NoDay, day_said
from kerege.words import LANGUAGES


def add(command: Command) -> None:
    one = command("duties", duties, "list what is owed in a place; exit code 1 if overdue")
    one.add_argument("place")
    one.add_argument(
        "--on",
        default="",
        metavar="DAY",
        help="2012-12-31; else today, of an exercise its last day",
    )
    one.add_argument("--language", default="en", choices=LANGUAGES)
    one.add_argument("--json", action="store_true")


def duties(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve(), signs=False, begins=False)
    from kerege.constitution import packs
    from kerege.constitution.fragment import READINGS
    from kerege.constitution.saying import reading_said
    from kerege.municipality.acts import ACTS
    from kerege.municipality.debt_said import debt_said, state_said
    from kerege.municipality.duties import OVERDUE, STATES, owed
    from kerege.municipality.telling import Teller, day, words
    from kerege.web.places import Place
    from kerege.web.registers import find

    register = find(said.place)
    if register is None:
        print(f"there is no place {said.place}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    here = Place(register)
    try:
        on = day_said(said.on) if said.on else here.today
    except NoDay as error:
        print(f"kerege duties: {error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    book = here.book(on)
    if book is None:
        why = here.unread(on) or f"no edition is in force on {on}"
        print(why, file=sys.stderr)
        return CANNOT_BE_ANSWERED
    found = owed(here.m, book, on)
    if said.json:
        print(json.dumps([one.json() for one in found], ensure_ascii=False))
    else:
        if not found:
            print(words("debts")["debt.nothing"].say(said.language, day=day(on, said.language)))
        teller = Teller(here.m, packs.load(), ACTS, said.language, here.names(on))
        width = max(len(state_said(state, said.language)) for state in STATES)
        for one in found:
            told = debt_said(one, teller)
            who = f"{told.who} → {told.to}: {told.what}"
            norm = one.duty.norm or (f"no. {one.cause.entry}" if one.cause is not None else "")
            reading = book.reading(one.duty)
            if reading and reading != READINGS[0]:
                norm += f" – {reading_said(reading, said.language)}"
            print(f"{one.due}  {told.state:<{width}}  {who}  [{norm}]")
    return DOES_NOT_HOLD if any(one.state == OVERDUE for one in found) else HOLDS
