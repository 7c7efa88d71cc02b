"""What can lawfully be done instead: the smallest change, held against trying every question."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, book, text

from kerege.constitution import packs
from kerege.constitution.instead import Change, Instead, instead, smallest
from kerege.constitution.question import Question, Ruling
from kerege.constitution.rulebook import Rulebook

KG = packs.load()
OLD = KG.rulebook(["kg-2007"])
NEW = KG.rulebook(["kg-2010"])
LAWS = KG.rulebook(KG.pinned("kg-2010"))
BOOKS = {"2007": OLD, "2010": NEW, "2010 with its laws": LAWS}
JUDGED = [name for name, act in VOCABULARY.acts.items() if act.judged]
# An act whose every question can be tried.
SMALL = 2_500
OUTSIDERS = ("court", "tos")


def near(made: Rulebook, actor: str, act: str, object_: str, place: str = "aiyl_aimak") -> Instead:
    asked = nothing_done(made, actor, act, object_, place)
    return instead(made, asked, made.rule(asked))


def nothing_done(
    made: Rulebook, actor: str, act: str, object_: str, place: str = "aiyl_aimak"
) -> Question:
    facts = {fact: (VOCABULARY.values(fact) or (False,))[0] for fact in VOCABULARY.acts[act].facts}
    return made.complete(Question(actor, act, object_, place, facts))


def test_what_the_forbids_require_is_the_answer() -> None:
    found = near(NEW, "kenesh", "AdoptBudget", "local_budget")
    done = {"draftPublished": True, "hearingHeld": True}
    assert found == Instead(
        done, (), (), ("PublishDraftBudget", "HoldHearing"), Change("permitted", done)
    )
    assert found.smallest is not None and found.smallest.size() == 2


def test_whose_act_it_is() -> None:
    # Too few deputies took part: the kenesh in the community's place would be refused as well.
    found = near(LAWS, "community", "ElectHead", "head_of_executive")
    assert found.actors == ()
    assert found.smallest == Change("permitted", {"participationReached": True}, actor="kenesh")
    found = near(NEW, "governor", "DecideIssue", "local_issue")
    assert set(found.actors) == {"kenesh", "community"}
    assert found.smallest == Change("permitted", actor="community")
    assert set(near(OLD, "tos", "GrantAuthority", "tos_body").actors) == {
        "kenesh",
        "executive",
        "state_body",
    }


def test_an_actor_is_suggested_only_for_an_act_of_theirs() -> None:
    # A court transfers no local money and reports on no budget, whatever a rule leaves open.
    asked = Question("court", "Transfer", "local_budget", "settlement", {"source": "local"})
    assert "court" not in instead(OLD, asked, OLD.rule(asked)).actors
    found = near(NEW, "court", "ReportExecution", "local_budget")
    assert found.actors == ("executive",)
    assert found.smallest == Change("permitted", actor="executive")


def test_where_anyone_may_it_is_left_to_those_whose_act_it_is() -> None:
    rule = (
        'permit(principal, action == Action::"AdoptBudget", resource) '
        'unless { principal == Actor::"court" };'
    )
    found = near(book(text(article(rule))), "court", "AdoptBudget", "local_budget")
    assert found.actors == ("kenesh",)
    assert found.smallest == Change("permitted", actor="kenesh")


def test_nothing_instead_of_what_is_lawful() -> None:
    assert near(OLD, "executive", "Transfer", "local_budget") == Instead({}, (), (), ())


def test_another_object() -> None:
    found = near(NEW, "community", "ConstituteBody", "tos_body")
    assert found.objects == ("representative_body", "executive_body")
    assert found.acts == ("RegisterTos", "AppointOfficial")
    assert found.smallest == Change("permitted", object="representative_body")


def test_another_value_of_a_fact() -> None:
    assert near(NEW, "community", "ElectDeputies", "deputies").facts == {}
    asked = Question("community", "ElectDeputies", "deputies", "settlement", {"manner": "indirect"})
    assert instead(NEW, asked, NEW.rule(asked)).facts == {"manner": "direct"}
    assert smallest(NEW, asked) == Change("permitted", {"manner": "direct"})


def test_an_act_is_suggested_only_where_it_can_be_lawful() -> None:
    # Without a law on the order of elections nobody can be elected or nominated.
    assert near(NEW, "governor", "AppointHead", "head_of_executive").acts == ()
    found = near(LAWS, "governor", "AppointHead", "head_of_executive")
    assert found.acts == ("NominateHead", "ElectHead")


def test_nothing_near_is_nothing_said() -> None:
    assert near(NEW, "court", "AppointHead", "head_of_executive") == Instead({}, (), (), ())


def test_what_a_law_tells_is_no_ones_to_change_here() -> None:
    """Where only a statute can help, it is said apart."""
    wanted = "context.orderSetByLaw && context.participationReached"
    rule = f'permit(principal, action == Action::"ElectHead", resource) when {{ {wanted} }};'
    made = book(text(article(rule)))
    found = near(made, "kenesh", "ElectHead", "head_of_executive")
    assert (found.facts, found.acts) == ({}, ())
    reached, law = {"participationReached": True}, {"orderSetByLaw": True}
    assert found.smallest == Change("permitted", reached, laws=law)
    assert found.smallest.json() == {"facts": reached, "laws": law, "answer": "permitted"}
    # The edition of 2010 lets nobody elect a head; a statute has to say who does.
    assert near(NEW, "kenesh", "ElectHead", "head_of_executive").smallest is None


def test_the_kind_of_place_is_looked_at_last() -> None:
    rule = (
        'permit(principal, action == Action::"AdoptBudget", resource) when '
        '{ context.placeKind == PlaceKind::"settlement" || '
        "(context.draftPublished && context.hearingHeld && context.republicanLines) };"
    )
    made = book(text(article(rule)))
    everything = {"draftPublished": True, "hearingHeld": True, "republicanLines": True}
    asked = nothing_done(made, "kenesh", "AdoptBudget", "local_budget")
    assert smallest(made, asked) == Change("permitted", everything)
    made = book(text(article(rule.split(" || ")[0] + " };")))
    assert smallest(made, asked) == Change("permitted", place="settlement")


def test_what_is_permitted_goes_before_what_is_not_stated() -> None:
    rules = (
        '@id("budget.a") @silent permit(principal, action == Action::"AdoptBudget", resource) '
        "when { context.draftPublished };\n"
        '@id("budget.b") permit(principal, action == Action::"AdoptBudget", resource) '
        "when { context.hearingHeld };"
    )
    made = book(text(article(rules)))
    asked = nothing_done(made, "kenesh", "AdoptBudget", "local_budget")
    assert smallest(made, asked) == Change("permitted", {"hearingHeld": True})
    made = book(text(article(rules.split("\n")[0])))
    assert smallest(made, asked) == Change("not_stated", {"draftPublished": True})


def test_of_as_many_changes_the_one_nearest_at_hand() -> None:
    """What comes to be before what must not be, and both before another actor."""
    rule = (
        'permit(principal, action == Action::"AdoptBudget", resource) when '
        '{ principal == Actor::"kenesh" || context.hearingHeld || !context.draftPublished };'
    )
    made = book(text(article(rule)))
    facts = {"draftPublished": True, "hearingHeld": False, "republicanLines": False}
    asked = Question("court", "AdoptBudget", "local_budget", "settlement", facts)
    assert smallest(made, asked) == Change("permitted", {"hearingHeld": True})
    made = book(text(article(rule.replace(" || context.hearingHeld", ""))))
    assert smallest(made, asked) == Change("permitted", {"draftPublished": False})
    made = book(
        text(article(rule.replace(" || context.hearingHeld || !context.draftPublished", "")))
    )
    assert smallest(made, asked) == Change("permitted", actor="kenesh")


@pytest.mark.parametrize("lacks", range(6))
def test_however_much_is_lacking(lacks: int) -> None:
    facts = ["budgetAdopted", "withinBudget", "accountGiven", "underDelegation", "withinDelegation"]
    wanted = " && ".join(f"context.{fact}" for fact in facts[:lacks]) or "true"
    rule = f'permit(principal, action == Action::"Spend", resource) when {{ {wanted} }};'
    made = book(text(article(rule)))
    asked = nothing_done(made, "executive", "Spend", "local_budget")
    found = instead(made, asked, made.rule(asked))
    assert found.facts == dict.fromkeys(facts[:lacks], True)


# -- against trying everything --------------------------------------------------------------


def questions(act: str, made: Rulebook) -> Iterator[Question]:
    """Every question of an act, put by those whose act it is and by an outsider or two, with the
    statutes as they are."""
    words = VOCABULARY.acts[act]
    actors = dict.fromkeys((*words.actors, *OUTSIDERS))
    values = [VOCABULARY.values(fact) or (False, True) for fact in words.facts]
    places = tuple(VOCABULARY.places)
    for actor, object_, place in product(actors, words.objects, places):
        for chosen in product(*values):
            facts = dict(zip(words.facts, chosen, strict=True))
            asked = Question(actor, act, object_, place, facts)
            if made.complete(asked) == asked:
                yield asked


@cache
def rulings(act: str, name: str) -> dict[tuple[object, ...], tuple[Question, Ruling]]:
    made = BOOKS[name]
    return {_key(asked): (asked, made.rule(asked)) for asked in questions(act, made)}


def _key(asked: Question) -> tuple[object, ...]:
    return (asked.actor, asked.object, asked.place, *asked.facts.values())


def tried(act: str, name: str, asked: Question) -> tuple[int, str] | None:
    """The fewest answers that have to change, and what the law says then, by trying all."""
    natural = {asked.actor, *VOCABULARY.acts[act].actors}
    all_ = [
        (sum(a != b for a, b in zip(_key(asked), _key(other), strict=True)), ruling.answer, other)
        for other, ruling in rulings(act, name).values()
        if ruling.effective and other.actor in natural
    ]
    here = [one for one in all_ if one[2].place == asked.place]
    found = min(((size, answer != "permitted") for size, answer, _ in here or all_), default=None)
    return None if found is None else (found[0], "not_stated" if found[1] else "permitted")


@pytest.mark.parametrize("name", BOOKS)
def test_no_smaller_change_is_found_by_trying_every_question(name: str) -> None:
    some, counted, tried_acts = Random(7), 0, list[str]()
    for act in JUDGED:
        if sum(1 for _ in questions(act, BOOKS[name])) > SMALL:
            continue
        tried_acts.append(act)
        refused = [asked for asked, given_ in rulings(act, name).values() if not given_.effective]
        for asked in some.sample(refused, min(len(refused), 20)):
            found = smallest(BOOKS[name], asked)
            best = tried(act, name, asked)
            if best is None:
                # Not without another law, or not at all.
                assert found is None or found.laws, asked
                continue
            assert found is not None and not found.laws, asked
            assert found.actor in ("", *VOCABULARY.acts[act].actors)
            assert (found.size(), found.answer) == best, asked
            assert BOOKS[name].rule(found.of(asked)).answer == found.answer
            counted += 1
    assert counted > 200 and len(tried_acts) > 0.9 * len(JUDGED)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_suggestion_would_take_effect(seed: int) -> None:
    some = Random(seed)
    made = some.choice([*BOOKS.values()])
    act = VOCABULARY.acts[some.choice(JUDGED)]
    asked = Question(
        some.choice(list(VOCABULARY.actors)),
        act.name,
        some.choice(act.objects),
        some.choice(list(VOCABULARY.places)),
        {fact: some.choice(VOCABULARY.values(fact) or (False, True)) for fact in act.facts},
    )
    given_ = made.rule(asked)
    found = instead(made, asked, given_)
    if given_.effective:
        assert found == Instead({}, (), (), ())
        return
    if found.facts:
        assert made.rule(asked.with_facts(found.facts)).effective
        assert all(asked.facts[fact] != value for fact, value in found.facts.items())
    assert found.actors == tuple(
        a for a in act.actors if a != asked.actor and made.rule(asked.but(actor=a)).effective
    )
    assert found.objects == tuple(
        o for o in act.objects if o != asked.object and made.rule(asked.but(object=o)).effective
    )
    assert set(found.acts) <= set(act.instead)
    if found.smallest is not None:
        assert made.rule(found.smallest.of(asked)).answer == found.smallest.answer
        assert found.smallest.size() == sum(
            a != b for a, b in zip(_key(asked), _key(found.smallest.of(asked)), strict=True)
        )
        assert not found.facts or found.smallest.size() <= len(found.facts)


@pytest.mark.parametrize("act", JUDGED)
def test_an_act_is_suggested_when_one_of_its_questions_is_lawful(act: str) -> None:
    for name, made in BOOKS.items():
        asked = nothing_done(made, "court", act, VOCABULARY.acts[act].objects[0])
        given_ = made.rule(asked)
        for other in VOCABULARY.acts[act].instead:
            natural = VOCABULARY.acts[other].actors
            lawful = any(
                ruling.effective and one.actor in natural and one.place == asked.place
                for one, ruling in rulings(other, name).values()
            )
            if not given_.effective:
                assert (other in instead(made, asked, given_).acts) == lawful, (name, other)
