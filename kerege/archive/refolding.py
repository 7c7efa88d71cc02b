"""What the verifier in one file cannot do: fold the entries, find their facts again, and ask Cedar.

A question carries facts. They are found again in the municipality as the entries before make it,
with the rulebook that the entry names. Where they differ, that is a note: a release to come may
find facts in another way.

It needs the acts of this release and their packages, so ``verify`` imports it only when it is asked
for everything.
"""

import json
from collections.abc import Callable, Mapping

from kerege.archive.found_wrong import Report
from kerege.archive.rejudging import Book
from kerege.constitution import packs
from kerege.constitution.packs import from_text
from kerege.constitution.question import question
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.judging import put
from kerege.municipality.municipality import Municipality

# No more entries are named whose facts differ.
MOST_NAMED = 20


class Refolding:
    """Takes the entries of one register, up to the first that cannot be folded; ``book`` gives the
    rulebook of a digest, None where it cannot be asked."""

    def __init__(self, report: Report, book: Callable[[str], Book | None]) -> None:
        self._report, self._book = report, book
        self._named = 0
        self._m: Municipality | None = Municipality()

    def take(self, n: int, entry: Entry) -> None:
        if self._m is None:
            return
        if entry.question is not None and self._named < MOST_NAMED:
            self._find_again(self._m, n, entry)
        try:
            fold([entry], ACTS, self._m)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            self._report.found("cannot_fold", n, why=error)
            # Half changed, and of no further use.
            self._m = None

    def _find_again(self, m: Municipality, n: int, entry: Entry) -> None:
        book = self._book(entry.digest)
        # Without either, it is told that the ruling cannot be asked again.
        if not isinstance(book, Rulebook) or not isinstance(entry.question, Mapping):
            return
        try:
            said = question(entry.question)
            act = ACTS[entry.act].read(entry.fields)
            found, _ = put(m, act, entry.actor, entry.held_on, book)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            self._name(n, str(error))
            return
        names = {*said.facts, *found.facts}
        others = [one for one in names if said.facts.get(one) != found.facts.get(one)]
        if (said.object, said.place) != (found.object, found.place):
            others.append("object, place")
        if others:
            self._name(n, ", ".join(sorted(others)))

    def _name(self, n: int, why: str) -> None:
        self._report.note("other_facts", n, why=why)
        self._named += 1


def ours(text: str) -> bool:
    """Whether the vocabulary and every edition of a rulebook kept as text came with this release;
    a statute that was added beside it, or an earlier release, is no fault."""
    data = json.loads(text)
    for country in packs.countries():
        known = packs.load(country)
        texts = {edition.text for edition in known.editions.values()}
        if data["vocabulary"] == known.vocabulary.text:
            return texts >= {str(one["text"]) for one in data["editions"]}
    return False


def cedar(text: str) -> Rulebook:
    """The rulebook kept as text, asked by way of Cedar; raises ValueError."""
    return from_text(text)
