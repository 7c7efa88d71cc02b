"""Acts at two places of the demonstration, each acknowledged after the gate has returned.

An acknowledgement is one line, put out by one call of ``write``: what the writer would publish::

    origin n id sha256(entry) sha256(checkpoint) size-of-root sha256(root's checkpoint)

The last two are 0 and - in a house without a root.
"""

import random
import uuid
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db import connection

from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import holding
from kerege.municipality.rights import Speaker
from kerege.web import root
from kerege.web.gate import Attempt, perform
from kerege.web.models import Account, Register
from kerege.web.registers import told

DAY = date(2013, 3, 1)
PLACES = ("naryn", "on-archa")


class Town:
    """A recorder at each place, and what they enter."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.tried = ""
        self.speakers = []
        for slug in PLACES:
            register = Register.objects.get(slug=slug)
            code = Account.objects.get(username=f"{slug}-recorder").code
            mandate = holding(told(register), code, DAY)[0]
            self.speakers.append((register, Speaker(code, mandate)))

    def act(self) -> tuple[Register, int, str]:
        """One act, short or several pages long, as its register, number and id; raises what the
        gate raises. ``tried`` is the id of the act tried last."""
        register, speaker = self.random.choice(self.speakers)
        length = self.random.choice((1, 1, 1, 30, 100))
        attempt = Attempt(
            id=str(uuid.UUID(int=self.random.getrandbits(128), version=4)),
            act="RaiseIssue",
            fields={"title": "Жол", "text": "Жолду оңдоо керек." * length},
            actor=Actor("community"),
            held_on=DAY,
            speaker=speaker,
            evidence=Evidence("№ 1", DAY),
        )
        self.tried = attempt.id
        n = perform(register, attempt, datetime(2013, 3, 1, 6, tzinfo=UTC))
        return register, n, attempt.id


def between() -> None:
    """What is done between acts: the root takes in what was signed. What fails is tried again after
    the next act."""
    try:
        root.catch_up()
    except Exception:
        connection.close()


def published(register: Register, n: int, uid: str) -> bytes:
    """What the world is told of an act, in one line."""
    of = (register.pk, n)
    data = one("SELECT data FROM web_row WHERE register_id = %s AND n = %s", *of)
    note = one("SELECT note FROM web_checkpoint WHERE register_id = %s AND size = %s + 1", *of)
    size, whole = 0, "-"
    if "web_roothead" in connection.introspection.table_names():
        size = one("SELECT MAX(size) FROM web_roothead")
        whole = digest(one("SELECT note FROM web_roothead WHERE size = %s", size))
    line = f"{register.origin} {n} {uid} {digest(data)} {digest(note)} {size} {whole}\n"
    return line.encode()


def one(query: str, *given: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchone()[0]


def digest(data: object) -> str:
    return sha256(bytes(data)).hexdigest()  # type: ignore[call-overload]
