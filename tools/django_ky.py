"""Compile kerege/web/locale/ky/LC_MESSAGES/django.po beside it: the .mo is what Django reads.

python tools/django_ky.py
"""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PO = Path(__file__).parents[1] / "kerege/web/locale/ky/LC_MESSAGES/django.po"


def compiled() -> bytes:
    out = io.BytesIO()
    with PO.open("rb") as file:
        write_mo(out, read_po(file, locale="ky"))
    return out.getvalue()


if __name__ == "__main__":
    PO.with_suffix(".mo").write_bytes(compiled())
