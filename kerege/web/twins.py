"""Acts sent twice: gone back to the form, or opened it anew, and sent the same once more.

The same id is written once (``gate.py``). A browser that goes back begins a new form with the old
words, and those are told apart here: whoever means them again says so.
"""

from collections.abc import Collection, Mapping
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
    said = {
        "act": meant.act,
        "actor": meant.actor.json(),
        "held_on": meant.held_on.isoformat(),
        "recorder": meant.speaker.recorder(),
    }
    hidden = personal(kind)
    open_ = _without(hidden, kind.read(fields).json())
    # Every act waits for this: what is no twin is not made an entry.
    for n, data in last_rows(register, LOOKED):
        one = orjson.loads(data)
        if one["id"] == meant.id or any(one[name] != value for name, value in said.items()):
            continue
        just_now = now - datetime.fromisoformat(one["recorded_at"]) < JUST_NOW
        if just_now and _without(hidden, one["fields"]) == open_:
            return n
    return None


def _without(hidden: Collection[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in hidden}
