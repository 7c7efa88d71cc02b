"""What django-allauth asks of us: our words, names that say nothing, and nothing kept of a person.

allauth knows passwords, passkeys, codes and OpenID Connect; who may act, it does not know: that
stands in the registers.
"""

import base64
import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from kerege.web import sessions, standing
from kerege.web.models import Account
from kerege.web.saying import w

# What allauth finds wrong, by its code; anything else is said in one sentence.
_SAID = {
    "username_password_mismatch": "signing.wrong",
    "email_password_mismatch": "signing.wrong",
    "invalid_login": "signing.wrong",
    "too_many_login_attempts": "signing.too_many",
    "rate_limited": "signing.too_many",
    "incorrect_code": "signing.code_wrong",
    "incorrect_password": "signing.password_wrong",
    "enter_current_password": "signing.password_wrong",
}


def new_name() -> str:
    """A user name for someone who gave none; it says nothing of the person."""
    return f"k-{secrets.token_hex(6)}"


class _Said:
    """Whatever is wrong is told in the words of the house."""

    def validation_error(self, code: str, *args: object) -> ValidationError:
        return ValidationError(w(_SAID.get(code, "signing.failed")), code=code)


# Letters of a name the identity service gives somebody (OpenID Connect Core 1.0, 2).
_LONGEST = 255
# In a session that is on its way in: what the account was when it began.
_BEGUN = "begun_as"


class Entrance(_Said, DefaultAccountAdapter):
    """Accounts are made by the operator, from a code that was handed out, or by the identity
    service; nobody signs up by a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        # Programs are answered where the passkey asks, and nowhere else.
        at = request.resolver_match
        return at is not None and at.url_name == "sign-in-passkey" and super().is_ajax(request)

    def populate_username(self, request: HttpRequest, user: Account) -> None:
        user.username = user.username or new_name()

    def pre_login(self, request: HttpRequest, user: Account, **more: Any) -> Any:
        request.session[_BEGUN] = user.get_session_auth_hash()
        return super().pre_login(request, user, **more)

    def login(self, request: HttpRequest, user: Account) -> None:
        # Between the first step and the second the password can be changed, and all be ended.
        if request.session.pop(_BEGUN, None) != user.get_session_auth_hash():
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("sign-in")))
        super().login(request, user)
        standing.begin(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Of the account: by any of its names, and whatever the site is called in the request.
        account = sessions.named(credentials)
        typed = credentials.get("email") or credentials.get("username") or ""
        return f"name:{typed.lower()}" if account is None else f"account:{account.pk}"

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        # Of whatever changes the ways in: allauth would connect an identity without it.
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        # Where there is a second way, a password changes nothing; a passkey comes first.
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [way for way in ways if way["id"] != "reauthenticate"]
        return sorted(second, key=lambda way: "webauthn" not in way["id"]) or ways

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("country")


class Factors(_Said, DefaultMFAAdapter):
    """Passkeys, codes of an app, and the printed list."""

    def encrypt(self, text: str) -> str:
        # A copied database alone shows no secret of an app and no printed code.
        return _sealed().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _sealed().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"Kerege {settings.NAME}"


def _sealed() -> Fernet:
    key = hashlib.sha256(b"kerege/factors/v1\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class Elsewhere(_Said, DefaultSocialAccountAdapter):
    """Whom the identity service sends: only that it is the same person as the last time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> Any:
        # Only those of the settings: none is kept in the database, and none is looked for there.
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        came = sociallogin.account.extra_data
        who = (came.get("userinfo") or came.get("id_token") or came).get("sub")
        # Two whom the service calls nothing, or by a number, are not one person.
        if not isinstance(who, str) or not 1 <= len(who) <= _LONGEST or not who.isprintable():
            raise ValueError("the identity service does not say who it is")
        # A name, an address or a number that came with it is not ours to keep, nor to write for a
        # moment: whoever signs in again is looked up, and saved, right after this.
        sociallogin.email_addresses = []
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        # Another way in: whoever else is signed in to this account begins again.
        sessions.end_others(request.user, request)
        return reverse("account")
