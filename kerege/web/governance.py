"""Who governs a place on a day, as a picture: drawn from the register and from rulings.

An arrow stands only where the law of the day was asked and permits it; where its text is not known
there is none, and the page says so.
"""

from dataclasses import dataclass
from datetime import date

from kerege.constitution.question import NOT_STATED, PERMITTED
from kerege.municipality.governing import BODIES, body, deputies, head, in_office, seats
from kerege.municipality.record import Mandate
from kerege.web.listing import Fact, remark
from kerege.web.pictures.hierarchy import Arrow, Box, hierarchy
from kerege.web.places import Place
from kerege.web.powers import at_best
from kerege.web.saying import language, w

OUTSIDE = ("governor", "president", "prime_minister")


@dataclass(frozen=True, slots=True)
class Governance:
    picture: str
    facts: list[Fact]
    unknown: list[str]


def governance(place: Place, on: date) -> Governance:
    """The picture, the same as a table, and what the law of the day leaves unknown."""
    book = place.book(on)
    names = place.names(on)
    here = language()
    m = place.m

    def named(thing: str) -> str:
        words = names.get(thing)
        said = words[here] if words else w(f"place.{thing}")
        return said[:1].upper() + said[1:]

    boss = head(m, on)
    # Where no body is constituted nobody can act for it, whoever holds a mandate.
    missing = [one for one in BODIES if body(m, one, on) is None]
    officials = list(in_office(m, "official", on))
    chair = next(in_office(m, "chair", on), None)
    count = deputies(m, on)
    elected = w("place.no_body" if BODIES[0] in missing else "place.not_elected")
    if count and BODIES[0] not in missing:
        elected = w("place.deputies", count=count, seats=seats(m, on))
    led = f"{named('head')}: {boss.holder}" if boss else w("place.no_head")
    if BODIES[1] in missing:
        led = w("place.no_body")
    boxes = [
        Box("community", named("community"), w("place.community_is"), kind="community", row=0),
        Box(
            "kenesh",
            named("kenesh"),
            elected,
            place.url + "bodies/kenesh/",
            "kenesh",
            1,
        ),
        Box(
            "executive",
            named("executive"),
            led,
            place.url + "bodies/executive/",
            "executive",
            2,
        ),
    ]
    if officials:
        shown = ", ".join(f"{o.holder} ({o.title})" if o.title else o.holder for o in officials[:4])
        boxes.append(Box("official", w("place.officials"), shown, "", "official", 3))
    arrows: list[Arrow] = []
    unknown: list[str] = []
    if book is not None and m.identity is not None:
        kind = m.identity.kind
        office = str(book.parameter("office") or "head_of_executive")
        if at_best(book, kind, "community", "ElectDeputies", "deputies").answer == PERMITTED:
            arrows.append(Arrow("community", "kenesh", w("place.elects"), "elects"))
        for actor in ("kenesh", "community"):
            if at_best(book, kind, actor, "ElectHead", office).answer == PERMITTED:
                arrows.append(Arrow(actor, "executive", w("place.elects_head"), "elects"))
        from_outside = {
            "NominateHead": w("place.nominates"),
            "AppointHead": w("place.appoints"),
        }
        for actor in OUTSIDE:
            for act, does in from_outside.items():
                if at_best(book, kind, actor, act, office).answer == PERMITTED:
                    outside = book.vocabulary.actors[actor][here]
                    boxes.append(Box(actor, outside, kind="outside", row=1))
                    arrows.append(Arrow(actor, "executive", does, "nominates"))
                    break
        reports = at_best(book, kind, "executive", "ReportToKenesh", "account").answer
        if reports == PERMITTED:
            arrows.append(Arrow("executive", "kenesh", w("place.answers_to"), "accountable"))
            if officials:
                arrows.append(Arrow("official", "kenesh", w("place.answers_to"), "accountable"))
        elif reports == NOT_STATED:
            unknown.append(w("place.accountability_unknown"))
    picture = hierarchy(
        boxes, arrows, title=w("place.who_governs"), description=w("place.picture_says")
    )
    facts = [Fact(named("kenesh"), boxes[1].sublabel, boxes[1].href)]
    if BODIES[1] in missing:
        facts.append(Fact(named("executive"), led, boxes[2].href))
    if chair:
        facts.append(_holder(place, w("place.chair"), chair))
    facts.append(
        _holder(place, named("head"), boss) if boss else Fact(named("head"), w("place.no_head"))
    )
    facts += [_holder(place, o.title or w("place.official"), o) for o in officials]
    return Governance(picture, facts, unknown)


def _holder(place: Place, post: str, mandate: Mandate) -> Fact:
    """Who holds a post, and that this rests on what is contested or annulled, where it does."""
    url = f"{place.url}people/{mandate.id}/"
    return Fact(post, mandate.holder, url, remark(place, mandate.entry))
