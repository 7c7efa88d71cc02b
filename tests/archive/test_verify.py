"""Judging an export again: what does not hold is told, what is no register is not judged."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kerege.archive.export import REGISTER, write
from kerege.archive.reading import Unreadable
from kerege.archive.verify import verify
from kerege.constitution import packs
from kerege.register.canonical import canonical
from tests.cast import NEW, naryn


@pytest.fixture
def folder(tmp_path) -> Path:
    town = naryn(*NEW)
    town.hold_session()
    leaves = [canonical(entry.json()) for entry in town.entries]
    write(tmp_path, leaves, {town.book.digest: packs.text_of(town.book)}, b"")
    (tmp_path / "checkpoint").unlink()
    return tmp_path


def last(folder: Path, **changed: Any) -> int:
    """Change the last entry; its number."""
    lines = (folder / REGISTER).read_bytes().splitlines(keepends=True)
    leaf = canonical({**json.loads(lines[-1]), **changed})
    (folder / REGISTER).write_bytes(b"".join([*lines[:-1], leaf + b"\n"]))
    return len(lines) - 1


def test_an_export_holds(folder):
    report = verify(folder)
    assert report.ok and report.size == 11 and len(report.root) == 64


def test_another_answer_is_found(folder):
    n = last(folder, ruling={"answer": "forbidden", "norms": [], "missing": []})
    said = "the rulebook answers not_stated, the entry says forbidden"
    assert verify(folder).problems == [f"entry {n}: {said}"]


def test_an_act_nobody_knows_does_not_fold(folder):
    n = last(folder, act="ElectKing")
    assert verify(folder).problems == [f"entry {n} cannot be folded: ElectKing"]


@pytest.mark.parametrize("kept", ["ruling", "question"])
@pytest.mark.parametrize("said", [{}, {"answer": 1, "norms": None, "missing": []}])
def test_a_question_or_ruling_that_lacks_a_part_is_told(folder, kept, said):
    n = last(folder, **{kept: said})
    (problem,) = verify(folder).problems
    assert problem.startswith(f"entry {n}: its rulebook cannot be asked: ")


def test_a_rulebook_that_is_gone_is_told(folder):
    shutil.rmtree(folder / "rulebooks")
    (problem,) = verify(folder).problems
    assert problem.startswith("entry 10: its rulebook cannot be asked: ")


@pytest.mark.parametrize("note", [b"\xff", b"kerege\n9\nAAAA\n"])
def test_a_checkpoint_that_cannot_be_read_is_told(folder, note):
    (folder / "checkpoint").write_bytes(note)
    (problem,) = verify(folder).problems
    assert problem.startswith("the checkpoint cannot be read: ")


@pytest.mark.parametrize("rest", [b"{", b"{\n", b"[" * 10_000_000])
def test_a_line_that_is_no_entry_leaves_nothing_to_judge(folder, rest):
    with (folder / REGISTER).open("ab") as file:
        file.write(rest)
    with pytest.raises(Unreadable, match=r"^entry 11 cannot be read: "):
        verify(folder)


def test_a_folder_without_a_register_is_told(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read: No such file"):
        verify(tmp_path)
