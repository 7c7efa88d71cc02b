"""The points of a comparison: sentences in three languages, nothing left out, nothing by hand."""

import json
import re
from datetime import date

import pytest

from kerege.constitution import packs
from kerege.constitution.compare import compare
from kerege.constitution.points import Points
from kerege.constitution.points_page import page
from kerege.words import LANGUAGES, Words

KG = packs.load()
WORDS = KG.vocabulary
POINTS = Points(compare(KG.rulebook(("kg-2007",)), KG.rulebook(("kg-2010",))))
SHOWN = POINTS.json()


def english(points: Points, topic: str) -> list[str]:
    return [one.words["en"] for one in points.point(topic).differences]


def test_every_topic_is_spoken_of() -> None:
    said = {*SHOWN["topics"], *SHOWN["unchanged"], *SHOWN["not_stated"]}
    assert said == {f"S{n}" for n in range(1, 15)}
    assert SHOWN["a"] == ["kg-2007"] and SHOWN["b"] == ["kg-2010"]
    assert 0 < SHOWN["differing"] < SHOWN["questions"]
    assert {"S7", "S14"} <= set(SHOWN["unchanged"])
    assert {"S2", "S3", "S4", "S5", "S6", "S8", "S9", "S10", "S11", "S12"} <= set(SHOWN["topics"])


def test_each_difference_is_one_sentence_in_each_language() -> None:
    for topic, said in SHOWN["topics"].items():
        assert said["rows"] > 0
        for language in LANGUAGES:
            assert len(said["sentences"][language]) == said["rows"], topic
            assert len(set(said["sentences"][language])) == said["rows"], topic


def test_every_row_is_in_a_sentence() -> None:
    told = sum(len(said["details"]) for said in SHOWN["topics"].values())
    assert told == len(POINTS.compared.rows)


def test_no_sentence_speaks_in_codes() -> None:
    for point in POINTS.points():
        for said in (*(one.words for one in point.differences), *point.said):
            for language in LANGUAGES:
                assert not re.search("_|[a-z][A-Z]|[{}]", said[language]), said[language]
            assert not re.search("[a-z]{3}", said["ky"]), said["ky"]


def test_the_fourteen_points_are_derived() -> None:
    assert (
        "Constitute a body; who: local community, local kenesh; what: official post. "
        "2007 – allowed (as the brochure of 2010 reads it); "
        "2010 – forbidden (as the brochure of 2010 reads it)."
    ) in english(POINTS, "S5")
    assert any("«settlement administration»" in one for one in english(POINTS, "S6"))
    assert any(one.startswith("Head of what. 2007 – head of the") for one in english(POINTS, "S9"))
    assert any("republican" in one and "2010 – allowed" in one for one in english(POINTS, "S10"))
    assert any(
        "by agreement. 2007 – forbidden" in one and "2010 – allowed" in one
        for one in english(POINTS, "S12")
    )
    (unchanged,) = POINTS.point("S7").said
    assert unchanged["en"] == "Unchanged: 2007 and 2010 answer every question alike."
    (plain,) = POINTS.point("S14").said
    assert plain["en"].startswith("Every article is told in plain words")


def test_unchanged_says_what_is_unchanged() -> None:
    law = KG.rulebook(KG.pinned("kg-2010"))
    same = Points(compare(law, law, date(2018, 2, 14), date(2018, 2, 15)))
    names, known = same.point("S6").said[0]["en"], same.point("S13").said[0]["en"]
    assert names.startswith("Unchanged: ") and names.endswith("say the same.")
    assert known.startswith("Unchanged in what is known: ")
    assert {"S6", "S13"} <= set(same.json()["unchanged"]) and "S13" in same.json()["not_stated"]


def test_what_is_counted() -> None:
    everything, head = POINTS.counted("en"), POINTS.counted("en", "S8")
    assert f"answered differently: {POINTS.compared.differing}." in everything
    assert head.endswith(f"answered differently on S8: {POINTS.compared.by_topic['S8']}.")
    assert POINTS.json("S8")["differing"] == POINTS.compared.by_topic["S8"]
    assert POINTS.counted("en", "S7").endswith("answered differently on S7: 0.")
    assert POINTS.counted("en", "S9").endswith("told differently: 1.")


def test_silence_and_readings_are_carried_along() -> None:
    (row, *_) = (row for row in SHOWN["topics"]["S1"]["details"] if row["a"] == "not_stated")
    assert row["norms_a"] == ["kg-2007/concept.issues"]
    said = " ".join(english(POINTS, "S1"))
    assert "2007 – the text is not known to us" in said and "(as we read it)" in said
    silent = POINTS.point("S1").said[0]["en"]
    assert silent.startswith("2007: the text on this is not known to us – Raise an issue, Decide")


