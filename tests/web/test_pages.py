"""Every page answers in three languages, with its headers, and raw text is never markup."""

import re

import pytest

from kerege.web import urls
from kerege.web.models import Account, Row
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

PAGES = [
    "/",
    "/?q=Нарын",
    "/law/",
    "/law/kg-2007/",
    "/law/kg-2010/",
    "/law/kg-law-101-2011/",
    "/law/compare/",
    "/law/ask/",
    "/law/ask/?act=AdoptBudget",
    "/law/ask/?act=ElectHead&on=2012-06-01&actor=community",
    "/law/ask/?act=Transfer&edition=kg-2007",
    "/law/compare/?a=2011-07-15&b=kg-2021&topic=S8",
    "/law/history/",
    "/law/history/?topic=S11",
    "/law/kg-2010/example/",
    "/law/kg-2010/example/?act=AdoptBudget&answer=permitted",
    "/glossary/",
    "/sign-in/",
    "/sign-up/",
    "/kg/",
    "/kg/register/5/",
    "/on-archa/",
    "/on-archa/?on=2009-12-31",
    "/on-archa/register/",
    "/on-archa/register/?act=Spend",
    "/on-archa/register/5/",
    "/cholpon-ata/",
    "/cholpon-ata/register/27/",
    "/naryn/",
    "/on-archa/what-if/",
    "/on-archa/brochure/",
    "/on-archa/refused/",
    "/on-archa/bodies/kenesh/",
    "/on-archa/bodies/executive/",
    "/on-archa/notice/",
]


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers(client, page, prefix):
    answer = client.get(prefix + page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'<html lang="{prefix[1:] or "ky"}"' in text
    assert "{{" not in text and "{%" not in text
    assert " style=" not in text and "<script>" not in text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_links_of_every_page_lead_somewhere(client):
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        page = ahead.pop()
        if page in seen or len(seen) > 400:
            continue
        seen.add(page)
        answer = client.get(page)
        assert answer.status_code in (200, 302), page
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for link in re.findall(r'<a [^>]*href="(/[^"#]*)', answer.content.decode()):
            link = link.replace("&amp;", "&")
            if not link.startswith(("/ru/", "/en/", "/static/")):
                ahead.append(link)


def test_hostile_text_stays_text(person, client):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=y>"
    answer = send(
        person("on-archa-recorder"),
        "on-archa",
        "RaiseIssue",
        actor="community",
        paper="№ <b>1</b>",
        title=bad,
        text=bad,
    )
    assert answer.status_code == 302
    for page in (answer.url, "/on-archa/register/", "/ru/on-archa/register/"):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text and "<b>1" not in text


@pytest.mark.parametrize(
    "page",
    [
        "/nosuch/",
        "/on-archa/register/9999/",
        "/law/kg-1850/",
        "/law/kg-1850/example/",
        "/found/1/",
        # What only a municipality has, and what only the country does.
        "/kg/notice/",
        "/kg/brochure/",
        "/on-archa/acts/EnactLaw/",
    ],
)
def test_nothing_there(client, person, page):
    answer = person("operator").get(page)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "page", [one.pattern for one in urls._PLACE if "<" not in str(one.pattern)]
)
def test_every_page_of_a_place_answers_for_the_country_too(client, person, page):
    for reader in (client, person("country-recorder"), person("on-archa-recorder")):
        assert reader.get(f"/kg/{page}").status_code in (200, 302, 403, 404)


@pytest.mark.parametrize("page", ["/uz/on-archa/", "/fr/", "/ru/fr/?on=2012-01-01"])
def test_an_address_that_is_not_there_offers_no_other_language_of_it(client, page):
    answer = client.get(page)
    assert answer.status_code == 404
    text = answer.content.decode()
    for link in re.findall(r'<(?:a|link) [^>]*hreflang="[a-z]+" href="([^"]*)"', text):
        assert link in ("/", "/ru/", "/en/")
    assert "fr/" not in text and "uz/" not in text


