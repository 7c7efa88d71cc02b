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
    assert pointed.day(question) == (date(2012, 3, 12), rest)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(LANGUAGES))
def test_every_day_is_read_as_the_pages_tell_it(day, language):
    assert pointed.day(telling.day(day, language))[0] == day
    assert pointed.day(f"{day:%d.%m.%Y}")[0] == day


@pytest.mark.parametrize("question", ["31.02.2012", "март 2012", "12 Марат 2012", "110(5)", "2012"])
def test_what_is_no_day_is_none(question):
    assert pointed.day(question) is None


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
    pointed.day(question)
    pointed.entry(question)


def test_days_are_days_of_the_calendar():
    assert pointed.day("29.02.2012")[0] + timedelta(days=1) == date(2012, 3, 1)
