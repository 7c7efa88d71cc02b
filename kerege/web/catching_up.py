"""Going on after an old copy was restored: what was published comes back, or its loss is admitted.

A database that is behind what its house has published signs nothing (``heads.py``). Whether it is,
other places know as well: ``KEREGE_MIRRORS`` names exports, mirrors and addresses of live copies,
which are asked when the server starts, and when a command begins that may sign (``elsewhere.py``).
There are two ways on. ``catch_up`` takes the missing entries from such a place, once they lead from
what is here to a head that this register's key has signed. ``admit_loss`` says by an entry that
they are gone, unless one of those places has them; the register then goes on under another name,
``origin/2``, and what was published under the first one stays true of it.

The root is held by nobody else entry by entry. Where it is behind, it begins again as
``public-root/2`` with its own key, and takes in the registers as they then are.
"""

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kerege.archive import signed
from kerege.archive.source import Unreadable, open_source
from kerege.municipality import keys as folded
from kerege.municipality.fields import A_REASON, Wrong
from kerege.municipality.problem import malformed
from kerege.register import checkpoint, merkle
from kerege.register.canonical import canonical
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import Signer
from kerege.web import copied, erasing, heads, keys, root
from kerege.web.appending import frontier_at, lock, root_at
from kerege.web.elsewhere import Ahead, ahead, ask, here
from kerege.web.gate import Attempt, consider, kept_here
from kerege.web.heads import Behind, Damaged
from kerege.web.importing import (
    NotTaken,
    losses_as_known,
    named,
    take_paper,
    take_rows,
    take_rulebook,
)
from kerege.web.importing import folded as foldable
from kerege.web.keys import Locked
from kerege.web.models import Departed, Register
from kerege.web.public import size_of
from kerege.web.registers import told
from kerege.web.rotating import attempted

logger = logging.getLogger(__name__)

LONGER = 30.0
"""The same before a loss is admitted, which is for good."""


class NothingLost(ValueError):
    """The register is not behind what was published."""


class NotLost(ValueError):
    """A place that is known has the entries; the message says how to bring them back."""


class NotNewest(ValueError):
    """More was published than this copy has; the message says of what, and what to do first."""


def catch_up(register: Register, place: str) -> int:
    """Bring back the entries that a place has and this database has not; returns how many. Raises
    NotTaken, Unreadable or Locked, and then nothing is taken in."""
    source = open_source(place.replace("{slug}", register.slug))
    mine = here(register)
    beyond = ahead(mine, source)
    if beyond is None:
        return 0
    digests, papers = named(json.loads(data) for data in beyond.entries)
    rulebooks = {digest: source.read(f"rulebooks/{digest}") for digest in digests}
    documents = {digest: source.read(f"documents/{digest}") for digest in papers}
    with transaction.atomic():
        lock(register)
        if size_of(register) != mine.size:
            raise NotTaken("altered", "an entry was written meanwhile")
        take_rows(register, beyond.entries, [beyond.note])
        for digest, data in rulebooks.items():
            take_rulebook(digest, data)
        for digest, data in documents.items():
            if data is not None:
                take_paper(digest, data)
        losses_as_known(foldable(register), beyond.keys.first.name)
        erasing.learn(register)
        _know_keys(register, beyond)
        heads.publish(register.origin, beyond.head.size, beyond.note)
    root_catches_up()
    return len(beyond.entries)


def _know_keys(register: Register, beyond: Ahead) -> None:
    """Which key is in force after what came back. Of one that was made meanwhile the seed is gone
    with the database: then nothing is signed until it is changed."""
    key = beyond.keys.at(beyond.head.size)
    if keys.vkeys(key.name)[-1:] == [key.vkey]:
        return
    since = beyond.keys.since(key)
    try:
        own = Signer(key.name, keys.signer(register.origin).seed)
    except Locked:
        own = None
    if own is not None and own.verifier == key:
        keys.take_in(own, since)
    else:
        keys.without_seed(key, since)
    if register.origin != key.name:
        register.origin = key.name
        register.save(update_fields=["origin"])


