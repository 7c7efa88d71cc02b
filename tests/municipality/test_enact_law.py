"""EnactLaw. S13: the country register dates the statutes; S8: a law then governs."""

from pathlib import Path

import pytest

from kerege.constitution import edition, packs
from kerege.municipality.country import in_force
from kerege.municipality.record import Taken
from tests.cast import AFTER, DAY, NEW, OLD, day, naryn, the_country

LAW = {"law": "kg-law-101-2011", "from_day": "2012-03-10", "until_day": "2012-09-10"}


def laws(town, on):
    return in_force(town.m, packs.load(), day(on))[1:]


def under_2010():
    """A country whose edition is that of 2010."""
    town = the_country()
    vote = town.act("CallReferendum", "state", edition="kg-2010", day="2010-03-02").n
    town.act("RecordReferendum", "people", referendum=vote, yes_share=9070, no_share=796)
    town.act("TakeEdition", "people", edition="kg-2010", from_day="2010-03-02")
    return town.under(*NEW)


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/referendum.held"), (NEW, "kg-2010/referendum.held")]
)
def test_a_statute_is_enacted(law, norm):
    done = the_country().under(*law).act("EnactLaw", "state", **LAW)
    assert (done.answer, done.norms) == ("not_stated", (norm,))


def test_it_governs_in_its_term_under_its_constitution():
    town = under_2010()
    town.act("EnactLaw", "state", **LAW)
    assert laws(town, "2012-03-09") == ()
    assert laws(town, "2012-03-10") == laws(town, "2012-09-09") == ("kg-law-101-2011",)
    assert laws(town, "2012-09-10") == ()


def test_a_statute_of_another_constitution_does_not_govern():
    town = the_country()
    town.act("EnactLaw", "state", **LAW)
    assert in_force(town.m, packs.load(), day("2012-03-10")) == ()


def test_enacted_anew_it_has_its_new_term():
    town = under_2010()
    first = town.act("EnactLaw", "state", **LAW).n
    said = {"law": LAW["law"], "from_day": "2012-05-01"}
    second = town.act("EnactLaw", "state", AFTER, **said).n
    assert town.all(Taken, day("2012-04-30"))[1:] == [first]
    assert town.all(Taken, day("2012-09-10"))[1:] == [second]
    town.annul(second, day("2012-06-01"))
    assert town.all(Taken, day("2012-06-01"))[1:] == [first]
    assert laws(town, "2012-09-10") == ()


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"law": None}, {"law": "required"}),
        ({"law": "kg-law-0"}, {"law": "unknown_pack"}),
        ({"law": "kg-2007"}, {"law": "unknown_pack"}),
        ({"from_day": "завтра"}, {"from_day": "not_a_date"}),
        ({"from_day": "2011-07-14"}, {"from_day": "before_adopted"}),
        ({"until_day": "2012-03-10"}, {"until_day": "ends_before_begin"}),
        ({"text": "…"}, {"text": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert the_country().problems("EnactLaw", "state", **{**LAW, **changed}) == problems


def test_contested_has_no_effect():
    town = under_2010()
    town.contested("EnactLaw", "state", **LAW)
    assert laws(town, "2012-03-10") == ()


def test_it_stands_in_the_country_register_only():
    assert naryn().considered("EnactLaw", "state", **LAW)[0].REGISTERS == ("country",)


def test_a_register_from_elsewhere_with_a_law_we_lack_does_not_stop_the_country():
    town = under_2010()
    done = town.act("EnactLaw", "state", **LAW)
    done.entry.fields = {**LAW, "law": "kg-law-of-tomorrow"}
    town.write(done.entry)
    assert laws(town, "2012-03-10") == ("kg-law-101-2011",)


def test_a_day_under_an_edition_we_lack_is_a_day_without_one():
    town = under_2010()
    said = {"edition": "kg-1993", "from_day": "2010-05-01"}
    entry = town.considered("TakeEdition", "people", DAY, edition="kg-2007", from_day="2010-05-01")[
        1
    ]
    entry.fields = said
    town.write(entry)
    assert in_force(town.m, packs.load(), day("2010-05-01")) == ()


# What does not go together

SHARE = """
```toml
[[threshold]]
name = "head_election"
more_than = "1/2"
of = ["seats"]
```
"""


@pytest.fixture
def added():
    """Adds the invented law of direct elections to this installation, its text changed."""
    known = packs.load()

    def add(**changes):
        text = Path("tests/laws/direct-election.md").read_text("utf-8")
        for old, new in changes.items():
            text = text.replace(old, new, 1)
        known.add(edition.read(text, "direct.md", known.vocabulary))

    yield add
    for id_ in known.added:
        del known.editions[id_]
    known.added.clear()


DIRECT = {"law": "test-direct", "from_day": "2012-03-10"}


def test_an_added_statute_is_enacted_like_any_other(added):
    added()
    town = under_2010()
    town.act("EnactLaw", "state", **DIRECT)
    assert laws(town, "2012-03-10") == ("test-direct",)


def test_two_statutes_that_set_the_same_do_not_come_into_force_together(added):
    added(**{"```toml\n[law]": f"{SHARE[1:-5]}\n[law]"})
    town = under_2010()
    town.act("EnactLaw", "state", **LAW)
    assert town.problems("EnactLaw", "state", **DIRECT) == {"law": "laws_clash"}
    # Before its first day, too: the other comes within the term of this one.
    early = {**DIRECT, "from_day": "2011-08-01"}
    assert town.problems("EnactLaw", "state", **early) == {"law": "laws_clash"}
    town.act("EnactLaw", "state", **{**early, "until_day": LAW["from_day"]})
    town.act("EnactLaw", "state", AFTER, **{**DIRECT, "from_day": LAW["until_day"]})
    assert laws(town, "2012-03-10") == ("kg-law-101-2011",)
    assert laws(town, "2012-09-10") == ("test-direct",)


def test_a_constitution_does_not_come_over_statutes_that_clash(added):
    """Under 2007 neither of them governs; under 2010 both would."""
    added(**{"```toml\n[law]": f"{SHARE[1:-5]}\n[law]"})
    town = the_country()
    for law in (LAW, DIRECT):
        town.act("EnactLaw", "state", **law)
    said = {"edition": "kg-2010", "from_day": "2010-06-27"}
    assert town.problems("TakeEdition", "people", **said) == {"edition": "laws_clash"}
    assert town.problems("TakeEdition", "people", **{**said, "until_day": "2012-03-10"}) == {}
