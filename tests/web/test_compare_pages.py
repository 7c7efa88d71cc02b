"""Two laws side by side point by point, and the years of a point."""

import re
from datetime import date

import pytest

from kerege.web import comparisons
from tests.web.law_pages import KG, WORDS, page, plain

pytestmark = pytest.mark.usefixtures("demo")


def test_two_editions_stand_side_by_side_point_by_point(client):
    text = page(client, "/en/law/compare/", a="kg-2007", b="kg-2010")
    for topic in WORDS.topics:
        assert f'id="{topic}"' in text
    body = plain(text.split('id="S2"')[1].split('id="S3"')[0])
    assert "another kind of body" in body
    assert "no difference" in text
    articles = [a for a in KG.edition("kg-2007").articles.values() if a.topic == "S2"]
    assert all(article.words.en in body for article in articles)


def test_one_point_alone(client):
    text = page(client, "/law/compare/", topic="S8")
    assert 'id="S8"' in text and 'id="S7"' not in text


def test_two_days_are_compared_by_the_law_of_each(client):
    text = page(client, "/en/law/compare/", a="2018-02-14", b="2018-02-15", topic="S8")
    body = plain(text.split('id="S8"')[1])
    assert "2/3" in body and "1/2" in body
    assert "no constitution known" in page(client, "/en/law/compare/", a="1999-01-01")


def test_free_days_between_two_changes_are_compared_once(client):
    comparisons._compared.cache_clear()
    for day in ("2019-01-01", "2019-01-02", "2020-06-01"):
        text = page(client, "/en/law/compare/", a="2012-06-01", b=day, topic="S8")
        assert f"{day[-2:]}.{day[5:7]}.{day[:4]}" in text
    assert comparisons._compared.cache_info().currsize == 1
    assert comparisons._compared.cache_info().maxsize


@pytest.mark.parametrize(("day", "same"), [("2018-02-14", False), ("2018-02-15", True)])
def test_a_day_has_the_shares_of_the_last_change_before_it(client, day, same):
    laws = comparisons.Laws()
    a, b = laws.of_day(date.fromisoformat(day)), laws.of_day(date(2019, 6, 1))
    (point,) = comparisons.points(a, b, "S8")
    assert (not point.differences) == same


def test_a_law_with_itself_differs_in_nothing(client):
    text = page(client, "/en/law/compare/", a="kg-2010", b="kg-2010")
    assert "differences:" not in text and text.count("no difference") == len(WORDS.topics)


def test_the_head_was_chosen_otherwise_again_and_again(client):
    """2007 → 2010 → Law 101 → the majority of 2018 → 2021."""
    text = page(client, "/en/law/history/", topic="S8")
    found = re.findall(r'entry-title">([^<]+)<', text)
    years = [day[-4:] for day in found]
    assert years[0] == "2007" and {"2010", "2011", "2018", "2021"} <= set(years)
    assert years == sorted(years)
    step = plain(text.split("2018</h2>")[1].split('class="entry"')[0])
    assert "2/3" in step and "1/2" in step


def test_a_law_older_than_its_constitution_is_not_said_to_begin_with_it(client):
    text = page(client, "/en/law/history/", topic="S8")
    step = plain(text.split("June 27, 2010</h2>")[1].split('class="entry"')[0])
    old = step.partition("Law 99")[0].rpartition("In force")[2]
    assert old.startswith(" since May 29, 2008 already, but read here only from this day")
    assert "In force from now: Constitution of 27 June 2010" in step


def test_a_number_stands_at_the_day_from_which_it_counts(client):
    text = page(client, "/en/law/history/", topic="S7")
    steps = {one.split("<")[0]: one for one in text.split('entry-title">')[1:]}
    articles = KG.edition("kg-law-98-2011").articles
    seats, women = (articles[name].words.en for name in ("seats", "reservation"))
    told = {day for day, one in steps.items() if seats in one.split("<details")[0]}
    assert told == {"September 19, 2024"}
    told = {day for day, one in steps.items() if women in one.split("<details")[0]}
    assert told == {"January 1, 2019"}
    assert articles["turnout"].words.en in steps["July 14, 2011"]
    old = page(client, "/en/law/compare/", a="2012-01-01", b="2025-01-01", topic="S7")
    assert old.count(seats) == 1


def test_articles_stand_open_and_derived_differences_folded(client):
    text = page(client, "/en/law/compare/", a="kg-2007", b="kg-2010").split('id="S2"')[1]
    words = next(a for a in KG.edition("kg-2010").articles.values() if a.topic == "S2").words.en
    assert text.index(words) < text.index("<details") < text.index('class="differences"')
    assert "What the rules answer differently: " in text


@pytest.mark.parametrize("topic", list(WORDS.topics))
@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_every_point_has_its_years(client, prefix, topic):
    assert topic in page(client, f"{prefix}/law/history/", topic=topic)


def test_bad_words_of_a_comparison_are_said(client):
    for query in ({"a": "kg-1850"}, {"b": "yesterday"}, {"b": "20180215"}, {"topic": "S99"}):
        assert "not known" in page(client, "/en/law/compare/", 400, **query)
    assert "not known" in page(client, "/en/law/history/", 400, topic="S99")
