"""One slip of the keyboard is put right, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.kyrgyz import letters, misspelt

TEXTS = ["Бюджеттин долбоору", "бюджет, кеңеш, депутат", "бюджет"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("бюжет", "бюджет"),
        ("бюджетт", "бюджет"),
        ("бюджит", "бюджет"),
        ("бюджте", "бюджет"),
        ("кенешш", "кеңеш"),
        ("депутад", "депутат"),
        ("бюджет", None),
        ("кенеш", None),
        ("бжет", None),
        ("муниципалитет", None),
    ],
)
def test_one_slip_is_put_right(typed, meant):
    assert misspelt.meant(typed, TEXTS) == meant


@given(st.data())
def test_whatever_letter_slips_the_word_is_found(data):
    word = "жергиликтүү"
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(letters.ALPHABET))
    slip = data.draw(st.sampled_from([word[:at] + word[at + 1 :], word[:at] + letter + word[at:]]))
    expected = None if letters.fold(slip) == letters.fold(word) else word
    assert misspelt.meant(slip, [word]) == expected
