"""Each ruling asked again: the stored question, put to the rulebook of its digest.

The plain reading of the law (``constitution/plain.py``) always judges. Where Cedar can be had, it
judges as well, and the two must agree. Many acts ask the same, and are judged once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from kerege.archive import law_of_release
from kerege.archive.found_wrong import Report
from kerege.archive.source import Source, Unreadable
from kerege.constitution import plain, vocabulary
from kerege.constitution.question import Question, Ruling, question, ruling
from kerege.constitution.vocabulary import Vocabulary
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Entry

_DIGEST = re.compile("[0-9a-f]{64}")


class Book(Protocol):
    """A rulebook that can be asked; ``rule`` raises ValueError or RuntimeError."""

    digest: str
    vocabulary: Vocabulary

    def rule(self, asked: Question) -> Ruling: ...


# The code of a problem, and what its sentence says.
Wrong = tuple[str, Mapping[str, object]]
# Another engine beside the plain one: reads a rulebook kept as text, raises ValueError.
Engine = Callable[[str], Book]


class Rejudging:
    """Takes the entries of one register; ``engine`` judges beside the plain reading."""

    def __init__(
        self,
        report: Report,
        source: Source,
        engine: Engine | None = None,
    ) -> None:
        self._report, self._source, self._engine = report, source, engine
        self._books: dict[str, Sequence[Book] | _NoBook] = {}
        # What is wrong with an act, by everything that decides it.
        self._known: dict[tuple[object, ...], Wrong | None] = {}
        self._others: set[str] = set()
        # Of each rulebook that cannot be asked: what is wrong, the first entry, how many, and why.
        self._bookless: dict[str, tuple[str, int, int, object]] = {}
        self._exempt: dict[str, int] = {}
        self._words: Vocabulary | None = None
        # Whether any ruling could be asked again.
        self._asked = False

    def take(self, n: int, entry: Entry) -> None:
        if entry.standing == CONTESTED and not entry.reason.strip():
            self._report.found("bad_standing", n)
        if entry.question is None and entry.ruling is None:
            if entry.standing != EXEMPT:
                self._report.found("not_put", n)
            self._exempt.setdefault(entry.act, n)
            return
        if self._source.bare:
            return
        # Canonical bytes were read, so what is the same is written the same.
        both = repr((entry.question, entry.ruling))
        key = (entry.digest, entry.act, entry.actor.kind, entry.standing, both)
        if key not in self._known:
            self._known[key] = self._judge(entry)
        wrong = self._known[key]
        if wrong is not None and wrong[0] in ("unknown_rulebook", "bad_rulebook"):
            told = self._bookless.get(entry.digest, (wrong[0], n, 0, wrong[1]["why"]))
            code, first, many, why = told
            self._bookless[entry.digest] = code, first, many + 1, why
        elif wrong is not None:
            self._report.found(wrong[0], n, **wrong[1])

    def book(self, digest: str) -> Book | None:
        """The rulebook of a digest as the other engine reads it, None where it cannot be asked."""
        try:
            return self._read(digest)[-1] if self._engine is not None else None
        except _NoBook:
            return None

    def own(self, digest: str) -> bool:
        """Whether all of a rulebook that can be asked came with this release."""
        return self.book(digest) is not None and digest not in self._others

    def end(self) -> None:
        """After the last entry: what the law judges was put to it, and is not called exempt."""
        if self._source.bare:
            self._report.note("not_judged")
        if self._asked:
            self._report.note("law_of_day")
        self._tell_bookless()
        self._tell_exempt()

    def end_of_one(self, n: int, entry: Entry) -> None:
        """After an entry that came by itself: says so where its ruling was not asked again."""
        told = {wrong[0] for wrong in self._known.values() if wrong is not None}
        if entry.ruling is not None and not self._asked and told <= {"unknown_rulebook"}:
            self._report.note("not_asked_again", n)
        self._tell_bookless()
        self._tell_exempt()

    def _tell_bookless(self) -> None:
        for code, first, many, why in self._bookless.values():
            self._report.found(code, first, why=why, many=many)

    def _tell_exempt(self) -> None:
        known = [self._words, vocabulary.shipped()] if self._words else [vocabulary.shipped()]
        for act, n in self._exempt.items():
            if any(act in words.acts and words.acts[act].judged for words in known):
                self._report.found("not_put", n)

    def _judge(self, entry: Entry) -> Wrong | None:
        try:
            books = self._read(entry.digest)
            if not isinstance(entry.question, Mapping) or not isinstance(entry.ruling, Mapping):
                raise ValueError("a question without a ruling, or the other way round")
            asked, said = question(entry.question), ruling(entry.ruling)
            again = [book.rule(asked) for book in books]
        except _NoBook as error:
            return error.args[0], {"why": error.args[1]}
        except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
            return "cannot_judge", {"why": error}
        self._asked = True
        plainly, *others = again
        if any(other != plainly for other in others):
            return "engines_disagree", {"answer": plainly.answer, "other": others[0].answer}
        if plainly != said:
            return "bad_ruling", {"answer": plainly.answer, "said": said.answer}
        standing = EFFECTIVE if plainly.effective else CONTESTED
        if entry.standing != standing or asked.act != entry.act or asked.actor != entry.actor.kind:
            return "bad_standing", {}
        return None

    def _read(self, digest: str) -> Sequence[Book]:
        """The rulebook of a digest, read plainly and by the other engine; raises _NoBook."""
        if digest not in self._books:
            try:
                self._books[digest] = self._read_first(digest)
            except _NoBook as error:
                self._books[digest] = error
        found = self._books[digest]
        if isinstance(found, _NoBook):
            raise found
        return found

    def _read_first(self, digest: str) -> Sequence[Book]:
        if not _DIGEST.fullmatch(digest):
            raise _NoBook("unknown_rulebook", "the digest is no SHA-256")
        try:
            data = self._source.read(f"rulebooks/{digest}")
            if data is None:
                raise _NoBook("unknown_rulebook", digest)
            text = data.decode("utf-8")
            books = [read(text) for read in (plain.from_text, self._engine) if read is not None]
        except Unreadable as error:
            raise _NoBook("unknown_rulebook", error) from error
        except (ValueError, RuntimeError) as error:
            raise _NoBook("bad_rulebook", error) from error
        if any(book.digest != digest for book in books):
            raise _NoBook("bad_rulebook", "its text has another digest")
        self._words = books[0].vocabulary
        if not law_of_release.ours(text):
            self._others.add(digest)
            self._report.note("other_rulebook", digest=digest)
        return books


class _NoBook(Exception):
    """A rulebook that cannot be asked: the code of the problem, and why."""
