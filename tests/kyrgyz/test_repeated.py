"""Words of one text that another repeats."""

import pytest

from kerege.kyrgyz.repeated import repeats


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Асановдун өтүнүчү боюнча", "Асанова Айгүл"),
        ("по просьбе Асановой", "Асанов Бакыт"),
        ("AN1234567", "паспорт an1234567"),
        ("Озгондук Бакыттын арызы", "Бакыт, Өзгөн"),
        ("сообщила Аида", "Аида кызы Н."),
    ],
)
def test_a_word_is_found_in_another_case(text, hidden):
    assert repeats(text, hidden)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Арыз ээсинин өтүнүчү", "Асанова Айгүл"),
        ("Кызыктуу болгон жок", "Аида кызы Н."),
        ("", "Асанова"),
        ("Асанова", ""),
        ("уул", "Асан уул"),
    ],
)
def test_other_words_are_not(text, hidden):
    assert not repeats(text, hidden)
