"""The search: one field over every register, the law and its words."""

import json
import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.kyrgyz.terms import LETTERS, asked
from kerege.municipality import telling
from kerege.web import search_index
from kerege.web.jinja import url
from kerege.web.registers import COUNTRY
from kerege.web.saying import language

A_PAGE = 20
# Whoever has not found it by then asks in other words.
PAGES = 25


def search(request: HttpRequest) -> HttpResponse:
    question = request.GET.get("q", "").replace("\0", "").strip()
    words = asked(question)
    page = page_asked(request.GET.get("page", ""))
    left = search_index.catch_up() if words else 0
    rows = search_index.ask(words, (page - 1) * A_PAGE, A_PAGE + 1)
    return render(
        request,
        "search.html",
        {
            "question": question[:LETTERS],
            "words": " ".join(one.word for one in words),
            "cut": len(question) > LETTERS,
            "found": [shown(*row) for row in rows[:A_PAGE]],
            "left": telling.number(left, language()) if left else "",
            "page": page,
            "older": page + 1 if len(rows) > A_PAGE and page < PAGES else 0,
        },
    )


def page_asked(said: str) -> int:
    """The page asked for, from 1; the first for anything else."""
    return min(max(int(said), 1), PAGES) if re.fullmatch("[0-9]{1,4}", said) else 1


def shown(kind: str, where: str, key: str, day: date | str | None, said: str) -> dict[str, Any]:
    here = language()
    title, beside = json.loads(said)[here]
    # SQLite's driver gives a day as it was written.
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return {
        "kind": kind,
        "url": address(kind, where, key),
        "title": title,
        "beside": beside,
        "day": telling.day(on, here) if on and kind == "entry" else "",
    }


def address(kind: str, where: str, key: str) -> str:
    if kind == "article":
        return f"{url('edition', where)}#{key}"
    if kind == "term":
        return url("glossary")
    if kind == "place":
        return url("country-register") if where == COUNTRY else url("place", where)
    return url("entry", where, int(key))
