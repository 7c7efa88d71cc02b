"""Regions of a cell hold everywhere together and never two at once, and answer as the rulebook."""

from itertools import combinations, product

import pytest

from kerege.constitution import packs
from kerege.constitution.condition import ALWAYS, NEVER, all_of, any_of, holds
from kerege.constitution.question import NOT_EMPOWERED, UNREGULATED, Question
from kerege.constitution.regions import law_facts, regions
from kerege.constitution.space import blocks

KG = packs.load()
WORDS = KG.vocabulary
BOOKS = [KG.rulebook(KG.pinned(one.id)) for one in KG.constitutions()]
JUDGED = [name for name, act in WORDS.acts.items() if act.judged]


@pytest.mark.parametrize("act", JUDGED)
def test_regions_answer_as_the_rulebook(act: str) -> None:
    for book in BOOKS:
        told = law_facts(book, act)
        facts = [f for f in WORDS.acts[act].facts if not WORDS.values(f) and f not in told]
        for block in blocks(act, WORDS, book.norms.values()):
            cell = block.cell()
            found = regions(book, act, cell)
            assert any_of(region.where for region in found) == ALWAYS
            for one, other in combinations(found, 2):
                assert all_of((one.where, other.where)) == NEVER
            # Two of the worlds are enough here: test_compare asks in all of them.
            for yes in {(False,) * len(facts), (True,) * len(facts)}:
                known = {**dict(cell.values), **dict(zip(facts, yes, strict=True)), **told}
                ruling = book.rule(Question(cell.actor, act, cell.object, cell.place, known))
                (region,) = (one for one in found if holds(one.where, known))
                assert region.answer == ruling.answer
                if region.answer not in (NOT_EMPOWERED, UNREGULATED):
                    here = {n.id for n, speaks in region.norms if holds(speaks, known)}
                    assert here == set(ruling.norms)


def test_what_the_statutes_tell_is_put_in() -> None:
    bare, whole = KG.rulebook(("kg-2010",)), KG.rulebook(KG.pinned("kg-2010"))
    assert law_facts(bare, "ElectHead") == {"orderSetByLaw": False}
    assert law_facts(whole, "ElectHead") == {"orderSetByLaw": True}
    for act, book in product(("ElectHead", "NominateHead"), (bare, whole)):
        for block in blocks(act, WORDS, book.norms.values()):
            for region in regions(book, act, block.cell()):
                assert all(f != "orderSetByLaw" for case in region.where for f, _ in case)
