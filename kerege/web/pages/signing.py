"""Signing in and out, and a new account in the demonstration."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kerege.municipality import telling
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Link, Mandate
from kerege.web import handed
from kerege.web.account_making import free_name
from kerege.web.accounts_forms import HandedCode, SignIn
from kerege.web.models import Account, Handed, Register
from kerege.web.places import Place
from kerege.web.registers import told
from kerege.web.saying import language, w
from kerege.web.speaking import registers_of, speakers
from kerege.web.standing import begin

BACKEND = "kerege.web.sessions.Accounts"
ASKED = 600
"""Seconds in which a passkey has to answer."""


class SignInPage(LoginView):
    """User name or e-mail and a password; the passkey, the code and the identity service stand
    beside it."""

    template_name = "sign_in.html"

    def get_success_url(self) -> str:
        return next_of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **ways_in(self.request)}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class PasskeyPage(LoginWebAuthnView):
    """A passkey that answers opens the account; one that does not leads back to the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().get(request, *args, **kwargs)
        # Whoever only asks leaves a row behind: not for long.
        if request.session.modified and not request.user.is_authenticated:
            request.session.set_expiry(ASKED)
        return answer

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        said = {"form": SignIn(request=self.request), "passkey_failed": True}
        return render(self.request, "sign_in.html", {**ways_in(self.request), **said}, status=400)


sign_in = SignInPage.as_view()
sign_in_passkey = never_cache(PasskeyPage.as_view())


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """What the page of signing in offers."""
    return {
        "next": next_of(request),
        "invented": _invented(),
        "passkey_failed": False,
        "ended": "ended" in request.GET,
        "idle": "idle" in request.GET,
        "service": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"],
        "demonstration": settings.DEMONSTRATION,
    }


@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """By a code that was handed out. Nothing is told apart of codes that do not open."""
    form, status = HandedCode(request.POST or None), 200
    if request.method == "POST":
        if not ratelimit.consume(request, action="handed_code"):
            return ratelimit.respond_429(request)
        account = None
        if form.is_valid():
            account = handed.redeem(form.cleaned_data["code"], datetime.now(UTC))
        if account is not None:
            record_authentication(request, account, "code")
            return perform_login(request, Login(user=account, redirect_url=next_of(request)))
        if form.is_valid():
            form.add_error("code", w("codes.not_open"))
        status = 400
    return render(
        request, "signing/code.html", {"form": form, "next": next_of(request)}, status=status
    )


@require_POST
def sign_in_as(request: HttpRequest, code: str) -> HttpResponse:
    """Become one of the invented people of the demonstration; nowhere else."""
    account = Account.objects.filter(code=code, invented=True).first()
    if not settings.DEMONSTRATION or account is None:
        raise Http404(code)
    login(request, account, backend=BACKEND)
    begin(request)
    return HttpResponseRedirect(next_of(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("country"))


class SignUpForm(forms.Form):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.CharField(
            max_length=60,
            label=w("signing.username"),
            widget=forms.TextInput(attrs={"autocomplete": "username"}),
        )
        self.fields["password"] = forms.CharField(
            max_length=200,
            label=w("signing.password"),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )


def sign_up(request: HttpRequest) -> HttpResponse:
    """A new account in the demonstration, for whoever wants to try. A real place makes accounts by
    its operator, by codes that were handed out, and by the identity service."""
    if not settings.DEMONSTRATION:
        raise Http404("sign-up")
    if request.method == "POST" and not ratelimit.consume(request, action="sign_up"):
        return ratelimit.respond_429(request)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            validate_password(password, Account(username=name))
        except forms.ValidationError as weak:
            form.add_error("password", weak)
        try:
            name = free_name(name)
        except Malformed as wrong:
            form.add_error("username", telling.problem(wrong.problems[0], language()))
        if not form.errors:
            login(request, Account.objects.make(name, password), backend=BACKEND)
            begin(request)
            return HttpResponseRedirect(reverse("desk"))
    status = 400 if form.errors else 200
    return render(request, "sign_up.html", {"form": form}, status=status)


def _mandate(here: Place, mandate: Mandate | None) -> str:
    assert mandate is not None
    return here.teller(here.latest).mandate(mandate.post, mandate.holder)


def _invented() -> list[dict[str, Any]]:
    """The people of the demonstration, place by place, with the posts they hold."""
    if not settings.DEMONSTRATION:
        return []
    let_in = Handed.objects.filter(account__invented=True).select_related("register")
    homes = {one.account_id: one.register for one in let_in.order_by("-pk")}
    groups: dict[str, list[dict[str, str]]] = {}
    for account in Account.objects.filter(invented=True).order_by("pk"):
        held = [
            (here.name, _mandate(here, speaker.mandate))
            for here in registers_of(account)
            for speaker in speakers(here, account)
        ]
        home = homes.get(account.pk) or _last_place(account)
        other = Place(home).name if home is not None else w("signing.server")
        said = w("signing.resident") if account.pk in homes else account.shown_as
        if account.pk not in homes and home is not None:
            said = w("signing.over", name=said)
        name, said = held[0] if held else (other, said)
        person = {"code": account.code, "said": said, "username": account.username}
        groups.setdefault(name, []).append(person)
    return [{"place": name, "people": people} for name, people in groups.items()]


def _last_place(account: Account) -> Register | None:
    """Where somebody whose mandates are over held one."""
    for register in Register.objects.order_by("slug"):
        if any(link.account == account.code for link in told(register).all(Link)):
            return register
    return None


def next_of(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, never another."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return asked
    return reverse("desk")
