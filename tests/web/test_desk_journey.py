"""A recorder's day in a real browser: the desk, what is owed, the answer of the law while one
types, a refusal, what to do instead, and the entry. Once with JavaScript and once without."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browsing import WIDE, open_paper

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


def desk_of(page: Page, code: str) -> None:
    page.goto("/sign-in/")
    page.locator(f"form[action$='/sign-in/as/{code}/'] button").click()
    expect(page.locator("h1")).to_have_text("Иш орду")


def paper(page: Page, day: str) -> None:
    open_paper(page)
    page.fill("#id_paper_number", "12")
    page.fill("#id_paper_day", day)


def test_from_the_desk_to_the_entry_with_the_law_answering_meanwhile(site, browser):
    page = browser.new_page(base_url=site, viewport=PHONE)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    desk_of(page, "naryn-rec")
    assert page.evaluate(WIDE) == 0
    owed = page.locator(".owed li", has_text="2011")
    expect(owed).to_contain_text("110(5)-берене")
    owed.get_by_role("link", name="Аткаруу").click()
    expect(page.locator("#id_year")).to_have_value("2011")
    live = page.locator("#live")
    page.fill("#id_summary", "Жол оңдолду")
    expect(live).to_contain_text("Мыйзамдан суроо үчүн дагы керек")
    page.fill("#id_spent_local", "1000")
    page.fill("#id_spent_republican", "2000")
    day = page.locator("#id_held_on").input_value()
    paper(page, day)
    expect(live.locator(".ruling-permitted")).to_be_visible()
    expect(live).to_contain_text("Реестрге эч нерсе жазылган жок")
    assert page.evaluate(WIDE) == 0
    # Closed and opened again: it is all there.
    page.goto("/desk/")
    page.locator("main a", has_text="Бюджеттин аткарылышы").first.click()
    expect(page.locator("#id_summary")).to_have_value("Жол оңдолду")
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    expect(page.locator("main .govuk-caption-l").first).to_contain_text("жазуу")
    page.goto("/desk/")
    expect(page.locator(".owed li", has_text="2011")).to_have_count(0)
    assert not wrong
    page.close()


def test_refused_and_then_what_comes_before_it_without_javascript(site, browser):
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    desk_of(page, "on-archa-rec")
    day = "2012-10-15"
    page.goto("/on-archa/acts/HoldSession/")
    page.select_option("#id_kind", "ordinary")
    for name, said in (("number", "9"), ("present", "11"), ("agenda", "Бюджет")):
        page.fill(f"#id_{name}", said)
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    n = page.url.split("/")[-2]
    page.goto("/on-archa/acts/AdoptBudget/")
    page.select_option("#id_session", n)
    page.fill("#id_year", "2014")
    page.fill("#id_lines_0_0", "Жол")
    page.select_option("#id_lines_0_1", "local")
    page.fill("#id_lines_0_2", "1000")
    page.fill("#id_votes_for", "9")
    page.get_by_role("button", name="Мыйзам эмне дейт?").click()
    expect(page.locator(".ruling-forbidden")).to_be_visible()
    expect(page.locator("[name=insist]:not([type=hidden])")).to_have_count(0)
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    expect(page.locator("textarea[name=insist]")).to_have_count(1)
    page.get_by_role("button", name="Кийинкиге сактап коюу").click()
    expect(page.locator("#id_year")).to_have_value("2014")
    page.get_by_role("button", name="Мыйзам эмне дейт?").click()
    page.locator(".ruling .steps a[href*='PublishDraftBudget']").click()
    expect(page.locator("#id_year")).to_have_value("2014")
    page.fill("#id_lines_0_0", "Жол")
    page.select_option("#id_lines_0_1", "local")
    page.fill("#id_lines_0_2", "1000")
    paper(page, day)
    page.get_by_role("button", name="Мыйзам эмне дейт?").click()
    expect(page.locator(".ruling-permitted")).to_be_visible()
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    assert "/on-archa/register/" in page.url
    page.goto("/desk/")
    page.locator("main a", has_text="Бюджетти бекитүү").first.click()
    expect(page.locator("#id_year")).to_have_value("2014")
    context.close()


def test_two_windows_and_the_back_button_write_it_once(site, browser):
    context = browser.new_context(base_url=site, viewport=PHONE)
    first, second = context.new_page(), context.new_page()
    desk_of(first, "cholpon-ata-rec")
    for page in (first, second):
        page.goto("/cholpon-ata/acts/HoldSession/")
    for page in (first, second):
        page.select_option("#id_kind", "ordinary")
        for name, said in (("number", "9"), ("present", "9"), ("agenda", "Бюджет")):
            page.fill(f"#id_{name}", said)
    for page in (first, second):
        page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
        expect(page.locator("main .govuk-caption-l").first).to_contain_text("жазуу")
    assert first.url == second.url
    first.go_back()
    # The browser fills in what was typed; the entry is there already, and the page says so.
    first.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    expect(first.locator("[role=alert]").first).to_contain_text("жаңы эле реестрге жазылган")
    context.close()
