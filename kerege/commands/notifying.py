"""Notices to those who follow something."""

import argparse
import sys

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command


def add(command: Command) -> None:
    one = command("notify", notify, "send what is new to those who follow it, once")
    one.add_argument("--dry-run", action="store_true", help="show the notices and send none")


def notify(said: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from kerege.web import serving

    serving.prepare(said.data.resolve(), begins=False)
    from kerege.web import gateways, notifying

    if not gateways.ways():
        return _cannot("this house has no gateway: set KEREGE_NOTIFY_EMAIL, _TELEGRAM or _SMS")
    if not gateways.installed():
        return _cannot("gateways need apprise: pip install 'kerege[notify]'")
    show = _show if said.dry_run else None
    done = notifying.round_of_all(datetime.now(UTC), show)
    print(f"{done.sent} {'notice' if done.sent == 1 else 'notices'} sent")
    for way, count in (done.failed or {}).items():
        print(f"{way}: {count} not taken, tried again later", file=sys.stderr)
    return DOES_NOT_HOLD if done.failed else HOLDS


def _show(one: object, title: str, text: str) -> None:
    # By its number, not by where it goes: what is printed can end in a log.
    print(f"--- {one.way} {one.pk}: {title}\n{text}\n")  # type: ignore[attr-defined]


def _cannot(why: str) -> int:
    print(f"kerege notify: {why}", file=sys.stderr)
    return CANNOT_BE_ANSWERED
