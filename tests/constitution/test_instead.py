"""What can lawfully be done instead: every suggestion was itself put to the law."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, book, text

from kerege.constitution import packs
from kerege.constitution.instead import Instead, instead
from kerege.constitution.question import Question
from kerege.constitution.rulebook import Rulebook

KG = packs.load()
OLD = KG.rulebook(["kg-2007"])
NEW = KG.rulebook(["kg-2010"])
LAWS = KG.rulebook(KG.pinned("kg-2010"))


def near(made: Rulebook, actor: str, act: str, object_: str, place: str = "aiyl_aimak") -> Instead:
    facts = {fact: (VOCABULARY.values(fact) or (False,))[0] for fact in VOCABULARY.acts[act].facts}
    asked = made.complete(Question(actor, act, object_, place, facts))
    return instead(made, asked, made.rule(asked))


def test_what_the_forbids_require_is_the_answer() -> None:
    found = near(NEW, "kenesh", "AdoptBudget", "local_budget")
    assert found == Instead(
        {"draftPublished": True, "hearingHeld": True},
        (),
        (),
        ("PublishDraftBudget", "HoldHearing"),
    )


def test_whose_act_it_is() -> None:
    # Too few deputies took part: the kenesh in the community's place would be refused as well.
    assert near(LAWS, "community", "ElectHead", "head_of_executive").actors == ()
    found = near(NEW, "governor", "DecideIssue", "local_issue")
    assert set(found.actors) == {"kenesh", "community"}
    assert set(near(OLD, "tos", "GrantAuthority", "tos_body").actors) == {
        "kenesh",
        "executive",
        "state_body",
    }


def test_an_actor_is_suggested_only_for_an_act_of_theirs() -> None:
    # The rule of 2007 lets anyone transfer local money; a court does not do such acts.
    asked = Question("court", "Transfer", "local_budget", "settlement", {"source": "local"})
    assert OLD.rule(asked).effective
    found = near(NEW, "court", "ReportExecution", "local_budget")
    assert found.actors == ("executive",)


def test_nothing_instead_of_what_is_lawful() -> None:
    assert near(OLD, "executive", "Transfer", "local_budget") == Instead({}, (), (), ())


def test_another_object() -> None:
    found = near(NEW, "community", "ConstituteBody", "tos_body")
    assert found.objects == ("representative_body", "executive_body")
    assert found.acts == ("RegisterTos", "AppointOfficial")


def test_another_value_of_a_fact() -> None:
    assert near(NEW, "community", "ElectDeputies", "deputies").facts == {}
    asked = Question("community", "ElectDeputies", "deputies", "settlement", {"manner": "indirect"})
    assert instead(NEW, asked, NEW.rule(asked)).facts == {"manner": "direct"}


def test_an_act_is_suggested_only_where_it_can_be_lawful() -> None:
    # Without a law on the order of elections nobody can be elected or nominated.
    assert near(NEW, "governor", "AppointHead", "head_of_executive").acts == ()
    found = near(LAWS, "governor", "AppointHead", "head_of_executive")
    assert found.acts == ("NominateHead", "ElectHead")


def test_nothing_near_is_nothing_said() -> None:
    assert near(NEW, "court", "AppointHead", "head_of_executive") == Instead({}, (), (), ())


@pytest.mark.parametrize("lacks", range(6))
def test_the_smallest_change_and_at_most_three(lacks: int) -> None:
    facts = ["budgetAdopted", "withinBudget", "accountGiven", "underDelegation", "withinDelegation"]
    wanted = " && ".join(f"context.{fact}" for fact in facts[:lacks]) or "true"
    rule = f'permit(principal, action == Action::"Spend", resource) when {{ {wanted} }};'
    made = book(text(article(rule)))
    asked = Question(
        "executive",
        "Spend",
        "local_budget",
        "settlement",
        dict.fromkeys(facts, False) | {"source": "local"},
    )
    found = instead(made, asked, made.rule(asked))
    assert found.facts == (dict.fromkeys(facts[:lacks], True) if 0 < lacks <= 3 else {})


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_suggestion_would_take_effect(seed: int) -> None:
    some = Random(seed)
    made = some.choice([OLD, NEW, LAWS])
    act = VOCABULARY.acts[some.choice([n for n, a in VOCABULARY.acts.items() if a.judged])]
    asked = Question(
        some.choice(list(VOCABULARY.actors)),
        act.name,
        some.choice(act.objects),
        some.choice(list(VOCABULARY.places)),
        {fact: some.choice(VOCABULARY.values(fact) or (False, True)) for fact in act.facts},
    )
    given_ = made.rule(asked)
    if given_.effective:
        return
    found = instead(made, asked, given_)
    if found.facts:
        assert made.rule(asked.with_facts(found.facts)).effective
        assert all(asked.facts[fact] != value for fact, value in found.facts.items())
    for actor in found.actors:
        assert actor in act.actors
        assert made.rule(asked.but(actor=actor)).effective
    for object_ in found.objects:
        assert made.rule(asked.but(object=object_)).effective
    assert set(found.acts) <= set(act.instead)
