"""Judging an export again: bytes, fold and rulings, without Django and without us.

Checks that every line is canonical, that the checkpoint (if any) is the root of the lines, that the
entries fold, and that each ruling is what its own rulebook says to its own question.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from kerege.constitution.packs import from_text
from kerege.constitution.question import question, ruling
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry, read
from kerege.municipality.fold import UnknownAct, fold
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.register import canonical, checkpoint, merkle


@dataclass(slots=True)
class Report:
    size: int = 0
    root: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(folder: Path) -> Report:
    """Check an export folder; every problem is a sentence that names the entry."""
    report = Report()
    m = Municipality()
    books: dict[str, Rulebook] = {}
    frontier = merkle.Frontier()
    try:
        lines = (folder / "register.jsonl").read_bytes().split(b"\n")[:-1]
    except OSError as error:
        report.problems.append(f"register.jsonl cannot be read: {error.strerror}")
        return report
    for n, line in enumerate(lines):
        frontier.append(merkle.leaf_hash(line))
        try:
            entry = read(canonical.read(line))
            fold([entry], ACTS, m)
        except (ValueError, KeyError, TypeError, UnknownAct, Malformed) as error:
            report.problems.append(f"entry {n} cannot be read: {error}")
            return report
        problem = _judged_again(entry, folder, books)
        if problem:
            report.problems.append(f"entry {n}: {problem}")
    report.size, report.root = len(lines), frontier.root().hex()
    _check_head(folder, report, frontier)
    return report


def _judged_again(entry: Entry, folder: Path, books: dict[str, Rulebook]) -> str:
    if entry.question is None or entry.ruling is None:
        return ""
    if not re.fullmatch(r"[0-9a-f]{64}", entry.digest):
        return "its digest is not a SHA-256"
    try:
        if entry.digest not in books:
            text = (folder / "rulebooks" / entry.digest).read_text("utf-8")
            books[entry.digest] = from_text(text)
        book = books[entry.digest]
        if book.digest != entry.digest:
            return "its rulebook has another digest"
        again = book.rule(question(entry.question))
    except (OSError, ValueError, KeyError, LawFailed) as error:
        return f"its rulebook cannot be asked: {error}"
    if again != ruling(entry.ruling):
        return f"the rulebook answers {again.answer}, the entry says {entry.ruling['answer']}"
    return ""


def _check_head(folder: Path, report: Report, frontier: merkle.Frontier) -> None:
    path = folder / "checkpoint"
    if not path.exists():
        return
    text = path.read_text("utf-8").split("\n\n")[0] + "\n"
    try:
        head = checkpoint.parse(text)
    except ValueError as error:
        report.problems.append(f"the checkpoint cannot be read: {error}")
        return
    if (head.size, head.root) != (report.size, frontier.root()):
        report.problems.append("the checkpoint is not the root of these entries")
