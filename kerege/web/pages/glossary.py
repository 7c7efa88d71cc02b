"""The words of the law and of this house, in three languages, each once and by the alphabet."""

from collections.abc import Iterator
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs
from kerege.kyrgyz import letters
from kerege.web.caching import public
from kerege.web.saying import page_words, w
from kerege.words import Words


@public
def glossary(request: HttpRequest) -> HttpResponse:
    by_letter = groupby(terms(), key=lambda term: term["ky"][0].upper())
    sections = [
        {"letter": letter, "id": f"l{k}", "terms": list(found)}
        for k, (letter, found) in enumerate(by_letter)
    ]
    return render(request, "glossary.html", {"sections": sections})


def terms() -> list[dict[str, str]]:
    """Every word once, by the Kyrgyz alphabet; who acts and what is acted upon may have one word.
    What an act is stands in its name."""
    found: dict[str, dict[str, str]] = {}
    for name, word in _words():
        meaning = f"glossary.means_{name}"
        says = w(f"glossary.means_{name}") if meaning in page_words() else ""
        row = {"ky": word.ky, "ru": word.ru, "en": word.en, "means": says}
        found.setdefault(letters.fold(word.ky), row)
    return sorted(found.values(), key=lambda row: letters.sort_key(row["ky"]))


def _words() -> Iterator[tuple[str, Words]]:
    known = packs.load().vocabulary
    for table in (known.actors, known.objects, known.places):
        yield from table.items()
    yield from ((name, act.words) for name, act in known.acts.items())
