"""Erasing from PostgreSQL: no table holds what was personal, and the register holds."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.erased_house import DIGEST, GROUND, WHO, World
from tests.web.postgres import clean, postgresql


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("erasing-pg") / "data"
    with postgresql({**clean(), "KEREGE_DATA": str(data)}) as env:
        made = World(env)
        yield made
        made.close()


@pytest.mark.prove
def test_on_postgresql_no_table_holds_it_and_the_register_holds(served):
    numbers = served.raise_issues(*[f"{WHO}/{k}" for k in range(4)], paper=True)
    files = lambda: served.python(  # noqa: E731
        "from django.db import connection\n"
        "c = connection.cursor()\n"
        "c.execute('CHECKPOINT')\n"
        "c.execute(\"SELECT current_setting('data_directory')\")\n"
        "print(c.fetchone()[0])"
    ).strip()
    base = Path(files()) / "base"

    def holding() -> list[str]:
        whole = (file for file in base.rglob("*") if file.is_file())
        return [str(file) for file in whole if WHO.encode() in file.read_bytes()]

    assert holding()
    for n in numbers:
        said = served.run("erase", "on-archa", str(n), "--ground", GROUND)
        assert "write-ahead files hold old copies" in said
    served.run("erase", "--document", DIGEST, "--ground", GROUND)
    assert os.geteuid() != 0 or holding() == []
    served.holds()
