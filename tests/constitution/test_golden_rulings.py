"""The law as it stands, answer by answer, and that no norm can change without being noticed.

``golden.jsonl`` is rewritten by ``tools/golden_rulings.py``; read the difference before keeping it.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import second_opinion
from mutants import mutants
from second_opinion import Policies

from kerege.constitution import examples, packs
from kerege.constitution.edition import Edition
from kerege.constitution.question import Question, Ruling
from kerege.constitution.rulebook import Rulebook
from tools import golden_rulings

KG = packs.load()
WORDS = KG.vocabulary
GOLDEN = [json.loads(line) for line in golden_rulings.FILE.read_text("utf-8").splitlines()]
# Every pack under each constitution it stands under: ``pack`` or ``pack under constitution``.
BOOKS = {
    f"{edition.id} under {under}" if under else edition.id: (edition, under, book, acts)
    for edition, under, book, acts in golden_rulings.books(KG)
}
OWN_NORMS = [
    (where, norm)
    for where, (edition, _, book, _) in BOOKS.items()
    for norm in book.norms.values()
    if norm.edition is edition
]
MUTANTS = [
    (where, norm.id, what, mutant)
    for where, norm in OWN_NORMS
    for what, mutant in mutants(dict(norm.policy))
]


def golden(where: str, acts: set[str]) -> list[dict[str, Any]]:
    edition, under, _, _ = BOOKS[where]
    of = (edition.id, under)
    own = [line for line in GOLDEN if (line["pack"], line.get("under", "")) == of]
    return [line for line in own if line.get("act") in acts]


def opinion(known: Policies) -> Callable[[Question], Ruling]:
    return lambda asked: second_opinion.ruling(known, asked, WORDS)


def policies_of(book: Rulebook) -> Policies:
    return second_opinion.policies(book.editions)


def with_mutant(known: Policies, id_: str, mutant: Any) -> Policies:
    changed = {**known, id_: mutant}
    return {norm: policy for norm, policy in changed.items() if policy is not None}


def test_the_golden_file_is_what_the_law_answers() -> None:
    said = [json.loads(line) for line in golden_rulings.text(KG).splitlines()]
    differing = [(old, new) for old, new in zip(GOLDEN, said, strict=False) if old != new]
    assert not differing[:3], "run tools/golden_rulings.py and read the difference"
    assert len(said) == len(GOLDEN)


def test_the_golden_file_stays_small() -> None:
    assert golden_rulings.FILE.stat().st_size <= 400_000


@pytest.mark.parametrize("where", BOOKS)
def test_a_second_opinion_gives_the_same_golden_file(where: str) -> None:
    edition, under, book, acts = BOOKS[where]
    rule = opinion(policies_of(book))
    said = list(golden_rulings.lines(edition.id, under, acts, WORDS, rule))
    assert said == golden(where, set(acts))


def asked_of(edition: Edition) -> Iterator[tuple[Question, str, set[str]]]:
    """Every example of a pack with the answer and the norms written beside it."""
    for article in edition.articles.values():
        for example in article.examples:
            asked = examples.read(example, WORDS, ValueError)
            norms = set(example.cells["norms"].replace(",", " ").split())
            yield asked, example.cells["answer"], norms


EXAMPLES = [norm for where, norm in OWN_NORMS if BOOKS[where][1] == "".join(norm.edition.under[:1])]


@pytest.mark.parametrize("norm", EXAMPLES, ids=lambda norm: norm.id)
def test_every_norm_has_an_example_that_needs_it(norm: Any) -> None:
    edition, book = norm.edition, KG.rulebook(KG.standing(norm.edition.id))
    rule = opinion(with_mutant(policies_of(book), norm.id, None))
    for asked, answer, norms in asked_of(edition):
        given = rule(asked)
        got = {one.removeprefix(f"{edition.id}/") for one in given.norms}
        if given.answer != answer or (norms and norms != got):
            return
    pytest.fail(f"{edition.file}: every example still holds without {norm.id}")


def caught(where: str, id_: str, mutant: Any) -> bool:
    """Whether some line of the golden file is answered otherwise by the mutant."""
    edition, under, book, acts = BOOKS[where]
    known = with_mutant(policies_of(book), id_, mutant)
    about = second_opinion.acts_of(book.norms[id_].policy)
    asked = [act for act in acts if act in about]
    lines = golden_rulings.lines(edition.id, under, asked, WORDS, opinion(known))
    return any(old != new for old, new in zip(golden(where, about), lines, strict=True))


@pytest.mark.parametrize("where", BOOKS)
def test_every_change_of_a_norm_changes_the_golden_file(where: str) -> None:
    survived = [
        (id_, what)
        for of, id_, what, mutant in MUTANTS
        if of == where and not caught(of, id_, mutant) and not caught_elsewhere(of, id_, mutant)
    ]
    # A rule that says what another says already is written anew, so that nothing survives.
    assert not survived


def caught_elsewhere(where: str, id_: str, mutant: Any) -> bool:
    """A statute under two constitutions can say over again what one of them says already."""
    pack = where.partition(" ")[0]
    others = [one for one in BOOKS if one.partition(" ")[0] == pack and one != where]
    return any(caught(one, id_, mutant) for one in others)


def test_mutants_are_many_enough_to_mean_something() -> None:
    assert len(MUTANTS) > 700
