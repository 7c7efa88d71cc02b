"""Whether a register, or a slip of paper, is what it says it is."""

import argparse
import sys
from pathlib import Path

from kerege.commands import CANNOT_BE_ANSWERED, HOLDS, Command


def add(command: Command) -> None:
    from kerege.archive.checking import add_options

    add_options(command("verify", verify, "judge a register or a slip again", data=False))
    about = "write the verifier in one file, which needs nothing but Python"
    one = command("verifier", verifier, about, data=False)
    one.add_argument("file", type=Path, help="kerege-verify.pyz, say")


def verify(said: argparse.Namespace) -> int:
    from kerege.archive.checking import run

    return run(said, full=True)


def verifier(said: argparse.Namespace) -> int:
    from kerege.archive.verifier import write

    try:
        size, digest = write(said.file)
    except OSError as error:
        print(f"kerege verifier: {said.file}: {error.strerror}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    print(f"{said.file}: {size} bytes, SHA-256 {digest}")
    return HOLDS
