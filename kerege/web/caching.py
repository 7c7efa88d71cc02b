"""Public pages are made once for each state of what they are made of, and then told again.

What anyone can read is made of registers, of the law, of the day in Bishkek and of an address. One
statement tells how far the registers of a page have come; while that, the day and the address are
the same, so is the page. Each worker keeps its own, compressed, up to ``MOST`` bytes: after an act
the next answer is made anew, in every worker. Nothing is kept for people who are signed in, and
nothing that sets a cookie. The tag of a page (``ETag``) is a digest of its bytes.

Views say by ``@public`` or ``@public_of_all`` that they are made of nothing else, and by ``@reads``
which parameters of the address they read: other parameters make no other page.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from kerege.web.compressing import taken
from kerege.web.reached import site
from kerege.web.reading import kept, reads
from kerege.web.registers import COUNTRY, Seen, look, seeing

# Bytes of pages a worker keeps: some eight hundred pages.
MOST = 4_000_000
# An address longer than this is never told again.
LONGEST = 300
# So many paths a worker knows the parameters of.
PATHS = 20_000

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class _Page:
    """An answer as it left, the registers it was made of, and how far they and the day had come."""

    name: str
    of: tuple[object, ...]
    headers: tuple[tuple[str, str], ...]
    content: bytes
    tag: str


_pages: OrderedDict[tuple[str, ...], _Page] = OrderedDict()
_kept = 0
# By path, what its page reads of an address.
_reads: dict[str, tuple[str, ...]] = {}
_lock = Lock()
_passing: ContextVar[bool] = ContextVar("passing", default=False)


def public(view: View) -> View:
    """A view whose page is made of law, day, address and the register that the address names."""
    return _of(view, lambda named: named.get("slug", COUNTRY))


def public_of_all(view: View) -> View:
    """A view whose page is made of law, day, address and all registers."""
    return _of(view, lambda named: "")


def _of(view: View, name: Callable[[dict[str, Any]], str]) -> View:
    if not hasattr(view, "reads"):
        view = reads()(view)
    names: Callable[[], tuple[str, ...]] = vars(view)["reads"]

    @wraps(view)
    def shown(request: HttpRequest, *said: Any, **named: Any) -> HttpResponse:
        # Before the page is made: one made over midnight is of the day before.
        seen = look(name(named))
        made_of = seen.name, _state(seen)
        _passing.set(False)
        with seeing(seen):
            response = view(request, *said, **named)
        if not _passing.get():
            response.made_of = made_of
            response.reads = names()
        return response

    return shown


def cached(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, before whatever compresses, opens sessions or chooses languages."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return get_response(request)
        address = _address(request)
        page = _found(address) if address is not None else None
        if page is not None and page.of == _state(look(page.name)):
            return _told(request, page)
        response = get_response(request)
        page = _page(response)
        if page is None:
            return response
        _remember(request.path_info, response)
        address = _address(request)
        if address is not None and sum(map(len, address)) <= LONGEST:
            _keep(address, page)
        return _told(request, page)

    return answer


def passing() -> None:
    """What is shown now can be otherwise a moment later, whatever it is made of: it is not kept."""
    _passing.set(True)


def forget() -> None:
    """Forget all pages."""
    global _kept
    with _lock:
        _pages.clear()
        _reads.clear()
        _kept = 0


def _state(seen: Seen) -> tuple[object, ...]:
    # What changes at midnight changes then: what is overdue, who is in office.
    return (seen.state, date.today())


def _remember(path: str, response: Any) -> None:
    with _lock:
        if len(_reads) >= PATHS:
            _reads.clear()
        _reads[path] = response.reads


def _address(request: HttpRequest) -> tuple[str, ...] | None:
    """What an answer is kept under; None where nothing can be kept: of a page that is not known
    yet, and for a host that is not ours."""
    names = _reads.get(request.path_info)
    if names is None:
        return None
    try:
        return request.path_info, kept(request, names), site(request), taken(request)
    except SuspiciousOperation:
        return None


def _found(address: tuple[str, ...]) -> _Page | None:
    with _lock:
        page = _pages.get(address)
        if page is not None:
            _pages.move_to_end(address)
        return page


def _page(response: HttpResponseBase) -> _Page | None:
    """What is to be kept of an answer; None where it is not for everybody."""
    made_of: tuple[str, tuple[object, ...]] | None = getattr(response, "made_of", None)
    if made_of is None or response.status_code != 200 or response.cookies:
        return None
    assert isinstance(response, HttpResponse)
    name, state = made_of
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    headers = {**dict(response.items()), "ETag": tag, "Cache-Control": "public, no-cache"}
    return _Page(name, state, tuple(headers.items()), response.content, tag)


def _keep(address: tuple[str, ...], page: _Page) -> None:
    global _kept
    with _lock:
        before = _pages.pop(address, None)
        _kept += len(page.content) - (len(before.content) if before else 0)
        _pages[address] = page
        while _kept > MOST:
            _, oldest = _pages.popitem(last=False)
            _kept -= len(oldest.content)


def _told(request: HttpRequest, page: _Page) -> HttpResponse:
    if request.headers.get("If-None-Match", "") == page.tag:
        response: HttpResponse = HttpResponseNotModified()
        for name, value in page.headers:
            if name in ("ETag", "Cache-Control", "Vary"):
                response.headers[name] = value
        return response
    response = HttpResponse(page.content)
    for name, value in page.headers:
        response.headers[name] = value
    return response
