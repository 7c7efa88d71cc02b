"""A person's journey in a real browser: found a unit, elect, be refused, adopt a budget, read it.

Drives the system's Chromium against a really started server."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browsing import WIDE, act, found_an_exercise, page_day, sign_in, sign_up

pytestmark = pytest.mark.browser


def test_found_elect_be_refused_adopt_and_read(page):
    sign_up(page, "katchy")
    page.locator("header button").click()
    slug = found_an_exercise(page, "katchy")
    sign_in(page, "katchy")

    day = page_day(page, slug)
    for kind, name in (("representative_body", "Айылдык кеңеш"), ("executive_body", "Айыл өкмөтү")):
        act(
            page,
            slug,
            "ConstituteBody",
            actor="community",
            paper="№ 1",
            held_on=day,
            kind=kind,
            name=name,
        )
        expect(page.locator("h1")).to_contain_text(name)
    act(
        page,
        slug,
        "ElectDeputies",
        actor="community",
        paper="№ 2",
        held_on=day,
        manner="direct",
        seats="3",
        deputies="Асан Үсөнов\nЖамал Бекова\nКанат Орозов",
    )
    expect(page.locator("h1")).to_contain_text("Асан Үсөнов")
    act(
        page,
        slug,
        "HoldSession",
        held_on=day,
        kind="founding",
        number="1",
        present="3",
        agenda="Бюджет",
    )
    session = page.url.split("/register/")[1].split("/")[0]

    # Refused: no draft, no hearing. The article, what is missing and what to do stand on the page.
    act(
        page,
        slug,
        "AdoptBudget",
        held_on=day,
        session=session,
        votes_for="3",
        year="2012",
        lines_0_name="Жол",
        lines_0_source="local",
        lines_0_amount="500000",
    )
    panel = page.locator(".ruling-forbidden")
    expect(panel).to_contain_text("110(5)")
    expect(panel).to_contain_text("коомдук угуу өткөрүлгөн эмес")
    expect(panel.get_by_role("link", name="Коомдук угуу өткөрүү")).to_be_visible()
    assert page.input_value("[name=lines_0_name]") == "Жол"
    no_overflow(page)

    act(page, slug, "ElectHead", held_on=day, session=session, votes_for="3", holder="Жамал Бекова")
    expect(page.locator("h1")).to_contain_text("Жамал Бекова")
    for name, fields in (
        (
            "PublishDraftBudget",
            {"lines_0_name": "Жол", "lines_0_source": "local", "lines_0_amount": "500000"},
        ),
        ("HoldHearing", {"participants": "40"}),
    ):
        act(page, slug, name, actor="executive", paper="№ 3", held_on=day, year="2012", **fields)
    act(
        page,
        slug,
        "AdoptBudget",
        held_on=day,
        session=session,
        votes_for="3",
        year="2012",
        lines_0_name="Жол",
        lines_0_source="local",
        lines_0_amount="500000",
    )
    expect(page.locator(".ruling-permitted")).to_contain_text("112(3)")

    # A resident without an account reads it.
    page.context.clear_cookies()
    page.goto(f"/{slug}/")
    expect(page.locator("main")).to_contain_text("500 000 сом")
    expect(page.locator("main")).to_contain_text("Жамал Бекова")
    expect(page.locator("svg").first).to_contain_text("отчет берет")
    no_overflow(page)


def no_overflow(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate(WIDE) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/on-archa/",
        "/on-archa/register/",
        "/cholpon-ata/register/27/",
        "/law/compare/",
        "/law/kg-2010/",
        "/kg/",
        "/glossary/",
        "/on-archa/refused/",
        "/sign-up/",
        "/sign-in/",
        "/on-archa/what-if/?edition=kg-2007",
        "/law/ask/?act=Spend",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_pages_fit_a_phone(page, prefix, path):
    page.goto(prefix + path)
    no_overflow(page)
