"""ConstituteBody: a body comes into being. Which kinds of bodies there can be, the edition says."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Text, said
from kerege.municipality.governing import BODIES, begin, body
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Body

KINDS = ("representative_body", "executive_body", "other_body", "tos_body", "official_post")


@dataclass(slots=True, kw_only=True)
class ConstituteBody(Decided):
    kind: str = said(Choice(KINDS))
    name: str = said(Text(120), misprint=True)

    def object(self, m: Municipality, law: Law) -> str:
        return self.kind

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if self.kind in BODIES and body(m, self.kind, on):
            raise malformed("kind", "body_already")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        begin(m, Body(n, entry.held_on, self.kind, self.name))
