"""What one follows and where notices go: one page with plain forms; and the page that stops them,
which asks for no account."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kerege.web import following, gateways, notifying, outbox
from kerege.web.keys import Locked
from kerege.web.models import Address, Follow
from kerege.web.places import Place, all_places, country_place, place
from kerege.web.reached import site
from kerege.web.saying import language, w


class NotDone(Exception):
    """What was sent cannot be done; ``key`` says why in words/following.toml."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Lists, changes and stops; ``?place=naryn&body=kenesh`` says what somebody wants to follow."""
    here = _place_asked(request)
    if request.method != "POST":
        return _shown(request, here)
    do = _DEEDS.get(request.POST.get("do", ""))
    if do is None:
        raise Http404("do")
    if request.POST["do"] in ("add", "again") and not _may_send(request):
        return _shown(request, here, w("following.too_many_codes"), 429)
    try:
        do(request, here, datetime.now(UTC))
    except NotDone as wrong:
        return _shown(request, here, w(wrong.key), 400)
    except Locked:
        return _shown(request, here, w("following.locked"), 503)
    asked = {name: request.GET[name] for name in ("place", "body") if name in request.GET}
    back = f"?{urlencode(asked)}" if asked else ""
    return HttpResponseRedirect(reverse("following") + back)


def _may_send(request: HttpRequest) -> bool:
    """Codes are counted by account, by computer and by the address they go to."""
    if request.POST["do"] == "again":
        key = following.digest("again", _own(request).uid)
    else:
        key = following.digest(request.POST.get("way", ""), request.POST.get("to", ""))
    return bool(ratelimit.consume(request, action="address_code", key=key, user=request.user))


def _add(request: HttpRequest, here: Place | None, now: datetime) -> None:
    way = request.POST.get("way", "")
    if way not in gateways.ways():
        raise NotDone("following.no_way")
    try:
        following.start(request.user, way, request.POST.get("to", ""), now)
    except gateways.WrongAddress:
        raise NotDone("following.wrong_address") from None
    except following.TooMany:
        raise NotDone("following.too_many_addresses") from None


def _again(request: HttpRequest, here: Place | None, now: datetime) -> None:
    one = _own(request)
    if one.confirmed_at is None:
        following.send_code(one, now)


def _confirm(request: HttpRequest, here: Place | None, now: datetime) -> None:
    if not following.confirm(_own(request), request.POST.get("code", ""), now):
        raise NotDone("following.wrong_code")


def _follow(request: HttpRequest, here: Place | None, now: datetime) -> None:
    one = _own(request)
    if here is None or one.confirmed_at is None:
        raise Http404("follow")
    try:
        following.follow(one, here, request.POST.get("what", ""))
    except following.NotFollowed as error:
        raise Http404("what") from error
    except following.TooMany:
        raise NotDone("following.too_many_follows") from None


def _unfollow(request: HttpRequest, here: Place | None, now: datetime) -> None:
    pk = _number(request.POST.get("follow", ""))
    get_object_or_404(Follow, pk=pk, address__account=request.user).delete()


def _rhythm(request: HttpRequest, here: Place | None, now: datetime) -> None:
    one = _own(request)
    one.at_once = request.POST.get("at_once") == "1"
    one.language = language()
    one.save(update_fields=["at_once", "language"])


def _remove(request: HttpRequest, here: Place | None, now: datetime) -> None:
    one = _own(request)
    if gateways.kept_here(one.way):
        outbox.forget(one.way, following.opened(one))
    one.delete()


_DEEDS: dict[str, Callable[[HttpRequest, Place | None, datetime], None]] = {
    "add": _add,
    "again": _again,
    "confirm": _confirm,
    "follow": _follow,
    "unfollow": _unfollow,
    "rhythm": _rhythm,
    "remove": _remove,
}


def _own(request: HttpRequest) -> Address:
    """An address of this account; raises Http404 for anybody else's as for none."""
    pk = _number(request.POST.get("address", ""))
    return get_object_or_404(Address, pk=pk, account=request.user)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _place_asked(request: HttpRequest) -> Place | None:
    slug = request.GET.get("place", "")
    return place(slug) if slug else None


def _shown(
    request: HttpRequest, here: Place | None, wrong: str = "", status: int = 200
) -> HttpResponse:
    own = Address.objects.filter(account=request.user).order_by("pk")
    body = request.GET.get("body", "")
    context = {
        "wrong": wrong,
        # Nothing typed is lost where it could not be done.
        "typed": {name: request.POST.get(name, "")[: gateways.LONGEST] for name in ("way", "to")},
        "kept": any(gateways.kept_here(way) for way in gateways.ways()),
        "ways": [{"way": way, "said": w(f"following.way_{way}")} for way in gateways.ways()],
        "addresses": [_address(one, site(request)) for one in own],
        "here": here,
        "what": following.choices(here) if here is not None else [],
        "asked": f"body:{body}" if body else "",
        "places": [country_place(), *all_places()] if here is None else [],
    }
    return render(request, "following.html", context, status=status)


def _address(one: Address, site: str) -> dict[str, Any]:
    try:
        to = following.opened(one)
    except Locked:
        to = ""
    kept = bool(to) and gateways.kept_here(one.way)
    return {
        "pk": one.pk,
        "last": outbox.last(one.way, to) if kept else [],
        "unsent": notifying.unsent(one, site) if kept and one.confirmed_at is not None else None,
        "way": w(f"following.way_{one.way}"),
        "to": to,
        "confirmed": one.confirmed_at is not None,
        "at_once": one.at_once,
        "failing": one.failures > 0,
        "follows": _follows(one),
    }


def _follows(one: Address) -> list[dict[str, Any]]:
    found = one.follows.select_related("register").order_by("pk")
    return [
        {
            "pk": each.pk,
            "said": following.named(each, Place(each.register)),
            "slug": each.register.slug,
        }
        for each in found
    ]


# The link itself says who may; a mail program presses it without a page or a cookie (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From the link in a notice: stop one thing, or everything, and then the address is deleted.
    A link that is not ours and one that was used to stop everything are answered alike."""
    one = following.by_token(token)
    if one is not None and request.method == "POST":
        if request.POST.get("follow"):
            one.follows.filter(pk=_number(request.POST["follow"])).delete()
        else:
            one.delete()
            one = None
    context = {"follows": _follows(one) if one is not None else [], "known": one is not None}
    return render(request, "following_stop.html", context)
