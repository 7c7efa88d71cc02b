"""What a place is to somebody who holds no mandate there: what is being decided, how to take part.

Residents put nothing before the law themselves: an act needs a mandate, and what the community does
is entered by the recorder from a paper.
"""

from typing import Any

from kerege.web.matters import open_matters
from kerege.web.models import Account, Register
from kerege.web.places import Place
from kerege.web.powers import taking_part


def homes(account: Account) -> list[Place]:
    """The places an account has to do with: where its code was handed out, what it follows."""
    handed = Register.objects.filter(handed__account=account)
    followed = Register.objects.filter(follows__address__account=account, country=False)
    found = {one.pk: one for one in (*handed.order_by("pk"), *followed.order_by("pk"))}
    return [Place(one) for one in found.values()]


def part_here(here: Place) -> dict[str, Any]:
    """What ``parts/part.html`` takes: the place, what is ``open`` there, how to take ``part``."""
    book, identity = here.book(here.today), here.m.identity
    return {
        "place": here,
        "open": open_matters(here, here.today),
        "part": taking_part(book, identity.kind) if book and identity else [],
    }
