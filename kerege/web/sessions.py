"""Who is signed in: session and account, each read by one plain statement.

Every page of someone signed in waits for both, and Django's own way of asking takes longer than the
page. Whoever signs in is found by user name or e-mail, at the cost of one hash whatever was typed.
"""

import json
from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from kerege.web.models import Account
from kerege.web.statements import run

# Seconds of a session in which nobody is signed in: what strangers have us keep.
UNSIGNED = 3 * 3600
_READ = (
    "id",
    "password",
    "username",
    "code",
    "operator",
    "invented",
    "shown_as",
    "sessions_ended",
)
_ACCOUNT = f"SELECT {', '.join(_READ)} FROM web_account WHERE id = %s"
_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(Kept):
    """Sessions in the database, as Django keeps them; where nobody is signed in, for hours."""

    def get_session_cookie_age(self) -> int:
        return super().get_session_cookie_age() if SESSION_KEY in self else UNSIGNED

    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        row = run(_SESSION, [self.session_key, now]).fetchone()
        if row is None:
            # As if it had never begun: a key that somebody else chose is not taken over.
            self._session_key = None
            return {}
        data: dict[str, Any] = json.loads(_decoded(row[0]))
        return data


# A session is mostly read as it was written at signing in; its signature is checked once.
@lru_cache(maxsize=256)
def _decoded(stored: str) -> str:
    return json.dumps(SessionStore().decode(stored))


def named(credentials: dict[str, Any]) -> Account | None:
    """The account that what was typed names, as an e-mail before as a user name; both are looked
    for, whatever it is."""
    name = str(credentials.get("username") or "")
    email = str(credentials.get("email") or name)
    by_email = list(filter_users_by_email(email, prefer_verified=True, for_login=True))
    by_name = get_user_by_username(name)
    found: Account | None = by_email[0] if by_email else by_name
    return found


def end_others(account: Account, request: HttpRequest | None = None) -> None:
    """End all sessions of an account but that of a request, which goes on under a new key."""
    Account.objects.filter(pk=account.pk).update(sessions_ended=F("sessions_ended") + 1)
    account.refresh_from_db(fields=["sessions_ended"])
    if request is not None:
        update_session_auth_hash(request, account)


class Accounts(AuthenticationBackend):
    """Accounts in the database; what is seldom asked of one is read when it is asked."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        # One hash: allauth tries an e-mail that is known twice, and would tell it by the time.
        found: Account | None = self._check_password(named(credentials), credentials["password"])
        return found

    def get_user(self, user_id: int) -> Account | None:
        row = run(_ACCOUNT, [user_id]).fetchone()
        if row is None:
            return None
        said = dict(zip(_READ, row, strict=True))
        said |= {name: bool(said[name]) for name in ("operator", "invented")}
        account: Account = Account.from_db("default", list(said), list(said.values()))
        # Nobody gave the invented a password: outside their demonstration they are nobody.
        if account.invented and not settings.DEMONSTRATION:
            return None
        return account if self.user_can_authenticate(account) else None
