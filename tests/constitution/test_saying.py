"""A ruling in words: every word of it is there in three languages, and every one is used."""

import re
from pathlib import Path

import pytest

from kerege.constitution import packs, saying
from kerege.constitution.article import FORCES, GRADES
from kerege.constitution.fragment import READINGS
from kerege.constitution.instead import Change
from kerege.constitution.question import ANSWERS, Question
from kerege.words import LANGUAGES, shipped

WORDS = packs.load().vocabulary
ROOM = Path(saying.__file__).parent
# Keys that are put together, by their beginning: everything it may be continued with.
BUILT = {
    "answer.": ANSWERS,
    "grade.": GRADES,
    "reading.": (*READINGS, "secondary", "memory", "unknown"),
    "force.": FORCES,
    "wrong.": ("act", "actor", "object", "place", "fact"),
    "asked.smallest": ("", "_not_stated"),
    "asked.if": ("", "_not_stated"),
}


def test_every_key_has_words_and_every_word_is_used() -> None:
    code = "".join((ROOM / f"{name}.py").read_text("utf-8") for name in ("asking", "saying"))
    built = {f"{start}{end}" for start, ends in BUILT.items() for end in ends}
    said = set(re.findall(r'say\(\s*"([a-z_.]+)"', code))
    assert set(shipped("constitution", "asking")) == built | said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_grade_reading_and_force_is_said(language: str) -> None:
    assert len({saying.answer_said(one, language) for one in ANSWERS}) == len(ANSWERS)
    assert len({saying.grade_said(one, language) for one in GRADES}) == len(GRADES)
    assert len({saying.reading_said(one, language) for one in READINGS}) == len(READINGS)
    assert len({saying.force_said(one, language) for one in FORCES}) == len(FORCES)


def test_an_article_without_a_number_says_that_it_is_not_known() -> None:
    articles = packs.load().edition("kg-2010").articles.values()
    numbered = next(one for one in articles if one.article)
    unknown = next(one for one in articles if not one.article)
    assert saying.article_said(numbered, "en") == f"Article {numbered.article}"
    assert saying.article_said(unknown, "en") == "The number of the article is not known"


def test_a_guide_names_the_article_it_is_a_guide_to() -> None:
    articles = packs.load().edition("kg-typical-charter-2022").articles
    guide = articles["meeting-notice"]
    assert saying.article_said(guide, "en") == "Guide to article 18, point 4"
    assert saying.article_said(guide, "ky") == "18-беренеге колдонмо, 4-пункт"
    for language in ("ky", "ru"):
        assert not any("guide" in saying.article_said(one, language) for one in articles.values())


def test_a_question_in_one_line() -> None:
    asked = Question("kenesh", "AdoptBudget", "local_budget", "aiyl_aimak", {})
    said = saying.asked_said(WORDS, asked, "en")
    assert said == "local kenesh – Adopt the budget (local budget), aiyl aimak (rural municipality)"


def test_a_fact_or_what_is_so_when_it_is_not() -> None:
    assert saying.fact_said(WORDS, "hearingHeld", True, "en") == "a public hearing was held"
    assert saying.fact_said(WORDS, "hearingHeld", False, "en") == "no public hearing was held"


def test_everything_a_change_changes_is_said_the_law_first() -> None:
    facts = {"hearingHeld": True, "republicanLines": False, "source": "local"}
    change = Change(
        "permitted", facts, "kenesh", "local_budget", "settlement", {"orderSetByLaw": True}
    )
    said = list(saying.change_said(WORDS, change, "en"))
    assert said == [
        "a law is needed: a law sets the order of electing the head",
        "if it is done by: local kenesh",
        "if it is about: local budget",
        "if the place is: settlement",
        "if this is so: a public hearing was held",
        "if this is so: it has no lines from the republican budget",
        "if otherwise: from the local budget",
    ]
    for language in LANGUAGES:
        assert len(list(saying.change_said(WORDS, change, language))) == change.size()


def test_a_norm_names_its_article_its_grade_and_how_it_is_read() -> None:
    book = packs.load().rulebook(["kg-2010"])
    norm = book.norms["kg-2010/head-of.executive"]
    first, second = saying.norm_said(norm, "en")
    assert first.startswith("Article 112(2), Constitution of 27 June 2010: ")
    assert "Grade A-" in second and "brochure" in second and "Binding" in second
    assert second.endswith("[kg-2010/head-of.executive]")


def test_nobody_says_what_a_text_says_whose_words_were_not_seen() -> None:
    assert saying.reading_said("text", "en", "A") == "So the text says"
    assert saying.reading_said("text", "en", "B") == "So a secondary source says"
    assert saying.reading_said("text", "en", "M") == "So we remember it"
    assert saying.reading_said("ours", "en", "none") == "No text was found; the mark is ours"
    assert saying.reading_said("brochure", "en", "B") == "So the brochure of 2010 reads it"
    assert saying.grade_named("none", "ky") == "жок" and saying.grade_named("A-", "ky") == "A-"


def test_a_condition_has_its_ending_in_kyrgyz() -> None:
    """«эгер» alone, before words that state a thing, is no Kyrgyz."""
    vocabulary = packs.load().vocabulary
    for fact, word in vocabulary.facts.items():
        if word.enum:
            continue
        for yes in (True, False):
            (said,) = saying.case_said(vocabulary, frozenset({(fact, yes)}), "ky")
            # After a verb of the present it could not stand.
            assert re.search(r"\S+ болсо$", said) and not re.search(r"(ат|ет|йт|өт) болсо$", said)


def test_of_no_law_it_is_said_that_it_gives_no_power() -> None:
    """No law is read here whole, Law 101 of 2011 least of all."""
    for answer in ("not_empowered", "unregulated"):
        assert "in the articles known to us" in saying.answer_said(answer, "en")
        assert "в известных нам статьях" in saying.answer_said(answer, "ru")
        assert saying.answer_said(answer, "ky").startswith("Бизге белгилүү беренелерден")
    book = packs.load().rulebook(("kg-2010",))
    ours, text = book.norms["kg-2010/delegation.state"], book.norms["kg-2010/kenesh.budget"]
    assert saying.as_we_read([ours]) and not saying.as_we_read([ours, text])
    assert not saying.as_we_read([])


def test_an_article_is_not_cited_for_what_it_does_not_treat() -> None:
    """Article 111(2) is on accounts; of sessions and mandates no text is known."""
    book = packs.load().rulebook(("kg-2010", "kg-law-101-2011"))
    for name in ("subordination.session", "subordination.mandate", "officials.appoint"):
        silent = book.norms[f"kg-2010/{name}"]
        said = " ".join(saying.norm_said(silent, "en"))
        assert "111" not in said and silent.article.words["en"] not in said
        assert saying.cited_said(silent, "en") == "No text known"
        assert "is not known to us" in saying.text_said(silent, "en")
    # What says itself that it is not known is said in its own words.
    unknown = book.norms["kg-2010/participation-acts.head"]
    assert saying.text_said(unknown, "ru") == unknown.article.words["ru"]
    cited = book.norms["kg-2010/subordination.report"]
    assert saying.cited_said(cited, "en") == "Article 111(2)"
    assert saying.text_said(cited, "en") == cited.article.words["en"]
