"""Each role of the demonstration does its main task in a real browser, as docs/walkthrough.md
says."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browsing import act, page_day

pytestmark = pytest.mark.browser


def desk_of(page: Page, who: str) -> None:
    """From the list of invented people to the desk."""
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.locator(f"[data-name={who}]").click()
    expect(page.locator("h1")).to_have_text("Иш орду")


def test_the_recorder_enters_what_residents_and_a_ministry_bring_on_paper(page):
    desk_of(page, "on-archa-recorder")
    expect(page.locator("main a[href*='/acts/RaiseIssue/']").first).to_be_attached()
    day = page_day(page, "on-archa")
    said = {"held_on": day, "title": "Суу", "text": "Суу качан келет?"}
    act(page, "on-archa", "RaiseIssue", actor="community", paper="№ 3", **said)
    expect(page.locator("h1")).to_contain_text("Суу")
    expect(page.locator("main a[href*='/receipt/']").first).to_be_visible()
    said = {"held_on": day, "of": "Каржы министрлиги", "year": "2014", "summary": "1 000 сом"}
    act(page, "on-archa", "SendForecast", actor="state_body", paper="№ 4", **said)
    expect(page.locator("main")).to_contain_text("Каржы министрлиги")


def test_the_chair_holds_a_session(page):
    desk_of(page, "on-archa-chair")
    page.locator("main a[href*='/acts/HoldSession/']").first.click()
    page.select_option("#id_kind", "ordinary")
    for name, said in (("number", "9"), ("present", "11"), ("agenda", "Суу")):
        page.fill(f"#id_{name}", said)
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    page.wait_for_url("**/register/*/#recorded")


def test_a_deputy_raises_an_issue_without_a_paper(page):
    desk_of(page, "on-archa-deputy")
    page.locator("main a[href*='/acts/RaiseIssue/']").first.click()
    page.fill("#id_title", "Жол")
    page.fill("#id_text", "Жол качан оңдолот?")
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    expect(page.locator("h1")).to_contain_text("Жол")


def test_the_head_publishes_a_draft_of_the_budget(page):
    desk_of(page, "on-archa-head")
    line = {"lines_0_name": "Жол", "lines_0_source": "local", "lines_0_amount": "1000"}
    act(page, "on-archa", "PublishDraftBudget", year="2014", **line)
    page.wait_for_url("**/register/*/#recorded")


def test_a_resident_reads_follows_and_then_is_linked_as_an_official(page):
    desk_of(page, "on-archa-resident")
    main = page.locator("main")
    expect(main).to_contain_text("дүмүрчөк берет")
    page.get_by_role("link", name="Кабарлар", exact=True).first.click()
    expect(main).to_contain_text("Азыр жөнөтүлсө, мындай кабар келмек")
    expect(main).to_contain_text("Акыркы кабарларыңыз")
    desk_of(page, "on-archa-recorder")
    page.goto("/on-archa/acts/LinkAccount/")
    page.fill("#id_account", "on-archa-res")
    official = page.locator("#id_mandate option", has_text="Айгүл Токоева").get_attribute("value")
    page.select_option("#id_mandate", official)
    page.fill("#id_paper_number", "№ 5")
    page.fill("#id_paper_day", page.input_value("#id_held_on"))
    page.get_by_role("button", name="Реестрге жазуу").click()
    page.wait_for_url("**/register/*/#recorded")
    desk_of(page, "on-archa-resident")
    page.locator("main a[href*='/acts/ReportToKenesh/']").first.click()
    page.fill("#id_summary", "Бюджеттин аткарылышы")
    page.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
    page.wait_for_url("**/register/*/#recorded")
    # And as a clerk enters what a resident without a phone brought on paper.
    page.goto("/on-archa/acts/RaiseIssue/")
    said = {"held_on": page.input_value("#id_held_on"), "title": "Арык", "text": "Арык тазаланабы?"}
    act(page, "on-archa", "RaiseIssue", actor="community", paper="№ 6", **said)
    expect(page.locator("h1")).to_contain_text("Арык")


def test_the_country_recorder_and_the_operator_have_theirs(page):
    desk_of(page, "country-recorder")
    page.locator("main a[href*='/acts/CallReferendum/']").first.click()
    expect(page.locator("#id_edition")).to_be_visible()
    expect(page.locator("#id_paper_number")).to_be_visible()
    desk_of(page, "operator")
    expect(page.locator("main")).to_contain_text("Сиз серверди жүргүзөсүз")
    page.locator("main a[href$='#search']").click()
    page.locator("#q").fill("41704235")
    page.locator("#search button").click()
    page.locator("a[href^='/found/']").first.click()
    expect(page.locator("#id_recorder")).to_be_visible()
