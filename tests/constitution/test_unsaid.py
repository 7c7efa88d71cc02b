"""What was not said is tried every way: one answer where all agree, else when which is given."""

from itertools import product
from random import Random

import pytest
from lawtext import VOCABULARY

from kerege.constitution import packs
from kerege.constitution.question import NOT_STATED, PERMITTED, Question
from kerege.constitution.unsaid import ways

KG = packs.load()
BOOKS = [KG.rulebook(KG.pinned(one.id)) for one in KG.constitutions()]
LAWS = next(book for book in BOOKS if book.editions[0].id == "kg-2010")
JUDGED = [name for name, act in VOCABULARY.acts.items() if act.judged]


@pytest.mark.parametrize("act", JUDGED)
def test_the_ways_are_those_of_trying_every_one(act: str) -> None:
    some = Random(act)
    words = VOCABULARY.acts[act]
    for book in BOOKS:
        for _ in range(6):
            facts = {f: some.choice(VOCABULARY.values(f) or (False, True)) for f in words.facts}
            asked = book.complete(
                Question(
                    some.choice(words.actors),
                    act,
                    some.choice(words.objects),
                    some.choice(list(VOCABULARY.places)),
                    facts,
                )
            )
            free = [f for f in facts if not VOCABULARY.values(f)]
            free = [f for f in free if not VOCABULARY.facts[f].from_law]
            unsaid = some.sample(free, some.randint(0, len(free)))
            found = ways(book, asked, unsaid)
            answers = set()
            for each in product((False, True), repeat=len(unsaid)):
                chosen = asked.with_facts(dict(zip(unsaid, each, strict=True)))
                given = book.rule(chosen)
                answers.add(given.answer)
                for answer in (PERMITTED, NOT_STATED):
                    so = any(
                        all(chosen.facts[f] is yes for f, yes in case)
                        for case in found.cases(answer)
                    )
                    assert so == (given.answer == answer)
            settled = found.settled()
            if settled is None:
                assert len(answers) > 1 and answers & {PERMITTED, NOT_STATED}
            else:
                assert settled.answer in answers
                assert len(answers) == 1 or not answers & {PERMITTED, NOT_STATED}


def asked_of(actor: str, **facts: bool) -> Question:
    every = dict.fromkeys(VOCABULARY.acts["AdoptBudget"].facts, False)
    return Question(actor, "AdoptBudget", "local_budget", "aiyl_aimak", {**every, **facts})


def test_the_conditions_are_the_fewest_facts() -> None:
    open_ = list(VOCABULARY.acts["AdoptBudget"].facts)
    found = ways(LAWS, asked_of("kenesh"), open_)
    both = {("draftPublished", True), ("hearingHeld", True)}
    assert found.settled() is None and found.cases(PERMITTED) == [both]
    assert {case for case, _ in found.refused()} == {frozenset({(fact, False)}) for fact, _ in both}
    assert {norm.article.article for _, norm in found.refused()} == {"110(5)"}
    assert set(found.deciding()) >= {norm.id for _, norm in found.refused()}
    found = ways(LAWS, asked_of("kenesh", hearingHeld=True), ["draftPublished"])
    assert found.cases(PERMITTED) == [{("draftPublished", True)}]


def test_only_what_is_lacking_in_every_way_is_missing() -> None:
    settled = ways(LAWS, asked_of("kenesh"), ["draftPublished"]).settled()
    assert settled is not None and settled.missing == ("hearingHeld",)
    settled = ways(LAWS, asked_of("community"), ["draftPublished", "hearingHeld"]).settled()
    assert settled is not None and not settled.effective and settled.missing == ()
