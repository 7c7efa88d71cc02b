"""Following a register that is kept elsewhere: only what is new is fetched, and only what goes on
from what is here is taken.

The key a register began with is pinned the first time; every other key must be put in force by an
entry (``archive/signed.py``). A head that does not go on from the one that is here is evidence:
both are laid down under ``DATA/forks/<origin, / written as %2F>/``, as ``<size>-here`` and
``<size>-there``, and nothing is taken.
"""

import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from kerege.archive.source import Unreadable
from kerege.archive.verify import verify
from kerege.municipality.territory import slug
from kerege.register import checkpoint, note, policy, tiles
from kerege.register.cosignature import CosignatureVerifier
from kerege.register.note import NoteError
from kerege.web import erasing, heads, keys, witnessing, workrooms
from kerege.web.appending import lock, note_at, root_at
from kerege.web.fetching import New, There, TilesOf, fetch, look, spooled
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
from kerege.web.models import Cosignature, Register
from kerege.web.nodes import Leaves
from kerege.web.public import size_of

# No clock of a witness goes more than a day ahead.
_AHEAD = 86_400


def follow(place: str, vkey: str = "", *, whole: bool = False) -> Arrived:
    """Take over what is new in a register elsewhere (an address of its log, or a folder); the first
    time makes a copy of it. ``vkey`` is the key it began with, where one knows it. With ``whole``
    everything is judged again before.

    Raises NotTaken for what is not rightly signed or does not go on from what is here, Unreadable
    for what cannot be reached or read; then nothing has changed."""
    there = look(place)
    if whole:
        report = verify(place, key=vkey or there.first.vkey)
        if not report.ok:
            raise NotTaken(report.problems[0].code, "; ".join(map(str, report.problems)))
        # What is taken below leads to this head: it must be the one that was judged.
        judged, head = (report.origin, report.size, report.root), there.head
        if judged != (head.origin, head.size, head.root.hex()):
            raise Unreadable(f"{place} has changed while it was judged; ask again")
    before = _known(there, vkey)
    if before is None and not vkey and "://" in place:
        _still_the_same(place, there)
    had = size_of(before) if before is not None else 0
    if before is not None and had:
        _goes_on(before, there, had)
    with workrooms.room("mirror-") as folder:
        # Fetched before anything is locked: whoever is slow elsewhere keeps nobody waiting here.
        new = fetch(there, had, folder) if there.head.size > had else None
        with transaction.atomic():
            register, remarks = (before, []) if before is not None else _made(there, vkey)
            lock(register)
            if size_of(register) != had:
                raise Unreadable(f"{register.slug} has grown meanwhile; ask again")
            if new is not None:
                _take(register, there, new)
                remarks += new.remarks
            if "://" in place and register.mirror_of != place:
                register.mirror_of = place
                register.save(update_fields=["mirror_of"])
            _check_signed(register, there)
            _take_cosignatures(register, there)
    return Arrived(register, max(had, there.head.size), remarks)


# -- the first time -------------------------------------------------------------------------------


def _known(there: There, vkey: str) -> Register | None:
    """The copy that is here; None when there is none yet. Raises NotTaken."""
    # Known by the key it began with: its name changes when a loss is admitted.
    same = Q(origin__in={there.head.origin, there.first.name}) | Q(pinned=there.first.vkey)
    register = Register.objects.filter(same).order_by("-pk").first()
    if register is None:
        if vkey and vkey != there.first.vkey:
            # Whoever was told the key in force now has not been told the one that is asked for.
            why = "a register is known by its first key, which kerege keys list shows"
            raise NotTaken("re_signed", f"it says it began with {there.first.vkey}; {why}")
        return None
    if not register.mirror_of:
        raise NotTaken("here_already", f"{register.origin} is kept here, at /{register.slug}/")
    for said in (vkey, there.first.vkey):
        if said and said != register.pinned:
            raise NotTaken("re_signed", f"{register.origin} began with another key, {said}")
    return register


def _still_the_same(place: str, there: There) -> None:
    """Raise NotTaken where another register is at an address that has been followed: who forges one
    puts it where the true one is looked for."""
    followed = Register.objects.filter(mirror_of__in=[place, there.place]).first()
    if followed is not None:
        why = f"{place} was followed as {followed.origin} and now says it is {there.first.name}; "
        why += "if that is meant, say whose key it is (--key)"
        raise NotTaken("other_register", why)


def _made(there: There, vkey: str) -> tuple[Register, list[str]]:
    """A new copy, and what must be told of it."""
    wanted = slug(there.first.name.rpartition("/")[2]) or "copy"
    register = Register.objects.create(
        slug=address_for(wanted),
        origin=there.first.name,
        mirror_of=there.place if "://" in there.place else there.first.name,
        pinned=there.first.vkey,
    )
    names_are_free(register, [there.first.name], [there.first.vkey])
    remarks = [] if register.slug == wanted else [f"/{wanted}/ is taken; it is /{register.slug}/"]
    if not vkey:
        remarks.append(
            f"trusted on first sight: {there.first.vkey}; ask the municipality for its key, and "
            "compare"
        )
    return register, remarks


# -- going on -------------------------------------------------------------------------------------


