"""Stems: forms of one word share one, words that only look alike do not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.kyrgyz import letters
from kerege.kyrgyz.stemming import LONGEST, stems

FORMS = [
    "кеңеш кеңештин кеңешке кеңештен кеңешти кеңештер кеңештердин кеңешибиз кеңешинин кеңештеги",
    "бюджет бюджети бюджетин бюджетине бюджеттен бюджетибиздин бюджеттик",
    "бала балдар балага балдардын баласы баланы",
    "иш иши ишин иштер иштердин ишке иштен",
    "укук укугу укуктар укугун укугунун укуктуу укуктук укугум",
    "мектеп мектеби мектептин мектебинде мектептер",
    "мыйзам мыйзамдуу мыйзамдуулук мыйзамсыз мыйзамдын мыйзамга",
    "жаран жарандык жарандардын",
    "өкмөт өкмөтү өкмөтүнүн өкмөткө өкмөттөн",
    "орун ордуна орундар орду",
    "жыйын жыйынга жыйында жыйындын жыйынды",
    "шайлоо шайлоонун шайлайт шайланган шайлады шайланат шайлап шайлай",
    "шайлоо шайлайм шайлайбыз шайлагыла шайлайлы шайладык шайлашат шайлаңыз",
    "көтөрүү көтөрөм көтөрөбүз көтөрүңүз көтөргүлө көтөрдүк көтөрөлү",
    "берүү берем беребиз бериңиз бергиле беришет",
    "жазуу жазам жазабыз",
    "бекитүү бекитет бекитти бекитилген бекитип бекитилет",
    "угуу угат угуудан угуунун",
    "сессия сессиясы сессиясында сессияларда",
    "мүмкүн мүмкүнчүлүк мүмкүнчүлүгү мүмкүнчүлүктүн",
    "июль июлга июлуна",
    "отчет отчетту отчетко отчеттор",
    "эл элге элдик элдин эли",
    "ош ошто оштон ошко оштун",
]
APART = [
    "жыйын жыйым",
    "баш башкы",
    "белги белгисиз",
    "түз түзүү",
    "кеңеш көңүл",
    "жер жергиликтүү",
    "бер бери",
    "суу сууруу",
    "кол көл",
    "он өң",
    "токтом токтотуу",
    "жардам жаруу",
]


@pytest.mark.parametrize("line", FORMS)
def test_forms_of_a_word_share_a_stem(line):
    word, *forms = line.split()
    for form in forms:
        assert stems(word) & stems(form), (form, stems(word), stems(form))


@pytest.mark.parametrize("line", FORMS)
def test_forms_without_their_letters_share_a_folded_stem(line):
    for word in line.split():
        typed = {letters.fold(stem) for stem in stems(letters.fold(word))}
        assert typed & {letters.fold(stem) for stem in stems(line.split()[0])}, word


@pytest.mark.parametrize("line", APART)
def test_words_that_only_look_alike_share_none(line):
    for one, other in combinations(line.split(), 2):
        assert not stems(one) & stems(other)


def test_endings_agree_with_what_they_stand_on():
    # No plural of театор, and none in -лар after a front vowel.
    assert stems("театрлар") != stems("театор")
    assert "кеме" not in stems("кемелар")


def test_what_is_no_kyrgyz_word_stays_whole():
    for word in ("budget", "2011", "5а", "а" * (LONGEST + 1)):
        assert stems(word) == {word}


@given(st.text(alphabet=letters.ALPHABET + "ab1", max_size=70))
def test_every_word_has_a_stem_and_none_grows(word):
    found = stems(word)
    assert found
    assert all(len(stem.rstrip("-")) <= max(len(word), 5) for stem in found)
