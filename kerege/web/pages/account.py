"""One's own account: passkeys, the app of codes, the printed list, the password.

The pages are allauth's, each with a template of ours; what it offers beside them has no address.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as lists
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache

from kerege.web.pictures.squares import squares


class _Shown:
    """Whoever adds a second way has just shown it: the session rests on it from then on."""

    shown = ""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, "mfa", type=self.shown)  # type: ignore[attr-defined]
        return answer


class PasskeyPage(_Shown, passkeys.AddWebAuthnView):
    template_name = "signing/passkey.html"
    shown = "webauthn"


class AppPage(_Shown, app.ActivateTOTPView):
    """The secret for an app, as squares and as text."""

    template_name = "signing/app.html"
    shown = "totp"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        secret = found["form"].secret
        picture = squares(found["totp_url"].encode(), secret)
        return {**found, "secret": secret, "squares": picture}


class PasswordPage(account.PasswordChangeView):
    """A new password ends every other session of the account."""

    template_name = "signing/password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():
            return HttpResponseRedirect(reverse("account"))
        return super().dispatch(request, *args, **kwargs)


class AccountPage(factors.IndexView):
    template_name = "signing/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        kept = found["authenticators"]
        return {
            **found,
            "passkeys": kept.get("webauthn", []),
            "app": kept.get("totp"),
            "list": kept.get("recovery_codes"),
            "service": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"],
        }


def _own(view: Any) -> Any:
    """A page nobody else is shown, and no cache keeps."""
    return never_cache(login_required(view))


index = _own(AccountPage.as_view())
password = _own(account.rate_limit(action="change_password")(PasswordPage.as_view()))
again = _own(account.ReauthenticateView.as_view(template_name="signing/again.html"))
again_code = _own(factors.ReauthenticateView.as_view(template_name="signing/again.html"))
again_passkey = _own(
    passkeys.ReauthenticateWebAuthnView.as_view(template_name="signing/again_passkey.html")
)
second = never_cache(factors.AuthenticateView.as_view(template_name="signing/second.html"))
passkey_new = _own(PasskeyPage.as_view())
passkey_off = _own(
    passkeys.RemoveWebAuthnView.as_view(
        template_name="signing/off.html", success_url=reverse_lazy("account")
    )
)
app_new = _own(AppPage.as_view())
app_off = _own(
    app.DeactivateTOTPView.as_view(
        template_name="signing/off.html", success_url=reverse_lazy("account")
    )
)
list_shown = _own(lists.ViewRecoveryCodesView.as_view(template_name="signing/list.html"))
list_new = _own(lists.GenerateRecoveryCodesView.as_view(template_name="signing/list_new.html"))