def _goes_on(register: Register, there: There, had: int) -> None:
    """Raise NotTaken unless the head there is ours or goes on from it."""
    head, ours = there.head, root_at(register, had)
    if head.size == had:
        if head.root != ours:
            raise _forked(register, there, had, "split_view")
        _check_signed(register, there)
        return
    if head.size < had:
        same = tiles.root(Leaves(register), head.size) == head.root
        raise _forked(register, there, had, "rolled_back" if same else "split_view")
    # Told by the tree alone, before any entry is fetched.
    if tiles.root(TilesOf(there), head.size) != head.root:
        raise NotTaken("bad_tile", "its tiles are not what was signed")
    if tiles.root(TilesOf(there), had) != ours:
        raise _forked(register, there, had, "split_view")


def _forked(register: Register, there: There, had: int, code: str) -> NotTaken:
    """What two heads that do not go together come to; they are kept."""
    if there.head.origin != register.origin:
        lost = f"it admits that acts were lost and is now {there.head.origin}; the copy stays"
        return NotTaken("lost", lost)
    ours = note_at(register, had)
    chain = keys.chain(register)
    try:
        checkpoint.open_checkpoint(there.note, chain.at(there.head.size))
    except NoteError as error:
        return NotTaken("bad_signature", f"its head of {there.head.size} entries: {error}")
    assert ours is not None
    _lay_down(register.origin, f"{had}-here", ours)
    file = _lay_down(register.origin, f"{there.head.size}-there", there.note)
    told = {
        "rolled_back": f"it goes back to {there.head.size} entries; {had} were signed",
        "split_view": f"it has signed another history than the one of the {had} entries here",
    }
    return NotTaken(code, f"{told[code]}. Both heads are kept in {file.parent}")


def _lay_down(origin: str, name: str, data: bytes) -> Path:
    folder = Path(settings.DATA) / "forks" / quote(origin, safe="")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    if file.exists() and file.read_bytes() != data:
        file = folder / f"{name}-{sha256(data).hexdigest()[:8]}"
    file.write_bytes(data)
    return file


def _take(register: Register, there: There, new: New) -> None:
    own = _own_note(there)
    with new.entries.open("rb") as file:
        take_rows(register, spooled(file), [own])
    _check_signed(register, there)
    every = keys.chain(register).all()
    names_are_free(register, {key.name for key in every}, {key.vkey for key in every})
    m = folded(register)
    losses_as_known(m, there.first.name)
    register.country = m.identity is None
    register.origin = there.head.origin
    register.save(update_fields=["country", "origin"])
    for digest, data in new.rulebooks.items():
        take_rulebook(digest, data)
    for one, path in new.papers.items():
        take_paper(one, path.read_bytes())
    erasing.learn(register)
    heads.publish(register.origin, there.head.size, own)


def _check_signed(register: Register, there: There) -> None:
    """That the head is signed by the key in force, as all entries up to it name it."""
    try:
        chain = keys.chain(register)
    except NoteError as error:
        raise NotTaken("bad_key_change", f"an entry changes the key wrongly: {error}") from error
    try:
        checkpoint.open_checkpoint(there.note, chain.at(there.head.size))
    except NoteError as error:
        raise NotTaken("bad_signature", f"its head: {error}") from error


def _own_note(there: There) -> bytes:
    """The head with its log's own signatures alone."""
    text, lines = note.read_note(there.note)
    under = there.note[len(text.encode()) + 1 :].decode().splitlines(keepends=True)
    names = (there.head.origin, there.first.name)
    own = [line for line, (name, _, _) in zip(under, lines, strict=True) if name in names]
    if not own:
        raise NotTaken("bad_signature", "its head is not signed by its own key")
    return "".join([text, "\n", *own]).encode()


def _take_cosignatures(register: Register, there: There) -> None:
    """Pass on what the witnesses of its policy put under a head: who trusts them checks them. What
    does not verify would keep the place of what does."""
    if there.head.origin != register.origin:
        return
    text, lines = note.read_note(there.note)
    under = there.note[len(text.encode()) + 1 :].decode().splitlines(keepends=True)
    witnesses = {(each.name, each.key_id): each for each in _witnesses(there)}
    latest = time.time() + _AHEAD
    for line, (name, key_id, signature) in zip(under, lines, strict=True):
        try:
            when = witnesses[name, key_id].time(text, signature)
        except (KeyError, NoteError):
            continue
        if when < latest:
            Cosignature.objects.get_or_create(
                origin=register.origin,
                size=there.head.size,
                witness=name,
                defaults={"line": line},
            )


def _witnesses(there: There) -> list[CosignatureVerifier]:
    """Its witnesses, as its policy says; one that this house asks itself, as ours says."""
    try:
        theirs = policy.parse(there.source.read("policy", policy.SIZE_LIMIT) or b"").witnesses
        ours = witnessing.asked().witnesses
    except (policy.PolicyError, witnessing.NoPolicy):
        return []
    asked = {one.verifier.name: one.verifier for one in ours.values()}
    known = [asked.get(one.verifier.name, one.verifier) for one in theirs.values()]
    longest = Cosignature._meta.get_field("witness").max_length or 0
    return [one for one in known if len(one.name) <= longest]
