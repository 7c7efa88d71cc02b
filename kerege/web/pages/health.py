"""/healthz: whether database and country register answer, and whether acts can be entered.

``200``, ``ok <release> <entries of the country register>``; where acts are refused ``503`` with
``refusing`` in the place of ``ok``. A line for each trouble follows (``readiness.py``): its code,
and the address of the register. Pages are shown all the same.
"""

from django.http import HttpRequest, HttpResponse

from kerege import __version__
from kerege.web import readiness
from kerege.web.registers import country, told


def healthz(request: HttpRequest) -> HttpResponse:
    size, troubles = told(country()).size, readiness.of_late()
    refusing = any(one.stops for one in troubles)
    lines = [f"{'refusing' if refusing else 'ok'} {__version__} {size}"]
    lines += [f"{one.code} {one.of}".strip() for one in troubles]
    return HttpResponse(
        "\n".join([*lines, ""]), content_type="text/plain", status=503 if refusing else 200
    )
