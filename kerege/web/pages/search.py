"""The search: one field over every register, the law and its words."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.kyrgyz import letters
from kerege.kyrgyz.misspelt import meant as meant_by
from kerege.kyrgyz.terms import LETTERS, Asked, asked, asks_who, marked, parts
from kerege.municipality import telling
from kerege.municipality.territory import load
from kerege.web import pointing, search_index
from kerege.web.jinja import url
from kerege.web.models import Findable
from kerege.web.pages import country
from kerege.web.places import all_places
from kerege.web.reading import reads
from kerege.web.registers import COUNTRY
from kerege.web.saying import language, w

A_PAGE = 20
# There are villages of one name in many places.
NEAR = 5
# What the notice on the board asks, by where the page of a place answers it.
ASKED = {
    "governs": "board.who",
    "open": "board.decided",
    "money": "board.money",
    "owed": "board.promised",
    "part": "board.part",
}
# Where the page of a place answers, so much of the law stands below it.
ALSO = 3
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
    skip, nearly, who = (page - 1) * A_PAGE, False, asks_who(question)
    pointed = [shown((), *row) for row in pointing.entries(question)] if page == 1 else []
    rows = search_index.ask(words, skip, A_PAGE + 1, who=who)
    # What a question points at is what it asks for; nothing alike is shown beside it.
    if not (rows or pointed) and len(words) > 1 and not search_index.ask(words, 0, 1):
        nearly = True
        rows = search_index.ask(words, skip, A_PAGE + 1, but_one=True, who=who)
    right = put_right(question, words) if page == 1 and not pointed and (nearly or not rows) else ""
    answers = [(part, w(ASKED[part])) for part in parts(question)] if page == 1 else []
    found, also = apart(rows[:A_PAGE]) if answers else (rows[:A_PAGE], [])
    return render(
        request,
        "search.html",
        {
            "question": question[:LETTERS],
            "words": " ".join(one.word for one in words),
            "cut": len(question) > LETTERS,
            "found": [shown(words, *row) for row in found],
            "also": [shown(words, *row) for row in also],
            "nearly": nearly and bool(rows),
            "right": right,
            "pointed": pointed,
            "near": near(question, founds=country.founds(request)) if page == 1 else [],
            "named": bears_a_name(question) and not (rows and rows[0][0] == "place"),
            "answers": answers,
            "places_here": led_to(words) if answers else [],
            "left": telling.number(left, language()) if left else "",
            "page": page,
            "older": page + 1 if len(rows) > A_PAGE and page < PAGES else 0,
        },
    )


def apart(rows: Sequence[tuple]) -> tuple[list[tuple], list[tuple]]:
    """What places did and what there is in them, and a little of what the law says. That a law came
    into force answers nothing of a place."""
    law = [row for row in rows if row[0] in ("article", "term")]
    return [row for row in rows if row not in law and row[1] != COUNTRY], law[:ALSO]


def near(question: str, *, founds: bool = False) -> list[dict[str, Any]]:
    """Units of the country that bear the name that was asked for, or in which a village does."""
    villages = country.villages(question[: country.LETTERS])
    if not villages:
        return []
    # What bears the name itself stands before that in which a village does.
    homes = sorted(map(load().get, villages), key=lambda one: (bool(villages[one.code]), one.level))
    founded = country.founded_here(all_places())
    return country.shown(homes[:NEAR], founded, villages, founds=founds)


def bears_a_name(question: str) -> bool:
    """Whether what was asked is the name of a unit itself, not only of a village in one."""
    named = load().called(question[: country.LETTERS], adjectives=False)
    return any(one == home for one, home in named)


def led_to(question: Sequence[Asked]) -> list[dict[str, str]]:
    """Places whose page answers a question, those it names first."""
    return [
        {"name": name, "url": url("place", where)}
        for _, name, where in pointing.places(question)[: pointing.PLACES]
    ]


def put_right(question: str, words: Sequence[Asked]) -> str:
    """A question with the slips of the keyboard put right in the words that nothing has; empty
    where there is nothing to put right."""
    said = Findable.objects.exclude(kind="entry").values_list("said", flat=True)
    known = [json.loads(one) for one in said]
    # In the reader's own language before all others.
    own = [text for every in known for text in every[language()]]
    shown = [text for every in known for texts in every.values() for text in texts]
    right = letters.plain(question).lower()
    for one in words:
        if search_index.ask([one], 0, 1):
            continue
        # As it was typed, else without its endings.
        forms = [one.word, *sorted((stem[1:] for stem in one.stems), key=len, reverse=True)]
        meant = next(
            filter(None, (meant_by(f, texts) for texts in (own, shown) for f in forms)), ""
        )
        right = right.replace(one.word, meant) if meant else right
    return "" if right == letters.plain(question).lower() else right


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
