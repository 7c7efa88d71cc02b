"""RegisterTos: the kenesh registers an organisation of the community (TOS)."""

from dataclasses import dataclass

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Tos


@dataclass(slots=True, kw_only=True)
class RegisterTos(Decided):
    OBJECT = "tos_body"

    name: str = said(Text(120), misprint=True)
    territory: str = said(Text(300), misprint=True)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Tos(n, entry.held_on, self.name))
