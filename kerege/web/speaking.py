"""Who is at the keyboard here: the mandates an account holds, and whom it can act for."""

from datetime import date
from typing import Any

from kerege.constitution import packs
from kerege.kyrgyz import letters
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Actor
from kerege.municipality.governing import INSIDE, RECORDER, SPEAKS, holding, in_office
from kerege.municipality.persons import sits
from kerege.municipality.record import Mandate
from kerege.municipality.rights import OPERATORS, RECORDER_ACTS, Speaker, takes_in
from kerege.web.jinja import url
from kerege.web.models import Account, Register
from kerege.web.places import Place
from kerege.web.registers import told
from kerege.web.saying import w

# Authorities of which there are many; an entry names which one it was.
NAMED = ("state_body", "court", "tos")


def speakers(place: Place, account: Any) -> list[Speaker]:
    """The mandates in force here under which someone may act; recorders first. Nobody acts in the
    copy of a register that is kept elsewhere."""
    if not account.is_authenticated or place.register.mirror_of:
        return []
    found = [Speaker(account.code, m) for m in holding(place.m, account.code, date.today())]
    return sorted(found, key=lambda s: (s.mandate.post != RECORDER, s.mandate.id))  # type: ignore[union-attr]


def recorder_here(place: Place, account: Any) -> Speaker | None:
    """Someone as the recorder of a place; None of everybody else."""
    own = speakers(place, account)
    return next((s for s in own if s.mandate and s.mandate.post == RECORDER), None)


def registers_of(account: Account) -> list[Place]:
    """Places where an account holds a mandate."""
    return [
        Place(register)
        for register in Register.objects.all()
        if holding(told(register), account.code, date.today())
    ]


def menu(place: Place, speaker: Speaker) -> list[str]:
    """The acts a speaker can put before the law here, in the order of the table of contents."""
    return [
        name
        for name, act in ACTS.items()
        if place.stands_in in act.REGISTERS
        and name not in OPERATORS
        and actors(place, name, speaker)
    ]


def act_url(place: Place, name: str, speaker: Speaker, about: str = "") -> str:
    """The form of an act, ``about`` what it is opened with, as a query."""
    mandate = speaker.mandate.id if speaker.mandate else ""
    address = f"{url('act', place.slug, name)}?as={mandate}"
    return f"{address}&{about}" if about else address


def actors(place: Place, act: str, speaker: Speaker) -> list[tuple[str, str]]:
    """For whom a speaker can make this act: (value, words), the value ``kind`` or ``kind:of``."""
    mandate = speaker.mandate
    if mandate is None:
        return []
    if act in RECORDER_ACTS:
        return [(RECORDER, w("acting.recorder"))] if mandate.post == RECORDER else []
    found: list[tuple[str, str]] = []
    # What the recorder alone has entered, the recorder can annul.
    if act == "Annul" and mandate.post == RECORDER:
        found.append((RECORDER, w("acting.recorder")))
    for kind in packs.load().vocabulary.acts[act].actors:
        own = mandate.post == RECORDER or kind in SPEAKS.get(mandate.post, ())
        if not own and not takes_in(act, mandate, kind):
            continue
        found += _each(place, kind, mandate)
    return found


def _each(place: Place, kind: str, mandate: Mandate) -> list[tuple[str, str]]:
    teller = place.teller(place.latest)
    if kind not in ("deputy", "official", "head"):
        return [(kind, teller.actor(Actor(kind)))]
    today = max(place.latest, date.today())
    holders = in_office(place.m, kind, today)
    if mandate.post != RECORDER:
        if not sits(place.m, mandate, today):
            return []
        return [(f"{kind}:{mandate.id}", teller.actor(Actor(kind, mandate.id)))]
    named = [(f"{kind}:{h.id}", teller.actor(Actor(kind, h.id))) for h in holders]
    return sorted(named, key=lambda one: letters.sort_key(one[1]))


def actor_of(value: str, of: str) -> Actor:
    """The actor chosen in a form."""
    kind, _, id_ = value.partition(":")
    return Actor(kind, id_ or (of if kind not in INSIDE else ""))
