"""The newest entries of a register as a feed (Atom, RFC 4287), for programs that look for news.

An entry is known by a tag (RFC 4151) of the log it stands in, the day it was written down and its
number: the same in every language, and wherever the house is reached.
"""

import re
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.entry import Entry
from kerege.municipality.governing import POSTS
from kerege.web.listing import tags
from kerege.web.places import Place
from kerege.web.registers import entries_of
from kerege.web.saying import language, w

# So many are in a feed: those of some weeks, even of a busy place.
MOST = 40
BODIES = tuple(POSTS)
# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Feed(Atom1Feed):
    """A feed that is as new as its newest entry, and as old as the register's start without one."""

    def latest_post_date(self) -> datetime:
        days = [item["updateddate"] for item in self.items]
        return max(days, default=datetime(1970, 1, 1, tzinfo=UTC))


def numbers(here: Place, body: str, topic: str, first: int = 0) -> list[int]:
    """The numbers of the entries from ``first`` on that are of a body's own acts and of a topic,
    the newest first; empty stands for all."""
    words, m = packs.load().vocabulary.acts, here.m
    acts = {name for name, word in words.items() if not topic or word.topic == topic}
    return [
        n
        for n in range(m.size - 1, first - 1, -1)
        if m.acts[n] in acts and (not body or m.actors[n].kind == body)
    ]


def feed(here: Place, body: str, topic: str, site: str, address: str) -> str:
    """The feed as XML. ``site`` is the house with its scheme, ``address`` the feed's own."""
    made = _Feed(
        title=title(here, body, topic),
        link=f"{site}{here.url}register/",
        description="",
        language=language(),
        author_name=here.name,
        feed_url=address,
        feed_guid=address,
    )
    newest = numbers(here, body, topic)[:MOST]
    entries = entries_of(here.register, newest)
    for n in newest:
        made.add_item(**_item(here, n, entries[n], site))
    return made.writeString("utf-8")


def title(here: Place, body: str, topic: str) -> str:
    """What is followed: «Naryn: the kenesh, Who reports to whom»."""
    said = [part for part in (body_named(here, body), topic_named(topic)) if part]
    return f"{here.name}: {', '.join(said) or w('register.title')}"


def body_named(here: Place, body: str) -> str:
    """What the law of today calls a body here; empty for none."""
    if not body:
        return ""
    words = here.names(here.today).get(body)
    said = words[language()] if words else w(f"place.{body}")
    return said[:1].upper() + said[1:]


def topic_named(topic: str) -> str:
    return packs.load().vocabulary.topics[topic][language()] if topic else ""


def _item(here: Place, n: int, one: Entry, site: str) -> dict[str, Any]:
    authority, _, path = here.register.origin.partition("/")
    said = " · ".join(
        [telling.day(one.held_on, language()), *(w(f"layout.tag_{t}") for t in tags(here, one, n))]
    )
    topic = packs.load().vocabulary.acts[one.act].topic
    sentence = here.sentence(one, n)
    if n in here.m.contested:
        # A program that lists news may show nothing but titles.
        sentence = f"{w('layout.tag_contested')}: {sentence}"
    return {
        "title": _plain(sentence),
        "link": f"{site}{here.url}register/{n}/",
        "description": _plain(said),
        "unique_id": f"tag:{authority},{one.recorded_at:%Y-%m-%d}:{path}/{n}",
        "pubdate": one.recorded_at,
        "updateddate": one.recorded_at,
        "categories": [topic],
    }


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
