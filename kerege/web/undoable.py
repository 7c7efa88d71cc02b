"""What can be done with an entry by who can send it: the forms that annul, suspend or confirm it,
and the one that settles what it left open."""

from typing import Any

from kerege.constitution import packs
from kerege.municipality.entry import Entry
from kerege.municipality.pending import pending
from kerege.municipality.record import Initiative, Issue, Proposal, Record, Request
from kerege.municipality.undoing import UNDOING, open_to
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


def settling(here: Place, account: Any, n: int) -> list[dict[str, str]]:
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


def links(here: Place, account: Any, one: Entry, n: int) -> list[dict[str, str]]:
    """Each form once, opened with the entry; empty for readers, and at a copy."""
    if here.register.mirror_of:
        return []
    words, found = packs.load().vocabulary.acts, {}
    for speaker in speakers(here, account):
        for act in UNDOING:
            if act not in found and open_to(here.m, act, n):
                kinds = {value.partition(":")[0] for value, _ in actors(here, act, speaker)}
                # A body unmakes what it made itself; a court unmakes whatever it is.
                if kinds & {"court", one.actor.kind}:
                    found[act] = act_url(here, act, speaker, f"entry={n}")
    return [{"name": words[act].words[language()], "url": url} for act, url in found.items()]
