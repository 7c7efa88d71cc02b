"""LinkAccount: the recorder links an account to a mandate in force."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MandateId, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Link


@dataclass(slots=True, kw_only=True)
class LinkAccount(Act):
    REGISTERS = ("municipality", "country")

    account: str = said(Text(40))
    mandate: str = said(MandateId())

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        mandate = m.mandates.get(self.mandate)
        if mandate is None or not mandate.holds(on):
            raise malformed("mandate", "no_such_thing", value=self.mandate)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        # One account a mandate: the link recorded last is the one, and no older one comes back.
        m.end((x for x in m.all(Link) if x.mandate == self.mandate), entry.held_on, None)
        m.add(Link(n, entry.held_on, self.account, self.mandate))
