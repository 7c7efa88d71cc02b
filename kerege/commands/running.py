"""Running a server, and the accounts of those who use it."""

import argparse
import sys

from kerege.commands import CANNOT_BE_ANSWERED, HOLDS, Command


def add(command: Command) -> None:
    for name, run, about in (
        ("demo", demo, "load the demonstration and serve it"),
        ("serve", serve, "serve this data directory"),
    ):
        one = command(name, run, about)
        one.add_argument("--port", type=int, default=8000)
        one.add_argument("--workers", type=int, default=2)
        one.add_argument("--no-serve", action="store_true", help="prepare the data only")
    one = command("account", account, "make an account, or give it a new password")
    one.add_argument("name")
    one.add_argument("--again", action="store_true", help="a new password for one that is there")
    one.add_argument("--operator", action="store_true", help="may found municipalities")
    one.add_argument("--email", default="", help="an address to sign in with beside the name")
    one.add_argument(
        "--lost", action="store_true", help="forget its passkeys, app of codes and printed list"
    )


def demo(said: argparse.Namespace) -> int:
    return _serve(said, demonstration=True)


def serve(said: argparse.Namespace) -> int:
    return _serve(said, demonstration=False)


def _serve(said: argparse.Namespace, *, demonstration: bool) -> int:
    from kerege.web import serving

    if not said.no_serve and not serving.free(said.port):
        print(f"port {said.port} is taken: choose another (--port, PORT=…)", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    try:
        serving.prepare(said.data.resolve(), demonstration=demonstration)
    except serving.AnotherHouse:
        why = f"{said.data} holds a house of its own: choose another folder (--data)"
        print(f"kerege demo: {why}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    if not said.no_serve:
        # A passkey belongs to a name, never to a number.
        print(f"Kerege: open http://localhost:{said.port}/", flush=True)
        serving.serve(said.port, said.workers)
    return HOLDS


def account(said: argparse.Namespace) -> int:
    from kerege.web import serving

    serving.prepare(said.data.resolve())
    from kerege.municipality.problem import Malformed
    from kerege.municipality.telling import problem
    from kerege.web.account_making import password_for
    from kerege.web.models import Account

    there = Account.objects.filter(username=said.name).exists()
    if there and not said.again and not said.lost:
        why = f"{said.name} is there already; --again gives it a new password"
        print(f"kerege account: {why}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    if not there and (said.again or said.lost):
        why = f"there is no account {said.name}; without --again or --lost it is made"
        print(f"kerege account: {why}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    try:
        password = password_for(said.name, operator=said.operator, email=said.email, lost=said.lost)
    except Malformed as wrong:
        print(f"kerege account: {problem(wrong.problems[0], 'en')}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    print(f"{said.name.strip()}: {password}" + (" (changed)" if there else ""))
    return HOLDS