def admit_loss(register: Register, reason: str) -> int:
    """Say openly that what was published is gone, and go on under another name; returns the number
    of the entry. Where that name was published as well, of a copy restored before, that is lost
    too, and an entry says so. Raises NothingLost, NotLost, Malformed or Locked."""
    try:
        reason = A_REASON.read(reason)
    except Wrong as wrong:
        raise malformed("reason", wrong.key, **wrong.slots) from None
    _not_elsewhere(register)
    with transaction.atomic():
        lock(register)
        kept_here(register)
        m = told(register)
        # In a copy nobody knows what came after: who says that acts are lost is believed.
        if not behind(register) and not copied.is_copy():
            raise NothingLost(f"{register.origin} is not behind what was published")
        old, losses = keys.signer(register.origin), folded.losses(m)
        began = keys.began_as(register.origin, losses)
        published, name = [], register.origin
        while (last := heads.known(name)) is not None:
            published.append(last)
            losses += 1
            name = folded.origin(began, losses)
        # A copy that was found again has lost nothing of its own name, and all of the next one.
        if published[1:] and root_at(register, published[0].size) == published[0].root:
            published[0] = published[1]
        attempts = []
        for last in published:
            said = {"known_size": last.size, "known_root": last.root.hex(), "reason": reason}
            attempts.append(attempted(register, "AdmitLoss", said))
        register.origin = name
        register.save(update_fields=["origin"])
        n = m.size + len(attempts) - 1
        signer = keys.take_in(Signer(name, old.seed), n + 1)
        _root_begins_again()
        note = _sign(register, [_entry(register, one) for one in attempts], signer)
        heads.publish(name, n + 1, note)
        return n


def _not_elsewhere(register: Register) -> None:
    """Raise NotLost where a place that is named, or a folder this house has exported to, has
    entries that are missing here. One that shows a greater head and not its entries keeps nobody
    waiting: that head is what was published."""
    if register.mirror_of:
        return
    mine = here(register)
    exported = Departed.objects.filter(register=register, whole=False)
    places = [path for path in exported.values_list("path", flat=True) if Path(path).is_dir()]
    for one in ask(register, mine, LONGER) if settings.MIRRORS else ():
        if one.found is not None and signed.stated(one.found).size > mine.size:
            places.append(one.place)
    for place in places:
        try:
            beyond = ahead(mine, open_source(place))
        except (NotTaken, Unreadable) as error:
            logger.warning("%s does not give its entries: %s", place, error)
            continue
        if beyond is not None:
            raise NotLost(
                f"nothing was admitted: {place} has {beyond.head.size} entries of "
                f"{register.slug}, here are {mine.size}; bring them back: "
                f"kerege catch-up {register.slug} --from {place}"
            )


def _entry(register: Register, attempt: Attempt) -> bytes:
    # One after the other, but signed together: under a name that is lost nothing is signed again.
    return canonical(consider(register, attempt, datetime.now(UTC)).entry.json())


def _sign(register: Register, entries: Sequence[bytes], signer: Signer) -> bytes:
    """Write entries under one head, and sign it."""
    size = size_of(register)
    frontier = frontier_at(register, size)
    for data in entries:
        frontier.append(merkle.leaf_hash(data))
    head = Checkpoint(register.origin, size + len(entries), frontier.root())
    note = checkpoint.sign(head, signer)
    take_rows(register, entries, [note])
    foldable(register)
    return note


def behind(register: Register) -> bool:
    """Whether more of a register was published than is here, or something else."""
    size = size_of(register)
    try:
        heads.hold(
            register.origin,
            size,
            root_at(register, size) or b"",
            lambda earlier: root_at(register, earlier),
        )
    except Behind:
        return True
    return False


def _root_begins_again() -> None:
    """Where the root had more entries; in a copy too, once it is known that a register had."""
    anew = copied.is_copy() and heads.known(root.origin()) is not None
    if anew or root.is_behind():
        root.begin_again(same_key=True)


def go_on() -> None:
    """Sign again in a house that was copied, since a person says that this is its newest copy.
    Raises NotNewest where more is known to have been published."""
    own = list(Register.objects.filter(mirror_of="").order_by("slug"))
    late = [one.slug for one in own if _surely_behind(one)]
    if late:
        raise NotNewest(
            f"this is not the newest copy: more was published of {', '.join(late)}. First bring "
            "that back (kerege catch-up PLACE --from) or admit that it is lost (kerege catch-up "
            "PLACE --lost)"
        )
    sizes = ", ".join(f"{one.slug} {size_of(one)}" for one in own)
    copied.go_on(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} said to be the newest copy: {sizes}")
    logger.warning("this copy was said to be the newest one: %s", sizes)
    root_catches_up()


def _surely_behind(register: Register) -> bool:
    try:
        return behind(register)
    except Damaged:
        # What was published last cannot be read: whoever goes on has compared it with a mirror.
        return False


def root_catches_up() -> None:
    try:
        with transaction.atomic():
            _root_begins_again()
        if not copied.is_copy():
            root.catch_up()
    except Locked:
        logger.warning("the root signs nothing until its key can be opened")
