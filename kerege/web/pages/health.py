"""/healthz: whether database and country register answer."""

from django.http import HttpRequest, HttpResponse

from kerege import __version__
from kerege.web.registers import country, told


def healthz(request: HttpRequest) -> HttpResponse:
    size = told(country()).size
    return HttpResponse(f"ok {__version__} {size}\n", content_type="text/plain")
