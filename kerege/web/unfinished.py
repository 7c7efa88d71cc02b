"""The form of an act while it is filled in: kept as a draft, asked of the law, carried through
signing in again.

A browser with JavaScript sends the form by itself after each pause (``parts/live.html``); without
it two buttons do the same. What is typed when a session has ended is kept in the new one until the
same form is opened again; personal fields are not.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.problem import Malformed, Problem
from kerege.municipality.rights import NotEntitled, Speaker
from kerege.web import drafts
from kerege.web.asking_first import asking_only, attempt_ruled
from kerege.web.forms import ActForm
from kerege.web.frame import Frame, attempt
from kerege.web.places import Place
from kerege.web.private import personal
from kerege.web.saying import language, w

logger = logging.getLogger(__name__)

# In a session: what was typed when the one before it had ended.
TYPED = "typed_unsigned"
# Shorter than this is a number, a day or a choice.
_WORDS = 12
# So many bytes of it.
LONGEST = 20_000
_NOT_TYPED = (
    "csrfmiddlewaretoken",
    "credential",
    "seen",
    "typist",
    "draft",
    "live",
    "ask",
    "discard",
)


@dataclass(frozen=True, slots=True)
class Before:
    """What was typed before, and when, in a sentence."""

    typed: Mapping[str, Sequence[str]]
    said: str
    version: str


@dataclass(frozen=True, slots=True)
class Live:
    """What ``parts/live.html`` tells: the version of the draft that this window has seen, whether
    it was kept, what is still missing, what the law answers."""

    seen: str = ""
    saved: str = ""
    replaced: bool = False
    wrong: str = ""
    lacking: Sequence[str] = ()
    ruling: dict[str, Any] | None = None
    # The address to sign in again, where the session has ended.
    signed_out: bool = False


def signed_out(request: HttpRequest, kind: type[Act]) -> HttpResponse:
    """To signing in and back, with what was typed."""
    if request.method == "POST" and "live" in request.POST:
        return render(request, "parts/live.html", {"live": Live(signed_out=True)})
    if request.method == "POST":
        left_out = {*personal(kind), *drafts.NEVER, *_NOT_TYPED}
        said = {n: request.POST.getlist(n) for n in request.POST if n not in left_out}
        # Anyone can come here: what strangers have us keep is short, seldom and gone in hours.
        size = len(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
        if size <= LONGEST and ratelimit.consume(request, action="typed"):
            request.session.clear_expired()
            by = request.POST.get("typist", "")[:64]
            request.session[TYPED] = {"at": request.get_full_path(), "said": said, "by": by}
    return redirect_to_login(request.get_full_path())


def words(request: HttpRequest) -> list[str]:
    """What was typed here when the session had ended, of somebody who can send it no more."""
    kept = request.session.get(TYPED)
    if not kept or kept["at"] != request.get_full_path() or not _their_own(kept, request):
        return []
    said = [texts for name, texts in kept["said"].items() if name != "id"]
    return [text for texts in said for text in texts if len(text) >= _WORDS]


def typist(request: HttpRequest) -> str:
    """Says in a form whose it is, to nobody but this house."""
    code = getattr(request.user, "code", "")
    return salted_hmac(__name__, code, algorithm="sha256").hexdigest() if code else ""


def _their_own(kept: Mapping[str, Any], request: HttpRequest) -> bool:
    """Whoever signed in instead is not shown what someone else typed."""
    by = kept.get("by", "")
    return bool(by) and constant_time_compare(by, typist(request))


def found(request: HttpRequest, own: drafts.Form) -> Before | None:
    """What a form is opened with again: what was typed when the session had ended, else the
    draft."""
    now = datetime.now(UTC)
    kept = request.session.get(TYPED)
    if kept and kept["at"] == request.get_full_path() and _their_own(kept, request):
        del request.session[TYPED]
        try:
            drafts.save(own, kept["said"], "", now)
        except Malformed:
            return Before(kept["said"], w("drafts.back"), "")
    draft = drafts.latest(own, now)
    if draft is None:
        return None
    said = w("drafts.restored", time=moment(draft.updated_at))
    return Before(json.loads(draft.fields), said, drafts.version(draft))


def keep(own: drafts.Form, posted: Any, form: ActForm, frame: Frame) -> Live:
    """Save the draft of a form that was posted."""
    now, seen = datetime.now(UTC), posted.get("seen", "")[:40]
    try:
        said = drafts.typed(ACTS[own.act], posted, form, frame)
        draft, replaced = drafts.save(own, said, seen, now)
    except Malformed as wrong:
        return Live(seen=seen, wrong=telling.problem(wrong.problems[0], language()))
    except DatabaseError:
        logger.exception("a draft was not kept: %s", own.act)
        return Live(seen=seen, wrong=telling.problem(_NOT_KEPT, language()))
    saved = w("drafts.saved", time=moment(draft.updated_at))
    return Live(seen=drafts.version(draft), saved=saved, replaced=replaced)


_NOT_KEPT = Problem("act", "draft_not_kept", {})


def answered(
    here: Place, live: Live, name: str, form: ActForm, frame: Frame, speaker: Speaker
) -> Live:
    """What the law would answer to a form as it stands; or what it cannot be asked without."""
    try:
        considered = asking_only(here.register, attempt(name, form, frame, speaker))
    except Malformed as wrong:
        return replace(live, lacking=_lacking(wrong, form, frame))
    except NotEntitled as denial:
        said = telling.problem(Problem("actor", denial.key, {}), language())
        return replace(live, lacking=[said])
    except (LawFailed, DatabaseError, OSError):
        logger.exception("the law was not asked: %s at %s", name, here.slug)
        return live
    return replace(live, ruling=attempt_ruled(here, considered, speaker))


def _lacking(wrong: Malformed, form: ActForm, frame: Frame) -> list[str]:
    """Which fields are empty or wrong, each once, as the form calls them."""
    fields: Mapping[str, forms.Field] = {**form.fields, **frame.fields}
    labels = {name: str(field.label) for name, field in fields.items()}
    named = telling.words("fields")
    found: dict[str, None] = {}
    for problem in wrong.problems:
        if problem.key == "bad_line":
            for line, parts in form.wrong_lines(problem.field).items():
                found |= {f"{labels[line]}: {said}": None for said in parts.values()}
            continue
        key = f"field.{problem.field}"
        label = labels.get(problem.field) or (named[key][language()] if key in named else "")
        said = telling.problem(problem, language())
        found[f"{label}: {said}" if label else said] = None
    return list(found)


def moment(when: datetime) -> str:
    """«3-декабрь, 14:05», as the reader's clock has it."""
    local = timezone.localtime(when)
    return f"{telling.day(local.date(), language())}, {local:%H:%M}"
