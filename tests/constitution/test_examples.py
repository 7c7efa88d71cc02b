"""The lawyers' examples: every row of every pack is asked, and a wrong row is found."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lawtext import VOCABULARY, article, load, text

from kerege.constitution import examples, packs
from kerege.constitution.edition import EditionError, Example
from kerege.constitution.question import Question, Ruling

KG = packs.load()
RULE = 'permit(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource);'


def rows() -> Iterator[tuple[str, str, Example]]:
    for id_, edition in KG.editions.items():
        for article_ in edition.articles.values():
            for example in article_.examples:
                yield id_, article_.anchor, example


ROWS = list(rows())


def named(row: tuple[str, str, Example]) -> str:
    id_, anchor, example = row
    cells = example.cells
    said = (cells["actor"], cells["act"], cells["object"], cells["place"], cells["facts"])
    return f"{id_}/{anchor}: {' '.join(said)}: {cells['answer']}"


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_every_example_is_answered_as_written(row: tuple[str, str, Example]) -> None:
    id_, anchor, example = row
    edition = KG.edition(id_)
    book = KG.rulebook(KG.standing(id_))
    one = replace(edition.articles[anchor], examples=(example,))
    assert len(list(examples.run(book, replace(edition, articles={anchor: one})))) == 1


def test_all_examples_of_a_pack_at_once() -> None:
    for id_, edition in KG.editions.items():
        book = KG.rulebook(KG.standing(id_))
        written = sum(len(a.examples) for a in edition.articles.values())
        assert len(list(examples.run(book, edition))) == written
        assert written


@pytest.mark.parametrize(
    ("answer", "norms", "written"),
    [
        ("permitted", "budget.a, budget.b", True),
        ("permitted", "", True),
        ("permitted", "budget.a", False),
        ("permitted", "other/budget.a budget.b", False),
        ("not_stated", "budget.a, budget.b", False),
    ],
)
def test_a_row_says_its_answer_and_its_norms(answer: str, norms: str, written: bool) -> None:
    one = Example(1, {"answer": answer, "norms": norms})
    ruling = Ruling("permitted", ("kg-2010/budget.a", "kg-2010/budget.b"))
    assert examples.as_written(KG.edition("kg-2010"), one, ruling) == written


@pytest.mark.parametrize("id_", KG.editions)
def test_an_answer_by_a_norm_says_which(id_: str) -> None:
    for article_ in KG.edition(id_).articles.values():
        for example in article_.examples:
            if example.cells["answer"] in ("permitted", "forbidden", "not_stated"):
                assert example.cells["norms"], example


@pytest.mark.parametrize("id_", KG.editions)
def test_an_article_with_rules_has_examples(id_: str) -> None:
    for article_ in KG.edition(id_).articles.values():
        assert bool(article_.cedar) == bool(article_.examples), article_.anchor


def question(facts: str, act: str = "AdoptBudget") -> Question:
    cells = {"actor": "kenesh", "act": act, "object": "local_budget", "place": "settlement"}
    row = Example(1, cells | {"facts": facts, "answer": "permitted", "norms": ""})
    return examples.read(row, VOCABULARY, lambda reason: EditionError("f", "a", 1, reason))


def test_facts_are_no_unless_said() -> None:
    no = {"draftPublished": False, "hearingHeld": False, "republicanLines": False}
    assert question("").facts == no
    assert question("hearingHeld=yes").facts == no | {"hearingHeld": True}
    assert question(" hearingHeld=yes ; ; republicanLines=no ").facts == no | {"hearingHeld": True}


def test_all_is_every_yes_or_no_fact() -> None:
    yes = {"draftPublished": True, "hearingHeld": True, "republicanLines": True}
    assert question("all").facts == yes
    assert question("all; hearingHeld=no").facts == yes | {"hearingHeld": False}
    assert question("hearingHeld=no; all").facts == yes | {"hearingHeld": False}


def test_a_fact_with_values_has_the_first_unless_said() -> None:
    assert question("all", "Transfer").facts == {"source": "local"}
    assert question("source=republican", "Transfer").facts == {"source": "republican"}


def row(answer: str, norms: str, actor: str = "kenesh") -> str:
    return f"| {actor} | AdoptBudget | local_budget | settlement | | {answer} | {norms} |\n"


def test_norms_are_compared_in_any_order_when_they_are_written() -> None:
    two = f'@id("budget.b") {RULE}\n@id("budget.a") {RULE}\n'
    for norms in ("budget.a, budget.b", "budget.b budget.a", ""):
        load(text(article(two, rows=row("permitted", norms))))
    with pytest.raises(EditionError, match=r"the law says permitted \(budget\.a, budget\.b\)"):
        load(text(article(two, rows=row("permitted", "budget.a"))))


def test_the_first_wrong_example_is_named_by_its_line() -> None:
    source = text(article(RULE, rows=row("permitted", "budget") + row("permitted", "", "head")))
    with pytest.raises(EditionError) as error:
        load(source)
    assert error.value.line == source.count("\n")
    assert error.value.reason == (
        "the example says permitted (any norm), the law says not_empowered (budget)"
    )


def test_unregulated_has_no_norm() -> None:
    load(text(article(rows=row("unregulated", ""))))
    with pytest.raises(EditionError, match=r"the law says unregulated \(no norm\)"):
        load(text(article(rows=row("not_empowered", ""))))
