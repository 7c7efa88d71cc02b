"""AdmitLoss: entries that were published are gone; said openly, in their place, for good."""

from dataclasses import dataclass

from kerege.municipality.act import Act
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Root, Text, Whole, said
from kerege.municipality.keys import Loss
from kerege.municipality.municipality import Municipality


@dataclass(slots=True, kw_only=True)
class AdmitLoss(Act):
    """``known_size`` and ``known_root`` are of the last checkpoint known to have left the house.
    From this entry on the register has another name (``municipality/keys.py``)."""

    REGISTERS = ("municipality", "country")

    known_size: int = said(Whole(1, 2**53 - 1))
    known_root: str = said(Root())
    reason: str = said(Text(2000, long=True))

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Loss(n, entry.held_on, self.known_size, self.known_root))
