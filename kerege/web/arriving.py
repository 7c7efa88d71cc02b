"""Taking in a municipality that left another house whole, to go on with it in this one.

It is verified as anybody would verify it, and every head it signed besides; all of it comes in with
one transaction or nothing does. What it shares with this house gives way to what is here: addresses
and user names that are taken get a number.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kerege.archive import moving, signed
from kerege.archive.reading import entries as entries_in
from kerege.archive.source import REGISTER
from kerege.archive.verify import verify
from kerege.municipality.acts import ACTS
from kerege.municipality.country import timeline
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.register import checkpoint
from kerege.register.note import NoteError, Signer
from kerege.web import heads, keys, root
from kerege.web.importing import (
    Arrived,
    NotTaken,
    address_for,
    folded,
    take_paper,
    take_rows,
    take_rulebook,
)
from kerege.web.models import (
    Account,
    Cosignature,
    Key,
    Private,
    Register,
    Row,
    Withdrawn,
)
from kerege.web.public import size_of
from kerege.web.registers import country, told


def take_whole(file: Path, passphrase: str) -> Arrived:
    """Take in a municipality that left elsewhere whole, and go on with it here. Raises NotWhole,
    NotTaken, Locked or OSError, and then nothing was taken in."""
    with tempfile.TemporaryDirectory(prefix="import-", dir=settings.DATA) as folder:
        whole = moving.unpack(file, passphrase, Path(folder))
        report = verify(whole.public)
        if not report.ok:
            first = report.problems[0]
            raise NotTaken(first.code, "; ".join(map(str, report.problems)))
        if (report.origin, report.size) != (whole.origin, whole.size):
            raise NotTaken("other_register", "its manifest tells of another register")
        try:
            with transaction.atomic():
                return _settle(whole)
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, (NotTaken, NoteError)):
                raise
            raise NotTaken("unreadable", f"a part of it cannot be read: {error!r}") from error


def _settle(whole: moving.Whole) -> Arrived:
    tables = whole.tables
    notes = [one["note"].encode() for one in tables["checkpoints"]]
    before = Register.objects.filter(origin=whole.origin).first()
    if before is not None and not before.mirror_of:
        raise NotTaken("here_already", f"{whole.origin} is kept here, at /{before.slug}/")
    register = before or Register.objects.create(slug=address_for(whole.slug), origin=whole.origin)
    here = Arrived(register, whole.size)
    if before is None and register.slug != whole.slug:
        here.remarks.append(f"the address /{whole.slug}/ is taken; it is /{register.slug}/ here")
    had = _goes_on_from(register, whole)
    after = [note for note in notes if signed.stated(note).size > had]
    if after:
        take_rows(register, _lines(whole, had), *after)
    if size_of(register) != whole.size:
        raise NotTaken("truncated", f"no head of its {whole.size} entries is with it")
    register.mirror_of = ""
    register.save(update_fields=["mirror_of"])
    _take_keys(whole, register)
    _check_signed(register, notes)
    _take_beside(whole, register)
    here.remarks += _take_accounts(tables["accounts"])
    here.remarks += _law_differs(whole)
    folded(register)
    heads.publish(register.origin, whole.size, notes[-1])
    root.catch_up()
    return here


def _goes_on_from(register: Register, whole: moving.Whole) -> int:
    """How many of its entries are here already, as a copy of it; raises NotTaken where these are
    not its own."""
    had = size_of(register)
    here = Row.objects.filter(register=register).order_by("n").values_list("data", flat=True)
    lines = _lines(whole, 0)
    if had > whole.size or any(bytes(data) != next(lines) for data in here.iterator()):
        raise NotTaken("split_view", f"the copy at /{register.slug}/ has other entries, or more")
    return had


def _lines(whole: moving.Whole, first: int) -> Iterator[bytes]:
    with (whole.public / REGISTER).open("rb") as file:
        for n, line in enumerate(file):
            if n >= first:
                yield line[:-1]


def _take_keys(whole: moving.Whole, register: Register) -> None:
    """Seal the keys under the master key of this house."""
    for one in whole.tables["keys"]:
        if not one["seed"]:
            continue
        key = Signer(one["origin"], bytes.fromhex(one["seed"]))
        if key.verifier.vkey != one["vkey"]:
            raise NotTaken("bad_signature", f"the seed is not that of {one['vkey']}")
        if not Key.objects.filter(vkey=one["vkey"]).exists():
            keys.take_in(key, int(one["since"]))
    began_with = (whole.public / "key").read_text("utf-8").split("\n")[0]
    if not register.pinned and keys.vkeys(register.origin)[:1] != [began_with]:
        register.pinned = began_with
        register.save(update_fields=["pinned"])
    if keys.signer(register.origin).verifier != keys.chain(register).at(whole.size):
        raise NotTaken("bad_signature", "the key in force is not among its keys")


def _check_signed(register: Register, notes: Iterable[bytes]) -> None:
    """That every head it signed was signed by the key in force at that size."""
    chain = keys.chain(register)
    for note in notes:
        size = signed.stated(note).size
        try:
            checkpoint.open_checkpoint(note, chain.at(size))
        except NoteError as error:
            raise NotTaken("bad_signature", f"the head of {size} entries: {error}") from error


def _take_beside(whole: moving.Whole, register: Register) -> None:
    """What is kept beside the entries."""
    tables = whole.tables
    Private.objects.bulk_create(
        (
            Private(
                register=register,
                uid=one["uid"],
                field=one["field"],
                salt=bytes.fromhex(one["salt"]),
                value=one["value"],
            )
            for one in tables["private"]
        ),
        ignore_conflicts=True,
    )
    known = set(Withdrawn.objects.filter(register=register).values_list("uid", flat=True))
    Withdrawn.objects.bulk_create(
        Withdrawn(register=register, **{**one, "day": date.fromisoformat(one["day"])})
        for one in tables["withdrawn"]
        if one["uid"] not in known
    )
    Cosignature.objects.bulk_create(
        (Cosignature(**one) for one in tables["cosignatures"]), ignore_conflicts=True
    )
    for room, take in (("rulebooks", take_rulebook), ("documents", take_paper)):
        folder = whole.public / room
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            take(path.name, path.read_bytes())


def _take_accounts(accounts: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Make the accounts; tells of every one that is not as it was."""
    for one in accounts:
        before = Account.objects.filter(code=one["code"]).first()
        if before is not None:
            yield f"the account of {one['username']} is here already, as {before.username}"
            continue
        free = (f"{one['username']}-{n}" if n > 1 else one["username"] for n in count(1))
        name = next(name for name in free if not Account.objects.filter(username=name).exists())
        if name != one["username"]:
            yield f"the user name {one['username']} is taken; it is {name} here"
        Account.objects.create(
            username=name, code=one["code"], password=one["password"], shown_as=one["shown_as"]
        )


def _law_differs(whole: moving.Whole) -> Iterator[str]:
    """From now on the days of the law are those of this house's country register."""
    there = fold(entries_in(whole.law / REGISTER), ACTS, Municipality())
    said = [{(t.pack, t.since, t.until) for t in timeline(m)} for m in (there, told(country()))]
    for pack in sorted({pack for pack, _, _ in said[0] ^ said[1]}):
        yield f"{pack} is in force on other days in this house's country register, which counts"
