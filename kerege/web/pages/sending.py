"""Sending an act: it is written, or withdrawn, or what keeps it out is shown with what was typed.

A permitted act leads to its entry; a refused one shows the norm, what is missing and the lawful
next step.
"""

import logging
from dataclasses import replace
from datetime import UTC, datetime

from django import forms
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.municipality.persons import also_of
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.rights import NotEntitled
from kerege.web import drafts, sent, unfinished
from kerege.web.asking_first import asking_only, attempt_ruled
from kerege.web.copied import Copied
from kerege.web.frame import OURS, attempt
from kerege.web.gate import Attempt, Refused, perform
from kerege.web.heads import Behind
from kerege.web.keys import Locked
from kerege.web.models import Account
from kerege.web.pages.act_page import Filled, denied, show
from kerege.web.private import told_aloud
from kerege.web.replaced import Replaced
from kerege.web.saying import language, w
from kerege.web.sessions import end_others
from kerege.web.standing import gave_up
from kerege.web.twins import twin
from kerege.web.withdrawing import withdraw

logger = logging.getLogger(__name__)

# What is wrong with the id of a form, which is shown again with another; and how that is told.
ANEW = {"id_used": "acting.sent_before", "bad_id": "acting.not_of_this_page"}
# What to tell of faults; all others are the disk's or the database's.
FAULTS: dict[type[Exception], str] = {
    LawFailed: "law_failed",
    Behind: "register_behind",
    Copied: "register_copied",
    Replaced: "database_replaced",
    Locked: "key_locked",
}


def answer(request: HttpRequest, filled: Filled) -> HttpResponse:
    """What is answered to a form that was sent."""
    here, form, frame = filled.here, filled.form, filled.frame
    lost = _without_file(request, filled)
    if lost:
        for form_, file in lost:
            form_.add_error(file, w("documents.without"))
        return show(request, filled, status=400)
    try:
        return _put(request, filled, _meant(filled))
    except Malformed as wrong:
        keys = {p.key for p in wrong.problems}
        if keys & ANEW.keys():
            frame.anew(next(ANEW[key] for key in ANEW if key in keys))
            return show(request, filled, status=400)
        mine = [p for p in wrong.problems if p.field in OURS and p.field not in form.fields]
        form.blame(Malformed(*(p for p in wrong.problems if p not in mine)))
        if request.POST.get("insist"):
            # What is wrong with the reason is told at its field, with what was written there.
            frame.offer_insisting()
        frame.blame(Malformed(*mine))
        return show(request, filled, status=400)
    except sent.NotSigned:
        frame.add_error(None, w("sent.not_yours"))
        return show(request, filled, status=400)
    except NotEntitled as denial:
        return denied(request, here, denial.key, unfinished.words(request, here, filled.kind))
    except (LawFailed, DatabaseError, OSError, Behind, Locked) as fault:
        logger.exception("an act was not written: %s at %s", filled.name, here.slug)
        frame.blame(Malformed(Problem("act", FAULTS.get(type(fault), "not_written"), {})))
        return show(request, filled, status=503)
    except Refused as refused:
        filled.ruling = attempt_ruled(here, refused.considered, filled.speaker)
        # What can be done instead stands on other pages: one comes back from them.
        filled.live = unfinished.keep(filled.own, request.POST, form, frame)
        filled.refused = True
        if filled.speaker.insists(refused.considered.entry.actor):
            frame.offer_insisting()
        return show(request, filled, status=409)


def _meant(filled: Filled) -> Attempt:
    meant = attempt(filled.name, filled.form, filled.frame, filled.speaker)
    if not meant.insist:
        return meant
    # A reason nobody needs does not enter, so it is not signed either.
    ruling = asking_only(filled.here.register, meant).ruling
    return replace(meant, insist="") if ruling is None or ruling.effective else meant


def _put(request: HttpRequest, filled: Filled, meant: Attempt) -> HttpResponse:
    """Do what was pressed with what is meant. Raises what the gate raises, and NotSigned."""
    here = filled.here
    if "to_sign" in request.POST:
        return JsonResponse(sent.options(request, sent.of_attempt(meant)))
    if "withdraw" in request.POST:
        if withdraw(here.register, meant, datetime.now(UTC)) is None:
            drafts.forget(filled.own)
            return HttpResponseRedirect(reverse("withdrawn", args=[here.slug]) + "?mine=1")
        raise malformed("act", "not_refused")
    if "ask" in request.POST:
        filled.ruling = attempt_ruled(here, asking_only(here.register, meant), filled.speaker)
        return show(request, filled)
    if _is_new(request) and (asked := _asked_back(filled, meant)):
        filled.frame.mean_all_the_same(asked)
        return show(request, filled, status=400)
    meant = replace(meant, sending=sent.sending(request, meant))
    n = perform(here.register, meant, datetime.now(UTC))
    drafts.forget(filled.own)
    if filled.name == "LinkAccount":
        # A session that began before does not know that it is an official's now.
        end_others(Account.objects.get(code=meant.fields["account"]))
    # The page of an entry is the same for everyone; these parts of it are seen by who is led there.
    mandate = filled.speaker.mandate
    led = "recorded-last" if mandate and gave_up(request, mandate) else "recorded"
    return HttpResponseRedirect(f"{here.url}register/{n}/#{led}")


def _asked_back(filled: Filled, meant: Attempt) -> str:
    """What is asked before an act is written that may be a slip; empty where nothing is. Raises
    Malformed as the gate does."""
    before = twin(filled.here.register, meant, datetime.now(UTC))
    if before is not None:
        return w("acting.said_before", number=before)
    if meant.act == "LinkAccount":
        m, said = filled.here.m, meant.fields
        mandate = m.mandates.get(said["mandate"])
        other = also_of(m, said["account"], mandate.holder) if mandate is not None else None
        if other is not None:
            return w("acting.of_another", holder=other)
    aloud = told_aloud(filled.form.act, meant.fields)
    if aloud is not None:
        return w("acting.told_aloud", field=telling.field_name(aloud, language()))
    return ""


def _is_new(request: HttpRequest) -> bool:
    """Whether a form was sent as its page gave it, and not by someone who means it once more."""
    return bool(request.POST.get("id")) and not request.POST.get("again")


def _without_file(request: HttpRequest, filled: Filled) -> list[tuple[forms.Form, str]]:
    """File fields that held a file when this was sent before, and now hold none though the paper is
    still named: a browser cannot keep the file. Sent once more, it goes on without."""
    if "withdraw" in request.POST:
        return []
    form, frame = filled.form, filled.frame
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
