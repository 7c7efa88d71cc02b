"""Taking in a municipality that left another house whole, to go on with it in this one.

It is verified as anybody would verify it, and every head it signed besides; all of it comes in with
one transaction or nothing does. What it shares with this house gives way to what is here: addresses
and user names that are taken get a number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import TypeVar

import orjson
from django.contrib.auth.hashers import identify_hasher, is_password_usable
from django.db import DataError, IntegrityError, transaction

from kerege.archive import moving, signed
from kerege.archive.reading import entries as entries_in
from kerege.archive.signed import KEY_ACTS, Keys
from kerege.archive.source import REGISTER, Unreadable, open_source
from kerege.archive.verify import verify
from kerege.municipality.acts import ACTS
from kerege.municipality.country import timeline
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.register import checkpoint
from kerege.register.commitment import commit
from kerege.register.merkle import Frontier, leaf_hash
from kerege.register.note import NoteError, Signer, Verifier
from kerege.web import erasing, heads, keys, root, sent, workrooms
from kerege.web.elsewhere import Here, ahead
from kerege.web.importing import (
    Arrived,
    NotTaken,
    address_for,
    folded,
    losses_as_known,
    names_are_free,
    take_paper,
    take_rows,
    take_rulebook,
)
from kerege.web.leaving import codes
from kerege.web.models import (
    Account,
    Cosignature,
    Departed,
    Key,
    Private,
    Register,
    Row,
    Withdrawn,
)
from kerege.web.public import size_of
from kerege.web.registers import country, read, told

_AT_ONCE = 500
_Line = TypeVar("_Line")
# What values of another kind or size come to, here and in the tables.
_NOT_AS_WRITTEN = (
    *(LookupError, TypeError, ValueError, AttributeError, ArithmeticError),
    *(IntegrityError, DataError),
)


def take_whole(file: Path, passphrase: str) -> Arrived:
    """Take in a municipality that left elsewhere whole, and go on with it here. Raises NotWhole,
    NotTaken, Locked or OSError, and then nothing was taken in."""
    with workrooms.room("import-") as folder:
        whole = moving.unpack(file, passphrase, folder)
        try:
            report = verify(whole.public)
            if not report.ok:
                first = report.problems[0]
                raise NotTaken(first.code, "; ".join(map(str, report.problems)))
            if (report.origin, report.size) != (whole.origin, whole.size):
                raise NotTaken("other_register", "its manifest tells of another register")
            remarks = [*map(str, report.open), *_not_gone_on(whole)]
            with transaction.atomic():
                arrived = _settle(whole)
            arrived.remarks[:0] = remarks
            return arrived
        except NotTaken:
            raise
        except _NOT_AS_WRITTEN as error:
            raise NotTaken("unreadable", f"a part of it cannot be read: {error!r}") from error


def _not_gone_on(whole: moving.Whole) -> Iterator[str]:
    """Where the file, or a copy here, says that another house keeps the register: raise NotTaken if
    that one has gone on beyond the file, and tell where it could not be asked."""
    left = Register.objects.filter(origin=whole.origin, mirror_of__contains="://").first()
    said = (whole.leaves_for or "", left.mirror_of if left is not None else "")
    places = dict.fromkeys(place for place in said if "://" in place)
    if whole.leaves_for == "" and not places:
        yield "the file does not say where the register goes: be sure that no other house has it"
    if not places:
        return
    reached = _reached(whole)
    for place in places:
        try:
            beyond = ahead(reached, open_source(place))
        except (NotTaken, Unreadable, NoteError) as error:
            yield (
                f"{place} could not be asked whether it has gone on since ({error}): be sure that "
                "no other house has taken in this file"
            )
            continue
        if beyond is not None:
            raise NotTaken(
                "rolled_back",
                f"{place} keeps it now and has {beyond.head.size} entries; the file has "
                f"{whole.size}. To come back, take it out of there: `kerege export --all --leave`",
            )


def _reached(whole: moving.Whole) -> Here:
    """How far the register had come in the file, whose public part was verified."""
    frontier, chain = Frontier(), Keys(Verifier.from_vkey(_began_with(whole)))
    for n, line in enumerate(_lines(whole, 0)):
        frontier.append(leaf_hash(line))
        one = orjson.loads(line)
        if one["act"] in KEY_ACTS:
            chain.take(n, one["act"], one["fields"])
    return Here(whole.size, frontier, chain)


def _began_with(whole: moving.Whole) -> str:
    """The key its log began with."""
    return (whole.public / "key").read_text("utf-8").split("\n")[0]


def _settle(whole: moving.Whole) -> Arrived:
    tables = whole.tables
    before = Register.objects.filter(origin=whole.origin).first()
    if before is not None and not before.mirror_of:
        raise NotTaken("here_already", _kept_here(before, whole))
    register = before or Register.objects.create(slug=address_for(whole.slug), origin=whole.origin)
    arrived = Arrived(register, whole.size)
    if before is None and register.slug != whole.slug:
        arrived.remarks.append(f"the address /{whole.slug}/ is taken; it is /{register.slug}/ here")
    had = _goes_on_from(register, whole)
    after = (note for note in _notes(whole) if signed.stated(note).size > had)
    take_rows(register, _lines(whole, had), after)
    if size_of(register) != whole.size:
        raise NotTaken("truncated", f"no head of its {whole.size} entries is with it")
    register.mirror_of = ""
    register.save(update_fields=["mirror_of"])
    own = _take_keys(whole, register)
    head = _check_signed(register, whole)
    arrived.remarks += _take_private(tables["private"], register)
    _take_beside(whole, register, own)
    arrived.remarks += sent.take(register, tables.get("sent", ()))
    arrived.remarks += _take_accounts(tables["accounts"], register)
    arrived.remarks += _law_differs(whole)
    losses_as_known(folded(register), keys.chain(register).first.name)
    # What was erased elsewhere is not to come back out of a file that was made before.
    erasing.learn(register)
    heads.publish(register.origin, whole.size, head)
    root.catch_up()
    return arrived


def _notes(whole: moving.Whole) -> Iterator[bytes]:
    """The heads it signed, as they stand in the file."""
    return (one["note"].encode() for one in whole.tables["checkpoints"])


def _kept_here(register: Register, whole: moving.Whole) -> str:
    """Why a register that this house keeps is not taken in, and what to do with the file."""
    said, had = f"{whole.origin} is kept here, at /{register.slug}/", size_of(register)
    if _differs(register, whole):
        return f"{said}, with other entries than the file: two houses have gone on with it"
    if whole.size > had:
        return f"{said}, with {had} entries; the file has {whole.size}: two houses have gone on"
    return f"{said}, with every entry of the file: it was taken in before, and nothing is to do"


def _goes_on_from(register: Register, whole: moving.Whole) -> int:
    """How many of its entries are here already, as a copy of it; raises NotTaken where these are
    not its own, or more."""
    had, copy = size_of(register), f"the copy at /{register.slug}/"
    if _differs(register, whole):
        raise NotTaken("split_view", f"{copy} has other entries")
    if had > whole.size:
        raise NotTaken(
            "rolled_back",
            f"{copy} has {had} entries, and the file {whole.size}: the house that keeps the "
            "register has gone on. To come back, take it out of there: `kerege export --all "
            "--leave`",
        )
    return had


def _differs(register: Register, whole: moving.Whole) -> bool:
    """Whether the entries here and in the file are not the same as far as both go."""
    rows = Row.objects.filter(register=register, n__lt=whole.size).order_by("n")
    here = rows.values_list("data", flat=True).iterator()
    return any(bytes(data) != line for data, line in zip(here, _lines(whole, 0), strict=False))


def _lines(whole: moving.Whole, first: int) -> Iterator[bytes]:
    with (whole.public / REGISTER).open("rb") as file:
        for n, line in enumerate(file):
            if n >= first:
                yield line[:-1]


def _take_keys(whole: moving.Whole, register: Register) -> set[str]:
    """Seal the keys under the master key of this house; returns the names the log has had. Of no
    other log a key is taken: it would sign for it from now on."""
    register.pinned = register.pinned or _began_with(whole)
    register.save(update_fields=["pinned"])
    chain = keys.chain(register)
    own = {key.name for key in chain.all()}
    names_are_free(register, own | {register.origin}, {key.vkey for key in chain.all()})
    for one in whole.tables["keys"]:
        if one["origin"] not in own:
            raise NotTaken("other_register", f"with it comes a key of {one['origin']}")
        if not one["seed"]:
            continue
        key = Signer(one["origin"], bytes.fromhex(one["seed"]))
        if key.verifier.vkey != one["vkey"]:
            raise NotTaken("bad_signature", f"the seed is not that of {one['vkey']}")
        if not Key.objects.filter(vkey=one["vkey"]).exists():
            keys.take_in(key, int(one["since"]))
    if keys.signer(register.origin).verifier != chain.at(whole.size):
        raise NotTaken("bad_signature", "the key in force is not among its keys")
    return own


def _check_signed(register: Register, whole: moving.Whole) -> bytes:
    """That every head it signed was signed by the key in force at that size; returns the last."""
    chain, size, note = keys.chain(register), 0, b""
    for note in _notes(whole):
        size = signed.stated(note).size
        try:
            checkpoint.open_checkpoint(note, chain.at(size))
        except NoteError as error:
            raise NotTaken("bad_signature", f"the head of {size} entries: {error}") from error
    if size != whole.size:
        raise NotTaken("truncated", f"the last of its heads is not that of {whole.size} entries")
    return note


def _in_parts(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    rest = iter(lines)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _take_private(lines: Iterable[Mapping[str, str]], register: Register) -> Iterator[str]:
    """Keep the plain values that open what their entries are committed to; tells of the others."""
    for some in _in_parts(lines):
        part = [
            Private(
                register=register,
                uid=one["uid"],
                field=one["field"],
                salt=bytes.fromhex(one["salt"]),
                value=str(one["value"]),
            )
            for one in some
        ]
        rows = Row.objects.filter(register=register, uid__in=[one.uid for one in part])
        said = {uid: read(data).fields for uid, data in rows.values_list("uid", "data")}
        good = []
        for one in part:
            opened = commit(one.uid, one.field, one.salt, one.value)
            if said.get(one.uid, {}).get(one.field) == opened:
                good.append(one)
            else:
                yield f"left out: what is kept of {one.uid}, {one.field}, is not what was entered"
        Private.objects.bulk_create(good, ignore_conflicts=True)


def _take_beside(whole: moving.Whole, register: Register, own: Collection[str]) -> None:
    """What else is kept beside the entries."""
    tables = whole.tables
    known = set(Withdrawn.objects.filter(register=register).values_list("uid", flat=True))
    Withdrawn.objects.bulk_create(
        Withdrawn(register=register, **{**one, "day": date.fromisoformat(one["day"])})
        for one in tables["withdrawn"]
        if one["uid"] not in known
    )
    if any(one["origin"] not in own for one in tables["cosignatures"]):
        raise NotTaken("other_register", "witnesses signed for another register than this one")
    for part in _in_parts(tables["cosignatures"]):
        Cosignature.objects.bulk_create([Cosignature(**one) for one in part], ignore_conflicts=True)
    for room, take in (("rulebooks", take_rulebook), ("documents", take_paper)):
        folder = whole.public / room
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            take(path.name, path.read_bytes())


def _take_accounts(accounts: Iterable[Mapping[str, str]], register: Register) -> Iterator[str]:
    """Make the accounts that entries link and no others; tells of all that are not as they were."""
    linked = codes(register)
    # Who left from here, and set a new password elsewhere, comes back to the account that stayed.
    back = Departed.objects.filter(register=register, whole=True).exists()
    for one in accounts:
        _check_account(one)
        if one["code"] not in linked:
            raise NotTaken("other_register", f"no entry links the account of {one['username']}")
        before = Account.objects.filter(code=one["code"]).first()
        if before is not None:
            # Its code is public: a register taken in before may have brought it for somebody else.
            if before.password != one["password"] and not back:
                raise NotTaken(
                    "here_already",
                    f"the account of {one['username']} is here as {before.username}, with another "
                    "password: whoever knows that one would act for this municipality",
                )
            yield f"the account of {one['username']} is here already, as {before.username}"
            continue
        free = (f"{one['username']}-{n}" if n > 1 else one["username"] for n in count(1))
        name = next(name for name in free if not Account.objects.filter(username=name).exists())
        if name != one["username"]:
            yield f"the user name {one['username']} is taken; it is {name} here"
        Account.objects.create(
            username=name, code=one["code"], password=one["password"], shown_as=one["shown_as"]
        )


def _check_account(one: Mapping[str, object]) -> None:
    """Raise ValueError where it is no account that was written out."""
    for name in ("code", "username", "password", "shown_as"):
        said, longest = one[name], Account._meta.get_field(name).max_length or 0
        if not isinstance(said, str) or len(said) > longest:
            raise ValueError(f"the {name} of an account is {str(said)[:80]!a}")
    if is_password_usable(str(one["password"])):
        identify_hasher(str(one["password"]))


def _law_differs(whole: moving.Whole) -> Iterator[str]:
    """From now on the days of the law are those of this house's country register."""
    there = fold(entries_in(whole.law / REGISTER), ACTS, Municipality())
    said = [{(t.pack, t.since, t.until) for t in timeline(m)} for m in (there, told(country()))]
    for pack in sorted({pack for pack, _, _ in said[0] ^ said[1]}):
        yield f"{pack} is in force on other days in this house's country register, which counts"
