"""Terms of a text answer the questions of people who type as they can."""

import pytest

from kerege.kyrgyz.stemming import LONGEST
from kerege.kyrgyz.terms import LETTERS, WORDS, asked, asks_who, marked, parts, terms

TEXT = terms(
    [
        ("ky", "Жергиликтүү кеңештин № 5 сессиясы өттү"),
        ("ru", "Состоялась сессия местного кенеша, отчёты приняты"),
        ("en", "The local kenesh held its sessions"),
    ]
)


def kinds(question: str) -> list[str]:
    """By what each word of a question is answered first: exact, stems, folded or nothing."""
    return [
        next((k for k in ("exact", "stems", "folded") if getattr(one, k) & TEXT), "")
        for one in asked(question)
    ]


def test_a_word_is_answered_by_itself_by_its_stem_or_without_its_letters():
    assert kinds("кеңештин кеңештер кенештер бюджет") == ["exact", "stems", "folded", ""]


def test_russian_and_english_have_stems_of_their_own():
    assert kinds("сессиями отчетов session местным") == ["stems"] * 4


def test_numbers_are_themselves():
    assert kinds("5 55 №") == ["exact", ""]


def test_old_fonts_are_read_in_both():
    assert kinds("кеёештин") == ["exact"]
    assert terms([("ky", "кеёештин")]) == terms([("ky", "кеңештин")])


def test_a_kyrgyz_word_is_no_russian_one():
    # Russian would make «законо» of it; with ө it is no Russian word.
    assert not [one for one in terms([("", "өкмөтү")]) if one[0] == "r"]
    assert not [one for one in terms([("ky", "закондор")]) if one[0] == "r"]


def test_of_a_long_question_only_the_beginning_is_read():
    assert len(asked("кеңеш " * 10_000)) == 1
    assert len(asked(" ".join(f"сөз{n}" for n in range(100)))) == WORDS
    assert [len(one.word) for one in asked("а" * 10_000)] == [LONGEST]
    assert len(asked("ә" * (LETTERS - 3) + " кеңеш")) == 1


def test_signs_alone_ask_nothing():
    assert asked("«»\"'(*) - : ^ \0 \\ \u202e 漢字") == []


def test_words_that_answer_are_marked_and_nothing_is_lost() -> None:
    text = "Көчөнү оңдоо: көчөлөр, kochö & <б>"
    pieces = marked(text, asked("көчө"))
    assert [piece for piece, answers in pieces if answers] == ["Көчөнү", "көчөлөр"]
    assert "".join(piece for piece, _ in pieces) == text
    assert marked(text, []) == [(text, False)]


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("нарында ким башкарат", ["governs"]),
        ("кто у нас глава", ["governs"]),
        ("кантип катышам", ["part"]),
        ("Кантип катышса болот", ["part"]),
        ("как принять участие", ["part"]),
        ("take part", ["part"]),
        ("кечиккен", ["owed"]),
        ("обещания", ["owed"]),
        ("кайда кетти акчабыз", ["money"]),
        ("эмнелер чечилип жатат", ["open"]),
        ("жергиликтүү өз алдынча башкаруу", []),
        ("жер участогу", []),
        ("участок", []),
        ("кеңештин чечими", []),
        ("", []),
    ],
)
def test_a_question_asks_for_a_part_of_the_page_of_a_place(question, part):
    assert parts(question) == part


def test_who_asks_for_persons():
    assert asks_who("депутаттар КИМ?") and asks_who("Кто депутаты") and not asks_who("депутаттар")


def test_a_sum_is_found_with_and_without_its_spaces():
    found = terms([("ky", "Мал чарбасына 1\u00a0240\u00a0000 сом, 12 киши")])
    assert {"e1240000", "e240", "e12"} <= found and "e12киши" not in found
