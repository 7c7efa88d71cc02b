"""Signing in and out, a new account, and the desk: where one may act."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kerege.municipality.record import Mandate
from kerege.web.models import Account
from kerege.web.owed import owed_by
from kerege.web.places import Place
from kerege.web.saying import w
from kerege.web.speaking import registers_of, speakers

BACKEND = "kerege.web.sessions.Accounts"


class SignInForm(forms.Form):
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
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )


def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            login(request, account)
            return HttpResponseRedirect(_next(request))
        form.add_error(None, w("signing.wrong"))
        status = 400
    return render(
        request,
        "sign_in.html",
        {"form": form, "next": _next(request), "invented": _invented()},
        status=status,
    )


@require_POST
def sign_in_as(request: HttpRequest, code: str) -> HttpResponse:
    """Become one of the invented people of the demonstration; nowhere else."""
    account = Account.objects.filter(code=code, invented=True).first()
    if not settings.DEMONSTRATION or account is None:
        raise Http404(code)
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("country"))


def sign_up(request: HttpRequest) -> HttpResponse:
    """A new account: no rights, only a code that a recorder can link to a mandate."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            validate_password(password, Account(username=name))
        except forms.ValidationError as weak:
            form.add_error("password", weak)
        if Account.objects.filter(username=name).exists():
            form.add_error("username", w("signing.taken"))
        if not form.errors:
            login(request, Account.objects.make(name, password), backend=BACKEND)
            return HttpResponseRedirect(reverse("desk"))
    status = 400 if form.errors else 200
    return render(request, "sign_up.html", {"form": form}, status=status)


@never_cache
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Where one holds a mandate, and what one can do there."""
    places = [
        {
            "place": here,
            "url": reverse("acts", args=[here.slug]),
            "mandates": [_mandate(here, s.mandate) for s in speakers(here, request.user)],
            "owed": owed_by(here, [s.mandate for s in speakers(here, request.user) if s.mandate]),
        }
        for here in registers_of(request.user)
    ]
    return render(request, "desk.html", {"places": places})


def _mandate(here: Place, mandate: Mandate | None) -> str:
    assert mandate is not None
    return here.teller(here.latest).mandate(mandate.post, mandate.holder)


def _invented() -> list[dict[str, Any]]:
    """The people of the demonstration, place by place, with the posts they hold."""
    if not settings.DEMONSTRATION:
        return []
    groups: dict[str, list[dict[str, str]]] = {}
    for account in Account.objects.filter(invented=True).order_by("pk"):
        held = [
            (here.name, _mandate(here, speaker.mandate))
            for here in registers_of(account)
            for speaker in speakers(here, account)
        ]
        name, said = held[0] if held else (w("signing.server"), account.shown_as)
        person = {"code": account.code, "said": said, "username": account.username}
        groups.setdefault(name, []).append(person)
    return [{"place": name, "people": people} for name, people in groups.items()]


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, never another."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return asked
    return reverse("desk")
