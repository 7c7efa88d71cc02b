"""Plain SQL that every act and every page waits for, past Django's cursors.

A cursor of Django's costs 30 to 70 µs before a statement reaches the database, and an act asks a
dozen. The connection, its transactions and its exceptions are Django's all the same.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def run(sql: str, values: Sequence[Any] = ()) -> Any:
    """Run a statement with ``%s`` for each value; returns the driver's cursor. Raises the
    exceptions of ``django.db``."""
    # Looked up once: the usual ``connection`` looks it up for each of its attributes.
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.queries_logged or connection.execute_wrappers:
        # Somebody counts the statements.
        cursor = connection.cursor()
        cursor.execute(sql, values)
        return cursor
    if connection.connection is None:
        connection.connect()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            sql = _with_marks(sql)
        return connection.connection.execute(sql, values)


@lru_cache(maxsize=256)
def _with_marks(sql: str) -> str:
    """As SQLite's driver wants it; no statement here has a per cent sign of its own."""
    return sql.replace("%s", "?")
