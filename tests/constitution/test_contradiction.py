"""A statute that permits what its constitution forbids is told by file, article and line."""

from dataclasses import replace
from itertools import product

import pytest
import second_opinion
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, line_of, text

from kerege.constitution import condition, contradiction, edition, packs
from kerege.constitution.edition import EditionError
from kerege.constitution.question import Question
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import Vocabulary

KG = packs.load()
APPOINT = 'permit(principal == Actor::"governor", action == Action::"AppointHead", resource);'
HEADING = "## Heads {#heads}"


def statute(cedar: str, heading: str = HEADING, **changes: str | None) -> str:
    lines: dict[str, str | None] = {"id": "law", "kind": "statute", "under": "kg-2010"}
    return text(article(cedar, heading=heading, topic="S8"), **{**lines, **changes})


def law(source: str) -> edition.Edition:
    return edition.read(source, "law.md", KG.vocabulary)


def refused(source: str, under: str = "kg-2010") -> EditionError:
    with pytest.raises(EditionError) as error:
        contradiction.check(Rulebook(KG.vocabulary, [KG.edition(under), law(source)]))
    return error.value


def held(source: str, under: str = "kg-2010") -> None:
    contradiction.check(Rulebook(KG.vocabulary, [KG.edition(under), law(source)]))


def test_an_appointed_head_under_2010() -> None:
    source = statute(f'\n@id("heads.appointed")\n{APPOINT}')
    error = refused(source)
    assert (error.file, error.article) == ("law.md", "Heads")
    assert error.line == line_of(source, '@id("heads.appointed")')
    assert error.reason == (
        "permits what article 112(2) of kg-2010 forbids (as the brochure of 2010 reads it): "
        "AppointHead (kg-2010/heads.not-appointed)"
    )


def test_whose_reading_the_prohibition_is_is_told() -> None:
    source = statute(APPOINT, under="kg-2007", adopted="2008-05-29")
    assert "of kg-2007 forbids (as we read it)" in refused(source, "kg-2007").reason
    assert "#heads of kg-2007" in refused(source, "kg-2007").reason


def test_a_rule_nobody_can_follow_is_told_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [f for f in KG.vocabulary.acts["Spend"].facts if not KG.vocabulary.values(f)]
    odd = " != (".join(f"context.{fact}" for fact in facts) + ")" * (len(facts) - 1)
    scope = 'principal == Actor::"kenesh", action == Action::"Spend", resource'
    source = statute(f"permit({scope}) when {{ {odd} }};")
    held(source)
    monkeypatch.setattr(condition, "MOST_STEPS", 200)
    error = refused(source)
    assert (error.file, error.article) == ("law.md", "Heads")
    assert error.reason.startswith("the rule cannot be followed")


def test_one_act_of_several() -> None:
    source = statute(
        'permit(principal, action in [Action::"RaiseIssue", Action::"AppointHead"], resource);'
    )
    assert "AppointHead (kg-2010/heads.not-appointed)" in refused(source).reason


def test_every_prohibition_in_its_way_is_told() -> None:
    source = statute(
        'permit(principal, action == Action::"ConstituteBody", resource)\n'
        'when { [Object::"official_post", Object::"other_body"].contains(resource) };'
    )
    said = refused(source).reason
    assert "article 111(1)" in said and "article 111(1)–(2)" in said
    assert "kg-2010/system.closed" in said and "kg-2010/officials.not-a-body" in said
    one = source.replace('Object::"official_post", ', "")
    assert refused(one).reason.endswith("ConstituteBody (kg-2010/system.closed)")


@pytest.mark.parametrize(
    "cedar",
    [
        # Limited by the constitution, not against it
        'permit(principal == Actor::"kenesh", action == Action::"ElectHead", resource);',
        'permit(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource);',
        'permit(principal, action == Action::"GrantAuthority", resource);',
        # Says nothing
        'permit(principal, action == Action::"AppointHead", resource) when { false };',
        f"@silent {APPOINT}",
        # Forbids
        'forbid(principal, action == Action::"AppointHead", resource);',
    ],
)
def test_no_contradiction(cedar: str) -> None:
    held(statute(cedar))


