"""Papers by their SHA-256, as they were handed in: to be saved, never shown as a page of ours."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.web import erasing, private
from kerege.web.documents import ENDINGS
from kerege.web.models import Document
from kerege.web.places import Place

# An address says all of what is there, so no copy is asked for twice; but a paper can be erased,
# and then copies on the way to readers should not outlive it for long.
A_DAY = "public, max-age=86400, immutable"
_NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'"


def document(request: HttpRequest, digest: str) -> HttpResponse:
    if not _whole(digest):
        raise Http404(digest)
    found = Document.objects.filter(pk=digest).first()
    if found is None:
        return _gone(request, digest)
    response = HttpResponse(bytes(found.data), content_type=found.media)
    ending = ENDINGS.get(found.media, "bin")
    response.headers["Content-Disposition"] = f'attachment; filename="{digest[:16]}.{ending}"'
    response.headers["Cache-Control"] = A_DAY
    response.headers["Content-Security-Policy"] = _NOTHING
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _gone(request: HttpRequest, digest: str) -> HttpResponse:
    """Whoever kept the address of a paper is told that it was erased, and why; and of a paper that
    never was here, that it is not here."""
    erased = erasing.erased_from(digest)
    if erased is None:
        raise Http404(digest)
    register, n, name = erased
    said, url = private.erased(Place(register), n, name)
    return render(request, "gone.html", {"said": said, "entry": url}, status=410)


def _whole(digest: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", digest) is not None
