"""Acting: what one can do here, and the form of an act. One address serves all acts; what is
answered to a form that was sent stands in ``sending.py``.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from kerege.municipality.acts import ACTS
from kerege.municipality.rights import Speaker
from kerege.web import beginning, drafts, misprints, undoable, unfinished
from kerege.web.forms import ActForm
from kerege.web.frame import Frame, id_of
from kerege.web.menu import menu_of
from kerege.web.pages import sending
from kerege.web.pages.act_page import Filled, denied, show
from kerege.web.places import Place, place
from kerege.web.private import personal
from kerege.web.registers import look, seeing
from kerege.web.residents import part_here
from kerege.web.speaking import actors, speakers
from kerege.web.standing import hold, weak_page


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
    # One look at the registers is enough for a form; the gate looks again.
    with seeing(look(slug)):
        filled = _filled(request, place(slug), name)
        if isinstance(filled, HttpResponse):
            return filled
        unsent = _unsent(request, filled)
        if unsent is not None:
            return unsent
    return sending.answer(request, filled)


def _filled(request: HttpRequest, here: Place, name: str) -> Filled | HttpResponse:
    """The form as it was asked for or sent; or why there is none for whoever asks."""
    kind = ACTS.get(name)
    if kind is None or here.stands_in not in kind.REGISTERS:
        raise Http404(name)
    if not request.user.is_authenticated:
        over = unfinished.left(request, here)
        if over:
            typed = unfinished.words(request, here, kind)
            return denied(request, here, "no_mandate", typed, over)
        return unfinished.signed_out(request, kind)
    speaker = _chosen(request, here)
    stopped = _stopped(request, here, [] if speaker is None else [speaker])
    if stopped is not None:
        return stopped
    if speaker is None or speaker.mandate is None:
        typed = unfinished.words(request, here, kind)
        over = unfinished.over(here, request.user.code)
        return denied(request, here, "no_mandate", typed, over)
    whom = undoable.those_of(here, name, actors(here, name, speaker), request.GET.get("entry", ""))
    if not whom:
        typed = unfinished.words(request, here, kind)
        return denied(request, here, "not_your_body", typed, act=name)
    posted = request.POST if request.method == "POST" else None
    only_kenesh = [actor for actor, _ in whom] == ["kenesh"]
    files = request.FILES or None
    # What is personal is never in an address.
    given = {k: v for k, v in request.GET.items() if k != "as" and k not in personal(kind)}
    # On whatever day it is opened, it is the same draft.
    about = drafts.about({k: v for k, v in given.items() if k != "held_on"})
    mandate = speaker.mandate.id
    own = drafts.Form(request.user, here.register, name, mandate, about)
    begun = unfinished.found(request, own) if posted is None else None
    first = given if begun is None else {k: v[-1] for k, v in begun.typed.items() if v}
    at = beginning.session(here, kind, whom, first)
    day = beginning.day(at, first)
    first = first if at is None else {**first, "session": str(at.entry)}
    if "from_day" in kind.told():
        first = {"from_day": (day or here.acts_on).isoformat(), **first}
    form = ActForm(kind, here, posted, files, decided=only_kenesh, initial=first)
    beginning.only_theirs(form, here, name, whom)
    beginning.without_session(form, kind, whom)
    # What was sent has the id it began with.
    id_ = id_of(here, request.user.code, f"{name} {mandate} {about}") if posted is None else ""
    paper = beginning.paper_needed(name, speaker, whom)
    frame = Frame(whom, here, posted, files, id_, day=day, paper=paper)
    beginning.which_needed(frame, whom)
    short = misprints.shorten(here, form, frame, given) if name == "Correct" else ""
    return Filled(here, name, speaker, form, frame, own, begun, short=short)


def _unsent(request: HttpRequest, filled: Filled) -> HttpResponse | None:
    """What is answered where nothing is put to the gate; None where it is."""
    form, frame = filled.form, filled.frame
    if request.method != "POST":
        if filled.begun is not None:
            filled.live = unfinished.Live(seen=filled.begun.version)
            drafts.restore(filled.begun.typed, form, frame)
        return show(request, filled)
    if "discard" in request.POST:
        drafts.forget(filled.own)
        return HttpResponseRedirect(request.get_full_path())
    filled.live = unfinished.Live(seen=request.POST.get("seen", "")[:40])
    if "more" in request.POST:
        return show(request, filled)
    if "draft" in request.POST or "live" in request.POST:
        filled.live = unfinished.keep(filled.own, request.POST, form, frame)
        if "draft" in request.POST:
            return show(request, filled, status=400 if filled.live.wrong else 200)
    form.is_valid()
    frame.is_valid()
    if "live" not in request.POST:
        return None
    live = unfinished.answered(filled.here, filled.live, filled.name, form, frame, filled.speaker)
    return render(request, "parts/live.html", {"live": live})


def _stopped(request: HttpRequest, here: Place, own: list[Speaker]) -> HttpResponse | None:
    """What is answered to a session that rests on a password alone; None lets it act."""
    if not own:
        return None
    hold(request, here)
    return weak_page(request)


def _chosen(request: HttpRequest, here: Place) -> Speaker | None:
    """The mandate one acts under: the one asked for, else the first."""
    own = speakers(here, request.user)
    asked = request.GET.get("as", "")
    return next((s for s in own if s.mandate and s.mandate.id == asked), own[0] if own else None)
