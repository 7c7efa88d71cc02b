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

from kerege.web import catching_up, erasing, keys, root
from kerege.web.heads import Damaged
from kerege.web.keys import Locked, WrongPassphrase
from kerege.web.models import Key, Register
from kerege.web.saying import page_words

A_WHILE = 5.0
"""Seconds for which an answer is kept: who asks often does not stretch a passphrase each time."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a key of words/ready.toml; of which register (its address, ``root``, or
    nothing for all of them); and what only the operator is told of it."""

    key: str
    of: str = ""
    why: str = ""

    @property
    def code(self) -> str:
        return self.key.removeprefix("ready.")

    @property
    def stops(self) -> bool:
        """Whether acts are refused because of it."""
        return self.key != "ready.wiping"

    def say(self, language: str) -> str:
        return page_words()[self.key].say(language, of=self.of)


def look() -> list[Trouble]:
    """What stands in the way now."""
    found = [*_master()]
    # What cannot be opened is told once, and not of each register again.
    found += [one for one in _logs() if not found or one.key != "ready.locked"]
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
