"""Whether this house can sign, and what stands in its way: said on the console when the server
starts, at /healthz and on the page about trust.

A house that is behind what it has published, or whose key does not open, goes on showing its pages;
only acts are refused. That must not be learnt from the first act.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import connection

from kerege.web import catching_up, copied, erasing, keys, notifying, replaced, root
from kerege.web.heads import Damaged
from kerege.web.keys import Locked, WrongPassphrase
from kerege.web.models import Key, Register
from kerege.web.saying import page_words

A_WHILE = 5.0
"""Seconds for which an answer is kept: who asks often does not stretch a passphrase each time."""

LATE = 10.0
"""Seconds after which a root that takes in nothing is told of; usually it takes less than one."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a key of words/ready.toml; of which register (its address, ``root``, or
    nothing for all of them) or way of notices; and what only the operator is told of it."""

    key: str
    of: str = ""
    why: str = ""

    @property
    def code(self) -> str:
        return self.key.removeprefix("ready.")

    @property
    def stops(self) -> bool:
        """Whether acts are refused because of it."""
        return self.key not in ("ready.wiping", "ready.root_behind", "ready.gateway")

    def say(self, language: str) -> str:
        return page_words()[self.key].say(language, of=self.of)


def look() -> list[Trouble]:
    """What stands in the way now."""
    found = [*_database(), *_master()]
    # What cannot be opened is told once, and not of each register again.
    found += [one for one in _logs() if not found or one.key != "ready.locked"]
    if _root_stands_still():
        found.append(Trouble("ready.root_behind"))
    found += [Trouble("ready.gateway", way) for way in notifying.failing()]
    return found + ([Trouble("ready.wiping")] if erasing.due() else [])


_kept: tuple[float, list[Trouble]] = 0.0, []


def of_late() -> list[Trouble]:
    """The same, no older than a few seconds."""
    global _kept
    until, found = _kept
    if time.monotonic() >= until:
        found = look()
        _kept = time.monotonic() + A_WHILE, found
    return found


def _database() -> Iterator[Trouble]:
    if replaced.is_other():
        yield Trouble("ready.replaced")
        if not connection.in_atomic_block:
            connection.close()
    if copied.is_copy():
        yield Trouble("ready.copied")


# Since when the root was seen to know no more of a register than it does, though there is more.
_late: dict[tuple[int, int], float] = {}


def _root_stands_still() -> bool:
    now = time.monotonic()
    seen = {one: _late.get(one, now) for one in root.late()}
    _late.clear()
    _late.update(seen)
    return any(now - since > LATE for since in seen.values())


def _master() -> Iterator[Trouble]:
    if not Key.objects.exclude(sealed=b"").exists():
        return
    try:
        keys.master()
    except WrongPassphrase:
        given = any(map(os.environ.get, ("KEREGE_PASSPHRASE_FILE", "KEREGE_PASSPHRASE")))
        yield Trouble("ready.passphrase_wrong" if given else "ready.passphrase_missing")
    except Locked as error:
        gone = not keys.path().exists()
        yield Trouble("ready.master_gone") if gone else Trouble("ready.master_shut", why=str(error))


def _logs() -> Iterator[Trouble]:
    for register in Register.objects.filter(mirror_of="").order_by("slug"):
        yield from _one(register.slug, register.origin, partial(catching_up.behind, register))
    if root.head()[0]:
        yield from _one("root", root.origin(), root.is_behind)


def _one(of: str, origin: str, behind: Callable[[], bool]) -> Iterator[Trouble]:
    try:
        keys.signer(origin)
    except Locked:
        yield Trouble("ready.locked", of)
    try:
        if behind():
            yield Trouble("ready.behind", of)
    except Damaged as error:
        yield Trouble("ready.damaged", of, str(error))
