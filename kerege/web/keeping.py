"""What a house does between acts: the root takes in checkpoints; witnesses are shown the newest
heads; those who follow something are told of it.

A process of its own beside the server's workers, forked by ``kerege serve`` and ending with it.
Witnesses and notices have a thread of their own each, with its own connection: the root does not
wait for a witness that does not answer.
"""

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from django.db import DatabaseError, close_old_connections, connections

from kerege.web import gateways, heads, keys, notifying, root, witnessing

logger = logging.getLogger(__name__)

A_BREATH = 0.25
"""Seconds between two looks at the root."""
A_ROUND = 2.0
"""Seconds between two rounds of the witnesses."""
A_POST = 60.0
"""Seconds between two rounds of notices."""
A_REMINDER = 3600.0
"""Seconds after which a fault that goes on is told in the log again."""

# Faults that tell the operator themselves what is to be mended.
_SAID = (witnessing.NoPolicy, heads.Behind, keys.Locked, OSError, DatabaseError)


def keep(stop: Callable[[], bool]) -> None:
    """Go on until told to stop. What fails is told in the log and tried again."""
    if gateways.sends():
        Thread(target=_beside, args=[_send_notices, A_POST, stop], daemon=True).start()
    beside = Thread(target=_beside, args=[_show_witnesses, A_ROUND, stop], daemon=True)
    beside.start()
    _again_and_again(root.catch_up, A_BREATH, stop)
    beside.join(A_ROUND)


def fork() -> int:
    """Keep in a process forked from this one, which shares what is loaded here and ends when this
    one does; returns its number. The caller has closed its connections and started no thread."""
    parent = os.getpid()
    if forked := os.fork():
        return forked
    try:
        with suppress(OSError):
            # What `ps` and `top` call it, on Linux.
            Path("/proc/self/comm").write_text("kerege keep")
        keep(orphaned(parent))
    finally:
        # What the server does at its end is not for this process to do.
        os._exit(0)


def _beside(step: Callable[[], object], pause: float, stop: Callable[[], bool]) -> None:
    try:
        _again_and_again(step, pause, stop)
    finally:
        connections.close_all()


def _show_witnesses() -> None:
    witnessing.round_of_all(datetime.now(UTC))


def _send_notices() -> None:
    notifying.round_of_all(datetime.now(UTC))


def _again_and_again(step: Callable[[], object], pause: float, stop: Callable[[], bool]) -> None:
    told: dict[str, float] = {}
    while not stop():
        try:
            step()
        # Nobody is there to start it again before the next act needs it.
        except Exception as error:
            fault, now = repr(error), time.monotonic()
            told = {one: when for one, when in told.items() if now - when < A_REMINDER}
            if fault not in told:
                told[fault] = now
                # Of any other it is told where it came from.
                logger.error("between acts: %s", error, exc_info=not isinstance(error, _SAID))
            with suppress(Exception):
                close_old_connections()
        time.sleep(pause)


def orphaned(parent: int) -> Callable[[], bool]:
    """Whether the server that started this process has gone."""
    return lambda: os.getppid() != parent
