"""Telling what would have been otherwise: what if, in three languages."""

import re
from pathlib import Path

import pytest

from kerege.archive import retelling
from kerege.archive.outcome import NOT_PUT, REASONS, Fallen, Refused
from kerege.archive.reading import entries
from kerege.archive.replay import replay, under
from kerege.constitution import packs
from kerege.constitution.question import Ruling
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.municipality import Municipality
from kerege.municipality.telling import Teller
from kerege.words import LANGUAGES, shipped
from tests.cast import AFTER, DAY, LINES, NEW, OLD, RIVAL, naryn

KNOWN = packs.load()
ROOT = Path(__file__).resolve().parents[2]
SPEND = {"year": 2010, "source": "local", "amount": 5, "purpose": "Жол"}
# What a replay does not say in any language.
VERDICTS = ("unlawful act", "незаконн", "мыйзамсыз иш")


def text(lived: list[Entry], ids: tuple[str, ...], language: str, name: str = "naryn") -> str:
    was = Municipality()
    told = replay(lived, under(KNOWN, ids), ids, was=was)
    law = ", ".join(KNOWN.edition(id_).title[language] for id_ in ids)
    named = {one.n: lived[one.n] for one in retelling.otherwise(told)}
    return retelling.text(told, name, law, named, Teller(was, KNOWN, ACTS, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_replay_is_told_with_articles_lacks_and_causes(language):
    town = naryn(*OLD)
    budget = town.decide("AdoptBudget", year=2010, lines=LINES).n
    spent = town.act("Spend", "executive", AFTER, **SPEND).n
    told = text(town.entries, NEW, language)
    book, facts = KNOWN.rulebook(NEW), KNOWN.vocabulary.facts
    assert book.article("kg-2010/budget.hearing").words[language] in told
    assert f"– {facts['hearingHeld'].missing[language]}" in told
    assert f"– {facts['budgetAdopted'].missing[language]}" in told
    assert retelling.say("replay.because", language, numbers=budget) in told
    assert retelling.say("why.facts", language) in told
    assert told.index(f"{budget}") < told.index(retelling.say("why.facts", language))
    assert re.search(rf"\b{spent}\b", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_if_and_when_nothing_would_have_been_otherwise(language):
    town = naryn(*NEW)
    town.hold_session()
    told = text(town.entries, NEW, language)
    assert told.endswith(retelling.say("replay.nothing", language))
    what_if = {"ky": "эгерде", "ru": "что если", "en": "what if"}[language]
    assert what_if in told.splitlines()[0]


def test_what_passes_is_no_refusal():
    town = naryn(*NEW)
    n = town.contested("AppointHead", "governor", DAY, holder=RIVAL).n
    told = text(town.entries, KNOWN.pinned("kg-2021"), "en")
    assert retelling.say("replay.passes", "en", count=0) in told
    assert retelling.say("replay.nothing", "en") in told
    town = naryn(*NEW, kind="city_rayon")
    n = town.contested("AppointHead", "governor", DAY, holder=RIVAL).n
    told = text(town.entries, KNOWN.pinned("kg-2021"), "en")
    assert retelling.say("replay.passes", "en", count=1) in told
    assert f"Entry no. {n}" in told and "Then: The law allows this" in told


def test_every_reason_has_words_and_every_word_a_use():
    code = (ROOT / "kerege/archive/retelling.py").read_text("utf-8")
    code += (ROOT / "kerege/web/pages/what_if.py").read_text("utf-8")
    for key in shipped("archive", "replay"):
        part, _, name = key.partition(".")
        built = f'f"{part}.{{' in code and name in (*REASONS, "refused", "fallen", "passes")
        assert f'"{key}"' in code or built or name == "not_stated", key
    for why in REASONS:
        one = Fallen(n=1, act="Spend", held_on=DAY, because=(0,), why=why)
        assert all(retelling.why(one, language) for language in LANGUAGES)


def test_what_could_not_be_put_to_the_law_is_said_so():
    given = Ruling(NOT_PUT, ())
    book = KNOWN.rulebook(NEW)
    assert "could not be put" in retelling.answer(given, book, "en")
    said = retelling.answer(Ruling("forbidden", ()), book, "en")
    assert said == "The law does not allow this"


def test_an_article_is_told_once():
    town = naryn(*OLD)
    town.decide("AdoptBudget", year=2010, lines=LINES)
    told = replay(town.entries, under(KNOWN, NEW))
    refused = told.refused[0]
    assert isinstance(refused, Refused) and len(refused.ruling.norms) == 2
    words = refused.book.norms[refused.ruling.norms[0]].article.words["en"]
    assert text(town.entries, NEW, "en").count(words) == 1


def test_the_golden_replay_of_on_archa():
    """``tools/golden.sh`` writes it anew; the difference is read by a person."""
    file = ROOT / "tests/registers/on-archa.jsonl"
    ids = KNOWN.pinned("kg-2007")
    told = text(list(entries(file)), ids, "en", "tests/registers/on-archa.jsonl")
    assert told + "\n" == Path(__file__).with_name("on-archa-under-kg-2007.txt").read_text("utf-8")
    assert not [word for word in VERDICTS if word in told]
