"""RotateKey: from here on another key signs the register; the operator's, not put to the law."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, said
from kerege.municipality.keys import REASONS, KeyChange, Note, Vkey, changes, recovery
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed


@dataclass(slots=True, kw_only=True)
class RotateKey(Act):
    """``note`` is the statement of ``register/rotation.py``: signed by the key in force, or by the
    recovery key when that one is lost or stolen. The gate checks who signed it."""

    REGISTERS = ("municipality", "country")

    key: str = said(Vkey())
    why: str = said(Choice(REASONS))
    note: str = said(Note())

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.why != "routine" and recovery(m) is None:
            raise malformed("why", "no_recovery_key")
        # A key that was laid down may be in other hands.
        if self.key in (*(one.key for one in changes(m)), recovery(m)):
            raise malformed("key", "key_used")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(KeyChange(n, entry.held_on, self.key, self.why))
