"""Registers on the move: exported, moved to another house whole, taken in, followed."""

import argparse
import getpass
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command

PASSPHRASE = "KEREGE_EXPORT_PASSPHRASE"


def add(command: Command) -> None:
    one = command("export", export, "write a place's register as plain files, or move it whole")
    one.add_argument("place")
    one.add_argument("to", type=Path, metavar="FOLDER|FILE")
    one.add_argument(
        "--all",
        action="store_true",
        help="a file with everything, key, salts and accounts too, encrypted under a passphrase",
    )
    one.add_argument(
        "--leave",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help="with --all: from now on the register is kept elsewhere, and only a copy stays here",
    )
    _ask_passphrase(one)
    one = command("import", take_in, "take in a register: a whole file to go on with, or a copy")
    one.add_argument("source", type=Path, metavar="FILE|FOLDER")
    _ask_passphrase(one)
    one = command("mirror", mirror, "follow a register that is kept elsewhere")
    one.add_argument("source", metavar="URL|FOLDER", help="such as https://…/naryn/log")
    one.add_argument("--key", default="", metavar="VKEY", help="the key the register began with")
    one.add_argument("--every", type=float, metavar="SECONDS", help="go on following")


def _ends_cleanly() -> None:
    """Told to end, a command clears away what it has unpacked."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def export(said: argparse.Namespace) -> int:
    from kerege.web import serving

    _ends_cleanly()
    if said.leave is not None and not said.all:
        return _cannot("export", "--leave goes with --all")
    if said.leave and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", said.leave):
        why = "the address under which its log will stand, such as https://new.example.kg/naryn/log"
        return _cannot("export", f"--leave takes {why}, not {said.leave!a}")
    passphrase = ""
    if said.all:
        try:
            passphrase = _passphrase(said, twice=True)
        except ValueError as error:
            return _cannot("export", str(error))
    serving.prepare(said.data.resolve(), begins=False)
    from kerege.archive.export import NotOurs
    from kerege.web import leaving, root
    from kerege.web.keys import Locked
    from kerege.web.models import Register

    root.follow()
    try:
        if said.all:
            size = leaving.depart(said.place, said.to, passphrase, leave=said.leave)
        else:
            size = leaving.export(said.place, said.to)
    except Register.DoesNotExist:
        return _cannot("export", f"there is no place {said.place}")
    except (NotOurs, leaving.NotHere, Locked) as error:
        return _cannot("export", str(error))
    except OSError as error:
        return _cannot("export", f"{error.filename or said.to}: {error.strerror}")
    print(f"{said.to}: {size}")
    if said.all and said.leave is None:
        print(
            "This house still keeps the register. Once another has taken it in, this one must not "
            "go on: two histories under one name would end all trust in it. "
            "`kerege export --all --leave` leaves only a copy here."
        )
    return HOLDS


def take_in(said: argparse.Namespace) -> int:
    _ends_cleanly()
    if said.source.is_dir():
        said.key, said.every, said.source = "", None, str(said.source)
        return mirror(said, first="import")
    try:
        passphrase = _passphrase(said, twice=False)
    except ValueError as error:
        return _cannot("import", str(error))
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.archive.moving import NotWhole
    from kerege.web.arriving import take_whole
    from kerege.web.heads import Behind
    from kerege.web.importing import NotTaken
    from kerege.web.keys import Locked

    try:
        here = take_whole(said.source, passphrase)
    except NotTaken as error:
        print(f"kerege import: {error.code}: {error}", file=sys.stderr)
        return DOES_NOT_HOLD
    except (NotWhole, Locked, Behind) as error:
        return _cannot("import", str(error))
    except OSError as error:
        return _cannot("import", f"{error.filename or said.source}: {error.strerror}")
    print(f"/{here.register.slug}/: {here.size}")
    for remark in here.remarks:
        print(remark)
    print(
        "This house signs the register from now on. The one it came from must not go on: two "
        "histories under one name would end all trust in it. Keep or destroy the file as you "
        "would the key that is in it."
    )
    return HOLDS


def mirror(said: argparse.Namespace, first: str = "mirror") -> int:
    from kerege.web import serving

    _ends_cleanly()
    serving.prepare(said.data.resolve())
    from kerege.archive.source import Unreadable
    from kerege.web.importing import NotTaken
    from kerege.web.mirroring import follow

    while True:
        try:
            here = follow(said.source, said.key, whole=first == "import")
            code = HOLDS
            print(f"/{here.register.slug}/: {here.size}", flush=True)
            for remark in here.remarks:
                print(remark, flush=True)
        except NotTaken as error:
            print(f"kerege {first}: {error.code}: {error}", file=sys.stderr)
            # Followed no further: somebody has to look at it.
            return DOES_NOT_HOLD
        except Unreadable as error:
            code = _cannot(first, str(error))
        if said.every is None:
            return code
        try:
            time.sleep(max(said.every, 1))
        except KeyboardInterrupt:
            return code


def _ask_passphrase(one: argparse.ArgumentParser) -> None:
    # A passphrase on the command line would be seen by everyone on the machine: `--passphrase` is
    # no short form of what takes a file.
    one.allow_abbrev = False
    one.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"where the passphrase stands; else {PASSPHRASE}, else it is asked for",
    )


def _passphrase(said: argparse.Namespace, *, twice: bool) -> str:
    """The passphrase of a whole export; raises ValueError."""
    if said.passphrase_file:
        try:
            found = str(said.passphrase_file.read_text("utf-8")).rstrip("\n")
        except OSError as error:
            raise ValueError(f"{said.passphrase_file}: {error.strerror}") from None
    elif PASSPHRASE in os.environ:
        found = os.environ[PASSPHRASE]
    elif not sys.stdin.isatty():
        raise ValueError(f"no passphrase: give --passphrase-file or {PASSPHRASE}")
    else:
        found = getpass.getpass("Passphrase: ")
        if twice and getpass.getpass("Once more: ") != found:
            raise ValueError("these were two different passphrases")
    if twice and len(found) < 12:
        raise ValueError("the passphrase has fewer than 12 characters")
    return found


def _cannot(command: str, why: str) -> int:
    print(f"kerege {command}: {why}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
