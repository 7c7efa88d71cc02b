"""What was last published of each log, kept beside the database: a restored old copy is noticed.

``DATA/heads/<origin, / written as %2F>`` holds the signed note of the greatest checkpoint that
left this house: written after commit, and taken in from mirrors and witnesses when the server
starts. Of the note there are the text and its first signatures, as many as fit. The file has two
places of 4,096 bytes, filled with spaces and written in turn, so that one that is cut off half-way
leaves the other. Nobody waits for the disk: after a power cut the file may be behind the database,
or hold nothing yet, and never the other way round. A log whose database is behind it signs nothing
until it has caught up from a mirror, or a person has said openly that acts were lost: two histories
under one name would end all trust in it. Nor does one of whose file no place can be read, or
whose file was there before and is not.
"""

import fcntl
import json
import os
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import transaction

from kerege.municipality.keys import after
from kerege.register import checkpoint
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import NoteError

_PLACE = 4096
# What the files were when this house began last (``copied.py``).
RECORD = ".here-is"


class Behind(RuntimeError):
    """The database is not what was published last; ``known`` is that, ``size`` what is here."""

    def __init__(self, known: Checkpoint, size: int) -> None:
        self.known, self.size = known, size
        super().__init__(f"{known.origin} was published with {known.size} entries; here are {size}")


class Damaged(OSError):
    """What was published last cannot be read: that a log goes on from it cannot be known."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is damaged: what was published last is not known; compare the register with "
            "a mirror, take the file away, and say that this is the newest copy: kerege keys "
            "continue"
        )


def path(origin: str) -> Path:
    return _path(os.environ.get("KEREGE_HEADS", ""), str(settings.DATA), origin)


# Every act asks for two of these files, twice: their names and what they say is worked out once.
@lru_cache(maxsize=2048)
def _path(elsewhere: str, data: str, origin: str) -> Path:
    return _folder(elsewhere, data) / quote(origin, safe="")


def folder() -> Path:
    """Where these files lie."""
    return _folder(os.environ.get("KEREGE_HEADS", ""), str(settings.DATA))


@lru_cache(maxsize=8)
def _folder(elsewhere: str, data: str) -> Path:
    return Path(elsewhere) if elsewhere else Path(data) / "heads"


def known(origin: str) -> Checkpoint | None:
    """The greatest checkpoint known to have left the house; None for a log never published. Raises
    Damaged."""
    note = known_note(origin)
    return None if note is None else _said(note)


def known_note(origin: str) -> bytes | None:
    """The signed note of that checkpoint. Raises Damaged."""
    file = path(origin)
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        # Not while another process is writing.
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        return _greatest(file, descriptor)
    except IsADirectoryError:
        raise Damaged(file) from None
    finally:
        os.close(descriptor)


def _greatest(file: Path, descriptor: int) -> bytes | None:
    both = os.pread(descriptor, 2 * _PLACE, 0)
    places = both[:_PLACE], both[_PLACE:]
    whole = []
    for place in places:
        try:
            # A note ends in a newline, and what fills the place has none.
            note = place[: place.rfind(b"\n") + 1]
            whole.append((_said(note).size, note))
        except (NoteError, UnicodeDecodeError):
            continue
    # The first note of a log may not have reached the disk when the power went: that left nothing.
    if not whole and any(place[:1].strip(b" \0") for place in places):
        raise Damaged(file)
    return max(whole, default=(0, None))[1]


@lru_cache(maxsize=256)
def _said(note: bytes) -> Checkpoint:
    # Signed by whoever held the key at the time; what it says is what counts here.
    return checkpoint.parse(note.decode().partition("\n\n")[0] + "\n")


def hold(origin: str, size: int, root: bytes, root_at: Callable[[int], bytes | None]) -> None:
    """Raise Behind unless a log of this size and root goes on from what was published, and nothing
    was published under the name that comes after a loss: another copy was the newest then.
    ``root_at`` tells the root the database has at a smaller size. Raises Damaged."""
    later = known(after(origin))
    if later is not None:
        raise Behind(later, size)
    last = known(origin)
    if last is None:
        if size and path(origin).name in recorded():
            raise Damaged(path(origin))
        return
    here = root if last.size == size else root_at(last.size) if last.size < size else None
    if here != last.root:
        raise Behind(last, size)


def recorded() -> Collection[str]:
    """The names of files that were on the disk when this house began last (``copied.py``): one that
    is gone since, or empty, was not left so by a power cut."""
    try:
        return dict(json.loads((folder() / RECORD).read_text("ascii"))["heads"])
    except (OSError, ValueError, LookupError, TypeError):
        return ()


def publish(origin: str, size: int, note: bytes) -> None:
    """Remember a checkpoint once it is committed, before anyone is told of it. Raises NoteError, at
    once, for one that has no place."""
    kept = _fitting(note)
    # The act is written by then: that this note of it fails must not say that it is not.
    transaction.on_commit(lambda: write(origin, size, kept), robust=True)


def write(origin: str, size: int, note: bytes) -> None:
    """Remember a checkpoint unless a greater one is known. Raises NoteError for one that has no
    place, and Damaged."""
    kept = _fitting(note)
    file = path(origin)
    # In place, and without waiting for the disk: every act pays for this.
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except IsADirectoryError:
        raise Damaged(file) from None
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        # Until it is closed: who comes late with a smaller size must not write over a greater one.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = _greatest(file, descriptor)
        if before is None or _said(before).size < size:
            os.pwrite(descriptor, kept.ljust(_PLACE), size % 2 * _PLACE)
    finally:
        os.close(descriptor)


def _fitting(note: bytes) -> bytes:
    """The text of a note and the first of its signatures, as many as there is place for."""
    if len(note) > _PLACE:
        text, empty, signatures = note.partition(b"\n\n")
        note = text + empty
        for line in signatures.splitlines(keepends=True):
            if len(note) + len(line) > _PLACE:
                break
            note += line
        if note == text + empty:
            raise NoteError(f"a checkpoint of {len(text)} bytes has no place of {_PLACE}")
    return note
