"""The vocabulary: what it must hold, and errors that name the table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY

from kerege.constitution import vocabulary
from kerege.constitution.vocabulary import VocabularyError, read

WORDS = 'ky = "а"\nru = "б"\nen = "c"\n'
MISSING = 'missing = { ky = "а", ru = "б", en = "c" }\n'
SMALL = f"""
[topic.S1]
{WORDS}
[actor.kenesh]
{WORDS}
[object.budget]
{WORDS}
[place.village]
{WORDS}
[enum.source.local]
{WORDS}
[enum.source.far_away]
{WORDS}
[fact.held]
{MISSING}{WORDS}
[fact.source]
enum = "source"
{WORDS}
[fact.told]
from = "law"
by = "Adopt"
{MISSING}{WORDS}
[act.Adopt]
topic = "S1"
actors = ["kenesh"]
objects = ["budget"]
facts = ["held", "source", "told"]
{WORDS}
"""


def test_a_small_vocabulary() -> None:
    words = read(SMALL)
    assert words.values("held") == ()
    assert words.values("source") == ("local", "far_away")
    assert words.values(vocabulary.PLACE_KIND) == ("village",)
    assert words.value_words("source", "local").en == "c"
    assert words.value_words(vocabulary.PLACE_KIND, "village").ky == "а"
    assert words.facts["told"].from_law and words.facts["told"].by == "Adopt"
    act = words.acts["Adopt"]
    assert (act.judged, act.register, act.instead) == (True, "municipality", ())
    assert words.text == SMALL


def test_the_shipped_vocabulary_has_the_fourteen_points() -> None:
    assert list(VOCABULARY.topics) == [f"S{n}" for n in range(1, 15)]


def test_what_stands_instead_of_an_act_is_put_to_the_law() -> None:
    for act in VOCABULARY.acts.values():
        assert all(VOCABULARY.acts[other].judged for other in act.instead)


def test_every_fact_is_asked_by_some_act() -> None:
    asked = {fact for act in VOCABULARY.acts.values() for fact in act.facts}
    assert asked == set(VOCABULARY.facts)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[topic.S1]", "[subject.S1]", "unknown table [subject]"),
        ("[topic.S1]", "[topic.S1]\nname = 3", "[topic.S1]: unknown key 'name'"),
        ("[actor.kenesh]", '[actor."the kenesh"]', "[actor.the kenesh]: a name is made of"),
        ("[object.budget]\n", "[object.budget]\nnote = 1\n", "[object.budget]: unknown key 'note'"),
        ("[enum.source.local]", "[enum.Source.local]", "[enum.Source]: not a free name"),
        ("[enum.source.", "[enum.actor.", "[enum.actor]: not a free name"),
        ("[fact.held]", "[fact.held]\nof = 1", "[fact.held]: unknown key 'of'"),
        ("[fact.held]", "[fact.Held]", "[fact.Held]: a fact is named like hearingHeld"),
        ("[fact.held]", "[fact.placeKind]", "[fact.placeKind]: a fact is named like"),
        (f"[fact.held]\n{MISSING}", "[fact.held]\n", "[fact.held]: a yes-or-no fact says what its"),
        ('enum = "source"', 'enum = "sauce"', "[fact.source]: no such enum sauce"),
        ('enum = "source"', "enum = 3", "[fact.source]: enum is not a word in quotes"),
        (
            'enum = "source"',
            'enum = "source"\nfrom = "law"',
            "[fact.source]: what laws and duties tell",
        ),
        ('from = "law"', 'from = "us"', "[fact.told]: from is 'law'"),
        ('by = "Adopt"', 'by = "Nothing"', "[fact.told]: no such act Nothing"),
        ("[act.Adopt]", "[act.adopt]", "no such act Adopt"),
        ('by = "Adopt"\n', "", ""),
        ('topic = "S1"', 'topic = "S9"', "[act.Adopt]: no such topic 'S9'"),
        ('topic = "S1"\n', "", "[act.Adopt]: no such topic ''"),
        ('actors = ["kenesh"]', 'actors = ["mayor"]', "[act.Adopt]: no such actor 'mayor'"),
        ('actors = ["kenesh"]', "actors = []", "[act.Adopt]: a judged act names its actors"),
        ('actors = ["kenesh"]', 'actors = "kenesh"', "[act.Adopt]: actors is not a list"),
        ('actors = ["kenesh"]', "actors = [1]", "[act.Adopt]: actors is not a list"),
        ('["kenesh"]', '["kenesh", "kenesh"]', "[act.Adopt]: actors names something twice"),
        ('objects = ["budget"]', 'objects = ["b"]', "[act.Adopt]: no such object 'b'"),
        ('"held", ', '"hold", ', "[act.Adopt]: no such fact 'hold'"),
        ("[act.Adopt]", "[act.Adopt]\njudged = 1", "[act.Adopt]: judged is true or false"),
        ("[act.Adopt]", '[act.Adopt]\ninstead = ["X"]', "[act.Adopt]: no such act 'X'"),
        ("[act.Adopt]", '[act.Adopt]\nregister = "x"', "[act.Adopt]: no such register 'x'"),
        ("[act.Adopt]", "[act.Adopt]\nnote = 1", "[act.Adopt]: unknown key 'note'"),
        ('ru = "б"', "", "[topic.S1]: no words in ru"),
        (WORDS, 'ky = "{a}"\nru = "б"\nen = "c"\n', "[topic.S1]: the languages hold different"),
        ("[topic.S1]", "[topic", "vocabulary.toml: "),
        ("[topic.S1]\n" + WORDS, "", "there are no topics"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, said: str) -> None:
    assert old in SMALL
    changed = SMALL.replace(old, new, 1) if not old.startswith("[enum") else SMALL.replace(old, new)
    if not said:
        read(changed)
        return
    with pytest.raises(VocabularyError) as error:
        read(changed)
    assert str(error.value).startswith("vocabulary.toml")
    assert said in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        *("topic = 1", "[topic]\nS1 = 1", "enum = [1]", "[enum]\nsource = 1"),
        *("[enum.source]\nx = 1", "fact = 1", "[fact]\na = 1", "act = 1", "[act]\nA = 1"),
        *("a = " + "[" * 5000, ""),
    ],
)
def test_tables_that_are_none(text: str) -> None:
    with pytest.raises(VocabularyError):
        read(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(VocabularyError):
        read(text)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_vocabulary_is_read_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL) - 1))
    length = data.draw(st.integers(0, 30))
    damaged = (
        SMALL[:at] + data.draw(st.text(alphabet='[]"=.{}1a\n', max_size=5)) + SMALL[at + length :]
    )
    try:
        read(damaged)
    except VocabularyError as error:
        assert str(error).startswith("vocabulary.toml")
