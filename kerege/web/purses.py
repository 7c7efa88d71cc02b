"""Where a place's money comes from: adopted budgets and receipts, own and republican apart."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality import money as told
from kerege.municipality.record import Budget
from kerege.municipality.telling import som
from kerege.web.cells import Cell, Number
from kerege.web.pictures.money import Bar, money
from kerege.web.places import Place
from kerege.web.saying import language, w

YEARS = 3


@dataclass(frozen=True, slots=True)
class Purses:
    picture: str
    head: list[Cell]
    rows: list[list[Cell]]


def purses(place: Place, on: date) -> Purses | None:
    """The last budgets with plan and receipts; None where no budget was adopted yet."""
    here = language()
    budgets: dict[int, Budget] = {b.year: b for b in place.m.all(Budget, on)}
    if not budgets:
        return None
    bars: list[Bar] = []
    rows: list[list[Cell]] = []
    for year in sorted(budgets, reverse=True)[:YEARS]:
        adopted = budgets[year]
        own, republican = adopted.total("local"), adopted.total("republican")
        share = round(100 * own / (own + republican))
        bars.append(
            Bar(
                w("place.year", year=year),
                own,
                republican,
                f"{w('place.own')}: {som(own, here)} ({share}\u00a0%)",
                f"{w('place.republican')}: {som(republican, here)}",
                f"{place.url}register/{adopted.entry}/",
            )
        )
        for source, plan in (("local", own), ("republican", republican)):
            rows.append(
                [
                    f"{year}, {w('place.own' if source == 'local' else 'place.republican')}",
                    Number(som(plan, here)),
                    Number(som(told.received(place.m, year, source, on), here)),
                    Number(som(told.spent(place.m, year, source, on), here)),
                ]
            )
    head: list[Cell] = [
        w("place.purse"),
        Number(w("place.plan")),
        Number(w("place.received")),
        Number(w("place.spent")),
    ]
    picture = money(bars, title=w("place.money"), description=w("place.money_says"))
    return Purses(picture, head, rows)
