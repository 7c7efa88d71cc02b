"""Personal data: an entry gets a salted commitment, and what was typed is kept beside the register.

Salt and value stand in the table ``Private`` alone, where they can be erased (``erasing.py``). They
are shown to the recorder of the place and to nobody else.
"""

import secrets
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kerege.kyrgyz.repeated import repeats
from kerege.municipality import telling
from kerege.municipality.act import Act
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Personal, Wrong
from kerege.municipality.problem import Malformed, Problem
from kerege.register.commitment import SALT_LENGTH, commit
from kerege.web.models import Private, Register
from kerege.web.places import Place
from kerege.web.registers import entry_of
from kerege.web.saying import language, w
from kerege.web.speaking import recorder_here

_KEEP = "INSERT INTO web_private (register_id, uid, field, salt, value) VALUES (%s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a commitment was made of: whoever is shown it can check it."""

    field: str
    salt: bytes
    # Not shown where the opening itself is printed: that could be a log.
    value: str

    def __repr__(self) -> str:
        return f"Opening({self.field!r})"


def personal(kind: type[Act]) -> list[str]:
    """The fields of an act that are personal."""
    return [name for name, told in kind.told().items() if isinstance(told.kind, Personal)]


def committed(
    kind: type[Act], uid: str, fields: Mapping[str, Any]
) -> tuple[Mapping[str, Any], list[Opening]]:
    """The fields with commitments in the place of what was typed, and what opens them. Raises
    Malformed naming the fields, and nothing of what was typed."""
    typed = _typed(kind, fields)
    made = [Opening(name, secrets.token_bytes(SALT_LENGTH), text) for name, text in typed.items()]
    if not made:
        return fields, made
    return {**fields, **{o.field: commit(uid, o.field, o.salt, o.value) for o in made}}, made


def told_aloud(kind: type[Act], fields: Mapping[str, Any]) -> str | None:
    """The personal field a word of which stands in what everybody reads of an act as well; None
    where there is none. Raises Malformed."""
    open_ = [value for name, value in fields.items() if name not in personal(kind)]
    public = " ".join(value for value in open_ if isinstance(value, str))
    typed = _typed(kind, fields)
    return next((name for name, hidden in typed.items() if repeats(public, hidden)), None)


def keep(register: Register, uid: str, openings: list[Opening]) -> None:
    """Keep what opens an entry, in the transaction that writes it."""
    if openings:
        with connection.cursor() as cursor:
            rows = [[register.pk, uid, o.field, o.salt, o.value] for o in openings]
            cursor.executemany(_KEEP, rows)


def as_written(
    register: Register,
    kind: type[Act],
    uid: str,
    fields: Mapping[str, Any],
    written: Mapping[str, Any],
) -> Mapping[str, Any]:
    """The fields of an attempt as an entry has them that was ``written`` under its id: to be held
    against that entry. What was erased since cannot be compared, and counts as the same."""
    same: dict[str, Any] = {}
    for name, text in _typed(kind, fields).items():
        kept = Private.objects.filter(register=register, uid=uid, field=name).first()
        if kept is not None:
            same[name] = commit(uid, name, bytes(kept.salt), text)
        else:
            same[name] = written.get(name)
    return {**fields, **same}


def _typed(kind: type[Act], fields: Mapping[str, Any]) -> dict[str, str]:
    """What was typed into personal fields; raises Malformed."""
    # What is no object at all the act itself refuses.
    fields = fields if isinstance(fields, Mapping) else {}
    found: dict[str, str] = {}
    problems = []
    for name in personal(kind):
        if fields.get(name) in (None, ""):
            continue
        told = kind.told()[name].kind
        assert isinstance(told, Personal)
        try:
            found[name] = told.plain(fields[name])
        except Wrong as wrong:
            problems.append(Problem(name, wrong.key, wrong.slots))
    if problems:
        raise Malformed(*problems)
    return found


def opened(here: Place, account: Any, one: Entry) -> list[dict[str, str]]:
    """What is kept beside an entry, for the recorder of the place; nothing for anybody else."""
    if recorder_here(here, account) is None:
        return []
    kept = Private.objects.filter(register=here.register, uid=one.id).order_by("field")
    return [
        {
            "field": row.field,
            "name": telling.field_name(row.field, language()),
            "value": row.value,
            "salt": bytes(row.salt).hex(),
            "check": formula(one.id, row.field, bytes(row.salt).hex(), row.value),
        }
        for row in kept
    ]


def erased(here: Place, n: int, name: str) -> tuple[str, str]:
    """That a field of entry ``n`` was erased, when and on what ground, and the address of the entry
    that says so; empty when it was not."""
    by = here.m.erased.get(n, {}).get(name)
    one = entry_of(here.register, by) if by is not None else None
    if one is None:
        return "", ""
    day = telling.day(one.held_on, language())
    said = w("private.erased", day=day, ground=one.fields["ground"])
    return said, f"{here.url}register/{by}/"


def formula(uid: str, field: str, salt: str, value: str) -> str:
    """A line for any Unix shell that prints the commitment."""
    head, said = shlex.quote(f"kerege/commitment/v1\n{uid}\n{field}\n"), shlex.quote(value)
    return f"(printf %s {head}; printf %s {salt} | xxd -r -p; printf %s {said}) | sha256sum"
