"""The addresses of this house as a witness (C2SP tlog-witness): for programs, without a session."""

import re
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kerege.register.note import NOTE_LIMIT
from kerege.web import witness

_TEXT = "text/plain; charset=utf-8"
# A proof of 63 hashes stands before the note.
_MOST = NOTE_LIMIT + 3_000


# No cookie is read and nobody is signed in: there is nothing another site's page could abuse.
@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    length = request.headers.get("Content-Length") or "0"
    if not re.fullmatch("[0-9]{1,9}", length) or int(length) > _MOST:
        return HttpResponse("no length, or too long\n", status=400, content_type=_TEXT)
    said = witness.answer(request.read(_MOST + 1), datetime.now(UTC))
    return HttpResponse(said.body, status=said.status, content_type=said.content_type)


@require_safe
def seen(request: HttpRequest, path: str) -> HttpResponse:
    """The last checkpoint cosigned of a log: what its owner asks after restoring a backup."""
    note = witness.seen(path)
    if note is None:
        return HttpResponse("nothing\n", status=404, content_type=_TEXT)
    return HttpResponse(note, content_type=_TEXT, headers={"Cache-Control": "no-cache"})
