"""People ask in whole sentences, and in words the law does not use."""

import pytest

from kerege.kyrgyz.everyday import MEANT, PARTS, SILENT, WHO
from kerege.kyrgyz.letters import fold
from kerege.kyrgyz.terms import asked, terms


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("ким башкарат", ["башкарат"]),
        ("Акча кайда кетти?", ["акча"]),
        ("Жыйын качан болот", ["жыйын"]),
        ("Кто у нас глава?", ["глава"]),
        ("куда ушли деньги", ["деньги"]),
        ("Who is our head", ["head"]),
        ("Бизди ким башкарат?", ["башкарат"]),
        ("Кто нами управляет?", ["управляет"]),
        ("Акча кайдан келет?", ["акча"]),
        ("Аким башчыны дайындай алабы?", ["аким", "башчыны", "дайындай"]),
        ("Может ли аким назначить главу?", ["аким", "назначить", "главу"]),
        ("ким кайда", ["ким", "кайда"]),
    ],
)
def test_words_that_say_nothing_are_not_asked_for_beside_others(question, sought):
    assert [one.word for one in asked(question)] == sought


def test_words_without_meaning_are_written_as_they_are_compared():
    assert {fold(word) for word in SILENT} == SILENT and WHO <= SILENT


def test_every_part_is_asked_for_by_terms():
    terms_ = [term for ways in PARTS.values() for way in ways for term in way]
    assert all(PARTS.values()) and all(term[0] in "ekrn" and term[1:] for term in terms_)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("башкарат", "башчы"),
        ("публичных", "общественные"),
        ("сходу", "собрание"),
        ("chief", "head"),
    ],
)
def test_an_everyday_word_finds_that_of_the_law(question, text):
    (one,) = asked(question)
    assert one.stems & terms([("", text)]) and not one.exact & terms([("", text)])


def test_every_everyday_word_can_be_asked_for():
    assert all(
        key[0] in "krn" and asked(key[1:].strip("-")) and all(map(asked, law))
        for key, law in MEANT.items()
    )


def test_a_kurultai_is_found_in_every_case():
    (said,) = ({one for one in terms([("ru", "курултай")]) if one[0] == "r"},)
    for word in ("курултая", "курултаю", "курултаем", "курултаи", "курултаев"):
        assert asked(word)[0].stems & said, word
