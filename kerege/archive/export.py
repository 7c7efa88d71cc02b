"""Everything public of one register as plain files, which any web server can serve.

Format of the folder; a live register has the same files under ``/<place>/log/``::

    README                      what these files are, and every field of an entry
    key                         vkeys of the register, one a line, the one it began with first
    checkpoint                  the signed head (register/checkpoint.py), witnesses' lines under it
    tile/<L>/<N>[.p/<W>]        the tree, and the entries 256 to a file (register/tiles.py)
    tile/entries/<N>[.p/<W>]
    register.jsonl              the same entries, one a line, exactly their canonical bytes
    rulebooks/<digest>          a rulebook entries were put to, as JSON {vocabulary, editions}, the
                                editions as [{file, text}]
    documents/<sha256>          papers that entries name by their hash
    policy                      this log, its witnesses and how many must have signed
                                (c2sp.org/tlog-policy)
    root/checkpoint             the signed head of the house's root, a log of checkpoints
    root/key                    its vkeys, one a line (register/keyring.py)
    root/proof                  that a checkpoint of this register stands in it
                                (register/proof.py); that checkpoint is the extra

A register that its house's root has not taken in has no ``root``; one without entries has no
checkpoint. A folder is written beside its place and moved there once all of it is on the disk.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from kerege.archive.signed import stated
from kerege.archive.source import REGISTER as REGISTER

KEY = "key"
CHECKPOINT = "checkpoint"
# A folder without both is no export, and is never replaced.
_MARKS = (KEY, REGISTER)


class NotOurs(ValueError):
    """A folder that is no export of this register and must not be replaced; the message says so."""


class Files(Protocol):
    """The public files of one register at one size."""

    def paths(self) -> Iterable[str]:
        """The path of every file, each once."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is none of that path."""

    def lines(self) -> Iterator[bytes]:
        """The entries in order, as their canonical bytes."""


def export(files: Files, folder: Path) -> int:
    """Write a register's files to a folder that is new, empty or an earlier export of the same
    register; returns the number of entries. Raises NotOurs or OSError, and then the folder is as it
    was."""
    folder = folder.resolve()
    _check_place(files, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        made = Path(beside) / "export"
        made.mkdir()
        size = _fill(files, made)
        take_place(made, folder, Path(beside) / "before")
    return size


def take_place(made: Path, folder: Path, before: Path) -> None:
    """Move a folder that is whole into its place, and what was there to ``before``."""
    # For everybody to read, which a folder made for the meantime is not.
    made.chmod(0o755)
    if folder.exists():
        folder.rename(before)
    try:
        made.rename(folder)
    except OSError:
        if before.exists():
            before.rename(folder)
        raise
    sync_folder(folder.parent)


def _check_place(files: Files, folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotOurs(f"{folder} is no folder")
    if not any(folder.iterdir()):
        return
    if not all((folder / mark).is_file() for mark in _MARKS):
        raise NotOurs(f"{folder} is not empty and is no export; it stays as it is")
    began_with = (files.read(KEY) or b"").split(b"\n")[0]
    if (folder / KEY).read_bytes().split(b"\n")[0] != began_with:
        raise NotOurs(f"{folder} is an export of another register; it stays as it is")
    here, there = _size(files.read(CHECKPOINT)), _size(_bytes(folder / CHECKPOINT))
    if here < there:
        # It may be the only copy of what this house has lost.
        raise NotOurs(f"{folder} has {there} entries, and here are {here}; it stays as it is")


def _size(note: bytes | None) -> int:
    """The size a signed head states; 0 where there is none to read."""
    try:
        return stated(note).size if note else 0
    except ValueError:
        return 0


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _fill(files: Files, made: Path) -> int:
    size = 0
    folders = {made}
    for path in files.paths():
        to = made / path
        if to.parent not in folders:
            to.parent.mkdir(parents=True, exist_ok=True)
            folders.update(to.parents[: len(Path(path).parents)])
        with to.open("xb") as file:
            if path == REGISTER:
                for line in files.lines():
                    file.write(line + b"\n")
                    size += 1
            else:
                data = files.read(path)
                if data is None:
                    raise FileNotFoundError(2, "gone while it was exported", path)
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
    for each in folders:
        sync_folder(each)
    return size


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlast a power cut; the disk has them when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
