"""On PostgreSQL the search finds what it finds on SQLite, in the same order."""

import json
import subprocess
import sys

import pytest

from tests.search.judging import FILES, queries
from tests.web.postgres import clean, postgresql

pytestmark = pytest.mark.prove

ASK = """
import json, sys
from pathlib import Path
import os
from kerege.web import serving
serving.prepare(Path(os.environ["KEREGE_DATA"]), demonstration=True)
from django.db import connection
from kerege.kyrgyz.terms import asked
from kerege.web import search_index
search_index.catch_up(10_000)
print(json.dumps([connection.vendor, [
    [row[1:3] for row in search_index.ask(asked(q), 3, 40)] for q in json.load(sys.stdin)
]]))
"""


def test_both_databases_answer_alike(tmp_path):
    asked = json.dumps(
        [one["q"] for file in FILES for one in queries(file)] + ["'", "a & !b | (c:*"]
    )
    with postgresql({**clean(), "KEREGE_DATA": str(tmp_path / "p")}) as env:
        there = ask(env, asked)
    here = ask({**clean(), "KEREGE_DATA": str(tmp_path / "s")}, asked)
    assert (there[0], here[0]) == ("postgresql", "sqlite")
    assert there[1] == here[1] and any(there[1])


def ask(env: dict[str, str], asked: str) -> list:
    env = {**env, "KEREGE_DEMONSTRATION": "1"}
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(
        command, env=env, input=asked, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)
