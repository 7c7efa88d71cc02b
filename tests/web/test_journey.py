"""A person's journey in a real browser: found a unit, elect, be refused, adopt a budget, read it.

Drives the system's Chromium against a really started server."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    """The demonstration, served by a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "kerege", "demo", "--port", str(port), "--workers", "1"],
        cwd=tmp_path_factory.mktemp("site"),
        env={**clean, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/healthz").close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def page(site) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        # A cheap phone, and nothing runs in it.
        context = browser.new_context(
            base_url=site, viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        yield context.new_page()
        browser.close()


def sign_up(page: Page, name: str) -> None:
    page.goto("/sign-up/")
    page.fill("#id_username", name)
    page.fill("#id_password", "uzun-syrsoz-2013")
    page.locator("main button").click()


def act(
    page: Page, slug: str, which: str, /, *, actor: str = "", paper: str = "", **fields: str
) -> None:
    """Fill in and send the form of an act."""
    page.goto(f"/{slug}/acts/{which}/")
    if actor:
        page.select_option("#id_actor", actor)
    for field, value in fields.items():
        box = page.locator(f"form[novalidate] [name={field}]")
        if "govuk-select" in (box.get_attribute("class") or ""):
            box.select_option(value)
        else:
            box.fill(value)
    if paper:
        page.locator("summary").first.click()
        page.fill("#id_paper_number", paper)
        page.fill("#id_paper_day", fields.get("held_on", ""))
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()


def test_found_elect_be_refused_adopt_and_read(page):
    sign_up(page, "katchy")
    page.locator("header button").click()
    page.goto("/sign-in/")
    # The operator of the demonstration founds the unit; that is all an operator can do.
    page.locator("[data-name=operator]").click()
    page.goto("/?q=41704235")
    page.locator("a[href^='/found/']").first.click()
    page.fill("#id_name_ky", "Көнүгүү айыл аймагы")
    page.fill("#id_name_en", "Exercise")
    page.locator("label[for=id_exercise]").click()
    page.select_option("#id_pinned", "kg-2010")
    page.fill("#id_recorder", "katchy")
    page.locator("main button").click()
    expect(page.locator("h1")).to_have_text("Көнүгүү айыл аймагы")
    slug = page.url.rstrip("/").split("/")[-1]

    page.goto("/sign-in/")
    page.locator("header button").click()
    page.goto("/sign-in/")
    page.fill("#id_login", "katchy")
    page.fill("#id_password", "uzun-syrsoz-2013")
    page.locator("form[novalidate] button").click()

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


def page_day(page: Page, slug: str) -> str:
    page.goto(f"/{slug}/acts/HoldSession/")
    return page.input_value("#id_held_on")


def no_overflow(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


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
