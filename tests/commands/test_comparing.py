"""``kerege compare``, ``kerege table`` and ``kerege prove``."""

import json
import subprocess
import sys

import pytest

from kerege.__main__ import main
from kerege.constitution import packs
from kerege.constitution.table import Table

HOLDS, DIFFERS, CANNOT_BE_ANSWERED = 0, 1, 2


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    main([*words, "--json"])
    return json.loads(capsys.readouterr().out)


def test_two_constitutions_give_the_fourteen_points(capsys) -> None:
    shown = answer(capsys, "compare", "kg-2007", "kg-2010")
    assert (shown["a"], shown["b"]) == (["kg-2007"], ["kg-2010"])
    said = {*shown["topics"], *shown["unchanged"], *shown["not_stated"]}
    assert said == {f"S{n}" for n in range(1, 15)}
    for topic in shown["topics"].values():
        assert {*topic["sentences"]} == {"ky", "ru", "en"}
        assert all(len(of) == topic["rows"] for of in topic["sentences"].values())


def test_exit_codes(capsys) -> None:
    assert main(["compare", "kg-2007", "kg-2010"]) == DIFFERS
    assert main(["compare", "kg-2007", "kg-2007"]) == HOLDS
    assert main(["compare", "kg-2007", "kg-2010", "--topic", "S7"]) == HOLDS
    assert main(["compare", "kg-2007", "kg-2010", "--topic", "S8"]) == DIFFERS
    assert "S8" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["kg-2007"], "two laws or more"),
        (["kg-2007", "kg-1993"], "no such edition or law: kg-1993"),
        (["kg-2007", "2018-02-30"], "no day like 2012-06-01: 2018-02-30"),
        (["kg-2007", "20180228"], "no day like 2012-06-01: 20180228"),
        (["kg-2007", "9999-01-01"], "9999-01-01 (years are 1900 to 2200)"),
        (["kg-2007", "1990-01-01"], "on 1990-01-01 no constitution was in force"),
        (["kg-2007", "kg-law-101-2011"], "it stands under kg-2010"),
        (["kg-2007", ","], "name a law"),
        (["kg-2007", "kg-2010", "--topic", "S99"], "no such topic: S99"),
    ],
)
def test_what_cannot_be_compared_is_said(words: list[str], why: str, capsys) -> None:
    assert main(["compare", *words]) == CANNOT_BE_ANSWERED
    said = capsys.readouterr()
    assert why in said.err and not said.out


def test_the_regimes_of_choosing_the_head_in_a_chain(capsys) -> None:
    days = "2012-01-01", "2018-03-01", "2022-01-01"
    shown = answer(capsys, "compare", "kg-2007", "kg-2010", *days, "--topic", "S8")["chain"]
    first, statute, share, since = (
        " ".join(one["topics"]["S8"]["sentences"]["en"]) for one in shown
    )
    assert "2010 – allowed only if a law sets the order of electing the head (no law that" in first
    assert "at least 2/3" in statute and "Prime Minister" in statute
    assert "at least 2/3" in share and "more than 1/2" in share
    assert "Appoint the head" in since


def test_an_edition_with_its_statutes(capsys) -> None:
    shown = answer(capsys, "compare", "kg-2010", "kg-2010+laws")
    assert shown["b"] == list(packs.load().pinned("kg-2010"))
    listed = answer(capsys, "compare", "kg-2010", "kg-2010,kg-law-127-2013")
    assert set(listed["topics"]) < set(shown["topics"])


def test_a_page_that_needs_nothing_else(capsys) -> None:
    main(["compare", "kg-2007", "kg-2010", "--html", "--language", "ky"])
    html = capsys.readouterr().out
    assert html.startswith('<!doctype html><html lang="ky">') and html.count("<h3>") == 14


def test_a_yardstick_tells_its_principles(capsys) -> None:
    shown = answer(capsys, "compare", "eclsg", "kg-2010")
    assert {"met", "cannot_be_asked"} <= {one["answer"] for one in shown["principles"]}
    assert main(["compare", "eclsg", "kg-2010", "--language", "ky"]) == DIFFERS
    said = capsys.readouterr().out
    assert "Сакталат" in said and not said.startswith("1985")


def test_what_neither_allows_is_shown_when_asked_for(capsys) -> None:
    main(["compare", "kg-2007", "kg-2010", "--topic", "S8"])
    folded = capsys.readouterr().out
    assert "… and 2 more" in folded
    main(["compare", "kg-2007", "kg-2010", "--topic", "S8", "--all"])
    whole = capsys.readouterr().out
    assert "--all" not in whole and whole.count("\n  - ") == folded.count("\n  - ") + 2


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    words = [sys.executable, "-m", "kerege", "compare", "kg-2007", "kg-2010", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == CANNOT_BE_ANSWERED


def test_a_table_is_written(capsys) -> None:
    table = Table.from_json(answer(capsys, "table", "kg-2010"))
    assert table.digest == packs.load().rulebook(("kg-2010",)).digest
    assert main(["table", "kg-2010"]) == HOLDS
    assert "compressed" in capsys.readouterr().out
    assert main(["table", "kg-1993"]) == CANNOT_BE_ANSWERED


def test_a_comparison_is_proved(capsys) -> None:
    shown = answer(capsys, "prove", "kg-2007", "kg-2010")
    assert shown["holds"] and all(claim["holds"] for claim in shown["claims"])
    assert main(["prove", "kg-2007", "kg-1993"]) == CANNOT_BE_ANSWERED
