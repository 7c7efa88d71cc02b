"""Sessions of officials end with their last mandate, and when nobody uses them; and acting wants
more than a password.

Rights are asked of the register at every request and end with the mandate by themselves. The
session that was an official's ends as well, the next time it is used, whatever page it asks for.
How strong a session is, is how its own owner signed in there: what was added to the account in
another session says nothing of who sits here.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kerege.municipality.record import Mandate
from kerege.web.models import Account
from kerege.web.places import Place
from kerege.web.registers import find, look, seeing
from kerege.web.speaking import registers_of, speakers

# In a session since its account was seen to hold a mandate: the place of the last one.
HELD = "held_a_mandate"
# In the session after it: whose that was.
OVER = "mandate_over"
# When a session began, and when one that ends by itself was used last.
BEGAN, SEEN = "began", "seen"
IDLE = 12 * 3600
"""Seconds after which a session of an official or an operator that nobody used is over."""
A_WHILE = 600
"""Seconds in which the use of a session is written down once."""


def begin(request: HttpRequest) -> None:
    """A session that has just begun; those that have ended are cleared away with it, and so are
    attempts to sign in that count no more, which name addresses."""
    account, now = request.user, int(time.time())
    # Its row may have been short-lived while nobody was signed in.
    request.session.set_expiry(None)
    request.session[BEGAN] = now
    own = registers_of(account)
    if own:
        hold(request, own[0])
    if own or account.operator:
        request.session[SEEN] = now
    request.session.clear_expired()
    _forget_attempts()


View = Callable[..., HttpResponseBase]


def for_everyone(view: View) -> View:
    """A view that answers everybody alike: it asks for no session, and ends none."""
    vars(view)["for_everyone"] = True
    return view


def _forget_attempts() -> None:
    """Django's cache leaves what is over where it is until there is too much of it."""
    over = connection.ops.adapt_datetimefield_value(datetime.now(UTC).replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kerege_attempts WHERE expires < %s", [over])


class OnDuty:
    """Middleware, after that of accounts. Of readers without a session it asks nothing, and
    registers only for a session that was an official's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: View, said: object, named: object
    ) -> HttpResponse | None:
        """None where the view answers."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or getattr(
            view, "for_everyone", False
        ):
            return None
        why = _over(request)
        if not why:
            return None
        _end(request, why)
        if request.method == "POST":
            # As from someone who has not signed in: what was typed into a form is kept for them.
            return None
        return HttpResponseRedirect(f"{reverse('sign-in')}?{why}")


def gave_up(request: HttpRequest, mandate: Mandate) -> bool:
    """Whether the act just written ended ``mandate``, under which it was sent, as the last one of
    its account. The session is over with it: the entry is read without one."""
    if mandate.holds(date.today()) or _holds_still(request):
        return False
    _end(request, "ended")
    return True


def _end(request: HttpRequest, why: str) -> None:
    code = getattr(request.user, "code", "")
    logout(request)
    if why == "ended":
        # Whoever was writing meanwhile is told when the mandate ended.
        request.session[OVER] = code
        request.session.set_expiry(IDLE)


def _over(request: HttpRequest) -> str:
    """Why a session is over: ``idle`` or ``ended``; empty where it goes on."""
    session, now = request.session, int(time.time())
    # Every writing of a session puts off the end that Django has set it.
    if now - session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE:
        return "idle"
    if HELD not in session and SEEN not in session:
        return ""
    seen = session.get(SEEN, 0)
    if seen and now - seen > IDLE:
        return "idle"
    if now - seen > A_WHILE:
        _note(request, SEEN, now)
    if HELD not in session or not request.user.is_authenticated:
        return ""
    return "" if _holds_still(request) else "ended"


def _holds_still(request: HttpRequest) -> bool:
    """Mostly one register is all there is to ask; all of them, where that one says no."""
    last = find(request.session[HELD])
    if last is not None and speakers(Place(last), request.user):
        return True
    with seeing(look("")):
        own = registers_of(request.user)
    if own:
        _note(request, HELD, own[0].slug)
    return bool(own)


def hold(request: HttpRequest, here: Place) -> None:
    """Note that this session is an official's: it ends with the last mandate of its account."""
    if HELD not in request.session:
        _note(request, HELD, here.slug)


def _note(request: HttpRequest, key: str, value: object) -> None:
    """Write something down in a session at once; on a full disk pages are read all the same."""
    request.session[key] = value
    with suppress(DatabaseError, UpdateError):
        request.session.save()
    request.session.modified = False


def has_passkey(account: Account) -> bool:
    """Whether an act can be signed by this account."""
    return not account.invented and is_mfa_enabled(account, [Authenticator.Type.WEBAUTHN])


def too_weak(request: HttpRequest, account: Account) -> bool:
    """Whether a password is all this session rests on, where that is not enough to act."""
    if not settings.SECOND_FACTOR or account.invented:
        return False
    return not shown(request, account)


def shown(request: HttpRequest, account: Account) -> bool:
    """Whether a passkey or a one-time code was shown in this session; a password, a code handed
    out and the identity service are a first step."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, account))


def must_show(request: HttpRequest) -> None:
    """Let nobody change the ways in of an account that has a second one who has not shown it here.
    Raises ReauthenticationRequired."""
    if is_mfa_enabled(request.user) and not shown(request, request.user):
        raise ReauthenticationRequired


def weak_page(request: HttpRequest) -> HttpResponse | None:
    """What is answered in the place of what ``too_weak`` withholds; None lets it pass."""
    account = request.user
    if not too_weak(request, account):
        return None
    again = ""
    if is_mfa_enabled(account):
        way = "mfa_reauthenticate_webauthn" if has_passkey(account) else "mfa_reauthenticate"
        again = f"{reverse(way)}?{urlencode({'next': request.get_full_path()})}"
    return render(request, "signing/weak.html", {"again": again}, status=403)
