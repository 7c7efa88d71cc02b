"""The alphabet: 36 letters in their order, look-alikes, and words typed without ң, ө, ү."""

from kerege.kyrgyz import letters


def test_the_alphabet_has_36_letters_in_the_order_of_school():
    assert len(set(letters.ALPHABET)) == 36
    assert "нңоө" in letters.ALPHABET and "уүф" in letters.ALPHABET
    assert set(letters.VOWELS) <= set(letters.ALPHABET)


def test_names_stand_in_the_order_of_the_alphabet():
    names = ["Үсөнова", "Яковлев", "Ураимов", "Ңң", "Нурова", "Өзгөн", "Ош", "Пак", "Ёлкин", "Ежов"]
    right = ["Ежов", "Ёлкин", "Нурова", "Ңң", "Ош", "Өзгөн", "Пак", "Ураимов", "Үсөнова", "Яковлев"]
    assert sorted(names, key=letters.sort_key) == right
    assert sorted(names) != right


def test_case_does_not_tear_names_apart():
    assert sorted(["ош", "Өзгөн", "Ош", "он"], key=letters.sort_key) == ["он", "Ош", "ош", "Өзгөн"]


def test_what_a_keyboard_lacks_is_folded():
    assert letters.fold("Өзгөн ШААРДЫК Кеңеши, ёлка, үй") == "озгон шаардык кенеши, елка, уй"


def test_letters_that_only_look_cyrillic_are_put_right():
    # Latin e and o, a combining breve, a barred o and a hook of neighbours.
    assert letters.plain("Кeңeш бoюнча") == "Кеңеш боюнча"
    assert letters.plain("и\u0306") == "й"
    assert letters.plain("кɵз кеӊеш") == "көз кеңеш"


def test_what_is_latin_stays_latin():
    for text in ("budget", "e-mail", "Ypsilon", "Windows-тун", "COVID"):
        assert letters.plain(text) == text


def test_words_are_found_between_signs():
    assert letters.words("2011-жылдын, Он-Арча: «Жаштык» ТОСу 5_а") == [
        "2011", "жылдын", "он", "арча", "жаштык", "тосу", "5", "а",
    ]  # fmt: skip
