"""Entries that a question points at by itself: by their number, their day or their month."""

import re

import pytest

from kerege.municipality import telling
from kerege.web.places import place
from kerege.words import LANGUAGES
from tests.web.test_search import found

pytestmark = pytest.mark.usefixtures("demo")


def test_an_entry_is_found_by_its_number(client):
    for question in ("Нарын 12-жазуу", "запись № 12 Нарын", "Naryn entry 12"):
        page = client.get("/search/", {"q": question}).content.decode()
        assert 'href="/naryn/register/12/"' in page, question
        assert 'href="/on-archa/register/12/"' not in page
    # Whoever names no place is shown some.
    page = client.get("/search/", {"q": "12-жазуу"}).content.decode()
    assert 'href="/naryn/register/12/"' in page and 'href="/on-archa/register/12/"' in page
    page = client.get("/en/search/", {"q": "entry 999999999"}).content.decode()
    assert "Entries of that number" not in page


def test_what_was_done_on_a_day_is_found_by_it(client):
    one = place("on-archa").m
    n = next(n for n in range(one.size) if one.acts[n] == "AdoptBudget")
    on = one.days[n]
    for said in (f"{on:%d.%m.%Y}", *(telling.day(on, one) for one in LANGUAGES)):
        page = client.get("/search/", {"q": said}).content.decode()
        assert f'href="/on-archa/register/{n}/"' in page, said
    # Beside other words, only what has them.
    page = client.get("/search/", {"q": f"{on:%d.%m.%Y} бюджет"}).content.decode()
    pointed = page.partition("ошол күндөгү")[2].partition("<h2")[0]
    assert f'/on-archa/register/{n}/"' in pointed
    page = client.get("/search/", {"q": f"{on:%d.%m.%Y} Чолпон-Ата"}).content.decode()
    assert "/on-archa/" not in page.partition("ошол күндөгү")[2].partition("<h2")[0]


@pytest.mark.parametrize(
    "said", ["октябрь 2012", "2012-жылдын октябрында", "October 2012", "10.2012"]
)
def test_what_was_done_in_a_month_is_found_by_it(client, said):
    one = place("on-archa").m
    inside = {n for n in range(one.size) if f"{one.days[n]:%Y-%m}" == "2012-10"}
    shown = re.findall(r'href="/on-archa/register/(\d+)/"', found(client, said))
    assert shown and {int(n) for n in shown} <= inside
