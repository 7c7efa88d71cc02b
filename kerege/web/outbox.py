"""A gateway that sends nothing: what would have gone out is kept, for the page of the follower.

The demonstration has it by itself, and ``KEREGE_NOTIFY_EMAIL='outbox://{to}'`` sets it anywhere. Of
each address the last ``MOST`` stand in ``<data>/outbox/<digest>.jsonl``, the newest last: a line a
notice, ``{"title", "text"}``. The address itself stands nowhere, and its file goes with it.
"""

import os
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.crypto import salted_hmac

MARK = "outbox://"
MOST = 5


def keep(way: str, to: str, title: str, text: str) -> None:
    file = _file(way, to)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    said = [*last(way, to)[::-1], {"title": title, "text": text}][-MOST:]
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(b"\n".join(map(orjson.dumps, said)))
    part.replace(file)


def last(way: str, to: str) -> list[dict[str, str]]:
    """What would have gone to an address, the newest first."""
    file = _file(way, to)
    lines = file.read_bytes().splitlines() if file.exists() else []
    return [orjson.loads(line) for line in reversed(lines)]


def forget(way: str, to: str) -> None:
    _file(way, to).unlink(missing_ok=True)


def _file(way: str, to: str) -> Path:
    name = salted_hmac("kerege.outbox", f"{way} {to}", algorithm="sha256").hexdigest()
    return folder() / f"{name}.jsonl"


def folder() -> Path:
    return Path(settings.DATA) / "outbox"
