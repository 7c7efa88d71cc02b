"""Numbers of the law: how an article sets them, where and when they hold, what a charter may."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, book, line_of, read, text

from kerege.constitution.edition import EditionError
from kerege.constitution.numbers import MOST, UNITS, Number
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.calendar import days_after
from kerege.municipality.fields import Day
from kerege.words import Words

DAYS = '[[number]]\nname = "answer_time"\nvalue = 14\nunit = "days"\n'
HERE = '[[number]]\nname = "signatures"\nvalue = {}\nunit = "people"\n'
ON = date(2023, 5, 1)


def test_what_an_article_sets() -> None:
    source = text(
        article(
            toml=DAYS + 'place = ["settlement"]\nabove = 20000\nsince = 2011-07-15\n'
            "until = 2018-02-15\nleast = 10\nmost = 30\n"
        )
    )
    (number,) = read(source).articles["budget"].tables.numbers
    assert number == Number(
        "answer_time",
        14,
        "days",
        ("settlement",),
        20000,
        date(2011, 7, 15),
        date(2018, 2, 15),
        10,
        30,
        "test/budget",
    )


def test_only_the_name_a_value_and_a_unit_are_needed() -> None:
    (number,) = read(text(article(toml=DAYS))).articles["budget"].tables.numbers
    assert (number.value, number.unit, number.place) == (14, "days", ())
    assert not number.settable and not number.allows(14)
    assert number.words is None


def test_a_form_calls_it_by_its_words() -> None:
    toml = DAYS + 'ky = "жооп"\nru = "ответ"\nen = "answer"\n'
    (number,) = read(text(article(toml=toml))).articles["budget"].tables.numbers
    assert number.words == Words("жооп", "ответ", "answer")


WRONG = {
    "number = 1": "number: write [[number]] in double brackets",
    "number = [1]": "number: write [[number]] in double brackets",
    DAYS.replace("[[", "[").replace("]]", "]"): "number: write [[number]] in double brackets",
    DAYS + "days = 3": "number: unknown line 'days'",
    DAYS.replace('name = "answer_time"\n', ""): "number: the name is missing",
    DAYS.replace("answer_time", "Answer time"): "number: the name is missing or not made of small",
    DAYS.replace('"answer_time"', "3"): "number: the name is missing or not made of small",
    DAYS.replace("14", "-1"): "answer_time: value is not a whole number: -1",
    DAYS.replace("14", "1.5"): "answer_time: value is not a whole number: 1.5",
    DAYS.replace("14", '"14"'): "answer_time: value is not a whole number: '14'",
    DAYS.replace("14", "true"): "answer_time: value is not a whole number: True",
    DAYS.replace("14", "36501"): "answer_time: value is more than 36500 days: 36501",
    DAYS + "least = 1\nmost = 36501": "answer_time: most is more than 36500 days: 36501",
    DAYS.replace('14\nunit = "days"', '1201\nunit = "months"'): "value is more than 1200 months",
    HERE.format(MOST + 1): "signatures: value is more than 1000000000 people",
    DAYS + f"above = {MOST + 1}": "answer_time: above is more than 1000000000 people",
    DAYS.replace('"days"', '["days"]'): "answer_time: unit is one of days, working_days, months, p",
    DAYS + "above = -5": "answer_time: above is not a whole number: -5",
    DAYS + "least = 1.0\nmost = 20": "answer_time: least is not a whole number: 1.0",
    DAYS + "least = 1\nmost = false": "answer_time: most is not a whole number: False",
    DAYS.replace('"days"', '"weeks"'): "answer_time: unit is one of days, working_days, months, p",
    DAYS.replace('unit = "days"\n', ""): "answer_time: unit is one of days, working_days, months",
    DAYS + 'place = "settlement"': "answer_time: place is a list from aiyl_aimak, settlement",
    DAYS + 'place = ["village"]': "answer_time: place is a list from aiyl_aimak, settlement",
    DAYS + 'place = [["settlement"]]': "answer_time: place is a list from aiyl_aimak, settlement",
    DAYS + 'since = "2018-02-15"': "answer_time: since is not a date like 2018-02-15",
    DAYS + "until = 2018-02-15T10:00:00": "answer_time: until is not a date like 2018-02-15",
    DAYS + "since = 2018-02-15\nuntil = 2018-02-15": "answer_time: until is not after since",
    DAYS + 'ky = "жооп"\nru = "ответ"': "answer_time: no words in en",
    DAYS + "least = 3": "answer_time: least and most stand together",
    DAYS + "most = 30": "answer_time: least and most stand together",
    DAYS.replace("value = 14\n", ""): "answer_time: no value, and no least and most between",
    DAYS + "least = 15\nmost = 30": "answer_time: the value is not between least and most",
    DAYS + "least = 30\nmost = 10": "answer_time: least is above most",
    DAYS.replace("value = 14\n", "") + "least = 30\nmost = 10": "answer_time: least is above most",
}


@pytest.mark.parametrize("toml", WRONG, ids=[f"{n}: {s}" for n, s in enumerate(WRONG.values())])
def test_what_is_wrong_is_named(toml: str) -> None:
    source = text(article(toml=f"# a remark\n{toml}"))
    with pytest.raises(EditionError) as error:
        read(source)
    first = next(part for part in ("[[number]]", "[number]", "# a remark") if part in source)
    assert (error.value.article, error.value.line) == ("Local budget", line_of(source, first))
    assert error.value.reason.startswith("toml, number: ")
    assert WRONG[toml] in error.value.reason


def test_the_first_row_that_fits_a_place_counts() -> None:
    rows = (
        HERE.format(5000) + 'place = ["city_republican"]\n',
        HERE.format(1000) + 'place = ["city_oblast"]\nabove = 20000\n',
        HERE.format(600) + 'place = ["city_oblast"]\n',
        HERE.format(300),
    )
    made = book(text(article(toml="".join(rows))))

    def signatures(place: str, population: int = 0) -> int | None:
        found = made.number("signatures", ON, place, population)
        same = made.numbers(ON, place, population).get("signatures")
        assert same is found
        return found.value if found else None

    assert signatures("city_republican") == 5000
    assert signatures("city_oblast", 20001) == 1000
    # More than so many: exactly so many are not above.
    assert signatures("city_oblast", 20000) == signatures("city_oblast") == 600
    assert signatures("aiyl_aimak", 10**6) == 300
    assert made.number("nothing", ON, "aiyl_aimak") is None


def test_a_number_counts_from_its_first_day_to_the_day_before_its_last() -> None:
    made = book(text(article(toml=DAYS + "since = 2011-07-15\nuntil = 2018-02-15\n")))
    for on, counts in (
        (date(2011, 7, 14), False),
        (date(2011, 7, 15), True),
        (date(2018, 2, 14), True),
        (date(2018, 2, 15), False),
    ):
        assert (made.number("answer_time", on, "settlement") is not None) == counts
        assert ("answer_time" in made.numbers(on, "settlement")) == counts


def test_a_charter_can_set_what_has_least_and_most() -> None:
    open_ = DAYS.replace("value = 14\n", "") + "least = 10\nmost = 30\n"
    number = book(text(article(toml=open_))).number("answer_time", ON, "settlement")
    assert number is not None and number.settable and number.value is None
    assert [number.allows(value) for value in (9, 10, 30, 31)] == [False, True, True, False]


def test_an_amendment_stands_in_front_of_what_it_changes() -> None:
    law = text(article(toml=DAYS), id="law", kind="statute", under="test")
    change = text(
        article(toml=DAYS.replace("14", "10") + "since = 2018-02-15\n"),
        id="change",
        kind="statute",
        under="test",
        amends="law",
    )
    made = Rulebook(VOCABULARY, [read(text(article())), read(law), read(change)])
    values = [
        number.value
        for on in (date(2018, 2, 14), date(2018, 2, 15))
        if (number := made.number("answer_time", on, "settlement"))
    ]
    assert values == [14, 10]


def change(*articles: str) -> Rulebook:
    """A law that sets 14 days, and an amendment of it of the fifteenth of February 2018."""
    front = {"kind": "statute", "under": "test"}
    law = text(article(toml=DAYS), id="law", **front)
    amending = text(*articles, id="change", amends="law", adopted="2018-02-15", **front)
    return Rulebook(VOCABULARY, [read(text(article())), read(law), read(amending)])


def test_an_amendment_without_a_day_counts_from_its_adoption() -> None:
    made = change(article(toml=DAYS.replace("14", "10")))
    for on, value in ((date(2018, 2, 14), 14), (date(2018, 2, 15), 10)):
        number = made.number("answer_time", on, "settlement")
        assert number is not None and number.value == value


def test_the_articles_of_an_amendment_keep_their_order() -> None:
    made = change(
        article(toml=DAYS.replace("14", "10") + 'place = ["settlement"]\n'),
        article(toml=DAYS.replace("14", "20"), heading="## Money {#money}"),
    )
    assert [row.value for row in made.number_rows] == [10, 20, 14]
    for place, value in (("settlement", 10), ("aiyl_aimak", 20)):
        number = made.number("answer_time", ON, place)
        assert number is not None and number.value == value


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
def test_the_most_there_can_be_is_still_a_day(unit: str) -> None:
    last = date(Day().most, 12, 31)
    assert last < days_after(last, UNITS[unit], unit, "kg")


NEAR = st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2018, 1, 8)))


@given(NEAR, NEAR, st.one_of(st.none(), st.integers(0, 3)), st.integers(0, 4))
def test_a_number_fits_from_since_to_until_above_its_people(
    since: date | None, until: date | None, above: int | None, people: int
) -> None:
    one = Number("n", 1, "people", ("settlement",), above, since, until, None, None, "t/a")
    for n in range(12):
        on = date(2017, 12, 30) + timedelta(days=n)
        days = (since is None or on >= since) and (until is None or on < until)
        enough = above is None or people > above
        assert one.fits(on, "settlement", people) == (days and enough)
        assert not one.fits(on, "city_oblast", people)
