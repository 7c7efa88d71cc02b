"""Rules and conditions as sentences: in three languages, of the vocabulary's own words."""

import re
from pathlib import Path

import lawtext
import pytest

from kerege.constitution import packs
from kerege.constitution.condition import all_of, any_of, when
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.sentence import condition_said, rule_said, words
from kerege.words import LANGUAGES

KG = packs.load()
WORDS = KG.vocabulary


def said(rule: str, language: str = "en") -> str:
    book = Rulebook(WORDS, [lawtext.read(lawtext.text(lawtext.article(rule)))])
    (norm,) = book.norms.values()
    return rule_said(norm, WORDS, language)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            'permit(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource);',
            "Allowed: Adopt the budget; who: local kenesh.",
        ),
        (
            'forbid(principal, action == Action::"AdoptBudget", resource)'
            'unless { principal == Actor::"kenesh" };',
            "Forbidden: Adopt the budget; who: all but: local kenesh.",
        ),
        (
            'forbid(principal, action == Action::"AdoptBudget", resource)'
            "unless { context.hearingHeld && context.draftPublished };",
            "Forbidden: Adopt the budget; when: the draft budget is not published; or "
            "no public hearing was held.",
        ),
        (
            '@silent permit(principal, action in [Action::"HoldHearing", Action::"AdoptBudget"],'
            "resource);",
            "The text is not known to us, so it is not forbidden: "
            "Hold a public hearing, Adopt the budget.",
        ),
        (
            'permit(principal, action == Action::"Transfer", resource)'
            'when { context.source == Source::"local" || principal == Actor::"state_body" };',
            "Allowed: Transfer money to the budget; where the money comes from: from the local "
            "budget; or who: state body; where the money comes from: from the republican budget.",
        ),
        (
            'forbid(principal, action == Action::"AdoptBudget", resource)'
            "when { context.hearingHeld && !context.hearingHeld };",
            "Forbidden: never; there is no case this rule is about.",
        ),
    ],
)
def test_a_rule_as_a_sentence(rule: str, sentence: str) -> None:
    assert said(rule) == sentence
    assert said(rule, "ky") != said(rule, "ru") != sentence


def test_every_rule_is_said_in_every_language_without_codes() -> None:
    named = {*WORDS.acts, *WORDS.facts, *WORDS.actors, *WORDS.objects, *WORDS.places}
    codes = {name for name in named if re.search("_|[a-z][A-Z]", name)}
    for one in KG.constitutions():
        for norm in KG.rulebook(KG.pinned(one.id)).norms.values():
            for language in LANGUAGES:
                sentence = rule_said(norm, WORDS, language)
                assert sentence.endswith("."), norm.id
                assert not codes & set(re.findall(r"\w+", sentence)), sentence
                if language != "en":
                    assert not re.search("[a-z]{3}", sentence), sentence


def test_what_all_cases_share_is_said_once() -> None:
    shared, one, other = when("hearingHeld"), when("draftPublished"), when("republicanLines")
    both = all_of((shared, any_of((one, other))))
    assert condition_said(both, WORDS, "en") == (
        "a public hearing was held; and besides the draft budget is published; or "
        "it has lines from the republican budget"
    )
    assert condition_said(shared, WORDS, "en") == "a public hearing was held"


def test_every_word_is_said_somewhere() -> None:
    rooms = ("kerege/constitution", "kerege/commands")
    code = "\n".join(path.read_text("utf-8") for room in rooms for path in Path(room).glob("*.py"))
    for key in words():
        part = key.partition(".")[0]
        named = f'"{key}"' in code or f"'{key}'" in code
        built = f'f"{part}.{{' in code
        assert named or built, key
