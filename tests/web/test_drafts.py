"""Drafts: kept by a button or by the page itself, found again, gone when the act is sent."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kerege.web import drafts
from kerege.web.models import Account, Draft, Row
from kerege.web.places import place
from tests.web.acting import form_id, send

pytestmark = pytest.mark.usefixtures("demo")

DEMAND = "/on-archa/acts/DemandAccount/"
SAID = {
    "actor": "kenesh",
    "held_on": "2012-11-12",
    "of": "head",
    "about": "Көпүрө",
    "id": form_id("x"),
}


def test_a_draft_kept_by_the_button_is_there_again(person):
    recorder = person("on-archa-recorder")
    rows = Row.objects.count()
    kept = recorder.post(f"/en{DEMAND}", {**SAID, "draft": "1"})
    assert kept.status_code == 200 and "Nothing has entered the register" in kept.content.decode()
    page = recorder.get(f"/en{DEMAND}").content.decode()
    assert (
        "This is your draft" in page
        and 'value="Көпүрө"' in page
        and f'value="{SAID["id"]}"' in page
    )
    desk = recorder.get("/en/desk/").content.decode()
    assert "Your drafts" in desk
    assert Row.objects.count() == rows


def test_a_draft_is_shown_to_nobody_else(person):
    person("on-archa-recorder").post(DEMAND, {**SAID, "draft": "1"})
    assert "Көпүрө" not in person("on-archa-chair").get(DEMAND).content.decode()


def test_lines_of_a_budget_and_ticks_come_back(person):
    recorder = person("on-archa-recorder")
    line = {"lines_3_name": "Жол", "lines_3_source": "local", "lines_3_amount": "12 000"}
    recorder.post("/on-archa/acts/AdoptBudget/", {"year": "2013", **line, "draft": "1"})
    page = recorder.get("/on-archa/acts/AdoptBudget/").content.decode()
    assert 'value="Жол"' in page and 'value="12 000"' in page and 'value="2013"' in page


def test_what_is_personal_is_not_kept_and_the_page_says_so(person):
    recorder = person("on-archa-recorder")
    address = "/en/on-archa/acts/RequestMeeting/"
    page = recorder.get(address).content.decode()
    assert "it is personal data" in page
    said = {"about": "Суу", "applicant": "Асан Усенов", "insist": "Болду", "draft": "1"}
    recorder.post(address, said)
    kept = json.loads(Draft.objects.get().fields)
    assert kept["about"] == ["Суу"] and not {"applicant", "insist"} & set(kept)


def test_what_is_personal_is_not_carried_through_signing_in(client):
    client.post("/on-archa/acts/RequestMeeting/", {"about": "Суу", "applicant": "Асан Усенов"})
    assert client.session["typed_unsigned"]["said"] == {"about": ["Суу"]}


def test_two_windows_the_last_one_stands_and_it_is_said(person):
    recorder = person("on-archa-recorder")
    first = recorder.post(f"/en{DEMAND}", {**SAID, "live": "1"}).content.decode()
    seen = first.partition('name="seen" value="')[2].partition('"')[0].replace("&#43;", "+")
    again = recorder.post(f"/en{DEMAND}", {**SAID, "seen": seen, "live": "1"}).content.decode()
    assert "another window" not in first + again
    other = {**SAID, "about": "Мектеп", "seen": seen, "live": "1"}
    assert "another window" in recorder.post(f"/en{DEMAND}", other).content.decode()
    assert 'value="Мектеп"' in recorder.get(DEMAND).content.decode()


def test_another_demand_is_another_draft(person):
    recorder = person("on-archa-recorder")
    for year in ("2013", "2014"):
        at = f"/on-archa/acts/AdoptBudget/?year={year}"
        recorder.post(at, {"year": year, "draft": "1"})
    assert Draft.objects.count() == 2
    page = recorder.get("/on-archa/acts/AdoptBudget/?year=2013").content.decode()
    assert 'value="2013"' in page and 'value="2014"' not in page


def test_a_draft_is_discarded(person):
    recorder = person("on-archa-recorder")
    recorder.post(DEMAND, {**SAID, "draft": "1"})
    assert recorder.post(DEMAND, {"discard": "1"}).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_ends_when_its_act_is_sent_and_a_window_left_open_brings_none_back(person):
    chair = person("on-archa-recorder")
    said = {"kind": "ordinary", "number": "77", "present": "11", "agenda": "Көпүрө"}
    at = "/on-archa/acts/HoldSession/"
    form = {"actor": "kenesh", "held_on": "2012-11-12", "id": form_id("window"), **said}
    chair.post(at, {**form, "draft": "1"})
    assert chair.post(at, form).status_code == 302
    assert not Draft.objects.exists()
    late = chair.post(f"/en{at}", {**form, "live": "1"}).content.decode()
    assert "in the register already" in late and not Draft.objects.exists()


def test_what_the_law_refused_is_there_when_one_comes_back(person):
    recorder = person("on-archa-recorder")
    at = "/on-archa/acts/HoldSession/"
    said = {"kind": "ordinary", "number": "78", "present": "3", "agenda": "Кыштын камы"}
    form = {"actor": "kenesh", "held_on": "2012-11-12", "id": form_id("refused"), **said}
    assert recorder.post(at, form).status_code == 409
    assert "Кыштын камы" in recorder.get(at).content.decode()
    assert recorder.post(at, {**form, "present": "11"}).status_code == 302
    assert not Draft.objects.exists()


def test_there_are_so_many_drafts_and_so_long(person):
    recorder = person("on-archa-recorder")
    account, here = Account.objects.get(username="on-archa-recorder"), place("on-archa")
    now = datetime.now(UTC)
    for k in range(drafts.MOST):
        one = drafts.Form(account, here.register, "DemandAccount", "m", str(k))
        drafts.save(one, {"about": ["…"]}, "", now)
    full = recorder.post(f"/en{DEMAND}", {**SAID, "draft": "1"})
    assert full.status_code == 400 and "50 drafts already" in full.content.decode()
    assert 'value="Көпүрө"' in full.content.decode()
    Draft.objects.all().delete()
    long = recorder.post(f"/en{DEMAND}", {**SAID, "about": "ү" * 20_000, "draft": "1"})
    assert "Too long for a draft" in long.content.decode() and not Draft.objects.exists()


def test_an_old_draft_is_gone(person):
    recorder = person("on-archa-recorder")
    recorder.post(DEMAND, {**SAID, "draft": "1"})
    old = datetime.now(UTC) - drafts.EXPIRES - timedelta(minutes=1)
    Draft.objects.update(updated_at=old)
    assert "Көпүрө" not in recorder.get(DEMAND).content.decode()
    recorder.post("/on-archa/acts/AdoptBudget/", {"year": "2013", "draft": "1"})
    assert [one.act for one in Draft.objects.all()] == ["AdoptBudget"]


def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(client, person):
    recorder = person("on-archa-recorder")
    own = next(m for m in place("on-archa").m.mandates.values() if m.post == "recorder")
    at = f"/en{DEMAND}?as={own.id}"
    said = {**SAID, "typist": typist(recorder.get(at))}
    recorder.logout()
    alone = client.post(at, {**said, "live": "1"})
    assert alone.status_code == 200 and "Your session has ended" in alone.content.decode()
    away = client.post(at, said)
    assert away.status_code == 302 and "/sign-in/" in away["Location"]
    rows = Row.objects.count()
    code = Account.objects.get(username="on-archa-recorder").code
    back = client.post(f"/en/sign-in/as/{code}/", {"next": at}, follow=True)
    page = back.content.decode()
    assert "This is your draft" in page and 'value="Көпүрө"' in page
    assert Draft.objects.count() == 1 and Row.objects.count() == rows


def typist(page):
    """What a form says of whose it is."""
    return re.search('name="typist" value="([^"]+)"', page.content.decode())[1]


@pytest.mark.parametrize("instead", ["on-archa-deputy", "on-archa-resident"])
def test_what_one_typed_nobody_else_reads_whatever_they_may_do(client, person, instead):
    at = "/en/on-archa/acts/RaiseIssue/"
    said = {"title": "Жол", "text": "Жолду качан оңдойбуз? Кыш келе жатат."}
    said["typist"] = typist(person("on-archa-recorder").get(at))
    client.logout()
    client.post(at, said)
    code = Account.objects.get(username=instead).code
    client.post(f"/en/sign-in/as/{code}/")
    assert "Кыш келе" not in client.get(at).content.decode()
    # Nor under the address of a mandate.
    assert "Кыш келе" not in client.get(f"{at}?as=1.0").content.decode()


def test_what_one_typed_is_back_at_the_plain_address_too(client, person):
    recorder = person("on-archa-recorder")
    said = {**SAID, "typist": typist(recorder.get(DEMAND))}
    recorder.logout()
    client.post(DEMAND, said)
    code = Account.objects.get(username="on-archa-recorder").code
    back = client.post(f"/sign-in/as/{code}/", {"next": DEMAND}, follow=True)
    assert 'value="Көпүрө"' in back.content.decode()


def test_what_one_typed_is_not_shown_to_who_signs_in_instead(client):
    own = next(m for m in place("on-archa").m.mandates.values() if m.post == "recorder")
    at = f"/en{DEMAND}?as={own.id}"
    client.post(at, SAID)
    chair = Account.objects.get(username="on-archa-chair").code
    page = client.post(f"/en/sign-in/as/{chair}/", {"next": at}, follow=True).content.decode()
    assert "Көпүрө" not in page


def test_two_windows_send_the_same_act_and_it_is_written_once(person):
    recorder = person("on-archa-recorder")
    at = "/on-archa/acts/HoldSession/"
    ids = {identity(recorder.get(at).content.decode()) for _ in range(2)}
    assert len(ids) == 1
    form = {"actor": "kenesh", "held_on": "2012-11-12", "id": ids.pop(), "kind": "ordinary"}
    form |= {"number": "77", "present": "11", "agenda": "Көпүрө"}
    first, second = recorder.post(at, form), recorder.post(at, form)
    assert first.status_code == 302 and first["Location"] == second["Location"]
    # Gone back, and something else written: that is another act, and nothing typed is lost.
    other = recorder.post(f"/en{at}", {**form, "number": "78"})
    page = other.content.decode()
    assert other.status_code == 400 and "Another act was sent" in page and 'value="78"' in page
    again = recorder.post(at, {**form, "number": "78", "id": identity(page)})
    assert again.status_code == 302 and again["Location"] != first["Location"]
    assert identity(recorder.get(at).content.decode()) not in (form["id"], identity(page))


def identity(page: str) -> str:
    return page.partition('name="id" value="')[2].partition('"')[0]


def test_the_desk_asks_little_of_the_database(person):
    recorder = person("on-archa-recorder")
    # The first two begin the session of an official.
    recorder.get("/desk/")
    recorder.get("/desk/")
    with CaptureQueriesContext(connection) as asked:
        assert recorder.get("/desk/").status_code == 200
    assert len(asked) <= 8, [one["sql"][:100] for one in asked]


def test_the_desk_leads_to_the_form_that_does_what_is_owed(person):
    recorder = person("on-archa-recorder")
    session = send(
        recorder,
        "on-archa",
        "HoldSession",
        on="2012-11-12",
        kind="ordinary",
        number="77",
        present="11",
        agenda="Жарык",
    )
    held = session["Location"].removesuffix("/#recorded").rpartition("/")[2]
    vote = {"session": held, "votes_for": "9", "due": "2012-12-03", "of": "head"}
    send(recorder, "on-archa", "DemandAccount", on="2012-11-12", about="Жарык", **vote)
    n = place("on-archa").m.size - 1
    desk = person("on-archa-head").get("/en/desk/").content.decode()
    link = desk.partition(f"&amp;demand={n}")[0].rpartition('href="')[2]
    assert link.startswith("/en/on-archa/acts/ReportToKenesh/?as=")
    form = person("on-archa-head").get(f"{link}&demand={n}").content.decode()
    assert f'<option value="{n}" selected>' in form


def test_the_same_said_in_a_form_opened_anew_is_asked_about_once(person):
    recorder, at = person("on-archa-recorder"), "/en/on-archa/acts/ReportToCommunity/"
    form = {"actor": "executive", "held_on": "2012-11-12", "year": "2012", "summary": "Жол"}
    form |= {"participants": "30", "paper_number": "7", "paper_day": "2012-11-12"}
    one = recorder.post(at, {**form, "id": form_id("one")})
    assert one.status_code == 302, one.content.decode()
    before = Row.objects.count()
    again = recorder.post(at, {**form, "id": form_id("two")})
    page = again.content.decode()
    assert again.status_code == 400 and "If this is another one, send it once more" in page
    assert 'name="again" value="1"' in page and Row.objects.count() == before
    assert recorder.post(at, {**form, "id": form_id("two"), "again": "1"}).status_code == 302
    assert (
        recorder.post(at, {**form, "summary": "Көпүрө", "id": form_id("three")}).status_code == 302
    )
    assert Row.objects.count() == before + 2
