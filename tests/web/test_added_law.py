"""A statute added to an installation: checked whole, seen by all workers, in force from a day."""

import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from kerege.__main__ import main
from kerege.constitution import packs
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import holding
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import Speaker
from kerege.web.gate import Attempt, Refused, perform
from kerege.web.models import Account, Register, Row
from kerege.web.registers import entry_of, told

ROOT = Path(__file__).parents[2]
LAW = (ROOT / "tests/laws/direct-election.md").read_text("utf-8")
CONSTITUTION = "kind: constitution\nadopted: 2011-07-15"
# It takes the place of the law of 2011, under which the kenesh elects.
SOON = LAW.replace("adopted: 2011-07-15", "adopted: 2011-12-01").replace(
    "under: kg-2010\n", "under: kg-2010\nrepeals: kg-law-101-2011\n"
)


# In one process: from the folder through the country register to an election


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Start anew with these files in the folder of the data directory."""
    known = packs.load()
    monkeypatch.setattr(settings, "DATA", tmp_path)

    def forget():
        for id_ in known.added:
            del known.editions[id_]
        known.added.clear()

    def begin(**files):
        forget()
        shutil.rmtree(tmp_path / packs.ADDED, ignore_errors=True)
        (tmp_path / packs.ADDED).mkdir()
        for name, text in files.items():
            (tmp_path / packs.ADDED / f"{name}.md").write_text(text, "utf-8")
        apps.get_app_config("web").ready()
        return known

    yield begin
    forget()


def write(slug, act, actor, on, **fields):
    """Write an act down as the recorder of a register would."""
    register = Register.objects.get(slug=slug)
    name = "country-recorder" if register.country else f"{slug}-recorder"
    account = Account.objects.get(username=name)
    m = told(register)
    mandate = holding(m, account.code, date.today())[0]
    attempt = Attempt(
        id=f"{slug}-{act}-{on}-{Row.objects.count()}",
        act=act,
        fields=fields,
        actor=Actor(actor),
        held_on=date.fromisoformat(on),
        speaker=Speaker(account.code, mandate),
        evidence=Evidence("№ 1", date.fromisoformat(on)),
    )
    return entry_of(register, perform(register, attempt, datetime.now(UTC)))


ELECTION = {"holder": "Айгүл Токоева", "votes_for": 900, "votes_against": 100}


def elect(on):
    return write("on-archa", "ElectHead", "community", on, **ELECTION)


def test_residents_elect_the_head_from_the_day_the_added_law_is_in_force(demo, start):
    start(direct=SOON)
    with pytest.raises(Refused) as before:
        elect("2012-01-10")
    assert "kg-law-101-2011/heads.by-kenesh" in before.value.considered.ruling.norms
    write("kg", "EnactLaw", "state", "2011-12-15", law="test-direct", from_day="2011-12-15")
    entry = elect("2012-01-10")
    assert entry.ruling["answer"] == "permitted"
    assert entry.ruling["norms"] == ["test-direct/direct.elected"]
    with pytest.raises(Refused):
        elect("2011-12-14")


def test_a_law_that_is_broken_at_the_next_start_refuses_what_needs_it(demo, start, caplog, client):
    start(direct=SOON)
    write("kg", "EnactLaw", "state", "2011-12-15", law="test-direct", from_day="2011-12-15")
    before = Row.objects.count()
    with caplog.at_level(logging.ERROR):
        start(direct=SOON.replace('"community"', '"kommunity"', 1))
    (said,) = caplog.messages
    assert "direct.md, Direct election, line 27" in said and 'Actor::"kommunity"' in said
    for act, actor, fields in (
        ("ElectHead", "community", ELECTION),
        ("RaiseIssue", "community", {"title": "Арык", "text": "Арыкты тазалоо"}),
    ):
        with pytest.raises(Malformed, match="law_lacking"):
            write("on-archa", act, actor, "2012-01-10", **fields)
    assert Row.objects.count() == before
    # Pages read the same law as the gate, and say that they cannot.
    page = client.get("/en/on-archa/?on=2012-01-10").content.decode()
    assert "law test-direct is in force, which this server does not have" in page
    assert 'href="/en/law/kg-2010/"' not in page
    page = client.get("/en/on-archa/?on=2011-12-14").content.decode()
    assert "test-direct" not in page and 'href="/en/law/kg-2010/"' in page
    page = client.get("/en/on-archa/refused/").content.decode()
    assert "law test-direct is in force" in page and 'class="ruling' in page
    # Days before it, and the country register itself, go on.
    issue = {"title": "Арык", "text": "Арыкты тазалоо"}
    assert write("on-archa", "RaiseIssue", "community", "2011-12-14", **issue).ruling
    said = {"law": "kg-law-127-2013", "from_day": "2013-07-09"}
    assert write("kg", "EnactLaw", "state", "2013-02-01", **said)


def test_a_statute_nobody_enacted_changes_nothing(demo, start):
    start(direct=SOON)
    with pytest.raises(Refused):
        elect("2012-01-10")
    assert "test-direct" not in packs.load().pinned("kg-2010")


# The commands


@pytest.fixture
def kerege(tmp_path, monkeypatch, capsys):
    """The command in an empty directory: its exit code, what it says and what it complains of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KEREGE_DATA", raising=False)

    def run(*words):
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_law_is_checked_and_kept(kerege, tmp_path):
    (tmp_path / "new.md").write_text(LAW, "utf-8")
    held = "new.md (test-direct): 1 article, 2 rules, 1 example holds\n"
    assert kerege("check-law", "new.md") == (0, held, "")
    assert not (tmp_path / ".data").exists()
    code, said, _ = kerege("add-law", "new.md")
    assert code == 0 and said.startswith(held)
    kept = tmp_path / ".data/law/test-direct.md"
    assert kept.read_text("utf-8") == LAW
    assert kerege("add-law", "new.md") == (0, "test-direct is here already\n", "")
    (tmp_path / "new.md").write_text(LAW.replace("(principal ==", "( principal =="), "utf-8")
    code, said, _ = kerege("add-law", "new.md")
    assert code == 1 and "the id test-direct stands in test-direct.md too" in said
    assert kept.read_text("utf-8") == LAW
    assert [file.name for file in kept.parent.iterdir()] == ["test-direct.md"]


