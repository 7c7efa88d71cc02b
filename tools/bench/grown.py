"""The part ``grown``: an entry's page, its receipt and the register's page at 2 million entries,
beside the same at 20,000."""

import hashlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.bench.number import Number, timed

SMALL, GREAT = 20_000, 2_000_000
ASKED = 40


def grown() -> Iterator[Number]:
    found = {size: _asked(size) for size in (SMALL, GREAT)}
    for what, few in found[SMALL].items():
        many = found[GREAT][what]
        beside = f"of that at {SMALL:,}: {few * 1e3:.2f} ms and {many * 1e3:.2f} ms of CPU"
        yield Number(f"{what} at {GREAT:,} entries", many / few, "×", 2, beside)


def _asked(size: int) -> dict[str, float]:
    """Median CPU seconds of each page on a register of a size, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="kerege-bench-") as data:
        command = [sys.executable, "-c", f"import tools.bench.grown as g; g.measure({size})"]
        env = {**os.environ, "KEREGE_DATA": data, "PYTHONPATH": os.pathsep.join(sys.path)}
        told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(told.stdout)


def measure(size: int) -> None:
    """Fill the data directory and ask it; prints JSON."""
    from kerege.web import serving

    serving.prepare(Path(os.environ["KEREGE_DATA"]))
    _fill(size)
    from django.core.handlers.wsgi import WSGIHandler

    handler = WSGIHandler()

    def ask(address: str) -> None:
        status: list[str] = []
        answer = handler(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": address,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_ACCEPT_LANGUAGE": "ky",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": sys.stderr,
                "wsgi.url_scheme": "http",
            },
            lambda said, headers: status.append(said),
        )
        b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{address} answers {status[0]}")

    pages = {
        "an entry's page with its proof": "/kok-jar/register/{n}/",
        "a receipt": "/kok-jar/register/{n}.tlog-proof",
        "the register's page": "/kok-jar/register/",
    }
    found = {}
    for what, address in pages.items():
        numbers = [size * k // ASKED + k for k in range(ASKED)]
        ask(address.format(n=numbers[0]))
        found[what] = statistics.median(timed(ask, address.format(n=n)) for n in numbers)
    print(json.dumps(found))


def _fill(size: int) -> None:
    """A register of one short act over and over, written as the gate's tables hold it: the gate
    itself would take an hour."""
    from django.db import connection, transaction

    from kerege.register import checkpoint, merkle
    from kerege.web import keys
    from kerege.web.founding import make_register

    register = make_register("kok-jar")
    frontier, day = merkle.Frontier(), "2012-01-10"
    first = [
        _entry("Found", {"code": "41703215800000", "kind": "aiyl_aimak", "name_ky": "Көк-Жар",
                         "name_ru": "Кок-Жар", "as_of": "2021-04", "source": "SOATE 2021",
                         "exercise": True, "pinned": "kg-2010"}, "operator", 0),
        _entry("LinkRecorder", {"account": "f0" * 8, "holder": "Жаңыл Катчы"}, "operator", 1),
    ]  # fmt: skip

    def rows(start: int, end: int) -> Iterator[tuple]:
        for n in range(start, end):
            issue = {"title": "Жол", "text": f"Жолду оңдоо {n}"}
            data = first[n] if n < 2 else _entry("RaiseIssue", issue, "community", n)
            leaf = merkle.leaf_hash(data)
            ended = frontier.append(leaf)
            nodes.extend(
                (register.pk, level, n >> (8 * level), ended[8 * level])
                for level in range(1, (len(ended) - 1) // 8 + 1)
            )
            yield (register.pk, n, str(n), "RaiseIssue", day, "exempt", data, leaf)

    nodes: list[tuple] = []
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, size, 50_000):
            cursor.executemany(
                "INSERT INTO web_row (register_id, n, uid, act, held_on, standing, data, leaf) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                list(rows(start, min(start + 50_000, size))),
            )
        cursor.executemany(
            "INSERT INTO web_node (log, level, n, hash) VALUES (%s, %s, %s, %s)", nodes
        )
        head = checkpoint.Checkpoint(register.origin, size, frontier.root())
        note = checkpoint.sign(head, keys.signer(register.origin))
        cursor.execute(
            "INSERT INTO web_checkpoint (register_id, size, frontier, note) "
            "VALUES (%s, %s, %s, %s)",
            [register.pk, size, frontier.to_hex(), note],
        )


def _entry(act: str, fields: dict, actor: str, n: int) -> bytes:
    from kerege.register.canonical import canonical

    return canonical(
        {
            "v": 1, "id": hashlib.md5(str(n).encode()).hexdigest(), "act": act, "fields": fields,
            "actor": {"kind": actor, "of": ""}, "by": [], "recorder": "1.0",
            "evidence": None, "held_on": "2012-01-10", "recorded_at": "2012-01-10T06:00:00Z",
            "digest": "", "question": None, "ruling": None, "rests_on": [], "standing": "exempt",
            "reason": "", "late": False,
        }
    )  # fmt: skip
