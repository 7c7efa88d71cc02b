"""Any question put to the law on its page by anyone: who, what, when, and how it was before."""

import re

import pytest

from kerege.constitution import saying
from tests.web.law_pages import KG, WORDS, page, plain

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize(("prefix", "language"), [("", "ky"), ("/ru", "ru"), ("/en", "en")])
def test_an_answer_has_its_article_in_plain_words_and_what_would_change_it(
    client, prefix, language
):
    asked = {"act": "AdoptBudget", "actor": "kenesh", "on": "2012-06-01"}
    asked |= {"draftPublished": "no", "hearingHeld": "no"}
    text = plain(page(client, f"{prefix}/law/ask/", **asked))
    article = KG.edition("kg-2010").articles["budget"]
    assert saying.answer_said("forbidden", language) in text
    assert saying.article_said(article, language) in text and article.words[language] in text
    assert saying.grade_said(article.grade, language) in text
    for fact in ("draftPublished", "hearingHeld"):
        known = WORDS.facts[fact]
        assert known.missing is not None
        assert known.missing[language] in text and known.words[language] in text


def test_a_day_has_the_law_of_that_day(client):
    asked = {"act": "ElectHead", "actor": "kenesh", "participationReached": "yes"}
    before = page(client, "/en/law/ask/", on="2010-12-01", **asked)
    after = page(client, "/en/law/ask/", on="2012-06-01", **asked)
    assert "The law allows this" not in before.split('id="answer"')[1].split("<h2")[1]
    assert "Law 101 of 15 July 2011" in after and "2012" in after
    assert "The law allows this" in after


def test_how_it_was_in_2007_and_in_the_other_editions(client):
    asked = {"act": "ConstituteBody", "actor": "community", "object": "other_body"}
    text = page(client, "/en/law/ask/", on="2012-06-01", **asked)
    lines = text.split("How it was in 2007")[1].split("</ul>")[0].split("<li>")[1:]
    assert len(lines) == len(KG.constitutions())
    for one, line in zip(KG.constitutions(), lines, strict=True):
        assert one.title.en in line and f"edition={one.id}" in line
    assert "Permitted" in lines[0] and "Forbidden" in lines[1] and "111(1)" in lines[1]
    # The line leads to the whole answer of that edition.
    link = re.search(r'href="([^"]+)"', lines[0])
    assert link is not None
    old = page(client, "/en/law/ask/" + link[1].split("#")[0])
    answer = old.split('id="answer"')[1].split("How it was")[0]
    assert "The law allows this" in answer and "111(1)" not in answer


def test_a_day_without_an_edition_is_said_and_the_editions_still_answer(client):
    text = page(client, "/en/law/ask/", act="AdoptBudget", on="1999-01-01")
    assert "no constitution known to us was in force" in text
    assert "How it was in 2007" in text


def test_another_act_is_chosen_with_the_rest_of_the_old_form(client):
    """Without JavaScript the fields of the act before are sent along; they say nothing."""
    old = {"of": "AdoptBudget", "object": "local_budget", "hearingHeld": "yes", "actor": "kenesh"}
    text = page(client, "/en/law/ask/", act="ElectDeputies", **old)
    assert "Elect deputies (deputies)" in text and "local community" in plain(text)


def test_what_the_laws_tell_nobody_chooses(client):
    text = page(client, "/en/law/ask/", act="ElectHead", on="2012-06-01")
    assert 'name="orderSetByLaw"' not in text
    assert WORDS.facts["orderSetByLaw"].words.en in text
    reached = {"orderSetByLaw": "no", "participationReached": "yes"}
    text = page(client, "/en/law/ask/", act="ElectHead", on="2012-06-01", **reached)
    assert "The law allows this" in answer_of(text)


def answer_of(text: str) -> str:
    return plain(text.split('id="answer"')[1].split("How it was")[0])


@pytest.mark.parametrize(
    ("prefix", "if_", "not_if"),
    [
        ("", "Болот, эгер:", "Болбойт, эгер:"),
        ("/ru", "Можно, если:", "Нельзя, если:"),
        ("/en", "Allowed if:", "Not allowed if:"),
    ],
)
def test_what_nobody_said_is_neither_yes_nor_no(client, prefix, if_, not_if):
    """The kenesh could elect the head in 2012: whether enough took part is a condition."""
    text = page(client, f"{prefix}/law/ask/", act="ElectHead", on="2012-06-01")
    answer = answer_of(text) if prefix == "/en" else plain(text)
    assert if_ in answer and not_if in answer and "43(4), 49(3)" in answer
    for name in ("proposedByGovernor", "participationReached"):
        assert text.count(f'name="{name}"') == 3
        assert f'name="{name}" value="" checked' in text
    said = {"participationReached": "no", "on": "2012-06-01"}
    text = page(client, f"{prefix}/law/ask/", act="ElectHead", **said)
    assert 'name="participationReached" value="no" checked' in text
    assert if_ not in plain(text.split('class="ruling')[1].split("</section>")[0])


def test_where_every_way_gives_one_answer_that_is_the_answer(client):
    asked = {"act": "ElectDeputies", "on": "2012-06-01", "actor": "governor"}
    assert "no norm that gives such a power in the articles known to us" in answer_of(
        page(client, "/en/law/ask/", **asked)
    )
    # What nobody said is not said to be missing.
    asked = {"act": "AdoptBudget", "on": "2012-06-01", "actor": "community"}
    answer = answer_of(page(client, "/en/law/ask/", **asked))
    assert "Allowed if" not in answer and "no public hearing was held" not in answer


