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
from datetime import UTC, date, datetime
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.datastructures import MultiValueDict

from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.held import ended
from kerege.municipality.problem import Malformed, Problem
from kerege.municipality.record import Link
from kerege.municipality.rights import NotEntitled, Speaker
from kerege.web import drafts
from kerege.web.asking_first import asking_only, attempt_ruled
from kerege.web.forms import ActForm
from kerege.web.frame import Frame, attempt
from kerege.web.places import Place
from kerege.web.private import personal
from kerege.web.saying import language, w
from kerege.web.speaking import NAMED
from kerege.web.standing import OVER

logger = logging.getLogger(__name__)

# In a session: what was typed when the one before it had ended.
TYPED = "typed_unsigned"
# Written by the form itself, or of whoever could act.
_OF_NOBODY = ("id", "again", "actor")
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
    "more",
    "lines_shown",
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


def words(request: HttpRequest, here: Place, kind: type[Act]) -> list[tuple[str, str]]:
    """What was typed into a form, now or when the session had ended, by somebody who can send it no
    more: each field that says something, with its label."""
    if request.method == "POST":
        return _labelled(here, kind, request.POST)
    kept = request.session.get(TYPED)
    if not kept or kept["at"] != request.get_full_path() or not _their_own(kept, request):
        return []
    return _labelled(here, kind, MultiValueDict(kept["said"]))


def _labelled(here: Place, kind: type[Act], said: Any) -> list[tuple[str, str]]:
    # With an authority outside, so that the field of its name is there.
    shown = (ActForm(kind, here), Frame([(NAMED[0], "")], here, None))
    found = []
    for name, field in (item for form in shown for item in form.fields.items()):
        if name in _OF_NOBODY or isinstance(field, forms.FileField):
            continue
        text = _as_read(field, [said.getlist(one) for one in drafts.names_of(name, field)])
        if text:
            found.append((str(field.label), text))
    return found


def _as_read(field: forms.Field, said: list[list[str]]) -> str:
    """What was typed into the parts of a field, or chosen, as the form had it."""
    parts = getattr(field.widget, "widgets", [field.widget])
    pairs = zip(parts, said, strict=True)
    texts = [", ".join(_choice(part, one) for one in some) for part, some in pairs]
    # A line that has its purse alone says nothing.
    return " · ".join(filter(None, texts)) if texts[0] or texts[-1] else ""


def _choice(part: forms.Widget, value: str) -> str:
    known = {str(one): str(called) for one, called in getattr(part, "choices", ())}
    return known.get(value, value).strip() if value else ""


def over(here: Place, code: str) -> list[dict[str, str]]:
    """When each mandate here that an account was linked to ended, and by which entry."""
    ids = {link.mandate: None for link in here.m.all(Link) if code and link.account == code}
    ends = (ended(here.m.mandates[id_]) for id_ in ids)
    return [
        {
            "said": w("acting.mandate_over", day=telling.day(one.since, language()), by=one.by),
            "url": f"{here.url}register/{one.by}/",
        }
        for one in ends
        if one is not None and one.by is not None and one.since <= date.today()
    ]


def left(request: HttpRequest, here: Place) -> list[dict[str, str]]:
    """Of a form sent when its session had ended with the mandate: when that was."""
    code = request.session.get(OVER, "")
    by = request.POST.get("typist", "")
    if "live" in request.POST or not (code and constant_time_compare(by, _typist(code))):
        return []
    return over(here, code)


def typist(request: HttpRequest) -> str:
    """Says in a form whose it is, to nobody but this house."""
    return _typist(getattr(request.user, "code", ""))


def _typist(code: str) -> str:
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
