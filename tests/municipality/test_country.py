"""The country register dates the law: which packs are in force on a day. S13."""

import pytest

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.municipality.country import (
    in_force,
    known,
    lacking,
    law_here,
    law_of,
    law_of_country,
    timeline,
)
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from tests.cast import (
    BEFORE,
    BOTH,
    DAY,
    FOUND,
    FOUNDED,
    LAWS,
    NEW,
    OLD,
    RIVAL,
    TOS,
    Town,
    bare,
    day,
    naryn,
    the_country,
    the_history,
)

PACKS = packs.load()


ADOPTED = {id_: one.adopted.isoformat() for id_, one in packs.load().editions.items()}


def taken(edition, on, until=None, town=None):
    """A country in which the people took an edition into force."""
    town = town or the_country()
    said = {"edition": edition, "day": on}
    n = town.act("CallReferendum", "state", day(on), **said).n
    voted = {"referendum": n, "yes_share": 9000, "no_share": 1000}
    town.act("RecordReferendum", "people", day(on), **voted)
    last = {"until_day": until} if until else {}
    town.act("TakeEdition", "people", day(on), edition=edition, from_day=on, **last)
    return town


def test_s13_one_edition_follows_another():
    town = taken("kg-2007", "2007-10-23")
    taken("kg-2010", "2010-06-27", "2021-05-05", town)
    for on, law in (
        ("2007-10-22", ()),
        ("2007-10-23", OLD),
        ("2010-06-26", OLD),
        ("2010-06-27", NEW),
        ("2021-05-04", NEW),
        ("2021-05-05", ()),
    ):
        assert in_force(town.m, PACKS, day(on)) == law


def test_statutes_stand_under_their_constitution_and_in_their_term():
    town = taken("kg-2010", "2010-06-27")
    for law, since, until in (
        (LAWS[1], "2011-07-15", "2021-10-21"),
        (LAWS[2], "2013-07-09", None),
    ):
        last = {"until_day": until} if until else {}
        town.act("EnactLaw", "state", day(since), law=law, from_day=since, **last)
    for on, law in (
        ("2011-07-14", NEW),
        ("2011-07-15", LAWS[:2]),
        ("2013-07-09", LAWS),
        ("2021-10-21", (LAWS[0], LAWS[2])),
    ):
        assert in_force(town.m, PACKS, day(on)) == law
    taken("kg-2007", "2014-01-01", town=town)
    assert in_force(town.m, PACKS, day("2014-01-01")) == OLD


def test_a_statute_goes_on_under_the_next_constitution_it_stands_under():
    m = the_history().m
    under_2010 = set(in_force(m, PACKS, day("2021-05-04")))
    assert under_2010 == set(PACKS.pinned("kg-2010"))
    statutes = under_2010 - {"kg-2010"}
    assert set(in_force(m, PACKS, day("2021-05-05"))) == statutes | {"kg-2021"}
    assert set(in_force(m, PACKS, day("2021-10-20"))) == statutes | {"kg-2021"}
    # Law 123 repealed Law 101, and with it the law that had changed it.
    assert set(in_force(m, PACKS, day("2021-10-21"))) == set(PACKS.pinned("kg-2021"))
    assert in_force(m, PACKS, day("2026-11-22")) == in_force(m, PACKS, day("2021-10-21"))


def test_a_statute_repeals_another_that_was_taken_without_an_end():
    town = taken("kg-2021", "2021-05-05")
    old = ("kg-law-101-2011", "kg-law-21-2018")
    for law in old:
        town.act("EnactLaw", "state", day("2021-05-06"), law=law, from_day="2021-05-06")
    repeals, since = "kg-law-123-2021", "2021-10-21"
    last = {"until_day": "2030-01-01"}
    town.act("EnactLaw", "state", day(since), law=repeals, from_day=since, **last)
    assert in_force(town.m, PACKS, day("2021-10-20")) == ("kg-2021", *old)
    for on in (since, "2022-01-01", "2029-12-31"):
        assert in_force(town.m, PACKS, day(on)) == ("kg-2021", repeals)
    assert in_force(town.m, PACKS, day("2030-01-01")) == ("kg-2021", *old)


def test_what_was_repealed_is_composed_with_what_was_enacted_meanwhile(monkeypatch):
    """When the statute that repeals it ends, both are in force."""
    town = taken("kg-2021", "2021-05-05")
    old, repeals, later = "kg-law-101-2011", "kg-law-123-2021", "kg-law-98-2011"
    town.act("EnactLaw", "state", day("2021-05-06"), law=old, from_day="2021-05-06")
    last = {"until_day": "2030-01-01"}
    town.act("EnactLaw", "state", day("2021-10-21"), law=repeals, from_day="2021-10-21", **last)
    rulebook = packs.Packs.rulebook

    def clashing(self, ids):
        if {old, later} <= set(ids):
            raise EditionError("law-98-2011.md", "Lists", 7, "clashes")
        return rulebook(self, ids)

    monkeypatch.setattr(packs.Packs, "rulebook", clashing)
    said = {"law": later, "from_day": "2022-01-01"}
    assert town.problems("EnactLaw", "state", day("2022-01-01"), **said) == {"law": "laws_clash"}
    town.act("EnactLaw", "state", day("2022-01-01"), until_day="2030-01-01", **said)


