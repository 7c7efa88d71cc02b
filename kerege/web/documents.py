"""Papers that entries name by their SHA-256: taken in with an act, kept whole, served as they are.

A paper is at most 5,000,000 bytes of one of the kinds below, told by its first bytes and never by
its name, and none of them a program. It is kept in the transaction of the act that names it; what
the law refuses leaves none.
"""

import io
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import connection
from django.urls import reverse

from kerege.municipality.problem import malformed
from kerege.web import office
from kerege.web.caching import passing
from kerege.web.models import Document
from kerege.web.saying import w

MOST = 5_000_000
# How a saved paper is called.
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/plain; charset=utf-8": "txt",
    **office.ENDINGS,
}
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
# A text that a browser or a shell would run.
_RUN = re.compile(
    rb"\A(\xef\xbb\xbf)?(\s*<[!?a-z]|#!)"
    rb"|<\s*/?\s*(\w+:)?(html|head|body|script|svg|iframe|object|embed|meta)\b",
    re.IGNORECASE,
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"


@dataclass(frozen=True, slots=True)
class Paper:
    sha256: str
    media: str
    data: bytes


class Limited(FileUploadHandler):
    """Holds an uploaded file in memory, and of one that is too big only so much as to know it:
    nothing is laid down on a disk before the act that names it is written."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._data = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._data += raw_data[: max(0, MOST + 1 - len(self._data))]

    def file_complete(self, file_size: int) -> UploadedFile:
        return InMemoryUploadedFile(
            io.BytesIO(self._data),
            self.field_name,
            self.file_name,
            self.content_type,
            len(self._data),
            self.charset,
        )


class Chosen(forms.FileField):
    """A file as it was chosen, or None; what is wrong with it ``read`` says."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        return data or None


def field() -> Chosen:
    """The form field for a paper."""
    return Chosen(required=False, label=w("documents.file"), help_text=w("documents.hint"))


def read(upload: UploadedFile | None, at: str) -> Paper | None:
    """The paper in an upload, None where there is none; raises Malformed at the field ``at``."""
    if upload is None:
        return None
    data = upload.read()
    if len(data) > MOST:
        raise malformed(at, "paper_too_big", most=MOST // 1_000_000)
    media = sniffed(data)
    if media is None:
        raise malformed(at, "not_a_paper")
    return Paper(sha256(data).hexdigest(), media, data)


def agreed(typed: str, paper: Paper | None, at: str) -> str:
    """The hash of a paper that was handed in, or else the one typed; raises Malformed when they
    are not the same."""
    if paper is None:
        return typed
    if typed and typed.strip().lower() != paper.sha256:
        raise malformed(at, "hash_differs")
    return paper.sha256


def sniffed(data: bytes) -> str | None:
    """The media type of a paper by its bytes; None for what is not taken in."""
    for beginning, media in _BEGINNINGS:
        if data.startswith(beginning):
            return media
    if data.startswith(b"PK\x03\x04"):
        return office.media(data, unpacked=40 * MOST)
    if not data or data.translate(None, _CONTROLS) != data or _RUN.search(data):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "text/plain; charset=utf-8"


def keep(papers: tuple[Paper, ...]) -> None:
    """Keep papers, in the transaction of the act that names them. One that is there is held as
    well: nobody erases it before the act is seen that names it."""
    if not papers:
        return
    with connection.cursor() as cursor:
        # In one order, so that no two wait for each other.
        for paper in sorted(papers, key=lambda one: one.sha256):
            cursor.execute(
                "INSERT INTO web_document (sha256, media, data) VALUES (%s, %s, %s) "
                "ON CONFLICT (sha256) DO UPDATE SET media = excluded.media",
                [paper.sha256, paper.media, paper.data],
            )


def address(digest: Any) -> str:
    """Where a paper is served; empty when it is not kept here."""
    if not digest:
        return ""
    if not Document.objects.filter(pk=digest).exists():
        # It can be handed in at any register.
        passing()
        return ""
    return reverse("document", args=[digest])
