"""The Typical charter of 2022: a model, which is in a rulebook only where it was put there."""

from datetime import date

import pytest

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.constitution.question import Question
from tests.cast import MODEL

KG = packs.load()
ON = date(2023, 5, 10)
ALONE = KG.pinned("kg-2021")
CALL = Question(
    "head", "CallAssembly", "meeting", "aiyl_aimak", {"noticeGiven": False, "calledUrgently": False}
)


def test_a_model_is_no_law_until_it_is_adopted() -> None:
    assert MODEL not in {id_ for one in KG.constitutions() for id_ in KG.pinned(one.id)}
    assert [e.id for e in KG.models_under("kg-2021")] == [MODEL]
    assert KG.models_under("kg-2010") == []


def test_the_digest_says_whether_it_was() -> None:
    alone, adopted = KG.rulebook(ALONE), KG.rulebook((*ALONE, MODEL))
    assert alone.digest != adopted.digest
    assert alone.rule(CALL).answer == "not_stated"
    ruling = adopted.rule(CALL)
    assert (ruling.answer, ruling.norms) == ("forbidden", (f"{MODEL}/meeting-notice.days",))


def test_a_refusal_by_it_says_that_it_is_a_model_and_whose_reading() -> None:
    norm = KG.rulebook((*ALONE, MODEL)).norms[f"{MODEL}/meeting-notice.days"]
    assert (norm.article.force, norm.reading, norm.article.grade) == ("model", "ours", "A")


def test_under_another_constitution_it_cannot_be_put() -> None:
    with pytest.raises(EditionError, match="it stands under kg-2021"):
        KG.rulebook(("kg-2010", MODEL))


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("meeting_notice", 5, "days"),
        ("meetings_a_year", 2, "times"),
        ("meeting_answer", 3, "days"),
        ("meeting_measures", 1, "months"),
        ("request_decision", 14, "days"),
        ("request_group", 11, "people"),
        ("initiative_group", 7, "people"),
        ("hearing_notice", 21, "days"),
        ("hearing_draft", 7, "days"),
        ("hearing_results", 10, "days"),
        ("meeting_quorum", None, "percent"),
    ],
)
def test_its_numbers(name: str, value: int | None, unit: str) -> None:
    number = KG.rulebook((*ALONE, MODEL)).number(name, ON, "aiyl_aimak", 5000)
    assert number is not None and (number.value, number.unit) == (value, unit)
    assert KG.rulebook(ALONE).number(name, ON, "aiyl_aimak", 5000) is None


def test_a_charter_sets_what_its_text_leaves_open_and_nothing_else() -> None:
    numbers = KG.rulebook((*ALONE, MODEL)).numbers(ON, "aiyl_aimak", 5000).values()
    left_open = {n.name for n in numbers if n.settable and n.norm.startswith(MODEL)}
    assert left_open == {"request_group", "initiative_group", "meeting_quorum"}


def test_what_stands_only_in_the_guide_is_our_reading() -> None:
    for article in KG.edition(MODEL).articles.values():
        assert (article.reading == "ours") == article.article.startswith("guide"), article.anchor
        assert ("GU-" in article.source.split(",")[0]) == article.article.startswith("guide")


def test_its_duties() -> None:
    duties = {
        d.id.partition("/")[2]: (d.act, d.after or d.each, d.within or d.times)
        for d in KG.rulebook((*ALONE, MODEL)).duties.values()
        if d.norm.startswith(MODEL)
    }
    assert duties == {
        "reports.executive": ("ReportToCommunity", "year", ""),
        "reports.kenesh": ("ReportToCommunity", "year", ""),
        "meeting.twice": ("HoldAssembly", "year", "meetings_a_year"),
        "meeting-request.answer": ("DecideRequest", "RequestMeeting", "request_decision"),
        "meeting-answers.days": ("AnswerQuestion", "HoldAssembly", "meeting_answer"),
        "meeting-measures.month": ("PublishResults", "HoldAssembly", "meeting_measures"),
        "hearing-results.days": ("PublishResults", "HoldHearing", "hearing_results"),
    }
