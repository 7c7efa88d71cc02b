"""Telling an entry in plain words, in any of the three languages.

Reads ``words/said.toml``, ``fields.toml``, ``problems.toml`` and the vocabulary of the law. Money
and dates are written by Babel (CLDR): «2010-ж., 27-июнь», «1 234 567 сом».
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from kerege.constitution.packs import Packs
from kerege.constitution.vocabulary import Vocabulary
from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import (
    Choice,
    Day,
    Kind,
    Lines,
    MandateId,
    Names,
    Numbers,
    Personal,
    Whole,
)
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Problem
from kerege.municipality.undoing import corrected
from kerege.words import Words, shipped

# These are the law's own words; of other choices, what fields.toml does not say the law does.
_LAWS_OWN = ("manner", "instrument", "source")
SOM = ("amount", "means", "spent_local", "spent_republican")
SHARES = ("yes_share", "no_share")


@cache
def words(file: str) -> dict[str, Words]:
    """The words of one file of this room."""
    return dict(shipped("municipality", file))


@lru_cache(maxsize=4096)
def day(value: date, language: str) -> str:
    return format_date(value, "long", locale=language)


def day_or_month(stated: str, language: str) -> str:
    """A day or a month as a source states it: 2021-04-01 or 2021-04."""
    if len(stated) > len("2021-04"):
        return day(date.fromisoformat(stated), language)
    return format_skeleton("yMMMM", date.fromisoformat(f"{stated}-01"), locale=language)


def source_said(source: str, language: str) -> str:
    """What a source of the territory is, which entries name as ``territory.md`` does."""
    known = words("fields").get(f"territory.{source}")
    return known[language] if known else source


def last_day(until: date, language: str) -> str:
    """The last day of a term, of which ``until`` is the first day that is not in it."""
    return day(until - timedelta(days=1), language)


@lru_cache(maxsize=4096)
def number(value: int, language: str) -> str:
    return format_decimal(value, locale=language)


def som(value: int, language: str) -> str:
    """Whole som; CLDR's own sign for the currency is in no font our readers have."""
    return f"{number(value, language)} {'som' if language == 'en' else 'сом'}"


def problem(one: Problem, language: str) -> str:
    # A year is no amount: nothing parts its digits.
    slots = {
        name: value if one.field == "year" else _slot(name, value, language)
        for name, value in one.slots.items()
    }
    key = "not_whole_som" if (one.field in SOM and one.key == "not_a_number") else one.key
    return words("problems")[f"problem.{key}"].say(language, **slots)


def _slot(name: str, value: object, language: str) -> object:
    if name == "day":
        return day(date.fromisoformat(str(value)), language)
    if name == "name" and f"field.{value}" in words("fields"):
        return field_name(str(value), language)
    return number(value, language) if type(value) is int and "year" not in name else value


def field_name(name: str, language: str) -> str:
    return words("fields")[f"field.{name}"][language]


def actor(who: Actor, m: Municipality, vocabulary: Vocabulary, language: str) -> str:
    """Who acted, with the person in the post or the authority named, where known."""
    known = vocabulary.actors.get(who.kind) or words("fields").get(f"choice.actor.{who.kind}")
    kind = known[language] if known else who.kind
    mandate = m.mandates.get(who.of)
    if mandate is not None:
        return f"{kind} ({mandate.holder})"
    return f"{kind} ({who.of})" if who.of else kind


