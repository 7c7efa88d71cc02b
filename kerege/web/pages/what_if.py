"""A municipality's register lived again under another edition: what if, never unlawful."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.archive import retelling
from kerege.archive.outcome import Fallen, Passes, Refused, Replay
from kerege.archive.replay import NotLived
from kerege.constitution import packs
from kerege.constitution.edition import Edition
from kerege.municipality import telling
from kerege.municipality.entry import Entry
from kerege.web.caching import passing, public
from kerege.web.places import Place, place
from kerege.web.reading import reads
from kerege.web.registers import entries_of
from kerege.web.replays import TooLong, lived_under
from kerege.web.rulings import norms_shown
from kerege.web.saying import language, w

A_PAGE = 25


@public
@reads("edition", "page")
def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    known = packs.load()
    asked = request.GET.get("edition", "")
    choices = {one.id: one for one in known.constitutions()}
    wanted = choices.get(asked) or known.constitutions()[-1]
    shown: dict[str, Any] = {
        "place": here,
        "edition": wanted.title[language()],
        "chosen": wanted.id,
        "editions": [(e.id, e.title[language()]) for e in known.constitutions()],
        "statutes": [known.edition(id_).title[language()] for id_ in known.pinned(wanted.id)[1:]],
        "unanswered": "",
        "breadcrumbs": [{"name": here.name, "url": here.url}],
    }
    try:
        told = lived_under(here.register, wanted.id)
    except (TooLong, NotLived) as error:
        shown["unanswered"] = unanswered(here, wanted, error)
    else:
        shown |= _differences(here, told, request.GET.get("page"))
    return render(request, "what_if.html", shown)


def unanswered(here: Place, edition: Edition, why: TooLong | NotLived) -> str:
    """Why it is not said what would have been otherwise, and how it can be asked all the same."""
    passing()
    title = edition.title[language()]
    if isinstance(why, TooLong):
        command = f"kerege replay {here.slug} --under {edition.id}"
        return w("whatif.long", edition=title, size=why.size, command=command)
    return w("whatif.unanswered", edition=title)


def _differences(here: Place, told: Replay, number: str | None) -> dict[str, Any]:
    page = Paginator(retelling.otherwise(told), A_PAGE).get_page(number)
    numbers = {one.n for one in page}
    numbers.update(n for one in page if isinstance(one, Fallen) for n in one.because)
    entries = entries_of(here.register, numbers)
    return {
        "counts": counts(told),
        "page": page,
        "rows": [row(here, one, entries) for one in page],
    }


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
        shown["why"] = retelling.answer(one.ruling, one.book, language())
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
