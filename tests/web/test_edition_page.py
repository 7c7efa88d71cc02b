"""An edition on its page: plain words, rules as sentences, examples as they run."""

import re
from dataclasses import replace

import pytest

from kerege.constitution import edition, examples
from kerege.constitution.article import EditionError, Example
from kerege.constitution.question import ANSWERS
from kerege.web.pages.edition import _example
from tests.web.law_pages import KG, WORDS, page, plain

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("id_", list(KG.editions))
def test_an_edition_shows_its_articles_with_rules_in_words_and_examples_as_they_run(client, id_):
    one = KG.edition(id_)
    text = page(client, f"/en/law/{id_}/")
    words = plain(text)
    for article in one.articles.values():
        assert f'id="{article.anchor}"' in text and article.words.en in words
        assert article.source in words
    assert text.count("<td") == 4 * sum(len(a.examples) for a in one.articles.values())
    assert "✕" not in text


def test_a_rule_stands_as_a_sentence_and_a_share_and_a_duty_in_words(client):
    text = plain(page(client, "/en/law/kg-2010/"))
    assert "Forbidden: Constitute a body" in text
    assert "who: executive body" in text and "to whom: local kenesh" in text
    assert "at least 2/3" in plain(page(client, "/en/law/kg-law-101-2011/"))


def test_an_edition_says_from_when_until_when_it_was_in_force(client):
    text = page(client, "/en/law/kg-2010/")
    assert "June 27, 2010 – May 4, 2021" in text


def test_a_model_says_that_it_is_one(client):
    models = [e.id for e in KG.editions.values() if e.kind == edition.MODEL]
    assert models
    for id_ in models:
        assert "binds only once the kenesh has adopted it" in page(client, f"/en/law/{id_}/")


def row_of(text: str) -> str:
    found = re.search(r"<pre[^>]*>(.*?)</pre>", text, re.DOTALL)
    assert found is not None
    return found[1].split("\n")[1]


def read_back(row: str) -> Example:
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    columns = ("actor", "act", "object", "place", "facts", "answer", "norms")
    return Example(1, dict(zip(columns, cells, strict=True)))


def wrong(reason: str) -> EditionError:
    return EditionError("test", "", 0, reason)


def test_an_example_is_run_and_written_as_a_row_that_runs(client):
    asked = {"act": "AdoptBudget", "hearingHeld": "yes", "answer": "forbidden"}
    text = page(client, "/en/law/kg-2010/example/", **asked)
    assert "as you expected" in text and "constitution-2010.md" in text
    example = read_back(row_of(text))
    assert example.cells["answer"] == "forbidden" and "budget." in example.cells["norms"]
    question = examples.read(example, WORDS, wrong)
    book = KG.rulebook(["kg-2010"])
    assert question.facts["hearingHeld"] is True
    assert book.rule(question).answer == "forbidden"


def test_an_example_that_says_otherwise_keeps_what_was_expected(client):
    text = page(client, "/en/law/kg-2010/example/", act="AdoptBudget", answer="permitted")
    assert "otherwise than you expected" in text
    assert read_back(row_of(text)).cells["answer"] == "permitted"
    assert read_back(row_of(text)).cells["norms"] == ""
    page(client, "/en/law/kg-2010/example/", 400, act="AdoptBudget", answer="perhaps")


@pytest.mark.parametrize("act", [name for name, one in WORDS.acts.items() if one.judged])
def test_every_act_makes_a_row_that_runs_in_its_statute(client, act):
    """What the statutes tell stands in the row: an example is asked as it is written."""
    text = page(client, "/en/law/kg-law-101-2011/example/", act=act)
    example = read_back(row_of(text))
    assert example.cells["answer"] in ANSWERS
    book = KG.rulebook(KG.standing("kg-law-101-2011"))
    question = examples.read(example, WORDS, wrong)
    assert book.rule(question).answer == example.cells["answer"]


def test_a_row_that_names_other_norms_does_not_run_as_written(demo):
    one = KG.edition("kg-2010")
    book = KG.rulebook(["kg-2010"])
    row = next(e for a in one.articles.values() for e in a.examples if e.cells["norms"])
    other = replace(row, cells={**row.cells, "norms": "budget.nothing"})
    assert _example(row, one, book, "en")[-1] == "✓"
    assert _example(other, one, book, "en")[-1] == "✕"
