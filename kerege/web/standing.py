"""Sessions of officials end with their last mandate; and acting wants more than a password.

Rights are asked of the register at every request and end with the mandate by themselves. The
session that was an official's ends as well, the next time it is used.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

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


def methods(request: HttpRequest) -> list[str]:
    """How this session was signed in, first to last; empty for the people of the demonstration."""
    kept = request.session.get("account_authentication_methods")
    return [str(one.get("method")) for one in kept] if isinstance(kept, list) else []


def has_passkey(account: Account) -> bool:
    """Whether an act can be signed by this account."""
    return not account.invented and is_mfa_enabled(account, [Authenticator.Type.WEBAUTHN])


def too_weak(request: HttpRequest, account: Account) -> bool:
    """Whether a password is all this session rests on, where that is not enough to act."""
    if not settings.SECOND_FACTOR or account.invented:
        return False
    return not set(methods(request)) & set(ENOUGH) and not is_mfa_enabled(account)
