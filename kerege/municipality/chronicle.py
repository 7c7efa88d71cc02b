"""The law of a day without a server: the country register as this release ships it, folded.

An installation may have written more into its country register; its pages ask that one.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources

from kerege.constitution import packs
from kerege.constitution.numbers import Number
from kerege.constitution.packs import Packs
from kerege.constitution.tables import Threshold
from kerege.municipality.acts import ACTS
from kerege.municipality.country import in_force, timeline
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.municipality.steps import Step, pointed, read


def history() -> list[Step]:
    """What every country register begins with."""
    text = (resources.files("kerege") / f"editions/{packs.COUNTRY}/history.toml").read_text("utf-8")
    return read(text)


@cache
def country() -> Municipality:
    """The country as its shipped history tells it."""
    m, labels = Municipality(), dict[str, int]()
    for step in history():
        if step.label:
            labels[step.label] = m.size
        fields = {name: pointed(value, labels) for name, value in step.fields.items()}
        noon = datetime.combine(step.on, time(12), tzinfo=UTC)
        id_, actor = f"history:{m.size}", Actor(step.actor, pointed(step.of, labels))
        fold([Entry(id_, step.act, fields, actor, step.on, noon)], ACTS, m)
    return m


def law_on(day: date) -> tuple[str, ...]:
    """Ids of the packs in force on a day; empty on a day without an edition."""
    return in_force(country(), packs.load(), day)


def changes() -> list[date]:
    """The days on which the law of the country changed, the earliest first."""
    return changed(country(), packs.load())


def changed(country: Municipality, known: Packs) -> list[date]:
    """Days on which another set of packs came into force, or a threshold or a number in force
    took or lost its value by a day of its own."""
    taken = timeline(country)
    ends = {t.until for t in taken if t.until is not None}
    found = {
        day
        for day in {t.since for t in taken} | ends
        if in_force(country, known, day) != in_force(country, known, _before(day))
    }
    for pack in {t.pack for t in taken if t.pack in known.editions}:
        for article in known.edition(pack).articles.values():
            rows: list[Threshold | Number] = [*article.tables.thresholds, *article.tables.numbers]
            days = {day for row in rows for day in (row.since, row.until) if day is not None}
            found |= {
                day
                for day in days
                if pack in in_force(country, known, day)
                and pack in in_force(country, known, _before(day))
            }
    return sorted(found)


def _before(day: date) -> date:
    return day if day == date.min else date.fromordinal(day.toordinal() - 1)