def test_a_broken_law_is_mended_by_adding_it_again(kerege, tmp_path):
    (tmp_path / "new.md").write_text(LAW, "utf-8")
    kept = tmp_path / ".data/law/test-direct.md"
    kept.parent.mkdir(parents=True)
    kept.write_text(LAW.replace("grade: M", "grade: Z"), "utf-8")
    code, _, warned = kerege("add-law", "new.md")
    assert code == 0 and "grade is 'Z'" in warned
    assert kept.read_text("utf-8") == LAW


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"ElectHead"', '"AppointHead"', "Direct election, line 26: permits what article 112(2)"),
        ("| permitted |", "| forbidden |", "Direct election, line 41: the example says"),
        ("under: kg-2010", "under: kg-1850", "new.md, line 1: it stands under kg-1850"),
        ("ru: Главу", "ur: Главу", "unknown line 'ur:'"),
        ("adopted: 2011", "adopted: 20l1", "new.md, line 4: adopted is not a date"),
        ("id: test-direct", "id: kg-law-101-2011", "stands in law-101-2011.md too"),
        (
            "kind: statute\nadopted: 2011-07-15\nunder: kg-2010",
            CONSTITUTION,
            "comes with a release",
        ),
    ],
)
def test_a_law_that_does_not_hold_is_not_kept(kerege, tmp_path, old, new, said):
    assert old in LAW
    (tmp_path / "new.md").write_text(LAW.replace(old, new, 1), "utf-8")
    for command in ("check-law", "add-law"):
        code, told_, _ = kerege(command, "new.md")
        assert code == 1 and said in told_
        assert not re.search(r"policy\s*\d", told_)
    assert not (tmp_path / ".data").exists()


def test_a_country_is_checked_as_a_folder_and_file_by_file(kerege, tmp_path):
    shutil.copytree(ROOT / "kerege/editions/_template", tmp_path / "xx")
    code, said, _ = kerege("check-law", "xx", "--json")
    assert code == 0 and json.loads(said)["ok"]
    assert [one["id"] for one in json.loads(said)["held"]] == ["xx-0000", "xx-law-0000"]
    one = "law-0000.md (xx-law-0000): 1 article, 2 rules, 3 examples hold\n"
    assert kerege("check-law", "xx/laws/law-0000.md") == (0, one, "")
    words = tmp_path / "xx/vocabulary.toml"
    words.write_text(words.read_text("utf-8").replace('topic = "S11"', 'topic = "S12"', 1), "utf-8")
    code, said, _ = kerege("check-law", "xx", "--json")
    assert code == 1 and not json.loads(said)["ok"]
    assert "no such topic 'S12'" in json.loads(said)["problem"]


@pytest.mark.parametrize("words", [("check-law", "nowhere.md"), ("add-law", "nowhere.md")])
def test_a_file_that_is_not_there(kerege, tmp_path, words):
    code, said, blamed = kerege(*words)
    assert (code, said) == (2, "")
    assert "nowhere.md: No such file" in blamed
    assert not (tmp_path / ".data").exists()


# Real servers


def clean():
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return {**mine, "PYTHONPATH": str(ROOT)}


@contextmanager
def serving(cwd):
    """A server of two workers; yields its address and, after it stopped, leaves its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--port", str(port), "--workers", "2"]
    with (cwd / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "kerege", *words],
            cwd=cwd,
            env=clean(),
            stdout=log,
            stderr=log,
        )
    try:
        for _ in range(300):
            if get(f"http://127.0.0.1:{port}/healthz") == 200:
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def test_every_worker_knows_the_added_law_and_runs_without_a_broken_one(kerege, tmp_path):
    (tmp_path / "new.md").write_text(LAW, "utf-8")
    assert kerege("add-law", "new.md")[0] == 0
    broken = tmp_path / ".data/law/broken.md"
    broken.write_text(LAW.replace("test-direct", "test-broken").replace("```cedar", "```"), "utf-8")
    with serving(tmp_path) as address:
        # A connection goes to either worker.
        assert {get(f"{address}/law/test-direct/") for _ in range(12)} == {200}
        assert {get(f"{address}/law/test-broken/") for _ in range(4)} == {404}
        assert get(f"{address}/kg/") == 200
    log = (tmp_path / "log").read_text("utf-8")
    assert "broken.md, Direct election, line 25: unknown kind of block ''" in log
