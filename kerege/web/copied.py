"""Whether this is a copy of a house: a folder put back whole has forgotten what came after it.

What was published last (``heads.py``) tells of an old database only where it is not put back with
it. So beside the heads lies a file that is never touched again, ``.here``, and another,
``.here-is``, says which file that was. JSON::

    {"here": [number of the inode, time of its last change in nanoseconds],
     "heads": {name of the file of a head that is on the disk: number of its inode}}

A file that is copied, by whatever program, is another one: it gets a time of change that no program
can set. A program that copies only what differs leaves ``.here`` as it was and puts other files in
the place of the heads.

A house that was copied signs nothing until a person says that this is its newest copy (``kerege
keys continue``), which is written down in ``.here``; acts that are known to be lost are admitted
before (``kerege catch-up``). A folder that is moved within one disk is not copied. A snapshot of
the whole disk is not noticed; what is then published elsewhere is (``catching_up.py``).
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kerege.archive.export import sync_folder
from kerege.web import heads

_HERE, _SAYS = ".here", heads.RECORD
# Folders that this process has seen to be no copies: every act asks.
_seen: set[Path] = set()


class Copied(heads.Behind):
    """The house was copied: whether acts were published since is not known here."""

    def __init__(self) -> None:
        RuntimeError.__init__(
            self,
            "this folder is a copy, and signs nothing: acts may have been published since. Bring "
            "them back (kerege catch-up PLACE --from) or admit their loss (kerege catch-up PLACE "
            "--lost); then say that this is the newest copy: kerege keys continue",
        )


def hold() -> None:
    """Raise Copied where this house was copied and nobody has said that it goes on."""
    if heads.folder() not in _seen and is_copy():
        raise Copied


def is_copy() -> bool:
    folder = heads.folder()
    try:
        said = json.loads((folder / _SAYS).read_text("ascii"))
    except FileNotFoundError:
        # Never settled: it was not a command that began it.
        return False
    except (OSError, ValueError):
        return True
    if _differs(folder, said):
        _seen.discard(folder)
        return True
    _seen.add(folder)
    return False


def _differs(folder: Path, said: Any) -> bool:
    now = _state(folder)
    if now is None:
        return True
    try:
        number, changed = said["here"]
        before = said["heads"]
        if now["here"][1] != changed:
            return True
        # Some disks give all files other numbers whenever they are mounted.
        if now["here"][0] != number:
            return bool(before.keys() - now["heads"].keys())
        return any(now["heads"].get(name) != one for name, one in before.items())
    except (KeyError, TypeError, ValueError, AttributeError):
        return True


def settle() -> None:
    """Remember which files these are; not where they are a copy. When a command begins."""
    folder = heads.folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        if not (folder / _SAYS).exists():
            _begin(folder, "begun")
        elif not is_copy():
            _write(folder)


def go_on(why: str) -> None:
    """This is the newest copy, a person says; ``why`` is written down with it."""
    folder = heads.folder()
    with _alone(folder):
        _begin(folder, why)


def _begin(folder: Path, why: str) -> None:
    with (folder / _HERE).open("a", encoding="utf-8") as file:
        file.write(f"{why}\n")
        file.flush()
        os.fsync(file.fileno())
    _write(folder)


def _write(folder: Path) -> None:
    state, before = _state(folder), heads.recorded()
    said, file = json.dumps(state), folder / _SAYS
    if file.exists() and file.read_text("utf-8") == said:
        return
    for name in state["heads"] if state else ():
        if name not in before:
            _to_the_disk(folder / name)
    beside = folder / f"{_SAYS}.{os.getpid()}"
    with beside.open("w", encoding="ascii") as new:
        new.write(said)
        new.flush()
        os.fsync(new.fileno())
    os.replace(beside, file)
    sync_folder(folder)


def _to_the_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _state(folder: Path) -> dict[str, Any] | None:
    try:
        mark = (folder / _HERE).stat()
    except FileNotFoundError:
        return None
    with os.scandir(folder) as found:
        whole = [one for one in found if not one.name.startswith(".") and one.is_file()]
        files = sorted((one.name, one.inode()) for one in whole if one.stat().st_size)
    return {"here": [mark.st_ino, mark.st_ctime_ns], "heads": dict(files)}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time: a file that is half made is another one once it is made."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
