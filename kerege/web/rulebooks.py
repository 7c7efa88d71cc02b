"""Rulebooks by digest, as they were when acts were put to them."""

from functools import lru_cache

from kerege.constitution.packs import from_text
from kerege.constitution.rulebook import Rulebook
from kerege.web import models


@lru_cache(maxsize=64)
def kept(digest: str) -> Rulebook:
    """The rulebook of a digest; raises models.Rulebook.DoesNotExist."""
    return from_text(models.Rulebook.objects.get(digest=digest).text)
