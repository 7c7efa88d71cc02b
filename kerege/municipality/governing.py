"""Who governs: bodies, mandates, sessions, and who may speak for whom."""

from collections.abc import Iterator
from datetime import date

from kerege.municipality.dating import day_in_bishkek
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import (
    Body,
    Confirmation,
    Convocation,
    Link,
    Mandate,
    Record,
)

RECORDER = "recorder"
# Of these there is one at a time; of others (2007) there can be many.
BODIES = ("representative_body", "executive_body")

# The posts of a body's people; the first leads it, and owes what the body owes.
POSTS = {"kenesh": ("chair", "deputy"), "executive": ("head", "official")}

# What a post lets its holder speak for.
SPEAKS = {
    "head": ("executive", "head"),
    "chair": ("kenesh", "deputy"),
    "deputy": ("deputy",),
    "official": ("official",),
    "recorder": (),
}

# Actors that stand inside the municipality, and authorities outside it. Of the last there are many
# of a kind: ``of`` names which one it was.
INSIDE = ("kenesh", "executive", "head", "official", "deputy")
OUTSIDE = (
    "community",
    "tos",
    "governor",
    "president",
    "prime_minister",
    "state_body",
    "court",
    "state",
    "people",
)


# -- on a day -------------------------------------------------------------------------------


def in_office(m: Municipality, post: str, on: date) -> Iterator[Mandate]:
    """Mandates of a post that hold on a day."""
    return iter(m.in_post(post, on))


def deputies(m: Municipality, on: date) -> int:
    """Mandates of deputies in force."""
    return len(m.in_post("deputy", on))


def seats(m: Municipality, on: date) -> int:
    """Seats of the kenesh; where nobody has said how many, as many as there are deputies."""
    convocation = m.last(Convocation, on)
    return max(convocation.seats if convocation else 0, deputies(m, on))


def bases(m: Municipality, on: date) -> dict[str, int]:
    """What a share of deputies can be a share of."""
    return {"seats": seats(m, on), "mandates": deputies(m, on)}


def head(m: Municipality, on: date) -> Mandate | None:
    return next(in_office(m, "head", on), None)


def body(m: Municipality, kind: str, on: date) -> Body | None:
    return next((b for b in m.all(Body, on) if b.kind == kind), None)


def confirmed(m: Municipality, mandate: Mandate, on: date) -> bool:
    """Whether the kenesh stands behind a mandate: it gave it, or has confirmed it."""
    return mandate.confirmed or any(c.mandate == mandate.id for c in m.all(Confirmation, on))


def linked(m: Municipality, mandate: str, on: date) -> str | None:
    """The account that may act under a mandate on a day."""
    return next((link.account for link in m.all(Link, on) if link.mandate == mandate), None)


def holding(m: Municipality, account: str, on: date) -> list[Mandate]:
    """The mandates in force that are linked to an account: what a person may act under."""
    mine = {link.mandate: None for link in m.all(Link, on) if link.account == account}
    return [m.mandates[id_] for id_ in mine if m.mandates[id_].holds(on)]


def ended_before(m: Municipality, entry: Entry, n: int) -> Iterator[tuple[int, date]]:
    """Which entries after entry ``n`` ended a mandate it was sent under, from which day before the
    one it was sent on. That is told, not judged (``docs/decisions/0020``)."""
    sent = entry.held_on
    # An exercise lives in days gone by: when it was typed says nothing.
    if m.identity is None or not m.identity.exercise:
        sent = max(sent, day_in_bishkek(entry.recorded_at))
    for id_ in dict.fromkeys((*entry.by, entry.recorder)):
        mandate = m.mandates.get(id_)
        for one in mandate.endings if mandate is not None else ():
            if one.by is None or one.by <= n or one.since >= sent:
                continue
            if one.holds(sent):
                yield one.by, one.since


# -- speaking -------------------------------------------------------------------------------


def speaks(mandate: Mandate, actor: Actor) -> bool:
    """Whether the holder of a mandate speaks for an actor."""
    if actor.kind not in SPEAKS.get(mandate.post, ()):
        return False
    # A person in a post speaks for that post only, not for others of the kind.
    return actor.kind in ("kenesh", "executive") or actor.of in ("", mandate.id)


def grounds(m: Municipality, actor: Actor, on: date) -> list[Record | None]:
    """What makes an actor inside the municipality one on a day: its body, its mandate."""
    if actor.kind == "kenesh":
        return [body(m, "representative_body", on)]
    if actor.kind == "executive":
        return [body(m, "executive_body", on), head(m, on)]
    if actor.kind == "head":
        return [head(m, on)]
    return [m.mandates.get(actor.of)] if actor.kind in INSIDE else []


# -- effects --------------------------------------------------------------------------------


def begin(m: Municipality, one: Body) -> None:
    """A body comes into being; where there can be one of its kind only, it is this one now."""
    same = [b for b in m.all(Body) if b.kind == one.kind]
    m.succeed([one], same if one.kind in BODIES else [])


def join(m: Municipality, *mandates: Mandate) -> None:
    """People are in a post beside those who hold it already, until the next are elected."""
    later = [x for x in m.in_post(mandates[0].post) if x.since > mandates[0].since]
    m.succeed(mandates, later)


def follow(m: Municipality, *mandates: Mandate) -> None:
    """People take over a post from all who held it: a new head, chair or recorder, a new
    convocation. With the deputies their chair goes too."""
    post, on, by = mandates[0].post, mandates[0].since, mandates[0].entry
    rivals = list(m.in_post(post))
    elected = [x for x in m.in_post("deputy") if x.since > on]
    m.succeed(mandates, [*rivals, *(elected if post == "chair" else ())])
    if post == "deputy":
        chairs = [x for x in m.in_post("chair") if x.since <= on]
        m.end(chairs, on, by)


def seat(m: Municipality, convocation: Convocation) -> None:
    """The kenesh has so many seats from a day."""
    m.succeed([convocation], m.all(Convocation))
