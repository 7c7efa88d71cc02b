"""A comparison in words: point by point what differs, what does not, and what is not stated.

As JSON::

    {"a": ["kg-2007"], "b": ["kg-2010"], "questions": 9450, "differing": 6085,
     "topics": {"S3": {"rows": 2, "sentences": {"ky": […], "ru": […], "en": […]},
                       "details": [{"act", "sets", "where", "a", "b", "norms_a", "norms_b",
                                    "reading_a", "reading_b"}, …]}},
     "unchanged": ["S7"], "not_stated": ["S1"],
     "said": {"S7": {"ky": […], "ru": […], "en": […]}},
     "only": {"a": {"acts": […]}, "b": {}}}

``rows`` counts the differences of a topic, one sentence each and in their order; a sentence can
tell of several acts, each with its details. ``said`` is what there is to say of a topic besides:
that it is unchanged, or that one of the two texts is not known to us.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kerege.constitution.compare import Change, Comparison, Row, Why
from kerege.constitution.condition import Condition
from kerege.constitution.edition import CONSTITUTION
from kerege.constitution.question import FORBIDDEN, NOT_STATED, PERMITTED, UNREGULATED
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.sentence import (
    Parts,
    aside,
    fact_said,
    in_all,
    parts_said,
    reading_said,
    what_said,
    words,
)
from kerege.constitution.told import NAME
from kerege.constitution.told_said import nothing_said, subject_said, value_said
from kerege.words import LANGUAGES, Words

# The place of what is told besides rules among the differences of a topic.
_TOLD = 2

# What one law says, and what there is to note of it.
Side = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words, with the rows it tells of; none where no rule differs."""

    words: Words
    # The same in parts: what is asked or told, and what each law says to it, with what there is
    # to note of it (whose reading it is, what no law tells) or nothing.
    what: Words
    before: Words
    after: Words
    note_before: Words
    note_after: Words
    rows: tuple[Row, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether both laws refuse, and differ only in why."""
        return bool(self.rows) and not {PERMITTED, NOT_STATED} & {self.rows[0].a, self.rows[0].b}


@dataclass(frozen=True, slots=True)
class Point:
    """One topic: its differences, and what else there is to say of it."""

    topic: str
    differences: tuple[Difference, ...]
    said: tuple[Words, ...]


class Points:
    """The points of a comparison. ``name_a`` and ``name_b`` are what the two laws are called."""

    def __init__(
        self, compared: Comparison, name_a: Words | None = None, name_b: Words | None = None
    ) -> None:
        a, b = compared.a, compared.b
        # The year of a pack of another country, or of no country, would say nothing.
        alike = name(a) == name(b) or a.vocabulary.text != b.vocabulary.text
        self.compared, self.known = compared, compared.both.words
        self.name_a = name_a or (title(a) if alike else name(a))
        self.name_b = name_b or (title(b) if alike else name(b))

    def point(self, topic: str) -> Point:
        return Point(topic, tuple(self._differences(topic)), tuple(self._said(topic)))

    def points(self) -> list[Point]:
        return [self.point(topic) for topic in self.compared.topics]

    def json(self, only: str = "") -> dict[str, Any]:
        """All points, or one topic only."""
        compared = self.compared
        points = [self.point(topic) for topic in compared.topics if only in ("", topic)]
        topics = {point.topic for point in points}
        return {
            "a": [edition.id for edition in compared.a.editions],
            "b": [edition.id for edition in compared.b.editions],
            "questions": compared.questions,
            "differing": self._differing(only),
            "topics": {
                point.topic: {
                    "rows": len(point.differences),
                    "sentences": _by_language(one.words for one in point.differences),
                    "details": [_details(row) for one in point.differences for row in one.rows],
                }
                for point in points
                if point.differences
            },
            "unchanged": [topic for topic in compared.unchanged() if topic in topics],
            "not_stated": [topic for topic in compared.not_stated() if topic in topics],
            "said": {point.topic: _by_language(point.said) for point in points if point.said},
            "only": {
                "a": {part: list(names) for part, names in compared.both.only_a.items()},
                "b": {part: list(names) for part, names in compared.both.only_b.items()},
            },
        }

    def _differences(self, topic: str) -> Iterator[Difference]:
        told: dict[Hashable, list[Change]] = {}
        for change in self.compared.changes:
            if change.topic == topic:
                told.setdefault(_same(change), []).append(change)
        alike: dict[Hashable, list[Row]] = {}
        for row in sorted((r for r in self.compared.rows if r.topic == topic), key=_place):
            parts = in_all(partial(self._joined_parts, row))
            alike.setdefault((row.a, row.b, row.why_a, row.why_b, parts), []).append(row)
        found = [
            (_place(rows[0]), partial(self._rows, rows), tuple(rows)) for rows in alike.values()
        ]
        found += [(_TOLD, partial(self._changes, changes), ()) for changes in told.values()]
        for _, said, of in sorted(found, key=lambda one: one[0]):
            yield self._difference(said, of)

    def _rows(self, rows: Sequence[Row], language: str) -> tuple[str, Side, Side]:
        one = rows[0]
        acts = dict.fromkeys(row.act for row in rows)
        return (
            what_said(acts, self._parts(one, language), self.known, language),
            self._answer(one.a, one.why_a, language),
            self._answer(one.b, one.why_b, language),
        )

    def _parts(self, row: Row, language: str) -> Parts:
        return parts_said(row.act, row.sets, row.where, self.known, language)

    def _joined_parts(self, row: Row, language: str) -> str:
        return "; ".join(self._parts(row, language))

    def _answer(self, answer: str, why: Why, language: str) -> Side:
        notes = [fact_said(fact, False, self.known)[language] for fact in why.lacking]
        if answer not in (NOT_STATED, UNREGULATED):
            notes += reading_said(why.reading, language)
        if why.awaits:
            facts = ", ".join(fact_said(f, True, self.known)[language] for f in why.lacking)
            return words()["answer.awaits"].say(language, facts=facts), tuple(notes)
        return words()[f"answer.{answer}"][language], tuple(notes)

    def _changes(self, changes: Sequence[Change], language: str) -> tuple[str, Side, Side]:
        one = changes[0]
        sides: list[Side] = []
        for side in (one.a, one.b):
            if side is None:
                sides.append((nothing_said(one.said, self.compared.both.all, language), ()))
            else:
                notes = tuple(reading_said(side.reading, language))
                sides.append((value_said(side, self.compared.both.all, language), notes))
        if sides[0][0] == sides[1][0]:
            sides[1] = words()["told.otherwise"][language], sides[1][1]
        told = [side for change in changes for side in (change.b, change.a) if side is not None]
        what = subject_said(told, self.compared.both.all, language)
        return what, sides[0], sides[1]

    def _difference(
        self, parts: Callable[[str], tuple[str, Side, Side]], rows: tuple[Row, ...] = ()
    ) -> Difference:
        """The difference whose three parts ``parts`` says in a language."""
        said = {language: parts(language) for language in LANGUAGES}

        def sentence(language: str) -> str:
            what, *sides = said[language]
            before, after = (aside(side, notes, language) for side, notes in sides)
            names = {"a": self.name_a[language], "b": self.name_b[language]}
            template = words()["sentence.difference"]
            return template.say(language, what=what, before=before, after=after, **names)

        return Difference(
            in_all(sentence),
            in_all(lambda language: said[language][0]),
            in_all(lambda language: said[language][1][0]),
            in_all(lambda language: said[language][2][0]),
            in_all(lambda language: "; ".join(said[language][1][1])),
            in_all(lambda language: "; ".join(said[language][2][1])),
            rows,
        )

    def _said(self, topic: str) -> Iterator[Words]:
        compared = self.compared
        if topic in compared.unchanged():
            yield in_all(partial(self._unchanged, topic))
        if topic in compared.apart():
            yield words()["point.apart"]
        for name_, silent in ((self.name_a, compared.silent_a), (self.name_b, compared.silent_b)):
            if topic in silent:
                yield in_all(partial(self._silent, name_, silent[topic]))

    def counted(self, language: str, topic: str = "") -> str:
        """How many questions both can be asked, how many are answered differently (all, or those
        of a topic), and how much is told differently besides."""
        counts = {"questions": self.compared.questions, "differing": self._differing(topic)}
        key = "point.counted_topic" if topic else "point.counted"
        said = [words()[key].say(language, **counts, **({"topic": topic} if topic else {}))]
        changes = (c for c in self.compared.changes if topic in ("", c.topic))
        count = len({(change.topic, _same(change)) for change in changes})
        if count:
            said.append(words()["point.counted_told"].say(language, count=count))
        return " ".join(said)

    def _differing(self, topic: str) -> int:
        compared = self.compared
        return compared.by_topic.get(topic, 0) if topic else compared.differing

    def _unchanged(self, topic: str, language: str) -> str:
        """Of a topic on which no rule and no table speaks, what is kept is that every article is
        told plainly."""
        compared = self.compared
        books = compared.a, compared.b
        names = {"a": self.name_a[language], "b": self.name_b[language]}
        if topic in compared.not_stated():
            return words()["point.unchanged_known"].say(language, **names)
        if any(n.article.topic == topic for book in books for n in book.norms.values()):
            return words()["point.unchanged"].say(language, **names)
        if compared.tells(topic):
            return words()["point.alike"].say(language, **names)
        return words()["point.plain"][language]

    def _silent(self, side: Words, acts: Sequence[str], language: str) -> str:
        said = ", ".join(self.known.acts[act].words[language] for act in acts)
        return words()["point.silent"].say(language, side=side[language], acts=said)


def name(book: Rulebook) -> Words:
    """A short name: the year of its constitution, and whether statutes stand with it."""
    year = next((str(e.adopted.year) for e in book.editions if e.kind == CONSTITUTION), "")
    if not year:
        return title(book)
    if len(book.editions) == 1:
        return in_all(lambda _: year)
    return in_all(lambda language: words()["name.with_statutes"].say(language, name=year))


def title(book: Rulebook) -> Words:
    return in_all(lambda language: " + ".join(e.title[language] for e in book.editions))


def _same(change: Change) -> Hashable:
    """What is called otherwise in several kinds of places is one difference."""
    if change.said.kind != NAME:
        return change.said.key
    a, b = (side.value if side else None for side in (change.a, change.b))
    return (change.said.key[2], a, b)


def _place(row: Row) -> int:
    """Who may act now and could not, or could and may not, stands first; then what is told besides
    rules, then what rests on silence, and one refusal for another last."""
    answers = {row.a, row.b}
    if NOT_STATED not in answers:
        return 0 if row.b == PERMITTED else 1 if row.a == PERMITTED else _TOLD + 4
    return _TOLD + (1 if FORBIDDEN in answers else 2 if PERMITTED in answers else 3)


def _by_language(said: Iterable[Words]) -> dict[str, list[str]]:
    every = list(said)
    return {language: [one[language] for one in every] for language in LANGUAGES}


def _details(row: Row) -> dict[str, Any]:
    return {
        "act": row.act,
        "sets": {name_: sorted(values) for name_, values in row.sets.items()},
        "where": _cases(row.where),
        "a": row.a,
        "b": row.b,
        "norms_a": [norm.id for norm in row.norms_a],
        "norms_b": [norm.id for norm in row.norms_b],
        "reading_a": row.why_a.reading,
        "reading_b": row.why_b.reading,
    }


def _cases(where: Condition) -> list[dict[str, bool]]:
    return sorted((dict(sorted(case)) for case in where), key=lambda case: (len(case), str(case)))
