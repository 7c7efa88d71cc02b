"""The pages' Jinja2: what a template can call, and that a name nobody gave is an error."""

import json
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from jinja2 import Environment, StrictUndefined

from kerege.kyrgyz import hyphenation
from kerege.municipality import telling
from kerege.web.saying import language, w


def environment(**options: Any) -> Environment:
    """For Django's Jinja2 backend. Whatever is printed is escaped; ``auto_reload`` stays off, so a
    template is compiled once a process."""
    made = Environment(
        **{**options, "undefined": StrictUndefined, "auto_reload": False, "cache_size": -1},
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals = {
        "w": w,
        "url": url,
        "query": query,
        "in_language": in_language,
        # A file is called by its content: its address stands until the server starts anew.
        "static": cache(static),
        # The frame asks for these on every page; a view gives them where there is something.
        "place": None,
        "breadcrumbs": (),
    }
    made.filters["soften"] = softened
    # As text, which is escaped like any other.
    made.filters["json"] = json.dumps
    made.filters["number"] = lambda value: telling.number(value, language())
    return made


def softened(text: str) -> str:
    """Where a narrow screen may break the long words of a text; on pages in Kyrgyz alone."""
    # Of markup only the words could be broken, and those cannot be told from the tags.
    plain = language() == "ky" and not hasattr(text, "__html__")
    return hyphenation.soften(text) if plain else text


def url(name: str, *args: Any) -> str:
    """The address of a page in the language of this one."""
    return _url(language(), name, args)


@lru_cache(maxsize=4096)
def _url(language: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=args)


def in_language(said: str) -> str:
    """The attribute of an element whose text is in another language than the page."""
    return "" if said == language() else mark_safe(f' lang="{said}"')


def query(request: HttpRequest, **changed: Any) -> str:
    """The query string of a request with some of it changed."""
    asked = request.GET.copy()
    for name, value in changed.items():
        asked[name] = value
    return f"?{asked.urlencode()}"
