"""What is owed, in plain words."""

import pytest

from kerege.constitution import packs
from kerege.municipality.acts import ACTS
from kerege.municipality.debt_said import debt_said, state_said
from kerege.municipality.duties import STATES, owed
from kerege.municipality.telling import Teller, words
from kerege.words import LANGUAGES
from tests.cast import DAY, LINES, NEW, day, naryn


def teller(town, language):
    return Teller(town.m, packs.load(), ACTS, language, town.book.names("city_oblast"))


@pytest.mark.parametrize(
    ("language", "what", "who", "to", "state"),
    [
        ("ky", "Жол", "мэрия", "кеңеш", "мөөнөтү келе элек"),
        ("ru", "Жол", "мэрия", "кенеш", "срок не наступил"),
        ("en", "Жол", "mayor's office", "kenesh", "open"),
    ],
)
def test_what_was_demanded(language, what, who, to, state):
    town = naryn(*NEW)
    town.decide("DemandAccount", of="executive", about="Жол", due="2010-04-01")
    (one,) = owed(town.m, town.book, DAY)
    told = debt_said(one, teller(town, language))
    assert told.what == f"{one.duty.words[language]}: {what}"
    assert who in told.who and to in told.to and told.state == state


def test_what_is_about_a_year_says_which():
    town = naryn(*NEW)
    town.open_budget()
    town.decide("AdoptBudget", year=2010, lines=LINES)
    on = day("2012-01-01")
    told = [debt_said(one, teller(town, "en")).what for one in owed(town.m, town.book, on)]
    assert any(what.endswith(": 2010") for what in told)


def test_every_state_has_words_and_nothing_else_has():
    said = {key.removeprefix("debt.") for key in words("debts")}
    assert said == {*STATES, "about", "delegation", "nothing"}
    for language in LANGUAGES:
        assert len({state_said(state, language) for state in STATES}) == len(STATES)
