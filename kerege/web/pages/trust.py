"""How registers are guarded and how anyone checks them, told to residents; and the checker."""

import hashlib
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kerege.archive import verifier as checker
from kerege.archive.signed import stated
from kerege.municipality import telling
from kerege.municipality.dating import day_in_bishkek
from kerege.web import keys, readiness, root, witnessing
from kerege.web.listing import entries_url
from kerege.web.models import Register, Row, WitnessState
from kerege.web.places import Place
from kerege.web.public import Public, RootPublic, vkeys_of
from kerege.web.reached import site
from kerege.web.registers import COUNTRY, find, read
from kerege.web.saying import language, w

A_PAGE = 20


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """The page; ``place`` shows one register alone."""
    asked = find(request.GET.get("place", ""))
    shown = Register.objects.order_by("-country", "slug")
    if asked is not None:
        shown = shown.filter(pk=asked.pk)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    house = f"{site(request)}/"
    files = f"{house}{asked.slug if asked else COUNTRY}/log"
    return render(
        request,
        "trust.html",
        {
            "page": page,
            "alone": asked is not None,
            "registers": [guarded(register) for register in page],
            "root": the_root(),
            "troubles": [one.say(language()) for one in readiness.of_late() if one.stops],
            "witnesses": witnesses(),
            "followed": [
                {"name": Place(one).name, "where": one.mirror_of}
                for one in Register.objects.exclude(mirror_of="").order_by("slug")
            ],
            "sha256": built()[1],
            "commands": [
                f"curl -O {house}kerege-verify.pyz",
                "sha256sum kerege-verify.pyz",
                f"python3 kerege-verify.pyz {files}",
                f"kerege mirror {files}",
            ],
        },
    )


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The single file that checks receipts, exports and live registers, with Python alone."""
    data, _ = built()
    said = {
        "Content-Disposition": 'attachment; filename="kerege-verify.pyz"',
        "Cache-Control": "public, no-cache",
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(data, content_type="application/zip", headers=said)


@cache
def built() -> tuple[bytes, str]:
    """The checker's bytes and their SHA-256: the same for as long as this release runs."""
    data = checker.build()
    return data, hashlib.sha256(data).hexdigest()


def guarded(register: Register) -> dict[str, Any]:
    """What stands about one register: its head, its keys, and since when."""
    here = Place(register)
    first = Row.objects.filter(register=register, n=0).values_list("data", flat=True).first()
    changed = (
        Row.objects.filter(register=register, act="RotateKey")
        .order_by("-n")
        .values_list("n", "data")
        .first()
    )
    return {
        "name": here.name,
        "url": entries_url(here) if not register.country else here.url,
        "log": f"/{register.slug}/log/",
        "vkeys": vkeys_of(register),
        "since": written(first) if first is not None else "",
        "exercise": here.exercise,
        "followed": bool(register.mirror_of),
        "changed": written(changed[1]) if changed else "",
        "changed_url": f"{entries_url(here)}{changed[0]}/" if changed else "",
        **head(Public(register).checkpoint()),
    }


def the_root() -> dict[str, Any]:
    """The same of the root."""
    files = RootPublic()
    note = files.checkpoint()
    return {"vkeys": keys.vkeys(root.origin()) if note is not None else [], **head(note)}


def head(note: bytes | None) -> dict[str, Any]:
    """Size and root out of a signed note; 0 and nothing before there is one."""
    if note is None:
        return {"size": 0, "hash": ""}
    said = stated(note)
    return {"size": said.size, "hash": said.root.hex()}


def written(data: bytes) -> str:
    """The day an entry was written down."""
    return telling.day(day_in_bishkek(read(data).recorded_at), language())


def witnesses() -> list[dict[str, str]]:
    """Who else signs, and how each answered last."""
    try:
        asked = witnessing.asked().witnesses
    except witnessing.NoPolicy:
        return []
    states = {state.witness: state for state in WitnessState.objects.all()}
    return [
        {"name": one.verifier.name, "says": " ".join(answered(states.get(one.verifier.name)))}
        for one in asked.values()
    ]


def answered(state: WitnessState | None) -> list[str]:
    if state is None:
        return [w("trust.never_answered")]
    said = [w("trust.never_answered")]
    if state.answered_at is not None:
        said = [w("trust.answered", day=telling.day(state.answered_at.date(), language()))]
    if not state.problem:
        return said
    about = ", ".join(witnessing.refused(state))
    return [*said, w(state.problem), *([w("witness.about", logs=about)] if about else [])]
