"""The pages of the law together: they lead to each other, only read, and always answer."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerege.constitution.rulebook import LawFailed, Rulebook
from tests.web.law_pages import KG, page

pytestmark = pytest.mark.usefixtures("demo")


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


@pytest.mark.parametrize("path", ["/en/law/kg-2010/example/", "/en/law/ask/"])
def test_a_law_that_cannot_answer_is_not_the_reader_s_mistake(client, monkeypatch, path):
    def fail(self, asked):
        raise LawFailed("policy0: the engine is out")

    monkeypatch.setattr(Rulebook, "rule", fail)
    text = page(client, path, 503, act="AdoptBudget", hearingHeld="yes")
    assert "cannot be answered now" in text and "engine" not in text
    assert 'class="ruling' not in text and 'value="yes" checked' in text


def test_the_law_page_leads_everywhere(client):
    text = page(client, "/law/")
    for link in ("/law/ask/", "/law/compare/", "/law/history/"):
        assert f'href="{link}"' in text
    for id_ in KG.editions:
        assert f'href="/law/{id_}/"' in text
