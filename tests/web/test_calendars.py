"""Calendars: what a calendar program reads of a place."""

from datetime import date

import pytest
from django.utils import translation
from icalendar import Calendar

from kerege.municipality.record import Session
from kerege.web import caching
from kerege.web.owed import RECENT, owed_here
from kerege.web.places import place
from tests.web.acting import send, session

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture(autouse=True)
def nothing_kept():
    caching.forget()
    yield
    caching.forget()


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = Calendar.from_ical(answer.content)
    assert not found.errors and found.to_ical() == answer.content
    assert found["method"] == "PUBLISH" and found["name"] == found["x-wr-calname"]
    # Whoever publishes says who calls: RFC 5546, 3.2.1.
    here = address.removesuffix("calendar.ics")
    assert str(found["url"]) == f"http://testserver{here}"
    for one in found.walk("VEVENT"):
        assert str(one["organizer"]) == found["url"] and one["organizer"].params["CN"]
        assert one["uid"] and one["dtstamp"].dt.tzinfo is not None
    return [one for one in found.walk("VEVENT") if not one.errors]


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@pytest.mark.parametrize("slug", ["naryn", "on-archa", "kg"])
def test_a_calendar_is_read_back_as_it_was_written(client, slug, prefix):
    found = read(client, f"{prefix}/{slug}/calendar.ics")
    uids = [str(one["uid"]) for one in found]
    assert len(uids) == len(set(uids))
    here = place(slug)
    sessions = {s.day for s in here.m.all(Session) if s.day >= here.today - RECENT}
    told = {
        one.decoded("dtstart") for one in found if "Session" in one["categories"].to_ical().decode()
    }
    assert told == sessions


def test_uids_do_not_change_with_the_language(client):
    first, second = (
        sorted(str(one["uid"]) for one in read(client, f"{prefix}/on-archa/calendar.ics"))
        for prefix in ("", "/en")
    )
    assert first == second and first


def test_a_duty_has_its_day_and_its_article(client, person):
    secretary = person("on-archa-recorder")
    held = session(secretary, "on-archa", "2012-12-20")
    said = {"of": "head", "about": "Жарык; суу, жол", "due": "2013-01-21"}
    vote = {"session": held, "votes_for": "9"}
    before = client.get("/en/on-archa/calendar.ics")
    sent = send(secretary, "on-archa", "DemandAccount", on="2012-12-20", **vote, **said)
    assert sent.status_code == 302
    after = client.get("/en/on-archa/calendar.ics")
    assert after.content != before.content
    found = [one for one in read(client, "/en/on-archa/calendar.ics") if "Жарык" in one["summary"]]
    (duty,) = [one for one in found if one.decoded("dtstart") == date(2013, 1, 21)]
    assert "Жарык; суу, жол" in str(duty["summary"])
    assert "Article 111(2) – So we read it: http" in duty["description"]
    assert "http://testserver/en/law/kg-2010/#subordination" in duty["description"]
    assert str(duty["url"]) == "http://testserver/en/on-archa/#owed"


def test_the_calendar_knows_what_the_page_knows(client):
    here = place("on-archa")
    with translation.override("ky"):
        waiting = [
            one
            for one in owed_here(here, here.today)
            if one.state in ("open", "overdue") and one.due_on >= here.today - RECENT
        ]
    found = read(client, "/on-archa/calendar.ics")
    told = [str(one["summary"]) for one in found]
    assert waiting and all(one.what in told for one in waiting)


def test_a_calendar_has_a_weak_tag(client):
    first = client.get("/naryn/calendar.ics")
    again = client.get("/naryn/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert first["ETag"].startswith('W/"') and again.status_code == 304


def test_pages_lead_to_the_calendar(client):
    for address in ("/ru/naryn/", "/ru/naryn/bodies/kenesh/"):
        page = client.get(address).content.decode()
        assert '<link rel="alternate" type="text/calendar" href="/ru/naryn/calendar.ics"' in page
        assert 'href="/ru/naryn/calendar.ics"' in page
