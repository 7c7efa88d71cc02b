"""ErasePersonal: what is kept beside an entry is erased; the entry stays, and this says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Names, Personal, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed

# The paper of an entry is no field of its act.
PAPER = "evidence"


@dataclass(slots=True, kw_only=True)
class ErasePersonal(Act):
    """``names`` are fields: personal ones, and those that name a document by its hash. Whether
    the entry has them the gate checks, which erases with the same stroke."""

    REGISTERS = ("municipality", "country")

    entry: int = said(Reference("entry"))
    names: Sequence[str] = said(Names())
    ground: str = said(Text(2000, long=True))

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.entry >= m.size:
            raise malformed("entry", "no_such_thing", value=self.entry)
        told = m.kinds[m.acts[self.entry]].told()
        kept = {name for name, about in told.items() if isinstance(about.kind, Personal | Hex)}
        for name in self.names:
            if name not in kept | {PAPER}:
                raise malformed("names", "not_erasable", name=name)
            if name in m.erased.get(self.entry, {}):
                raise malformed("names", "erased_already", name=name)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.erased.setdefault(self.entry, {}).update(dict.fromkeys(self.names, n))
