"""The desk of whoever holds a mandate: what is owed, what can be done, what was begun, what was
done last."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kerege.constitution import packs
from kerege.municipality.rights import Speaker
from kerege.web import drafts, handed
from kerege.web.listing import listed
from kerege.web.models import Draft
from kerege.web.owed import Shown, owed_by
from kerege.web.places import Place
from kerege.web.registers import last_entries, look, seeing
from kerege.web.saying import language
from kerege.web.speaking import act_url, actors, by_topic, registers_of, speakers
from kerege.web.standing import ended
from kerege.web.unfinished import moment

# Acts done last in a place.
LAST = 5


@never_cache
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    # One question how far all registers have come, instead of one for each.
    with seeing(look("")):
        return _desk(request)


def _desk(request: HttpRequest) -> HttpResponse:
    own = registers_of(request.user)
    if ended(request, bool(own)):
        return HttpResponseRedirect(f"{reverse('sign-in')}?ended")
    begun = drafts.of_account(request.user, datetime.now(UTC)) if own else []
    places = [_place(here, request, begun) for here in own]
    return render(request, "desk.html", {"places": places})


def _place(here: Place, request: HttpRequest, begun: list[Draft]) -> dict[str, Any]:
    own = speakers(here, request.user)
    return {
        "place": here,
        "url": reverse("acts", args=[here.slug]),
        "mandates": [_mandate(here, speaker) for speaker in own],
        "drafts": [row for speaker in own for row in _drafts(here, speaker, begun)],
        "last": listed(here, last_entries(here.register, LAST)),
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
        "topics": by_topic(here, speaker),
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
