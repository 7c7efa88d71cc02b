"""What an entry did to mandates, for its page: which it ended, which hold again, who waits for an
account."""

from kerege.municipality.entry import Entry
from kerege.municipality.governing import RECORDER
from kerege.municipality.held import ended
from kerege.web.founding import wants_recorder
from kerege.web.places import Place
from kerege.web.saying import w


def mandates_ended(here: Place, n: int) -> str:
    """The mandates that came to an end with an entry, or with the one it confirmed: not those that
    were over by then, nor those whose end was lifted again."""
    by = {n, here.m.confirmed.get(n, n)}
    teller = here.teller(here.latest)
    over = [
        teller.mandate(one.post, one.holder)
        for one in here.m.mandates.values()
        if (first := ended(one)) is not None and first.by in by
    ]
    return ", ".join(over)


def mandates_again(here: Place, n: int) -> str:
    """The mandates that hold again since entry ``n`` annulled what had ended them."""
    undone = {of for of, (by, _) in here.m.annulled.items() if by == n}
    teller = here.teller(here.latest)
    again = [
        teller.mandate(one.post, one.holder)
        for one in here.m.mandates.values()
        if any(
            ending.by in undone and ending.until is not None and one.holds(ending.until)
            for ending in one.endings
        )
    ]
    return ", ".join(again)


def waits(here: Place, one: Entry) -> str:
    """What comes next after a recorder was appointed, until somebody has linked an account."""
    holder = one.fields.get("holder")
    if one.act != "AppointOfficial" or one.fields.get("post") != RECORDER:
        return ""
    return w("register.waits", name=holder) if wants_recorder(here.m, here.today) == holder else ""
