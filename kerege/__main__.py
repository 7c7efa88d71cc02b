"""The command ``kerege``. Every reading command has ``--json``; exit codes are 0 (holds), 1 (does
not hold, said why) and 2 (cannot be answered)."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kerege import __version__

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    parser = _parser()
    said = parser.parse_args(argv)
    if said.command is None:
        parser.print_help()
        return CANNOT_BE_ANSWERED
    return int(said.command(said))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kerege", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands")

    def command(name: str, run: Any, about: str, *, data: bool = True) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(command=run)
        if data:
            one.add_argument("--data", type=Path, default=Path(".data"), help="data directory")
        return one

    for name, about in (
        ("demo", "load the demonstration and serve it"),
        ("serve", "serve this data directory"),
    ):
        one = command(name, demo if name == "demo" else serve, about)
        one.add_argument("--port", type=int, default=8000)
        one.add_argument("--workers", type=int, default=2)
        one.add_argument("--no-serve", action="store_true", help="prepare the data only")
    one = command("account", account, "make an account, or give it a new password")
    one.add_argument("name")
    one.add_argument("--operator", action="store_true", help="may found municipalities")
    one = command("found", found, "found a municipality on a unit of the territory")
    one.add_argument("code")
    one.add_argument("--kind", default="")
    for language in ("ky", "ru", "en"):
        one.add_argument(f"--name-{language}", default="")
    one.add_argument("--population", type=int)
    one.add_argument("--exercise", action="store_true")
    one.add_argument("--pinned", default="", help="edition an exercise lives under")
    one.add_argument("--recorder", default="", help="user name of the first recorder")
    one = command("recorder", recorder, "link a place's recorder who has no account yet")
    one.add_argument("place")
    one.add_argument("name", help="user name of the recorder's account")
    one.add_argument("--holder", default="", help="the person, as the kenesh appointed them")
    one = command("places", places, "list the municipalities")
    one.add_argument("--json", action="store_true")
    one = command("ask", ask, "ask the law", data=False)
    one.add_argument("act")
    one.add_argument("--edition", default="kg-2010")
    one.add_argument("--laws", default=None, help="comma-separated statutes; all known by default")
    one.add_argument("--actor", default="")
    one.add_argument("--object", default="")
    one.add_argument("--place", default="aiyl_aimak")
    one.add_argument("--fact", action="append", default=[], metavar="NAME=yes|no|VALUE")
    one.add_argument("--language", default="en", choices=("ky", "ru", "en"))
    one.add_argument("--json", action="store_true")
    one = command("export", export, "write a place's register as plain files")
    one.add_argument("place")
    one.add_argument("folder", type=Path)
    one = command("verify", verify, "judge an exported register again", data=False)
    one.add_argument("folder", type=Path)
    one.add_argument("--json", action="store_true")
    return parser


def demo(said: argparse.Namespace) -> int:
    return _serve(said, demonstration=True)


def serve(said: argparse.Namespace) -> int:
    return _serve(said, demonstration=False)


def _serve(said: argparse.Namespace, *, demonstration: bool) -> int:
    from kerege.web import serving

    if not said.no_serve and not serving.free(said.port):
        print(f"port {said.port} is taken: choose another (--port, PORT=…)", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    serving.prepare(said.data.resolve(), demonstration=demonstration)
    if not said.no_serve:
        print(f"Kerege: open http://127.0.0.1:{said.port}/", flush=True)
        serving.serve(said.port, said.workers)
    return HOLDS


def account(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    password = serving.password_for(said.name, operator=said.operator)
    print(f"{said.name}: {password}")
    return HOLDS


def found(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.municipality.problem import Malformed
    from kerege.web import founding
    from kerege.web.models import Account

    first = Account.objects.filter(username=said.recorder).first()
    if said.recorder and first is None:
        print(f"there is no account {said.recorder}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    fields = {
        "kind": said.kind,
        "name_ky": said.name_ky,
        "name_ru": said.name_ru,
        "name_en": said.name_en,
        "population": said.population,
        "exercise": said.exercise or None,
        "pinned": said.pinned,
    }
    try:
        one = founding.unit(said.code)
        register = founding.found(one, fields, first, date.today(), datetime.now(UTC))
    except Malformed as wrong:
        _blame(wrong)
        return CANNOT_BE_ANSWERED
    print(f"/{register.slug}/")
    return HOLDS


def recorder(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.municipality.problem import Malformed
    from kerege.web.founding import link_recorder
    from kerege.web.models import Account
    from kerege.web.registers import find

    register = find(said.place)
    account = Account.objects.filter(username=said.name).first()
    if register is None or account is None:
        what = f"place {said.place}" if register is None else f"account {said.name}"
        print(f"there is no {what}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    try:
        link_recorder(register, account, date.today(), datetime.now(UTC), holder=said.holder)
    except Malformed as wrong:
        _blame(wrong)
        return CANNOT_BE_ANSWERED
    return HOLDS


def _blame(wrong: Any) -> None:
    """Print the problems of a Malformed, each with the name of its option."""
    from kerege.municipality.telling import problem

    for one in wrong.problems:
        print(f"{one.field.replace('_', '-')}: {problem(one, 'en')}", file=sys.stderr)


def places(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.web.places import all_places

    rows = [
        {
            "slug": p.slug,
            "code": p.m.identity.code,
            "kind": p.m.identity.kind,
            "name": p.m.identity.name_ky,
            "size": p.m.size,
        }
        for p in all_places()
        if p.m.identity is not None
    ]
    if said.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(f"/{row['slug']}/  {row['name']}  {row['kind']}  {row['size']}")
    return HOLDS


def ask(said: argparse.Namespace) -> int:
    from kerege.constitution import asking, packs

    known = packs.load()
    try:
        ids = (
            known.pinned(said.edition)
            if said.laws is None
            else (said.edition, *filter(None, said.laws.split(",")))
        )
        book = known.rulebook(ids)
        asked = asking.question_of(book, said.act, said.actor, said.object, said.place, said.fact)
        answer = asking.answer(book, asked)
    except (asking.NotAsked, packs.UnknownPack) as error:
        what = "no such edition or law: " if isinstance(error, packs.UnknownPack) else ""
        print(f"kerege ask: {what}{error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    if said.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(asking.told(book, answer, said.language))
    return HOLDS if answer["permitted"] else DOES_NOT_HOLD


def export(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.web.leaving import export as export_place
    from kerege.web.models import Register

    try:
        size = export_place(said.place, said.folder)
    except Register.DoesNotExist:
        print(f"there is no place {said.place}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    print(f"{said.folder}: {size}")
    return HOLDS


def verify(said: argparse.Namespace) -> int:
    from kerege.archive.verify import verify as judge_again

    if not (said.folder / "register.jsonl").is_file():
        print(f"there is no export in {said.folder}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    report = judge_again(said.folder)
    if said.json:
        shown = {
            "ok": report.ok,
            "size": report.size,
            "root": report.root,
            "problems": report.problems,
        }
        print(json.dumps(shown, ensure_ascii=False))
    else:
        print(f"{report.size} entries, root {report.root}")
        for problem in report.problems:
            print(problem)
    return HOLDS if report.ok else DOES_NOT_HOLD


if __name__ == "__main__":
    sys.exit(main())
