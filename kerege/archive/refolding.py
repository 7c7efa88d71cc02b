"""What the verifier in one file cannot do: fold the entries, find their facts again, and ask Cedar.

A question carries facts, and an entry says on which others they rest. Both are found again in the
municipality as the entries before make it, with the rulebook that the entry names, and the gate is
asked again (``rechecking.py``). What differs is a problem where every word of that rulebook is of
this release, whose acts then find facts as they were found; else it is a note: another release may
find them in another way.

It needs the acts of this release and their packages, so ``verify`` imports it only when it is asked
for everything.
"""

from collections.abc import Callable, Iterable, Mapping

from kerege.archive.found_wrong import MOST_TOLD, Report, Saying
from kerege.archive.rechecking import Rechecking, why_not
from kerege.archive.rejudging import Book
from kerege.constitution.packs import from_text
from kerege.constitution.question import question
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.judging import put
from kerege.municipality.municipality import Municipality

# No more entries are noted that other rules than these let pass.
MOST_NAMED = 20


# What each problem is called where it is none.
OTHERWISE = {
    "bad_facts": "other_facts",
    "bad_grounds": "other_grounds",
    "bad_act": "other_rules",
    "bad_late": "other_late",
    "not_entitled": "other_rights",
}


class Refolding:
    """Takes the entries of one register, up to the first that cannot be folded; ``book`` gives the
    rulebook of a digest, None where it cannot be asked, and ``own`` says whether all of it came
    with this release."""

    def __init__(
        self,
        report: Report,
        book: Callable[[str], Book | None],
        own: Callable[[str], bool] = lambda digest: True,
    ) -> None:
        self._report, self._book, self._own = report, book, own
        self._m: Municipality | None = Municipality()
        self._again = Rechecking()
        self._found: list[tuple[str, int, Saying]] = []
        self._doubted: list[tuple[str, int, Saying]] = []
        # Of an entry that names no rulebook, the last that was named decides.
        self._ours = True

    def take(self, n: int, entry: Entry) -> None:
        if self._m is None:
            return
        if entry.question is not None:
            self._ours = self._own(entry.digest)
        for code, why in self._again.wrong(self._m, n, entry):
            self._tell(n, code, why)
        if entry.question is not None:
            self._find_again(self._m, n, entry)
        elif entry.rests_on:
            self._tell(n, "bad_grounds", _numbers([]))
        try:
            fold([entry], ACTS, self._m)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            self._report.found("cannot_fold", n, why=why_not(entry, error))
            # Half changed, and of no further use.
            self._m = None

    def end(self, size: int) -> None:
        """Tell what was found of the first ``size`` entries. Not asked for where other entries were
        signed than were taken: who signs said none of this."""
        for code, n, why in self._found:
            if n < size:
                self._report.found(code, n, why=why)
        for code, n, why in self._doubted:
            if n >= size:
                break
            self._report.doubted.add(n)
            if len(self._report.doubted) <= MOST_NAMED:
                self._report.note(code, n, why=why)

    def _find_again(self, m: Municipality, n: int, entry: Entry) -> None:
        book = self._book(entry.digest)
        # Without either, it is told that the ruling cannot be asked again.
        if not isinstance(book, Rulebook) or not isinstance(entry.question, Mapping):
            return
        try:
            said = question(entry.question)
            act = self._again.act or ACTS[entry.act].read(entry.fields)
            found, rests_on = put(m, act, entry.actor, entry.held_on, book)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            self._tell(n, "bad_facts", why_not(entry, error))
            return
        names = {*said.facts, *found.facts}
        others = [one for one in names if said.facts.get(one) != found.facts.get(one)]
        if (said.object, said.place) != (found.object, found.place):
            others.append("object, place")
        if others:
            named = ", ".join(sorted(others))
            self._tell(n, "bad_facts", lambda language: named)
        if entry.rests_on != rests_on:
            self._tell(n, "bad_grounds", _numbers(rests_on))

    def _tell(self, n: int, code: str, why: Saying) -> None:
        if not self._ours:
            self._doubted.append((OTHERWISE[code], n, why))
        elif len(self._found) < MOST_TOLD:
            self._found.append((code, n, why))


def _numbers(entries: Iterable[int]) -> Saying:
    said = ", ".join(map(str, entries)) or "–"
    return lambda language: said


def cedar(text: str) -> Rulebook:
    """The rulebook kept as text, asked by way of Cedar; raises ValueError."""
    return from_text(text)
