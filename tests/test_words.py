"""Words files: three languages side by side, or an error that names file, key and language."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.words import LANGUAGES, Words, WordsError, read, words

SHIPPED = sorted(Path("kerege").rglob("words/*.toml"))


def one(ky: str = "а", ru: str = "б", en: str = "c") -> str:
    return f'[place.said]\nky = "{ky}"\nru = "{ru}"\nen = "{en}"\n'


def test_words_are_read_by_dotted_key() -> None:
    said = read(one() + '[top]\nky = "1"\nru = "2"\nen = "3"\n', "w.toml")
    assert said == {"place.said": Words("а", "б", "c"), "top": Words("1", "2", "3")}


def test_words_are_said_in_a_language_with_slots() -> None:
    said = read(one("{n} а", "б {n}", "{n} c"), "w.toml")["place.said"]
    assert said.slots() == {"n"}
    assert said.say("ru", n=5) == "б 5"
    assert said["en"] == "{n} c"
    assert said.json() == {"ky": "{n} а", "ru": "б {n}", "en": "{n} c"}


@pytest.mark.parametrize("language", ["de", "", "json", "slots", "__class__"])
def test_an_unknown_language_is_an_error(language: str) -> None:
    with pytest.raises(KeyError):
        Words("а", "б", "c").say(language)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (one(en=""), "w.toml: place.said: no words in en"),
        (one(ky="  "), "w.toml: place.said: no words in ky"),
        ('[a]\nky = "а"\nru = "б"\n', "w.toml: a: no words in en"),
        ('[a]\nky = "а"\nru = "б"\nen = 3\n', "w.toml: a: no words in en"),
        (one("{n}", "{n}", "{m}"), "w.toml: place.said: the languages hold different slots"),
        (one(ru="{n}"), "w.toml: place.said: the languages hold different slots"),
        (one(ru="{n"), "w.toml: place.said, ru: a broken slot in '{n'"),
        (one(ky="n}"), "w.toml: place.said, ky: a broken slot in 'n}'"),
        (one("{}", "{}", "{}"), "w.toml: place.said, ky: a broken slot in '{}'"),
        (one("{0}", "{0}", "{0}"), "w.toml: place.said, ky: a broken slot in '{0}'"),
        (one("{n.x}", "{n.x}", "{n.x}"), "w.toml: place.said, ky: a broken slot in '{n.x}'"),
        (one("{n[0]}", "{n[0]}", "{n}"), "w.toml: place.said, ky: a broken slot in '{n[0]}'"),
        (one("{n:>9}", "{n}", "{n}"), "w.toml: place.said, ky: a broken slot in '{n:>9}'"),
        (one("{n!r}", "{n}", "{n}"), "w.toml: place.said, ky: a broken slot in '{n!r}'"),
        ('a = "alone"\n', "w.toml: a is not a table of ky, ru, en"),
        (one() + 'note = "x"\n', "w.toml: place.said.ky is not a table of ky, ru, en"),
        ("[a]\n", "w.toml: a is not a table of ky, ru, en"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(WordsError) as error:
        read(text, "w.toml")
    assert str(error.value) == said


def test_broken_toml_names_the_file() -> None:
    with pytest.raises(WordsError, match=r"^w\.toml: .*line 1"):
        read("[a\n", "w.toml")


def test_toml_nested_too_deep_is_broken_toml() -> None:
    with pytest.raises(WordsError, match=r"^w\.toml: "):
        read("a = " + "[" * 5000 + "]" * 5000, "w.toml")


def test_words_of_something_else_than_a_table() -> None:
    with pytest.raises(WordsError, match="here: not a table"):
        words("text", "here")  # type: ignore[arg-type]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: "-".join(file.parts[1:]))
def test_every_shipped_file_is_whole(file: Path) -> None:
    said = read(file.read_text("utf-8"), file.name)
    assert said
    for words_ in said.values():
        assert {language: words_[language] for language in LANGUAGES} == words_.json()


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read(text, "w.toml")
    except WordsError as error:
        assert str(error).startswith("w.toml")


@settings(deadline=None)
@given(st.text(alphabet="{}ab.[]!:0 "), st.text(alphabet="{}ab "))
def test_words_that_are_read_can_be_said(ky: str, ru: str) -> None:
    try:
        said = words({"ky": ky, "ru": ru, "en": ru}, "here")
    except WordsError:
        return
    slots = dict.fromkeys(said.slots(), "x")
    for language in LANGUAGES:
        assert isinstance(said.say(language, **slots), str)
