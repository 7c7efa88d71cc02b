"""The notice for the board at the okmotu: one leaf of A4 with large letters, what can be asked
here, the short address and its code of squares. Kyrgyz leads, whatever the language of the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kerege.web.pages.receipt import breakable
from kerege.web.pages.register import crumbs
from kerege.web.pictures.squares import squares
from kerege.web.places import municipality
from kerege.web.reached import site
from kerege.web.saying import page_words

QUESTIONS = ("board.who", "board.decided", "board.money", "board.promised", "board.part")


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    here = municipality(slug)
    # The address is read by everyone: the one without a language in front.
    with override("ky"):
        address = site(request) + reverse("place", args=[slug])
    identity = here.m.identity
    assert identity is not None
    names = {code: identity.name(code) for code in ("ky", "ru", "en")}
    return render(
        request,
        "board.html",
        {
            "place": here,
            "names": names,
            "questions": [page_words()[one] for one in QUESTIONS],
            "scan": page_words()["board.scan"],
            "free": page_words()["board.free"],
            "address": breakable(address.split("://", 1)[-1]),
            "squares": squares(address.encode(), address),
            "breadcrumbs": crumbs(here),
        },
    )
