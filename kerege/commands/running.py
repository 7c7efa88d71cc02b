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
    one.add_argument("--operator", action="store_true", help="may found municipalities")


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
