"""Reading a register that left the house: an exported folder or its register file."""

from collections.abc import Iterator
from pathlib import Path

from kerege.archive.export import REGISTER
from kerege.archive.source import Unreadable
from kerege.municipality import entry
from kerege.municipality.entry import Entry
from kerege.register import canonical

__all__ = ["Unreadable", "entries", "leaves", "register_in"]


def register_in(path: Path) -> Path | None:
    """The file of the register at a path, where there is one."""
    if path.is_dir():
        path = path / REGISTER
    return path if path.is_file() else None


def entries(file: Path) -> Iterator[Entry]:
    """The entries of a register file, each exactly its canonical bytes; raises Unreadable."""
    return (one for _, one in leaves(file))


def leaves(file: Path) -> Iterator[tuple[bytes, Entry]]:
    """The same with the bytes they are; raises Unreadable."""
    for n, line in enumerate(_lines(file)):
        try:
            if not line.endswith(b"\n"):
                # A line is read no further than an entry can go.
                long = len(line) > canonical.LEAF_LIMIT
                what = f"more than {canonical.LEAF_LIMIT} bytes" if long else "the line is cut off"
                raise ValueError(what)
            data = line[:-1]
            one = entry.read(canonical.read(data))
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"entry {n} cannot be read: {error}") from error
        yield data, one


def _lines(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as lines:
            while line := lines.readline(canonical.LEAF_LIMIT + 1):
                yield line
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}") from error
