"""Attempts that were withdrawn: acts the law refused, given up instead of entered as contested.

Counted in public by act, day and norm; nothing says who or what.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from kerege.constitution import packs
from kerege.constitution.article import Article
from kerege.constitution.edition import Edition
from kerege.web.appending import lock
from kerege.web.gate import Attempt, Considered, Refused, consider, kept_here
from kerege.web.models import Register, Withdrawn

_COUNT = (
    "INSERT INTO web_withdrawn (register_id, uid, act, day, answer, norms) "
    "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
# The same sent again is the same attempt; the tables refuse to replace it.
_KNOWN = "SELECT 1 FROM web_withdrawn WHERE register_id = %s AND uid = %s"


def withdraw(register: Register, attempt: Attempt, now: datetime) -> Considered | None:
    """Count an attempt the law refuses, once for each id. Raises Malformed, NotEntitled or
    LawFailed; an attempt that the law does not refuse (any more) is not counted and returned."""
    with transaction.atomic():
        lock(register)
        kept_here(register)
        return _withdraw(register, attempt, now)


def _withdraw(register: Register, attempt: Attempt, now: datetime) -> Considered | None:
    try:
        return consider(register, replace(attempt, insist=""), now)
    except Refused as refused:
        ruling = refused.considered.ruling
    assert ruling is not None
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [register.pk, attempt.id])
        if cursor.fetchone() is None:
            row = [attempt.act, attempt.held_on, ruling.answer, " ".join(ruling.norms)]
            cursor.execute(_COUNT, [register.pk, attempt.id, *row])
    return None


def by_act(register: Register) -> Mapping[tuple[int, str], int]:
    """How many attempts by year and act, the last year first."""
    rows = Withdrawn.objects.filter(register=register).values_list("day", "act")
    found = Counter((day.year, act) for day, act in rows)
    return dict(sorted(found.items(), key=lambda one: (-one[0][0], -one[1], one[0][1])))


def by_norm(register: Register) -> Mapping[str, int]:
    """How many attempts each norm stood against, the most first."""
    rows = Withdrawn.objects.filter(register=register).values_list("norms", flat=True)
    found = Counter(norm for norms in rows for norm in norms.split())
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def norm(id_: str) -> tuple[Article, Edition, bool] | None:
    """The article and the law of a norm by its id, and whether it rests on silence; None where this
    release does not have it. A statute alone composes no rulebook, so the rule is found in its
    text."""
    pack, _, name = id_.partition("/")
    try:
        edition = packs.load().edition(pack)
    except packs.UnknownPack:
        return None
    for article in edition.articles.values():
        rules = (rule for block in article.cedar for rule in block.text.split(";"))
        rule = next((rule for rule in rules if f'@id("{name}")' in rule), None)
        if rule is not None:
            return article, edition, "@silent" in rule
    return None
