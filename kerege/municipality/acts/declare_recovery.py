"""DeclareRecovery: which key may name the next when the one in force is lost or stolen."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import said
from kerege.municipality.keys import Note, Recovery, Vkey, changes
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed


@dataclass(slots=True, kw_only=True)
class DeclareRecovery(Act):
    """``note`` is the statement of ``register/rotation.py``, signed by the key in force and, where
    there was one, by the recovery key so far. Of the recovery key only the public half is here."""

    REGISTERS = ("municipality", "country")

    recovery: str = said(Vkey())
    note: str = said(Note())

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        used = (*(one.key for one in changes(m)), *(one.key for one in m.all(Recovery)))
        if self.recovery in used:
            raise malformed("recovery", "key_used")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Recovery(n, entry.held_on, self.recovery))
