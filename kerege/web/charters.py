"""The charter of a place as pages show it: that its kenesh adopted it, and what it set."""

from datetime import date

from kerege.municipality import telling
from kerege.municipality.charter import charter
from kerege.web.listing import Fact
from kerege.web.places import Place
from kerege.web.saying import language, w


def charter_shown(here: Place, on: date) -> list[Fact]:
    """The charter in force on a day with the numbers it set; nothing where there is none."""
    one = charter(here.m, on)
    if one is None:
        return []
    said, teller = language(), here.teller(on)
    known = teller.packs.editions
    model = known[one.model].title[said] if one.model in known else one.model
    since = w("place.charter_since", day=telling.day(one.since, said), n=one.entry)
    adopted = Fact(model or w("place.charter_own"), since, f"{here.url}register/{one.entry}/")
    book = here.book(on)
    units = {row.name: row.unit for row in book.number_rows} if book is not None else {}
    return [
        adopted,
        *(
            Fact(teller.number_name(name), _number(value, units.get(name, "")))
            for name, value in one.numbers.items()
        ),
    ]


def _number(value: int, unit: str) -> str:
    said = telling.number(value, language())
    return f"{said}\u00a0%" if unit == "percent" else said


def adopted_here(here: Place, on: date, before: int | None = None) -> str:
    """That the kenesh adopted the model by which a place is judged on a day, in a sentence; empty
    where it did not, or not yet at entry ``before``."""
    one = charter(here.m, on)
    if one is None or not one.model or (before is not None and one.entry >= before):
        return ""
    day = telling.day(here.m.days[one.entry], language())
    return w("layout.norm_adopted", day=day, n=one.entry)
