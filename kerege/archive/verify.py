"""Judging an export again: bytes, fold and rulings, without Django and without us.

Checks that the checkpoint (if any) is the root of the lines, that the entries fold, and that each
ruling is what its own rulebook says to its own question. A line that is no entry in canonical form
leaves nothing to check.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from kerege.archive.export import REGISTER
from kerege.archive.reading import leaves
from kerege.constitution.packs import from_text
from kerege.constitution.question import question, ruling
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.register import checkpoint, merkle


@dataclass(slots=True)
class Report:
    size: int = 0
    root: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(folder: Path) -> Report:
    """Check an export folder; every problem is a sentence that names the entry. Raises Unreadable
    where there is nothing to judge: no file, or a line that is no entry."""
    report = Report()
    m = Municipality()
    books: dict[str, Rulebook] = {}
    frontier = merkle.Frontier()
    for n, (line, entry) in enumerate(leaves(folder / REGISTER)):
        frontier.append(merkle.leaf_hash(line))
        try:
            fold([entry], ACTS, m)
        except (ValueError, LookupError, TypeError) as error:
            report.problems.append(f"entry {n} cannot be folded: {error}")
            return report
        problem = _judged_again(entry, folder, books)
        if problem:
            report.problems.append(f"entry {n}: {problem}")
    report.size, report.root = m.size, frontier.root().hex()
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
        again, said = book.rule(question(entry.question)), ruling(entry.ruling)
    except (OSError, ValueError, KeyError, TypeError, LawFailed) as error:
        return f"its rulebook cannot be asked: {error}"
    if again != said:
        return f"the rulebook answers {again.answer}, the entry says {said.answer}"
    return ""


def _check_head(folder: Path, report: Report, frontier: merkle.Frontier) -> None:
    path = folder / "checkpoint"
    if not path.exists():
        return
    try:
        head = checkpoint.parse(path.read_text("utf-8").split("\n\n")[0] + "\n")
    except (OSError, ValueError) as error:
        report.problems.append(f"the checkpoint cannot be read: {error}")
        return
    if (head.size, head.root) != (report.size, frontier.root()):
        report.problems.append("the checkpoint is not the root of these entries")
