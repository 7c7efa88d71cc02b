"""Kyrgyz on the narrowest screen: nothing scrolls sideways, and ң, ө, ү can be typed."""

import pytest
from playwright.sync_api import expect

from kerege.kyrgyz.hyphenation import SOFT
from tests.web.browsing import WIDE
from tests.web.served import ROOT

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
PAGES = [
    "/",
    "/search/?q=жергиликтүү",
    "/on-archa/",
    "/on-archa/register/",
    "/on-archa/register/5/",
    "/law/",
    "/law/kg-2010/",
    "/law/ask/",
    "/glossary/",
    "/trust/",
    "/naryn/acts/AdoptBudget/",
    "/on-archa/brochure/",
    "/map/",
    "/map/41702000000000/",
    "/naryn/bodies/executive/",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways(browser, site, address):
    page = browser.new_page(base_url=site, viewport=NARROW)
    page.goto(address)
    assert page.evaluate(WIDE) == 0
    page.close()


def test_long_words_of_headings_can_break(browser, site):
    page = browser.new_page(base_url=site, viewport=NARROW)
    page.goto("/")
    assert f"Жер{SOFT}ги{SOFT}лик{SOFT}түү" in page.locator("h1").text_content()
    page.goto("/ru/")
    assert SOFT not in page.content()
    page.close()


def test_letters_are_offered_where_one_writes_and_go_in_at_the_caret(browser, site):
    page = browser.new_page(base_url=site, viewport=NARROW)
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto("/search/")
    expect(page.locator(".letters")).to_have_count(0)
    field = page.locator("main [name=q]")
    field.fill("кеш")
    field.focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("group", name="Тамга кошуу").get_by_role(
        "button", name="ң", exact=True
    ).click()
    page.keyboard.type("е")
    assert field.input_value() == "кеңеш" and not wrong
    page.keyboard.press("Enter")
    expect(page.locator("h2").first).to_contain_text("Табылганы: кеңеш")
    page.close()


def test_without_javascript_no_letters_are_offered_and_the_search_works(browser, site):
    context = browser.new_context(base_url=site, viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    page.goto("/on-archa/")
    page.locator("main [name=q]").fill("копуро")
    page.locator(".search-field button").click()
    expect(page.locator(".letters")).to_have_count(0)
    expect(page.locator(".entry").first).to_contain_text("көпүрө")
    context.close()


def test_the_script_of_the_letters_is_small():
    assert (ROOT / "kerege/web/static/kerege/letters.js").stat().st_size < 1024
