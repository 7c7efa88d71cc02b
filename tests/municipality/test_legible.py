"""New acts are said so that people can read them; entries already written are read as they were."""

from datetime import date

import pytest

from kerege.municipality.acts.hold_session import HoldSession
from kerege.municipality.acts.raise_issue import RaiseIssue
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.fields import SOURCES, Lines, Names, Personal, Text, Wrong
from kerege.municipality.legible import legible, said_legibly
from kerege.municipality.problem import Malformed

SHORT, LONG = Text(), Text(2000, long=True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("\u3164", "bad_characters"),
        ("\u2800", "bad_characters"),
        ("Жол\u3164", "bad_characters"),
        ("\ufe0f\ufe0e", "bad_characters"),
        ("\U000e0101", "bad_characters"),
        ("Жол\U000e0080", "bad_characters"),
        ("\u0301", "unreadable"),
        ("…", "unreadable"),
        ("- 。 !", "unreadable"),
        ("a" + "\u0301" * 180, "many_marks"),
        ("Аiyl okmotu", "mixed_letters"),
        ("айыл окmоtu", "mixed_letters"),
        ("Жогорку pайон", "mixed_letters"),
        ("Асан Бεков", "mixed_letters"),
    ],
)
def test_a_title_that_nobody_reads_as_it_stands(text, key):
    with pytest.raises(Wrong) as wrong:
        legible(SHORT, text)
    assert wrong.value.key == key
    # What a register holds already is read all the same.
    Text().read(text.strip() if key == "mixed_letters" else text)


def test_the_word_is_named():
    with pytest.raises(Wrong) as wrong:
        legible(SHORT, "Айыл окmоtu жөнүндө")
    assert wrong.value.slots == {"word": "окmоtu"}


@pytest.mark.parametrize(
    "text",
    [
        "Жолду оңдоо",
        "XXI кылым",
        "XXI-кылым",
        "iPhone сатып алуу",
        "1С программасы",
        "Facebookтон билдирүү",
        "№ 12-А/5b",
        "Йогурт й\u0306",
        "Nguyễn Văn",
        "2012",
    ],
)
def test_what_people_write_passes(text):
    legible(SHORT, text)


def test_a_long_text_may_be_a_sign_or_hold_a_picture_but_nothing_unseen():
    for text in ("…", "Рахмат ❤\ufe0f", "Аiyl"):
        legible(LONG, text)
    for text in ("\u0301", "\u3164", "а" + "\u0330" * 5, "\ufe0f"):
        with pytest.raises(Wrong):
            legible(LONG, text)


def test_names_lines_and_personal_words_too():
    with pytest.raises(Wrong):
        legible(Names(), ["Асан Уулу", "Үсөн Уyлу"])
    with pytest.raises(Wrong):
        legible(Lines(), [{"name": "\u2800", "source": SOURCES[0], "amount": 1}])
    with pytest.raises(Wrong):
        legible(Personal(), "\u3164")
    # Personal words are told to nobody, not even by what is wrong with them.
    legible(Personal(), "Уyлу")


def test_an_act_names_every_field_that_is_wrong():
    paper = Evidence("—", date(2013, 3, 1), "")
    fields = {"title": "\u3164", "text": "Жолду оңдоо", "applicant": "\u2800"}
    with pytest.raises(Malformed) as wrong:
        said_legibly(RaiseIssue, fields, Actor("community", "\u0301"), paper, "\u2800")
    named = {one.field for one in wrong.value.problems}
    assert named == {"title", "applicant", "of", "evidence", "insist"}
    good = {"title": "Жол", "text": "Жолду оңдоо"}
    said_legibly(RaiseIssue, good, Actor("community"), Evidence("№ 1", date(2013, 3, 1), ""), "")
    said_legibly(HoldSession, {}, Actor("kenesh"), None, "")
