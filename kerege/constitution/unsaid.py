"""A question of which some facts were not said: what the law answers whichever way they are.

What nobody said is neither yes nor no. Where every way gives one answer, that is the answer; where
it depends, each answer has its condition over the facts left open (``regions.py``), in the fewest
facts that decide.
"""

from collections.abc import Collection
from dataclasses import dataclass

from kerege.constitution.condition import ALWAYS, NEVER, Case, Cell, given
from kerege.constitution.norms import Norm
from kerege.constitution.question import FORBIDDEN, NOT_STATED, PERMITTED, Question, Ruling
from kerege.constitution.regions import Region, regions
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Ways:
    """The answers a question can have, each with its condition over the facts left open."""

    regions: tuple[Region, ...]
    words: Vocabulary

    def settled(self) -> Ruling | None:
        """The one answer of every way; None where it depends on what was not said.

        What is refused in every way, here by a prohibition and there for want of a power, lacks
        the power in every way."""
        if len(self.regions) > 1 and any(r.answer in (PERMITTED, NOT_STATED) for r in self.regions):
            return None
        region = self.regions[-1]
        always = [norm for norm, speaks in region.norms if speaks == ALWAYS]
        missing = {n.requires for n in always if n.requires and region.answer == FORBIDDEN}
        norms = always or [norm for norm, _ in region.norms]
        ids = tuple(sorted(norm.id for norm in norms))
        return Ruling(region.answer, ids, tuple(sorted(missing)))

    def cases(self, answer: str) -> list[Case]:
        """The smallest cases in which an answer is given, those of the fewest facts first."""
        region = next((r for r in self.regions if r.answer == answer), None)
        return self._sorted(region.where) if region is not None else []

    def refused(self) -> list[tuple[Case, Norm]]:
        """The smallest cases in which a prohibition speaks, and which."""
        return [
            (case, norm)
            for region in self.regions
            if region.answer == FORBIDDEN
            for norm, speaks in region.norms
            for case in self._sorted(speaks)
        ]

    def deciding(self) -> tuple[str, ...]:
        """The ids of all norms that decide in some way, permissions first."""
        norms = [n for r in self.regions for n, _ in r.norms]
        permits = [norm.id for norm in norms if norm.effect == "permit"]
        return tuple(dict.fromkeys((*permits, *(norm.id for norm in norms))))

    def _sorted(self, cases: Collection[Case]) -> list[Case]:
        order = {fact: at for at, fact in enumerate(self.words.facts)}
        return sorted(cases, key=lambda c: (len(c), sorted((not y, order[f]) for f, y in c)))


def ways(book: Rulebook, asked: Question, unsaid: Collection[str]) -> Ways:
    """What a rulebook answers when some yes-or-no facts of a question are left open; what the
    statutes tell is told."""
    enums = tuple((fact, v) for fact, v in asked.facts.items() if isinstance(v, str))
    said = {f: v for f, v in asked.facts.items() if isinstance(v, bool) and f not in unsaid}
    cell = Cell(asked.actor, asked.act, asked.object, asked.place, enums)
    found = []
    for region in regions(book, asked.act, cell):
        where = given(region.where, said)
        if where != NEVER:
            heard = ((norm, given(speaks, said)) for norm, speaks in region.norms)
            norms = tuple((norm, speaks) for norm, speaks in heard if speaks != NEVER)
            found.append(Region(region.answer, where, norms))
    return Ways(tuple(found), book.vocabulary)
