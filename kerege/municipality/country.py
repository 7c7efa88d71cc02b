"""The country register dates the law: which packs are in force on a day."""

from collections.abc import Iterator, Sequence
from datetime import date

from kerege.constitution.edition import Edition, EditionError
from kerege.constitution.packs import Packs, load
from kerege.municipality import charter
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Taken


def known(field: str, pack: str, kind: str) -> Edition:
    """The constitution, statute or model named; Malformed when this release does not have it: in
    force, it could not be asked anything."""
    editions = load().editions
    if pack not in editions or editions[pack].kind != kind:
        raise malformed(field, "unknown_pack", pack=pack)
    return editions[pack]


def in_force(country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """Ids of the constitution and the statutes in force on a day; empty on a day without an
    edition. Statutes stand under the constitution they were made under, and until a statute in
    force repeals them."""

    def standing() -> tuple[str, ...]:
        return _standing(list(_known(country, packs, on)), packs)

    return country.worked_out((in_force, packs, on), (Taken,), standing)


def _standing(taken: Sequence[Taken], packs: Packs) -> tuple[str, ...]:
    constitution = next((t for t in taken if t.kind == "constitution"), None)
    if constitution is None:
        return ()
    statutes = [
        t.pack
        for t in taken
        if t.kind == "statute" and constitution.pack in packs.edition(t.pack).under
    ]
    return (constitution.pack, *packs.without_repealed(statutes))


def law_of(m: Municipality, country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """The packs a municipality lives under on a day: an exercise may be pinned to an edition, and a
    model binds where the kenesh adopted it, under the constitution it was made for."""
    if m.identity is not None and m.identity.pinned:
        pinned = m.identity.pinned
        ids = packs.pinned(pinned) if pinned in packs.editions else ()
    else:
        ids = in_force(country, packs, on)
    return with_model(m, packs, ids, on)


def with_model(m: Municipality, packs: Packs, ids: Sequence[str], on: date) -> tuple[str, ...]:
    """Packs and the model that a municipality adopted under them, where one is in force."""
    model = charter.model(m, on)
    if model in packs.editions and set(packs.edition(model).under) & set(ids):
        return (*ids, model)
    return tuple(ids)


def timeline(country: Municipality) -> list[Taken]:
    """Editions and statutes with their days, in order of their first day."""
    return sorted(country.all(Taken), key=lambda t: (t.since, t.entry))


def law_of_country(country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """The packs the country register is judged by. Before its first edition is taken there is
    none in force, and the oldest constitution known judges its own adoption."""
    return in_force(country, packs, on) or (packs.constitutions()[0].id,)


def law_here(m: Municipality, country: Municipality, packs: Packs, on: date) -> tuple[str, ...]:
    """The packs that a register is judged by on a day, be it of a municipality or of the country
    itself; empty on a day without an edition. Raises Malformed where one of them is lacking."""
    if m is country:
        return law_of_country(country, packs, on)
    without = lacking(m, country, packs, on)
    if without:
        raise malformed("held_on", "law_lacking", pack=without)
    return law_of(m, country, packs, on)


def lacking(m: Municipality, country: Municipality, packs: Packs, on: date) -> str:
    """A statute or model that binds a municipality on a day and is not in our hands: nobody can say
    what it forbids. Empty when there is none."""
    pinned = m.identity is not None and m.identity.pinned

    def binding() -> list[str]:
        return [t.pack for t in country.all(Taken, on) if t.kind == "statute"]

    bind = [] if pinned else country.worked_out((lacking, on), (Taken,), binding)
    return next((p for p in (*bind, charter.model(m, on)) if p and p not in packs.editions), "")


def compose(field: str, country: Municipality, taken: Taken) -> None:
    """Compose what is about to be taken with whatever is in force on any day of its term. Malformed
    when two do not go together: nothing could be judged on those days."""
    packs = load()
    # When a law ends, one that it repealed can be back.
    turns = {day for t in country.all(Taken) for day in t.turns() if taken.holds(day)}
    for day in sorted({taken.since} | turns):
        others = [t for t in _known(country, packs, day) if not _gives_way(t, taken)]
        ids = _standing([*others, taken], packs)
        try:
            if ids:
                packs.rulebook(ids)
        except EditionError as error:
            where = f"{error.file}, {error.article}, {error.line}"
            raise malformed(field, "laws_clash", where=where) from error


def take(country: Municipality, taken: Taken) -> None:
    """A constitution takes the place of the one before; a statute that of its own earlier term."""
    country.succeed([taken], [t for t in country.all(Taken) if _gives_way(t, taken)])


def _gives_way(before: Taken, taken: Taken) -> bool:
    return before.kind == taken.kind and (
        before.kind == "constitution" or before.pack == taken.pack
    )


def _known(country: Municipality, packs: Packs, on: date) -> Iterator[Taken]:
    """What is in force and in our hands. A register from elsewhere can name a pack that this
    release lacks; a day under an unknown constitution is a day without an edition."""
    return (t for t in country.all(Taken, on) if t.pack in packs.editions)
