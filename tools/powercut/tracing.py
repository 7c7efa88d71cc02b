"""System calls of a traced writer, as what they do to a disk and when an act was acknowledged.

``strace`` writes every string in hexadecimal (``-xx``), so no name and no page can upset a line. A
call that was interrupted by another process stands in two lines; its effect is placed where it
ended, and a sync only covers what had ended before it began. Calls that change a file in a way that
is not modelled stop the reading: a trace half understood proves nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MODELLED = (
    "openat,close,lseek,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,mmap"
)
# Asked for only so that a writer that begins to use one of them is noticed.
REFUSED = (
    "open,creat,writev,pwritev,pwritev2,truncate,fallocate,link,linkat,symlink,symlinkat,rmdir,"
    "copy_file_range,sendfile,splice,sync,syncfs,sync_file_range,msync,dup,dup2,dup3"
)
STRACE = (
    *("strace", "-f", "-y", "-xx", "-s", "1000000", "-qq", "--seccomp-bpf"),
    *("-e", "signal=none", "-e", f"trace={MODELLED},{REFUSED}"),
)
_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>(.*)|(\w+)\((.*))$")
_ENDED = re.compile(r"^(.*)\) += (-?\d+|0x[0-9a-f]+|\?)(?:<[^>]*>)?(?:\(deleted\))?(?: .*)?$")
_UNFINISHED = " <unfinished ...>"


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put into a file."""

    at: int
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file cut or stretched to a length."""

    at: int
    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """Names given and taken away in one stroke: making, removing, moving. None takes away."""

    at: int
    folders: tuple[int, ...]
    names: tuple[tuple[str, int | None], ...]
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Sync:
    """What was done to a file, or to the names in a folder, before ``began`` is durable now."""

    at: int
    file: int
    began: int


@dataclass(frozen=True, slots=True)
class Ack:
    """A line the writer sent out into the world."""

    at: int
    line: str


Event = Write | Resize | Name | Sync | Ack


@dataclass(frozen=True, slots=True)
class Call:
    pid: str
    name: str
    args: list[str]
    result: int
    began: int
    ended: int


class NotModelled(RuntimeError):
    """The trace holds a call whose effect on the disk is not known here."""


def calls(lines: Iterator[str]) -> Iterator[Call]:
    """Calls that succeeded, in the order in which they ended."""
    halves: dict[str, tuple[str, int]] = {}
    for at, line in enumerate(lines):
        found = _LINE.match(line.rstrip("\n"))
        if found is None:
            continue
        pid, resumed, rest, name, text = found.groups()
        began = at
        if resumed:
            first, began = halves.pop(pid)
            name, text = resumed, first + rest
        elif text.endswith(_UNFINISHED):
            halves[pid] = (text.removesuffix(_UNFINISHED), at)
            continue
        ended = _ENDED.match(text)
        if ended is None:
            raise NotModelled(line[:200])
        args, result = ended.groups()
        if result != "?" and not result.startswith("-"):
            yield Call(pid, name, args.split(", "), int(result, 0), began, at)


def name_of(arg: str) -> str:
    """The path in a quoted argument, or behind a descriptor."""
    return _unhex(re.split(r'[<>"]', arg)[1]).decode()


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


class Reader:
    """Follows names and open files of the folder ``data``; everything else is another disk."""

    def __init__(self, data: Path, acks: Path) -> None:
        self.data, self.acks = str(data), str(acks)
        self.names: dict[str, int] = {"": 0}
        for path in sorted(data.rglob("*")):
            self.names[self.inside(str(path))] = len(self.names)
        self.made = len(self.names)
        self.open: dict[tuple[str, str], list[int]] = {}

    def inside(self, path: str) -> str:
        return path.removeprefix(self.data).lstrip("/")

    def ours(self, path: str) -> bool:
        # The index of the log is shared memory: it is made anew after a power cut.
        return (path == self.data or path.startswith(self.data + "/")) and not path.endswith("-shm")

    def path(self, call: Call, folder: int, name: int) -> str:
        """A path given beside the descriptor of a folder."""
        said = name_of(call.args[name])
        if said.startswith("/"):
            return said
        return f"{name_of(call.args[folder])}/{said}" if folder >= 0 else said

    def events(self, lines: Iterator[str]) -> list[Event]:
        events = [event for call in calls(lines) for event in self.event(call)]
        return sorted(events, key=lambda event: event.at)

    def event(self, call: Call) -> Iterator[Event]:
        args, at = call.args, call.ended
        match call.name:
            case "openat":
                yield from self.opened(call, self.path(call, 0, 1))
            case "close":
                self.open.pop((call.pid, args[0].partition("<")[0]), None)
            case "mkdir" | "mkdirat":
                path = self.path(call, len(args) - 3, len(args) - 2)
                if self.ours(path):
                    yield replace(self.named(at, [(path, self.new())]), folder=True)
            case "unlink" | "unlinkat":
                at_folder = call.name == "unlinkat"
                path = self.path(call, at_folder - 1, int(at_folder))
                if self.ours(path):
                    yield self.named(at, [(path, None)])
            case "rename" | "renameat" | "renameat2":
                plain = call.name == "rename"
                old = self.path(call, -1 if plain else 0, 0 if plain else 1)
                new = self.path(call, -1 if plain else 2, 1 if plain else 3)
                if self.ours(old) and self.ours(new):
                    yield self.named(at, [(old, None), (new, self.names[self.inside(old)])])
                elif self.ours(old) or self.ours(new):
                    raise NotModelled(f"moved between disks: {old} {new}")
            case _ if "<" not in args[0] and call.name != "mmap":
                return
            case "write" if name_of(args[0]) == self.acks:
                # Told to the world as soon as the call began.
                for line in _unhex(args[1].strip('"')).decode().splitlines():
                    yield Ack(call.began, line)
            case "mmap":
                shared = "MAP_SHARED" in args[3] and "PROT_WRITE" in args[2]
                if shared and "<" in args[4] and self.ours(name_of(args[4])):
                    raise NotModelled(f"mapped for writing: {name_of(args[4])}")
            case _ if self.ours(name_of(args[0])):
                yield from self.changed(call)

    def changed(self, call: Call) -> Iterator[Event]:
        """A call on an open file of ours."""
        args, at = call.args, call.ended
        handle = self.open[call.pid, args[0].partition("<")[0]]
        match call.name:
            case "fsync" | "fdatasync":
                yield Sync(at, handle[0], call.began)
            case "ftruncate":
                yield Resize(at, handle[0], int(args[1], 0))
            case "lseek":
                handle[1] = call.result
            case "pwrite64" | "write":
                data = _unhex(args[1].strip('"'))[: call.result]
                if call.name == "pwrite64":
                    yield Write(at, handle[0], int(args[3]), data)
                else:
                    yield Write(at, handle[0], handle[1], data)
                    handle[1] += len(data)
            case other:
                raise NotModelled(f"{other} on {name_of(args[0])}")

    def opened(self, call: Call, path: str) -> Iterator[Event]:
        if not self.ours(path):
            return
        name, how = self.inside(path), call.args[2]
        if name not in self.names and "O_CREAT" in how:
            yield self.named(call.ended, [(path, self.new())])
        elif "O_TRUNC" in how:
            yield Resize(call.ended, self.names[name], 0)
        if "O_APPEND" in how:
            raise NotModelled(f"appending to {path}")
        self.open[call.pid, str(call.result)] = [self.names[name], 0]

    def new(self) -> int:
        self.made += 1
        return self.made - 1

    def named(self, at: int, names: list[tuple[str, int | None]]) -> Name:
        folders = {self.names[self.inside(path.rpartition("/")[0])] for path, _ in names}
        said = tuple((self.inside(path), file) for path, file in names)
        for name, file in said:
            if file is None:
                del self.names[name]
            else:
                self.names[name] = file
        return Name(at, tuple(sorted(folders)), said)
