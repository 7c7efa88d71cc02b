"""Folders in the data directory in which something is unpacked or fetched, and which are then gone.

What lies in them is not public: keys, values, papers that may have to be erased. A process that is
killed leaves its folder. So whoever works in one holds a lock on it, and one that nobody holds is
cleared away: when a server starts, and whenever something is erased.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

KINDS = ("import-", "mirror-")


@contextmanager
def room(kind: str) -> Iterator[Path]:
    """A new folder, which goes when the work in it has ended."""
    with _alone(fcntl.LOCK_SH):
        folder = Path(tempfile.mkdtemp(prefix=kind, dir=settings.DATA))
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def clear() -> list[Path]:
    """Clear away the folders in which nobody works any more; returns them. Raises OSError."""
    with _alone(fcntl.LOCK_EX):
        left = [
            folder
            for kind in KINDS
            for folder in sorted(Path(settings.DATA).glob(f"{kind}*"))
            if folder.is_dir() and not folder.is_symlink() and _left(folder)
        ]
        for folder in left:
            shutil.rmtree(folder)
    return left


def _left(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


@contextmanager
def _alone(how: int) -> Iterator[None]:
    # A folder that was made this moment is not locked yet.
    descriptor = os.open(settings.DATA, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
