"""The law of a day without a server: as every new country register tells it."""

from datetime import timedelta

from kerege.constitution import edition, packs
from kerege.constitution.packs import Packs
from kerege.municipality import chronicle
from kerege.municipality.country import in_force, timeline
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Taken
from tests.cast import NEW, OLD, day, taken_days, the_history

KNOWN = packs.load()

LAW = """---
id: kg-law-a
kind: statute
adopted: 2011-01-01
under: kg-2010
---
# A law

ky: мыйзам
ru: закон
en: a law

## Head {#head}

topic: S8
article: 1
ky: башчы
ru: глава
en: head
source: a test
grade: A
force: binding
reading: text

```toml
[[threshold]]
name = "head_election"
at_least = "2/3"
of = ["seats"]
until = 2018-02-15
[[threshold]]
name = "head_election"
more_than = "1/2"
of = ["seats"]
since = 2018-02-15
```
"""


def test_the_same_law_as_a_register_that_was_told_through_the_gate():
    told = the_history().m
    assert taken_days(chronicle.country()) == taken_days(told)
    for change in chronicle.changes():
        for on in (change - timedelta(1), change):
            assert chronicle.law_on(on) == in_force(told, KNOWN, on)


def test_the_law_of_known_days():
    assert chronicle.law_on(day("2007-10-22")) == ()
    assert chronicle.law_on(day("2007-10-23")) == OLD
    assert chronicle.law_on(day("2010-06-27")) == (*NEW, "kg-law-99-2008")
    law = chronicle.law_on(day("2012-01-01"))
    assert law[0] == "kg-2010" and "kg-law-101-2011" in law


def test_the_days_on_which_the_law_changed():
    days = chronicle.changes()
    assert days == sorted(set(days))
    assert days[:2] == [day("2007-10-23"), day("2010-06-27")]
    # Two thirds became a majority.
    assert day("2018-02-15") in days
    for taken in timeline(chronicle.country()):
        if taken.pack in chronicle.law_on(taken.since):
            assert taken.since in days


def test_a_threshold_changes_the_law_by_a_day_of_its_own_while_it_is_in_force():
    law = edition.read(LAW, "a.md", KNOWN.vocabulary)
    known = Packs(KNOWN.vocabulary, {"kg-2010": KNOWN.edition("kg-2010"), law.id: law})
    since, enacted = day("2010-06-27"), day("2011-01-01")
    country = Municipality()
    country.add(Taken(0, since, "kg-2010", "constitution"))
    country.add(Taken(1, enacted, law.id, "statute"))
    assert chronicle.changed(country, known) == [since, enacted, day("2018-02-15")]
    country.end(country.all(Taken, enacted), day("2015-01-01"), None)
    assert chronicle.changed(country, known) == [since, enacted, day("2015-01-01")]
