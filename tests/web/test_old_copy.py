"""The database file is put back as it was on Friday: the house signs nothing, and goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kerege.municipality.telling import words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def met(tmp_path_factory) -> dict:
    data = tmp_path_factory.mktemp("house")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.old_copy", str(data)],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_an_act_is_refused_with_a_page_that_says_what_to_do(met):
    assert met["refused"] == [503, 503, 503]
    said = words("problems")["problem.register_behind"]
    for language, page in zip(("ky", "ru", "en"), met["says"], strict=True):
        assert said[language] in page
    assert met["then"] == met["friday"]


def test_brought_back_from_a_mirror_it_goes_on_as_if_nothing_had_been(met):
    assert met["back"] == {
        "act": 302,
        "size": met["friday"] + 4,
        "origin": "kerege.local/ak-bulunskiy",
        "holds": True,
    }


def test_with_the_loss_admitted_it_goes_on_under_another_name(met):
    assert met["lost"] == {
        "act": 302,
        "size": met["friday"] + 2,
        "origin": "kerege.local/ak-bulunskiy/2",
        "holds": True,
    }
    assert set(met["pages"]) == {200} and "Диск бузулду" in met["list"]


def test_without_the_master_key_an_act_is_refused_with_a_page(met):
    status, page = met["locked"]
    assert status == 503 and words("problems")["problem.key_locked"]["en"] in page
