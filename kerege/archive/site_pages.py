"""The pages of a site, as text: nothing in them runs, and no link leads outside.

Templates escape whatever they print. Addresses are made here, of numbers and hashes only, and are
relative, so that the pages open from a folder as from any address of a web server.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from kerege.archive import verifier
from kerege.archive.site_reading import Exported
from kerege.archive.site_telling import Standing, Telling, say
from kerege.municipality.dating import day_in_bishkek
from kerege.register import proof
from kerege.words import LANGUAGES

A_PAGE = 50
LATEST = 10
# A folder holds no more, so that sticks and cards of any make can carry a large register.
A_FOLDER = 1000
NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
TEMPLATES = ("index.html", "base.html", "front.html", "list.html", "entry.html", "parts.html")


def entry_at(n: int, kind: str = "html") -> str:
    """Where in its folder something of entry ``n`` stands."""
    return f"{n // A_FOLDER}/{n}.{kind}"


def list_at(page: int) -> str:
    """The file of a page of the list; page 1 has the newest entries."""
    return f"list-{page}.html"


@cache
def checker() -> bytes:
    """The single file that checks ``log/``, as this release makes it."""
    return verifier.build()


@cache
def template_text(name: str) -> str:
    return (resources.files("kerege") / "archive" / "site" / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=DictLoader({name: template_text(name) for name in TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"entry_at": entry_at, "list_at": list_at}
    return made


class Pages:
    """All pages of a site made from one export."""

    def __init__(self, source: Exported) -> None:
        self.source = source
        self.size = len(source.entries)
        standing = Standing(source)
        self._told = {one: Telling(source, standing, one) for one in LANGUAGES}
        self.exercise = source.m.identity is not None and source.m.identity.exercise

    def files(self) -> Iterator[tuple[str, str]]:
        """Every page as its path in the site and its text."""
        yield "index.html", self._index()
        yield "site.css", template_text("site.css")
        for language in LANGUAGES:
            yield f"{language}/index.html", self._front(language)
            for page in range(1, self.pages + 1):
                yield f"{language}/{list_at(page)}", self._list(language, page)
            for n in range(self.size):
                yield f"{language}/entries/{entry_at(n)}", self._entry(language, n)

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return -(-self.size // A_PAGE)

    def receipt(self, n: int) -> bytes:
        """The proof of an entry with its bytes and the checkpoint: complete in itself."""
        path = tuple(self.source.tree.inclusion(n))
        return proof.format(proof.Receipt(n, path, self.source.note, self.source.data[n]))

    def _index(self) -> str:
        places = [
            {
                "language": one,
                "own": NAMES[one],
                "title": say("site.title", one, place=self._told[one].name),
                "exercise": [say(f"site.{key}", one) for key in ("exercise_title", "exercise")],
            }
            for one in LANGUAGES
        ]
        template = _environment().get_template("index.html")
        return template.render(places=places, exercise=self.exercise)

    def _front(self, language: str) -> str:
        told = self._told[language]
        newest = range(self.size - 1, max(-1, self.size - 1 - LATEST), -1)
        return self._page(
            "front.html",
            language,
            "index.html",
            on=told.day(told.on),
            kind=told.kind,
            people=told.governing,
            entries=self._rows(told, newest),
            size=self.size,
            root=self.source.tree.root().hex(),
            keys=self.source.keys,
            checker=sha256(checker()).hexdigest(),
            recorded=told.day(day_in_bishkek(max(one.recorded_at for one in self.source.entries))),
            note=self.source.note.decode(),
            witnessed=[
                f"{name}: {told.day(at.date())}, {at:%H:%M} UTC"
                for name, at in sorted(self.source.witnessed.items())
            ],
        )

    def _list(self, language: str, page: int) -> str:
        told = self._told[language]
        newest = self.size - 1 - (page - 1) * A_PAGE
        return self._page(
            "list.html",
            language,
            list_at(page),
            number=page,
            total=self.pages,
            entries=self._rows(told, range(newest, max(-1, newest - A_PAGE), -1)),
            size=self.size,
        )

    def _entry(self, language: str, n: int) -> str:
        told, tree = self._told[language], self.source.tree
        return self._page(
            "entry.html",
            language,
            f"entries/{entry_at(n)}",
            n=n,
            heading=told.titles[n],
            tags=told.tags(n),
            notices=told.notices(n),
            facts=told.facts(n),
            lines=told.lines(n),
            law=told.law(n),
            size=self.size,
            list_page=(self.size - 1 - n) // A_PAGE + 1,
            leaf=tree.leaf(n).hex(),
            path=[one.hex() for one in tree.inclusion(n)],
            root=tree.root().hex(),
        )

    def _rows(self, told: Telling, numbers: range) -> list[dict[str, Any]]:
        return [
            {
                "n": n,
                "title": told.titles[n],
                "day": told.day(self.source.entries[n].held_on),
                "tags": told.tags(n),
            }
            for n in numbers
        ]

    def _page(self, template: str, language: str, here: str, **said: Any) -> str:
        """``here`` is where the page stands in the folder of its language."""
        told = self._told[language]
        return (
            _environment()
            .get_template(template)
            .render(
                w=told.w,
                language=language,
                languages=NAMES,
                here=here,
                up="../" * (here.count("/") + 1),
                place=told.name,
                exercise=self.exercise,
                **said,
            )
        )
