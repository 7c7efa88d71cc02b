"""SendForecast: the state says what revenues it expects, before the local budget is drafted."""

from dataclasses import dataclass

from kerege.municipality.act import Act
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Hex, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Forecast


@dataclass(slots=True, kw_only=True)
class SendForecast(Act):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    summary: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Forecast(n, entry.held_on, self.year))