def test_another_constitution_another_answer() -> None:
    """S12: an agreement contradicts 2007 and agrees with 2010."""
    source = statute(
        'permit(principal == Actor::"state_body", action == Action::"DelegatePower", resource)\n'
        'when { context.instrument == Instrument::"agreement" };',
        under="kg-2007, kg-2010",
    )
    held(source)
    assert "kg-2007/delegation.law-only" in refused(source, "kg-2007").reason


def test_a_statute_contradicts_no_statute() -> None:
    """Which of two laws gives way is for lawyers to say."""
    one = law(statute('forbid(principal, action == Action::"RegisterTos", resource);'))
    other = law(
        statute('permit(principal, action == Action::"RegisterTos", resource);', id="other")
    )
    contradiction.check(Rulebook(KG.vocabulary, [KG.edition("kg-2010"), one, other]))


def test_a_rulebook_of_packs_is_composed_without_contradiction() -> None:
    known = KG.copy()
    known.add(law(statute(APPOINT)))
    with pytest.raises(EditionError, match=r"law\.md, Heads, line"):
        known.rulebook(["kg-2010", "law"])


@pytest.mark.parametrize("one", [e.id for e in KG.editions.values() if e.under])
def test_no_shipped_law_contradicts_a_constitution_it_stands_under(one: str) -> None:
    for under in KG.edition(one).under:
        contradiction.check(KG.rulebook(KG.standing(one, under)))


# Against a count of every question

PLACES = ("aiyl_aimak", "settlement")
ACTORS = ("state_body", "kenesh")
WHEN = [
    "true",
    "false",
    "context.consented",
    "!context.consented",
    "context.meansTransferred && context.consented",
    'context.instrument == Instrument::"law"',
    'context.instrument == Instrument::"agreement" && context.consented',
    'principal == Actor::"state_body"',
    'context.placeKind == PlaceKind::"settlement"',
]


def small() -> Vocabulary:
    word = replace(
        VOCABULARY.acts["DelegatePower"],
        objects=("state_power",),
        facts=("instrument", "consented", "meansTransferred"),
    )
    return replace(
        VOCABULARY,
        actors={name: VOCABULARY.actors[name] for name in ACTORS},
        places={name: VOCABULARY.places[name] for name in PLACES},
        acts={"DelegatePower": word},
    )


def rule(n: int, effect: str, when: str) -> str:
    scope = '(principal, action == Action::"DelegatePower", resource)'
    return f'@id("budget.r{n}") {effect}{scope} when {{ {when} }};\n'


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WHEN), st.lists(st.sampled_from(WHEN), max_size=3))
def test_nothing_is_left_of_it_or_something_is(permit: str, forbids: list[str]) -> None:
    words = small()
    above = text(article("".join(rule(n, "forbid", when) for n, when in enumerate(forbids))))
    under = text(article(rule(0, "permit", permit)), id="law", kind="statute", under="test")
    both = [edition.read(source, "law.md", words) for source in (above, under)]
    book = Rulebook(words, both)
    left, lets = 0, 0
    for actor, place, instrument, consented, means in product(
        ACTORS, PLACES, words.values("instrument"), (True, False), (True, False)
    ):
        facts = {"instrument": instrument, "consented": consented, "meansTransferred": means}
        asked = Question(actor, "DelegatePower", "state_power", place, facts)
        if second_opinion.fires(dict(book.norms["law/budget.r0"].policy), asked, words):
            lets += 1
            left += book.rule(asked).answer == "permitted"
    against = bool(lets) and not left
    norm = book.norms["law/budget.r0"]
    prohibitions = [n for n in book.norms.values() if n.effect == "forbid"]
    assert bool(contradiction.refusing(norm, "DelegatePower", prohibitions, words)) == against
