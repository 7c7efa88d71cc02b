"""One's own account: passkeys, the app of codes, the printed list, the password, the identity
service, the codes that were handed out for it, and its other sessions.

The pages are allauth's, each with a template of ours; what it offers beside them has no address.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as lists
from allauth.mfa.totp import views as app
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kerege.municipality import telling
from kerege.web.models import Account, Handed
from kerege.web.pictures.squares import squares
from kerege.web.places import Place
from kerege.web.saying import language
from kerege.web.sessions import end_others
from kerege.web.standing import has_passkey, must_show

# So many of the codes handed out for an account are shown to it.
CODES = 5


class _Shown:
    """Whoever adds a second way has just shown it: the session rests on it from then on, and every
    other session, which does not, is over."""

    shown = ""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, "mfa", type=self.shown)  # type: ignore[attr-defined]
        end_others(self.request.user, self.request)  # type: ignore[attr-defined]
        return answer


class _Off:
    """What is taken away lets nobody go on by it, here or in another session."""

    template_name = "signing/off.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)  # type: ignore[misc]
        _taken_away(self.request)  # type: ignore[attr-defined]
        return answer


def _taken_away(request: HttpRequest) -> None:
    if not is_mfa_enabled(request.user):
        kept = get_authentication_records(request, request.user)
        weak = [one for one in kept if one["method"] != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = weak
    end_others(request.user, request)


class NewList(lists.GenerateRecoveryCodesView):
    """Another printed list; whoever is signed in elsewhere may have the old one."""

    template_name = "signing/list_new.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        end_others(self.request.user, self.request)
        return answer


class PasskeyOff(_Off, passkeys.RemoveWebAuthnView):
    pass


class AppOff(_Off, app.DeactivateTOTPView):
    pass


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
            "links": _links(self.request.user),
            "removable": _other_way(self.request.user),
            "codes": _codes(self.request.user),
        }


def _links(user: Account) -> list[dict[str, Any]]:
    """The identities that open an account, and since when."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    names = {one["provider_id"]: one["name"] for one in apps}
    return [
        {
            "pk": link.pk,
            "name": names.get(link.provider, link.provider),
            "day": telling.day(link.date_joined.date(), language()),
        }
        for link in SocialAccount.objects.filter(user=user).order_by("pk")
    ]


def _codes(user: Account) -> list[dict[str, str]]:
    """When, where and by whom codes for an account were handed out last."""
    found = Handed.objects.filter(account=user).select_related("register").order_by("-pk")
    shown = []
    for one in found[:CODES]:
        here = Place(one.register)
        by = here.m.mandates.get(one.by)
        who = here.teller(here.latest).mandate(by.post, by.holder) if by else one.by
        day = telling.day(one.made_at.date(), language())
        shown.append({"day": day, "place": here.name, "by": who})
    return shown


def _other_way(user: Account) -> bool:
    """Whether an account can be signed in to without the identity service."""
    return user.has_usable_password() or has_passkey(user)


@reauthentication_required
def _service_off(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    if not _other_way(request.user):
        return HttpResponseRedirect(reverse("account"))
    if request.method != "POST":
        return render(request, "signing/off.html")
    link.delete()
    _taken_away(request)
    return HttpResponseRedirect(reverse("account"))


def _end_others(request: HttpRequest) -> HttpResponse:
    end_others(request.user, request)
    return HttpResponseRedirect(reverse("account"))


def _own(view: Any) -> Any:
    """A page nobody else is shown, and no cache keeps."""
    return never_cache(login_required(view))


def _changing(view: Any) -> Any:
    """A page of one's own that changes the ways in, for who has shown the second one here."""

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        must_show(request)
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    return _own(page)


index = _own(AccountPage.as_view())
password = _changing(account.rate_limit(action="change_password")(PasswordPage.as_view()))
again = _own(account.ReauthenticateView.as_view(template_name="signing/again.html"))
again_code = _own(factors.ReauthenticateView.as_view(template_name="signing/again.html"))
again_passkey = _own(
    passkeys.ReauthenticateWebAuthnView.as_view(template_name="signing/again_passkey.html")
)
second = never_cache(factors.AuthenticateView.as_view(template_name="signing/second.html"))
passkey_new = _changing(PasskeyPage.as_view())
passkey_off = _changing(PasskeyOff.as_view())
app_new = _changing(AppPage.as_view())
app_off = _changing(AppOff.as_view())
service_off = _changing(_service_off)
others_off = require_POST(_own(_end_others))
list_shown = _changing(lists.ViewRecoveryCodesView.as_view(template_name="signing/list.html"))
list_new = _changing(NewList.as_view())
