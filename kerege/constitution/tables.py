"""What an article tells besides rules: the fenced ``toml`` blocks.

Format (TOML)::

    [law]                                a fact marked from = "law" in the vocabulary
    orderSetByLaw = true
    [names.aiyl_aimak]                   what things are called in a kind of place:
    executive = { ky = …, ru = …, en = … }   an actor of the vocabulary, or ``place`` itself
    [parameter]
    office = "head_of_executive"         true, false or a word of the vocabulary
    [[threshold]]
    name = "head_election"
    at_least = "2/3"                     or: more_than = "1/2"
    of = ["seats", "mandates"]           every reading of what it is a share of
    since = 2011-07-15                   its first day, and
    until = 2018-02-15                   the first day it no longer counts; both may be left out

and ``[[number]]`` (``numbers.py``), ``[[duty]]`` (``duties.py``).
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from kerege.constitution.duties import Duty, duties
from kerege.constitution.numbers import Number, numbers
from kerege.constitution.question import FactValue
from kerege.constitution.schema import entity_types
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import LANGUAGES, Words, WordsError, words

TABLES = ("law", "names", "parameter", "threshold", "number", "duty")
BASES = ("seats", "mandates", "present", "voting")

# Makes the error that names file, article and line.
Fail = Callable[[int, str], Exception]
Wrong = Callable[[str], Exception]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of votes or presence: at least, or more than, ``share`` of each base in ``of``.

    Where the base is not verified ``of`` names every reading of it; the threshold counts as
    reached when one reading has it reached.
    """

    name: str
    share: Fraction
    exceeded: bool
    of: tuple[str, ...]
    since: date | None
    until: date | None
    norm: str

    def reached(self, count: int, bases: Mapping[str, int]) -> bool:
        # In whole numbers: a Fraction would do the same at ten times the cost.
        part, whole = self.share.numerator, self.share.denominator
        counts, shares = count * whole, [part * bases[base] for base in self.of]
        return any(counts > share if self.exceeded else counts >= share for share in shares)

    def runs(self, on: date) -> bool:
        """Whether it counts on a day; on the day ``until`` it no longer does."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on < self.until)

    def meets(self, other: "Threshold") -> bool:
        """Whether both count on some day."""
        ends = [until for until in (self.until, other.until) if until is not None]
        begins = [since for since in (self.since, other.since) if since is not None]
        return not ends or not begins or max(begins) < min(ends)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one article."""

    law: Mapping[str, bool] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    parameters: Mapping[str, FactValue] = field(default_factory=dict)
    thresholds: tuple[Threshold, ...] = ()
    numbers: tuple[Number, ...] = ()
    duties: tuple[Duty, ...] = ()


def read(blocks: Iterable[tuple[int, str]], norm: str, known: Vocabulary, fail: Fail) -> Tables:
    """The tables in the blocks of an article, each block with the line it begins on."""
    found: dict[str, Any] = {}
    for line, text in blocks:
        for name, table in _toml(line, text, fail).items():
            header = re.search(rf"^\s*\[+\s*{re.escape(name)}\b", text, re.MULTILINE)
            at = line + text.count("\n", 0, header.start()) if header else line

            def wrong(reason: str, at: int = at, name: str = name) -> Exception:
                return fail(at, f"toml, {name}: {reason}")

            if name in found:
                raise wrong("the table stands twice")
            if name == "law":
                found[name] = _law(table, known, wrong)
            elif name == "names":
                found[name] = _names(table, known, wrong)
            elif name == "parameter":
                found[name] = _parameters(table, known, wrong)
            elif name == "threshold":
                found[name] = _thresholds(table, norm, wrong)
            elif name == "number":
                found[name] = numbers(table, norm, known, wrong)
            elif name == "duty":
                found[name] = duties(table, norm, known, wrong)
            else:
                raise wrong(f"unknown table, not one of {', '.join(TABLES)}")
    return Tables(
        law=found.get("law", {}),
        names=found.get("names", {}),
        parameters=found.get("parameter", {}),
        thresholds=found.get("threshold", ()),
        numbers=found.get("number", ()),
        duties=found.get("duty", ()),
    )


