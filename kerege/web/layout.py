"""What every page shows around its content: languages, menu."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kerege.web.saying import language, w

# A longer query is not said again in every link to another language.
LONGEST = 2_000


def layout(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    here = language()
    path = request.get_full_path()
    if len(path) > LONGEST:
        path = request.path
    if getattr(request, "not_found", False):
        path = "/"
    bare = path[3:] if path[:4] in ("/ru/", "/en/") else path
    # What is refused at the door is refused before anybody knows who asks.
    user = getattr(request, "user", None)
    menu = _menu(here, user is not None and user.is_authenticated)
    return {
        "language": here,
        "languages": [
            {
                "code": code,
                "name": name,
                "url": bare if code == "ky" else f"/{code}{bare}",
                "current": code == here,
            }
            for code, name in settings.LANGUAGES
        ],
        "nav": [{**item, "current": item["url"] == request.path} for item in menu],
    }


@cache
def _menu(language: str, signed_in: bool) -> list[dict[str, Any]]:
    """The menu in the language of the page; ``post`` is for what changes something."""
    names = ["country", "law", *(["desk", "sign-out"] if signed_in else ["sign-in"])]
    return [
        {
            "name": w(f"layout.nav_{name.replace('-', '_')}"),
            "url": reverse(name),
            "post": name == "sign-out",
        }
        for name in names
    ]
