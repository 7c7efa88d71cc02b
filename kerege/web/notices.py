"""What a notice says: what happened or is owed, why this reader is told, what next.

Made of the register and the law alone, in the language of the address; one text for all that is
new under everything one address follows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.debt_said import debt_said
from kerege.municipality.duties import OPEN, OVERDUE, Owed
from kerege.municipality.entry import CONTESTED, EXEMPT, Entry
from kerege.municipality.governing import POSTS, SPEAKS
from kerege.web import feeds, following
from kerege.web.calendars import debt_key
from kerege.web.models import Address, Follow
from kerege.web.owed import known_owed, rests_on, worth_showing
from kerege.web.places import Place
from kerege.web.registers import entries_of
from kerege.web.rulings import against, articles
from kerege.web.saying import language, w

SOON = timedelta(days=7)
# So many are told in one notice; of the rest their number and where they stand.
MOST = 20
# A text message has room for so much.
SHORT = 300


@dataclass
class News:
    """What is new under one follow: numbers of entries, what is owed with how it is told, and how
    far the register had come."""

    follow: Follow
    here: Place
    size: int
    entries: list[int] = field(default_factory=list)
    owed: list[tuple[Owed, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.entries or self.owed)

    def reminders(self) -> list[str]:
        return [f"{debt_key(one)} {stage}" for one, stage in self.owed]


def news(one: Follow, here: Place, waiting: Iterable[Owed], told: Iterable[str]) -> News:
    """What is new; ``waiting`` is what is owed here, ``told`` the reminders that went
    out before."""
    found = News(one, here, here.m.size)
    # Somebody else may fold what came meanwhile: that is for the next time.
    found.entries = [n for n in entries(one, here) if n < found.size]
    before = set(told)
    found.owed = [
        (debt, stage)
        for debt, stage in _about(one, here, waiting)
        if f"{debt_key(debt)} {stage}" not in before
    ]
    return found


def entries(one: Follow, here: Place) -> list[int]:
    """The entries from the first untold one on that a follow is about, the oldest first."""
    found = feeds.numbers(here, one.body, one.topic, one.next)[::-1]
    if not one.duty:
        return found
    book = here.book(here.today)
    duty = book.duties.get(one.duty) if book is not None else None
    acts = (duty.act, duty.after) if duty is not None else ()
    return [n for n in found if here.m.acts[n] in acts]


def waiting(here: Place) -> list[Owed]:
    """What is owed in a place and not done, by its day."""
    found = worth_showing(known_owed(here, here.today), here.today)
    return sorted((o for o in found if o.state in (OPEN, OVERDUE)), key=lambda o: o.due)


def _about(one: Follow, here: Place, found: Iterable[Owed]) -> Iterator[tuple[Owed, str]]:
    """What of it a follow is about and is overdue, or due soon."""
    acts, on = packs.load().vocabulary.acts, here.today
    whose = set(SPEAKS[POSTS[one.body][0]]) if one.body else set()
    for debt in found:
        duty = debt.duty
        if (whose and not whose & set(duty.who)) or (one.duty and one.duty != duty.id):
            continue
        if one.topic and acts[duty.act].topic != one.topic:
            continue
        if debt.state == OVERDUE:
            yield debt, "overdue"
        elif debt.opens <= on and debt.due - on <= SOON:
            yield debt, "soon"


def written(address: Address, found: list[News], site: str) -> tuple[str, str]:
    """Title and text of one notice about everything that is new."""
    items: dict[tuple[str, str], list[str]] = {}
    whys: dict[tuple[str, str], list[str]] = {}
    for one in found:
        kept_entries = entries_of(one.here.register, one.entries[:MOST])
        for n in one.entries:
            key = (one.here.slug, str(n))
            if n in kept_entries:
                items[key] = _entry_said(one.here, kept_entries[n], n, site)
            else:
                items.setdefault(key, [])
            whys.setdefault(key, []).append(following.named(one.follow, one.here))
        for debt, stage in one.owed:
            key = (one.here.slug, f"{debt_key(debt)} {stage}")
            items[key] = _debt_said(one.here, debt, stage, site)
            whys.setdefault(key, []).append(following.named(one.follow, one.here))
    places = sorted({one.here.name for one in found if one})
    title = w("notices.title", count=len(items), places=", ".join(places))
    stop = following.stop_link(address, site)
    parts = [
        "\n".join([*lines, w("notices.why", follow="; ".join(dict.fromkeys(whys[key])))])
        for key, lines in list(items.items())[:MOST]
        if lines
    ]
    if address.way == "sms":
        first = next(iter(items.values()), [])
        said = "; ".join(first[:1])[:SHORT]
        return title, f"{said}\n{site}{found[0].here.url}\n{w('notices.stop', url=stop)}"
    if len(items) > len(parts):
        more = len(items) - len(parts)
        parts.append(w("notices.more", count=more, url=f"{site}{found[0].here.url}register/"))
    return title, "\n\n".join([*parts, w("notices.stop", url=stop)])


def _entry_said(here: Place, one: Entry, n: int, site: str) -> list[str]:
    """What happened, the article it rests on, what one can do."""
    lines = [here.sentence(one, n), f"{site}{here.url}register/{n}/"]
    if cited := "; ".join(articles(one)):
        lines.append(w("notices.article", article=cited))
    return [*lines, _next(one)]


def _next(one: Entry) -> str:
    if one.standing == CONTESTED:
        return w("notices.next_contested", against=against(one))
    if one.act == "CallAssembly":
        return w("notices.next_called", day=_day(date.fromisoformat(one.fields["day"])))
    if one.fields.get("session") is not None:
        # Voted on: a decision, which can be contested.
        return w("notices.next_decided", day=_day(one.held_on))
    if one.standing == EXEMPT:
        # The register kept itself, or somebody voted: nothing here to raise an issue about.
        return w("notices.next_day", day=_day(one.held_on))
    return w("notices.next_in_force", day=_day(one.held_on))


def _debt_said(here: Place, debt: Owed, stage: str, site: str) -> list[str]:
    book = here.book(here.today)
    assert book is not None
    told = debt_said(debt, here.teller(here.today))
    if stage == "soon":
        left = (debt.due - here.today).days
        when = w("notices.soon", day=_day(debt.due), left=left)
    else:
        when = w("notices.overdue", day=_day(debt.due))
    article, _, reading = rests_on(here, book, debt)
    return [
        f"{told.what[:1].upper()}{told.what[1:]}. {when}",
        w("owed.whose", who=told.who, to=told.to),
        w("notices.article", article=" – ".join(filter(None, (article, reading)))),
        w("notices.next_owed", url=f"{site}{here.url}#owed"),
    ]


def _day(value: date) -> str:
    return telling.day(value, language())
