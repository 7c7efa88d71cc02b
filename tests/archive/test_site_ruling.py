"""A ruling as a page shows it: the law's own words, each article once."""

import pytest

from kerege.archive.site_reading import Put
from kerege.archive.site_ruling import ruling_said
from kerege.constitution.question import NOT_STATED, question, ruling
from kerege.words import LANGUAGES
from tests.cast import LINES, NEW, Refused, naryn


def put(name, **fields):
    """What an act was put to, whatever the law said."""
    town = naryn(*NEW)
    try:
        entry = town.decide(name, **fields).entry
    except Refused:
        entry = town.contested(name, "kenesh", **town.vote(), **fields).entry
    return Put(town.book, question(entry.question), ruling(entry.ruling))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_says_article_grade_source_and_what_is_missing(language):
    one = put("AdoptBudget", year=2010, lines=LINES)
    said, article = ruling_said(one, language), one.book.article("kg-2010/budget.hearing")
    shown = next(norm for norm in said["norms"] if norm["text"] == article.words[language])
    assert "110(5)" in shown["article"] and shown["source"] == article.source
    assert article.grade in shown["grade"] and shown["force"] == article.force
    facts = one.book.vocabulary.facts
    assert said["missing"] == [facts[fact].missing[language] for fact in one.given.missing]
    assert said["missing"] and said["laws"] == [one.book.editions[0].title[language]]


def test_an_article_is_shown_once_with_the_reading_furthest_from_its_text():
    one = put("AdoptBudget", year=2010, lines=LINES)
    assert len(one.given.norms) == 2
    anchors = {one.book.norms[norm].anchor for norm in one.given.norms}
    assert len(ruling_said(one, "en")["norms"]) == len(anchors) == 1


def test_of_a_text_nobody_found_it_is_said_so():
    town = naryn(*NEW)
    entry = town.entries[town.hold_session()]
    one = Put(town.book, question(entry.question), ruling(entry.ruling))
    said = ruling_said(one, "en")
    assert said["answer"] == NOT_STATED and not said["model"]
    assert "no text was found" in said["norms"][0]["grade"]
