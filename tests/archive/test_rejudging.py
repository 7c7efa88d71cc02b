"""Rulings asked again: by two programs, each question once."""

import json
from typing import Any

import pytest

from kerege.archive.found_wrong import Report
from kerege.archive.rejudging import Rejudging
from kerege.constitution import packs, plain
from kerege.constitution.question import Question, Ruling
from kerege.municipality import entry as entries
from tests.archive.making import entries_of, rulebooks

RULED = next(line for line in entries_of() if b'"answer":"permitted"' in line)


class Books:
    """A source of rulebooks that counts how often they are read."""

    live = bare = False

    def __init__(self) -> None:
        self.read_ = 0

    def read(self, path: str, most: int = 0) -> bytes | None:
        self.read_ += 1
        return packs.text_of(rulebooks()[path.removeprefix("rulebooks/")]).encode()

    def lines(self) -> None:
        return None

    def names(self, folder: str) -> None:
        return None


class Wayward:
    """An engine that lets everything pass, or falls over."""

    def __init__(self, text: str, error: Exception | None = None) -> None:
        self.error = error
        self.digest = plain.from_text(text).digest
        self.vocabulary = packs.load().vocabulary
        self.asked = 0

    def rule(self, asked: Question) -> Ruling:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return Ruling("unregulated", ())


def entry(**changes: Any) -> entries.Entry:
    return entries.read({**json.loads(RULED), **changes})


def test_two_programs_that_differ_are_told() -> None:
    report = Report()
    Rejudging(report, Books(), Wayward).take(7, entry())
    assert [(p.code, p.entry) for p in report.problems] == [("engines_disagree", 7)]


@pytest.mark.parametrize("error", [RuntimeError("…"), ValueError("…"), KeyError("…")])
def test_a_program_that_falls_over_is_told(error: Exception) -> None:
    report = Report()
    judging = Rejudging(report, Books(), lambda text: Wayward(text, error))
    judging.take(7, entry())
    assert report.codes() == {"cannot_judge"}


def test_what_is_asked_twice_is_judged_once() -> None:
    report, books, engines = Report(), Books(), []

    def engine(text: str) -> Wayward:
        engines.append(Wayward(text))
        return engines[-1]

    judging = Rejudging(report, books, engine)
    for n in range(50):
        judging.take(n, entry(id=f"{n}"))
    assert (books.read_, engines[0].asked, len(report.problems)) == (1, 1, 50)
    judging.take(50, entry(standing="exempt"))
    assert engines[0].asked == 2


@pytest.mark.parametrize(
    ("reason", "codes"), [(" ", {"not_put", "bad_standing"}), ("…", {"not_put"})]
)
def test_a_contested_act_needs_a_reason(reason: str, codes: set[str]) -> None:
    report = Report()
    said = entry(standing="contested", reason=reason, question=None, ruling=None, digest="")
    Rejudging(report, Books()).take(7, said)
    assert report.codes() == codes
