"""Rulebooks by digest, as they were when acts were put to them."""

from functools import lru_cache

from django.db import connection, transaction

from kerege.constitution.packs import from_text, text_of
from kerege.constitution.rulebook import Rulebook
from kerege.web import models

# Digests that are known to be kept: committed, not merely inserted.
_kept: set[str] = set()


@lru_cache(maxsize=64)
def kept(digest: str) -> Rulebook:
    """The rulebook of a digest; raises models.Rulebook.DoesNotExist."""
    return from_text(models.Rulebook.objects.get(digest=digest).text)


def keep(book: Rulebook) -> None:
    """Keep a rulebook that an act is put to, so that the act can be judged again."""
    if book.digest in _kept:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM web_rulebook WHERE digest = %s", [book.digest])
        if cursor.fetchone() is None:
            cursor.execute(
                "INSERT INTO web_rulebook (digest, text) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [book.digest, text_of(book)],
            )
    transaction.on_commit(lambda: _kept.add(book.digest))
