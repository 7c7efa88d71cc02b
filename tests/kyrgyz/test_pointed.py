"""Days and numbers of entries, as people write them into one field."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.kyrgyz import pointed
from kerege.municipality import telling
from kerege.words import LANGUAGES


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("12.03.2012", ""),
        ("12/3/2012", ""),
        ("2012-03-12", ""),
        ("сессия 12.03.2012 г.", "сессия"),
        ("12 марта 2012 года сессия", "сессия"),
        ("12-март, 2012", ""),
        ("2012-жылдын 12-мартында сессия", "сессия"),
        ("2012-ж. 12-марты", ""),
        ("March 12, 2012 session", "session"),
        ("12 March 2012", ""),
    ],
)
def test_a_day_is_read_as_people_write_it(question, rest):
    on = date(2012, 3, 12)
    assert pointed.days(question) == (on, on, rest)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(LANGUAGES))
def test_every_day_is_read_as_the_pages_tell_it(day, language):
    assert pointed.days(telling.day(day, language))[:2] == (day, day)
    assert pointed.days(f"{day:%d.%m.%Y}")[:2] == (day, day)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("март 2012", ""),
        ("сессии за март 2012 года", "сессии за"),
        ("2012-жылдын март айында бюджет", "бюджет"),
        ("2012-ж., марты", ""),
        ("марта 2012 г.", ""),
        ("March 2012 budget", "budget"),
        ("03.2012", ""),
        ("3/2012", ""),
        ("2012-03", ""),
    ],
)
def test_a_month_is_its_first_and_last_day(question, rest):
    assert pointed.days(question) == (date(2012, 3, 1), date(2012, 3, 31), rest)


@pytest.mark.parametrize("question", ["31.02.2012", "13.2012", "12 Марат 2012", "110(5)", "2012"])
def test_what_is_no_day_is_none(question):
    assert pointed.days(question) is None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("12-жазуу", ""),
        ("Нарын 12-жазуусу", "нарын"),
        ("жазуу 12", ""),
        ("№ 12", ""),
        ("запись №12 нарын", "нарын"),
        ("12 запись", ""),
        ("entry 12", ""),
        ("No. 12", ""),
    ],
)
def test_an_entry_is_read_by_its_number(question, rest):
    assert pointed.entry(question) == (12, rest)


@pytest.mark.parametrize("question", ["12", "112(3)-берене", "записать 12", "жазуу", "сто 1200000"])
def test_another_number_is_no_entry(question):
    assert pointed.entry(question) is None


@given(st.text(max_size=60))
def test_any_question_is_read(question):
    pointed.days(question)
    pointed.entry(question)


def test_days_are_days_of_the_calendar():
    assert pointed.days("29.02.2012")[1] + timedelta(days=1) == date(2012, 3, 1)
