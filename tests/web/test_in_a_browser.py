"""The ten main pages in a real browser: axe finds nothing, nothing scrolls sideways or jumps, and
little comes over the wire. axe-core (MPL-2.0) comes with axe-playwright-python, for tests alone."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.browsing import WIDE
from tools.pictures import PAGES

pytestmark = pytest.mark.browser

WIDTHS, LANGUAGES, LIGHTS = (320, 360, 1280), ("", "/ru", "/en"), ("light", "dark")
LOOKS = tuple(itertools.product(WIDTHS, LANGUAGES, LIGHTS))
# What `make check` looks at; `make prove` looks at all the rest.
FIRST = ((360, "", "light"), (1280, "/ru", "dark"))
# Bytes over the wire, headers and all.
FIRST_VISIT, REPEAT_VISIT = 30_000, 10_000
# What moved on a page without anybody touching it, as the browser itself counts it.
JUMPED = """new Promise(told => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => told(sum), 100);
})"""


def wrong_with(page: Page) -> list[str]:
    """What is wrong with a page that is open: jumps, sideways scrolling, violations of axe."""
    found = []
    if jumped := page.evaluate(JUMPED):
        found.append(f"jumps by {jumped}")
    if wide := page.evaluate(WIDE):
        found.append(f"scrolls sideways by {wide}")
    for one in Axe().run(page).response["violations"]:
        found += [f"{one['id']}: {node['html'][:200]}" for node in one["nodes"]]
    return found


def looked_at(browser: Browser, site: str, width: int, language: str, light: str) -> list[str]:
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 740}, color_scheme=light
    )
    page, found = context.new_page(), []
    page.on("console", lambda said: said.type == "error" and found.append(said.text))
    for address in PAGES.values():
        assert page.goto(language + address).status == 200
        found += [f"{language}{address}: {one}" for one in wrong_with(page)]
    context.close()
    return found


@pytest.mark.parametrize(("width", "language", "light"), FIRST)
def test_the_main_pages_are_open_to_everyone(browser, site, width, language, light):
    assert looked_at(browser, site, width, language, light) == []


@pytest.mark.prove
@pytest.mark.parametrize(
    ("width", "language", "light"), [look for look in LOOKS if look not in FIRST]
)
def test_and_in_every_language_width_and_light(browser, site, width, language, light):
    assert looked_at(browser, site, width, language, light) == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_visit_costs_little_and_the_next_one_less(browser, site, address):
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    came: list[int] = []
    wire.on("Network.loadingFinished", lambda said: came.append(said["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    first = sum(came)
    came.clear()
    page.goto(address, wait_until="networkidle")
    assert 1_000 < first < FIRST_VISIT
    assert came and sum(came) < REPEAT_VISIT
    context.close()


def test_what_is_wrong_with_a_page_would_be_seen(browser):
    page = browser.new_page(viewport={"width": 320, "height": 740})
    page.set_content("<html lang=ky><title>Т</title><img src=x><div style='width:900px'>.</div>")
    page.screenshot()
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<p style=height:300px>')")
    page.screenshot()
    said = " ".join(wrong_with(page))
    assert "image-alt" in said and "scrolls sideways by 588" in said and "jumps by 0." in said
    page.close()
