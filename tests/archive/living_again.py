"""A town's register lived again, and what became of its entries."""

from kerege.archive.outcome import Replay
from kerege.archive.replay import replay, under
from kerege.constitution import packs
from kerege.constitution.rulebook import Rulebook
from tests.cast import Town
from tests.constitution import lawtext
from tests.municipality.test_fold import VOCABULARY

KNOWN = packs.load()
SPEND = {"year": 2010, "source": "local", "amount": 5, "purpose": "Жол"}


def lived(town: Town, *ids: str) -> Replay:
    return replay(town.entries, under(KNOWN, ids), ids)


def but(*forbids: str) -> Rulebook:
    """Everything is allowed but these acts."""
    acts = ", ".join(
        f'Action::"{name}"' for name in VOCABULARY.acts if VOCABULARY.acts[name].judged
    )
    rules = [f'@id("budget.all") permit (principal, action in [{acts}], resource);']
    rules += [
        f'@id("budget.no{k}") forbid (principal, action == Action::"{name}", resource);'
        for k, name in enumerate(forbids)
    ]
    return lawtext.book(lawtext.text(lawtext.article("\n".join(rules))))


def live(town: Town, book: Rulebook) -> Replay:
    return replay(town.entries, lambda m, on: book)


def told(one: Replay) -> dict[int, tuple]:
    """What became of entries, by number."""
    found: dict[int, tuple] = {x.n: ("refused", x.ruling.answer) for x in one.refused}
    found |= {x.n: (x.why, x.because) for x in one.fallen}
    return found | {x.n: ("passes", x.ruling.answer) for x in one.passes}
