"""What a law tells besides rules, in words: names, parameters, shares, numbers, duties."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel import Locale
from babel.numbers import format_percent

from kerege.constitution.numbers import Number
from kerege.constitution.question import FactValue
from kerege.constitution.sentence import fact_said, places_said, words
from kerege.constitution.tables import Threshold
from kerege.constitution.told import DUTY, LAW, NAME, NUMBER, PARAMETER, Told
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import Words

_OPEN = "…"
# The forms of a number that have words of their own; all others take those of many.
_FORMS = ("one", "few")


def subject_said(told: Sequence[Told], known: Vocabulary, language: str) -> str:
    """What it is about: one thing as two laws tell it, or what both call so in several places."""
    one = told[0]
    if one.kind == NAME:
        thing = words()["told.place"] if one.key[2] == "place" else known.actors[one.key[2]]
        where = places_said({each.key[1] for each in told}, known, language)
        return words()["told.name"].say(language, thing=thing[language], where=where)
    if one.kind == DUTY:
        return words()["told.duty"].say(language, duty=one.value.words[language])
    if one.kind == NUMBER:
        named: list[Words] = [row.words for each in told for row in each.value if row.words]
        if named:
            return named[0][language]
    if one.kind in (PARAMETER, LAW):
        return known.topics[one.article.topic][language]
    # What a share or a number is for is told by the fact that a rule of its article requires, or
    # else by the article.
    facts = [fact for each in told for fact in each.requires if fact in known.facts]
    if facts:
        return known.facts[facts[0]].words[language]
    return one.article.words[language].removesuffix(".")


def value_said(one: Told, known: Vocabulary, language: str) -> str:
    """What it says."""
    if one.kind == NAME:
        return f"«{one.value[language]}»"
    if one.kind == LAW:
        return fact_said(one.key[1], True, known)[language]
    if one.kind == PARAMETER:
        return _parameter(one.value, known, language)
    if one.kind == DUTY:
        return words()["told.stands"][language]
    return "; ".join(
        _number(row, known, language) if one.kind == NUMBER else _share(row, language)
        for row in one.value
    )


def nothing_said(other: Told, known: Vocabulary, language: str) -> str:
    """That nothing is said where the other law says something."""
    if other.kind == LAW:
        return fact_said(other.key[1], False, known)[language]
    return words()["answer.nothing"][language]


def _parameter(value: FactValue, known: Vocabulary, language: str) -> str:
    if isinstance(value, bool):
        return words()["told.yes" if value else "told.no"][language]
    spoken = (known.actors, known.objects, known.places, *known.enums.values())
    found = next((part[value] for part in spoken if value in part), None)
    return found[language] if found else known.acts[value].words[language]


def _share(one: Threshold, language: str) -> str:
    kind = "told.more_than" if one.exceeded else "told.at_least"
    share = words()[kind].say(language, share=one.share)
    first, *others = (words()[f"base.{base}"][language] for base in one.of)
    said = " ".join((first, *(words()["told.or"].say(language, base=base) for base in others)))
    return _dated(words()["told.of"].say(language, share=share, bases=said), one, language)


def _number(one: Number, known: Vocabulary, language: str) -> str:
    parts = []
    if one.value is not None:
        parts.append(_counted(one.value, one.unit, language))
    if one.settable:
        parts.append(words()["told.settable"].say(language, least=one.least, most=one.most))
    if one.place:
        parts.append(places_said(one.place, known, language))
    if one.above is not None:
        parts.append(words()["told.above"].say(language, people=one.above))
    return _dated(", ".join(parts), one, language)


def _counted(value: int, unit: str, language: str) -> str:
    """«48 months», «30 %»: a number with the word that goes with it."""
    if unit == "percent":
        return str(format_percent(value / 100, locale=language))
    form = Locale(language).plural_form(value)
    form = form if form in _FORMS else "many"
    return words()[f"unit.{unit}.{form}"].say(language, value=value)


def _dated(said: str, one: Threshold | Number, language: str) -> str:
    if one.since is None and one.until is None:
        return said
    # The law names the first day it no longer counts; people are told the last on which it does.
    last = one.until - timedelta(days=1) if one.until else None
    days = {"since": _day(one.since), "until": _day(last)}
    return words()["told.days"].say(language, value=said, **days)


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else _OPEN
