"""AppointHead: someone from outside appoints the head. Both first editions refuse it."""

from dataclasses import dataclass

from kerege.municipality.act import Act, Law
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Text, said
from kerege.municipality.governing import follow
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Mandate


@dataclass(slots=True, kw_only=True)
class AppointHead(Act):
    holder: str = said(Text(120), misprint=True)

    def object(self, m: Municipality, law: Law) -> str:
        return str(law.parameter("office") or "head_of_executive")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        follow(m, Mandate(n, entry.held_on, f"{n}.0", "head", self.holder, ""))
