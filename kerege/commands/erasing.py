"""Erasing personal data that is kept beside a register, with an entry that says so."""

import argparse
import sys
from typing import TYPE_CHECKING

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command

if TYPE_CHECKING:
    from kerege.web.erasing import Wiped
    from kerege.web.models import Register


def add(command: Command) -> None:
    one = command("erase", erase, "erase personal data or a paper, and write down that it was")
    one.add_argument("place", nargs="?", help="whose register")
    one.add_argument("entry", nargs="?", type=int, help="the number of the entry")
    one.add_argument(
        "--field",
        action="append",
        help="a field, such as applicant or (for the paper) evidence; all personal ones otherwise",
    )
    one.add_argument("--document", metavar="SHA256", help="a paper, for all entries that name it")
    one.add_argument(
        "--ground", default="", help="why, for everybody to read, for good: never who it is"
    )
    one.add_argument("--finish", action="store_true", help="wipe what was erased but not wiped yet")


def erase(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve(), begins=False)
    from kerege.municipality.problem import Malformed
    from kerege.municipality.telling import problem
    from kerege.web import erasing, root
    from kerege.web.heads import Behind
    from kerege.web.keys import Locked
    from kerege.web.models import Register

    if said.finish:
        return _tell([erasing.finish()])
    entry_meant = said.place is not None and said.entry is not None
    if not said.ground or entry_meant == bool(said.document):
        return _cannot("say PLACE and ENTRY, or --document; and --ground")
    try:
        if said.document:
            naming = list(erasing.named(said.document))
            for register, n, names in naming:
                _erase_of(register, n, names, said.ground)
            if not naming and not erasing.erase_unnamed(said.document):
                return _cannot("no paper is kept under this hash")
        else:
            register = Register.objects.get(slug=said.place)
            names = said.field or _personal(register, said.entry)
            if not names:
                return _cannot(_nothing(register, said.entry))
            _erase_of(register, said.entry, names, said.ground)
    except Register.DoesNotExist:
        return _cannot(f"there is no place {said.place}")
    except Malformed as wrong:
        return _cannot("; ".join(problem(p, "en") for p in wrong.problems))
    except (Behind, Locked, OSError) as error:
        return _cannot(str(error))
    root.follow()
    done = erasing.reports()
    if not done and not erasing.due():
        print("the paper stays: other entries name it (--document erases it for all)")
        return HOLDS
    return _tell([*done, erasing.finish()] if erasing.due() else done)


def _personal(register: "Register", n: int) -> list[str]:
    """The personal fields an entry has that were not erased yet."""
    from kerege.municipality.acts import ACTS
    from kerege.web.private import personal
    from kerege.web.registers import entry_of, told

    one = entry_of(register, n)
    if one is None:
        return []
    erased = told(register).erased.get(n, {})
    return [name for name in personal(ACTS[one.act]) if name in one.fields and name not in erased]


def _nothing(register: "Register", n: int) -> str:
    """Why there is nothing to erase of an entry without naming its fields."""
    from kerege.web.registers import told

    place, m = f"entry {n} of {register.slug}", told(register)
    if not 0 <= n < m.size:
        return f"there is no {place}; the last one is {m.size - 1}"
    before = m.erased.get(n, {})
    if before:
        by = ", ".join(map(str, sorted(set(before.values()))))
        return f"{place}: its personal data was erased before, as entry {by} says"
    return f"{place} holds no personal data; for its paper say --field evidence or --document"


def _erase_of(register: "Register", n: int, names: list[str], ground: str) -> None:
    from kerege.web.rotating import by_operator

    said = {"entry": n, "names": names, "ground": ground}
    by = by_operator(register, "ErasePersonal", said)
    print(f"{register.slug}, entry {n}: erased {', '.join(names)}; entry {by} says so")


def _tell(wiped: "list[Wiped]") -> int:
    """Say what was wiped where. The last wiping took up what those before it left."""
    from django.db import connection

    for path in (path for done in wiped for path in done.exports):
        print(f"whole export deleted: {path} (what was erased stood in it)")
    for path in (path for done in wiped for path in done.papers):
        print(f"paper deleted from a public export: {path}")
    for path in sorted({path for done in wiped for path in done.missing}):
        print(f"whole export not found, erase it where it is: {path}")
    if not wiped[-1].database:
        why = wiped[-1].problem or "traces are left in its files"
        print(f"not wiped yet, run kerege erase --finish: {why}", file=sys.stderr)
        return DOES_NOT_HOLD
    if connection.vendor == "postgresql":
        print("database wiped: the tables are written anew")
        print("the server's write-ahead files hold old copies until it uses them again;")
        print("archives, replicas, base backups and statement logs are for you to clean")
    else:
        print("database wiped: rows, free pages and write-ahead log")
    print("sites (kerege site) and exports that were copied may hold erased papers: make them anew")
    print(
        "backups made elsewhere, and the bare disk under deleted files, are not reached from here"
    )
    return HOLDS


def _cannot(why: str) -> int:
    print(f"kerege erase: {why}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
