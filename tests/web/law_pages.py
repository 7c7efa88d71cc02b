"""A page of the law as a reader gets it, and the words on it."""

import re
from html import unescape
from urllib.parse import urlencode

from kerege.constitution import packs

KG = packs.load()
WORDS = KG.vocabulary


def page(client, path: str, status: int = 200, **query: str) -> str:
    answer = client.get(f"{path}?{urlencode(query)}" if query else path)
    text = unescape(answer.content.decode())
    assert answer.status_code == status, text[:2000]
    return text


def plain(text: str) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
