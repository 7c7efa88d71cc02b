"""What a person does in a browser again and again: sign up, found a place, fill in an act."""

from playwright.sync_api import Page, expect

# What is wider than the screen.
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PASSWORD = "uzun-syrsoz-2013"


def sign_up(page: Page, name: str) -> None:
    page.goto("/sign-up/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.locator("main button").click()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.locator("form[novalidate] button").click()


def found_an_exercise(page: Page, recorder: str) -> str:
    """The operator of the demonstration founds a unit, names its recorder and signs out; that is
    all an operator can do. The address of the unit."""
    page.goto("/sign-in/")
    page.locator("[data-name=operator]").click()
    page.goto("/?q=41704235")
    page.locator("a[href^='/found/']").first.click()
    page.fill("#id_name_ky", "Көнүгүү айыл аймагы")
    page.fill("#id_name_en", "Exercise")
    page.locator("label[for=id_exercise]").click()
    page.select_option("#id_pinned", "kg-2010")
    page.fill("#id_recorder", recorder)
    page.fill("#id_holder", "Айнура Токтосунова")
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Көнүгүү айыл аймагы")
    slug = page.url.rstrip("/").split("/")[-1]
    page.locator("header button").click()
    return slug


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
        open_paper(page)
        page.fill("#id_paper_number", paper)
        page.fill("#id_paper_day", fields.get("held_on", ""))
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()


def open_paper(page: Page) -> None:
    """Unfold what is asked of the paper, where it is not open already."""
    if page.locator("#paper").get_attribute("open") is None:
        page.locator("#paper > summary").click()


def page_day(page: Page, slug: str) -> str:
    """The day that the form of a session offers."""
    page.goto(f"/{slug}/acts/HoldSession/")
    return page.input_value("#id_held_on")
