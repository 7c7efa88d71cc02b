"""``kerege replay`` and ``kerege verify``: registers outside the house."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from kerege.__main__ import main
from kerege.constitution import packs
from kerege.municipality.chronicle import law_on

HOLDS, DIFFERS, CANNOT_BE_ANSWERED = 0, 1, 2
REGISTERS = Path(__file__).resolve().parents[1] / "registers"
ON_ARCHA = str(REGISTERS / "on-archa.jsonl")


def replay(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["replay", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_what_another_edition_would_have_refused_and_what_falls_with_it(capsys):
    code, out, _ = replay(capsys, ON_ARCHA, "--under", "kg-2007", "--json")
    told = json.loads(out)
    assert code == DIFFERS
    assert (told["register"], told["under"]) == (ON_ARCHA, list(packs.load().pinned("kg-2007")))
    assert told["size"] == len(Path(ON_ARCHA).read_bytes().splitlines())
    assert told["refused"] and told["fallen"]
    (elected,) = [one["n"] for one in told["refused"] if one["act"] == "ElectHead"]
    published = [one for one in told["fallen"] if one["act"] == "PublishDraftBudget"]
    assert published and all(one["because"] == [elected] for one in published)
    # Money of the republican budget has no ground there, whoever spends it.
    assert "Spend" in {one["act"] for one in told["refused"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [("ky", "эгерде"), ("ru", "что если бы"), ("en", "what if")],
)
def test_it_is_told_in_three_languages(capsys, language, words):
    code, out, _ = replay(capsys, ON_ARCHA, "--under", "kg-2010", "--language", language)
    assert code == DIFFERS and words in out


def test_an_exported_folder_is_a_register_and_nothing_refused_is_no_difference(capsys, tmp_path):
    lines = Path(ON_ARCHA).read_bytes().splitlines(keepends=True)
    (tmp_path / "register.jsonl").write_bytes(b"".join(lines[:8]))
    code, out, _ = replay(capsys, str(tmp_path), "--under", "kg-2007", "--json")
    told = json.loads(out)
    assert (code, told["size"], told["refused"], told["fallen"]) == (HOLDS, 8, [], [])


def test_the_law_of_a_day_and_packs_by_name(capsys):
    for said, ids in (
        ("2010-06-27", ["kg-2010", *law_on(date(2010, 6, 27))[1:]]),
        ("kg-2010,kg-law-101-2011", ["kg-2010", "kg-law-101-2011"]),
    ):
        _, out, _ = replay(capsys, ON_ARCHA, "--under", said, "--json")
        assert json.loads(out)["under"] == ids


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([ON_ARCHA, "--under", "kg-1993"], "no such edition or law: kg-1993"),
        ([ON_ARCHA, "--under", "kg-2010,kg-x"], "no such edition or law: kg-x"),
        ([ON_ARCHA, "--under", "kg-law-101-2011"], "kg-law-101-2011 is no constitution"),
        ([ON_ARCHA, "--under", "kg-2007,kg-law-101-2011"], "stands under"),
        ([ON_ARCHA, "--under", "1999-01-01"], "no constitution is known to be in force"),
        ([str(Path(__file__)), "--under", "kg-2010"], "entry 0 cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_said_and_nothing_told(capsys, words, why):
    code, out, err = replay(capsys, *words)
    assert (code, out) == (CANNOT_BE_ANSWERED, "")
    assert err.startswith("kerege replay: ") and why in err


def test_an_entry_that_cannot_be_lived_is_named(capsys, tmp_path):
    file = tmp_path / "register.jsonl"
    shutil.copy(ON_ARCHA, file)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:5], lines[5].replace(b'"HoldSession"', b'"ElectKing"')]))
    code, out, err = replay(capsys, str(file), "--under", "kg-2010")
    assert (code, out, err) == (CANNOT_BE_ANSWERED, "", "kerege replay: entry 5: ElectKing\n")


@pytest.mark.parametrize("rest", [b"{", b"{\n", b"[" * 70_000, b"[" * 60_000 + b"\n"])
@pytest.mark.parametrize("command", [("verify",), ("replay", "--under", "kg-2010")])
def test_a_line_that_is_no_entry_is_told_by_its_number(capsys, tmp_path, command, rest):
    lines = Path(ON_ARCHA).read_bytes().splitlines(keepends=True)
    (tmp_path / "register.jsonl").write_bytes(b"".join([*lines[:8], rest]))
    code = main([command[0], str(tmp_path), *command[1:]])
    said = capsys.readouterr()
    assert (code, said.out) == (CANNOT_BE_ANSWERED, "")
    assert said.err.startswith(f"kerege {command[0]}: entry 8 cannot be read: ")


def test_a_folder_without_a_register_cannot_be_verified(capsys, tmp_path):
    assert main(["verify", str(tmp_path)]) == CANNOT_BE_ANSWERED
    assert "register.jsonl cannot be read" in capsys.readouterr().err
