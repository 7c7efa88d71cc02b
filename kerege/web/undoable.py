"""What can undo an entry: the forms that annul, suspend or confirm it, for who can send them."""

from typing import Any

from kerege.constitution import packs
from kerege.municipality.entry import Entry
from kerege.municipality.undoing import UNDOING, open_to
from kerege.web.places import Place
from kerege.web.saying import language
from kerege.web.speaking import act_url, actors, speakers


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
