"""Asking from outside: every question the vocabulary can put, answered as data and as text."""

import json
from random import Random

import pytest

from kerege.constitution import packs
from kerege.constitution.asking import NotAsked, answer, of_office, question_of, told, unnamed
from kerege.constitution.question import ANSWERS, Question
from kerege.words import LANGUAGES

KG = packs.load()
OLD = KG.rulebook(["kg-2007"])
NEW = KG.rulebook(["kg-2010"])
VOCABULARY = KG.vocabulary


def test_a_question_in_words_has_everything_else_as_it_mostly_is() -> None:
    asked = question_of(NEW, "AdoptBudget", facts=["hearingHeld=yes"])
    facts = {"draftPublished": False, "hearingHeld": True, "republicanLines": False}
    assert asked == Question("kenesh", "AdoptBudget", "local_budget", "aiyl_aimak", facts)
    asked = question_of(NEW, "Transfer", "executive", place="settlement", facts=["source=local"])
    assert asked == Question(
        "executive", "Transfer", "local_budget", "settlement", {"source": "local"}
    )


def test_what_the_statutes_tell_they_tell_themselves() -> None:
    with_law = KG.rulebook(["kg-2010", "kg-law-101-2011"])
    assert question_of(with_law, "ElectHead").facts["orderSetByLaw"] is True
    assert question_of(NEW, "ElectHead").facts["orderSetByLaw"] is False
    with pytest.raises(NotAsked, match=r"statutes tell themselves.+orderSetByLaw"):
        question_of(NEW, "ElectHead", facts=["orderSetByLaw=yes"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "wrong", "known"),
    [
        ({"act": "Dance"}, "Dance", "AdoptBudget ({})"),
        ({"act": "Found"}, "Found", "AdoptBudget ({})"),
        ({"act": "AdoptBudget", "actor": "khan"}, "khan", "kenesh ({})"),
        ({"act": "AdoptBudget", "object_": "deputies"}, "deputies", "local_budget ({})"),
        ({"act": "AdoptBudget", "place": "yurt"}, "yurt", "aiyl_aimak ({})"),
        ({"act": "AdoptBudget", "facts": ["manner=direct"]}, "manner", "hearingHeld ({})"),
        ({"act": "AdoptBudget", "facts": ["hearingHeld"]}, "", "yes, no"),
        ({"act": "AdoptBudget", "facts": ["hearingHeld=perhaps"]}, "perhaps", "yes, no"),
        ({"act": "Transfer", "facts": ["source=yes"]}, "yes", "local, republican"),
    ],
)
def test_a_wrong_word_is_named_beside_those_there_are(
    language: str, words: dict[str, str], wrong: str, known: str
) -> None:
    with pytest.raises(NotAsked) as error:
        question_of(NEW, **words, language=language)  # type: ignore[arg-type]
    said = {
        "AdoptBudget": VOCABULARY.acts["AdoptBudget"].words,
        "kenesh": VOCABULARY.actors["kenesh"],
        "local_budget": VOCABULARY.objects["local_budget"],
        "aiyl_aimak": VOCABULARY.places["aiyl_aimak"],
        "hearingHeld": VOCABULARY.facts["hearingHeld"].words,
    }
    name = known.split(" ")[0]
    expected = known.format(said[name][language]) if "{}" in known else known
    assert wrong in str(error.value) and expected in str(error.value)


def test_an_answer_is_plain_data_with_every_norm_that_decided() -> None:
    found = answer(NEW, question_of(NEW, "AdoptBudget"))
    assert json.loads(json.dumps(found)) == found
    assert (found["permitted"], found["basis"]) == (False, "forbidden")
    assert found["rulebook"] == ["kg-2010"] and found["digest"] == NEW.digest
    assert found["missing"] == ["draftPublished", "hearingHeld"]
    assert found["instead"] == ["PublishDraftBudget", "HoldHearing"]
    done = {"draftPublished": True, "hearingHeld": True}
    assert found["smallest"] == {"facts": done, "answer": "permitted"}
    norms = {norm["id"]: norm for norm in found["norms"]}
    assert set(norms) == set(NEW.rule(question_of(NEW, "AdoptBudget")).norms)
    for id_, norm in norms.items():
        article = NEW.article(id_)
        assert norm["article"] == article.article and norm["source"] == article.source
        assert (norm["grade"], norm["reading"]) == (NEW.norms[id_].grade, NEW.norms[id_].reading)
        assert norm["force"] == "binding"


