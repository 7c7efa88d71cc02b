"""Where a place's money comes from and goes: own and republican apart."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality import money as told
from kerege.municipality.fields import SOURCES
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
    """The last years with plan, receipts, spending and what was spent beyond the plan; None where
    no budget was adopted and no money came or went yet. A picture only of adopted budgets."""
    here = language()
    budgets: dict[int, Budget] = {b.year: b for b in place.m.all(Budget, on)}
    years = sorted(told.years(place.m, on), reverse=True)[:YEARS]
    if not years:
        return None
    bars: list[Bar] = []
    rows: list[list[Cell]] = []
    beyond: list[int] = []
    for year in years:
        adopted = budgets.get(year)
        if adopted is not None:
            bars.append(_bar(place, adopted, on))
        for source in SOURCES:
            plan = som(adopted.total(source), here) if adopted is not None else "–"
            beyond.append(told.beyond(place.m, year, source, on))
            rows.append(
                [
                    f"{year}, {w('place.own' if source == 'local' else 'place.republican')}",
                    Number(plan),
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
    if any(beyond):
        head.append(Number(w("place.beyond")))
        for row, over in zip(rows, beyond, strict=True):
            row.append(Number(som(over, here) if over else "–"))
    picture = money(bars, title=w("place.money"), description=w("place.money_says"))
    return Purses(picture if bars else "", head, rows)


def _bar(place: Place, adopted: Budget, on: date) -> Bar:
    """A year as it was planned; a plan is no money yet, so what came stands beside it."""
    here = language()
    own, republican = adopted.total("local"), adopted.total("republican")
    share = round(100 * own / (own + republican))

    def part(source: str, plan: str) -> str:
        purse = w("place.own" if source == "local" else "place.republican")
        received = som(told.received(place.m, adopted.year, source, on), here)
        return w("place.plan_and_received", purse=purse, plan=plan, received=received)

    return Bar(
        w("place.year_plan", year=adopted.year),
        own,
        republican,
        part("local", f"{som(own, here)} ({share}\u00a0%)"),
        part("republican", som(republican, here)),
        f"{place.url}register/{adopted.entry}/",
    )
