"""Accounts as the operator makes them at the console, and the names they may bear.

A name is looked for as an e-mail address before (``sessions.py``), so it holds no ``@``; and no two
are the same but for large letters, which people do not tell apart when they type.
"""

import re
import secrets
import unicodedata

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from kerege.municipality.fields import Text, Wrong
from kerege.municipality.legible import legible
from kerege.municipality.problem import malformed
from kerege.web.models import Account

_NAME = re.compile(r"[^\W_][\w.-]{0,59}")
_LONGEST_ADDRESS = 254


def free_name(said: str) -> str:
    """A user name as it is kept, which nobody has yet. Raises Malformed."""
    name = unicodedata.normalize("NFC", said).strip()
    if not _NAME.fullmatch(name):
        raise malformed("username", "bad_user_name")
    try:
        legible(Text(), name)
    except Wrong as wrong:
        raise malformed("username", wrong.key, **wrong.slots) from None
    taken = Account.objects.values_list("username", flat=True)
    if name.casefold() in (one.casefold() for one in taken.iterator()):
        raise malformed("username", "name_taken")
    return name


def password_for(name: str, *, operator: bool, email: str = "", lost: bool = False) -> str:
    """Make an account, or give an existing one a new password; returns the password. ``email`` is
    another name to sign in with, in the place of the one before; ``lost``: what stood beside the
    password is gone, and is not asked for any more; nor does the identity service let in by it.
    Raises Malformed, and then nothing has changed."""
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        account = Account.objects.filter(username=name).first()
        if account is None:
            account = Account.objects.make(free_name(name), password, operator=operator)
        else:
            account.operator = account.operator or operator
            account.set_password(password)
            account.save()
        if email:
            _give_address(account, email)
        if lost:
            Authenticator.objects.filter(user=account).delete()
            SocialAccount.objects.filter(user=account).delete()
    return password


def _give_address(account: Account, said: str) -> None:
    email = said.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise malformed("email", "bad_email") from None
    if len(email) > _LONGEST_ADDRESS:
        raise malformed("email", "bad_email")
    others = EmailAddress.objects.exclude(user=account)
    if others.filter(email__iexact=email).exists():
        raise malformed("email", "email_taken")
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
