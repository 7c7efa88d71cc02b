"""/healthz: whether database and country register answer, and whether acts can be entered.

``200``, ``ok <release> <entries of the country register>``; where acts are refused ``503`` with
``refusing`` in the place of ``ok``. A line for each trouble follows (``readiness.py``): its code,
and the address of the register. Pages are shown all the same; not where the line is ``database``:
it cannot be read at all.
"""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from kerege import __version__
from kerege.web import readiness
from kerege.web.registers import country, told

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    try:
        size, troubles = told(country()).size, readiness.of_late()
    except (DatabaseError, OSError) as fault:
        logger.error("the database does not answer: %s", fault)
        return _said([f"refusing {__version__} 0", "database"], 503)
    refusing = any(one.stops for one in troubles)
    lines = [f"{'refusing' if refusing else 'ok'} {__version__} {size}"]
    lines += [f"{one.code} {one.of}".strip() for one in troubles]
    return _said(lines, 503 if refusing else 200)


def _said(lines: list[str], status: int) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain", status=status)
