"""What a verification found, in three languages and safe to show."""

import re
from pathlib import Path

import pytest

from kerege.archive.found_wrong import MOST_TOLD, Report, say, shown_safely
from kerege.words import LANGUAGES, shipped

ROOM = Path(__file__).resolve().parents[2] / "kerege" / "archive"
CODE = "\n".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))


def test_every_sentence_is_said_and_every_code_has_one() -> None:
    words = shipped("archive", "verify")
    for key in words:
        part, _, name = key.partition(".")
        assert f'"{name if part in ("found", "note") else key}"' in CODE, key
    for kind in ("found", "note"):
        for code in re.findall(rf'report\.{kind}\(\s*"(\w+)"', CODE):
            assert f"{kind}.{code}" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_names_its_entry(language: str) -> None:
    report = Report()
    report.found("altered", 17, file="register.jsonl")
    (problem,) = report.problems
    assert "17" in problem.says(language) and "register.jsonl" in problem.says(language)
    assert problem.json(language) == {
        "code": "altered",
        "entry": 17,
        "says": problem.says(language),
    }


def test_a_problem_is_told_once_and_not_without_end() -> None:
    report = Report()
    for n in range(2 * MOST_TOLD):
        report.found("no_key")
        report.found("not_put", n)
    assert len(report.problems) == MOST_TOLD and not report.ok
    assert report.codes() == {"no_key", "not_put"}


def test_what_a_register_says_cannot_play_with_a_terminal() -> None:
    said = say("slip.actor", "en", actor="a\x1b[2J\u202eb\n" + "c" * 1000)
    assert said.isprintable() and len(said) < 500
    assert shown_safely("Нарын {size}") == "Нарын {size}"


def test_every_code_is_explained_to_readers() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "trust.md").read_text("utf-8")
    part = docs.partition("## What `kerege verify` says")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)` \| \S.*\|$", part, re.MULTILINE)
    codes = [key.partition(".")[2] for key in shipped("archive", "verify") if _is_code(key)]
    assert sorted(explained) == sorted(codes)


def _is_code(key: str) -> bool:
    return key.startswith(("found.", "note."))


def test_what_is_not_as_it_was_signed_is_told_before_what_follows_from_it() -> None:
    report = Report()
    for n in range(MOST_TOLD + 5):
        report.found("rests_on_later", n)
    report.found("truncated", 60, file="register.jsonl", size=61)
    report.found("altered", file="register.jsonl")
    report.found("altered", file="register.jsonl")
    assert [one.code for one in report.problems[:3]] == ["truncated", "altered", "rests_on_later"]
    assert len(report.problems) == MOST_TOLD
