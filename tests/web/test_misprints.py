"""A misprint corrected in one step, from the page of its entry."""

import pytest

from kerege.web.places import place
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

ON = "2012-11-12"


@pytest.fixture
def entry(person) -> int:
    """A session whose agenda has a misprint."""
    said = {"kind": "ordinary", "number": "77", "present": "11", "agenda": "Көпрө салуу"}
    assert send(person("on-archa-recorder"), "on-archa", "HoldSession", on=ON, **said)
    return place("on-archa").m.size - 1


def link(page: str, field: str) -> str:
    return (
        page.partition(f"&amp;field={field}")[0].rpartition('href="')[2].replace("&amp;", "&")
        + f"&field={field}"
    )


def test_the_recorder_corrects_it_in_one_step(person, entry):
    recorder = person("on-archa-recorder")
    page = recorder.get(f"/en/on-archa/register/{entry}/").content.decode()
    at = link(page, "agenda")
    form = recorder.get(at).content.decode()
    assert "Көпрө салуу</textarea>" in form and "is corrected" in form
    for name in ("entry", "field", "actor", "held_on"):
        assert f'type="hidden" name="{name}"' in form
    data = {"entry": entry, "field": "agenda", "actor": "recorder", "held_on": ON, "id": ""}
    done = recorder.post(at, {**data, "text": "Көпүрө салуу"})
    assert done.status_code == 302
    after = recorder.get(f"/en/on-archa/register/{entry}/").content.decode()
    assert "Көпүрө салуу" in after and "Көпрө салуу" in after
    again = recorder.get(at).content.decode()
    assert "Көпүрө салуу</textarea>" in again


def test_what_is_no_misprint_stays_in_the_short_form_with_its_reason(person, entry):
    recorder = person("on-archa-recorder")
    at = link(recorder.get(f"/en/on-archa/register/{entry}/").content.decode(), "agenda")
    data = {"entry": entry, "field": "agenda", "actor": "recorder", "held_on": ON, "id": ""}
    wrong = recorder.post(at, {**data, "text": "Мектеп"})
    page = wrong.content.decode()
    assert wrong.status_code == 400 and "Мектеп</textarea>" in page
    assert 'type="hidden" name="entry"' in page


def test_nobody_else_is_offered_it(person, client, entry):
    address = f"/en/on-archa/register/{entry}/"
    assert "Correct a misprint" not in client_page(client, address)
    for one in ("on-archa-chair", "naryn-recorder"):
        assert "Correct a misprint" not in person(one).get(address).content.decode()


def client_page(client, address: str) -> str:
    client.logout()
    return client.get(address).content.decode()


def test_what_a_rule_reads_is_not_offered(person, entry):
    recorder = person("on-archa-recorder")
    page = recorder.get(f"/en/on-archa/register/{entry}/").content.decode()
    assert "&amp;field=number" in page and "&amp;field=present" not in page
    form = recorder.get(f"/en/on-archa/acts/Correct/?entry={entry}&field=present").content.decode()
    assert "is corrected" not in form and 'type="hidden" name="entry"' not in form
    for broken in ("entry=9999999&field=x", "entry=²&field=agenda", "entry=&field=agenda"):
        assert recorder.get(f"/en/on-archa/acts/Correct/?{broken}").status_code == 200


def test_from_the_list_of_acts_one_chooses_what_is_to_be_corrected_by_its_name(person, entry):
    recorder = person("on-archa-recorder")
    form = recorder.get("/en/on-archa/acts/Correct/").content.decode()
    chosen = form.partition('name="field"')[2].partition("</select>")[0]
    assert 'value="agenda"' in chosen and 'value="present"' not in chosen
    assert ">agenda<" not in chosen
    own = recorder.get(f"/en/on-archa/acts/Correct/?entry={entry}").content.decode()
    chosen = own.partition('name="field"')[2].partition("</select>")[0]
    assert 'value="agenda"' in chosen and chosen.count("<option") == 3
    data = {"entry": entry, "field": "holders", "actor": "recorder", "held_on": ON, "id": ""}
    wrong = recorder.post("/en/on-archa/acts/Correct/", {**data, "text": "Мектеп"})
    assert "There is no such field" in wrong.content.decode()
    assert "a rule reads it" not in wrong.content.decode()


def test_fields_stand_in_the_order_of_the_form_and_what_is_pointed_at_is_a_link(person, entry):
    said = {"session": str(entry), "votes_for": "9", "votes_against": "1", "votes_abstained": "1"}
    asked = {"of": "head", "about": "Жарык", "due": "2012-12-03"}
    recorder = person("on-archa-recorder")
    done = send(recorder, "on-archa", "DemandAccount", on=ON, **said, **asked)
    page = recorder.get(done.url.replace("/on-archa", "/en/on-archa", 1)).content.decode()
    assert f'href="/en/on-archa/register/{entry}/"' in page and f"Entry {entry}: " in page
    assert page.index(">For<") < page.index(">Against<") < page.index(">Abstained<")


def test_too_few_for_a_session_are_told_how_many_are_needed(person, entry):
    said = {"kind": "ordinary", "number": "78", "present": "3", "agenda": "Жол"}
    recorder = person("on-archa-recorder")
    refused = send(recorder, "on-archa", "HoldSession", on="2012-11-13", **said)
    page = refused.content.decode()
    assert refused.status_code == 409 and "Кеминде 8 депутат катышышы керек" in page
    assert "Кеңештин сессиясын өткөрүү – жергиликтүү кеңеш" not in page


def test_the_file_is_asked_for_before_its_hash(person, entry):
    page = person("on-archa-recorder").get("/en/on-archa/acts/AdoptBudget/").content.decode()
    folded = page.index("If you cannot give the file")
    assert page.index('name="document_file"') < folded < page.index('name="document"')


def test_where_nothing_was_said_there_is_no_misprint(person):
    recorder = person("on-archa-recorder")
    said = {"title": "Жол", "text": "Жолду оңдоо", "paper_number": "7", "paper_day": ON}
    send(recorder, "on-archa", "RaiseIssue", on=ON, actor="community", **said)
    n = place("on-archa").m.size - 1
    forged = {"entry": n, "field": "supporters", "text": "9000000", "actor": "recorder"}
    assert recorder.post("/on-archa/acts/Correct/", {**forged, "held_on": ON}).status_code == 400
    assert place("on-archa").m.size == n + 1


def test_what_no_rule_asked_is_said_to_be_unasked(person):
    recorder = person("on-archa-recorder")
    asked = {"about": "Суу", "text": "Суу жок", "group": "1"}
    paper = {"actor": "community", "paper_number": "7", "paper_day": ON}
    done = send(recorder, "on-archa", "RequestMeeting", on=ON, **asked, **paper)
    page = recorder.get(done.url.replace("/on-archa", "/en/on-archa", 1)).content.decode()
    assert "did not ask this: the initiative group is large enough." in page
    said = {"title": "Жол", "text": "Жолду оңдоо"}
    done = send(recorder, "on-archa", "RaiseIssue", on=ON, **said, **paper)
    page = recorder.get(done.url.replace("/on-archa", "/en/on-archa", 1)).content.decode()
    assert "did not ask this" not in page
    # A budget has lines of the republic or has none, whoever asks.
    budget = recorder.get("/en/on-archa/register/49/").content.decode()
    assert "2012" in budget and "did not ask this" not in budget