def test_what_has_to_be_otherwise_is_no_lack() -> None:
    """Under 2007 money of the republic had no ground: what helps is that there is none."""
    asked = question_of(OLD, "Transfer", "state_body", facts=["source=republican"])
    found = answer(OLD, asked)
    if not found["permitted"]:
        assert "source" not in found["missing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_as_text_says_all_of_it_in_one_language(language: str) -> None:
    asked = question_of(NEW, "AdoptBudget")
    text = told(NEW, asked, language)
    given = NEW.rule(asked)
    for id_ in given.norms:
        article = NEW.article(id_)
        assert article.words[language] in text and article.article in text and id_ in text
    for fact in given.missing:
        lack = VOCABULARY.facts[fact].missing
        assert lack is not None and lack[language] in text
        assert VOCABULARY.facts[fact].words[language] in text
    assert VOCABULARY.acts["HoldHearing"].words[language] in text
    # No word of the machine where there is one for people.
    assert given.answer not in text


def test_where_nothing_helps_it_is_said() -> None:
    asked = question_of(NEW, "AppointHead")
    assert "no change of this question would make it lawful" in told(NEW, asked, "en")
    assert answer(NEW, asked)["smallest"] is None
    assert "no change" not in told(NEW, question_of(NEW, "RaiseIssue"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_answer_and_change_can_be_said(language: str) -> None:
    some, answers, changed = Random(3), set(), set()
    for _ in range(400):
        book = some.choice((OLD, NEW))
        act = some.choice([one for one in VOCABULARY.acts.values() if one.judged])
        asked = Question(
            some.choice(list(VOCABULARY.actors)),
            act.name,
            some.choice(act.objects),
            some.choice(list(VOCABULARY.places)),
            {fact: some.choice(VOCABULARY.values(fact) or (False, True)) for fact in act.facts},
        )
        found = answer(book, book.complete(asked))
        answers.add(found["basis"])
        changed.update(found["smallest"] or {})
        assert told(book, book.complete(asked), language)
    assert answers == set(ANSWERS)
    assert {"actor", "object", "facts"} <= changed


def test_facts_left_unnamed_count_as_no_and_it_is_said_when_it_would_be_allowed() -> None:
    named = ["draftPublished=yes"]
    asked = question_of(NEW, "AdoptBudget", facts=named)
    unsaid = unnamed(VOCABULARY, "AdoptBudget", named)
    assert unsaid == ("hearingHeld", "republicanLines")
    found = answer(NEW, asked, unsaid)
    assert found["permitted"] is False
    assert found["if"] == [{"facts": {"hearingHeld": True}, "answer": "permitted"}]
    assert answer(NEW, asked)["if"] is None
    text = told(NEW, asked, "en", unsaid)
    assert "Allowed if:\n- a public hearing was held" in text
    assert "Allowed if:" not in told(NEW, asked, "en")
    asked = question_of(NEW, "AdoptBudget", "community")
    assert answer(NEW, asked, unsaid)["if"] == []
    assert "Whatever the facts that were not named" in told(NEW, asked, "en", unsaid)


def test_the_office_stands_for_that_of_another_law() -> None:
    assert question_of(OLD, "ElectHead").object == "head_of_territory"
    asked = question_of(NEW, "ElectHead")
    assert asked.object == "head_of_executive"
    offices = {"head_of_executive", "head_of_territory"}
    assert of_office(OLD, asked, offices).object == "head_of_territory"
    assert of_office(OLD, asked, {"head_of_territory"}) == asked
    budget = question_of(NEW, "AdoptBudget")
    assert of_office(OLD, budget, offices) == budget


def test_a_suggested_act_says_who_may_do_it() -> None:
    text = told(NEW, question_of(NEW, "AdoptBudget"), "en")
    assert "- Publish the draft budget – executive body [PublishDraftBudget]" in text
