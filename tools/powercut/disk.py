"""A disk that keeps only what was synced, and anything or nothing of the rest.

Every change waits until its file, or for names its folder, is synced. At a power cut each waiting
change may have reached the disk or not, whatever came before or after it; a write may be torn into
sectors of 512 bytes; a file may have grown while the bytes that made it grow were lost and read as
zeros. No real file system is worse.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tools.powercut.tracing import Event, Name, Resize, Sync, Write

SECTOR = 512
Change = Write | Resize | Name


@dataclass(frozen=True, slots=True)
class Image:
    """What stands on the disk after a power cut."""

    folders: list[str]
    files: dict[str, bytes]

    def write(self, to: Path) -> None:
        """Put it into a new folder."""
        to.mkdir()
        for name in self.folders:
            (to / name).mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            (to / name).write_bytes(data)


class Disk:
    def __init__(self, data: Path) -> None:
        self.names: dict[str, int] = {"": 0}
        self.folders = {0}
        self.files: dict[int, bytes] = {}
        for path in sorted(data.rglob("*")):
            file = len(self.names)
            self.names[str(path.relative_to(data))] = file
            if path.is_dir():
                self.folders.add(file)
            else:
                self.files[file] = path.read_bytes()
        self.waiting: list[Change] = []
        self.synced = 0

    def go_on(self, event: Event) -> None:
        if isinstance(event, Sync):
            settled = [c for c in self.waiting if c.at < event.began and _of(c, event.file)]
            self.names, self.files = self.after(settled)
            kept = set(map(id, settled))
            self.waiting = [c for c in self.waiting if id(c) not in kept]
            self.synced += bool(settled)
        elif isinstance(event, Change):
            self.waiting.append(event)
            if isinstance(event, Name) and event.folder:
                self.folders |= {file for _, file in event.names if file is not None}

    def after(self, changes: Iterable[Change]) -> tuple[dict[str, int], dict[int, bytes]]:
        """Names and files if these changes reach the disk."""
        names, files = dict(self.names), dict(self.files)
        written: dict[int, bytearray] = {}
        for change in changes:
            if isinstance(change, Name):
                for name, file in change.names:
                    if file is None:
                        names.pop(name, None)
                    else:
                        names[name] = file
                continue
            held = written.get(change.file)
            if held is None:
                held = written[change.file] = bytearray(files.get(change.file, b""))
            end = change.size if isinstance(change, Resize) else change.offset + len(change.data)
            if len(held) < end:
                held.extend(bytes(end - len(held)))
            if isinstance(change, Resize):
                del held[end:]
            else:
                held[change.offset : end] = change.data
        files |= {file: bytes(held) for file, held in written.items()}
        return names, files

    def image(self, changes: Iterable[Change]) -> Image:
        names, files = self.after(changes)
        folders = [n for n, file in names.items() if n and file in self.folders]
        # A file cannot be reached when the name of its folder was lost.
        reached = {
            name: files.get(file, b"")
            for name, file in names.items()
            if file not in self.folders and name.rpartition("/")[0] in names
        }
        return Image(folders, reached)


KINDS = ("nothing", "everything", "the last write torn", "some", "some, torn")


def survivors(waiting: list[Change], kind: str, chance: random.Random) -> list[Change]:
    """The changes that reach the disk in a cut of a kind."""
    if kind == "nothing":
        return []
    if kind == "everything":
        return list(waiting)
    if kind == "the last write torn":
        last = max((n for n, c in enumerate(waiting) if isinstance(c, Write)), default=None)
        kept: list[Change] = []
        for n, change in enumerate(waiting):
            kept += torn(change, chance) if n == last else [change]
        return kept
    share = chance.choice((0.1, 0.5, 0.9, 0.98))
    kept = []
    for change in waiting:
        if chance.random() < share:
            tear = kind == "some, torn" and chance.random() < 0.5
            kept += torn(change, chance) if tear else [change]
        elif isinstance(change, Write) and chance.random() < 0.25:
            # The length reached the disk, the bytes did not.
            kept.append(replace(change, offset=change.offset + len(change.data), data=b""))
    return kept


def torn(change: Change, chance: random.Random) -> list[Change]:
    """Some sectors of a write; sectors lie where the disk has them, not where the write begins."""
    if not isinstance(change, Write):
        return [change]
    kept: list[Change] = []
    at, end = change.offset, change.offset + len(change.data)
    while at < end:
        upto = min((at // SECTOR + 1) * SECTOR, end)
        if chance.random() < 0.5:
            piece = change.data[at - change.offset : upto - change.offset]
            kept.append(replace(change, offset=at, data=piece))
        at = upto
    return kept


def _of(change: Change, file: int) -> bool:
    return file in change.folders if isinstance(change, Name) else file == change.file
