"""The law of Kyrgyzstan as this release ships it: what a lawyer would look for first.

The rulings themselves are in ``golden.jsonl`` and in the examples; here stand the things that no
example can show: that silence is nowhere turned into a rule, and that no point is left out.
"""

import re

import pytest

from kerege.constitution import packs
from kerege.constitution.edition import Article
from kerege.constitution.question import Question
from kerege.words import LANGUAGES

KG = packs.load()
EVERY = [(e.id, a) for e in KG.editions.values() for a in e.articles.values()]
POINTS = [f"S{n}" for n in range(1, 14)]


def ids(row: object) -> str:
    return row.anchor if isinstance(row, Article) else str(row)


@pytest.mark.parametrize("pack", ["kg-2007", "kg-2010"])
@pytest.mark.parametrize("point", POINTS)
def test_every_point_has_a_rule_or_an_honest_not_stated(pack: str, point: str) -> None:
    book = KG.rulebook([pack])
    articles = [a for a in KG.edition(pack).articles.values() if a.topic == point]
    assert articles
    for article in articles:
        norms = [norm for norm in book.norms.values() if norm.article is article]
        assert norms or article.tables.names
        if article.grade == "none":
            assert all(norm.silent for norm in norms)


@pytest.mark.parametrize(("pack", "article"), EVERY, ids=ids)
def test_what_is_not_known_is_not_a_rule(pack: str, article: Article) -> None:
    under = KG.edition(pack).under
    book = KG.rulebook((under, pack) if under else (pack,))
    for norm in book.norms.values():
        if norm.article is article and norm.silent:
            assert norm.effect == "permit"
            assert norm.grade == "none"


def test_the_numbers_of_2007_are_not_known() -> None:
    assert {a.article for a in KG.edition("kg-2007").articles.values()} == {""}


def test_the_brochure_is_a_secondary_source() -> None:
    for article in KG.edition("kg-2007").articles.values():
        assert article.grade in ("B", "none") or article.anchor == "referendum"
        assert article.reading in ("brochure", "ours")


def test_only_article_110_was_seen_in_the_official_text_of_2010() -> None:
    for article in KG.edition("kg-2010").articles.values():
        assert (article.grade == "A") == article.article.startswith("110"), article.anchor


def test_the_words_of_article_113_were_not_seen() -> None:
    article = KG.edition("kg-2010").articles["delegation"]
    assert (article.article, article.grade, article.reading) == ("113", "B", "brochure")
    assert "from memory" in article.source


def test_a_hearing_and_the_year_before_are_our_readings() -> None:
    book = KG.rulebook(["kg-2010"])
    ours = ("hearing", "published", "account")
    for name in (*(f"budget.{one}" for one in ours), "kenesh.only", "delegation.both-sides"):
        assert book.norms[f"kg-2010/{name}"].reading == "ours"
    assert book.norms["kg-2010/budget.formed"].reading == "text"


@pytest.mark.parametrize(("pack", "article"), EVERY, ids=ids)
def test_an_article_is_said_in_three_languages(pack: str, article: Article) -> None:
    assert not re.search("[a-zA-Z]", article.words.ky)
    assert not re.search("[ңөүa-zA-Z]", article.words.ru)
    assert not re.search("[а-яА-Я]", article.words.en)
    for language in LANGUAGES:
        said = article.words[language]
        assert said.endswith("."), said
        assert "  " not in said
        # One breath: a villager reads it on a phone.
        assert len(said) <= 330, len(said)


def test_deputies_are_elected_the_same_way_in_both() -> None:
    for actor in KG.vocabulary.actors:
        for manner in ("direct", "indirect"):
            asked = Question(actor, "ElectDeputies", "deputies", "aiyl_aimak", {"manner": manner})
            old, new = (KG.rulebook([pack]).rule(asked) for pack in ("kg-2007", "kg-2010"))
            assert old.answer == new.answer
            assert [n.split("/")[1] for n in old.norms] == [n.split("/")[1] for n in new.norms]


@pytest.mark.parametrize("pack", ["kg-2007", "kg-2010"])
@pytest.mark.parametrize("place", KG.vocabulary.places)
def test_everything_has_a_name_everywhere(pack: str, place: str) -> None:
    assert set(KG.rulebook([pack]).names(place)) == {"place", "kenesh", "executive", "head"}


def test_two_names_only_from_2010() -> None:
    book = KG.rulebook(["kg-2010"])
    names = {book.names(place)["executive"].ky for place in KG.vocabulary.places}
    assert names == {"айыл өкмөтү", "мэрия"}


def test_the_office_is_of_the_territory_and_then_of_the_executive() -> None:
    assert KG.rulebook(["kg-2007"]).parameter("office") == "head_of_territory"
    assert KG.rulebook(["kg-2010"]).parameter("office") == "head_of_executive"
