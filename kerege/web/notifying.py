"""Sending notices: a round looks at each address, says what is new there, and notes that it did.

An address is claimed before it is looked at, so two rounds at once send nothing twice. What went
out is noted when the gateway took it: a notice that a gateway refuses is tried again, later and
later, and holds up nobody else's. Only a house that loses power between the two can tell something
a second time; it never leaves something untold. An address has one notice a day, unless its owner
wants each at once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation

from kerege.municipality.duties import Owed
from kerege.web import following, gateways, notices
from kerege.web.models import Address, Follow, Reminded
from kerege.web.places import Place
from kerege.web.reached import configured

logger = logging.getLogger(__name__)

A_DAY = timedelta(days=1)
# Longer than any gateway is waited for.
CLAIM = timedelta(minutes=10)
AGAIN = timedelta(minutes=5)
"""After which what failed once is tried again; each time twice as long, a day at most."""

Told = Callable[[Address, str, str], None]


@dataclass
class Outcome:
    """Of a round: how many notices went out, and how many a gateway did not take, by way."""

    sent: int = 0
    failed: dict[str, int] | None = None

    def fail(self, way: str) -> None:
        self.failed = {**(self.failed or {}), way: (self.failed or {}).get(way, 0) + 1}


def site() -> str:
    """The house as its readers reach it: its first origin, else its first name."""
    return configured() or f"http{'s' if settings.HTTPS else ''}://{settings.ALLOWED_HOSTS[0]}"


class _Places:
    """The places of a round, each looked at once in each language."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], tuple[Place, list[Owed]]] = {}

    def news(self, one: Address) -> list[notices.News]:
        before = set(Reminded.objects.filter(follow__address=one).values_list("what", flat=True))
        follows = one.follows.select_related("register").order_by("pk")
        return [notices.news(each, *self._place(each, one.language), before) for each in follows]

    def _place(self, one: Follow, language: str) -> tuple[Place, list[Owed]]:
        key = (one.register_id, language)
        if key not in self._known:
            here = Place(one.register)
            self._known[key] = (here, notices.waiting(here))
        return self._known[key]


def round_of_all(now: datetime, show: Told | None = None) -> Outcome:
    """One round; with ``show`` nothing is sent or noted, only shown."""
    done, places = Outcome(), _Places()
    if show is None:
        following.forget_unconfirmed(now)
    for one in list(_due(now)):
        try:
            with translation.override(one.language):
                # Nothing is written where nothing is new.
                if any(places.news(one)):
                    _tell(one, now, places, done, show)
        except Exception as error:
            # One that cannot be told must not hold up the others; its address is not for the log.
            logger.error("a notice was not sent: %s", type(error).__name__)
            done.fail(one.way)
            if show is None:
                _failed(one.pk, now)
    for way, count in (done.failed or {}).items():
        logger.warning("the gateway for %s did not take %d notices", way, count)
    return done


def unsent(one: Address, site: str) -> tuple[str, str] | None:
    """Title and text of what would go to an address now; None where nothing is new. ``site`` is
    where its reader reaches the house."""
    with translation.override(one.language):
        new = [each for each in _Places().news(one) if each]
        return notices.written(one, new, site) if new else None


def _due(now: datetime):
    """The addresses whose turn it is."""
    turn = Q(at_once=True) | Q(sent_at=None) | Q(sent_at__lte=now - A_DAY)
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    waits = Q(not_before=None) | Q(not_before__lte=now)
    return Address.objects.filter(
        turn & free & waits, confirmed_at__isnull=False, way__in=gateways.ways()
    ).order_by("pk")


def _tell(one: Address, now: datetime, places: _Places, done: Outcome, show: Told | None) -> None:
    if show is not None:
        show(one, *notices.written(one, [each for each in places.news(one) if each], site()))
        return
    # One statement: of two rounds at once one gets it.
    if not _due(now).filter(pk=one.pk).order_by().update(busy_until=now + CLAIM):
        return
    # Another round may have told some of it a moment ago.
    found = places.news(one)
    new = [each for each in found if each]
    if not new:
        Address.objects.filter(pk=one.pk).update(busy_until=None)
        return
    said, stop = notices.written(one, new, site()), following.stop_link(one, site())
    if not gateways.send(one.way, following.opened(one), *said, stop):
        done.fail(one.way)
        _failed(one.pk, now)
        return
    done.sent += 1
    with transaction.atomic():
        # Somebody may have stopped some of it meanwhile.
        kept = Follow.objects.select_for_update().filter(address=one)
        left = set(kept.values_list("pk", flat=True))
        for each in found:
            Follow.objects.filter(pk=each.follow.pk, next__lt=each.size).update(next=each.size)
        Reminded.objects.bulk_create(
            [
                Reminded(follow=each.follow, what=what)
                for each in new
                if each.follow.pk in left
                for what in each.reminders()
            ],
            ignore_conflicts=True,
        )
        Address.objects.filter(pk=one.pk).update(
            sent_at=now, busy_until=None, not_before=None, failures=0
        )


def failing() -> list[str]:
    """The ways that do not get through: what was tried twice failed, and nothing went that way
    since."""
    return [way for way in gateways.ways() if _does_not_get_through(way)]


def _does_not_get_through(way: str) -> bool:
    every = Address.objects.filter(way=way, confirmed_at__isnull=False)
    waits = every.filter(failures__gte=2).order_by("-not_before")
    again = waits.values_list("not_before", flat=True).first()
    # What failed last did so within a day of when it is tried again.
    return again is not None and not every.filter(failures=0, sent_at__gte=again - A_DAY).exists()


def _failed(pk: int, now: datetime) -> None:
    found = Address.objects.filter(pk=pk)
    found.update(failures=F("failures") + 1, busy_until=None)
    times = found.values_list("failures", flat=True).first() or 1
    found.update(not_before=now + min(AGAIN * 2 ** min(times - 1, 12), A_DAY))
