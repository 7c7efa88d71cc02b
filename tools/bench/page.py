"""The part ``page``: CPU time of a place page, made and told again, beside a bare Django view."""

import io
import os
import statistics
import sys
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli

from tools.bench.demonstration import busiest
from tools.bench.number import Number


def page(data: Path) -> Iterator[Number]:
    """Both through Django's own WSGI handler in one process: the place page with everything this
    site does to a request, and a view of 10 kB without middleware, in turns."""
    slug = busiest(data)
    os.environ |= {"KEREGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kerege.web.settings"}
    import django

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
    from django.http import HttpRequest, HttpResponse
    from django.test import override_settings
    from django.urls import path

    from kerege.web import caching

    text = "x" * 10_240

    def bare_view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(text)

    urls = types.ModuleType("bench_urls")
    urls.urlpatterns = [path("bare/", bare_view)]  # type: ignore[attr-defined]
    sys.modules[urls.__name__] = urls

    class BareRequest(WSGIRequest):
        urlconf = urls.__name__

    class BareHandler(WSGIHandler):
        request_class = BareRequest

    with override_settings(MIDDLEWARE=[]):
        bare_handler = BareHandler()
    handler = WSGIHandler()

    def ask(asked: WSGIHandler, address: str) -> bytes:
        status: list[str] = []
        answer = asked(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": address,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
                "HTTP_ACCEPT_LANGUAGE": "ky",
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(),
            },
            lambda said, headers: status.append(said),
        )
        body = b"".join(answer)
        answer.close()
        if status != ["200 OK"]:
            raise RuntimeError(f"{address} answers {status}")
        return body

    def cpu(work: Callable[[], object], times: int) -> float:
        start = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - start) / times

    def uncached() -> None:
        caching.forget()
        ask(handler, f"/{slug}/")

    assert len(ask(bare_handler, "/bare/")) == len(text)
    shown = ask(handler, f"/{slug}/")
    cpu(uncached, 5)
    bare, whole, kept = [], [], []
    for _ in range(15):
        bare.append(cpu(lambda: ask(bare_handler, "/bare/"), 100))
        whole.append(cpu(uncached, 10))
        kept.append(cpu(lambda: ask(handler, f"/{slug}/"), 100))
    ratio = statistics.median(whole) / statistics.median(bare)
    beside = (
        f"{statistics.median(whole) * 1e3:.2f} ms for /{slug}/ "
        f"({len(brotli.decompress(shown)) / 1e3:.0f} kB of HTML), "
        f"bare {statistics.median(bare) * 1e3:.3f} ms"
    )
    yield Number("place page, uncached, CPU", ratio, "×", 20, beside)
    rate = statistics.median(bare) / statistics.median(kept)
    beside = f"of the rate of the bare view; {statistics.median(kept) * 1e3:.3f} ms"
    yield Number("place page, told again", rate, "×", beside=beside, least=0.5)