def _toml(line: int, text: str, fail: Fail) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        reason = str(error)[: at.start()] if at else str(error)
        raise fail(line + int(at[1]) - 1 if at else line, f"toml: {reason}") from error


def _law(table: Any, known: Vocabulary, wrong: Wrong) -> dict[str, bool]:
    for fact, value in _table(table, wrong).items():
        if fact not in known.facts or not known.facts[fact].from_law:
            raise wrong(f"{fact} is not a fact that the law tells")
        if not isinstance(value, bool):
            raise wrong(f"{fact} is true or false")
    return dict(table)


def _names(table: Any, known: Vocabulary, wrong: Wrong) -> dict[str, dict[str, Words]]:
    found: dict[str, dict[str, Words]] = {}
    for place, things in _table(table, wrong).items():
        if place not in known.places:
            raise wrong(f"no such kind of place {place!r}")
        found[place] = {}
        for thing, said in _table(things, wrong).items():
            if thing != "place" and thing not in known.actors:
                raise wrong(f"{place}: no such actor {thing!r}")
            if set(_table(said, wrong)) != set(LANGUAGES):
                raise wrong(f"{place}.{thing}: exactly ky, ru and en")
            try:
                found[place][thing] = words(said, f"{place}.{thing}")
            except WordsError as error:
                raise wrong(str(error)) from error
    return found


def _parameters(table: Any, known: Vocabulary, wrong: Wrong) -> dict[str, FactValue]:
    spoken = {word for members in entity_types(known).values() for word in members}
    for name, value in _table(table, wrong).items():
        if not isinstance(value, bool) and not (isinstance(value, str) and value in spoken):
            raise wrong(f"{name} is neither true nor false nor a word of the vocabulary: {value!r}")
    return dict(table)


def _thresholds(rows: Any, norm: str, wrong: Wrong) -> tuple[Threshold, ...]:
    if not isinstance(rows, list):
        raise wrong("write [[threshold]] in double brackets")
    found: list[Threshold] = []
    for row in rows:
        one = _threshold(_table(row, wrong), norm, wrong)
        if any(one.name == other.name and one.meets(other) for other in found):
            raise wrong(f"{one.name} is set twice for the same day")
        found.append(one)
    return tuple(found)


def _threshold(row: Mapping[str, Any], norm: str, wrong: Wrong) -> Threshold:
    for key in row:
        if key not in ("name", "at_least", "more_than", "of", "since", "until"):
            raise wrong(f"unknown line {key!r}")
    name, bases = row.get("name"), row.get("of")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z_]+", name):
        raise wrong("the name is missing or not made of small letters and _")
    if ("at_least" in row) == ("more_than" in row):
        raise wrong(f"{name}: either at_least or more_than")
    share = row.get("at_least", row.get("more_than"))
    fraction = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", share) if isinstance(share, str) else None
    if not fraction or not 0 < int(fraction[1]) <= int(fraction[2]):
        raise wrong(f'{name}: the share is a fraction in quotes, like "2/3", not {share!r}')
    if not isinstance(bases, list) or not bases or any(base not in BASES for base in bases):
        raise wrong(f"{name}: of is a list from {', '.join(BASES)}")
    for key in ("since", "until"):
        # A TOML date with a time of day is a datetime, which is a date too.
        if key in row and type(row[key]) is not date:
            raise wrong(f"{name}: {key} is not a date like 2018-02-15")
    since, until = row.get("since"), row.get("until")
    if since is not None and until is not None and until <= since:
        raise wrong(f"{name}: until is not after since")
    exceeded = "more_than" in row
    return Threshold(name, Fraction(share), exceeded, tuple(bases), since, until, norm)


def _table(value: Any, wrong: Wrong) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise wrong(f"a table is needed, not {value!r}")
    return value
