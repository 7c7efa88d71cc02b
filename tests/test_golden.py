"""Golden registers: what was once written is read, folded and judged the same by this release.

The files are registers of the demonstration, one canonical entry a line; ``tools/golden.sh`` writes
them anew, and the difference is then read by a person.
"""

import json
from pathlib import Path

import pytest

from kerege.constitution import packs
from kerege.constitution.question import question
from kerege.municipality.acts import ACTS
from kerege.municipality.country import law_of
from kerege.municipality.entry import Entry, read
from kerege.municipality.fold import fold
from kerege.municipality.judging import judge
from kerege.municipality.municipality import Municipality
from kerege.register.canonical import canonical
from tests.cast import dump, the_history

FILES = sorted(Path(__file__).parent.joinpath("registers").glob("*.jsonl"))


@pytest.fixture(scope="module")
def country() -> Municipality:
    return the_history().m


def lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines()


def entries(file: Path) -> list[Entry]:
    return [read(json.loads(line)) for line in lines(file)]


def test_there_are_golden_registers():
    assert FILES, "tools/golden.sh writes them"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_line_is_the_entry_it_was(file):
    for line, entry in zip(lines(file), entries(file), strict=True):
        assert canonical(entry.json()) == line


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_it_folds_in_one_go_and_entry_by_entry(file):
    whole, pieces = fold(entries(file), ACTS), Municipality()
    for entry in entries(file):
        fold([entry], ACTS, pieces)
    assert whole.size == len(lines(file)) and dump(whole) == dump(pieces)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_entry_is_judged_the_same(file, country):
    """Asked again by its stored question, and asked anew from the register as it was then."""
    known, m, judged = packs.load(), Municipality(), 0
    for n, entry in enumerate(entries(file)):
        act = ACTS[entry.act].read(entry.fields)
        act.check(m, entry.actor, entry.held_on)
        if entry.question is not None:
            book = known.rulebook(law_of(m, country, known, entry.held_on))
            where = f"{file.stem} {n} {entry.act}"
            assert book.rule(question(entry.question)).json() == entry.ruling, where
            again = judge(m, act, entry.actor, entry.held_on, book)
            assert again.question.json() == entry.question, where
            assert again.rests_on == entry.rests_on, where
            judged += 1
        fold([entry], ACTS, m)
    assert judged > len(lines(file)) // 2
