"""The country on a map, its oblasts and rayons, and a rayon found whole by the search."""

import re

import pytest

from kerege.municipality.territory import load
from kerege.web.pages.map import within
from kerege.web.pictures.tiles import PLACES
from kerege.web.places import place

pytestmark = pytest.mark.usefixtures("demo")

ISSYK_KUL, TON = "41702000000000", "41702220000000"


def cards(text: str) -> list[str]:
    return re.findall(r'<li class="card"><a class="govuk-link" href="([^"]+)"', text)


def test_the_map_shows_every_top_unit_and_leads_to_it(client):
    tops = {one.code for one in load().units.values() if one.level == 1}
    assert {code.ljust(14, "0") for code in PLACES} == tops
    text = client.get("/ru/map/").content.decode()
    for code in tops:
        # Once in the picture and once in the list beside it.
        assert text.count(f'href="/ru/map/{code}/"') == 2
    assert sum(len(within(code)) for code in tops) == len(load().foundable())


def test_what_is_founded_is_counted_and_marked(client):
    text = client.get("/en/map/").content.decode()
    code = place("cholpon-ata").m.identity.code
    tile = text[text.index(f'href="/en/map/{load().path(code)[0].code}/" class=') :][:200]
    assert "pic-executive" in tile and "on Kerege: 1" in tile
    talas = text[text.index('href="/en/map/41707000000000/" class=') :][:200]
    assert "pic-tile" in talas and "on Kerege: 0" in talas


def test_an_oblast_leads_to_its_rayons_and_a_rayon_to_all_its_units(client):
    oblast = client.get(f"/map/{ISSYK_KUL}/").content.decode()
    for one in load().below(ISSYK_KUL):
        assert f'href="/map/{one.code}/"' in oblast
    assert cards(oblast) == ["/cholpon-ata/"]
    rayon = client.get(f"/map/{TON}/").content.decode()
    assert set(cards(rayon)) == {f"/map/{code}/" for code in within(TON)}


@pytest.mark.parametrize("code", ["1", "x", "41702220805010", "99999999999999"])
def test_nothing_there(client, code):
    assert client.get(f"/map/{code}/").status_code == 404


def test_the_search_pages_through_all_units_of_a_rayon(client):
    # Uzgen has twenty units besides itself, more than stand on a page.
    uzgen = "41706255000000"
    found, number = [], 1
    while True:
        text = client.get("/", {"q": uzgen[:8], "page": number}).content.decode()
        found += cards(text)
        number += 1
        if f"page={number}" not in text:
            break
    assert number > 2 and len(found) == len(set(found))
    assert set(found) == {f"/map/{code}/" for code in within(uzgen)} | {f"/map/{uzgen}/"}


def test_a_rayon_is_found_by_its_name_and_a_page_beyond_is_the_last(client):
    text = client.get("/", {"q": "Тонский"}).content.decode()
    assert f'href="/map/{TON}/"' in text
    last = client.get("/", {"q": "4170625", "page": "99999999999999999999"})
    assert last.status_code == 200 and cards(last.content.decode())


def test_a_founded_place_is_found_by_every_name_it_has(client):
    for prefix in ("", "/ru", "/en"):
        for q in ("Он-Арча", "он арча", "Он-Арчинский", "On-Archa"):
            text = client.get(f"{prefix}/", {"q": q}).content.decode()
            assert f"{prefix}/on-archa/" in cards(text.partition('id="search"')[2]), q


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("Ысык-Көл", ISSYK_KUL),
        ("Тоң району", TON),
        ("Кара-Суу", "41706226000000"),
        ("Өзгөн", "41706255600010"),
    ],
)
def test_a_place_is_found_by_its_kyrgyz_name(client, q, code):
    assert f"/{code}/" in " ".join(cards(client.get("/", {"q": q}).content.decode()))


@pytest.mark.parametrize("q", ["Он-Арчанын", "он арчага", "Ысык-Көлдөгү", "Ысык-Көлгө"])
def test_a_place_is_found_with_an_ending(client, q):
    found = " ".join(cards(client.get("/", {"q": q}).content.decode().partition('id="search"')[2]))
    assert ("/on-archa/" if "рч" in q else f"/{ISSYK_KUL}/") in found


def test_the_map_names_in_kyrgyz_what_has_a_kyrgyz_name_and_marks_the_rest(client):
    text = client.get(f"/map/{ISSYK_KUL}/").content.decode()
    for name in ("Жети-Өгүз району", "Чолпон-Ата"):
        assert name in text.replace("\u00ad", "")
    assert "Джети" not in text and "Иссык-Кульская" not in text and "Ысык-Көл облусу</h1>" in text
    rayon = client.get(f"/map/{TON}/").content.decode()
    assert '" lang="ru">Тонский айылный аймак</a><br>' in rayon
    assert "айылный аймак</a> <span" not in rayon and '<span class="soft">Ысык-Көл' in rayon
    # Nothing Russian is broken by the rules of Kyrgyz.
    assert "\u00ad" not in "".join(re.findall(r'lang="ru">([^<]*)<', text + rayon))
    russian = client.get(f"/ru/map/{TON}/").content.decode()
    assert '" lang="ru">' not in russian.partition("<main")[2]


def test_whoever_lives_where_nobody_has_joined_is_told_so_and_not_sent_to_a_form(client, person):
    at = "/map/41702220805000/"
    text = client.get(at).content.decode()
    assert "Керегеге азырынча кошула элек" in text and "/found/" not in text
    assert "Айылдары" in text and 'href="/law/"' in text
    assert 'href="/found/41702220805000/"' in person("operator").get(at).content.decode()
    home = place("on-archa").m.identity.code
    joined = client.get(f"/map/{home}/").content.decode()
    assert 'href="/on-archa/"' in joined and "кошула элек" not in joined