def test_acting_needs_a_mandate(client, person):
    assert client.get("/on-archa/acts/").status_code == 302
    assert person("naryn-recorder").get("/on-archa/acts/").status_code == 403
    answer = send(
        person("naryn-recorder"),
        "on-archa",
        "RaiseIssue",
        actor="community",
        paper="№ 1",
        title="А",
        text="Б",
    )
    assert answer.status_code == 403


def test_what_was_typed_is_kept(person):
    answer = send(
        person("on-archa-recorder"),
        "on-archa",
        "RaiseIssue",
        actor="community",
        on="2013-13-01",
        title="Сакталсын",
        text="",
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Сакталсын" in page and "Календарда мындай күн жок" in page


def test_every_form_shows_and_an_empty_one_names_its_fields(person, client):
    from kerege.municipality.acts import ACTS
    from kerege.web.places import place
    from kerege.web.speaking import menu, speakers

    recorder = person("on-archa-recorder")
    here = place("on-archa")
    own = speakers(here, Account.objects.get(username="on-archa-recorder"))[0]
    names = menu(here, own)
    assert {"HoldSession", "AdoptBudget", "Correct", "Annul", "TakeOver"} <= set(names)
    assert set(names) <= set(ACTS)
    for name in names:
        for prefix in ("", "/ru", "/en"):
            shown = recorder.get(f"{prefix}/on-archa/acts/{name}/")
            assert shown.status_code == 200, name
        empty = recorder.post(f"/on-archa/acts/{name}/", {})
        assert empty.status_code == 400, name


def test_sign_in_out_and_up(client):
    assert client.post("/sign-in/", {"login": "x", "password": "y"}).status_code == 400
    made = client.post("/sign-up/", {"username": "aigul", "password": "uzun-syrsoz-42"})
    assert made.status_code == 302
    assert Account.objects.get(username="aigul").code in client.get("/desk/").content.decode()
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/desk/").status_code == 302
    answer = client.post(
        "/sign-in/?next=https://evil.example/", {"login": "aigul", "password": "uzun-syrsoz-42"}
    )
    assert answer.url == "/desk/"


def test_invented_people_only_in_the_demonstration(client, settings):
    assert client.post("/sign-in/as/on-archa-rec/").status_code == 302
    settings.DEMONSTRATION = False
    client.logout()
    assert client.post("/sign-in/as/on-archa-rec/").status_code == 404
    assert "on-archa-recorder" not in client.get("/sign-in/").content.decode()


def test_founding_by_form_asks_what_the_source_does_not_say(person, client):
    operator = person("operator")
    Account.objects.make("kant-recorder", "x" * 12)
    form = "/found/41708206600010/"
    page = operator.get(form).content.decode()
    assert "Кант" in page
    said = {
        "name_ky": "Кант шаары",
        "name_ru": "Кант",
        "name_en": "Kant",
        "exercise": "on",
        "pinned": "kg-2010",
        "recorder": "kant-recorder",
        "holder": "Айша Токтосунова",
    }
    answer = operator.post(form, said)
    assert answer.status_code == 400 and "Булакта" in answer.content.decode()
    late = {**said, "kind": "city_rayon", "exercise": "", "pinned": "", "on": "2020-03-02"}
    answer = operator.post(form, late)
    assert answer.status_code == 400 and "машыгууну гана" in answer.content.decode()
    answer = operator.post(form, {**said, "kind": "city_rayon", "on": "2020-3-2"})
    assert answer.status_code == 400 and 'href="#id_on"' in answer.content.decode()
    answer = operator.post(form, {**said, "kind": "city_rayon", "on": "2020-03-02"})
    assert answer.status_code == 302
    assert Row.objects.get(register__slug=answer.url.strip("/"), n=0).held_on.year == 2020
    assert "Кант шаары" in client.get(answer.url).content.decode()
    assert person("on-archa-recorder").get(form).status_code == 403


def test_a_name_with_hidden_characters_or_numbers_that_are_none(person):
    for said in ({"recorder": "a\x00b"}, {"population": "²"}, {"population": "9" * 5000}):
        answer = person("operator").post("/found/41708206600010/", {"name_ky": "К", **said})
        assert answer.status_code == 400


def test_what_if_knows_constitutions_only(client):
    assert client.get("/on-archa/what-if/?edition=kg-law-101-2011").status_code == 200
