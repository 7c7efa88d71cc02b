"""A municipality's register lived again under another edition, and the brochure made from it.

It says what if, never unlawful.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.archive import retelling
from kerege.archive.outcome import Fallen, Passes, Refused, Replay
from kerege.constitution import packs
from kerege.constitution.edition import Edition
from kerege.municipality import telling
from kerege.municipality.entry import Entry
from kerege.web.governance import governance
from kerege.web.places import Place, place
from kerege.web.purses import purses
from kerege.web.registers import entries_of
from kerege.web.replays import lived_under
from kerege.web.rulings import article_said, norms_shown
from kerege.web.saying import language, w

A_PAGE = 25


def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    known = packs.load()
    asked = request.GET.get("edition", "")
    choices = {one.id: one for one in known.constitutions()}
    wanted = choices.get(asked) or known.constitutions()[-1]
    told = lived_under(here.register, wanted.id)
    page = Paginator(retelling.otherwise(told), A_PAGE).get_page(request.GET.get("page"))
    numbers = {one.n for one in page}
    numbers.update(n for one in page if isinstance(one, Fallen) for n in one.because)
    entries = entries_of(here.register, numbers)
    return render(
        request,
        "what_if.html",
        {
            "place": here,
            "edition": wanted.title[language()],
            "chosen": wanted.id,
            "editions": [(e.id, e.title[language()]) for e in known.constitutions()],
            "statutes": [known.edition(id_).title[language()] for id_ in told.under[1:]],
            "counts": counts(told),
            "otherwise": len(told.refused) + len(told.fallen) + len(told.passes),
            "page": page,
            "rows": [row(here, one, entries) for one in page],
            "breadcrumbs": [{"name": here.name, "url": here.url}],
        },
    )


def counts(told: Replay) -> list[str]:
    """How much would have been otherwise, a sentence for each kind of it."""
    found = {
        "refused": len(told.refused),
        "fallen": len(told.fallen),
        "passes": len(told.passes),
        "not_stated": told.not_stated,
    }
    here = language()
    head = retelling.say("replay.judged", here, size=told.size, judged=told.judged)
    said = [retelling.say(f"replay.{kind}", here, count=n) for kind, n in found.items() if n]
    return [head, *said]


def row(
    here: Place, one: Refused | Fallen | Passes, entries: Mapping[int, Entry]
) -> dict[str, Any]:
    """An entry that would have been otherwise, and why."""
    words = packs.load().vocabulary
    shown: dict[str, Any] = {
        **_linked(here, one.n, entries),
        "answer": "",
        "norms": [],
        "because": [],
        "why": "",
        "missing": [],
    }
    if isinstance(one, Fallen):
        shown["because"] = [_linked(here, n, entries) for n in one.because]
        shown["why"] = retelling.why(one, language())
        shown["missing"] = retelling.lacks(one.missing, words, language())
    else:
        shown["answer"] = one.ruling.answer
        shown["why"] = retelling.answer(one.ruling, language())
        shown["norms"] = norms_shown(one.book, one.ruling.norms)
        shown["missing"] = retelling.lacks(one.ruling.missing, words, language())
    return shown


def _linked(here: Place, n: int, entries: Mapping[int, Entry]) -> dict[str, Any]:
    entry = entries[n]
    return {
        "n": n,
        "url": f"{here.url}register/{n}/",
        "title": here.sentence(entry, n),
        "day": telling.day(entry.held_on, language()),
    }


def brochure(request: HttpRequest, slug: str) -> HttpResponse:
    """A leaf to print: the points of two editions, with this municipality's own figures."""
    here = place(slug)
    on = here.latest
    first, last = compared(here)
    money = purses(here, on)
    return render(
        request,
        "brochure.html",
        {
            "place": here,
            "a": first.title[language()],
            "b": last.title[language()],
            "points": points(first, last),
            "people": governance(here, on).facts,
            "money_head": money.head if money else [],
            "money_rows": money.rows if money else [],
            "size": here.m.size,
            "own": [own(here, edition) for edition in (first, last)],
            "breadcrumbs": [{"name": here.name, "url": here.url}],
        },
    )


def compared(here: Place) -> Sequence[Edition]:
    """The oldest edition and the one a place lives under; the next where these are the same."""
    known = packs.load().constitutions()
    book = here.book(here.latest)
    mine = known.index(book.editions[0]) if book is not None else -1
    return known[0], known[mine or 1]


def points(first: Edition, last: Edition) -> list[dict[str, str]]:
    """What two editions say of each point that the second one speaks of, in plain words."""
    words, here = packs.load().vocabulary, language()
    found = []
    for anchor, article in last.articles.items():
        before = first.articles.get(anchor)
        found.append(
            {
                "name": words.topics[article.topic][here],
                "a": before.words[here] if before is not None else "",
                "b": article.words[here],
                "article": article_said(article),
            }
        )
    return found


def own(here: Place, edition: Edition) -> str:
    """What would have become of a place's own acts under an edition."""
    told = lived_under(here.register, edition.id)
    return w(
        "whatif.own",
        edition=edition.title[language()],
        refused=len(told.refused),
        fallen=len(told.fallen),
    )
