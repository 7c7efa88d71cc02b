"""What the verifier in one file cannot do: fold the entries, and ask Cedar.

It needs the acts of this release and their packages, so ``verify`` imports it only when it is asked
for everything.
"""

from kerege.archive.found_wrong import Report
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


def cedar(text: str) -> Rulebook:
    """The rulebook kept as text, asked by way of Cedar; raises ValueError."""
    return from_text(text)
