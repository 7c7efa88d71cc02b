"""The words of pages: every ``words/*.toml`` of this room, by key."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from importlib import resources

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from kerege.words import Words, WordsError, read


@cache
def page_words() -> dict[str, Words]:
    """All words of pages; a key that stands in two files is an error."""
    found: dict[str, Words] = {}
    room = resources.files("kerege") / "web/words"
    for file in sorted(room.iterdir(), key=lambda f: f.name):
        for key, words in read(file.read_text("utf-8"), file.name).items():
            if key in found:
                raise WordsError(f"{file.name}: {key} stands twice")
            found[key] = words
    return found


# A page asks for its language a hundred times, and Django answers slowly: it is asked once.
_spoken: ContextVar[str] = ContextVar("spoken", default="")


def one_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, right after Django has chosen the language of a request."""

    def answer(request: HttpRequest) -> HttpResponse:
        before = _spoken.set(_django_language())
        try:
            return get_response(request)
        finally:
            _spoken.reset(before)

    return answer


def language() -> str:
    """The language of the page being made."""
    return _spoken.get() or _django_language()


def _django_language() -> str:
    return (get_language() or "ky")[:2]


def w(key: str, **slots: object) -> str:
    """The words of a key in the language of the page; an unknown key is an error."""
    return page_words()[key].say(language(), **slots)
