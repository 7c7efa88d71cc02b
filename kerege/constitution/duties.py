"""Duties: who owes what to whom by when, as the law tells it.

Format (TOML, in an article)::

    [[duty]]
    id = "subordination.report"      begins with the anchor of its article
    ky = …  ru = …  en = …           what is owed
    who = ["executive", "head"]      actors who owe it
    to = "kenesh"                    the actor to whom it is owed
    after = "DemandAccount"          the act that brings it about; or
    each = "year"                    it comes back every year
    only = { kind = ["meeting"] }    only where the record of the cause says one of these (with
                                     after)
    act = "ReportToKenesh"           the act that does it
    refers = "demand"                the line by which its record names the entry of the cause; or
    same = "year"                    a line that is alike in both records; with each it is the
                                     year itself, and may be left out: then what is done counts
                                     for the year in which it is done
    within = "answer_time"           due so long after the cause: the name of a number; or
    on = "due"                       due on the day that the record of the cause names; or
    by = "12-31"                     due on that day of the year in ``same``
    years = 1                        … so many years later (with by and opens)
    opens = "01-01"                  what is done before that day of the year does not count; or
                                     the name of a number: … before so long after the cause
    times = "meetings_a_year"        so often: the name of a number; once when left out
    fact = "accountGiven"            a yes-or-no fact from = "duty" which it feeds; may be left out
    late = "counts"                  what is done too late counts for the fact all the same
    reading = "ours"                 or text, brochure: whose reading it is, if not its article's

A duty that is not due yet leaves its fact true; one overdue makes it false, and one done too late
leaves it false for good unless ``late`` says that it counts.
What a register makes of it: ``kerege/municipality/duties.py``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kerege.constitution.fragment import READINGS
from kerege.constitution.numbers import NAME
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import LANGUAGES, Words, WordsError, words

_TEXTS = (
    *("id", "to", "after", "each", "act", "refers", "same"),
    *("within", "on", "by", "opens", "times", "fact", "late", "reading"),
)
_KEYS = {*LANGUAGES, *_TEXTS, "who", "only", "years"}
_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_NO_DAY = ("02-29", "02-30", "02-31", "04-31", "06-31", "09-31", "11-31")

Wrong = Callable[[str], Exception]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the law; ``id`` has the id of its edition in front, ``norm`` is its article.

    ``by`` is (month, day); ``opens`` is so too, or the name of a number, or None."""

    id: str
    words: Words
    who: tuple[str, ...]
    to: str
    after: str
    each: str
    only: Mapping[str, tuple[object, ...]]
    act: str
    refers: str
    same: str
    within: str
    on: str
    by: tuple[int, int] | None
    years: int
    opens: tuple[int, int] | str | None
    times: str
    fact: str
    late_counts: bool
    reading: str
    norm: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of the numbers by which its days are counted."""
        return tuple(n for n in (self.within, self.opens) if isinstance(n, str) and n)


def duties(rows: Any, norm: str, known: Vocabulary, wrong: Wrong) -> tuple[Duty, ...]:
    """The rows of ``[[duty]]`` in the article ``norm``; raises what ``wrong`` makes."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise wrong("write [[duty]] in double brackets")
    return tuple(_duty(row, norm, known, wrong) for row in rows)


