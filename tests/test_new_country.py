"""A new country is text: the steps of docs/new-country.md, run as they are written there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kerege.__main__ import main
from kerege.constitution import packs

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/new-country.md").read_text("utf-8")
LINES = [line.strip().split("  ")[0] for line in PAGE.splitlines() if line.startswith("    ")]
COMMANDS = [shlex.split(line) for line in LINES if line.startswith("kerege ")]


@pytest.fixture
def country(tmp_path, monkeypatch) -> Path:
    """A checkout in which the template was copied, as the first step says."""
    room = tmp_path / "kerege/editions"
    shutil.copytree(ROOT / "kerege/editions", room)
    shutil.copytree(room / "_template", room / "xx")
    (tmp_path / "new-law.md").write_bytes((ROOT / "tests/laws/direct-election.md").read_bytes())
    monkeypatch.setattr(packs, "ROOM", room)
    monkeypatch.chdir(tmp_path)
    return room / "xx"


def test_the_page_begins_with_the_copy_that_is_made_here():
    assert LINES[0] == "cp -r kerege/editions/_template kerege/editions/xx"
    assert {words[1] for words in COMMANDS} == {"check-law", "ask", "compare", "add-law"}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_of_the_page_answers(country, capsys, words):
    # An answer of 1 is an answer: a law that does not allow it, two laws that differ.
    assert main(words[1:]) in (0, 1)
    said = capsys.readouterr()
    assert said.out and not said.err
    if words[1] in ("check-law", "add-law"):
        assert "hold" in said.out


def test_a_mistake_is_told_in_the_file_it_is_in(country, capsys):
    file = country / "constitution-0000.md"
    file.write_text(file.read_text("utf-8").replace('"kenesh"', '"council"', 1), "utf-8")
    assert main(["check-law", str(country)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("constitution-0000.md, Local budget, line 27: ")
    assert 'Actor::"council"' in said


def test_every_mistake_is_told_at_once(country, capsys):
    file, law = country / "constitution-0000.md", country / "laws/law-0000.md"
    right, other = file.read_text("utf-8"), law.read_text("utf-8")
    # What cannot be read, in both files.
    wrong = right.replace("topic:", "tpoic:").replace("grade:", "grade: Z", 1)
    file.write_text(wrong, "utf-8")
    law.write_text(other.replace("source:", "sauce:"), "utf-8")
    assert main(["check-law", str(country)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(set(said))
    for part in ("unknown line 'tpoic:'", "grade is 'Z", "unknown line 'sauce:'", "no source"):
        assert any(part in one for one in said), part
    # Rules that cannot be, again in both.
    file.write_text(right.replace('"kenesh"', '"council"', 1), "utf-8")
    law.write_text(re.sub(r'Action::"\w+"', 'Action::"Sing"', other), "utf-8")
    assert main(["check-law", str(country)]) == 1
    said = capsys.readouterr().out
    assert 'Actor::"council"' in said and 'Action::"Sing"' in said
    # Examples that are answered otherwise.
    file.write_text(right, "utf-8")
    swapped, rows = re.subn(r"\| (permitted|forbidden) \|", "| unregulated |", other)
    law.write_text(swapped, "utf-8")
    assert main(["check-law", str(country)]) == 1
    assert capsys.readouterr().out.count("the example says unregulated") == rows > 1


def test_a_line_that_no_record_has_is_told(capsys, tmp_path):
    charter = Path("kerege/editions/kg/laws/typical-charter-2022.md").read_text("utf-8")
    room = tmp_path / "kg"
    shutil.copytree("kerege/editions/kg", room)
    file = room / "laws/typical-charter-2022.md"
    wrong = charter.replace('same = "meeting_year"', 'same = "meeting_yeer"')
    assert wrong != charter
    file.write_text(wrong, "utf-8")
    assert main(["check-law", str(room)]) == 1
    at = wrong[: wrong.index("meeting_yeer")].count("\n") + 1
    said = capsys.readouterr().out
    assert f"line {at}: toml, duty: meeting.twice: no record has the line 'meeting_yeer'" in said


def test_a_country_of_its_own_is_measured_by_the_yardstick(country, capsys):
    main(["compare", "eclsg", "xx-0000"])
    said = capsys.readouterr().out
    assert "Norms: xx-0000/budget.adopt (Article 1; M)" in said
    assert "The vocabulary of the law has no word for: Elect the members of the council" in said
