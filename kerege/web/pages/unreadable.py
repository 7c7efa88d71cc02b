"""Requests that cannot be taken: a form without its token, and one that is too big or broken, one
that is not ours, an address that is not there; and those that we failed at."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.web.saying import w


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The browser keeps no cookies, or the form stood open while its owner signed in or out."""
    said = {"title": w("unreadable.no_token"), "said": w("unreadable.no_token_hint")}
    return render(request, "unreadable.html", said, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        said = {"title": w("unreadable.foreign"), "said": w("unreadable.foreign_hint")}
    else:
        said = {"title": w("unreadable.bad"), "said": w("unreadable.bad_hint")}
    return render(request, "unreadable.html", said, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that is not there is in no other language either (``layout``)."""
    vars(request)["not_found"] = True
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what fails."""
    request.user = AnonymousUser()
    said = {"title": w("unreadable.failed"), "said": w("unreadable.failed_hint")}
    return render(request, "unreadable.html", said, status=500)
