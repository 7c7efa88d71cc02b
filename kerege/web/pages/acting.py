"""Acting: what one can do here, the form of an act, and the answer of the law.

One address serves all acts. A permitted act is written and shown; a refused one shows the norm,
what is missing and the lawful next step, and keeps what was typed.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.rights import NotEntitled, Speaker
from kerege.web import beginning, drafts, lines, misprints, sent, unfinished
from kerege.web.asking_first import asking_only, attempt_ruled
from kerege.web.copied import Copied
from kerege.web.forms import LINES, ActForm
from kerege.web.frame import OURS, Frame, attempt, id_of
from kerege.web.gate import Refused, perform
from kerege.web.heads import Behind
from kerege.web.keys import Locked
from kerege.web.menu import group_name, menu_of
from kerege.web.models import Account
from kerege.web.places import Place, place
from kerege.web.private import personal
from kerege.web.replaced import Replaced
from kerege.web.residents import part_here
from kerege.web.saying import language, w
from kerege.web.sessions import end_others
from kerege.web.speaking import actors, speakers
from kerege.web.standing import has_passkey, hold, weak_page
from kerege.web.twins import twin
from kerege.web.withdrawing import withdraw

logger = logging.getLogger(__name__)


@login_required
def acts(request: HttpRequest, slug: str) -> HttpResponse:
    """What one can do here."""
    here = place(slug)
    own = speakers(here, request.user)
    stopped = _stopped(request, here, own)
    if stopped is not None:
        return stopped
    groups = []
    for speaker in own:
        assert speaker.mandate is not None
        groups.append(
            {
                "who": here.teller(here.latest).mandate(
                    speaker.mandate.post, speaker.mandate.holder
                ),
                "menu": menu_of(here, speaker),
            }
        )
    status = 200 if groups else 403
    resident = part_here(here) if not groups else None
    context = {"place": here, "groups": groups, "resident": resident}
    return render(request, "acts.html", context, status=status)


def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The form of one act."""
    here = place(slug)
    kind = ACTS.get(name)
    if kind is None:
        raise Http404(name)
    if not request.user.is_authenticated:
        over = unfinished.left(request, here)
        if over:
            typed = unfinished.words(request, here, kind)
            return denied(request, here, "no_mandate", typed, over)
        return unfinished.signed_out(request, kind)
    speaker = chosen(request, here)
    stopped = _stopped(request, here, [] if speaker is None else [speaker])
    if stopped is not None:
        return stopped
    if speaker is None or speaker.mandate is None:
        typed = unfinished.words(request, here, kind)
        over = unfinished.over(here, request.user.code)
        return denied(request, here, "no_mandate", typed, over)
    posted = request.POST if request.method == "POST" else None
    whom = actors(here, name, speaker)
    if not whom:
        return denied(request, here, "not_your_body", unfinished.words(request, here, kind))
    only_kenesh = [actor for actor, _ in whom] == ["kenesh"]
    files = request.FILES or None
    # What is personal is never in an address.
    given = {k: v for k, v in request.GET.items() if k != "as" and k not in personal(kind)}
    about, mandate = drafts.about(given), speaker.mandate.id
    own = drafts.Form(request.user, here.register, name, mandate, about)
    begun = unfinished.found(request, own) if posted is None else None
    first = given if begun is None else {k: v[-1] for k, v in begun.typed.items() if v}
    at = beginning.session(here, kind, whom, first)
    first = first if at is None else {**first, "session": str(at.entry)}
    form = ActForm(kind, here, posted, files, decided=only_kenesh, initial=first)
    beginning.only_theirs(form, here, name, whom)
    beginning.without_session(form, kind, whom)
    id_ = id_of(here, request.user.code, f"{name} {mandate} {about}")
    paper = beginning.paper_needed(name, speaker, whom)
    day = at.day if at is not None else None
    frame = Frame(whom, here, posted, files, id_, day=day, paper=paper)
    beginning.which_needed(frame, whom)
    short = misprints.shorten(here, form, frame, given) if name == "Correct" else ""
    context: dict[str, Any] = {
        "place": here,
        "name": name,
        "form": form,
        "frame": frame,
        "ruling": None,
        "refused": False,
        "short": short,
        "begun": begun,
        "live": unfinished.Live(seen=begun.version if begun is not None else ""),
    }
    if posted is None:
        if begun is not None:
            drafts.restore(begun.typed, form, frame)
        return show(request, context)
    if "discard" in request.POST:
        drafts.forget(own)
        return HttpResponseRedirect(request.get_full_path())
    context["live"] = unfinished.Live(seen=request.POST.get("seen", "")[:40])
    if "more" in request.POST:
        return show(request, context)
    if "draft" in request.POST or "live" in request.POST:
        context["live"] = unfinished.keep(own, request.POST, form, frame)
        if "draft" in request.POST:
            return show(request, context, status=400 if context["live"].wrong else 200)
    form.is_valid()
    frame.is_valid()
    if "live" in request.POST:
        live = unfinished.answered(here, context["live"], name, form, frame, speaker)
        return render(request, "parts/live.html", {"live": live})
    lost = without_file(request, form, frame)
    if lost:
        for form_, file in lost:
            form_.add_error(file, w("documents.without"))
        return show(request, context, status=400)
    try:
        meant = attempt(name, form, frame, speaker)
        # A reason nobody needs does not enter, so it is not signed either.
        if meant.insist:
            ruling = asking_only(here.register, meant).ruling
            meant = replace(meant, insist="") if ruling is None or ruling.effective else meant
        if "to_sign" in request.POST:
            return JsonResponse(sent.options(request, sent.of_attempt(meant)))
        if "withdraw" in request.POST:
            if withdraw(here.register, meant, datetime.now(UTC)) is None:
                drafts.forget(own)
                return HttpResponseRedirect(reverse("withdrawn", args=[here.slug]) + "?mine=1")
            raise malformed("act", "not_refused")
        if "ask" in request.POST:
            asked = asking_only(here.register, meant)
            context["ruling"] = attempt_ruled(here, asked, speaker)
            return show(request, context)
        before = twin(here.register, meant, datetime.now(UTC)) if _is_new(request) else None
        if before is not None:
            frame.mean_again(before)
            return show(request, context, status=400)
        meant = replace(meant, sending=sent.sending(request, meant))
        n = perform(here.register, meant, datetime.now(UTC))
    except Malformed as wrong:
        if any(p.key == "id_used" for p in wrong.problems):
            frame.anew()
            return show(request, context, status=400)
        mine = [p for p in wrong.problems if p.field in OURS and p.field not in form.fields]
        form.blame(Malformed(*(p for p in wrong.problems if p not in mine)))
        frame.blame(Malformed(*mine))
        return show(request, context, status=400)
    except sent.NotSigned:
        frame.add_error(None, w("sent.not_yours"))
        return show(request, context, status=400)
    except NotEntitled as denial:
        return denied(request, here, denial.key, unfinished.words(request, here, kind))
    except (LawFailed, DatabaseError, OSError, Behind, Locked) as fault:
        logger.exception("an act was not written: %s at %s", name, slug)
        frame.blame(Malformed(Problem("act", FAULTS.get(type(fault), "not_written"), {})))
        return show(request, context, status=503)
    except Refused as refused:
        context["ruling"] = attempt_ruled(here, refused.considered, speaker)
        # What can be done instead stands on other pages: one comes back from them.
        context["live"] = unfinished.keep(own, request.POST, form, frame)
        context["refused"] = True
        if speaker.insists(meant.actor):
            frame.offer_insisting()
        return show(request, context, status=409)
    drafts.forget(own)
    if name == "LinkAccount":
        # A session that began before does not know that it is an official's now.
        end_others(Account.objects.get(code=meant.fields["account"]))
    # The page of an entry is the same for everyone; this part of it is seen by who is led to it.
    return HttpResponseRedirect(f"{here.url}register/{n}/#recorded")


