"""A demand for an account and the report on it, as tests of duties tell them."""

from datetime import date

from kerege.constitution.rulebook import Rulebook
from kerege.municipality.duties import owed
from tests.cast import NEW, Town, naryn

DEMAND = {"of": "executive", "about": "Жол", "due": "2010-04-01"}
GIVEN = {"year": 2010, "spent_local": 1, "spent_republican": 0, "summary": "…"}


def stands(town: Town, on: date, law: Rulebook | None = None) -> list[str]:
    return [one.state for one in owed(town.m, law or town.book, on)]


def demanded(*law: str, **changed: str) -> tuple[Town, int]:
    town = naryn(*(law or NEW))
    return town, town.decide("DemandAccount", **{**DEMAND, **changed}).n


def report(town: Town, n: int, on: date, who: str = "executive") -> int:
    return town.act("ReportToKenesh", who, on, demand=n, summary="…").n
