"""A lawyer's examples run as tests: each row of an article's table is asked and compared.

``facts`` holds ``name=yes``, ``name=no`` or ``name=value`` joined by ``;``; ``all`` sets every
yes-or-no fact of the act to yes, otherwise they are no. A fact with other values that is not named
has the first one of the vocabulary. ``norms`` lists, without the edition's id, the norms that
decide, in any order; where it is empty they are not compared.
"""

from collections.abc import Callable, Iterator

from kerege.constitution.article import together
from kerege.constitution.edition import Edition, EditionError, Example
from kerege.constitution.question import ANSWERS, FactValue, Question, Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import Vocabulary


def run(book: Rulebook, edition: Edition) -> Iterator[Question]:
    """Ask every example of an edition; yields the questions, at their end raises EditionError with
    all that are answered otherwise than written."""
    faults: list[EditionError] = []
    for article in edition.articles.values():
        for example in article.examples:

            def fail(reason: str, at: Example = example, of: str = article.heading) -> EditionError:
                return EditionError(edition.file, of, at.line, reason)

            try:
                asked = read(example, book.vocabulary, fail)
            except EditionError as error:
                faults.append(error)
                continue
            ruling = book.rule(asked)
            if not as_written(edition, example, ruling):
                norms, got = _norms(example), _short(edition, ruling)
                said = f"{ruling.answer} ({', '.join(sorted(got)) or 'no norm'})"
                written = f"{example.cells['answer']} ({', '.join(sorted(norms)) or 'any norm'})"
                faults.append(fail(f"the example says {written}, the law says {said}"))
                continue
            yield asked
    if faults:
        raise together(faults)


def as_written(edition: Edition, example: Example, ruling: Ruling) -> bool:
    """Whether a ruling is what a row says: its answer and, where it names norms, its norms."""
    norms = _norms(example)
    if norms and norms != _short(edition, ruling):
        return False
    return ruling.answer == example.cells["answer"]


def _norms(example: Example) -> set[str]:
    return set(example.cells["norms"].replace(",", " ").split())


def _short(edition: Edition, ruling: Ruling) -> set[str]:
    """The norms of a ruling, without the edition's id."""
    return {norm.removeprefix(f"{edition.id}/") for norm in ruling.norms}


def read(example: Example, vocabulary: Vocabulary, fail: Callable[[str], EditionError]) -> Question:
    """The question of one row."""
    cells = example.cells
    act = vocabulary.acts.get(cells["act"])
    if act is None or not act.judged:
        raise fail(f"no such act {cells['act']!r}")
    for column, known in (
        ("actor", tuple(vocabulary.actors)),
        ("object", act.objects),
        ("place", tuple(vocabulary.places)),
        ("answer", ANSWERS),
    ):
        if cells[column] not in known:
            reason = f"{cells['act']} has no {column} {cells[column]!r}, only {', '.join(known)}"
            raise fail(reason)
    said = [part.strip() for part in cells["facts"].split(";") if part.strip()]
    facts: dict[str, FactValue] = {}
    for fact in act.facts:
        values = vocabulary.values(fact)
        facts[fact] = values[0] if values else "all" in said
    named: set[str] = set()
    for part in said:
        name, _, value = part.partition("=")
        if part == "all":
            continue
        if name not in facts:
            raise fail(f"{cells['act']} is never asked {name!r}")
        if name in named:
            raise fail(f"{name} stands twice")
        named.add(name)
        values = vocabulary.values(name)
        if value not in (values or ("yes", "no")):
            raise fail(f"{name} cannot be {value!r}, only {', '.join(values or ('yes', 'no'))}")
        facts[name] = value if values else value == "yes"
    return Question(cells["actor"], cells["act"], cells["object"], cells["place"], facts)