def _duty(row: Mapping[str, Any], norm: str, known: Vocabulary, wrong: Wrong) -> Duty:
    pack, _, anchor = norm.partition("/")
    id_ = row.get("id")
    if not isinstance(id_, str) or not re.fullmatch(rf"{re.escape(anchor)}(\.[a-z0-9-]+)+", id_):
        raise wrong(f"id is {id_!r}; it begins with the anchor of its article, {anchor!r}")
    for key in row:
        if key not in _KEYS:
            raise wrong(f"{id_}: unknown line {key!r}")
    for key in _TEXTS:
        if not isinstance(row.get(key, ""), str):
            raise wrong(f"{id_}: {key} is not a word in quotes")
    said = {key: row.get(key, "") for key in _TEXTS}
    who, years = row.get("who"), row.get("years", 0)
    actors = tuple(known.actors)
    if not isinstance(who, list) or not who or any(one not in actors for one in who):
        raise wrong(f"{id_}: who is a list of actors of the vocabulary")
    if said["to"] not in known.actors:
        raise wrong(f"{id_}: no such actor {said['to']!r}")
    if isinstance(years, bool) or not isinstance(years, int) or not -2 <= years <= 2:
        raise wrong(f"{id_}: years is a whole number from -2 to 2")
    if years and not (said["by"] or said["opens"]):
        raise wrong(f"{id_}: years moves the days of the lines by and opens; there are none")
    only = row.get("only", {})
    if not isinstance(only, dict) or not all(isinstance(x, list) and x for x in only.values()):
        raise wrong(f"{id_}: only is a table in braces, of lists in brackets")
    if only and not said["after"]:
        raise wrong(f"{id_}: only speaks of the record of a cause, and needs the line 'after'")
    for key in ("act", "after") if said["after"] else ("act",):
        if said[key] not in known.acts:
            raise wrong(f"{id_}: no such act {said[key]!r}")
    _agree(id_, said, wrong)
    fact = known.facts.get(said["fact"])
    if said["fact"] and (fact is None or not fact.from_duty):
        raise wrong(f"{id_}: {said['fact']} is not a fact that duties tell")
    if said["late"] not in ("", "counts"):
        raise wrong(f"{id_}: late is 'counts' or is left out")
    if said["reading"] not in ("", *READINGS):
        raise wrong(f"{id_}: reading is one of {', '.join(READINGS)}")
    try:
        told = words({language: row.get(language) for language in LANGUAGES}, id_)
    except WordsError as error:
        raise wrong(str(error)) from error
    return Duty(
        id=f"{pack}/{id_}",
        words=told,
        who=tuple(who),
        to=said["to"],
        after=said["after"],
        each=said["each"],
        only={name: tuple(values) for name, values in only.items()},
        act=said["act"],
        refers=said["refers"],
        same=said["same"],
        within=said["within"],
        on=said["on"],
        by=_day(id_, said["by"], wrong),
        years=years,
        opens=_opens(id_, said, wrong),
        times=said["times"],
        fact=said["fact"],
        late_counts=said["late"] == "counts",
        reading=said["reading"],
        norm=norm,
    )


def _agree(id_: str, said: Mapping[str, str], wrong: Wrong) -> None:
    """Raise unless cause, link and day are each said in one way, and fit each other."""
    for keys in (("after", "each"), ("within", "on", "by")):
        if sum(bool(said[key]) for key in keys) != 1:
            raise wrong(f"{id_}: exactly one of the lines {', '.join(keys)}")
    if said["each"] not in ("", "year"):
        raise wrong(f"{id_}: each is 'year'")
    if said["each"] and not said["by"]:
        raise wrong(f"{id_}: what comes back every year is due by a day of the year")
    if said["each"] and said["refers"]:
        raise wrong(f"{id_}: what comes back every year refers to no entry")
    if said["after"] and bool(said["refers"]) == bool(said["same"]):
        raise wrong(f"{id_}: exactly one of the lines refers, same")
    if said["after"] and said["by"] and not said["same"]:
        raise wrong(f"{id_}: a day of the year needs the line 'same' to say of which year")
    if said["late"] and not said["fact"]:
        raise wrong(f"{id_}: what is late counts for a fact; there is no line 'fact'")
    for key in ("refers", "same", "on"):
        if said[key] and not re.fullmatch(NAME, said[key]):
            raise wrong(f"{id_}: {key} is a line of a record, in small letters and _")
    for key in ("within", "times"):
        if said[key] and not re.fullmatch(NAME, said[key]):
            raise wrong(f"{id_}: {key} is the name of a number")


def _opens(id_: str, said: Mapping[str, str], wrong: Wrong) -> tuple[int, int] | str | None:
    opens = said["opens"]
    if not re.fullmatch(NAME, opens):
        if opens and not said["same"] and not said["each"]:
            raise wrong(f"{id_}: a day of the year needs the line 'same' to say of which year")
        return _day(id_, opens, wrong)
    if said["each"]:
        raise wrong(f"{id_}: what comes back every year opens on a day of the year")
    return opens


def _day(id_: str, said: str, wrong: Wrong) -> tuple[int, int] | None:
    if not said:
        return None
    if not re.fullmatch(_DAY, said) or said in _NO_DAY:
        raise wrong(f"{id_}: not a day of every year, like 12-31: {said!r}")
    return int(said[:2]), int(said[3:])
