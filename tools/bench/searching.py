"""The part ``search``: how long an answer takes over 100,000 acts."""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tools.bench.number import Number

ACTS = 100_000
# A word of every act, two of many, rare ones, forms, wrong letters, Russian, nothing at all.
QUESTIONS = (
    "көчө", "көчөлөрдүн жарыгы", "кочо жарык", "мектептин чатырын оңдоо", "арыктар", "97531",
    "маселе көтөрдү", "к\\чъ суусу", "сообщество подняло вопрос", "issue raised", "жокнерсе",
)  # fmt: skip


def searching() -> Iterator[Number]:
    with tempfile.TemporaryDirectory(prefix="kerege-bench-") as data:
        command = [sys.executable, "-c", "import tools.bench.searching as s; s.measure()"]
        env = {**os.environ, "KEREGE_DATA": data, "PYTHONPATH": os.pathsep.join(sys.path)}
        told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    made, grown, median, worst, question = told.stdout.split(maxsplit=4)
    beside = f"median {float(median):.1f} ms; the slowest: {question.strip()}"
    yield Number(f"search over {ACTS:,} acts, slowest", float(worst), "ms", 100, beside)
    yield Number("an act into the index", float(made) / ACTS * 1e3, "ms")
    yield Number("what the index adds for an act", float(grown) / ACTS / 1e3, "kB")


def measure() -> None:
    """Fill the data directory, index it and ask; prints seconds, bytes, ms, ms and a question."""
    from kerege.web import serving

    data = Path(os.environ["KEREGE_DATA"])
    serving.prepare(data)
    from django.db import connection, transaction

    from kerege.kyrgyz.terms import asked
    from kerege.web import search_index
    from kerege.web.founding import make_register
    from tools.bench.grown import _entry

    register, chance = make_register("kok-jar"), random.Random(1)
    what = ("көчө", "мектеп", "чатыр", "жарык", "суу", "арык", "жол", "көпүрө", "бакча", "базар")
    deed = ("оңдоо", "тазалоо", "салуу", "куруу", "боёо", "текшерүү", "жабуу", "ачуу")
    first = [
        _entry("Found", {"code": "41703215800000", "kind": "aiyl_aimak", "name_ky": "Көк-Жар",
                         "name_ru": "Кок-Жар", "as_of": "2021-04", "source": "SOATE 2021",
                         "exercise": True, "pinned": "kg-2010"}, "operator", 0),
        _entry("LinkRecorder", {"account": "f0" * 8, "holder": "Жаңыл Катчы"}, "operator", 1),
    ]  # fmt: skip

    def rows() -> Iterator[tuple]:
        for n in range(ACTS):
            one = f"{chance.choice(what)} {chance.choice(what)} {chance.choice(deed)}"
            issue = {"title": f"{one} {n}", "text": f"Бул көчөдө {one} керек, {n}-кайрылуу"}
            entry = first[n] if n < 2 else _entry("RaiseIssue", issue, "community", n)
            yield register.pk, n, str(n), "RaiseIssue", "2012-01-10", "exempt", entry, bytes(32)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO web_row (register_id, n, uid, act, held_on, standing, data, leaf) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            list(rows()),
        )
    size, start = _bytes(data), time.perf_counter()
    search_index.rebuild()
    made = time.perf_counter() - start
    grown = _bytes(data) - size
    slow = {}
    for question in QUESTIONS:
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            search_index.catch_up()
            search_index.ask(asked(question), 0, 21)
            taken.append((time.perf_counter() - start) * 1e3)
        slow[question] = statistics.median(taken)
    start = time.perf_counter()
    search_index.ask(asked(QUESTIONS[0]), 480, 21)
    slow[f"{QUESTIONS[0]}, page 25"] = (time.perf_counter() - start) * 1e3
    worst = max(slow, key=lambda one: slow[one])
    print(made, grown, statistics.median(slow.values()), slow[worst], worst)


def _bytes(data: Path) -> int:
    return sum(file.stat().st_size for file in data.glob("kerege.sqlite3*"))
