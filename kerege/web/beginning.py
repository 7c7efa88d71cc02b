"""What the form of an act begins with, beside what was asked for: the session it was decided at and
its day, the mandates that can be theirs, and whether its paper is needed."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from django import forms

from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.end_mandate import theirs
from kerege.municipality.dating import LATE
from kerege.municipality.decision import VOTES, Decided
from kerege.municipality.fields import Wrong, day_of
from kerege.municipality.governing import RECORDER, confirmed
from kerege.municipality.record import Mandate, Session
from kerege.municipality.rights import Speaker, on_paper
from kerege.web.days import kept_day
from kerege.web.places import Place
from kerege.web.saying import w
from kerege.web.speaking import NAMED, actor_of


def session(
    here: Place, kind: type[Act], whom: list[tuple[str, str]], given: Mapping[str, str]
) -> Session | None:
    """The session an act was decided at: the one asked for, else the newest where only the kenesh
    can do this and what was decided there would not be late."""
    if "session" not in kind.told():
        return None
    known = [one for one in here.m.all(Session) if one.until is None]
    if asked := given.get("session"):
        return next((one for one in known if str(one.entry) == asked), None)
    if (on := day(None, given)) is not None:
        known = [one for one in known if one.day == on]
    if [actor for actor, _ in whom] != ["kenesh"] or not known:
        return None
    newest = max(known, key=lambda one: (one.day, one.entry))
    return newest if here.exercise or newest.day >= date.today() - LATE else None


def without_session(form: forms.Form, kind: type[Act], whom: list[tuple[str, str]]) -> None:
    """Leave out a session nobody offered can decide at, and votes nobody offered can count."""
    actors = {actor for actor, _ in whom}
    if not issubclass(kind, Decided) or "kenesh" in actors:
        return
    # Residents vote, but at no session.
    counted = () if "community" in actors and kind.RESIDENTS_VOTE else VOTES
    for name in ("session", *counted):
        del form.fields[name]


def day(at: Session | None, given: Mapping[str, str]) -> date | None:
    """The day an act is of: that of its session, else the one asked for; None where neither is."""
    if at is not None:
        return at.day
    with suppress(Wrong):
        return day_of(kept_day(given.get("held_on", "")))
    return None


def only_theirs(form: forms.Form, here: Place, name: str, whom: list[tuple[str, str]]) -> None:
    """Offer the mandates that one of these actors can end, and of recorders those that wait to be
    confirmed, where that is not all of them."""
    if name not in ("EndMandate", "ConfirmRecorder"):
        return
    widget = form.fields["mandate"].widget
    actors = [actor_of(value, "") for value, _ in whom]

    def fits(one: Mandate) -> bool:
        if name == "ConfirmRecorder":
            return one.post == RECORDER and not confirmed(here.m, one, here.today)
        return any(theirs(here.m, actor, one) for actor in actors)

    own = [(id_, said) for id_, said in widget.choices if id_ and fits(here.m.mandates[id_])]
    if not own:
        widget.choices = [("", w("acting.none_yet"))]
        if name == "ConfirmRecorder":
            form.fields["mandate"].help_text = w("acting.nobody_waits")
        return
    widget.choices = own if len(own) == 1 else [("", widget.choices[0][1]), *own]


def which_needed(frame: forms.Form, whom: list[tuple[str, str]]) -> None:
    """Ask for the name of an authority of which there are many, as of a court: always where no
    other can do it."""
    of = frame.fields.get("of")
    if of is None:
        return
    of.required = True
    if all(kind in NAMED for kind, _ in whom):
        of.widget.attrs["aria-required"] = "true"
    else:
        of.help_text = w("acting.which_hint")


def paper_needed(name: str, speaker: Speaker, whom: list[tuple[str, str]]) -> str:
    """Whether an act is entered from a paper alone: ``always``, for ``some`` of those who may have
    done it, by the ``cause`` that is told, or ``""``."""
    assert isinstance(speaker.mandate, Mandate)
    found = {on_paper(name, speaker.mandate, actor.partition(":")[0]) for actor, _ in whom}
    if found == {True}:
        return "always"
    if ACTS[name].paper_needed is not Act.paper_needed:
        return "cause"
    return "some" if True in found else ""
