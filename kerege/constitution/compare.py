"""Two rulebooks compared over the whole space of questions that both can be asked.

Actors, objects, places and enums of an act are cut into blocks; within a block the yes-or-no facts
are minimal conditions (docs/decisions/0010). A difference belongs to the topics of the norms that
make it: of the prohibitions where one law forbids, else of what permits, else of what lets pass in
silence, else of what permits the act to others. Questions that are answered differently for
several reasons stand under each. Where the two laws name different offices of the head, each is
asked about its own (``offices.py``).
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kerege.constitution import rectangles
from kerege.constitution.condition import NEVER, Condition, all_of, any_of, worlds
from kerege.constitution.fragment import READINGS
from kerege.constitution.norms import Norm
from kerege.constitution.offices import head, joined, offices, renamed
from kerege.constitution.question import FORBIDDEN, NOT_STATED
from kerege.constitution.rectangles import Rectangle
from kerege.constitution.regions import WEIGHT, Region, answers, law_facts
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.shared import Shared, shared
from kerege.constitution.space import Block, blocks, sets_of
from kerege.constitution.told import Told, changes, told
from kerege.constitution.vocabulary import ActWord

Norms = tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What one side of a difference rests on: the weakest reading among its norms, and the facts
    that statutes would have to tell and do not; ``awaits`` when it is forbidden only for lack of
    these."""

    reading: str
    lacking: tuple[str, ...]
    awaits: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: questions of one act that ``a`` answers in one way and ``b`` in another.

    ``sets`` are the values of each dimension (``space.dimensions``), ``where`` what is so of the
    facts. The norms are those that decide somewhere in the row; on the side that
    makes the difference, those of the topic."""

    topic: str
    act: str
    sets: Rectangle
    where: Condition
    a: str
    b: str
    norms_a: Norms
    norms_b: Norms
    why_a: Why
    why_b: Why

    @property
    def silent(self) -> bool:
        """Whether it rests on silence: one of the two texts is not known to us."""
        return NOT_STATED in (self.a, self.b)


@dataclass(frozen=True, slots=True)
class Change:
    """What two laws tell differently besides rules; None where one tells nothing."""

    a: Told | None
    b: Told | None

    @property
    def said(self) -> Told:
        """What one of the two tells, the later before the earlier."""
        said = self.b or self.a
        assert said is not None
        return said

    @property
    def topic(self) -> str:
        return self.said.article.topic


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences of two rulebooks. ``questions`` can be put to both, ``differing`` of them are
    answered differently, ``by_topic`` says how many of each topic: one can stand under several.
    ``silent_a`` and ``silent_b``: by topic the acts let pass in silence."""

    a: Rulebook
    b: Rulebook
    both: Shared
    questions: int
    differing: int
    by_topic: Mapping[str, int]
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    silent_a: Mapping[str, tuple[str, ...]]
    silent_b: Mapping[str, tuple[str, ...]]

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(self.both.words.topics)

    def differing_topics(self) -> list[str]:
        found = {row.topic for row in self.rows} | {change.topic for change in self.changes}
        return [topic for topic in self.topics if topic in found]

    def unchanged(self) -> list[str]:
        """Topics without any difference, unless all that is said of them rests on silence or is
        said in words that only one of the two has."""
        differing, silent, apart = self.differing_topics(), self.not_stated(), self.apart()
        alike = [topic for topic in self.topics if topic not in (*differing, *apart)]
        return [topic for topic in alike if topic not in silent or self._stated(topic)]

    def apart(self) -> list[str]:
        """Topics on which one of the two has rules on acts that the other has no word for."""
        acts = {name for name, act in self.both.words.acts.items() if act.judged}
        norms = (*self.a.norms.values(), *self.b.norms.values())
        found = {norm.article.topic for norm in norms if not acts.issuperset(norm.acts)}
        return [topic for topic in self.topics if topic in found]

    def not_stated(self) -> list[str]:
        """Topics on which something rests on silence in one of the two or in both."""
        return [topic for topic in self.topics if topic in {*self.silent_a, *self.silent_b}]

    def tells(self, topic: str) -> bool:
        """Whether one of the two tells something of a topic besides rules."""
        found = (one for book in (self.a, self.b) for one in told(book).values())
        return any(one.article.topic == topic for one in found)

    def _stated(self, topic: str) -> bool:
        norms = (*self.a.norms.values(), *self.b.norms.values())
        return any(norm.article.topic == topic and not norm.silent for norm in norms)


