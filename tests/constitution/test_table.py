"""A table answers as its rulebook does, and as the second opinion does."""

import json

import brotli
import pytest
import second_opinion
from hypothesis import given
from hypothesis import strategies as st

from kerege.constitution import packs
from kerege.constitution.question import Question
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.constitution.space import blocks
from kerege.constitution.table import Table
from tools import golden_rulings

KG = packs.load()
WORDS = KG.vocabulary
BOOKS = [KG.rulebook((one.id,)) for one in KG.constitutions()]
BOOKS += [KG.rulebook(KG.pinned(one.id)) for one in KG.constitutions()]
JUDGED = [name for name, act in WORDS.acts.items() if act.judged]

books = st.sampled_from(BOOKS)
TABLES = {book.digest: Table.of(book) for book in BOOKS}
OPINIONS = {book.digest: second_opinion.policies(book.editions) for book in BOOKS}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    act = WORDS.acts[draw(st.sampled_from(JUDGED))]
    facts = {fact: draw(st.sampled_from(WORDS.values(fact) or (False, True))) for fact in act.facts}
    return Question(
        draw(st.sampled_from(sorted(WORDS.actors))),
        act.name,
        draw(st.sampled_from(act.objects)),
        draw(st.sampled_from(sorted(WORDS.places))),
        facts,
    )


@given(books, questions())
def test_it_answers_as_the_rulebook_and_the_second_opinion(book: Rulebook, asked: Question) -> None:
    table = TABLES[book.digest]
    assert table.complete(asked) == book.complete(asked)
    said = table.rule(asked)
    assert said == book.rule(asked)
    assert said == second_opinion.ruling(OPINIONS[book.digest], asked, WORDS)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: "+".join(e.id for e in book.editions))
def test_it_answers_so_in_every_block(book: Rulebook) -> None:
    table = Table.from_json(json.loads(json.dumps(Table.of(book).json())))
    for act in JUDGED:
        for block in blocks(act, WORDS, book.norms.values()):
            cell = list(block.cells())[-1]
            for facts in golden_rulings.facts_of(act, WORDS):
                asked = Question(
                    cell.actor, act, cell.object, cell.place, {**facts, **dict(cell.values)}
                )
                assert table.rule(asked) == second_opinion.ruling(
                    OPINIONS[book.digest], asked, WORDS
                )


def test_it_answers_the_golden_questions() -> None:
    for edition, under, book, acts in golden_rulings.books(KG):
        told = list(golden_rulings.lines(edition.id, under, acts, WORDS, book.rule))
        table = Table.of(book).rule
        assert told == list(golden_rulings.lines(edition.id, under, acts, WORDS, table))


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "khan"},
        {"act": "Found"},
        {"act": "Rule"},
        {"object": "mandate"},
        {"place": "moon"},
        {"facts": {}},
        {"facts": {"draftPublished": True, "hearingHeld": True, "republicanLines": 1}},
        {"facts": {"draftPublished": True, "hearingHeld": True, "republicanLines": []}},
        {"facts": {**dict.fromkeys(WORDS.acts["AdoptBudget"].facts, True), "rain": True}},
    ],
    ids=str,
)
def test_what_the_vocabulary_does_not_know_it_does_not_answer(change: dict) -> None:
    facts = dict.fromkeys(WORDS.acts["AdoptBudget"].facts, True)
    asked = Question("kenesh", "AdoptBudget", "local_budget", "aiyl_aimak", facts)
    table = TABLES[BOOKS[0].digest]
    table.rule(asked)
    for law in (BOOKS[0], table):
        with pytest.raises(LawFailed):
            law.rule(asked.but(**change))


def test_an_unknown_value_is_not_answered() -> None:
    asked = Question("community", "ElectDeputies", "deputies", "settlement", {"manner": True})
    for law in (BOOKS[0], TABLES[BOOKS[0].digest]):
        with pytest.raises(LawFailed):
            law.rule(asked)


def test_what_is_no_table_is_not_read() -> None:
    with pytest.raises(ValueError, match="format"):
        Table.from_json({"v": 2})


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: "+".join(e.id for e in book.editions))
def test_it_fits_a_phone(book: Rulebook) -> None:
    text = json.dumps(Table.of(book).json(), separators=(",", ":"))
    assert len(brotli.compress(text.encode())) < 50_000
