"""The codes a place handed out, and the slip of a new one; or its text message, where there is a
gateway for these."""

from datetime import UTC, datetime
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kerege.municipality import telling
from kerege.municipality.dating import BISHKEK
from kerege.municipality.rights import Speaker
from kerege.web import following, gateways, handed
from kerege.web.models import Handed
from kerege.web.pages.act_page import denied
from kerege.web.pictures.squares import squares
from kerege.web.places import Place, place
from kerege.web.reached import site
from kerege.web.saying import language, w
from kerege.web.standing import hold, weak_page

# So many are shown; older ones were used or have ended long ago.
SHOWN = 100


@never_cache
@login_required
def codes(request: HttpRequest, slug: str) -> HttpResponse:
    """Which codes were handed out, by which mandate, whether they were used; a new one, or one for
    an account that a code of this place opened before."""
    here = place(slug)
    by = handed.hander(here, request.user)
    if by is None:
        return denied(request, here, "no_mandate")
    hold(request, here)
    weak = weak_page(request)
    if weak is not None:
        return weak
    now = datetime.now(UTC)
    if request.method != "POST":
        return _listed(request, here, now)
    own = Handed.objects.filter(register=here.register)
    if "take_back" in request.POST:
        handed.take_back(here.register, _number(request.POST["take_back"]), now)
        return HttpResponseRedirect(reverse("codes", args=[here.slug]))
    if "to" in request.POST:
        return _by_sms(request, here, by, now)
    before = None
    if "again" in request.POST:
        used = own.filter(used_at__isnull=False).select_related("account")
        before = get_object_or_404(used, pk=_number(request.POST["again"]))
    try:
        slip = handed.hand_out(here, by, now, before)
    except handed.TooMany:
        return _listed(request, here, now, w("codes.too_many"), 409)
    except handed.NotTheirs:
        return _listed(request, here, now, w("codes.not_theirs"), 409)
    address = _address(request)
    shown = {
        "place": here,
        "slip": slip,
        "until": _until(slip),
        "address": address,
        # The address alone: a picture with the code in it would let in whoever takes a photograph.
        "squares": squares(address.encode(), address),
    }
    return render(request, "signing/slip.html", shown)


def _by_sms(request: HttpRequest, here: Place, by: Speaker, now: datetime) -> HttpResponse:
    """A new code sent to a number, which is typed for this once. A code that did not go out is
    taken back."""
    if not _sends_sms():
        raise Http404("sms")
    try:
        to = gateways.normal("sms", request.POST["to"])
        # Of residents of this country: a number abroad can cost the house what its owner likes.
        if not to.startswith(gateways.COUNTRY_CODE):
            raise gateways.WrongAddress("sms")
    except gateways.WrongAddress:
        return _listed(request, here, now, w("codes.sms_wrong"), 400)
    # By clerk and by number: nobody is sent codes in masses.
    key = following.digest("codes", to)
    if not ratelimit.consume(request, action="code_by_sms", key=key, user=request.user):
        return ratelimit.respond_429(request)
    try:
        slip = handed.hand_out(here, by, now)
    except handed.TooMany:
        return _listed(request, here, now, w("codes.too_many"), 409)
    text = w("codes.sms_says", code=slip.said, day=_until(slip), address=_address(request))
    try:
        went = gateways.send("sms", to, here.name, text)
    except Exception:  # Whatever a gateway does wrong, the code did not arrive.
        went = False
    if not went:
        handed.take_back(here.register, slip.pk, now)
        return _listed(request, here, now, w("codes.sms_failed"), 503)
    return HttpResponseRedirect(reverse("codes", args=[here.slug]) + "?sent=1")


def _sends_sms() -> bool:
    return "sms" in gateways.ways() and gateways.installed()


def _address(request: HttpRequest) -> str:
    return site(request) + reverse("sign-in-code")


def _until(slip: handed.Slip) -> str:
    return telling.day(slip.expires_at.astimezone(BISHKEK).date(), language())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _listed(
    request: HttpRequest, here: Place, now: datetime, wrong: str = "", status: int = 200
) -> HttpResponse:
    rows = Handed.objects.filter(register=here.register).order_by("-pk")[:SHOWN]
    opened: dict[int, Handed] = {}
    for one in Handed.objects.filter(account__in={r.account_id for r in rows}).order_by("pk"):
        opened.setdefault(one.account_id, one)
    shown = [_row(here, one, now, opened.get(one.account_id, one)) for one in rows]
    context = {
        "place": here,
        "rows": shown,
        "wrong": wrong,
        "sent": not wrong and "sent" in request.GET,
        "sms": _sends_sms(),
        "days": handed.DAYS,
    }
    return render(request, "signing/codes.html", context, status=status)


def _row(here: Place, one: Handed, now: datetime, first: Handed) -> dict[str, Any]:
    """A line of the list; ``first`` is the code that opened the same account first."""
    said = language()
    by = here.m.mandates.get(one.by)
    waits = one.used_at is None and one.expires_at > now
    if one.used_at is not None:
        stands = w("codes.used", day=telling.day(one.used_at.date(), said))
    elif waits:
        stands = w("codes.waits", day=telling.day(one.expires_at.date(), said))
    else:
        stands = w("codes.ended")
    return {
        "pk": one.pk,
        "day": telling.day(one.made_at.date(), said),
        "by": here.teller(here.latest).mandate(by.post, by.holder) if by else one.by,
        "stands": stands,
        "first": telling.day(first.made_at.date(), said) if first.pk != one.pk else "",
        "waits": waits,
        "used": one.used_at is not None,
    }
