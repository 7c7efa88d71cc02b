"""Codes handed out by the okmotu: for residents, and for anyone new, who have no other way in.

A code is twelve digits, opens one account once, and ends after ``DAYS``. Only its hash is kept, by
scrypt under the secret key of the house, so a stolen database opens nothing. No name is asked: whom
it was given to, the clerk knows. It is handed over on a printed slip, or as a text message to a
number that is kept nowhere.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from kerege.municipality.governing import RECORDER, SPEAKS
from kerege.municipality.rights import Speaker
from kerege.web.accounts import new_name
from kerege.web.models import Account, Handed, Register
from kerege.web.places import Place
from kerege.web.sessions import end_others
from kerege.web.speaking import registers_of, speakers

DAYS = 14
DIGITS = 12
# So many of one place wait to be used at a time: somebody's pile of codes is found out.
WAITING = 200


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed over: the code in the clear, this once."""

    code: str
    expires_at: datetime
    pk: int

    @property
    def said(self) -> str:
        return " ".join(self.code[k : k + 4] for k in range(0, DIGITS, 4))


class TooMany(Exception):
    """More codes of a place wait to be used than anyone can hand out."""


class NotTheirs(Exception):
    """An account that no code may open: it holds a mandate, or is an operator's."""


def hander(here: Place, account: Account) -> Speaker | None:
    """The mandate under which an account may hand out codes here: the recorder's, or one in the
    okmotu."""
    for speaker in speakers(here, account):
        assert speaker.mandate is not None
        post = speaker.mandate.post
        if post in (RECORDER, "official") or "executive" in SPEAKS.get(post, ()):
            return speaker
    return None


def hand_out(here: Place, by: Speaker, now: datetime, again: Handed | None = None) -> Slip:
    """A new code; ``again`` was used before, and the new one opens the same account, whose sessions
    it ends. Raises TooMany or NotTheirs."""
    assert by.mandate is not None
    account = again.account if again is not None else None
    if account is not None and (account.operator or registers_of(account)):
        raise NotTheirs
    if waiting(here.register, now).count() >= WAITING:
        raise TooMany
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    made = Handed.objects.create(
        register=here.register,
        by=by.mandate.id,
        hash=hashed(code),
        made_at=now,
        expires_at=now + timedelta(days=DAYS),
        account=account,
    )
    if account is not None:
        end_others(account)
    return Slip(code, made.expires_at, made.pk)


def waiting(register: Register, now: datetime):
    """The codes of a place that are neither used nor ended."""
    return Handed.objects.filter(register=register, used_at=None, expires_at__gt=now)


def redeem(typed: str, now: datetime) -> Account | None:
    """The account a code opens, which is made with it unless it was there; None for a code that is
    unknown, used or ended, which are told apart by nobody."""
    code = "".join(mark for mark in typed if mark.isascii() and mark.isdigit())
    # Hashed whatever it is: a wrong code takes as long as a right one.
    sought = hashed(code[: DIGITS + 1])
    with transaction.atomic():
        found = Handed.objects.filter(hash=sought)
        # One statement: of two browsers that send the same code at once, one gets in.
        if not found.filter(used_at=None, expires_at__gt=now).update(used_at=now):
            return None
        one = found.select_related("account").get()
        if one.account is None:
            one.account = Account.objects.make(new_name(), None)
            one.save(update_fields=["account"])
        # Since it was handed out the account may have come to hold a mandate.
        elif one.account.operator or registers_of(one.account):
            return None
        return one.account


def take_back(register: Register, pk: int, now: datetime) -> None:
    """End a code that was not used."""
    waiting(register, now).filter(pk=pk).update(expires_at=now)


def hashed(code: str) -> bytes:
    salt = b"kerege/handed/v1\n" + settings.SECRET_KEY.encode()
    return hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
