"""The commands of ``kerege``, a file for each subject.

Each file has ``add(command)``, which makes its commands. Every reading command has ``--json``; exit
codes are 0 (holds), 1 (does not hold, said why) and 2 (cannot be answered); ``verify`` has one more
(``archive/checking.py``).
"""

import argparse
from datetime import date
from typing import Protocol

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED = 0, 1, 2


class Run(Protocol):
    def __call__(self, said: argparse.Namespace) -> int: ...


class Command(Protocol):
    """Makes a command; with ``data`` it works on a data directory and has ``--data``."""

    def __call__(
        self, name: str, run: Run, about: str, *, data: bool = True
    ) -> argparse.ArgumentParser: ...


class NoDay(ValueError):
    """What was said is no day."""


def day_said(said: str) -> date:
    """The day said on the command line, today when nothing was; raises NoDay."""
    from kerege.municipality.fields import Day, Wrong, day_of

    try:
        return day_of(said) if said else date.today()
    except Wrong:
        years = f"{Day().least} to {Day().most}"
        raise NoDay(f"this is no day like 2012-06-01: {said} (years are {years})") from None
