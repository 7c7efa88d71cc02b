"""Taking in what was signed elsewhere: entries, rulebooks, papers, each checked before it is kept.

Nothing is taken in that does not lead to the signed head it came with. Who signed that is for those
to check who know its keys: ``arriving.py``, ``mirroring.py``, ``catching_up.py``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

from django.db import IntegrityError, connection

from kerege.archive import signed
from kerege.constitution.packs import from_text
from kerege.municipality import entry
from kerege.municipality.acts import ACTS
from kerege.municipality.keys import Loss, origin
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.register import canonical, merkle
from kerege.web import documents, founding, heads, root, witness
from kerege.web.appending import INSERT_CHECKPOINT, INSERT_ROW, frontier_at
from kerege.web.models import (
    Key,
    Register,
    Rulebook,
)
from kerege.web.nodes import keep
from kerege.web.public import documents_of, size_of
from kerege.web.registers import told

_AT_ONCE = 1000


class NotTaken(ValueError):
    """A register that is not taken in; ``code`` is one of archive/words/verify.toml where it names
    a fault, and the message says why."""

    def __init__(self, code: str, why: object) -> None:
        self.code = code
        super().__init__(str(why))


@dataclass(slots=True)
class Arrived:
    """What was taken in, and what whoever did it must be told."""

    register: Register
    size: int
    remarks: list[str] = field(default_factory=list)


def take_rows(register: Register, entries: Iterable[bytes], notes: Iterable[bytes]) -> int:
    """Insert the entries that follow those that are here, up to the last of ``notes``: signed heads
    in order of size, each over some of them. Returns the new size. Both are read as they are needed
    and never held whole.

    Who signed is for the caller to check, before or after. Raises NotTaken, naming what is wrong;
    must be called in a transaction, which that ends."""
    size = size_of(register)
    frontier = frontier_at(register, size)
    ahead = ((signed.stated(note), note) for note in notes)
    following = next(ahead, None)
    rows: list[list[Any]] = []
    reached: list[list[Any]] = []
    for n, data in enumerate(entries if following is not None else (), size):
        one = _read(n, data)
        leaf = merkle.leaf_hash(data)
        keep(register.pk, n, frontier.append(leaf))
        rows.append([register.pk, n, one.id, one.act, one.held_on, one.standing, data, leaf])
        if following is not None and n + 1 == following[0].size:
            head, note = following
            if frontier.root() != head.root:
                raise NotTaken("altered", f"entries up to {n} are not what was signed")
            reached.append([register.pk, n + 1, frontier.to_hex(), note])
            following = next(ahead, None)
            if following is not None and following[0].size <= head.size:
                raise NotTaken("unreadable", "its heads are not in order of size")
        if len(rows) == _AT_ONCE or following is None:
            _insert(rows, reached)
        if following is None:
            return n + 1
    if following is None:
        return size
    raise NotTaken("truncated", f"the entries end before the {following[0].size} that were signed")


def _read(n: int, data: bytes) -> entry.Entry:
    try:
        one = entry.read(canonical.read(data))
    except (ValueError, RecursionError) as error:
        raise NotTaken("unreadable", f"entry {n} cannot be read: {error}") from error
    try:
        # Strictly, once: what stands in a row is trusted from then on.
        ACTS[one.act].read(one.fields)
    except (KeyError, Malformed) as error:
        raise NotTaken("cannot_fold", f"entry {n} is no act of this release: {error}") from error
    return one


def _insert(rows: list[list[Any]], reached: list[list[Any]]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT_ROW, rows)
            cursor.executemany(INSERT_CHECKPOINT, reached)
    except IntegrityError as error:
        raise NotTaken("twice", "the id of an entry stands there twice") from error
    rows.clear()
    reached.clear()


def folded(register: Register) -> Municipality:
    """The register just taken in, folded: an entry that cannot be would leave it unreadable."""
    try:
        return told(register)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise NotTaken("cannot_fold", f"its entries cannot be folded: {error}") from error


def losses_as_known(m: Municipality, first: str) -> None:
    """Raise NotTaken where an admitted loss tells of less, or of something else, than this house
    knows to have been published. ``first`` is the name the register began with."""
    for number, loss in enumerate(m.all(Loss)):
        name = origin(first, number)
        last = heads.known(name)
        if last is None or last.size < loss.known_size:
            continue
        if (last.size, last.root.hex()) != (loss.known_size, loss.known_root):
            raise NotTaken(
                "bad_loss",
                f"it admits that {loss.known_size} entries of {name} were published, with another "
                f"root than is known here of {last.size}",
            )


def address_for(wanted: str) -> str:
    """The address wanted, or one like it that is free."""
    free = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    taken = Register.objects
    return next(
        one for one in free if one not in founding.TAKEN and not taken.filter(slug=one).exists()
    )


def names_are_free(register: Register, names: Collection[str], vkeys: Collection[str]) -> None:
    """Raise NotTaken where a log from elsewhere has had a name under which this house signs for
    somebody else: for its root, as a witness, or for another register. ``vkeys`` are all its keys.
    """
    for name in names:
        if root.bears(name) or name == witness.origin():
            raise NotTaken("other_register", f"{name} is a name of this house itself")
    others = Register.objects.filter(origin__in=names, mirror_of="").exclude(pk=register.pk)
    if others.exists() or Key.objects.filter(origin__in=names).exclude(vkey__in=vkeys).exists():
        raise NotTaken("other_register", f"this house signs under {' or '.join(names)} already")


def take_rulebook(digest: str, data: bytes | None) -> None:
    """Keep a rulebook that entries were put to; raises NotTaken."""
    if Rulebook.objects.filter(pk=digest).exists():
        return
    if data is None:
        raise NotTaken("unknown_rulebook", f"the rulebook {digest} does not come with it")
    try:
        text = data.decode()
        if from_text(text).digest != digest:
            raise NotTaken("bad_rulebook", f"the rulebook {digest} has another digest")
    except NotTaken:
        raise
    except ValueError as error:
        raise NotTaken("bad_rulebook", f"the rulebook {digest} cannot be read: {error}") from error
    Rulebook.objects.create(digest=digest, text=text)


def take_paper(digest: str, data: bytes) -> None:
    """Keep a paper that an entry names; raises NotTaken."""
    if sha256(data).hexdigest() != digest:
        raise NotTaken("bad_document", f"the paper {digest} is another one")
    media = documents.sniffed(data) or "application/octet-stream"
    documents.keep((documents.Paper(digest, media, data),))


def named(entries: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """The rulebooks and the papers that entries name, each once and in order."""
    digests: dict[str, None] = {}
    papers: dict[str, None] = {}
    for one in entries:
        digests.setdefault(one["digest"])
        papers.update(dict.fromkeys(sorted(documents_of(one))))
    digests.pop("", None)
    return list(digests), list(papers)