def _is_new(request: HttpRequest) -> bool:
    """Whether a form was sent as its page gave it, and not by someone who means it once more."""
    return bool(request.POST.get("id")) and not request.POST.get("again")


def _stopped(request: HttpRequest, here: Place, own: list[Speaker]) -> HttpResponse | None:
    """What is answered to a session that rests on a password alone; None lets it act."""
    if not own:
        return None
    hold(request, here)
    return weak_page(request)


# What to tell of faults; all others are the disk's or the database's.
FAULTS: dict[type[Exception], str] = {
    LawFailed: "law_failed",
    Behind: "register_behind",
    Copied: "register_copied",
    Replaced: "database_replaced",
    Locked: "key_locked",
}


def show(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    here, name = context["place"], context["name"]
    context["had_files"] = sorted(request.FILES)
    for form in (context["form"], context["frame"]):
        for file in set(form.fields) & set(request.FILES) - set(form.errors):
            form.add_error(file, w("documents.again"))
    word = packs.load().vocabulary.acts[name]
    spare = lines.spare(context["form"], request.POST)
    context |= {
        "spare": spare,
        "lines_shown": LINES - len(spare),
        "address": request.get_full_path(),
        "passkeys": has_passkey(request.user),
        "typist": unfinished.typist(request),
        "title": word.words[language()],
        "topic": group_name(name),
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


def denied(
    request: HttpRequest,
    here: Place | None,
    key: str,
    typed: Sequence[tuple[str, str]] = (),
    over: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    """That somebody cannot do it; with which of their mandates are ``over``, and what they had
    ``typed``, by its labels, to copy it from."""
    said = telling.problem(Problem("actor", key, {}), language())
    context = {"place": here, "said": said, "typed": typed, "over": over}
    return render(request, "denied.html", context, status=403)


def chosen(request: HttpRequest, here: Place) -> Speaker | None:
    """The mandate one acts under: the one asked for, else the first."""
    own = speakers(here, request.user)
    asked = request.GET.get("as", "")
    return next((s for s in own if s.mandate and s.mandate.id == asked), own[0] if own else None)
