"""Who is who: mandates of one person are known by the name they bear. No fact is read here: a
misprint in a name can be corrected."""

from datetime import date

from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Link, Mandate


def also_of(m: Municipality, account: str, holder: str) -> str | None:
    """The name of somebody else an account was ever linked to a mandate of here."""
    held = (m.mandates[link.mandate].holder for link in m.all(Link) if link.account == account)
    return next((name for name in held if name != holder), None)


def of_one(own: Mandate, other: Mandate) -> bool:
    """Whether two mandates are of one person: the same, or those of a deputy who chairs the
    kenesh."""
    both = {own.post, other.post} == {"chair", "deputy"} and own.holder == other.holder
    return own.id == other.id or both


def sits(m: Municipality, mandate: Mandate, on: date) -> bool:
    """Whether a chair is a deputy still. Where no mandate of a deputy bears their name, nobody can
    know."""
    if mandate.post != "chair":
        return True
    seats_ = [one for one in m.in_post("deputy") if one.holder == mandate.holder]
    return not seats_ or any(one.holds(on) for one in seats_)
