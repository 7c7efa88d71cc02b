"""Breaks at the end of a line: words as printed books break them, and what never may be torn."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kerege.constitution import packs
from kerege.kyrgyz.hyphenation import LONG, SOFT, soften, syllables
from kerege.kyrgyz.letters import VOWELS, words

ROOT = Path(__file__).parents[2]
# As the brochure of 2010 breaks them at the ends of its lines.
PRINTED = [
    "айткан-да",
    "шаар-лардын",
    "ор-гандардын",
    "ошон-дой",
    "алдында-гы",
    "мамле-кеттик",
    "ор-гандары",
    "нор-масында",
    "камты-ган",
    "система-сына",
    "та-рап",
    "бол-бойт",
    "посел-калык",
    "орган-дарын",
    "атка-руучу",
    "маа-нидеги",
    "сунуш-тоосу",
    "мэрле-ри",
    "добушу-бузду",
    "жал-пы",
    "бол-гон",
    "териш-тирип",
    "коомчулук-тун",
    "жоопкерчили-ги",
    "ошо-ну",
]
WHOLE = [
    "рес-пуб-ли-ка-сы-нын",
    "прог-рам-ма-ла-рын",
    "жер-ги-лик-түү",
    "өкүл-чү-лүк-түү",
    "шай-лоо-чу-лар-дын",
    "ты-юу",
    "ми-нистр-ли-ги-нин",
    "ре-фе-рен-ду-мун-да",
    "стра-те-ги-я-лык",
    "Чың-гыз",
    "ке-ңеш-тер-дин",
    "объ-ект",
    "ию-лу-на",
    "мү-нөз-дө-мө",
    "со-ци-ал-дык",
    "өк-мөт",
    "айыл",
]
KYRGYZ = sorted(
    {
        word
        for one in packs.load().editions.values()
        for article in one.articles.values()
        for word in words(article.words.ky)
        if not re.search("[0-9a-z]", word)
    }
)


@pytest.mark.parametrize("broken", PRINTED)
def test_a_word_breaks_where_a_book_broke_it(broken):
    before, after = broken.split("-")
    pieces = syllables(before + after)
    assert before in {"".join(pieces[:end]) for end in range(1, len(pieces))}


@pytest.mark.parametrize("broken", WHOLE)
def test_a_word_breaks_nowhere_else(broken):
    assert "-".join(syllables(broken.replace("-", ""))) == broken


def test_every_piece_can_be_spoken_and_no_long_vowel_is_torn():
    assert len(KYRGYZ) > 500
    for word in KYRGYZ:
        pieces = syllables(word)
        assert "".join(pieces) == word
        if len(pieces) > 1:
            assert all(set(piece) & set(VOWELS) for piece in pieces), pieces
        for first, second in pairwise(pieces):
            assert first[-1] != second[0] or second[0] not in VOWELS, pieces
            assert not set("ьъ") & {second[0]}, pieces


def test_only_long_words_are_softened():
    text = "Жергиликтүү өз алдынча башкаруу, self-government, кеңештер"
    softened = soften(text)
    assert softened.replace(SOFT, "") == text
    assert softened.split(" ")[1:3] == ["өз", "алдынча"]
    assert f"Жер{SOFT}ги{SOFT}лик{SOFT}түү" in softened and len("кеңештер") < LONG


def test_the_dictionary_is_the_one_its_rules_make():
    written = subprocess.check_output([sys.executable, ROOT / "tools/hyph_ky.py"], text=True)
    assert (ROOT / "kerege/kyrgyz/hyph_ky.dic").read_text("utf-8") == written