def test_what_no_statute_tells_is_said_to_be_lacking() -> None:
    said = " ".join(english(POINTS, "S8"))
    assert "2010 – allowed only if a law sets the order of electing the head (no law that" in said
    assert "head of the" not in said.replace("head of the local state administration", "")


def test_who_may_act_stands_before_numbers_and_those_before_silence() -> None:
    old, new = (KG.rulebook(KG.pinned(id_)) for id_ in ("kg-2010", "kg-2021"))
    days = date(2018, 3, 1), date(2022, 1, 1)
    said = english(Points(compare(old, new, *days)), "S8")
    assert said[0].startswith("Appoint the head; who: head of the local state administration")
    assert "2010 (with statutes) – forbidden" in said[0] and "– allowed" in said[0]
    (term,) = (n for n, one in enumerate(said) if "48 months" in one and "60 months" in one)
    silent = [n for n, one in enumerate(said) if "the text is not known to us" in one]
    (elects,) = (
        n
        for n, one in enumerate(said)
        if one.startswith("Elect the head; who: local ken")
        and "– allowed; 2021 (with statutes) – forbidden" in one
    )
    assert 0 < elects < term < min(silent)


def test_a_duty_that_is_our_reading_is_marked_though_its_article_is_the_text() -> None:
    told = [one for one in POINTS.point("S11").differences if not one.rows]
    (said,) = (one for one in told if one.what["en"].startswith("Duty: "))
    assert KG.edition("kg-2010").articles["budget"].reading == "text"
    assert said.after["en"] == "stands" and said.note_after["en"] == "as we read it"


def test_one_topic_alone() -> None:
    shown = POINTS.json("S8")
    assert list(shown["topics"]) == ["S8"] and not shown["unchanged"]
    assert shown["topics"]["S8"] == SHOWN["topics"]["S8"]
    assert json.loads(json.dumps(SHOWN)) == SHOWN


def test_a_share_that_fell_is_told_with_its_days() -> None:
    law = KG.rulebook(KG.pinned("kg-2010"))
    names = Words("2012", "2012", "2012"), Words("2018", "2018", "2018")
    compared = compare(law, law, date(2012, 1, 1), date(2018, 3, 1))
    (said,) = (one for one in english(Points(compared, *names), "S8") if "2/3" in one)
    assert said == (
        "enough deputies took part in the election. 2012 – at least 2/3 of all seats (or mandates "
        "in force); 2018 – more than 1/2 of all seats (or mandates in force)."
    )
    whole = Points(compare(KG.rulebook(("kg-2010",)), law))
    (said,) = (one for one in english(whole, "S8") if "2/3" in one)
    assert re.search(r"2/3 [^;]* \[… – 14\.02\.2018\]; more than 1/2 [^;]*\[15\.02\.2018", said)


def test_laws_called_alike_go_by_their_titles() -> None:
    book = KG.rulebook(("kg-2010",))
    same = Points(compare(book, book))
    assert same.name_a == KG.edition("kg-2010").title
    with_statutes = Points(compare(book, KG.rulebook(KG.pinned("kg-2010"))))
    assert with_statutes.name_b["en"] == "2010 (with statutes)"


def test_a_law_with_words_of_its_own_says_what_is_not_compared() -> None:
    compared = compare(packs.find("eclsg").rulebook(("eclsg",)), KG.rulebook(("kg-2010",)))
    points = Points(compared)
    assert compared.questions and "S13" not in compared.unchanged()
    assert points.json()["only"]["b"]["acts"] and "Charter" in points.name_a["en"]
    assert any(point.said for point in points.points() if point.topic == "S13")
    assert all(one.words["ky"] for point in points.points() for one in point.differences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else(language: str) -> None:
    html = page([POINTS], language)
    assert html.startswith(f'<!doctype html><html lang="{language}">')
    assert not re.search(r"<script|<link|src=|url\(|href=", html)
    for point in POINTS.points():
        assert f"<h3>{point.topic}. " in html
    assert html.count("<li>") == sum(said["rows"] for said in SHOWN["topics"].values())
    assert page([POINTS], language, "S8").count("<h3>") == 1


def test_the_page_of_a_yardstick_tells_its_principles() -> None:
    charter = packs.find("eclsg").rulebook(("eclsg",))
    points = Points(compare(charter, KG.rulebook(("kg-2010",))))
    html = page([points], "en")
    assert "Met. Allowed" in html and "kg-2010/deputies.elected" in html and "<h3>" not in html
    assert page([points], "en", "S8").count("<h3>") == 1