def test_a_register_is_judged_by_the_law_of_its_place_or_of_the_country():
    country, village = taken("kg-2010", "2010-01-01").m, bare().m
    assert law_here(village, country, PACKS, DAY) == law_of(village, country, PACKS, DAY) == NEW
    empty = Municipality()
    assert law_here(empty, empty, PACKS, DAY) == law_of_country(empty, PACKS, DAY) == OLD
    assert law_here(village, empty, PACKS, DAY) == ()


def test_a_day_without_an_edition_has_no_law_and_the_country_begins_under_the_oldest():
    assert in_force(Municipality(), PACKS, DAY) == ()
    assert law_of(bare().m, Municipality(), PACKS, DAY) == ()
    assert law_of_country(Municipality(), PACKS, DAY) == ("kg-2007",)
    town = taken("kg-2010", "2010-03-01")
    assert law_of_country(town.m, PACKS, DAY) == NEW == law_of(bare().m, town.m, PACKS, DAY)


def test_s13_an_exercise_lives_under_the_edition_it_is_pinned_to():
    country = taken("kg-2010", "2010-01-01").m
    town = bare(exercise=True, pinned="kg-2007")
    assert law_of(town.m, country, PACKS, DAY) == OLD
    town = bare(exercise=True, pinned="kg-2010")
    assert law_of(town.m, country, PACKS, DAY) == PACKS.pinned("kg-2010")


def test_pinned_to_an_edition_we_lack_it_has_no_law():
    town = Town(*NEW)
    entry = town.considered("Found", "", FOUNDED, exercise=True, **FOUND)[1]
    entry.fields = {**entry.fields, "pinned": "kg-1993"}
    town.write(entry)
    assert law_of(town.m, taken("kg-2010", "2010-01-01").m, PACKS, DAY) == ()


def test_the_timeline_is_in_order_of_the_first_day():
    town = taken("kg-2010", "2010-03-02")
    for law in (LAWS[2], LAWS[1]):
        town.act("EnactLaw", "state", BEFORE, law=law, from_day=ADOPTED[law])
    assert [t.pack for t in timeline(town.m)] == ["kg-2010", LAWS[1], LAWS[2]]


@pytest.mark.parametrize(
    ("act", "fields", "field"),
    [
        ("CallReferendum", {"edition": "kg-law-101-2011", "day": "2010-06-27"}, "edition"),
        ("TakeEdition", {"edition": "x", "from_day": "2010-06-27"}, "edition"),
        ("EnactLaw", {"law": "kg-2010", "from_day": "2010-06-27"}, "law"),
        ("Found", {**FOUND, "exercise": True, "pinned": "x"}, "pinned"),
    ],
)
def test_what_we_lack_is_not_enacted(act, fields, field):
    assert Town(*OLD).problems(act, **fields) == {field: "unknown_pack"}


def test_a_pack_is_of_its_kind():
    known("edition", "kg-2010", "constitution")
    known("law", LAWS[1], "statute")
    for pack, kind in (("kg-2010", "statute"), (LAWS[1], "constitution"), ("", "statute")):
        with pytest.raises(Malformed):
            known("law", pack, kind)


def test_a_day_under_a_statute_we_lack_is_told():
    town = taken("kg-2010", "2010-06-27")
    town.act("EnactLaw", "state", law=LAWS[1], from_day="2011-07-15", until_day="2021-10-21")
    poor = packs.load().copy()
    del poor.editions[LAWS[1]]
    village, exercise = bare(), bare(exercise=True, pinned="kg-2010")
    for m in (village.m, exercise.m):
        assert lacking(m, town.m, PACKS, day("2011-07-15")) == ""
    for on, without in (("2011-07-14", ""), ("2011-07-15", LAWS[1]), ("2021-10-21", "")):
        assert lacking(village.m, town.m, poor, day(on)) == without
        assert lacking(exercise.m, town.m, poor, day(on)) == ""
    with pytest.raises(Malformed, match="law_lacking"):
        law_here(village.m, town.m, poor, day("2011-07-15"))
    assert law_here(village.m, town.m, poor, day("2011-07-14")) == NEW


def test_a_municipality_of_today_works_and_what_is_not_known_is_marked():
    """Under the law the country register has in force: permitted, not stated, refused."""
    on = day("2026-11-23")
    town = naryn(*in_force(the_history().m, PACKS, on))
    town.act("EndMandate", "head:6.0", on, mandate="6.0", cause="term_over")
    chosen = {"holder": RIVAL, **town.vote(on)}
    assert town.refused("ElectHead", "kenesh", on, **chosen).norms == (
        "kg-law-123-2021/heads.not-elected",
    )
    assert town.refused("AppointHead", "governor", on, holder=RIVAL).norms == (
        "kg-law-123-2021/heads.by-president",
    )
    assert town.act("AppointHead", "president", on, holder=RIVAL).answer == "permitted"
    people = {"manner": "indirect", "seats": 5, "deputies": ["А Б"]}
    assert town.refused("ElectDeputies", "community", on, **people).norms == (
        "kg-law-98-2011/deputies.direct",
    )
    year = {"year": 2027, "lines": BOTH}
    told = [
        town.act("PublishDraftBudget", "executive", on, **year),
        town.decide("AdoptBudget", on, **year),
        town.act(
            "Transfer", "state_body", on, year=2027, source="republican", amount=5000, purpose="…"
        ),
        town.act("Spend", "executive", on, year=2027, source="republican", amount=1, purpose="…"),
        town.decide("RegisterTos", on, name=TOS, territory="Жаштык көчөсү"),
    ]
    assert {done.answer for done in told} == {"not_stated"}
    assert {norm.split("/")[0] for done in told for norm in done.norms} == {"kg-2021"}
