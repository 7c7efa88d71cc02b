"""The search: one field over every register, the law and its words."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.kyrgyz.terms import LETTERS, Asked, asked, marked
from kerege.municipality import telling
from kerege.municipality.territory import load
from kerege.web import search_index
from kerege.web.jinja import url
from kerege.web.pages import country
from kerege.web.places import all_places
from kerege.web.reading import reads
from kerege.web.registers import COUNTRY
from kerege.web.saying import language

A_PAGE = 20
# There are villages of one name in many places.
NEAR = 5
# Whoever has not found it by then asks in other words.
PAGES = 25
# Letters of a text on each side of the word it was found by.
AROUND = 80


@reads("q", "page")
def search(request: HttpRequest) -> HttpResponse:
    question = request.GET.get("q", "").replace("\0", "").strip()
    words = asked(question)
    page = page_asked(request.GET.get("page", ""))
    left = search_index.catch_up() if words else 0
    skip, nearly = (page - 1) * A_PAGE, False
    rows = search_index.ask(words, skip, A_PAGE + 1)
    if not rows and len(words) > 1 and not search_index.ask(words, 0, 1):
        nearly, rows = True, search_index.ask(words, skip, A_PAGE + 1, but_one=True)
    return render(
        request,
        "search.html",
        {
            "question": question[:LETTERS],
            "words": " ".join(one.word for one in words),
            "cut": len(question) > LETTERS,
            "found": [shown(words, *row) for row in rows[:A_PAGE]],
            "nearly": nearly and bool(rows),
            "near": near(question) if page == 1 else [],
            "left": telling.number(left, language()) if left else "",
            "page": page,
            "older": page + 1 if len(rows) > A_PAGE and page < PAGES else 0,
        },
    )


def near(question: str) -> list[dict[str, Any]]:
    """Units of the country that bear the name that was asked for, or in which a village does."""
    villages = country.villages(question[: country.LETTERS])
    if not villages:
        return []
    homes = [load().get(code) for code in villages][:NEAR]
    return country.shown(homes, country.founded_here(all_places()), villages)


def page_asked(said: str) -> int:
    """The page asked for, from 1; the first for anything else."""
    return min(max(int(said), 1), PAGES) if re.fullmatch("[0-9]{1,4}", said) else 1


def shown(
    question: Sequence[Asked], kind: str, where: str, key: str, day: date | str | None, said: str
) -> dict[str, Any]:
    here, every = language(), json.loads(said)
    title, beside = every[here]
    # SQLite's driver gives a day as it was written.
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return {
        "kind": kind,
        "url": address(kind, where, key),
        "title": marked(title, question),
        "beside": marked(beside, question),
        "snippet": snippet(every.get("", ()), question) if kind == "entry" else [],
        "day": telling.day(on, here) if on and kind == "entry" else "",
    }


def snippet(texts: Sequence[str], question: Sequence[Asked]) -> list[tuple[str, bool]]:
    """The surroundings of the first word in what was written that answers a question, in pieces as
    ``marked`` gives them; nothing where no word does."""
    for text in texts:
        pieces = marked(" ".join(text.split()), question)
        at = next((k for k, (_, answers) in enumerate(pieces) if answers), None)
        if at is None:
            continue
        before = pieces[at - 1][0] if at else ""
        room = before if len(before) <= AROUND else "…" + before[-AROUND:].partition(" ")[2]
        after, found = AROUND, [(room, False)]
        for piece, answers in pieces[at:]:
            kept = piece if answers or len(piece) <= after else piece[:after].rpartition(" ")[0]
            found.append((kept, answers))
            after -= len(kept)
            if kept != piece or after <= 0:
                found.append(("…", False))
                break
        return [piece for piece in found if piece[0]]
    return []


def address(kind: str, where: str, key: str) -> str:
    if kind == "article":
        return f"{url('edition', where)}#{key}"
    if kind == "term":
        return url("glossary")
    if kind == "place":
        return url("country-register") if where == COUNTRY else url("place", where)
    return url("entry", where, int(key))
