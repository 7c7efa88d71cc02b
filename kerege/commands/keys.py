"""The keys that registers are signed with, and what to do when one is lost or stolen, or when an
old copy of the database was restored. The whole drill stands in docs/keys.md."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command, Run

if TYPE_CHECKING:
    from kerege.web.models import Register

ROOT = "root"


def add(command: Command) -> None:
    one = command("keys", keys, "look after the keys that registers are signed with")
    ways = one.add_subparsers(title="what to do", dest="what", metavar="WHAT", required=True)
    for name, (_, about, takes) in sorted(WHAT.items()):
        way = ways.add_parser(name, help=about, description=about)
        # Said after the word as well as before it; what was said before stays.
        way.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="data directory")
        if "place" in takes:
            which = "which register" + ("; root for the root" if "why" in takes else "")
            way.add_argument("place", help=which)
        if "why" in takes:
            why = way.add_mutually_exclusive_group()
            why.add_argument("--lost", action="store_true", help="the key in force is lost")
            why.add_argument("--stolen", action="store_true", help="somebody else has it")
        if "sheet" in takes:
            rows = "a file with the rows of a printed sheet"
            way.add_argument("--sheet", type=Path, help=rows)
    one = command("catch-up", catch_up, "go on after an old copy of the database was restored")
    one.add_argument("place")
    how = one.add_mutually_exclusive_group(required=True)
    how.add_argument("--from", dest="source", metavar="URL|FOLDER", help="an export or a mirror")
    how.add_argument("--lost", metavar="REASON", help="say openly that entries are lost")


def keys(said: argparse.Namespace) -> int:
    from django.db import DatabaseError

    from kerege.municipality.problem import Malformed
    from kerege.web import serving

    serving.prepare(said.data.resolve(), begins=False)
    from kerege.web.copied import Copied
    from kerege.web.heads import Behind
    from kerege.web.keys import Locked
    from kerege.web.sheet import Miscopied

    try:
        return WHAT[said.what][0](said)
    except Malformed as wrong:
        from kerege.municipality.telling import problem

        return _cannot("; ".join(problem(one, "en") for one in wrong.problems))
    except Behind as error:
        way = "bring the rest back, or admit its loss: kerege catch-up PLACE (docs/keys.md)"
        return _cannot(str(error) if isinstance(error, Copied) else f"{error}; {way}")
    except (_Cannot, Miscopied, Locked, OSError, DatabaseError) as error:
        return _cannot(str(error))


class _Cannot(ValueError):
    """What was asked cannot be done; the message says why."""


# -- looking ----------------------------------------------------------------------------------


def _list(said: argparse.Namespace) -> int:
    """Print whose key is in force, whether it opens, and whether there is a recovery key."""
    from kerege.municipality.keys import recovery
    from kerege.web import copied, root
    from kerege.web.catching_up import behind
    from kerege.web.keys import chain, vkeys
    from kerege.web.models import Register
    from kerege.web.registers import told

    good = True
    if copied.is_copy():
        print(f"kerege keys: {copied.Copied()}", file=sys.stderr)
        good = False
    for register in Register.objects.order_by("slug"):
        if register.mirror_of:
            print(f"{register.slug}  followed from {register.mirror_of}")
            continue
        m = told(register)
        state, well = _state(register.slug, register.origin, partial(behind, register))
        if recovery(m) is not None:
            safe = "recovery key declared"
        elif m.identity is not None and m.identity.exercise:
            safe = "no recovery key (an exercise)"
        else:
            # Printed once and kept on paper: without it a lost or stolen key ends the register.
            lacks = f"NO RECOVERY KEY: declare one today, kerege keys recovery {register.slug}"
            state, safe, well = lacks, "" if state == "ok" else state, False
        good = good and well
        first = chain(register).first.vkey
        began = f"began with {first}" if first not in vkeys(register.origin)[-1:] else ""
        told_ = ", ".join(filter(None, (state, safe, began)))
        print(f"{register.slug}  {_in_force(register.origin)}  {told_}")
    if root.head()[0]:
        state, well = _state(ROOT, root.origin(), root.is_behind)
        good = good and well
        print(f"{ROOT}  {_in_force(root.origin())}  {state}")
    if not copied.is_copy() and root.stands_still():
        print(f"{ROOT}  {STILL if root.head()[0] else NEVER}")
        good = False
    return HOLDS if good else DOES_NOT_HOLD


STILL = "does not take in what registers sign: is the server running (kerege keep)?"
NEVER = "was never signed: start the server, or kerege keep"


def _state(of: str, origin: str, behind: Callable[[], bool]) -> tuple[str, bool]:
    """How a log stands, and whether that is well."""
    if not _opens(origin):
        if not _without_seed(origin):
            return "cannot be opened", False
        way = f"rotate {of} --lost" + (" --sheet FILE" if of != ROOT else "")
        return f"cannot be opened: its secret is not here; go on with kerege keys {way}", False
    try:
        return ("behind what was published", False) if behind() else ("ok", True)
    except OSError as error:
        return str(error), False


def _without_seed(origin: str) -> bool:
    from kerege.web.models import Key

    newest = Key.objects.filter(origin=origin).order_by("-pk").first()
    return newest is None or not newest.sealed


def _in_force(origin: str) -> str:
    from kerege.web.keys import vkeys

    return next(reversed(vkeys(origin)), "no key")


def _opens(origin: str) -> bool:
    from kerege.web.keys import Locked, signer

    try:
        signer(origin)
    except Locked as error:
        print(f"kerege keys: {error}", file=sys.stderr)
        return False
    return True


# -- changing ---------------------------------------------------------------------------------


def _rotate(said: argparse.Namespace) -> int:
    from django.db import transaction

    from kerege.web import keys, root
    from kerege.web.rotating import rotate

    why = "lost" if said.lost else "stolen" if said.stolen else "routine"
    if said.place == ROOT:
        if why != "routine":
            keys.begin_anew()
        with transaction.atomic():
            root.change_key() if why == "routine" else root.begin_again(same_key=False)
        print(f"{ROOT}  {_in_force(root.origin())}")
        return HOLDS
    register = _register(said)
    recovery = None if why == "routine" else _recovery(said, register)
    n = rotate(register, why, recovery)
    root.follow()
    print(f"/{register.slug}/register/{n}/  {_in_force(register.origin)}")
    return HOLDS


def _declare(said: argparse.Namespace) -> int:
    """Declare a recovery key and print its sheet, once."""
    from kerege.municipality.keys import recovery
    from kerege.web import root
    from kerege.web.registers import told
    from kerege.web.rotating import declare_recovery
    from kerege.web.sheet import recovery_sheet

    register = _register(said)
    earlier = _recovery(said, register) if recovery(told(register)) else None
    # Once and on paper: nothing that may fail stands before it.
    print(recovery_sheet(declare_recovery(register, earlier)), end="", flush=True)
    root.follow()
    return HOLDS


def _take_over(said: argparse.Namespace) -> int:
    from kerege.web import root
    from kerege.web.rotating import take_over

    register = _register(said, followed=True)
    n = take_over(register, _recovery(said, register))
    root.follow()
    print(f"/{register.slug}/register/{n}/  {_in_force(register.origin)}")
    return HOLDS


def _register(said: argparse.Namespace, *, followed: bool = False) -> "Register":
    from kerege.web.registers import find

    register = find(said.place)
    if register is None:
        raise _Cannot(f"there is no place {said.place}" if said.place else "which place?")
    if bool(register.mirror_of) != followed:
        only = "is not followed here" if followed else "is only followed here (keys take-over)"
        raise _Cannot(f"{register.slug} {only}")
    return register


def _recovery(said: argparse.Namespace, register: "Register") -> Any:
    """The recovery key on the sheet that was named."""
    from kerege.municipality.keys import recovery
    from kerege.web.registers import told
    from kerege.web.sheet import recovery_key

    declared = recovery(told(register))
    if declared is None:
        raise _Cannot(f"{register.slug} has no recovery key")
    return recovery_key(_sheet(said), declared)


def _sheet(said: argparse.Namespace) -> str:
    if said.sheet is None:
        raise _Cannot("type the four rows of the sheet into a file and name it: --sheet FILE")
    return str(said.sheet.read_text("utf-8"))


# -- the master key ---------------------------------------------------------------------------


def _master_sheet(said: argparse.Namespace) -> int:
    from kerege.web.keys import master
    from kerege.web.sheet import master_sheet

    print(master_sheet(master()), end="")
    return HOLDS


def _bring_back(said: argparse.Namespace) -> int:
    from kerege.web.keys import bring_back
    from kerege.web.sheet import read

    try:
        bring_back(read(_sheet(said)))
    except FileExistsError as error:
        raise _Cannot(f"{error} is there already; move it away first") from None
    return _list(said)


def _lock(said: argparse.Namespace) -> int:
    """Wrap the master key under a passphrase that is typed now."""
    from kerege.web.keys import wrap

    passphrase = _typed("New passphrase: ")
    if len(passphrase) < 10:
        raise _Cannot("a passphrase has at least ten characters")
    if _typed("Again: ") != passphrase:
        raise _Cannot("these were two different ones")
    wrap(passphrase)
    print("start the server with KEREGE_PASSPHRASE_FILE naming a file that holds the passphrase")
    return HOLDS


def _unlock(said: argparse.Namespace) -> int:
    """Leave the master key plain again."""
    from kerege.web.keys import wrap

    wrap("")
    print("the master key lies open now; KEREGE_PASSPHRASE_FILE is no longer needed")
    return HOLDS


def _typed(prompt: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")


def _go_on(said: argparse.Namespace) -> int:
    """Sign again in a folder that was copied."""
    from kerege.web import catching_up, copied

    if not copied.is_copy():
        raise _Cannot("this folder is no copy: there is nothing to say")
    try:
        catching_up.go_on()
    except catching_up.NotNewest as error:
        raise _Cannot(str(error)) from None
    return _list(said)


# What each does, how it is told, and what is said with it.
WHAT: Mapping[str, tuple[Run, str, tuple[str, ...]]] = {
    "continue": (_go_on, "say that this copied folder is the newest one, and sign again", ()),
    "list": (_list, "whose key is in force, whether it opens, and what is missing", ()),
    "lock": (_lock, "put the master key under a passphrase, typed now", ()),
    "recovery": (
        _declare,
        "declare a recovery key and print its sheet, once; --sheet of the one before, if any",
        ("place", "sheet"),
    ),
    "restore": (_bring_back, "bring the master key back from its sheet", ("sheet",)),
    "rotate": (
        _rotate,
        "sign with a new key from now on; a lost or stolen one needs the recovery sheet",
        ("place", "why", "sheet"),
    ),
    "sheet": (_master_sheet, "print the sheet of the master key", ()),
    "take-over": (
        _take_over,
        "go on with a register that was only followed here, by its recovery sheet",
        ("place", "sheet"),
    ),
    "unlock": (_unlock, "leave the master key open again", ()),
}


# -- an old copy ------------------------------------------------------------------------------


def catch_up(said: argparse.Namespace) -> int:
    from kerege.municipality.problem import Malformed
    from kerege.web import serving

    serving.prepare(said.data.resolve(), begins=False)
    from kerege.archive.source import Unreadable
    from kerege.web import catching_up
    from kerege.web.heads import Behind
    from kerege.web.importing import NotTaken
    from kerege.web.keys import Locked

    try:
        register = _register(said)
        if said.lost is not None:
            n = catching_up.admit_loss(register, said.lost)
            print(f"/{register.slug}/register/{n}/  {register.origin}")
        else:
            print(f"{register.slug}: {catching_up.catch_up(register, said.source)} entries back")
            if catching_up.behind(register):
                print("more was published than that place has; ask another", file=sys.stderr)
                return DOES_NOT_HOLD
    except Malformed as wrong:
        from kerege.municipality.telling import problem

        return _cannot("; ".join(problem(one, "en") for one in wrong.problems))
    except NotTaken as error:
        return _cannot(f"{said.source}: {error}")
    except (
        _Cannot,
        catching_up.NothingLost,
        catching_up.NotLost,
        Unreadable,
        Locked,
        Behind,
        OSError,
    ) as error:
        return _cannot(str(error))
    return HOLDS


def _cannot(why: str) -> int:
    print(f"kerege: {why}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
