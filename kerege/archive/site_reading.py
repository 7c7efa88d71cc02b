"""What a site is made of: an exported folder read whole, or refused before a page is written.

It is read strictly: the entries fold, each rulebook is there and is the one its digest names, each
ruling speaks of norms its rulebook has, and the checkpoint is the head of these entries. Whether a
rulebook would answer the same and who signed is ``verify``'s to say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kerege.archive.export import REGISTER
from kerege.archive.reading import Unreadable, leaves
from kerege.constitution.packs import from_text
from kerege.constitution.question import ANSWERS, Question, Ruling, question, ruling
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.register import checkpoint, merkle, policy
from kerege.register.cosignature import times
from kerege.register.note import NOTE_LIMIT, Verifier

SHA256 = re.compile("[0-9a-f]{64}")
# A rulebook of this release has less than a tenth of it.
MOST_OF_A_BOOK = 16_000_000


class Tree:
    """The Merkle tree over all entries of a register; each subtree is worked out once."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self._hashes = hashes
        self._roots: dict[tuple[int, int], bytes] = {}

    def root(self) -> bytes:
        return self._root(0, len(self._hashes))

    def inclusion(self, n: int) -> list[bytes]:
        """The proof that entry ``n`` is in the register, as ``merkle.inclusion_proof`` gives it."""
        ranges = merkle.inclusion_ranges(n, len(self._hashes))
        return [self._root(start, end) for start, end in ranges]

    def leaf(self, n: int) -> bytes:
        return self._hashes[n]

    def _root(self, start: int, end: int) -> bytes:
        if end - start == 1:
            return self._hashes[start]
        if (start, end) not in self._roots:
            middle = start + (1 << ((end - start - 1).bit_length() - 1))
            both = self._root(start, middle), self._root(middle, end)
            self._roots[start, end] = merkle.node_hash(*both)
        return self._roots[start, end]


@dataclass(frozen=True, slots=True)
class Put:
    """What an entry was put to: the rulebook, the question and what it answered."""

    book: Rulebook
    asked: Question
    given: Ruling


@dataclass(frozen=True, slots=True)
class Exported:
    """An export as a site shows it. ``data`` are the bytes of the entries, ``papers`` the hashes of
    the documents that came along, ``note`` the signed checkpoint, ``keys`` its vkeys, ``witnessed``
    when each witness of the policy signed it, by name."""

    entries: Sequence[Entry]
    data: Sequence[bytes]
    m: Municipality
    books: Mapping[str, Rulebook]
    papers: frozenset[str]
    tree: Tree
    note: bytes
    keys: Sequence[str]
    witnessed: Mapping[str, datetime]

    def put(self, n: int) -> Put | None:
        """What the law was asked about an entry; None where it was not."""
        one = self.entries[n]
        if one.question is None or one.ruling is None:
            return None
        return Put(self.books[one.digest], question(one.question), ruling(one.ruling))


def read(folder: Path) -> Exported:
    """The export in a folder; raises Unreadable naming the entry or the file."""
    m, books = Municipality(), {}
    entries: list[Entry] = []
    data: list[bytes] = []
    for n, (line, one) in enumerate(leaves(folder / REGISTER)):
        try:
            fold([one], ACTS, m)
        except (ValueError, LookupError, TypeError) as error:
            raise Unreadable(f"entry {n} cannot be folded: {error}") from error
        later = [base for base in one.rests_on if not 0 <= base < n]
        if later:
            raise Unreadable(f"entry {n} rests on entry {later[0]}, which does not stand before it")
        if one.question is not None and one.ruling is not None:
            if one.digest not in books:
                books[one.digest] = _book(folder, one.digest, n)
            _check(Put(books[one.digest], *_asked(one, n)), n)
        entries.append(one)
        data.append(line)
    if not entries:
        raise Unreadable("the register has no entries")
    tree = Tree([merkle.leaf_hash(line) for line in data])
    note = _file(folder / "checkpoint")
    _check_head(note, len(entries), tree)
    documents = folder / "documents"
    papers = [path.name for path in documents.iterdir()] if documents.is_dir() else []
    known = frozenset(name for name in papers if SHA256.fullmatch(name))
    keys, witnessed = _keys(folder / "key"), _witnessed(folder / "policy", note)
    return Exported(entries, data, m, books, known, tree, note, keys, witnessed)


def _asked(one: Entry, n: int) -> tuple[Question, Ruling]:
    try:
        return question(one.question or {}), ruling(one.ruling or {})
    except (KeyError, TypeError) as error:
        raise Unreadable(f"entry {n}: its question or ruling lacks a part: {error}") from error


def _book(folder: Path, digest: str, n: int) -> Rulebook:
    if not SHA256.fullmatch(digest):
        raise Unreadable(f"entry {n}: its digest is not a SHA-256")
    try:
        book = from_text(_file(folder / "rulebooks" / digest, MOST_OF_A_BOOK).decode())
    except ValueError as error:
        raise Unreadable(f"entry {n}: its rulebook cannot be read: {error}") from error
    if book.digest != digest:
        raise Unreadable(f"entry {n}: its rulebook has another digest")
    return book


def _check(put: Put, n: int) -> None:
    """That everything a page says of a ruling has words."""
    words, asked, given = put.book.vocabulary, put.asked, put.given
    try:
        known = (
            given.answer in ANSWERS
            and all(norm in put.book.norms for norm in given.norms)
            and all(fact in words.facts for fact in given.missing)
            and (asked.actor in words.actors and asked.act in words.acts)
            and (asked.object in words.objects and asked.place in words.places)
        )
    except TypeError:
        known = False
    if not known:
        raise Unreadable(f"entry {n}: its ruling speaks of what its rulebook does not know")


def _check_head(note: bytes, size: int, tree: Tree) -> None:
    try:
        head = checkpoint.parse(note.decode().split("\n\n")[0] + "\n")
    except ValueError as error:
        raise Unreadable(f"the checkpoint cannot be read: {error}") from error
    if (head.size, head.root) != (size, tree.root()):
        raise Unreadable("the checkpoint is not the head of these entries")


def _keys(path: Path) -> list[str]:
    try:
        lines = _file(path).decode().splitlines()
        return [Verifier.from_vkey(line).vkey for line in lines]
    except ValueError as error:
        raise Unreadable(f"the key cannot be read: {error}") from error


def _witnessed(path: Path, note: bytes) -> dict[str, datetime]:
    """Empty where there is no policy."""
    if not path.exists():
        return {}
    try:
        stated = policy.parse(_file(path, policy.SIZE_LIMIT))
        found = times(note, [each.verifier for each in stated.witnesses.values()])
        return {by.name: datetime.fromtimestamp(at, UTC) for by, at in found.items()}
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable(f"the witnesses cannot be read: {error}") from error


def _file(path: Path, most: int = NOTE_LIMIT) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise Unreadable(f"{path} has more than {most} bytes")
    return data
