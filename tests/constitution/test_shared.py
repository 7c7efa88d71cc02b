"""What two vocabularies share, and what only one of them has."""

from dataclasses import replace

from kerege.constitution import packs, vocabulary
from kerege.constitution.shared import shared

WORDS = packs.load().vocabulary


def changed(**parts: object) -> vocabulary.Vocabulary:
    return replace(WORDS, text="another", **parts)  # type: ignore[arg-type]


def test_a_vocabulary_shares_itself() -> None:
    both = shared(WORDS, WORDS)
    assert both.words is WORDS and not both.only_a and not both.only_b


def test_what_one_has_no_word_for_is_left_out_and_listed() -> None:
    acts = {name: act for name, act in WORDS.acts.items() if name != "Spend"}
    actors = {name: said for name, said in WORDS.actors.items() if name != "court"}
    other = changed(acts=acts, actors=actors)
    both = shared(WORDS, other)
    assert "Spend" not in both.words.acts and "court" not in both.words.actors
    assert "court" not in both.words.acts["EndMandate"].actors
    assert both.only_a == {"acts": ("Spend",), "actors": ("court",)} and not both.only_b
    assert shared(other, WORDS).only_b == both.only_a


def test_a_fact_of_one_is_asked_of_both() -> None:
    bare = replace(WORDS.acts["AdoptBudget"], facts=())
    both = shared(WORDS, changed(acts={**WORDS.acts, "AdoptBudget": bare}))
    assert both.words.acts["AdoptBudget"].facts == WORDS.acts["AdoptBudget"].facts


def test_a_fact_of_two_kinds_parts_its_acts() -> None:
    source = replace(WORDS.facts["source"], enum=None)
    other = changed(facts={**WORDS.facts, "source": source})
    for both in (shared(WORDS, other), shared(other, WORDS)):
        assert "Transfer" not in both.words.acts and "AdoptBudget" in both.words.acts


def test_values_that_do_not_meet_part_the_acts() -> None:
    enums = {**WORDS.enums, "source": {"tax": WORDS.enums["source"]["local"]}}
    assert "Transfer" not in shared(WORDS, changed(enums=enums)).words.acts
    enums = {**WORDS.enums, "source": {"local": WORDS.enums["source"]["local"]}}
    both = shared(WORDS, changed(enums=enums))
    assert both.words.values("source") == ("local",) and "Transfer" in both.words.acts


def test_one_kind_of_place_stands_for_every_kind() -> None:
    some = {"town": WORDS.places["settlement"]}
    assert shared(WORDS, changed(places=some)).words.places == WORDS.places
    assert shared(changed(places=some), WORDS).words.places == WORDS.places
