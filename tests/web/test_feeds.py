"""Feeds: what a feed reader reads of a register, in each language, and that it is never behind."""

import html

import feedparser
import pytest
from django.test import Client

from kerege.constitution import packs
from kerege.web import caching, feeds
from kerege.web.places import place
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture(autouse=True)
def nothing_kept():
    caching.forget()
    yield
    caching.forget()


def read(client: Client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("slug", ["naryn", "on-archa", "kg"])
@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_feed_tells_the_newest_entries_in_the_language_of_its_address(client, prefix, slug):
    found = read(client, f"{prefix}/{slug}/feed.atom")
    here = place(slug)
    assert found.feed.language == (prefix[1:] or "ky")
    assert len(found.entries) == min(here.m.size, feeds.MOST)
    newest = found.entries[0]
    assert newest.link == f"http://testserver{prefix}/{slug}/register/{here.m.size - 1}/"
    page = client.get(f"{prefix}/{slug}/register/{here.m.size - 1}/").content.decode()
    said = html.unescape(page).replace("\xad", "")
    assert " ".join(newest.title.split()) in " ".join(said.split())
    assert len({one.id for one in found.entries}) == len(found.entries)
    assert {link.href for link in found.feed.links if link.rel == "self"} == {
        f"http://testserver{prefix}/{slug}/feed.atom"
    }


def test_an_entry_is_the_same_one_in_every_language(client):
    ids = [
        [one.id for one in read(client, f"{prefix}/naryn/feed.atom").entries]
        for prefix in ("", "/ru", "/en")
    ]
    assert ids[0] == ids[1] == ids[2]
    assert all(id_.startswith("tag:kerege.local,") for id_ in ids[0])


def test_a_feed_of_a_body_or_a_topic_has_its_acts_and_no_others(client):
    m, words = place("naryn").m, packs.load().vocabulary.acts
    for query, wanted in (
        ("body=kenesh", lambda n: m.actors[n].kind == "kenesh"),
        ("topic=S11", lambda n: words[m.acts[n]].topic == "S11"),
        (
            "body=kenesh&topic=S11",
            lambda n: m.actors[n].kind == "kenesh" and words[m.acts[n]].topic == "S11",
        ),
    ):
        found = read(client, f"/naryn/feed.atom?{query}").entries
        expected = [n for n in range(m.size - 1, -1, -1) if wanted(n)][: feeds.MOST]
        assert [int(one.link.rstrip("/").rpartition("/")[2]) for one in found] == expected
        assert expected


@pytest.mark.parametrize(
    "query", ["body=president", "topic=S99", "topic=<b>", "topic=S3'--", "body=kenesh%00"]
)
def test_there_is_no_feed_of_what_there_is_not(client, query):
    assert client.get(f"/naryn/feed.atom?{query}").status_code == 404
    assert client.get(f"/nowhere/feed.atom?{query}").status_code == 404


def test_a_feed_without_entries_is_a_feed(client):
    empty = read(client, "/kg/feed.atom?body=kenesh")
    assert empty.entries == [] and empty.feed.updated == "1970-01-01T00:00:00+00:00"


def test_a_feed_is_told_again_until_an_act_and_then_is_new_at_once(client, person):
    first = client.get("/naryn/feed.atom")
    assert first["ETag"].startswith('W/"')
    again = client.get("/naryn/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    writer = Client()
    writer.cookies = person("naryn-recorder").cookies.copy()
    client.cookies.clear()
    sent = send(
        writer, "naryn", "RaiseIssue", actor="community", title="<b>Көпүрө</b> & жол", text="…",
        paper="№ 7",
    )  # fmt: skip
    assert sent.status_code == 302
    after = client.get("/naryn/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200 and after["ETag"] != first["ETag"]
    assert b"<b>" not in after.content
    found = feedparser.parse(after.content, sanitize_html=False)
    assert not found.bozo and "Көпүрө" in found.entries[0].title


def test_pages_lead_to_the_feeds(client):
    for address, feed in (
        ("/ru/naryn/", "/ru/naryn/feed.atom"),
        ("/ru/naryn/register/", "/ru/naryn/feed.atom"),
        ("/ru/naryn/bodies/kenesh/", "/ru/naryn/feed.atom?body=kenesh"),
        ("/ru/kg/", "/ru/kg/feed.atom"),
    ):
        page = client.get(address).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}"' in page, address
        assert f'<a class="govuk-link" href="{feed}"' in page, address
