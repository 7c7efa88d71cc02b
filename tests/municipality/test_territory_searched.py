"""The territory searched: by code, by names in three languages, by what comes near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.municipality import territory
from kerege.municipality.territory import Territory


@pytest.fixture(scope="module")
def kyrgyzstan() -> Territory:
    return territory.load()


@pytest.mark.parametrize(
    ("sought", "code"),
    [
        ("Нарын", "41704400000010"),
        ("нарын", "41704400000010"),
        ("  г. Нарын ", "41704400000010"),
        ("naryn", "41704400000010"),
        ("41704400000010", "41704400000010"),
        ("4170440", "41704400000010"),
        ("04400000010", ""),
        ("он арчинский", "41704245840000"),
        ("ОН-АРЧА", "41704245840000"),
        ("Он-Арча айыл аймагы", "41704245840000"),
        ("Ысык-Көл", "41702000000000"),
        ("Ысык Көл району", "41702215000000"),
        ("Жети-Өгүз", "41702210000000"),
        ("Таш-Көмүр", "41703420000010"),
        ("Сүлүктү", "41705420000010"),
        ("Бөрү-Баш", "41702205807000"),
        ("Чоң-Алай", "41706259000000"),
        ("чоналайский", "41706259000000"),
        ("Kara Balta", "41708420000010"),
        ("Бөрдүнский", "41708213530020"),
        # A letter and its breve apart, as some keyboards send them.
        ("Тонскии\u0306 раи\u0306он", "41702220000000"),
        ("нет такого места", ""),
        ("", ""),
        (" - ", ""),
    ],
)
def test_search_finds_first(kyrgyzstan: Territory, sought: str, code: str) -> None:
    found = kyrgyzstan.search(sought, 1)
    assert [unit.code for unit in found] == ([code] if code else [])


def test_search_puts_whole_names_first_and_keeps_its_limit(kyrgyzstan: Territory) -> None:
    names = [territory.plain_name(unit) for unit in kyrgyzstan.search("нарын", 5)]
    assert names == ["Нарын", "Нарын", "Нарынская область", "Нарынский район", "Эки-Нарын"]
    assert len(kyrgyzstan.search("кара", 7)) == 7
    assert kyrgyzstan.search("кара", 0) == kyrgyzstan.search("кара", -1) == []


@given(st.text(), st.integers(-3, 30))
def test_search_takes_any_text(sought: str, limit: int) -> None:
    assert len(territory.load().search(sought, limit)) <= max(limit, 0)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Кочкор", "Кочкор району"),
        ("Кочкор району", "Кочкор району"),
        ("Нарын облусу", "Нарын облусу"),
        ("Ысык-Көл", "Ысык-Көл облусу"),
        ("Барпы", "Барпынский айылный аймак"),
        ("Соңкөл", "Сон-Кульский айылный аймак"),
        ("Баетов", "Баетовский айылный аймак"),
    ],
)
def test_a_name_is_borne_in_kyrgyz_too_and_by_its_adjective(kyrgyzstan, asked, first):
    names = [one.name("ky")[0] for one, _ in kyrgyzstan.called(asked)]
    assert first in names[:1]


@pytest.mark.parametrize("word", ["мектеп", "суу", "жол", "башчы", "бюджет", "акча"])
def test_a_common_word_is_no_name(kyrgyzstan, word):
    assert kyrgyzstan.called(word) == []
