"""What a page reads of its address: all else is left out before the page is made, so that it is no
other page by it, and no link repeats it.

``@reads("on")`` names the parameters of a view; ``more`` gives names that are known only later.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

# No page reads more letters of anything.
LETTERS = 300

View = Callable[..., HttpResponse]


def reads(*names: str, more: Callable[[], Collection[str]] = tuple) -> Callable[[View], View]:
    """A view that reads these parameters of its address and no other."""

    def read() -> tuple[str, ...]:
        return (*names, *more())

    def of(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *said: Any, **named: Any) -> HttpResponse:
            request.META["QUERY_STRING"] = kept(request, read())
            # Read once and kept by Django.
            vars(request).pop("GET", None)
            return view(request, *said, **named)

        vars(shown)["reads"] = read
        return shown

    return of


def kept(request: HttpRequest, names: Collection[str]) -> str:
    """The query of a request without what a page does not read, in the order of its names. Raises
    SuspiciousOperation where there are too many parameters."""
    asked = request.GET
    said = QueryDict(mutable=True)
    for name in names:
        if name in asked:
            said[name] = asked[name][:LETTERS]
    return said.urlencode()
