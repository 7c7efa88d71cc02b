"""What was last published of each log, kept beside the database: a restored old copy is noticed.

``DATA/heads/<origin, / written as %2F>`` holds the signed note of the greatest checkpoint that
left this house: written after commit, and taken in from mirrors and witnesses when the server
starts. It has two places of 4,096 bytes, filled with spaces and written in turn, so that a power
cut leaves one of them whole. A log whose database is behind it signs nothing until it has caught up
from a mirror, or a person has said openly that acts were lost: two histories under one name would
end all trust in it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import transaction

from kerege.register import checkpoint
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import NoteError

_PLACE = 4096


class Behind(RuntimeError):
    """The database is not what was published last; ``known`` is that, ``size`` what is here."""

    def __init__(self, known: Checkpoint, size: int) -> None:
        self.known, self.size = known, size
        super().__init__(f"{known.origin} was published with {known.size} entries; here are {size}")


def path(origin: str) -> Path:
    return Path(settings.DATA) / "heads" / quote(origin, safe="")


def known(origin: str) -> Checkpoint | None:
    """The greatest checkpoint known to have left the house; None for a log never published."""
    note = known_note(origin)
    return None if note is None else _said(note)


def known_note(origin: str) -> bytes | None:
    """The signed note of that checkpoint."""
    try:
        both = path(origin).read_bytes()
    except FileNotFoundError:
        return None
    whole = []
    for place in (both[:_PLACE], both[_PLACE:]):
        try:
            note = place.rstrip(b" \0")
            whole.append((_said(note).size, note))
        except (NoteError, UnicodeDecodeError):
            continue
    # Written after the database, which lost nothing: where neither is whole, nothing is known.
    return max(whole, default=(0, None))[1]


def _said(note: bytes) -> Checkpoint:
    # Signed by whoever held the key at the time; what it says is what counts here.
    return checkpoint.parse(note.decode().partition("\n\n")[0] + "\n")


def hold(origin: str, size: int, root: bytes, root_at: Callable[[int], bytes | None]) -> None:
    """Raise Behind unless a log of this size and root goes on from what was published. ``root_at``
    tells the root the database has at a smaller size."""
    last = known(origin)
    if last is None:
        return
    here = root if last.size == size else root_at(last.size) if last.size < size else None
    if here != last.root:
        raise Behind(last, size)


def publish(origin: str, size: int, note: bytes) -> None:
    """Remember a checkpoint once it is committed, before anyone is told of it."""
    # The act is written by then: that this note of it fails must not say that it is not.
    transaction.on_commit(lambda: write(origin, size, note), robust=True)


def write(origin: str, size: int, note: bytes) -> None:
    """Remember a checkpoint unless a greater one is known."""
    last = known(origin)
    if last is not None and last.size >= size:
        return
    file = path(origin)
    file.parent.mkdir(parents=True, exist_ok=True)
    # In place, and without waiting for the disk: every act pays for this.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, note.ljust(_PLACE), size % 2 * _PLACE)
    finally:
        os.close(descriptor)