class Teller:
    """Tells entries of one register in one language."""

    def __init__(
        self,
        m: Municipality,
        packs: Packs,
        acts: Mapping[str, type[Act]],
        language: str,
        names: Mapping[str, Words] | None = None,
    ) -> None:
        """``names`` are what the edition in force calls bodies and posts."""
        self.m, self.packs, self.acts, self.language = m, packs, acts, language
        self.names = names or {}

    def actor(self, who: Actor) -> str:
        if who.kind in self.names:
            named = self.names[who.kind][self.language]
            mandate = self.m.mandates.get(who.of)
            return f"{named} ({mandate.holder})" if mandate is not None else named
        return actor(who, self.m, self.packs.vocabulary, self.language)

    def sentence(self, entry: Entry, n: int | None = None) -> str:
        """What was done, in one sentence that begins with a capital."""
        said = words("said")[f"said.{entry.act}"]
        told = self.acts[entry.act].told()
        anew = self.m.corrections.get(n, {}) if n is not None else {}
        fields = {
            **entry.fields,
            **{name: corrected(told[name].kind, text) for name, text in anew.items()},
        }
        bare = words("fields").get(f"bare.{entry.act}")
        if bare is not None:
            left_out = set(said.slots()) - set(bare.slots())
            said = bare if all(fields.get(name) is None for name in left_out) else said
        slots: dict[str, str] = {"actor": self.actor(entry.actor)}
        for name in said.slots():
            if name != "actor":
                slots[name] = self.value(name, told[name].kind, fields.get(name))
        text = said.say(self.language, **slots)
        return text[:1].upper() + text[1:]

    def value(self, name: str, kind: Kind, value: Any) -> str:
        """A field's value in plain words; of one left out, a dash."""
        if value is None:
            return "–"
        if isinstance(kind, Choice):
            return self._choice(name, str(value))
        if isinstance(kind, Day):
            return day(date.fromisoformat(value), self.language)
        if isinstance(kind, Personal):
            return words("fields")["personal.kept"][self.language]
        if isinstance(kind, Names) and name == "names":
            return ", ".join(field_name(one, self.language) for one in value)
        if isinstance(kind, Names):
            return ", ".join(value)
        if isinstance(kind, Lines):
            return som(sum(line["amount"] for line in value), self.language)
        if isinstance(kind, Numbers):
            set_ = ((self.number_name(one["name"]), one["value"]) for one in value)
            return "; ".join(f"{called} – {number(said, self.language)}" for called, said in set_)
        if isinstance(kind, MandateId):
            mandate = self.m.mandates.get(value)
            return self.mandate(mandate.post, mandate.holder) if mandate else str(value)
        if isinstance(kind, Whole) and name in SOM:
            return som(int(value), self.language)
        if isinstance(kind, Whole) and name in SHARES:
            return f"{format_decimal(int(value) / 100, locale=self.language)} %"
        if isinstance(kind, Whole) and name != "year":
            return number(int(value), self.language)
        if name == "as_of":
            # A register that came from elsewhere may say anything here.
            with suppress(ValueError):
                return day_or_month(str(value), self.language)
        if name == "source":
            return ", ".join(source_said(part, self.language) for part in str(value).split("+"))
        if name in ("edition", "law", "model", "pinned") and value in self.packs.editions:
            return self.packs.editions[value].title[self.language]
        if name == "field" and f"field.{value}" in words("fields"):
            return field_name(value, self.language)
        if isinstance(value, bool):
            return "✓" if value else "–"
        return str(value)

    def number_name(self, name: str) -> str:
        """What the law calls a number that charters set."""
        rows = (
            row
            for edition in self.packs.editions.values()
            for article in edition.articles.values()
            for row in article.tables.numbers
        )
        called = next((row.words for row in rows if row.name == name and row.words), None)
        return called[self.language] if called else name

    def mandate(self, post: str, holder: str) -> str:
        return f"{self.mandate_post(post)} – {holder}"

    def mandate_post(self, post: str) -> str:
        """A post, as the edition in force calls it: of a head «мэр» or «айыл өкмөтүнүн башчысы»."""
        if post in self.names:
            return self.names[post][self.language]
        return self._choice("post", post)

    def _choice(self, name: str, value: str) -> str:
        vocabulary = self.packs.vocabulary
        if name in _LAWS_OWN:
            return vocabulary.enums[name][value][self.language]
        own = words("fields").get(f"choice.{name}.{value}")
        if own is not None:
            return own[self.language]
        for known in (vocabulary.objects, vocabulary.places, vocabulary.actors):
            if value in known:
                return known[value][self.language]
        raise KeyError(f"choice.{name}.{value}")
