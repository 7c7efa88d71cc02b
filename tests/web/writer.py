"""A writer process of test_many_writers.py; database and data directory come from the environment.

``python writer.py issues COUNT`` enters so many issues at On-Archa as its recorder, each sent twice
with the same id, as a phone with a bad line would; where the line breaks it sends the same again.
``python writer.py once WHAT…`` tries acts that can be done only once, ``spend:AMOUNT`` for as long
as there is money. Both begin when told to by a line, and print what was written as JSON lines
``[id, number]``, or ``[id, null, why]``; of acts that can be done once WHAT stands before it."""

import json
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import django

django.setup()

from django.db import DatabaseError, InterfaceError, close_old_connections  # noqa: E402

from kerege.municipality.entry import Actor, Evidence  # noqa: E402
from kerege.municipality.governing import holding  # noqa: E402
from kerege.municipality.problem import Malformed  # noqa: E402
from kerege.municipality.rights import NotEntitled, Speaker  # noqa: E402
from kerege.web.gate import Attempt, Refused, perform  # noqa: E402
from kerege.web.models import Account, Register  # noqa: E402
from kerege.web.registers import told  # noqa: E402

DAY = date(2012, 12, 3)
NOW = datetime(2013, 3, 1, 6, tzinfo=UTC)
PLACE = "on-archa"
MOST_TRIES = 20


def attempt(id_: str, act: str, actor: Actor, **fields: object) -> Attempt:
    code = Account.objects.get(username=f"{PLACE}-recorder").code
    mandate = holding(told(Register.objects.get(slug=PLACE)), code, NOW.date())[0]
    paper = Evidence("№ 1", DAY)
    return Attempt(id_, act, fields, actor, DAY, Speaker(code, mandate), paper)


def issue(id_: str) -> Attempt:
    return attempt(id_, "RaiseIssue", Actor("community"), title="Жол", text="Жолду оңдоо")


def once(id_: str, what: str) -> Attempt:
    """``annul:N``, ``elect:SESSION:NOMINATION`` or ``spend:AMOUNT``."""
    name, *said = what.split(":")
    numbers = [int(one) for one in said]
    if name == "annul":
        told_ = {"entry": numbers[0], "from_day": DAY.isoformat(), "grounds": "Мыйзамсыз"}
        return attempt(id_, "Annul", Actor("court", "Нарын шаардык соту"), **told_)
    if name == "elect":
        vote = {"session": numbers[0], "votes_for": 9, "nomination": numbers[1]}
        return attempt(id_, "ElectHead", Actor("kenesh"), holder="Назгүл Эсеналиева", **vote)
    money = {"year": DAY.year, "source": "local", "amount": numbers[0], "purpose": "Жол"}
    return attempt(id_, "Spend", Actor("executive"), **money)


def send(make: Callable[[], Attempt]) -> list[object]:
    """Write an act, again as long as the line breaks."""
    for last in range(MOST_TRIES - 1, -1, -1):
        try:
            one = make()
            try:
                return [one.id, perform(Register.objects.get(slug=PLACE), one, NOW)]
            except (Malformed, NotEntitled, Refused) as denied:
                return [one.id, None, f"{type(denied).__name__} {denied}"]
        except (DatabaseError, InterfaceError):
            if not last:
                raise
            close_old_connections()
    raise AssertionError("unreachable")


def main(how: str, *words: str) -> None:
    told(Register.objects.get(slug=PLACE))
    print("ready", flush=True)
    sys.stdin.readline()
    if how == "issues":
        for _ in range(int(words[0])):
            make = partial(issue, str(uuid.uuid4()))
            said = send(make)
            assert said == send(make)
            print(json.dumps(said), flush=True)
    else:
        for what in words:
            print(json.dumps([what, *send(partial(once, str(uuid.uuid4()), what))]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
