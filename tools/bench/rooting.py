"""The part ``root``: eight writers on PostgreSQL, each at a register of its own, with the sequencer
of the one public root at work and without it, in turns."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping

from tools.bench.demonstration import ROOT
from tools.bench.number import Number

WRITERS, SECONDS, TURNS = 8, 5, 3


def rooting() -> Iterator[Number]:
    from tests.web.postgres import clean, postgresql

    without, rooted, lags = [], [], []
    with (
        tempfile.TemporaryDirectory(prefix="kerege-bench-") as data,
        postgresql({**clean(), "KEREGE_DATA": data}) as world,
    ):
        _run(world, "found")
        # Once for nothing: the first turn would pay for cold caches alone.
        _acts(world)
        for _ in range(TURNS):
            without.append(_acts(world))
            _run(world, "catch_up")
            keeper = subprocess.Popen(
                [sys.executable, "-m", "kerege", "keep", "--data", data], env=dict(world)
            )
            try:
                time.sleep(3)
                rooted.append(_acts(world))
                lags.append(float(_run(world, "lag")))
            finally:
                keeper.terminate()
                keeper.wait()
    ratio = statistics.median(a / b for a, b in zip(rooted, without, strict=True))
    beside = (
        f"of none: {statistics.median(rooted):,.0f} and {statistics.median(without):,.0f} acts/s"
    )
    yield Number("8 writers under one public root", ratio, "×", beside=beside, least=1.0)
    yield Number("until the root holds the last act", max(lags), "s", 1)


def _acts(world: Mapping[str, str]) -> float:
    """Acts a second of all writers together."""
    writers = [_start(world, "act", str(k)) for k in range(WRITERS)]
    told = [writer.communicate()[0] for writer in writers]
    if any(writer.returncode for writer in writers):
        raise RuntimeError("a writer failed")
    return sum(map(float, told))


def _run(world: Mapping[str, str], *words: str) -> str:
    one = _start(world, *words)
    told = one.communicate()[0]
    if one.returncode:
        raise RuntimeError(f"{words} failed")
    return told


def _start(world: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tools.bench.rooting", *words]
    return subprocess.Popen(command, env=dict(world), stdout=subprocess.PIPE, text=True, cwd=ROOT)


# -- what runs in processes of its own ------------------------------------------------------------


def found() -> None:
    from datetime import UTC, date, datetime
    from pathlib import Path

    from kerege.web import serving

    serving.prepare(Path(os.environ["KEREGE_DATA"]))
    from kerege.municipality.territory import load
    from kerege.web.founding import found
    from kerege.web.models import Account

    units = [one for one in load().foundable() if one.kind == "aiyl_aimak"]
    day = date(2013, 1, 10)
    for k in range(WRITERS):
        account = Account.objects.make(f"recorder-{k}", None)
        said = {"name_ky": f"Айыл {k}", "exercise": True, "pinned": "kg-2010"}
        found(units[k], said, account, day, datetime.now(UTC), address=f"place-{k}")


def act(which: str) -> float:
    """Acts a second of one writer."""
    import uuid
    from datetime import UTC, date, datetime

    import django

    django.setup()
    from kerege.municipality.entry import Actor, Evidence
    from kerege.municipality.governing import holding
    from kerege.municipality.rights import Speaker
    from kerege.web.gate import Attempt, perform
    from kerege.web.models import Account, Register
    from kerege.web.registers import told

    register, day = Register.objects.get(slug=f"place-{which}"), date(2013, 3, 1)
    code = Account.objects.get(username=f"recorder-{which}").code
    speaker = Speaker(code, holding(told(register), code, day)[0])
    fields, paper = {"title": "Жол", "text": "Жолду оңдоо"}, Evidence("№ 1", day)

    def one() -> None:
        id_, actor = str(uuid.uuid4()), Actor("community")
        attempt = Attempt(id_, "RaiseIssue", fields, actor, day, speaker, paper)
        perform(register, attempt, datetime(2013, 3, 1, 6, tzinfo=UTC))

    one()
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        one()
        done += 1
    return done / (time.perf_counter() - start)


def catch_up() -> None:
    import django

    django.setup()
    from kerege.web import root

    root.catch_up()


def lag() -> float:
    """Seconds until the root holds the last checkpoint of every register."""
    import django

    django.setup()
    from django.db.models import Max

    from kerege.web.models import Register

    act("0")
    register = Register.objects.get(slug="place-0")
    signed = register.checkpoints.aggregate(last=Max("size"))["last"]
    start = time.perf_counter()
    while not register.rooted.filter(size=signed).exists():
        if time.perf_counter() - start > 30:
            break
        time.sleep(0.01)
    return time.perf_counter() - start


if __name__ == "__main__":
    deeds = {"found": found, "act": act, "catch_up": catch_up, "lag": lag}
    print(deeds[sys.argv[1]](*sys.argv[2:]))
