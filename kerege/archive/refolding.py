"""What the verifier in one file cannot do: fold the entries, and ask Cedar.

It needs the acts of this release and their packages, so ``verify`` imports it only when it is asked
for everything.
"""

import json

from kerege.archive.found_wrong import Report
from kerege.constitution import packs
from kerege.constitution.packs import from_text
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality


class Refolding:
    """Takes the entries of one register, up to the first that cannot be folded."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._m: Municipality | None = Municipality()

    def take(self, n: int, entry: Entry) -> None:
        if self._m is None:
            return
        try:
            fold([entry], ACTS, self._m)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            self._report.found("cannot_fold", n, why=error)
            # Half changed, and of no further use.
            self._m = None


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
