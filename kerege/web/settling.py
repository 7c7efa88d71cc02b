"""From an open matter to the form that settles it."""

from typing import Any

from kerege.constitution import packs
from kerege.municipality.pending import pending
from kerege.municipality.record import Initiative, Issue, Proposal, Record, Request
from kerege.web.places import Place
from kerege.web.saying import language
from kerege.web.speaking import act_url, actors, speakers

# What settles a kind of matter: the act, and its field for the matter.
_SETTLES: dict[type[Record], tuple[str, str]] = {
    Issue: ("DecideIssue", "issue"),
    Initiative: ("DecideIssue", "initiative"),
    Request: ("DecideRequest", "request"),
    Proposal: ("ConsentDelegation", "proposal"),
}


def links(here: Place, account: Any, n: int) -> list[dict[str, str]]:
    """The form that settles an open matter, for who can send it; empty for readers, at a copy, and
    where nothing is open."""
    matter = next((one for one in here.m.left_by(n) if type(one) in _SETTLES), None)
    if matter is None:
        return []
    act, field = _SETTLES[type(matter)]
    able = [one for one in speakers(here, account) if actors(here, act, one)]
    if not able or matter not in pending(here.m, here.today):
        return []
    name = packs.load().vocabulary.acts[act].words[language()]
    return [{"name": name, "url": act_url(here, act, able[0], f"{field}={n}")}]
