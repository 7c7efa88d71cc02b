"""What a rulebook tells besides rules, each thing under a key that two rulebooks can share.

Keys begin with the kind: ``("name", place, thing)``, ``("parameter", name)``, ``("law", fact)``,
``("threshold", name)``, ``("number", name)``, ``("duty", id without its edition)``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kerege.constitution.article import Article
from kerege.constitution.duties import Duty
from kerege.constitution.numbers import Number
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.tables import Threshold

NAME, PARAMETER, LAW = "name", "parameter", "law"
THRESHOLD, NUMBER, DUTY = "threshold", "number", "duty"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told: Words, a parameter, a law fact, thresholds, numbers or a duty."""

    key: Key
    value: Any
    # The id of its article.
    norm: str
    article: Article
    # The facts that the rules of its article require.
    requires: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.key[0]

    @property
    def reading(self) -> str:
        """Whose reading it is: that of its article, unless it is a duty with one of its own."""
        own = self.value.reading if isinstance(self.value, Duty) else ""
        return own or self.article.reading


def told(book: Rulebook, on: date | None = None) -> dict[Key, Told]:
    """Everything told, by key. Shares and numbers as of a day, or with their days when ``on`` is
    None."""
    required: dict[str, list[str]] = {}
    for rule in book.norms.values():
        if rule.requires:
            required.setdefault(f"{rule.edition.id}/{rule.anchor}", []).append(rule.requires)
    found: dict[Key, Told] = {}
    for key, value, norm in (*_plain(book), *_dated(book, on)):
        found[key] = Told(key, value, norm, book.article(norm), tuple(required.get(norm, ())))
    return found


def changes(
    a: Mapping[Key, Told], b: Mapping[Key, Told]
) -> Iterator[tuple[Told | None, Told | None]]:
    """What the two tell differently, in the order of the texts."""
    for key in dict.fromkeys((*a, *b)):
        one, other = a.get(key), b.get(key)
        if one is None or other is None or _bare(one.value) != _bare(other.value):
            yield one, other


def _plain(book: Rulebook) -> Iterator[tuple[Key, Any, str]]:
    """What comes later takes the place of it, as in the rulebook."""
    for edition in book.editions:
        for article in edition.articles.values():
            norm, tables = f"{edition.id}/{article.anchor}", article.tables
            for place, things in tables.names.items():
                for thing, said in things.items():
                    yield (NAME, place, thing), said, norm
            for name, value in tables.parameters.items():
                yield (PARAMETER, name), value, norm
            # What no law tells is not so.
            for fact in (fact for fact, yes in tables.law.items() if yes):
                yield (LAW, fact), True, norm
    for id_, duty in book.duties.items():
        yield (DUTY, id_.partition("/")[2]), duty, duty.norm


def _dated(book: Rulebook, on: date | None) -> Iterator[tuple[Key, Any, str]]:
    rows: dict[Key, list[Threshold | Number]] = {}
    for kind, all_ in (
        (THRESHOLD, sorted(book.thresholds, key=_since)),
        (NUMBER, book.number_rows),
    ):
        for row in all_:
            if on is None or row.runs(on):
                whole = row if on is None else replace(row, since=None, until=None)
                rows.setdefault((kind, row.name), []).append(whole)
    for key, of in rows.items():
        yield key, tuple(of), of[0].norm


def _since(one: Threshold) -> date:
    return one.since or date.min


def _bare(value: Any) -> Any:
    """A value without where it stands, what it is called and whose reading it is."""
    if isinstance(value, tuple):
        return [_bare(one) for one in value]
    if isinstance(value, Duty):
        return replace(value, id="", norm="", words=None, reading="")  # type: ignore[arg-type]
    if isinstance(value, Threshold):
        return replace(value, norm="")
    if isinstance(value, Number):
        return replace(value, norm="", words=None)
    return value
