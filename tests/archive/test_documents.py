"""Papers: each is what its name says; one that is not there is no problem."""

from hashlib import sha256
from pathlib import Path

from kerege.archive.documents import Documents
from kerege.archive.found_wrong import Report
from kerege.archive.source import Folder
from kerege.municipality import entry as entries
from kerege.register import canonical
from tests.archive.making import changed, entries_of

PAPER = b"a paper"
NAME = sha256(PAPER).hexdigest()
EVIDENCE = {"number": "1", "date": "2010-01-01", "sha256": NAME}


def looked_at(folder: Path, *lines: bytes) -> Report:
    report = Report()
    documents = Documents(report, Folder(folder))
    for n, line in enumerate(lines):
        documents.take(n, entries.read(canonical.read(line)))
    documents.end()
    return report


def put(folder: Path, name: str, data: bytes) -> None:
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / name).write_bytes(data)


def test_a_paper_that_is_there_is_what_its_name_says(tmp_path: Path) -> None:
    named = changed(entries_of()[3], evidence=EVIDENCE)
    put(tmp_path, NAME, PAPER)
    report = looked_at(tmp_path, entries_of()[0], named)
    assert report.ok and not report.notes
    put(tmp_path, NAME, b"another")
    (problem,) = looked_at(tmp_path, entries_of()[0], named).problems
    assert (problem.code, problem.entry) == ("bad_document", 1)


def test_a_paper_that_is_not_there_is_told_and_no_problem(tmp_path: Path) -> None:
    other = changed(entries_of()[4], fields={"document": "0" * 64})
    report = looked_at(tmp_path, changed(entries_of()[3], evidence=EVIDENCE), other)
    assert report.ok and [str(n) for n in report.notes] == ["Papers that are named and not here: 2"]


def test_a_stray_file_among_the_papers_is_told_and_no_problem(tmp_path: Path) -> None:
    put(tmp_path, NAME, PAPER)
    put(tmp_path, ".DS_Store", b"\0")
    report = looked_at(tmp_path)
    assert report.ok and [note.code for note in report.notes] == ["no_papers"]


def test_a_paper_that_no_entry_names_is_looked_at_too(tmp_path: Path) -> None:
    put(tmp_path, NAME, b"another")
    (problem,) = looked_at(tmp_path).problems
    assert (problem.code, problem.entry) == ("bad_document", None)


def erasing(entry: int, *names: str) -> bytes:
    line = changed(entries_of()[4], fields={"entry": entry, "names": list(names), "ground": "…"})
    return changed(line, act="ErasePersonal")


def test_a_paper_that_was_erased_is_told_apart_and_missed_where_it_still_lies(
    tmp_path: Path,
) -> None:
    named = changed(entries_of()[3], evidence=EVIDENCE)
    other = changed(entries_of()[4], fields={"document": NAME})
    once = (named, other, erasing(0, "evidence"))
    # Another entry names it still.
    (note,) = looked_at(tmp_path, *once).notes
    assert note.code == "papers_not_here"
    (note,) = looked_at(tmp_path, *once, erasing(1, "document", "title")).notes
    assert (note.code, note.slots["many"]) == ("papers_erased", 1)
    put(tmp_path, NAME, PAPER)
    (note,) = looked_at(tmp_path, *once, erasing(1, "document")).notes
    assert (note.code, note.slots["file"]) == ("erased_paper_here", f"documents/{NAME}")
    assert not looked_at(tmp_path, *once, erasing(7, "evidence")).notes


def test_an_erasure_that_says_nothing_clear_erases_nothing(tmp_path: Path) -> None:
    named = changed(entries_of()[3], evidence=EVIDENCE)
    for fields in ({}, {"entry": "0", "names": ["evidence"]}, {"entry": 0, "names": [7, "x"]}):
        line = changed(entries_of()[4], act="ErasePersonal", fields=fields)
        (note,) = looked_at(tmp_path, named, line).notes
        assert note.code == "papers_not_here"
