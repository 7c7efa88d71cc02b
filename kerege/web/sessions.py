"""Who is signed in: session and account, each read by one plain statement.

Every page of someone signed in waits for both, and Django's own way of asking takes longer than the
page.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import connection
from django.utils import timezone

from kerege.web.models import Account
from kerege.web.statements import run

_READ = ("id", "password", "username", "code", "operator", "invented", "shown_as")
_ACCOUNT = f"SELECT {', '.join(_READ)} FROM web_account WHERE id = %s"
_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(Kept):
    """Sessions in the database, as Django keeps them."""

    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        row = run(_SESSION, [self.session_key, now]).fetchone()
        if row is None:
            # As if it had never begun: a key that somebody else chose is not taken over.
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(row[0])
        return data


class Accounts(AuthenticationBackend):
    """Accounts in the database; what is seldom asked of one is read when it is asked."""

    def get_user(self, user_id: int) -> Account | None:
        row = run(_ACCOUNT, [user_id]).fetchone()
        if row is None:
            return None
        said = dict(zip(_READ, row, strict=True))
        said |= {name: bool(said[name]) for name in ("operator", "invented")}
        account: Account = Account.from_db("default", list(said), list(said.values()))
        return account if self.user_can_authenticate(account) else None