def compare(
    a: Rulebook, b: Rulebook, on_a: date | None = None, on_b: date | None = None
) -> Comparison:
    """Every difference of two rulebooks; shares and numbers as of a day, or of all days.

    Where only one has a day, the other counts as on the day on which its youngest pack was
    adopted."""
    if (on_a is None) != (on_b is None):
        on_a, on_b = on_a or _youngest(a), on_b or _youngest(b)
    both = joined(shared(a.vocabulary, b.vocabulary), a, b)
    found: list[Row] = []
    by_topic: dict[str, int] = {}
    silent: tuple[dict[str, dict[str, None]], dict[str, dict[str, None]]] = ({}, {})
    questions = differing = 0
    for act, word in both.words.acts.items():
        if not word.judged:
            continue
        sides = _asked(act, word, a, b)
        known = {**sides[0].told, **sides[1].told}
        plain = [f for f in word.facts if not both.words.values(f) and f not in known]
        for block in blocks(act, both.words, (*sides[0].norms, *sides[1].norms)):
            ways = sides[0].regions(block), sides[1].regions(block)
            questions += block.size() << len(plain)
            for of, where in _unlike(*ways):
                differing += block.size() * worlds(where, len(plain))
                for row in _rows(block, sides, of, where, known):
                    found.append(row)
                    count = block.size() * worlds(row.where, len(plain))
                    by_topic[row.topic] = by_topic.get(row.topic, 0) + count
            for side, side_regions in zip(silent, ways, strict=True):
                for region in side_regions:
                    for norm in (
                        region.deciding(region.where) if region.answer == NOT_STATED else ()
                    ):
                        side.setdefault(norm.article.topic, {})[act] = None
    return Comparison(
        a,
        b,
        both,
        questions,
        differing,
        by_topic,
        tuple(_together(found)),
        tuple(Change(*one) for one in changes(told(a, on_a), told(b, on_b))),
        *({topic: tuple(acts) for topic, acts in side.items()} for side in silent),
    )


def _youngest(book: Rulebook) -> date:
    return max(edition.adopted for edition in book.editions)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A law of which an act is asked: its norms on it, and what its statutes tell."""

    norms: Norms
    told: Mapping[str, bool]

    def regions(self, block: Block, told: Mapping[str, bool] | None = None) -> list[Region]:
        return answers(self.norms, block.act, block.cell(), {**self.told, **(told or {})})


def _asked(act: str, word: ActWord, a: Rulebook, b: Rulebook) -> tuple[_Asked, _Asked]:
    norms = [[n for n in book.norms.values() if act in n.acts] for book in (a, b)]
    named = offices(a, b)
    if named is not None and head(named) in word.objects:
        norms = [renamed(of, own, head(named)) for of, own in zip(norms, named, strict=True)]
    one, other = (
        _Asked(tuple(of), law_facts(book, act)) for of, book in zip(norms, (a, b), strict=True)
    )
    return one, other


def _unlike(
    a: Iterable[Region], b: Iterable[Region]
) -> Iterator[tuple[tuple[Region, Region], Condition]]:
    for one in a:
        for other in b:
            where = all_of((one.where, other.where))
            if one.answer != other.answer and where != NEVER:
                yield (one, other), where


def _rows(
    block: Block,
    asked: tuple[_Asked, _Asked],
    differ: tuple[Region, Region],
    where: Condition,
    known: Mapping[str, bool],
) -> Iterator[Row]:
    """The difference under each topic it belongs to, there where norms of that topic make it."""
    a, b = differ
    deciding = min((a, b), key=lambda region: WEIGHT.index(region.answer))
    speaks: dict[str, list[Condition]] = {}
    for norm, condition in deciding.norms:
        speaks.setdefault(norm.article.topic, []).append(condition)
    sets = sets_of(block)
    for topic, conditions in speaks.items():
        part = all_of((where, any_of(conditions)))
        if part == NEVER:
            continue
        of_a, of_b = (
            tuple(
                n for n in side.deciding(part) if side is not deciding or n.article.topic == topic
            )
            for side in (a, b)
        )
        why_a = _why(of_a, known, block, part, asked[0])
        why_b = _why(of_b, known, block, part, asked[1])
        yield Row(topic, block.act, sets, part, a.answer, b.answer, of_a, of_b, why_a, why_b)


def _why(
    norms: Norms, known: Mapping[str, bool], block: Block, where: Condition, asked: _Asked
) -> Why:
    reading = max((norm.reading for norm in norms), key=READINGS.index, default=READINGS[0])
    lacking = tuple(sorted({n.requires for n in norms if n.requires and n.requires in known}))
    if not lacking:
        return Why(reading, ())
    still = asked.regions(block, dict.fromkeys(lacking, True))
    forbidden = any_of(region.where for region in still if region.answer == FORBIDDEN)
    return Why(reading, lacking, all_of((forbidden, where)) == NEVER)


def _together(rows: list[Row]) -> Iterator[Row]:
    """Rows of blocks that differ alike, and for like reasons, in one."""
    alike: dict[Hashable, list[Row]] = {}
    for row in rows:
        label = row.topic, row.act, row.where, row.a, row.b, row.why_a, row.why_b
        alike.setdefault(label, []).append(row)
    for of in alike.values():
        for sets in rectangles.joined(row.sets for row in of):
            within = [row for row in of if all(row.sets[name] <= sets[name] for name in sets)]
            norms_a = {norm.id: norm for row in within for norm in row.norms_a}
            norms_b = {norm.id: norm for row in within for norm in row.norms_b}
            both = tuple(norms_a.values()), tuple(norms_b.values())
            yield replace(of[0], sets=sets, norms_a=both[0], norms_b=both[1])
