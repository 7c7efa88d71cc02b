"""Whether the file of a SQLite database was replaced while it is open.

Whoever puts a copy in its place under a running server leaves that with a file which has no name
any more: what it wrote there would be gone with the next start. So before each act the file that
was opened is held against the one that bears its name.
"""

import os
from contextlib import suppress
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created


class Replaced(OSError):
    """The file of the database is another one than this process has open."""

    def __init__(self) -> None:
        super().__init__(
            "the file of the database was replaced under the running server, or taken away; "
            "nothing was recorded: stop the server before a copy is put back, and start it anew"
        )


def _remember(connection: Any, **said: Any) -> None:
    connection.file = _file(connection) if connection.vendor == "sqlite" else None
    for end in ("", "-wal", "-shm") if connection.file else ():
        # Names of residents and hashes of passwords lie in them.
        with suppress(OSError):
            os.chmod(f"{connection.settings_dict['NAME']}{end}", 0o600)


def is_other() -> bool:
    """Whether the file that is open is no longer the one that bears its name."""
    opened = getattr(connection, "file", None)
    return connection.connection is not None and opened is not None and opened != _file(connection)


def hold() -> None:
    """Raise Replaced where it is another. The connection is of no more use then."""
    if is_other():
        raise Replaced


def _file(connection: Any) -> tuple[int, int] | None:
    try:
        told = os.stat(connection.settings_dict["NAME"])
    except OSError:
        # In memory, in tests; taken away, otherwise.
        return None
    return told.st_dev, told.st_ino


def begin() -> None:
    """Remember of every connection which file it opens."""
    connection_created.connect(_remember)
