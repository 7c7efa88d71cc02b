"""What leaves the house for good: a register as a site of plain files."""

import argparse
import sys
from pathlib import Path

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command


def add(command: Command) -> None:
    one = command("site", site, "make a site of plain files from an exported register", data=False)
    one.add_argument("folder", type=Path, help="an exported folder")
    one.add_argument("out", type=Path, help="a new folder, or an earlier site to be replaced")
    one.add_argument("--verify", action="store_true", help="judge the export again before")


def site(said: argparse.Namespace) -> int:
    from kerege.archive.reading import Unreadable
    from kerege.archive.site import NotASite, write
    from kerege.archive.verify import verify

    try:
        if said.verify and not (report := verify(said.folder)).settled:
            for one in (*report.problems, *report.open):
                print(f"kerege site: {one}", file=sys.stderr)
            if not report.ok:
                return DOES_NOT_HOLD
        entries, pages = write(said.folder, said.out)
    except (Unreadable, NotASite) as error:
        print(f"kerege site: {error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    except OSError as error:
        print(f"kerege site: {error.filename}: {error.strerror}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    print(f"{said.out}: {entries} entries, {pages} pages")
    return HOLDS
