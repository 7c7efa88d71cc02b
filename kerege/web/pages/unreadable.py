"""Requests that cannot be taken: a form without its token, and one that is too big or broken, one
that is not ours, an address that is not there; and those that we failed at."""

import sys

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.web import documents
from kerege.web.saying import w

A_WHILE = 60
"""Seconds after which it is worth asking again where the database is away."""


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The browser keeps no cookies, or the form stood open while its owner signed in or out."""
    said = {"title": w("unreadable.no_token"), "said": w("unreadable.no_token_hint")}
    return render(request, "unreadable.html", said, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        said = {"title": w("unreadable.foreign"), "said": w("unreadable.foreign_hint")}
    elif isinstance(exception, RequestDataTooBig):
        most = {"typed": settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "file": documents.MOST}
        hint = w("unreadable.too_big_hint", **{k: v // 1_000_000 for k, v in most.items()})
        said = {"title": w("unreadable.too_big"), "said": hint}
        # Forms of acts alone are kept as drafts.
        match = request.resolver_match
        if match is not None and match.url_name == "act":
            said["again"] = request.get_full_path()
    else:
        said = {"title": w("unreadable.bad"), "said": w("unreadable.bad_hint")}
    return render(request, "unreadable.html", said, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that is not there is in no other language either (``layout``)."""
    vars(request)["not_found"] = True
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what fails: then browsers and those who watch the
    server are told that it is for a while."""
    request.user = AnonymousUser()
    said = {"title": w("unreadable.failed"), "said": w("unreadable.failed_hint")}
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    answer = render(request, "unreadable.html", said, status=503 if away else 500)
    if away:
        answer.headers["Retry-After"] = str(A_WHILE)
    return answer
