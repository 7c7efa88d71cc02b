"""Acts sent twice: gone back to the form, or opened it anew, and sent the same once more.

The same id is written once (``gate.py``). A browser that goes back begins a new form with the old
words, and those are told apart here: whoever means them again says so.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from kerege.municipality.acts import ACTS
from kerege.web.gate import Attempt
from kerege.web.models import Register
from kerege.web.private import committed, personal
from kerege.web.registers import last_rows

JUST_NOW = timedelta(hours=1)
# So many of the last entries are looked at.
LOOKED = 10


def twin(register: Register, meant: Attempt, now: datetime) -> int | None:
    """The entry of another id that was written just now under the same mandate and says the same,
    personal fields aside. Raises Malformed as the gate does."""
    kind = ACTS[meant.act]
    fields, _ = committed(kind, meant.id, meant.fields)
    said = _said(
        {
            "act": meant.act,
            "actor": meant.actor.json(),
            "held_on": meant.held_on.isoformat(),
            "fields": kind.read(fields).json(),
            "recorder": meant.speaker.recorder(),
        }
    )
    # Every act waits for this: what is no twin is not made an entry.
    for n, data in last_rows(register, LOOKED):
        one = orjson.loads(data)
        just_now = now - datetime.fromisoformat(one["recorded_at"]) < JUST_NOW
        if just_now and one["id"] != meant.id and _said(one) == said:
            return n
    return None


def _said(one: Mapping[str, Any]) -> tuple[Any, ...]:
    hidden = personal(ACTS[one["act"]])
    open_ = {name: value for name, value in one["fields"].items() if name not in hidden}
    return one["act"], one["actor"], one["held_on"], one["recorder"], open_
