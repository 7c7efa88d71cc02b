"""The principles of a yardstick told: what a lawyer reads, in three languages."""

import re
from pathlib import Path

import pytest

from kerege.constitution import packs, yardstick, yardstick_said
from kerege.constitution.yardstick import Principle
from kerege.words import LANGUAGES

ECLSG = packs.find("eclsg").rulebook(["eclsg"])


def lines(constitution: str, language: str = "en") -> list[str]:
    law = packs.find(constitution).rulebook([constitution])
    laid = yardstick.principles(ECLSG, law)
    return list(yardstick_said.lines(laid, ECLSG.vocabulary, law, language))


def told(constitution: str, norm: str, language: str = "en") -> list[str]:
    law = packs.find(constitution).rulebook([constitution])
    (one,) = (p for p in yardstick.principles(ECLSG, law) if p.norm and p.norm.id == norm)
    return list(yardstick_said.said(one, ECLSG.vocabulary, law, language))


def test_a_principle_that_is_not_met_is_told_with_an_example() -> None:
    assert told("kg-2007", "eclsg/money.state") == [
        "Not met (as we read it). Allowed: Bring resources into the budget; who: central or "
        "regional authority; where the resources come from: resources from the state.",
        "  Norms: kg-2007/money.local (The number of the article is not known; B; "
        "as the brochure of 2010 reads it)",
        "  For example: state body – Transfer money to the budget (local budget), aiyl aimak "
        "(rural municipality); from the republican budget. We found no norm that gives such "
        "a power in the articles known to us",
    ]


def test_a_principle_that_is_met_is_told_with_the_procedure_besides() -> None:
    met, norms, asks = told("kg-2010", "eclsg/own.budget")
    assert met.startswith("Met (as we read it). Allowed: Adopt the budget; who: elected council")
    assert norms == "  Norms: kg-2010/kenesh.budget (Article 112(3); A-)"
    assert "the draft budget is published; a public hearing was held" in asks


def test_words_the_law_lacks_are_told_in_the_words_of_the_yardstick() -> None:
    _, lacking = told("kg-2010", "eclsg/supervision.legality")
    assert "no word for: Supervise a decision of the local authority" in lacking


@pytest.mark.parametrize(
    ("word", "called"),
    [
        ("act.Spend", "Dispose of resources"),
        ("fact.source", "where the resources come from"),
        ("actor.kenesh", "elected council"),
        ("object.account", "account"),
        ("place.local_authority", "territory of a local authority"),
        ("source.local", "resources of its own"),
    ],
)
def test_every_kind_of_word_can_be_lacking(word: str, called: str) -> None:
    law = packs.find("kg-2010").rulebook(["kg-2010"])
    norm = ECLSG.norms["eclsg/own.budget"]
    lack = Principle(norm.article, norm, yardstick.CANNOT_BE_ASKED, lacking=(word,))
    _, said = yardstick_said.said(lack, ECLSG.vocabulary, law, "en")
    assert said.endswith(f"no word for: {called}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("constitution", [e.id for e in packs.load().constitutions()])
def test_every_article_is_told_with_its_grade(constitution: str, language: str) -> None:
    said = lines(constitution, language)
    heads = [line for line in said if not line.startswith(" ")]
    (charter,) = ECLSG.editions
    assert len(heads) == len(charter.articles)
    for head, article in zip(heads, charter.articles.values(), strict=True):
        assert f"({article.grade}): {article.words[language]}" in head
    assert not any("{" in line for line in said)


def test_all_words_of_the_file_are_used() -> None:
    sources = Path("kerege/constitution").glob("yardstick*.py")
    code = "\n".join(path.read_text("utf-8") for path in sources)
    for key in yardstick.words():
        assert re.search(rf'"({key}|{key.removeprefix("yardstick.")})"', code), key
