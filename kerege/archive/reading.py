"""Reading a register that left the house: an exported folder or its ``register.jsonl``."""

from collections.abc import Iterator
from pathlib import Path

from kerege.municipality import entry
from kerege.municipality.entry import Entry
from kerege.register import canonical

REGISTER = "register.jsonl"


class Unreadable(ValueError):
    """A register that cannot be read; the message names the entry."""


def register_in(path: Path) -> Path | None:
    """The file of the register at a path, where there is one."""
    if path.is_dir():
        path = path / REGISTER
    return path if path.is_file() else None


def entries(file: Path) -> Iterator[Entry]:
    """The entries of a register file, each exactly its canonical bytes; raises Unreadable."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}") from error
    for n, line in enumerate(lines):
        try:
            yield entry.read(canonical.read(line))
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"entry {n} cannot be read: {error}") from error
