"""Sessions of officials end with their last mandate; and acting wants more than a password.

Rights are asked of the register at every request and end with the mandate by themselves. The
session that was an official's ends as well, the next time it is used.
"""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kerege.web.models import Account

# In a session since its account was seen to hold a mandate.
HELD = "held_a_mandate"
# Ways of signing in that need no second one beside them.
ENOUGH = ("mfa", "code", "socialaccount")


def ended(request: HttpRequest, holds: bool) -> bool:
    """Whether a session was an official's and its account holds no mandate any more; then it is
    over. ``holds`` is what the registers say now."""
    if holds:
        if HELD not in request.session:
            request.session[HELD] = True
        return False
    if HELD not in request.session:
        return False
    logout(request)
    return True


def has_passkey(account: Account) -> bool:
    """Whether an act can be signed by this account."""
    return not account.invented and is_mfa_enabled(account, [Authenticator.Type.WEBAUTHN])


def too_weak(request: HttpRequest, account: Account) -> bool:
    """Whether a password is all this session rests on, where that is not enough to act."""
    if not settings.SECOND_FACTOR or account.invented:
        return False
    kept = get_authentication_records(request, account)
    # That the account has a second way says nothing of who sits here: it was shown in this session.
    return not {one["method"] for one in kept} & set(ENOUGH)


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
