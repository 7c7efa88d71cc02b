"""Acts sent twice: gone back to the form, or opened it anew, and sent the same once more.

The same id is written once (``gate.py``). A browser that goes back begins a new form with the old
words, and those are told apart here: whoever means them again says so.
"""

from datetime import datetime, timedelta
from typing import Any

from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.web.gate import Attempt
from kerege.web.models import Register
from kerege.web.private import committed, personal
from kerege.web.registers import last_entries

JUST_NOW = timedelta(hours=1)
# So many of the last entries are looked at.
LOOKED = 10


def twin(register: Register, meant: Attempt, now: datetime) -> int | None:
    """The entry of another id that was written just now under the same mandate and says the same,
    personal fields aside. Raises Malformed as the gate does."""
    kind = ACTS[meant.act]
    fields, _ = committed(kind, meant.id, meant.fields)
    said = _said(meant.act, meant.actor.json(), meant.held_on.isoformat(), kind.read(fields).json())
    for n, one in last_entries(register, LOOKED):
        mine = one.recorder == meant.speaker.recorder() and now - one.recorded_at < JUST_NOW
        if mine and one.id != meant.id and _of(one) == said:
            return n
    return None


def _of(one: Entry) -> tuple[Any, ...]:
    return _said(one.act, one.actor.json(), one.held_on.isoformat(), one.fields)


def _said(act: str, actor: Any, on: str, fields: Any) -> tuple[Any, ...]:
    open_ = {name: value for name, value in fields.items() if name not in personal(ACTS[act])}
    return act, actor, on, open_
