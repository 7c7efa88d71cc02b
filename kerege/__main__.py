"""The command ``kerege``; what it can do stands in ``kerege/commands``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kerege import __version__
from kerege.archive.checking import cut_off
from kerege.commands import (
    CANNOT_BE_ANSWERED,
    Run,
    comparing,
    duties,
    erasing,
    founding,
    keys,
    law,
    leaving,
    moving,
    notifying,
    packs,
    registers,
    repairing,
    running,
    searching,
    verifying,
    witnessing,
)

SUBJECTS = (
    running,
    founding,
    law,
    comparing,
    packs,
    registers,
    duties,
    searching,
    repairing,
    leaving,
    erasing,
    moving,
    verifying,
    keys,
    witnessing,
    notifying,
)


# As a shell says it of what was interrupted.
STOPPED = 130


def main(argv: Sequence[str] | None = None) -> int:
    parser = _parser()
    said = parser.parse_args(argv)
    if said.command is None:
        parser.print_help()
        return CANNOT_BE_ANSWERED
    try:
        code = int(said.command(said))
        sys.stdout.flush()
    except BrokenPipeError:
        return cut_off()
    except KeyboardInterrupt:
        print("kerege: stopped", file=sys.stderr)
        return STOPPED
    except Exception as error:
        # Named, not imported: most commands need no Django.
        if type(error).__name__ not in ("NoHouse", "ImproperlyConfigured"):
            raise
        print(f"kerege: {error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kerege", description="Local self-government in the open")
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands")

    def command(name: str, run: Run, about: str, *, data: bool = True) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(command=run)
        if data:
            default = Path(os.environ.get("KEREGE_DATA", ".data"))
            one.add_argument("--data", type=Path, default=default, help="data directory")
        return one

    for subject in SUBJECTS:
        subject.add(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
