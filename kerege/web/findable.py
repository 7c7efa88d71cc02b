"""What the search can find, and by which words: entries, places, bodies, persons, the law, its
words. Only what pages show to everyone: of personal data not even that it is there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerege.constitution import packs, saying
from kerege.kyrgyz.terms import terms
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Kind, Lines, Names, Text
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Body, Mandate
from kerege.municipality.telling import Teller
from kerege.web.models import Register
from kerege.web.places import Place
from kerege.web.saying import page_words
from kerege.words import LANGUAGES, Words

# By what a number begins with: what is found later stands first. Who has which account stands last.
KINDS = ("article", "term", "entry", "person", "body", "place")
_ASIDE = "LinkAccount"
# What the law calls the two kinds of bodies.
_NAMED = {"representative_body": "kenesh", "executive_body": "executive"}
Texts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """One of them as it is kept. ``title`` and ``beside`` are shown; ``texts`` are words with their
    language, or without one where anybody may have written them; ``aside`` puts it last."""

    kind: str
    register: int
    n: int
    where: str
    key: str
    day: date | None
    title: dict[str, str]
    beside: dict[str, str]
    texts: Texts
    aside: bool = False

    @property
    def id(self) -> int:
        """Kind, day, register and number in 63 bits, the kind first."""
        day = min(self.day.toordinal() if self.day else 0, (1 << 20) - 1)
        rank = 0 if self.aside else KINDS.index(self.kind) + 1
        start = (rank << 20 | day) << 16 | self.register & 0xFFFF
        return start << 24 | self.n & 0xFFFFFF

    @property
    def said(self) -> str:
        shown = {language: [self.title[language], self.beside[language]] for language in LANGUAGES}
        written = [text for language, text in self.texts if not language and text]
        if self.kind == "entry" and written:
            # What a question may be answered by without standing in the title.
            shown[""] = written
        return json.dumps(shown, ensure_ascii=False)

    @property
    def terms(self) -> list[str]:
        own = [*self.title.items(), *self.beside.items()]
        return sorted(terms([*own, *self.texts]))


class Sayer:
    """Says things of one register in all three languages."""

    def __init__(self, register: Register) -> None:
        self.register, self.place = register, Place(register)
        self.m: Municipality = self.place.m
        self._tellers: dict[tuple[date, str], Teller] = {}
        identity = self.m.identity
        places = packs.load().vocabulary.places
        # Who is called «айыл башчысы» in a village is a head of an executive body in the law.
        self._kind = places[identity.kind].json() if identity else {}
        rural = identity is not None and identity.kind == "aiyl_aimak"
        self._head = page_words()["search.head_of_aiyl" if rural else "search.head_of_city"].json()
        republic = page_words()["country.republic"]
        self.name = {one: identity.name(one) if identity else republic[one] for one in LANGUAGES}

    def teller(self, on: date, language: str) -> Teller:
        if (on, language) not in self._tellers:
            names = self.place.names(on)
            self._tellers[on, language] = Teller(self.m, packs.load(), ACTS, language, names)
        return self._tellers[on, language]

    def entry(self, n: int, entry: Entry) -> Found:
        said = {x: self.teller(entry.held_on, x).sentence(entry, n) for x in LANGUAGES}
        texts: Texts = list(packs.load().vocabulary.acts[entry.act].words.json().items())
        texts += [("", text) for text in self._written(n, entry)]
        return Found(
            "entry", self.register.pk, n, self.register.slug, str(n), entry.held_on, said,
            self.name, texts, aside=entry.act == _ASIDE,
        )  # fmt: skip

    def _written(self, n: int, entry: Entry) -> Iterator[str]:
        """What people wrote into an entry, as it was and as it was said anew."""
        told = ACTS[entry.act].told()
        for name, value in entry.fields.items():
            yield from _texts(told[name].kind, value)
        yield from self.m.corrections.get(n, {}).values()
        yield entry.reason
        if entry.evidence:
            yield entry.evidence.number

    def standing(self) -> Iterator[Found]:
        """The place itself, its bodies and its people."""
        slug, id_ = self.register.slug, self.register.pk
        identity = self.m.identity
        if identity is not None:
            # «Он-Арча» is also typed «Онарча».
            joined = [(x, name.replace("-", "")) for x, name in self.name.items()]
            texts = [("", identity.code), *joined]
            yield Found("place", id_, 0, slug, "", None, self.name, self._kind, texts)
        for at, body in enumerate(self.m.all(Body)):
            named = {x: body.name for x in LANGUAGES}
            key = str(body.entry)
            texts = [("", body.name)]
            beside = {x: self._body_beside(body, x) for x in LANGUAGES}
            yield Found("body", id_, at, slug, key, body.since, named, beside, texts)
        for at, one in enumerate(self.m.mandates.values()):
            yield self._person(at, one)

    def _person(self, at: int, one: Mandate) -> Found:
        said = {x: self.teller(one.since, x).mandate(one.post, one.holder) for x in LANGUAGES}
        beside = {x: self._beside(one, x) for x in LANGUAGES}
        called = (self._head if one.post == "head" else self._kind).items()
        return Found(
            "person", self.register.pk, at, self.register.slug, str(one.entry), one.since, said,
            beside, [("", one.holder), ("", one.title), *called],
        )  # fmt: skip

    def _beside(self, one: Mandate, language: str) -> str:
        """Where, and since when or until when; the day of an end is known on the day it is told."""
        since = telling.day(one.since, language)
        until = telling.last_day(one.until, language) if one.until else ""
        words = page_words()["search.from_until" if until else "search.since"]
        days = words.say(language, since=since, until=until)
        # Of a chair the title says again, in one language, what the post says in all.
        title = one.title if one.post == "official" else ""
        return ", ".join(part for part in (title, self.name[language], days) if part)

    def _body_beside(self, body: Body, language: str) -> str:
        """What a body is called in the law of its day, for its own name is as it was written."""
        names, words = self.place.names(body.since), packs.load().vocabulary
        kind = names.get(_NAMED.get(body.kind, "")) or words.objects.get(body.kind)
        said = kind[language] if kind is not None else ""
        return ", ".join(part for part in (said, self.name[language]) if part)


def _texts(kind: Kind, value: Any) -> Iterator[str]:
    if isinstance(kind, Lines):
        yield from (line["name"] for line in value or ())
    elif isinstance(kind, Names):
        yield from value or ()
    elif isinstance(kind, Text):
        yield str(value or "")


def of_the_law() -> Iterator[Found]:
    """Articles of every edition and law, and the words of the vocabulary."""
    known = packs.load()
    for at, one in enumerate(known.editions.values()):
        for n, (anchor, article) in enumerate(one.articles.items()):
            said, of = article.words.json(), one.title.json()
            if article.article:
                # Whoever has a paper in hand has the number of an article.
                of = {x: f"{of[x]}, {saying.article_said(article, x)}" for x in LANGUAGES}
            yield Found("article", 0, at << 12 | n, one.id, anchor, None, said, of, [])
    vocabulary = known.vocabulary
    tables: tuple[dict[str, Words], ...] = (
        dict(vocabulary.actors), dict(vocabulary.objects), dict(vocabulary.places),
        {name: act.words for name, act in vocabulary.acts.items()},
    )  # fmt: skip
    heading = page_words()["glossary.title"].json()
    every = [word for table in tables for word in table.values()]
    for n, word in enumerate(every):
        yield Found("term", 0, n, "", "", None, word.json(), heading, [])
