"""The desk. Of whoever holds a mandate: what is owed, what can be done, what was begun, what was
done last. Of a resident: what is followed, what is being decided, how to take part."""

from datetime import UTC, date, datetime
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kerege.constitution import packs
from kerege.municipality.acts import ACTS
from kerege.municipality.rights import Speaker
from kerege.web import drafts, following, handed, unfinished
from kerege.web.founding import wants_recorder
from kerege.web.listing import listed
from kerege.web.matters import open_matters
from kerege.web.menu import menu_of
from kerege.web.models import Draft, Follow, Register
from kerege.web.owed import Shown, owed_by
from kerege.web.places import Place, all_places, place
from kerege.web.registers import latest, look, seeing
from kerege.web.residents import homes, part_here
from kerege.web.saying import language
from kerege.web.speaking import act_url, actors, registers_of, speakers
from kerege.web.standing import hold, too_weak
from kerege.web.unfinished import moment

# Acts done last in a place.
LAST = 5
# Who may write for whom is no news of a place.
_TOLD = tuple(name for name in ACTS if name not in ("LinkAccount", "ConfirmRecorder"))


@never_cache
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    # One question how far all registers have come, instead of one for each.
    with seeing(look("")):
        return _desk(request)


def _desk(request: HttpRequest) -> HttpResponse:
    own = registers_of(request.user)
    if not own:
        said = _operator(request) if request.user.operator else _resident(request)
        return render(request, "desk.html", {"places": [], **said})
    hold(request, own[0])
    begun = drafts.of_account(request.user, datetime.now(UTC))
    places = [_place(here, request, begun) for here in own]
    return render(request, "desk.html", {"places": places, "weak": _weak(request)})


def _operator(request: HttpRequest) -> dict[str, Any]:
    return {"waiting": _waiting(), "weak": _weak(request)}


def _weak(request: HttpRequest) -> bool:
    """Whether somebody who is to act has only a password yet."""
    return too_weak(request, request.user) and not is_mfa_enabled(request.user)


def _resident(request: HttpRequest) -> dict[str, Any]:
    """Of somebody without a mandate: the places they have to do with, else which place it is."""
    own = homes(request.user)
    asked = request.GET.get("place", "")
    if not own and asked:
        own = [place(asked)]
    found = Follow.objects.filter(address__account=request.user).select_related("register")
    return {
        "over": [row for here in all_places() for row in unfinished.over(here, request.user.code)],
        "homes": [part_here(here) for here in own],
        "choose": [] if own else all_places(),
        "follows": [_followed(one, Place(one.register)) for one in found.order_by("pk")],
    }


def _waiting() -> list[dict[str, str]]:
    """Places whose recorder waits for the operator to give them an account."""
    kept = [Place(one) for one in Register.objects.filter(mirror_of="").order_by("slug")]
    return [
        {"name": here.name, "url": reverse("recorder", args=[here.slug])}
        for here in kept
        if wants_recorder(here.m, date.today()) is not None
    ]


def _followed(one: Follow, here: Place) -> dict[str, str]:
    return {"name": following.named(one, here), "url": here.url}


def _place(here: Place, request: HttpRequest, begun: list[Draft]) -> dict[str, Any]:
    own = speakers(here, request.user)
    return {
        "place": here,
        "url": reverse("acts", args=[here.slug]),
        "mandates": [_mandate(here, speaker) for speaker in own],
        "drafts": [row for speaker in own for row in _drafts(here, speaker, begun)],
        "open": open_matters(here, here.today) if own else [],
        "last": listed(here, latest(here.register, _TOLD, here.today, LAST)),
        "hands_out": handed.hander(here, request.user) is not None,
    }


def _mandate(here: Place, speaker: Speaker) -> dict[str, Any]:
    """Under one mandate: what is owed with the form that does it, and the menu."""
    mandate = speaker.mandate
    assert mandate is not None
    owed = owed_by(here, [mandate])
    return {
        "said": here.teller(here.latest).mandate(mandate.post, mandate.holder),
        "owed": owed,
        "do": [_form(here, speaker, one) for one in owed],
        "menu": menu_of(here, speaker),
    }


def _form(here: Place, speaker: Speaker, one: Shown) -> str:
    """The address of the form that does what is owed; empty where the speaker has none."""
    if not actors(here, one.act, speaker):
        return ""
    return act_url(here, one.act, speaker, drafts.about(one.given))


def _drafts(here: Place, speaker: Speaker, begun: list[Draft]) -> list[dict[str, str]]:
    words = packs.load().vocabulary.acts
    assert speaker.mandate is not None
    return [
        {
            "name": words[one.act].words[language()],
            "url": act_url(here, one.act, speaker, one.about),
            "when": moment(one.updated_at),
        }
        for one in begun
        if (one.register_id, one.mandate) == (here.register.pk, speaker.mandate.id)
    ]
