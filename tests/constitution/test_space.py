"""Blocks cover the space of questions once, and one cell stands for its block."""

from collections import Counter
from itertools import product

import pytest
import second_opinion

from kerege.constitution import packs
from kerege.constitution.condition import condition_in, holds
from kerege.constitution.question import Question
from kerege.constitution.space import blocks, dimensions
from tools import golden_rulings

KG = packs.load()
WORDS = KG.vocabulary
BOOK = KG.rulebook(KG.pinned("kg-2010"))
JUDGED = [name for name, act in WORDS.acts.items() if act.judged]


@pytest.mark.parametrize("act", JUDGED)
def test_blocks_cover_the_space_once(act: str) -> None:
    said = Counter(
        cell for block in blocks(act, WORDS, BOOK.norms.values()) for cell in block.cells()
    )
    assert set(said.values()) == {1}
    assert len(said) == len(list(product(*dimensions(act, WORDS).values())))


@pytest.mark.parametrize("act", JUDGED)
def test_a_condition_says_when_its_rule_speaks(act: str) -> None:
    """The second opinion knows nothing of cells, blocks and conditions."""
    norms = [norm for norm in BOOK.norms.values() if act in norm.acts]
    for block in blocks(act, WORDS, BOOK.norms.values()):
        met = {norm.id: condition_in(norm.policy, block.cell()) for norm in norms}
        for cell in [block.cell(), list(block.cells())[-1]]:
            for facts in golden_rulings.facts_of(act, WORDS):
                if not all(facts[name] == value for name, value in cell.values):
                    continue
                asked = Question(cell.actor, act, cell.object, cell.place, facts)
                for norm in norms:
                    fires = second_opinion.fires(dict(norm.policy), asked, WORDS)
                    assert holds(met[norm.id], facts) == fires, (norm.id, asked)
