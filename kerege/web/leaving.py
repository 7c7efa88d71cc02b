"""Taking a place's register out of the database: in public, or whole, to run it elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.db import transaction

from kerege.archive import export as archive
from kerege.archive import moving
from kerege.municipality.entry import Entry
from kerege.web import keys, sent
from kerege.web.appending import lock
from kerege.web.catching_up import behind
from kerege.web.models import (
    Account,
    Checkpoint,
    Cosignature,
    Departed,
    Key,
    Private,
    Register,
    Row,
    Withdrawn,
)
from kerege.web.public import Public, origins_of, vkeys_of
from kerege.web.registers import country, read

LINKING = ("LinkAccount", "LinkRecorder")
"""Acts whose ``account`` is the code of an account."""


class NotHere(ValueError):
    """A register that is only followed here, or is the country's: it does not leave whole."""


def entries(slug: str) -> list[Entry]:
    """The entries of the register at an address; raises Register.DoesNotExist."""
    rows = Row.objects.filter(register=Register.objects.get(slug=slug)).order_by("n")
    return [read(data) for data in rows.values_list("data", flat=True)]


def export(slug: str, folder: Path) -> int:
    """Write everything public of the register at an address; returns the number of entries. Raises
    Register.DoesNotExist, NotOurs or OSError."""
    register = Register.objects.get(slug=slug)
    # Known of before it is written: papers that are erased later are taken out of it.
    Departed.objects.get_or_create(register=register, path=str(folder.resolve()), whole=False)
    return archive.export(Public(register), folder)


def depart(slug: str, file: Path, passphrase: str, *, leave: str | None = None) -> int:
    """Write a municipality whole to a new file; returns the number of entries.

    With ``leave``, which says where it will be from now on, the register here is a copy of that one
    from the same moment on. Raises Register.DoesNotExist, NotHere, Locked, ValueError for an empty
    passphrase, or OSError; then nothing has changed."""
    file = file.resolve()
    if file.exists():
        raise FileExistsError(17, "there is a file of that name, and it stays as it is", str(file))
    if leave is not None:
        written = False
        try:
            # Nothing is written between the last entry that leaves and the mark that it has left.
            with transaction.atomic():
                going = _going(slug, file)
                register = going.public.register
                register.pinned = vkeys_of(register)[0]
                register.mirror_of = leave or register.origin
                register.save(update_fields=["pinned", "mirror_of"])
                moving.put(going.packed(passphrase, leave), file)
                written = True
        except BaseException:
            # The register has stayed; two houses would have its key.
            if written:
                file.unlink(missing_ok=True)
            raise
        return going.public.size
    with transaction.atomic():
        going = _going(slug, file)
    try:
        moving.put(going.packed(passphrase, None), file)
    except BaseException:
        going.departed.delete()
        raise
    return going.public.size


@dataclass(frozen=True, slots=True)
class _Going:
    """A register as it leaves, at one moment."""

    public: Public
    tables: dict[str, list[moving.Line]]
    departed: Departed

    def packed(self, passphrase: str, leaves_for: str | None) -> bytes:
        one, law = self.public.register, Public(country())
        return moving.pack(
            one.slug, one.origin, self.public, law, self.tables, passphrase, leaves_for
        )


def _going(slug: str, file: Path) -> _Going:
    register = Register.objects.get(slug=slug)
    lock(register)
    register.refresh_from_db()
    if register.mirror_of or register.country:
        what = "the country's register" if register.country else "only a copy"
        raise NotHere(f"{slug} is {what}; it does not leave whole")
    if behind(register):
        raise NotHere(f"{slug} is behind what it has published: `kerege catch-up` first")
    tables = {name: list(lines) for name, lines in _tables(register).items()}
    # Known of before it is written: what is erased meanwhile must be erased there too.
    departed = Departed.objects.create(register=register, path=str(file))
    return _Going(Public(register), tables, departed)


def linked(register: Register) -> list[Account]:
    """The accounts that entries of a register link to mandates."""
    return list(Account.objects.filter(code__in=codes(register)).order_by("pk"))


def codes(register: Register) -> set[str]:
    """The codes of these accounts, as the entries say them."""
    rows = Row.objects.filter(register=register, act__in=LINKING)
    said = (orjson.loads(data)["fields"] for data in rows.values_list("data", flat=True))
    return {one["account"] for one in said}


def _tables(register: Register) -> dict[str, Iterator[moving.Line]]:
    origins = origins_of(register)
    return {
        "checkpoints": (
            {"size": one.size, "note": bytes(one.note).decode()}
            for one in Checkpoint.objects.filter(register=register).order_by("size").iterator()
        ),
        "cosignatures": (
            {"origin": one.origin, "size": one.size, "witness": one.witness, "line": one.line}
            for one in Cosignature.objects.filter(origin__in=origins).order_by("pk")
        ),
        "keys": (
            {
                "origin": one.origin,
                "vkey": one.vkey,
                "seed": keys.unseal(bytes(one.sealed), one.vkey).hex() if one.sealed else "",
                "since": one.since,
            }
            for one in Key.objects.filter(origin__in=origins).order_by("pk")
        ),
        "private": (
            {
                "uid": one.uid,
                "field": one.field,
                "salt": bytes(one.salt).hex(),
                "value": one.value,
            }
            for one in Private.objects.filter(register=register).order_by("pk")
        ),
        "withdrawn": (
            {
                "uid": one.uid,
                "act": one.act,
                "day": one.day.isoformat(),
                "answer": one.answer,
                "norms": one.norms,
            }
            for one in Withdrawn.objects.filter(register=register).order_by("pk")
        ),
        "sent": ({"n": n, **how.json()} for n, how in sent.all_of(register)),
        "accounts": (
            {
                "code": one.code,
                "username": one.username,
                "password": one.password,
                "shown_as": one.shown_as,
            }
            for one in linked(register)
        ),
    }