def test_what_a_known_text_lets_be_done_stands_apart_from_what_no_text_is_known_on(client):
    known, silent = "What can be done by a text we know, and by whom", "No text known to us"
    facts = {"draftPublished": "yes", "hearingHeld": "no", "actor": "kenesh"}
    asked = {"act": "AdoptBudget", **facts, "edition": "kg-2010"}
    answer = answer_of(page(client, "/en/law/ask/", **asked))
    hearing, by = WORDS.acts["HoldHearing"].words.en, WORDS.actors["executive"].en
    assert known in answer and silent not in answer
    step = answer.partition(known)[2]
    assert hearing in step and by in step.partition(hearing)[2]
    asked = {"act": "AdoptBudget", "actor": "executive", "edition": "kg-2021"}
    answer = answer_of(page(client, "/en/law/ask/", **asked))
    assert silent in answer and known not in answer
    assert f"This may be done by: {WORDS.actors['kenesh'].en}" in answer.partition(silent)[2]


def test_another_edition_is_asked_about_the_office_as_it_names_it(client):
    text = page(client, "/en/law/ask/", act="ElectHead", on="2012-06-01")
    old, new = text.split("How it was in 2007")[1].split("</ul>")[0].split("<li>")[1:3]
    governor = WORDS.facts["proposedByGovernor"].words.en
    assert f"Allowed if: {governor}." in plain(old)
    assert "Here it is about the head of the territory." in plain(old)
    assert "Here it is about" not in new
    link = re.search(r'href="([^"]+)"', old)
    assert link is not None and "object=head_of_territory" in link[1]
    answer = answer_of(page(client, "/en/law/ask/" + link[1].split("#")[0]))
    assert "head of the territory" in answer and governor in answer
    # Of a day of that edition too, when no object was chosen.
    answer = answer_of(page(client, "/en/law/ask/", act="ElectHead", on="2009-01-01"))
    assert "head of the territory" in answer


def test_a_day_with_points_is_the_same_day(client):
    text = page(client, "/en/law/ask/", act="AdoptBudget", on="01.06.2012")
    assert 'value="01.06.2012"' in text
    wrong = page(client, "/law/ask/", 400, act="AdoptBudget", on="31.06.2012")
    assert "Күндү мындай жазыңыз: 25.01.2026" in wrong


def test_where_no_text_was_found_nobody_says_what_it_says(client):
    text = plain(page(client, "/en/law/ask/", act="AdoptBudget", edition="kg-2021"))
    assert (
        "No text was found; the mark is ours." in text
        and "Grade of the text: none – no text" in text
    )
    assert "does not say it in these words" not in text and "As we read it" not in text
    assert "Text not known" in text and "Not stated" not in text


def test_what_only_others_tell_is_not_called_our_reading(client):
    asked = {"act": "AppointHead", "on": "2022-06-01", "place": "aiyl_aimak"}
    text = plain(page(client, "/en/law/ask/", actor="governor", **asked))
    assert "As others tell it" in text and "As we read it" not in text
    # That nobody else can is our reading of it.
    text = plain(page(client, "/en/law/ask/", actor="president", **asked))
    assert "As we read it" in text and "As others tell it" not in text


def test_an_act_is_suggested_with_who_may_do_it_and_marked_when_its_text_is_not_known(client):
    asked = {"act": "AdoptBudget", "on": "2012-06-01", "draftPublished": "no"}
    text = plain(page(client, "/en/law/ask/", hearingHeld="no", **asked))
    assert "Publish the draft budget – executive body" in text
    asked = {"act": "ElectHead", "edition": "kg-2021", "actor": "kenesh"}
    text = plain(page(client, "/en/law/ask/", **asked))
    assert "Appoint the head – " in text and "akim" in text


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"act": "Dance"}, "Dance"),
        ({"act": "Found"}, "Found"),
        ({"act": "AdoptBudget", "actor": "nobody"}, "nobody"),
        ({"act": "AdoptBudget", "object": "head_of_executive"}, "head_of_executive"),
        ({"act": "AdoptBudget", "place": "yurt"}, "yurt"),
        ({"act": "AdoptBudget", "hearingHeld": "perhaps"}, "perhaps"),
        ({"act": "Transfer", "source": "yes"}, "yes"),
        ({"act": "AdoptBudget", "on": "2012-02-30"}, "2012-02-30"),
        ({"act": "AdoptBudget", "on": "20120601"}, "20120601"),
        ({"act": "AdoptBudget", "edition": "kg-1850"}, "kg-1850"),
        ({"act": "AdoptBudget", "edition": "kg-law-101-2011"}, "kg-law-101-2011"),
    ],
)
def test_a_wrong_word_is_said_and_never_answered(client, query, wrong):
    text = page(client, "/en/law/ask/", 400, **query)
    assert f"“{wrong}”" in text and 'class="ruling' not in text
    assert '<form method="get"' in text


@pytest.mark.parametrize("act", [name for name, one in WORDS.acts.items() if one.judged])
def test_every_act_can_be_asked(client, act):
    text = page(client, "/law/ask/", act=act, on="2012-06-01")
    assert 'class="ruling' in text
    for fact in WORDS.acts[act].facts:
        assert (f'name="{fact}"' in text) != WORDS.facts[fact].from_law


def test_an_answer_by_our_reading_alone_says_so_beside_it(client):
    asked = {"act": "AdoptBudget", "actor": "kenesh", "on": "2012-06-01", "hearingHeld": "no"}
    ours = page(client, "/en/law/ask/", draftPublished="no", **asked)
    assert "As we read it" in ours.split('id="answer"')[1].split("<h2")[0]
    asked = {"act": "ConstituteBody", "actor": "community", "object": "other_body"}
    text = page(client, "/en/law/ask/", on="2012-06-01", **asked)
    assert "As we read it" not in text.split('id="answer"')[1].split("<h2")[0]
