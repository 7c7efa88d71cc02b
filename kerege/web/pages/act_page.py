"""The page of one act's form, and the page of somebody who cannot have it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.problem import Problem
from kerege.municipality.rights import RECORDER_ACTS, Speaker
from kerege.web import drafts, lines, unfinished
from kerege.web.forms import LINES, ActForm
from kerege.web.frame import Frame
from kerege.web.menu import group_name
from kerege.web.places import Place
from kerege.web.private import personal
from kerege.web.saying import language, w
from kerege.web.standing import has_passkey


@dataclass
class Filled:
    """The form of an act as somebody has it before them, empty or filled in."""

    here: Place
    name: str
    speaker: Speaker
    form: ActForm
    frame: Frame
    # Under which a draft of it is kept, and the one that was found.
    own: drafts.Form
    begun: Any = None
    live: unfinished.Live = field(default_factory=unfinished.Live)
    # What the law answers to it, and whether it was sent and refused.
    ruling: Any = None
    refused: bool = False
    # Of a correction, that only a misprint is asked for.
    short: str = ""

    @property
    def kind(self) -> type[Act]:
        return ACTS[self.name]


def show(request: HttpRequest, filled: Filled, status: int = 200) -> HttpResponse:
    """The page of the form, with what is wrong in it and what the law answers."""
    here, name = filled.here, filled.name
    for form in (filled.form, filled.frame):
        for file in set(form.fields) & set(request.FILES) - set(form.errors):
            form.add_error(file, w("documents.again"))
    word = packs.load().vocabulary.acts[name]
    spare = lines.spare(filled.form, request.POST)
    context = {
        "place": here,
        "name": name,
        "form": filled.form,
        "frame": filled.frame,
        "ruling": filled.ruling,
        "refused": filled.refused,
        "short": filled.short,
        "begun": filled.begun,
        "live": filled.live,
        "had_files": sorted(request.FILES),
        "spare": spare,
        "lines_shown": LINES - len(spare),
        "address": request.get_full_path(),
        "passkeys": has_passkey(request.user),
        "typist": unfinished.typist(request),
        "title": word.words[language()],
        "topic": group_name(name),
        "judged": word.judged,
        "stays_out": ", ".join(
            telling.field_name(field, language()) for field in personal(filled.kind)
        ),
        "breadcrumbs": [
            {"name": here.name, "url": here.url},
            {"name": w("acting.title"), "url": reverse("acts", args=[here.slug])},
        ],
    }
    return render(request, "act.html", context, status=status)


def denied(
    request: HttpRequest,
    here: Place | None,
    key: str,
    typed: Sequence[tuple[str, str]] = (),
    over: Sequence[dict[str, str]] = (),
    act: str = "",
) -> HttpResponse:
    """That somebody cannot do it; with which of their mandates are ``over``, what they had
    ``typed``, by its labels, to copy it from, and whose ``act`` it is."""
    said = telling.problem(Problem("actor", key, {}), language())
    words = packs.load().vocabulary
    whose = [words.actors[one][language()] for one in (words.acts[act].actors if act else ())]
    if act in RECORDER_ACTS:
        whose = [w("acting.recorder")]
    context = {
        "place": here,
        "said": said,
        "typed": typed,
        "over": over,
        "whose": ", ".join(whose),
    }
    return render(request, "denied.html", context, status=403)
