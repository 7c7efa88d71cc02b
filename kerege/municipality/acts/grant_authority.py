"""GrantAuthority: a body is given public authority."""

from dataclasses import dataclass

from kerege.municipality.act import Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Choice, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Authority

KINDS = ("executive_body", "tos_body", "other_body")


@dataclass(slots=True, kw_only=True)
class GrantAuthority(Decided):
    to: str = said(Choice(KINDS))
    name: str = said(Text(120), misprint=True)
    authority: str = said(Text(400))

    def object(self, m: Municipality, law: Law) -> str:
        return self.to

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Authority(n, entry.held_on, self.to, self.name, self.authority))
