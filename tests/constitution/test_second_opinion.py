"""Every ruling is given twice, by Cedar and by plain Python: random questions, random rules."""

from random import Random

import pytest
import second_opinion
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, book, text

from kerege.constitution import packs
from kerege.constitution.question import FactValue, Question

KG = packs.load()
BOOKS = {
    "2007": KG.rulebook(["kg-2007"]),
    "2010": KG.rulebook(["kg-2010"]),
    "2010 and law 101": KG.rulebook(["kg-2010", "kg-law-101-2011"]),
    "2010 and its laws": KG.rulebook(KG.pinned("kg-2010")),
}
POLICIES = {name: second_opinion.policies(made.editions) for name, made in BOOKS.items()}
JUDGED = [name for name, act in VOCABULARY.acts.items() if act.judged]
SEEDS = st.integers(0, 2**32 - 1)


def question(some: Random, act: str) -> Question:
    words = VOCABULARY.acts[act]
    facts: dict[str, FactValue] = {
        fact: some.choice(VOCABULARY.values(fact) or (False, True)) for fact in words.facts
    }
    # Whose act it is by its nature is asked as often as everyone else.
    actors = some.choice((words.actors, tuple(VOCABULARY.actors)))
    place = some.choice(list(VOCABULARY.places))
    return Question(some.choice(actors), act, some.choice(words.objects), place, facts)


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=600, deadline=None)
@given(seed=SEEDS)
def test_a_second_opinion_agrees(name: str, seed: int) -> None:
    some = Random(seed)
    asked = question(some, some.choice(JUDGED))
    given_ = BOOKS[name].rule(asked)
    assert given_ == second_opinion.ruling(POLICIES[name], asked, VOCABULARY)


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=300, deadline=None)
@given(seed=SEEDS)
def test_one_forbid_whose_condition_is_met_is_enough(name: str, seed: int) -> None:
    some = Random(seed)
    asked = question(some, some.choice(JUDGED))
    against = {
        id_
        for id_, policy in POLICIES[name].items()
        if policy["effect"] == "forbid" and second_opinion.fires(policy, asked, VOCABULARY)
    }
    given_ = BOOKS[name].rule(asked)
    assert (given_.answer == "forbidden") == bool(against)
    assert not (given_.effective and against)
    if against:
        assert set(given_.norms) == against


class RandomRules:
    """Writes rules of the closed fragment about one act, as Cedar text."""

    def __init__(self, some: Random, act: str) -> None:
        self.some = some
        self.act = act
        facts = VOCABULARY.acts[act].facts
        self.plain = [f"context.{fact}" for fact in facts if not VOCABULARY.values(fact)]
        self.members = {
            "principal": [f'Actor::"{name}"' for name in VOCABULARY.actors],
            "resource": [f'Object::"{name}"' for name in VOCABULARY.acts[act].objects],
            "action": [f'Action::"{act}"', 'Action::"RaiseIssue"'],
            "context.placeKind": [f'PlaceKind::"{name}"' for name in VOCABULARY.places],
            **{
                f"context.{fact}": [
                    f'{fact.capitalize()}::"{value}"' for value in VOCABULARY.values(fact)
                ]
                for fact in facts
                if VOCABULARY.values(fact)
            },
        }

    def rules(self, many: int) -> str:
        return "\n".join(self.rule(f"budget.r{number}") for number in range(many))

    def rule(self, id_: str) -> str:
        some = self.some
        effect = some.choice(["permit", "permit", "@silent permit", "forbid"])
        actor = some.choice(["principal", "principal", 'principal == Actor::"kenesh"'])
        acts = some.choice([f'== Action::"{self.act}"', f'in [Action::"{self.act}"]'])
        parts = [f'@id("{id_}") {effect}({actor}, action {acts}, resource)']
        for _ in range(some.randint(0, 2)):
            parts.append(f"{some.choice(['when', 'unless'])} {{ {self.condition(3)} }}")
        return " ".join(parts) + ";"

    def condition(self, depth: int) -> str:
        some = self.some
        if depth and some.random() < 0.6:
            if some.random() < 0.25:
                return f"!({self.condition(depth - 1)})"
            sign = some.choice(["&&", "||", "==", "!="])
            return f"(({self.condition(depth - 1)}) {sign} ({self.condition(depth - 1)}))"
        if self.plain and some.random() < 0.4:
            return some.choice(self.plain)
        name = some.choice(list(self.members))
        members = self.members[name]
        kind = some.random()
        if kind < 0.1:
            return some.choice(["true", "false", "principal is Actor", "resource is Object"])
        if kind < 0.5:
            return f"{name} {some.choice(['==', '!='])} {some.choice(members)}"
        chosen = some.sample(members, some.randint(1, len(members)))
        return f"[{', '.join(chosen)}].contains({name})"


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_a_second_opinion_agrees_on_rules_nobody_wrote(seed: int) -> None:
    some = Random(seed)
    act = some.choice(["Spend", "ElectHead", "AdoptBudget", "DelegatePower"])
    made = book(text(article(RandomRules(some, act).rules(some.randint(1, 4)))))
    known = second_opinion.policies(made.editions)
    for _ in range(10):
        asked = question(some, act)
        assert made.rule(asked) == second_opinion.ruling(known, asked, VOCABULARY)
