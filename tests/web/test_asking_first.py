"""Asking the law before an act is sent: the answer it would give, and nothing written."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kerege.web.models import Checkpoint, Private, Row, Withdrawn
from kerege.web.places import place
from tests.web.acting import form_id, send, session

pytestmark = pytest.mark.usefixtures("demo")

ON = "2012-11-12"
BUDGET = {
    "actor": "kenesh",
    "held_on": ON,
    "id": form_id("asked"),
    "year": "2013",
    "lines_0_name": "Жол",
    "lines_0_source": "local",
    "lines_0_amount": "1000",
    "votes_for": "9",
}


@pytest.fixture
def budget(person) -> dict[str, str]:
    """The form of a budget that no hearing went before, decided at a session."""
    return {**BUDGET, "session": session(person("on-archa-recorder"), "on-archa", ON)}


TABLES = (Row, Checkpoint, Withdrawn, Private)


def held() -> list[int]:
    return [table.objects.count() for table in TABLES]


def test_the_button_answers_what_sending_would_and_writes_nothing(person, budget):
    recorder, before = person("on-archa-recorder"), held()
    asked = recorder.post("/en/on-archa/acts/AdoptBudget/", {**budget, "ask": "1"})
    page = asked.content.decode()
    assert asked.status_code == 200 and "ruling-forbidden" in page
    assert "Nothing was written into the register" in page and held() == before
    sent = recorder.post("/en/on-archa/acts/AdoptBudget/", budget)
    assert sent.status_code == 409
    assert panel(page) == panel(sent.content.decode())


def panel(page: str) -> str:
    return page.partition('<section class="ruling')[2].partition("</section>")[0]


def test_the_answer_leads_to_what_can_be_done_instead(person, budget):
    recorder = person("on-archa-recorder")
    page = recorder.post("/en/on-archa/acts/AdoptBudget/", {**budget, "ask": "1"}).content.decode()
    assert 'class="missing"' in panel(page)
    # What is missing is the smallest change here: it is said once.
    assert "The smallest change" not in panel(page)
    assert "/en/on-archa/acts/" in panel(page)


def test_while_one_types_the_page_asks_by_itself(person, budget):
    recorder, before = person("on-archa-recorder"), held()
    at = "/en/on-archa/acts/AdoptBudget/"
    part = recorder.post(at, {**budget, "live": "1"}).content.decode()
    assert "ruling-forbidden" in part and "<html" not in part and held() == before
    begun = {"actor": "kenesh", "held_on": ON, "live": "1"}
    part = recorder.post(at, begun).content.decode()
    assert "this is still needed" in part and "Budget year" in part and "ruling-" not in part


def test_asking_changes_no_table_of_the_register(person, budget):
    recorder = person("on-archa-recorder")
    recorder.get("/on-archa/acts/AdoptBudget/")
    with CaptureQueriesContext(connection) as asked:
        recorder.post("/on-archa/acts/AdoptBudget/", {**budget, "ask": "1"})
    wrote = [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert wrote == []


def test_a_reason_to_insist_does_not_change_the_answer(person, budget):
    said = {**budget, "insist": "Ушундай болгон", "ask": "1"}
    asked = person("on-archa-recorder").post("/on-archa/acts/AdoptBudget/", said)
    assert "ruling-forbidden" in asked.content.decode()


def test_a_reason_is_more_than_a_letter(person, budget):
    recorder, before = person("on-archa-recorder"), held()
    answer = recorder.post("/en/on-archa/acts/AdoptBudget/", {**budget, "insist": "Ооба"})
    assert answer.status_code == 400 and held() == before
    assert "at least 10 characters" in answer.content.decode()


def test_who_may_not_send_may_not_ask(person, budget):
    deputy = person("on-archa-chair")
    at = "/en/on-archa/acts/ErasePersonal/"
    said = {"actor": "recorder", "entry": "1", "names": "applicant", "held_on": ON}
    for way in ("ask", "live"):
        assert deputy.post(at, {**said, way: "1"}).status_code == 403
    # For a body one does not speak for: the same page as without a right.
    head = person("on-archa-head")
    refused = head.post("/en/on-archa/acts/AdoptBudget/", {**budget, "ask": "1"})
    assert (
        refused.status_code == 403 and "This is done by: local kenesh." in refused.content.decode()
    )
    refused = head.get("/en/on-archa/acts/LinkAccount/")
    assert refused.status_code == 403 and "This is done by: Recorder." in refused.content.decode()


def test_only_the_body_that_acts_or_its_recorder_may_insist(person, budget):
    before = place("on-archa").m.size
    said = {"on": ON, "year": "2013", "lines": [("Жол", "local", "1")], "votes_for": "9"}
    said |= {"session": budget["session"], "insist": "Ушундай болгон"}
    for other in ("on-archa-head", "naryn-recorder"):
        assert send(person(other), "on-archa", "AdoptBudget", **said).status_code == 403
    assert place("on-archa").m.size == before
    for one in ("on-archa-chair", "on-archa-recorder"):
        offered = send(person(one), "on-archa", "AdoptBudget", **{**said, "insist": ""})
        assert offered.status_code == 409 and 'name="insist"' in offered.content.decode()
    assert send(person("on-archa-recorder"), "on-archa", "AdoptBudget", **said).status_code == 302
    here = place("on-archa")
    assert here.m.size - 1 in here.m.contested


def test_the_links_lead_to_the_day_of_the_session_and_then_it_passes(person, budget):
    """Walkthrough, S11: what is missing is done by the links, and the kept form is sent again."""
    recorder, at = person("on-archa-recorder"), "/en/on-archa/acts/AdoptBudget/"
    # Something later is in the register, as in a place that lives on.
    session(recorder, "on-archa", "2012-12-20")
    page = recorder.post(at, budget).content.decode()
    for act, more in (
        ("PublishDraftBudget", {"actor": "executive"}),
        ("HoldHearing", {"actor": "kenesh", "participants": "40", "session": budget["session"]}),
    ):
        link = re.search(rf'href="(/en/on-archa/acts/{act}/[^"]*)"', page)[1].replace("&amp;", "&")
        form = recorder.get(link).content.decode()
        assert 'value="12.11.2012"' in form and 'value="2013"' in form
        lines = {key: value for key, value in budget.items() if key.startswith("lines_")}
        said = {"held_on": ON, "year": "2013", "paper_number": "№ 1", "paper_day": ON}
        sent = recorder.post(link, {**lines, **said, "votes_for": "9", **more})
        assert sent.status_code == 302, sent.content.decode()
        # What was done is offered no more.
        asked = recorder.post(at, {**budget, "ask": "1"}).content.decode()
        assert f"/acts/{act}/" not in panel(asked)
    assert recorder.post(at, {**budget, "id": form_id("again")}).status_code == 302
    # A second budget of the year needs another draft and hearing, and is told so.
    again = recorder.post(at, {**budget, "id": form_id("second"), "again": "1"}).content.decode()
    assert again.count("The budget of this year is adopted already") == 2


def test_what_came_only_after_the_session_is_told_with_its_day(person, budget):
    recorder, at = person("on-archa-recorder"), "/en/on-archa/acts/AdoptBudget/"
    lines = {key: value for key, value in budget.items() if key.startswith("lines_")}
    late = {"actor": "executive", "held_on": "2012-11-20", "year": "2013", "id": form_id("late")}
    late |= {"paper_number": "№ 1", "paper_day": "2012-11-20"}
    sent = recorder.post("/on-archa/acts/PublishDraftBudget/", {**lines, **late})
    assert sent.status_code == 302
    page = panel(recorder.post(at, budget).content.decode())
    last = place("on-archa").m.size - 1
    assert f"(entry {last}, November 20, 2012), but later than this day" in page
    assert "/en/on-archa/acts/HoldSession/" in page


def test_whose_act_it_is_not_gets_no_link(person, budget):
    chair = person("on-archa-chair")
    page = panel(chair.post("/en/on-archa/acts/AdoptBudget/", budget).content.decode())
    assert "draft" in page
    assert "PublishDraftBudget" not in page and "acts/HoldHearing/" in page


def test_a_day_outside_the_budget_year_is_not_called_overspending(person):
    recorder = person("on-archa-recorder")
    said = {"actor": "executive", "held_on": "2012-10-15", "year": "2011", "source": "local"}
    said |= {"amount": "1", "purpose": "Жол", "paper_number": "№ 1", "paper_day": "2012-10-15"}
    page = panel(recorder.post("/en/on-archa/acts/Spend/", said).content.decode())
    assert "this day is not in the budget year 2011" in page
    missing = page.partition('class="missing"')[2].partition("</ul>")[0]
    assert "stays within the budget" not in page
    assert "exceeds" not in missing and "acts/AdoptBudget/" not in page


def test_a_later_session_is_pointed_at_and_nothing_is_done_twice(person, budget):
    """The draft was published and heard after the session of the form, and a session came after."""
    recorder, at = person("on-archa-recorder"), "/en/on-archa/acts/AdoptBudget/"
    lines = {key: value for key, value in budget.items() if key.startswith("lines_")}
    said = {"held_on": "2012-11-20", "year": "2013", "paper_number": "№ 1", "paper_day": ON}
    for act, more in (("PublishDraftBudget", {}), ("HoldHearing", {"participants": "40"})):
        sent = recorder.post(
            f"/on-archa/acts/{act}/", {**lines, **said, "actor": "executive", **more}
        )
        assert sent.status_code == 302, sent.content.decode()
    session(recorder, "on-archa", "2012-11-21")
    page = panel(recorder.post(at, budget).content.decode())
    assert "There is a later session: No. 77 of November 21, 2012" in page
    assert "acts/PublishDraftBudget/" not in page and "acts/HoldHearing/" not in page


def test_a_reason_that_is_too_short_stays_where_it_was_written(person, budget):
    recorder, at = person("on-archa-recorder"), "/en/on-archa/acts/AdoptBudget/"
    answer = recorder.post(at, {**budget, "insist": "мало"})
    page = answer.content.decode()
    assert answer.status_code == 400 and 'href="#id_insist"' in page and ">\nмало<" in page


def test_the_entry_gives_the_reason_that_the_refusal_gave(person):
    recorder, at = person("on-archa-recorder"), "/en/on-archa/acts/Spend/"
    said = {"actor": "executive", "held_on": "2012-10-21", "year": "2014", "source": "local"}
    said |= {"amount": "901", "purpose": "Жол", "paper_number": "№ 1", "paper_day": "2012-10-21"}
    refused = recorder.post(at, said)
    assert refused.status_code == 409
    told = "not in the budget year 2014"
    assert told in refused.content.decode()
    sent = recorder.post(at, {**said, "insist": "Акча чындап жумшалган"})
    assert sent.status_code == 302
    assert told in recorder.get(sent.url.partition("#")[0]).content.decode()
