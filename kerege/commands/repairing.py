"""Texts written in old Kyrgyz fonts, put right before they are taken over."""

import argparse
import sys
from pathlib import Path

from kerege.commands import CANNOT_BE_ANSWERED, HOLDS, Command


def add(command: Command) -> None:
    about = "print a text with what an old Kyrgyz font wrote put right"
    one = command("repair", repair, about, data=False)
    one.add_argument("file", type=Path, help="a text in UTF-8")


def repair(said: argparse.Namespace) -> int:
    from kerege.kyrgyz import old_font

    try:
        text = said.file.read_text("utf-8")
    except OSError as error:
        print(f"kerege repair: {said.file}: {error.strerror}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    except UnicodeDecodeError:
        print(f"kerege repair: {said.file}: this is no text in UTF-8", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    # In letters whatever this computer is set to.
    sys.stdout.buffer.write(old_font.repair(text).encode())
    return HOLDS
