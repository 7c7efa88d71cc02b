"""A place of the house as the machine knows it, and what the database holds of it."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from kerege.municipality.acts import ACTS
from kerege.municipality.entry import read
from kerege.municipality.fold import fold
from kerege.register.note import Signer
from kerege.web import keys, private
from kerege.web.gate import Attempt
from kerege.web.models import Register
from tests.web.gate_model import Log, told_plainly

NOW = {
    "exercise": datetime(2013, 3, 1, 6, tzinfo=UTC),
    "real": datetime(2024, 5, 20, 6, tzinfo=UTC),
}


class Town:
    """A place of the house, and all that the model knows of it."""

    def __init__(self, slug: str, now: datetime, accounts: list[str]) -> None:
        self.register = Register.objects.get(slug=slug)
        self.now, self.accounts = now, accounts
        self.log = Log(self.register.origin, keys.vkeys(self.register.origin)[0])
        self.expected = one_of("SELECT COUNT(*) FROM web_row WHERE register_id = %s", self.register)
        self.tried: list[Attempt] = []
        self.recovery: Signer | None = None
        self.refolded: dict[str, Any] = {}
        self.catch_up()

    def again(self) -> "Town":
        """The same place for another example."""
        return copy.deepcopy(self)

    def catch_up(self) -> None:
        """Hold what the database has against the model: no entry more or less than was written,
        and none of the old ones another."""
        rows = all_of(
            "SELECT n, data FROM web_row WHERE register_id = %s ORDER BY n", self.register
        )
        had = len(self.log.entries)
        assert [n for n, _ in rows] == list(range(self.expected))
        assert [bytes(data) for _, data in rows[:had]] == self.log.entries
        for _, data in rows[had:]:
            self.log.grow(bytes(data))
        of = "FROM web_checkpoint WHERE register_id = %s ORDER BY size"
        heads = {
            size: bytes(note) for size, note in all_of(f"SELECT size, note {of}", self.register)
        }
        for size in [size for size in heads if size not in self.log.notes]:
            self.log.sign(size, heads[size])
        assert heads == self.log.notes and list(heads) == list(range(1, self.expected + 1))
        if len(rows) > had:
            entries = (read(json.loads(data)) for data in self.log.entries)
            self.refolded = told_plainly(fold(entries, ACTS))

    def typed(self, attempt: Attempt) -> dict[str, str]:
        """What an attempt says that is personal."""
        kind = ACTS.get(attempt.act)
        said = {name: attempt.fields.get(name) for name in private.personal(kind)} if kind else {}
        return {name: one for name, one in said.items() if isinstance(one, str) and one}


def all_of(sql: str, of: Register | int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [of.pk if isinstance(of, Register) else of])
        return cursor.fetchall()


def one_of(sql: str, of: Register) -> int:
    return all_of(sql, of)[0][0]


def bytes_of(table: str) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return [
            one if isinstance(one, bytes) else str(one).encode()
            for row in cursor.fetchall()
            for one in row
        ]


def kept_of(register: Register) -> dict[str, list[tuple]]:
    """All that a register takes along, whatever its rows are numbered in the database."""
    tables = {
        "rows": "n, uid, act, held_on, standing, data, leaf FROM web_row",
        "heads": "size, frontier, note FROM web_checkpoint",
        "private": "uid, field, salt, value FROM web_private",
    }
    where = "WHERE register_id = %s ORDER BY 1, 2"
    found = {name: all_of(f"SELECT {what} {where}", register) for name, what in tables.items()}
    return {**found, "keys": [(vkey,) for vkey in keys.vkeys(register.origin)]}
