"""What can undo an entry: the forms that annul, suspend or confirm it, for who can send them."""

from typing import Any

from kerege.constitution import packs
from kerege.municipality.entry import Entry
from kerege.municipality.undoing import UNDOING, open_to
from kerege.web.places import Place
from kerege.web.saying import language
from kerege.web.speaking import act_url, actors, speakers


def those_of(
    here: Place, act: str, whom: list[tuple[str, str]], entry: str
) -> list[tuple[str, str]]:
    """Of those an act can be of, who can annul the entry its form was opened with."""
    n = int(entry[:15]) if entry.isascii() and entry.isdigit() else -1
    made = here.m.actors.get(n)
    return whom if act != "Annul" or made is None else _undo(whom, made.kind)


def _undo(whom: list[tuple[str, str]], made: str) -> list[tuple[str, str]]:
    # A body unmakes what it made itself; a court unmakes whatever it is.
    return [one for one in whom if one[0].partition(":")[0] in ("court", made)]


def links(here: Place, account: Any, one: Entry, n: int) -> list[dict[str, str]]:
    """Each form once, opened with the entry; empty for readers."""
    words, found = packs.load().vocabulary.acts, {}
    for speaker in speakers(here, account):
        for act in UNDOING:
            if act in found or not open_to(here.m, act, n):
                continue
            if _undo(actors(here, act, speaker), one.actor.kind):
                found[act] = act_url(here, act, speaker, f"entry={n}")
    return [{"name": words[act].words[language()], "url": url} for act, url in found.items()]
