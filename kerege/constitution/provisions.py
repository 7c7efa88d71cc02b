"""What an article tells besides rules, line by line in words: a subject and what is said of it.

Names, parameters, shares and numbers are said as in a comparison (``told_said.py``); a duty is said
here in full: who owes what to whom, by when, how it is done and whose reading that is
(``words/duty.toml``).
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date

from babel.dates import format_skeleton

from kerege.constitution.article import Article
from kerege.constitution.duties import Duty
from kerege.constitution.numbers import Number
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.sentence import reading_said
from kerege.constitution.told import DUTY, LAW, NAME, NUMBER, PARAMETER, THRESHOLD, Key, Told
from kerege.constitution.told_said import subject_said, value_said
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import shipped

# A year with a 29th of February.
_SOME_YEAR = 2000


def provisions(book: Rulebook, norm: str, language: str) -> Iterator[tuple[str, str]]:
    """Subject and value of everything the article ``norm`` (``kg-2010/budget``) tells."""
    article = book.article(norm)
    alike: dict[Hashable, list[Told]] = {}
    for one in _told(book, article, norm):
        if one.kind != DUTY:
            key = one.key if one.kind != NAME else (NAME, one.key[2], one.value)
            alike.setdefault(key, []).append(one)
    words = book.vocabulary
    for told in alike.values():
        yield subject_said(told, words, language), value_said(told[0], words, language)
    for duty in article.tables.duties:
        yield duty.words[language], duty_said(duty, book, language)


def _told(book: Rulebook, article: Article, norm: str) -> Iterator[Told]:
    tables = article.tables
    rules = [n for n in book.norms.values() if f"{n.edition.id}/{n.anchor}" == norm]
    required = tuple(n.requires for n in rules if n.requires)

    def told(key: Key, value: object) -> Told:
        return Told(key, value, norm, article, required)

    for place, things in tables.names.items():
        for thing, said in things.items():
            yield told((NAME, place, thing), said)
    for name, value in tables.parameters.items():
        yield told((PARAMETER, name), value)
    for fact in (fact for fact, yes in tables.law.items() if yes):
        yield told((LAW, fact), True)
    for kind, rows in ((THRESHOLD, tables.thresholds), (NUMBER, tables.numbers)):
        for name in dict.fromkeys(row.name for row in rows):
            yield told((kind, name), tuple(row for row in rows if row.name == name))


def duty_said(duty: Duty, book: Rulebook, language: str) -> str:
    """A duty in one line: who, to whom, when, by which day, how often and by which act."""
    numbers: dict[str, list[Number]] = {}
    for row in book.number_rows:
        numbers.setdefault(row.name, []).append(row)
    return "; ".join(_duty(duty, book.vocabulary, numbers, language)) + "."


def _duty(
    duty: Duty, known: Vocabulary, numbers: Mapping[str, list[Number]], language: str
) -> Iterator[str]:
    def say(key: str, **slots: object) -> str:
        return shipped("constitution", "duty")[f"duty.{key}"].say(language, **slots)

    def number(name: str) -> str:
        rows = tuple(numbers[name])
        article = Told((NUMBER, name), rows, duty.norm, None, ())  # type: ignore[arg-type]
        return value_said(article, known, language)

    def act(name: str) -> str:
        return known.acts[name].words[language]

    yield say("who", who=", ".join(known.actors[who][language] for who in duty.who))
    yield say("to", to=known.actors[duty.to][language])
    if duty.each:
        yield say("each")
    else:
        yield say("after", act=act(duty.after))
    for line, values in duty.only.items():
        if values == (True,) and f"duty.if_{line}" in shipped("constitution", "duty"):
            yield say(f"if_{line}")
        else:
            yield say("only", values=", ".join(_value(value, known, language) for value in values))
    if duty.within:
        yield say("within", time=number(duty.within))
    elif duty.on:
        yield say("on")
    elif duty.by:
        yield say("by", day=_day(duty.by, duty.years, language))
    if isinstance(duty.opens, str):
        yield say("opens", day=number(duty.opens))
    elif duty.opens:
        yield say("opens", day=_day(duty.opens, duty.years, language))
    if duty.times:
        yield number(duty.times)
    yield say("act", act=act(duty.act))
    if duty.late_counts:
        yield say("late")
    if duty.reading:
        yield from reading_said(duty.reading, language)


def _value(value: object, known: Vocabulary, language: str) -> str:
    spoken = (known.objects, known.actors, *known.enums.values())
    found = next((part[value] for part in spoken if value in part), None)  # type: ignore[index]
    return found[language] if found else str(value)


def _day(day: tuple[int, int], years: int, language: str) -> str:
    """A day of the year, or of a year before or after it."""
    said: str = format_skeleton("MMMMd", date(_SOME_YEAR, *day), locale=language)
    if not years:
        return said
    which = "before" if years < 0 else "following"
    return shipped("constitution", "duty")[f"duty.{which}"].say(language, day=said)
