"""What a house does between acts: on PostgreSQL the root takes in checkpoints; witnesses are shown
the newest heads.

A process of its own beside the server's workers, started by ``kerege serve`` where there is
something to do, and ending with it.
"""

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import DatabaseError, close_old_connections, connection

from kerege.web import root, witnessing
from kerege.web.heads import Behind
from kerege.web.keys import Locked

logger = logging.getLogger(__name__)

A_BREATH = 0.25
"""Seconds between two looks at the root."""
A_ROUND = 2.0
"""Seconds between two rounds of the witnesses."""


def needed() -> bool:
    """Whether there is anything to do between acts."""
    return connection.vendor == "postgresql" or witnessing.file().exists()


def keep(stop: Callable[[], bool]) -> None:
    """Go on until told to stop. What fails is told in the log and tried again."""
    due = 0.0
    while not stop():
        did = 0
        try:
            did = root.catch_up()
            if time.monotonic() >= due:
                did += witnessing.round_of_all(datetime.now(UTC))
                due = time.monotonic() + A_ROUND
        except (DatabaseError, OSError, witnessing.NoPolicy, Behind, Locked):
            logger.exception("between acts")
            close_old_connections()
            time.sleep(A_ROUND)
        if not did:
            time.sleep(A_BREATH)


def orphaned(parent: int) -> Callable[[], bool]:
    """Whether the server that started this process has gone."""
    return lambda: os.getppid() != parent
