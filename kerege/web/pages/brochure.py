"""A leaf to print: two editions side by side, with what a municipality itself has to say."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.archive.replay import NotLived
from kerege.constitution import packs
from kerege.constitution.edition import Edition
from kerege.web.caching import public
from kerege.web.governance import governance
from kerege.web.pages.what_if import unanswered
from kerege.web.places import Place, municipality
from kerege.web.purses import purses
from kerege.web.replays import TooLong, lived_under
from kerege.web.rulings import article_said
from kerege.web.saying import language, w


@public
def brochure(request: HttpRequest, slug: str) -> HttpResponse:
    """A leaf to print: the points of two editions, with this municipality's own figures."""
    here = municipality(slug)
    on = here.latest
    first, last = compared(here)
    money, told = purses(here, on), points(first, last)
    return render(
        request,
        "brochure.html",
        {
            "place": here,
            "a": first.title[language()],
            "b": last.title[language()],
            "points": told,
            "numbered": [(f"p{k}", p["name"]) for k, p in enumerate(told, 1) if p["name"]],
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
    found, last_name = [], ""
    for anchor, article in last.articles.items():
        before, name = first.articles.get(anchor), words.topics[article.topic][here]
        found.append(
            {
                # Two articles of one topic stand under one heading.
                "name": "" if name == last_name else name,
                "a": before.words[here] if before is not None else "",
                "b": article.words[here],
                "article": article_said(article),
            }
        )
        last_name = name
    return found


def own(here: Place, edition: Edition) -> str:
    """What would have become of a place's own acts under an edition."""
    try:
        told = lived_under(here.register, edition.id)
    except (TooLong, NotLived) as error:
        return unanswered(here, edition, error)
    return w(
        "whatif.own",
        edition=edition.title[language()],
        refused=len(told.refused),
        fallen=len(told.fallen),
    )
