"""The law on pages: any question asked by anyone, editions with examples, two laws compared."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerege.constitution import edition, examples, packs, saying
from kerege.constitution.article import EditionError, Example
from kerege.constitution.question import ANSWERS
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.web import comparisons
from kerege.web.pages.edition import _example

pytestmark = pytest.mark.usefixtures("demo")

KG = packs.load()
WORDS = KG.vocabulary


def page(client, path: str, status: int = 200, **query: str) -> str:
    answer = client.get(f"{path}?{urlencode(query)}" if query else path)
    text = unescape(answer.content.decode())
    assert answer.status_code == status, text[:2000]
    return text


def plain(text: str) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


# -- asking ---------------------------------------------------------------------------------


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
    assert "gives no such power" in answer_of(page(client, "/en/law/ask/", **asked))
    # What nobody said is not said to be missing.
    asked = {"act": "AdoptBudget", "on": "2012-06-01", "actor": "community"}
    answer = answer_of(page(client, "/en/law/ask/", **asked))
    assert "Allowed if" not in answer and "no public hearing was held" not in answer


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
    assert 'value="2012-06-01"' in text
    wrong = page(client, "/law/ask/", 400, act="AdoptBudget", on="31.06.2012")
    assert "Күндү 2012-06-01 түрүндө жазыңыз" in wrong


def test_where_no_text_was_found_nobody_says_what_it_says(client):
    text = plain(page(client, "/en/law/ask/", act="AdoptBudget", edition="kg-2021"))
    assert "No text was found; the mark is ours." in text and "Grade none: no text" in text
    assert "does not say it in these words" not in text
    assert "Text not known" in text and "Not stated" not in text


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


NAMES = st.sampled_from(
    [
        "act",
        "actor",
        "object",
        "place",
        "on",
        "edition",
        "of",
        "answer",
        "a",
        "b",
        "topic",
        "source",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        ["AdoptBudget", "Transfer", "kenesh", "kg-2007", "kg-2010", "2012-06-01", "S8", "yes", ""]
    ),
    st.sampled_from(
        ["<script>alert(1)</script>", "\x00", "9" * 5000, "0001-01-01", "9999-12-31", "../../etc"]
    ),
    st.text(max_size=30),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(
        ["/law/ask/", "/ru/law/ask/", "/law/kg-2010/example/", "/law/compare/", "/law/history/"]
    ),
    st.dictionaries(NAMES, VALUES, max_size=6),
)
def test_whatever_is_asked_a_page_answers(client, path, query):
    try:
        said = urlencode(query)
    except UnicodeEncodeError:
        said = urlencode(query, errors="replace")
    answer = client.get(f"{path}?{said}")
    assert answer.status_code in (200, 400), query
    assert "<script>" not in answer.content.decode()


def test_asking_is_reading_only(client):
    assert client.post("/law/ask/", {"act": "AdoptBudget"}).status_code == 405
    assert client.post("/law/kg-2010/example/", {"act": "AdoptBudget"}).status_code == 405


@pytest.mark.parametrize("act", [name for name, one in WORDS.acts.items() if one.judged])
def test_every_act_can_be_asked(client, act):
    text = page(client, "/law/ask/", act=act, on="2012-06-01")
    assert 'class="ruling' in text
    for fact in WORDS.acts[act].facts:
        assert (f'name="{fact}"' in text) != WORDS.facts[fact].from_law


# -- editions -------------------------------------------------------------------------------


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


@pytest.mark.parametrize("path", ["/en/law/kg-2010/example/", "/en/law/ask/"])
def test_a_law_that_cannot_answer_is_not_the_reader_s_mistake(client, monkeypatch, path):
    def fail(self, asked):
        raise LawFailed("policy0: the engine is out")

    monkeypatch.setattr(Rulebook, "rule", fail)
    text = page(client, path, 503, act="AdoptBudget", hearingHeld="yes")
    assert "cannot be answered now" in text and "engine" not in text
    assert 'class="ruling' not in text and 'value="yes" checked' in text


def test_a_row_that_names_other_norms_does_not_run_as_written(demo):
    one = KG.edition("kg-2010")
    book = KG.rulebook(["kg-2010"])
    row = next(e for a in one.articles.values() for e in a.examples if e.cells["norms"])
    other = replace(row, cells={**row.cells, "norms": "budget.nothing"})
    assert _example(row, one, book, "en")[-1] == "✓"
    assert _example(other, one, book, "en")[-1] == "✕"


# -- comparing ------------------------------------------------------------------------------


def test_two_editions_stand_side_by_side_point_by_point(client):
    text = page(client, "/en/law/compare/", a="kg-2007", b="kg-2010")
    for topic in WORDS.topics:
        assert f'id="{topic}"' in text
    body = plain(text.split('id="S2"')[1].split('id="S3"')[0])
    assert "another kind of body" in body
    assert "no difference" in text
    articles = [a for a in KG.edition("kg-2007").articles.values() if a.topic == "S2"]
    assert all(article.words.en in body for article in articles)


def test_one_point_alone(client):
    text = page(client, "/law/compare/", topic="S8")
    assert 'id="S8"' in text and 'id="S7"' not in text


def test_two_days_are_compared_by_the_law_of_each(client):
    text = page(client, "/en/law/compare/", a="2018-02-14", b="2018-02-15", topic="S8")
    body = plain(text.split('id="S8"')[1])
    assert "2/3" in body and "1/2" in body
    assert "no constitution known" in page(client, "/en/law/compare/", a="1999-01-01")


def test_free_days_between_two_changes_are_compared_once(client):
    comparisons._compared.cache_clear()
    for day in ("2019-01-01", "2019-01-02", "2020-06-01"):
        text = page(client, "/en/law/compare/", a="2012-06-01", b=day, topic="S8")
        assert f"{day[-2:]}.{day[5:7]}.{day[:4]}" in text
    assert comparisons._compared.cache_info().currsize == 1
    assert comparisons._compared.cache_info().maxsize


@pytest.mark.parametrize(("day", "same"), [("2018-02-14", False), ("2018-02-15", True)])
def test_a_day_has_the_shares_of_the_last_change_before_it(client, day, same):
    laws = comparisons.Laws()
    a, b = laws.of_day(date.fromisoformat(day)), laws.of_day(date(2019, 6, 1))
    (point,) = comparisons.points(a, b, "S8")
    assert (not point.differences) == same


def test_a_law_with_itself_differs_in_nothing(client):
    text = page(client, "/en/law/compare/", a="kg-2010", b="kg-2010")
    assert "differences:" not in text and text.count("no difference") == len(WORDS.topics)


def test_the_head_was_chosen_otherwise_again_and_again(client):
    """2007 → 2010 → Law 101 → the majority of 2018 → 2021."""
    text = page(client, "/en/law/history/", topic="S8")
    found = re.findall(r'entry-title">([^<]+)<', text)
    years = [day[-4:] for day in found]
    assert years[0] == "2007" and {"2010", "2011", "2018", "2021"} <= set(years)
    assert years == sorted(years)
    step = plain(text.split("2018</h2>")[1].split('class="entry"')[0])
    assert "2/3" in step and "1/2" in step


def test_a_number_stands_at_the_day_from_which_it_counts(client):
    text = page(client, "/en/law/history/", topic="S7")
    steps = {one.split("<")[0]: one for one in text.split('entry-title">')[1:]}
    articles = KG.edition("kg-law-98-2011").articles
    seats, women = (articles[name].words.en for name in ("seats", "reservation"))
    told = {day for day, one in steps.items() if seats in one.split("<details")[0]}
    assert told == {"September 19, 2024"}
    told = {day for day, one in steps.items() if women in one.split("<details")[0]}
    assert told == {"January 1, 2019"}
    assert articles["turnout"].words.en in steps["July 14, 2011"]
    old = page(client, "/en/law/compare/", a="2012-01-01", b="2025-01-01", topic="S7")
    assert old.count(seats) == 1


def test_articles_stand_open_and_derived_differences_folded(client):
    text = page(client, "/en/law/compare/", a="kg-2007", b="kg-2010").split('id="S2"')[1]
    words = next(a for a in KG.edition("kg-2010").articles.values() if a.topic == "S2").words.en
    assert text.index(words) < text.index("<details") < text.index('class="differences"')
    assert "What the rules answer differently: " in text


@pytest.mark.parametrize("topic", list(WORDS.topics))
@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_every_point_has_its_years(client, prefix, topic):
    assert topic in page(client, f"{prefix}/law/history/", topic=topic)


def test_bad_words_of_a_comparison_are_said(client):
    for query in ({"a": "kg-1850"}, {"b": "yesterday"}, {"b": "20180215"}, {"topic": "S99"}):
        assert "not known" in page(client, "/en/law/compare/", 400, **query)
    assert "not known" in page(client, "/en/law/history/", 400, topic="S99")


def test_the_law_page_leads_everywhere(client):
    text = page(client, "/law/")
    for link in ("/law/ask/", "/law/compare/", "/law/history/"):
        assert f'href="{link}"' in text
    for id_ in KG.editions:
        assert f'href="/law/{id_}/"' in text
