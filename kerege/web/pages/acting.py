"""Acting: what one can do here, the form of an act, and the answer of the law.

One address serves all acts. A permitted act is written and shown; a refused one shows the norm,
what is missing and the lawful next step, and keeps what was typed.
"""

import logging
import uuid
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Evidence
from kerege.municipality.fields import Day, Hex, Text, Wrong
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.rights import NotEntitled, Speaker
from kerege.web import documents
from kerege.web.charters import adopted_here
from kerege.web.forms import ActForm, Typed
from kerege.web.gate import Attempt, Refused, perform
from kerege.web.heads import Behind
from kerege.web.keys import Locked
from kerege.web.places import Place, place
from kerege.web.private import personal
from kerege.web.rulings import ruling_shown
from kerege.web.saying import language, w
from kerege.web.speaking import NAMED, actor_of, actors, menu, speakers
from kerege.web.withdrawing import withdraw

logger = logging.getLogger(__name__)


@login_required
def acts(request: HttpRequest, slug: str) -> HttpResponse:
    """What one can do here."""
    here = place(slug)
    words, said = packs.load().vocabulary, language()
    groups = []
    for speaker in speakers(here, request.user):
        assert speaker.mandate is not None
        topics: dict[str, list[dict[str, str]]] = {}
        for name in menu(here, speaker):
            topics.setdefault(words.topics[words.acts[name].topic][said], []).append(
                {"name": words.acts[name].words[said], "url": act_url(here, name, speaker)}
            )
        groups.append(
            {
                "who": here.teller(here.latest).mandate(
                    speaker.mandate.post, speaker.mandate.holder
                ),
                "topics": list(topics.items()),
            }
        )
    status = 200 if groups else 403
    return render(request, "acts.html", {"place": here, "groups": groups}, status=status)


