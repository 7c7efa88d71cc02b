"""The public files of registers and of the root, as an export writes them (``archive/export.py``).

For programs, from anywhere: no session, no language, readable from other sites' pages. What never
changes says so: a full tile, a rulebook; a paper too, but for a day only, since it can be erased.
Media types are those of c2sp.org/tlog-tiles.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from kerege.archive.export import REGISTER
from kerege.web.pages.documents import A_DAY
from kerege.web.public import Public, RootPublic
from kerege.web.registers import find
from kerege.web.standing import for_everyone

_TEXT = "text/plain; charset=utf-8"
_BYTES = "application/octet-stream"
_FOR_GOOD = "public, max-age=31536000, immutable"
# Asked again each time, and answered in a few bytes when nothing has changed.
_ASK_AGAIN = "public, no-cache"
_PARTIAL = "public, max-age=60"


class Readable(Protocol):
    """A log's files at one size."""

    def read(self, path: str) -> bytes | None: ...


@for_everyone
@require_safe
def log(request: HttpRequest, slug: str, path: str = "README") -> HttpResponseBase:
    """A file of a register."""
    register = find(slug)
    if register is None:
        return nothing()
    files = Public(register)
    if path == REGISTER:
        return whole(request, files)
    return answer(request, files, path)


@for_everyone
@require_safe
def root(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the root."""
    return answer(request, RootPublic(), path)


def answer(request: HttpRequest, files: Readable, path: str) -> HttpResponseBase:
    data = files.read(path)
    if data is None:
        return nothing()
    tag = hashlib.sha256(data).hexdigest()
    return told(request, tag, path, lambda: HttpResponse(data))


def whole(request: HttpRequest, files: Public) -> HttpResponseBase:
    """All entries, a line each, as they come out of the database."""

    def lines() -> HttpResponseBase:
        # How long it is nobody knows before all is read, so HEAD is not told.
        entries = files.lines() if request.method == "GET" else ()
        return StreamingHttpResponse(line + b"\n" for line in entries)

    # The signed head stands for the bytes of all entries.
    tag = hashlib.sha256(files.checkpoint() or b"").hexdigest()
    return told(request, tag, REGISTER, lines)


def told(
    request: HttpRequest, tag: str, path: str, made: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer, or that the file is still what the asker has. The tag is a weak one: the same
    bytes are sent compressed and as they are."""
    etag = f'W/"{tag[:32]}"'
    response = get_conditional_response(request, etag=etag) or made()
    if response.status_code == 200:
        response["Content-Type"] = media(path)
    response["ETag"] = etag
    response["Cache-Control"] = lasting(path)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def media(path: str) -> str:
    if path.startswith(("tile/", "documents/")):
        return _BYTES
    if path.startswith("rulebooks/"):
        return "application/json"
    return "application/jsonl" if path == REGISTER else _TEXT


def lasting(path: str) -> str:
    if re.search(r"\.p/\d+$", path):
        return _PARTIAL
    if path.startswith("documents/"):
        return A_DAY
    if path.startswith(("tile/", "rulebooks/")):
        return _FOR_GOOD
    return _ASK_AGAIN


def nothing() -> HttpResponse:
    """No such file. It may come to be: nobody keeps this answer."""
    said = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return HttpResponse("no such file\n", status=404, content_type=_TEXT, headers=said)
