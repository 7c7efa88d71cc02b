"""The country register dates the law: which packs are in force on a day."""

from collections.abc import Iterator
from datetime import date

from kerege.constitution.edition import Edition
from kerege.constitution.packs import Packs, load
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Taken


def known(field: str, pack: str, kind: str) -> Edition:
    """The constitution or the statute named; Malformed when this release does not have it: in
    force, it could not be asked anything."""
    editions = load().editions
    if pack not in editions or editions[pack].kind != kind:
        raise malformed(field, "unknown_pack", pack=pack)
    return editions[pack]


def in_force(country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """Ids of the constitution and the statutes in force on a day; empty on a day without an
    edition. Statutes stand under the constitution they were made under."""
    taken = list(_known(country, packs, on))
    constitution = next((t for t in taken if t.kind == "constitution"), None)
    if constitution is None:
        return ()
    statutes = [
        t.pack
        for t in taken
        if t.kind == "statute" and packs.edition(t.pack).under == constitution.pack
    ]
    return (constitution.pack, *statutes)


def law_of(m: Municipality, country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """The packs a municipality lives under on a day: an exercise may be pinned to an edition."""
    if m.identity is not None and m.identity.pinned:
        pinned = m.identity.pinned
        return packs.pinned(pinned) if pinned in packs.editions else ()
    return in_force(country, packs, on)


def timeline(country: Municipality) -> list[Taken]:
    """Editions and statutes with their days, in order of their first day."""
    return sorted(country.all(Taken), key=lambda t: (t.since, t.entry))


def law_of_country(country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """The packs the country register is judged by. Before its first edition is taken there is
    none in force, and the oldest constitution known judges its own adoption."""
    return in_force(country, packs, on) or (packs.constitutions()[0].id,)


def take(country: Municipality, taken: Taken) -> None:
    """A constitution takes the place of the one before; a statute that of its own earlier term."""
    country.succeed(
        [taken],
        [
            t
            for t in country.all(Taken)
            if t.kind == taken.kind and (t.kind == "constitution" or t.pack == taken.pack)
        ],
    )


def _known(country: Municipality, packs: Packs, on: date) -> Iterator[Taken]:
    """What is in force and in our hands. A register from elsewhere can name a pack that this
    release lacks; a day under an unknown constitution is a day without an edition."""
    return (t for t in country.all(Taken, on) if t.pack in packs.editions)