@login_required
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The form of one act."""
    here = place(slug)
    kind = ACTS.get(name)
    if kind is None:
        raise Http404(name)
    speaker = chosen(request, here)
    if speaker is None:
        return denied(request, here, "no_mandate")
    posted = request.POST if request.method == "POST" else None
    whom = actors(here, name, speaker)
    if not whom:
        return denied(request, here, "not_your_body")
    only_kenesh = [actor for actor, _ in whom] == ["kenesh"]
    files = request.FILES or None
    # What is personal is never in an address.
    given = {k: v for k, v in request.GET.items() if k not in personal(kind)}
    form = ActForm(kind, here, posted, files, decided=only_kenesh, initial=given)
    frame = Frame(whom, here, posted, files)
    context = {"place": here, "name": name, "form": form, "frame": frame, "ruling": None}
    if posted is None:
        return show(request, context)
    form.is_valid()
    frame.is_valid()
    lost = without_file(request, form, frame)
    if lost:
        for form_, file in lost:
            form_.add_error(file, w("documents.without"))
        return show(request, context, status=400)
    try:
        meant = attempt(name, form, frame, speaker)
        if "withdraw" in request.POST:
            if withdraw(here.register, meant, datetime.now(UTC)) is None:
                return HttpResponseRedirect(reverse("withdrawn", args=[here.slug]) + "?mine=1")
            raise malformed("act", "not_refused")
        n = perform(here.register, meant, datetime.now(UTC))
    except Malformed as wrong:
        mine = [p for p in wrong.problems if p.field in OURS and p.field not in form.fields]
        form.blame(Malformed(*(p for p in wrong.problems if p not in mine)))
        frame.blame(Malformed(*mine))
        return show(request, context, status=400)
    except NotEntitled as denial:
        return denied(request, here, denial.key)
    except (LawFailed, DatabaseError, OSError, Behind, Locked) as fault:
        logger.exception("an act was not written: %s at %s", name, slug)
        frame.blame(Malformed(Problem("act", FAULTS.get(type(fault), "not_written"), {})))
        return show(request, context, status=503)
    except Refused as refused:
        considered = refused.considered
        assert considered.book and considered.question and considered.ruling
        context["ruling"] = ruling_shown(
            considered.book,
            considered.question,
            considered.ruling,
            considered.entry.held_on,
            written=False,
            link=lambda other: act_url(here, other, speaker),
            earliest=considered.act.earliest(
                considered.m, considered.entry.held_on, considered.book
            ),
            adopted=adopted_here(here, considered.entry.held_on),
        )
        frame.offer_insisting()
        return show(request, context, status=409)
    return HttpResponseRedirect(f"{here.url}register/{n}/")


# What to tell of faults; all others are the disk's or the database's.
FAULTS: dict[type[Exception], str] = {
    LawFailed: "law_failed",
    Behind: "register_behind",
    Locked: "key_locked",
}

# Where the frame shows a problem with what every act says; "" is above the form.
OURS = {
    "actor": "actor",
    "of": "of",
    "held_on": "held_on",
    "evidence": "paper_number",
    "paper_file": "paper_file",
    "paper_sha256": "paper_sha256",
    "insist": "insist",
    "id": "",
    "act": "",
}


def show(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    here, name = context["place"], context["name"]
    context["had_files"] = sorted(request.FILES)
    for form in (context["form"], context["frame"]):
        for file in set(form.fields) & set(request.FILES) - set(form.errors):
            form.add_error(file, w("documents.again"))
    word = packs.load().vocabulary.acts[name]
    context |= {
        "title": word.words[language()],
        "topic": packs.load().vocabulary.topics[word.topic][language()],
        "judged": word.judged,
        "stays_out": ", ".join(
            telling.field_name(field, language()) for field in personal(ACTS[name])
        ),
        "breadcrumbs": [
            {"name": here.name, "url": here.url},
            {"name": w("acting.title"), "url": reverse("acts", args=[here.slug])},
        ],
    }
    return render(request, "act.html", context, status=status)


def without_file(
    request: HttpRequest, form: ActForm, frame: "Frame"
) -> list[tuple[forms.Form, str]]:
    """File fields that held a file when this was sent before, and now hold none though the paper is
    still named: a browser cannot keep the file. Sent once more, it goes on without."""
    if "withdraw" in request.POST:
        return []
    had = set(request.POST.getlist("had_file")) - set(request.FILES)
    lost: list[tuple[forms.Form, str]] = [
        (form, name)
        for name in sorted(had & set(form.fields))
        if not form.cleaned_data.get(name.removesuffix("_file"))
    ]
    said = frame.cleaned_data
    if "paper_file" in had and said.get("paper_number") and not said.get("paper_sha256"):
        lost.append((frame, "paper_file"))
    return lost


def denied(request: HttpRequest, here: Place | None, key: str) -> HttpResponse:
    said = telling.problem(Problem("actor", key, {}), language())
    return render(request, "denied.html", {"place": here, "said": said}, status=403)


def act_url(here: Place, name: str, speaker: Speaker) -> str:
    mandate = speaker.mandate.id if speaker.mandate else ""
    return f"{reverse('act', args=[here.slug, name])}?as={mandate}"


def chosen(request: HttpRequest, here: Place) -> Speaker | None:
    """The mandate one acts under: the one asked for, else the first."""
    own = speakers(here, request.user)
    asked = request.GET.get("as", "")
    return next((s for s in own if s.mandate and s.mandate.id == asked), own[0] if own else None)


def attempt(name: str, form: ActForm, frame: "Frame", speaker: Speaker) -> Attempt:
    """What was typed, as an attempt; raises Malformed naming the field."""
    said = frame.cleaned_data
    try:
        held_on = date.fromisoformat(Day().read(said.get("held_on") or ""))
    except Wrong as wrong:
        raise malformed("held_on", wrong.key, **wrong.slots) from None
    if said.get("actor") not in dict(frame.actors):
        raise malformed("actor", "not_a_choice")
    try:
        of = Text(200).read(said["of"]) if said.get("of") else ""
        insist = Text(2000, long=True).read(said["insist"]) if said.get("insist") else ""
    except Wrong as wrong:
        raise malformed("of", wrong.key, **wrong.slots) from None
    if said["actor"] in NAMED and not of:
        raise malformed("of", "required")
    papers = form.papers()
    paper = documents.read(said.get("paper_file"), "paper_file")
    return Attempt(
        id=(said.get("id") or str(uuid.uuid4()))[:64],
        act=name,
        fields=form.json(papers),
        actor=actor_of(said["actor"], of),
        held_on=held_on,
        speaker=speaker,
        evidence=evidence(said, paper),
        insist=insist,
        papers=(*papers.values(), *([paper] if paper is not None else [])),
    )


def evidence(said: dict[str, Any], paper: documents.Paper | None) -> Evidence | None:
    """The paper; number and day go together."""
    number, day = said.get("paper_number"), said.get("paper_day")
    if not (number or day or paper):
        return None
    digest = documents.agreed(said.get("paper_sha256") or "", paper, "paper_sha256")
    try:
        read = Text(200).read(number or "")
        sha256 = Hex().read(digest) if digest else ""
        return Evidence(read, date.fromisoformat(Day().read(day or "")), sha256)
    except Wrong as wrong:
        raise malformed("evidence", wrong.key, **wrong.slots) from None


class Frame(forms.Form):
    """What every act says beside its own fields: who, when, on which paper."""

    use_required_attribute = False

    def __init__(
        self,
        actors: list[tuple[str, str]],
        here: Place,
        posted: Any | None,
        files: Any | None = None,
    ) -> None:
        day = here.latest if here.exercise or here.register.country else date.today()
        super().__init__(
            posted, files, initial={"held_on": day.isoformat(), "id": str(uuid.uuid4())}
        )
        self.actors = actors
        said = language()

        def text(key: str, kind: str = "text", *, required: bool = False) -> forms.CharField:
            widget = forms.TextInput(attrs={"type": kind})
            return Typed(required=required, label=w(key), widget=widget)

        self.fields["id"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["actor"] = Typed(
            label=telling.field_name("actor", said),
            widget=forms.Select(choices=actors),
        )
        if any(kind in NAMED for kind, _ in actors):
            self.fields["of"] = text("acting.which_authority")
        self.fields["held_on"] = text("acting.held_on", "date", required=True)
        self.fields["paper_number"] = text("acting.paper_number")
        self.fields["paper_day"] = text("acting.paper_day", "date")
        self.fields["paper_sha256"] = text("acting.paper_sha256")
        self.fields["paper_file"] = documents.field()
        self.fields["paper_number"].help_text = w("acting.paper_hint")
        self.fields["insist"] = forms.CharField(
            required=False,
            widget=forms.HiddenInput,
            label=w("acting.insist"),
            help_text=w("acting.insist_hint"),
        )

    def offer_insisting(self) -> None:
        """After a refusal the act can still be entered as contested, with a reason."""
        self.fields["insist"].widget = forms.Textarea(attrs={"rows": 3})

    def blame(self, wrong: Malformed) -> None:
        for problem in wrong.problems:
            said = telling.problem(problem, language())
            at = OURS[problem.field]
            self.add_error(at if at in self.fields else None, said)
