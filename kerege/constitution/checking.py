"""A pack put through everything before it counts.

Read and known already, it is composed with every constitution it stands under and with what it
amends (which looks for contradictions too, ``packs.py``), and each of its examples is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kerege.constitution import edition, examples
from kerege.constitution.article import EditionError
from kerege.constitution.edition import Edition
from kerege.constitution.packs import Packs


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a pack holds."""

    edition: Edition
    articles: int
    rules: int
    examples: int


def check(known: Packs, id_: str) -> Checked:
    """Put a pack through everything; raises EditionError naming file, article and line."""
    one = known.edition(id_)
    for under in one.under:
        known.rulebook(known.standing(id_, under))
    book = known.rulebook(known.standing(id_))
    asked = sum(1 for _ in examples.run(book, one))
    rules = sum(1 for norm in book.norms.values() if norm.edition is one)
    return Checked(one, len(one.articles), rules, asked)


def read(file: Path, known: Packs) -> Edition:
    """A file of a statute or a model in the words of ``known``; raises EditionError, OSError."""
    return edition.read(edition.decode(file.read_bytes(), file.name), file.name, known.vocabulary)


def beside(known: Packs, one: Edition) -> Checked:
    """Check a statute or a model beside the known packs, and leave those as they were."""
    with_it = known.copy()
    with_it.add(one)
    return check(with_it, one.id)


def add_from(known: Packs, folder: Path) -> Iterator[EditionError]:
    """Take in every statute and model of a folder that holds; yields what is wrong with others.

    One file may amend what another holds, so those that fail are tried again."""
    waiting = sorted(folder.glob("*.md")) if folder.is_dir() else []
    while waiting:
        failed: dict[Path, EditionError] = {}
        for file in waiting:
            try:
                one = read(file, known)
                beside(known, one)
                known.add(one)
            except EditionError as error:
                failed[file] = error
            except OSError as error:
                reason = f"the file cannot be read: {error.strerror}"
                failed[file] = EditionError(file.name, "", 1, reason)
        if len(failed) == len(waiting):
            yield from failed.values()
            return
        waiting = list(failed)
