"""Following: addresses that notices go to, and what is followed there.

An address is personal: it is kept sealed under the master key (``keys.py``), stands in no register
and in no log, and is deleted with the row. Nothing but a code of six digits is sent to it until
that code came back; one that did not come back within a day is deleted. Every notice has a link
that stops it without signing in: the uid of the address, signed (``django.core.signing``).
"""

import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from kerege.constitution import packs
from kerege.web import feeds, gateways, keys
from kerege.web.models import Account, Address, Follow
from kerege.web.places import Place
from kerege.web.saying import language, w

logger = logging.getLogger(__name__)

MOST_ADDRESSES = 3
MOST_FOLLOWS = 50
CODE_LASTS = timedelta(minutes=30)
# A code can be mistyped so often; then a new one is asked for.
TRIES = 5
UNCONFIRMED = timedelta(days=1)
_STOP = "kerege.following.stop"


class TooMany(Exception):
    """Of addresses, or of what is followed."""


class NotFollowed(Exception):
    """There is nothing of that kind here to follow."""


def start(account: Account, way: str, typed: str, now: datetime) -> Address:
    """A new address, to which its code goes; the answer is the same whether it arrives or not.
    Raises WrongAddress or TooMany."""
    plain = gateways.normal(way, typed)
    own = list(Address.objects.filter(account=account))
    known = [one for one in own if one.way == way and opened(one) == plain]
    if not known and len(own) >= MOST_ADDRESSES:
        raise TooMany
    one = known[0] if known else _made(account, way, plain, now)
    if one.confirmed_at is None:
        send_code(one, now)
    return one


def _made(account: Account, way: str, plain: str, now: datetime) -> Address:
    uid = secrets.token_hex(16)
    sealed = keys.seal(plain.encode(), _about(uid))
    return Address.objects.create(
        uid=uid, account=account, way=way, sealed=sealed, language=language(), made_at=now
    )


def opened(one: Address) -> str:
    """The address itself; raises Locked."""
    return keys.unseal(bytes(one.sealed), _about(one.uid)).decode()


def _about(uid: str) -> str:
    return f"kerege/address/v1 {uid}"


def digest(way: str, typed: str) -> str:
    """What codes to an address are counted under, however it is spelt: tells nothing of it."""
    try:
        text = gateways.normal(way, typed).lower()
    except (gateways.WrongAddress, KeyError):
        text = typed[:300]
    return salted_hmac("kerege.following.count", f"{way} {text}").hexdigest()


def send_code(one: Address, now: datetime) -> None:
    code = f"{secrets.randbelow(10**6):06}"
    one.code, one.code_until, one.tries = _hashed(one, code), now + CODE_LASTS, 0
    one.save(update_fields=["code", "code_until", "tries"])
    said = w("following.code_title"), w("following.code_says", code=code)
    if not gateways.send(one.way, opened(one), *said):
        # Who asked is answered as ever; who runs the house is told.
        logger.warning("the gateway for %s did not take a code", one.way)


def _hashed(one: Address, code: str) -> bytes:
    return salted_hmac("kerege.following.code", f"{one.uid} {code}", algorithm="sha256").digest()


def confirm(one: Address, typed: str, now: datetime) -> bool:
    """Whether the code came back in time; each try counts, also of two at once."""
    waits = Address.objects.filter(
        pk=one.pk, confirmed_at=None, tries__lt=TRIES, code_until__gt=now
    )
    if not waits.update(tries=F("tries") + 1):
        return False
    code = "".join(mark for mark in typed[:50] if mark.isascii() and mark.isdigit())
    one.refresh_from_db()
    if not constant_time_compare(bytes(one.code), _hashed(one, code)):
        return False
    return bool(waits.model.objects.filter(pk=one.pk).update(confirmed_at=now, code=b""))


def follow(one: Address, here: Place, what: str) -> Follow:
    """Follow ``""`` (the place), ``body:kenesh``, ``topic:S3`` or ``duty:<its id>`` from now on.
    Raises NotFollowed or TooMany."""
    said = {"body": "", "topic": "", "duty": ""}
    kind, _, name = what.partition(":")
    if what and (kind not in said or name not in _known(here)[kind]):
        raise NotFollowed(what)
    if what:
        said[kind] = name
    with transaction.atomic():
        own = Follow.objects.filter(address=one)
        if own.count() >= MOST_FOLLOWS and not own.filter(register=here.register, **said):
            raise TooMany
        made, _ = Follow.objects.get_or_create(
            address=one, register=here.register, **said, defaults={"next": here.m.size}
        )
    return made


def choices(here: Place) -> list[tuple[str, str]]:
    """What can be followed of a place, each with its name; the place itself first."""
    found = [("", w("following.whole"))]
    found += [
        (f"{kind}:{name}", said)
        for kind, names in _known(here).items()
        for name, said in names.items()
    ]
    return found


def _known(here: Place) -> dict[str, dict[str, str]]:
    book, said = here.book(here.today), language()
    bodies = () if here.register.country else feeds.BODIES
    topics = packs.load().vocabulary.topics
    duties = book.duties if book is not None and not here.register.country else {}
    return {
        "body": {name: feeds.body_named(here, name) for name in bodies},
        "topic": {id_: f"{id_}. {words[said]}" for id_, words in topics.items()},
        "duty": {id_: duty.words[said] for id_, duty in duties.items()},
    }


def named(one: Follow, here: Place) -> str:
    """What is followed, in words: «Naryn: the kenesh»."""
    if not one.duty:
        return feeds.title(here, one.body, one.topic) if one.body or one.topic else here.name
    duty = _known(here)["duty"].get(one.duty)
    return f"{here.name}: {duty or w('following.duty_gone')}"


def stop_token(one: Address) -> str:
    return signing.dumps(one.uid, salt=_STOP)


def stop_link(one: Address, site: str) -> str:
    """The address that stops what goes there, in the language it is read in."""
    return f"{site}{reverse('following-stop', args=[stop_token(one)])}"


def by_token(token: str) -> Address | None:
    """The address of a link; None of one that is not ours, or that was stopped before."""
    try:
        uid: Any = signing.loads(token[:300], salt=_STOP)
    except signing.BadSignature:
        return None
    return Address.objects.filter(uid=uid).first()


def forget_unconfirmed(now: datetime) -> None:
    Address.objects.filter(confirmed_at=None, made_at__lt=now - UNCONFIRMED).delete()
