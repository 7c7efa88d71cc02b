"""The charter: what it sets, where it binds, and that it binds nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.constitution import edition, packs
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality import charter
from kerege.municipality.acts import ACTS
from kerege.municipality.charter import Span, adopting, number, settable, span
from kerege.municipality.country import law_of
from kerege.municipality.entry import Actor
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Charter
from tests.cast import (
    ADOPTED,
    LAWS,
    MODEL,
    NEW,
    NUMBERS,
    TODAY,
    bare,
    chartered,
    day,
    naryn,
    the_history,
)

PACKS = packs.load()
BEFORE, AFTER = day("2023-02-28"), day("2023-03-10")


def law(town, on):
    return law_of(town.m, Municipality(), PACKS, on)


def test_a_model_is_law_from_the_day_it_was_adopted():
    town = chartered()
    assert charter.model(town.m, BEFORE) == "" and MODEL not in law(town, BEFORE)
    assert charter.model(town.m, ADOPTED) == MODEL == law(town, ADOPTED)[-1]
    assert charter.charter(town.m, ADOPTED).entry == 11


def test_annulled_it_is_law_no_more():
    town = chartered()
    town.annul(11, AFTER)
    assert MODEL in law(town, day("2023-03-09")) and MODEL not in law(town, AFTER)


def test_contested_it_never_was():
    town = naryn(*TODAY, exercise=True, pinned="kg-2021")
    vote = town.vote(ADOPTED)
    town.contested("AdoptCharter", "kenesh", ADOPTED, model=MODEL, numbers=NUMBERS, **vote)
    assert MODEL not in law(town, AFTER) and charter.charter(town.m, AFTER) is None


def test_the_next_charter_takes_the_place_of_the_one_before():
    town = chartered()
    more = [*NUMBERS, {"name": "request_group", "value": 5}]
    town.decide("AdoptCharter", AFTER, model=MODEL, numbers=more)
    assert number(town.m, town.book, "request_group", "people", ADOPTED) == 11
    assert number(town.m, town.book, "request_group", "people", AFTER) == 5


def test_a_charter_without_the_model_ends_it():
    town = chartered()
    town.m.add(Charter(99, AFTER, "", {}))
    assert MODEL not in law(town, AFTER)


def test_a_model_binds_only_under_its_own_constitution():
    town = naryn(*NEW, exercise=True, pinned="kg-2010")
    town.m.add(Charter(99, ADOPTED, MODEL, {}))
    assert MODEL not in law(town, AFTER)
    town.m.add(Charter(100, ADOPTED, "kg-charter-nobody-has", {}))
    assert law(town, AFTER) == PACKS.pinned("kg-2010")


@pytest.mark.parametrize(
    ("found", "needed"),
    [
        ({"population": 6000}, 300),
        ({"population": 6001}, 600),
        ({"population": 20000}, 600),
        ({"population": 20001}, 1000),
        ({"population": 1, "kind": "city_republican"}, 5000),
        ({"population": None, "kind": "city_republican"}, 5000),
    ],
)
def test_signatures_by_place_and_population(found, needed):
    town = chartered(**found)
    assert number(town.m, town.book, "initiative_signatures", "people", AFTER) == needed


def test_where_nobody_said_how_many_live_there_the_number_is_not_guessed():
    town = chartered(population=None)
    with pytest.raises(Malformed) as wrong:
        number(town.m, town.book, "initiative_signatures", "people", AFTER)
    assert [(p.field, p.key) for p in wrong.value.problems] == [
        ("population", "population_unknown")
    ]
    assert number(town.m, town.book, "request_group", "people", AFTER) == 11
    town.act("Correct", "", AFTER, entry=0, field="population", text="5900")
    assert number(town.m, town.book, "initiative_signatures", "people", AFTER) == 300


def test_what_the_law_lets_nobody_set_is_what_the_law_sets():
    town = chartered()
    town.m.add(Charter(99, AFTER, MODEL, {"meeting_notice": 1, "initiative_signatures": 1}))
    assert number(town.m, town.book, "meeting_notice", "days", AFTER) == 5
    assert number(town.m, town.book, "initiative_signatures", "people", AFTER) == 1000
    assert number(town.m, town.book, "nothing", "days", AFTER) is None


@given(st.integers(0, 2000))
def test_a_charter_never_leaves_the_bounds_of_the_law(value):
    town = chartered()
    town.m.add(Charter(99, AFTER, MODEL, {"request_group": value}))
    row = town.book.number("request_group", AFTER, "city_oblast")
    said = number(town.m, town.book, "request_group", "people", AFTER)
    assert said == (value if row.least <= value <= row.most else 11)


def test_what_a_charter_can_set():
    town = chartered()
    book = adopting(town.book, MODEL)
    assert set(settable(town.m, book, AFTER)) == {
        "request_group",
        "initiative_group",
        "meeting_quorum",
    }
    assert settable(town.m, adopting(town.book, ""), AFTER) == {}


def test_what_a_charter_can_set_has_words_for_the_form():
    rows = [
        row
        for e in PACKS.editions.values()
        for a in e.articles.values()
        for row in a.tables.numbers
    ]
    assert not [row.name for row in rows if row.settable and row.words is None]


def test_the_law_with_another_model_in_the_place_of_the_one_adopted():
    town = chartered()
    assert [e.id for e in adopting(town.book, "").editions] == list(town.law[:-1])
    assert [e.id for e in adopting(town.book, MODEL).editions] == list(town.law)
    with pytest.raises(Malformed, match="not_under_this"):
        adopting(bare(*NEW).book, MODEL)


def test_a_model_that_does_not_go_with_the_statutes_is_not_adopted(monkeypatch):
    town = chartered()
    broken = PACKS.copy()

    def cannot(ids):
        raise packs.EditionError("model.md", "Charter", 7, "it contradicts")

    monkeypatch.setattr(broken, "rulebook", cannot)
    monkeypatch.setattr(charter, "load", lambda: broken)
    with pytest.raises(Malformed) as wrong:
        adopting(town.book, MODEL)
    (one,) = wrong.value.problems
    assert (one.field, one.key, one.slots) == (
        "model",
        "laws_clash",
        {"where": "model.md, Charter, 7"},
    )


def test_what_is_no_longer_in_hand_is_not_adopted(monkeypatch):
    town = chartered()
    with pytest.raises(Malformed) as wrong:
        adopting(town.book, "kg-charter-nobody-has")
    (one,) = wrong.value.problems
    assert (one.field, one.key, one.slots) == (
        "model",
        "unknown_pack",
        {"pack": "kg-charter-nobody-has"},
    )
    fewer = PACKS.copy()
    del fewer.editions["kg-2021"]
    monkeypatch.setattr(charter, "load", lambda: fewer)
    with pytest.raises(Malformed, match=r"unknown_pack.*kg-2021"):
        adopting(town.book, "")


# -- units ----------------------------------------------------------------------------------


def changed(*pieces):
    """The law of a chartered town, with pieces of its model written otherwise."""
    known = chartered().book
    text = known.editions[-1].text
    for before, after in pieces:
        assert before in text
        text = text.replace(before, after)
    one = edition.read(text, "model.md", known.vocabulary)
    return Rulebook(known.vocabulary, [*known.editions[:-1], one])


def test_a_number_is_asked_in_its_own_unit():
    town = chartered()
    with pytest.raises(LawFailed, match="request_group is counted in people, not in percent"):
        number(town.m, town.book, "request_group", "percent", AFTER)


@pytest.mark.parametrize(
    ("unit", "due"),
    # The eleventh, a Saturday, was worked.
    [("days", "2023-03-15"), ("working_days", "2023-03-16"), ("months", "2023-08-10")],
)
def test_days_are_counted_in_the_unit_of_the_law(unit, due):
    town = chartered()
    book = changed(('value = 5\nunit = "days"', f'value = 5\nunit = "{unit}"'))
    assert span(town.m, book, "meeting_notice", AFTER).after(AFTER) == day(due)
    assert span(town.m, book, "nothing", AFTER) is None


@pytest.mark.parametrize(
    ("count", "unit"),
    [(10**9, "days"), (10**9, "working_days"), (10**9, "months"), (3, "people")],
)
def test_what_cannot_be_counted_in_days_fails_as_law(count, unit):
    with pytest.raises(LawFailed, match=f"notice cannot be counted .*: {count} {unit}"):
        Span("notice", count, unit).after(AFTER)


# -- a number nobody sets -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "act", "fields", "fact"),
    [
        (
            "request_group",
            "RequestMeeting",
            {"about": "Суу", "text": "Суу жок"},
            "groupLargeEnough",
        ),
        (
            "initiative_group",
            "SubmitInitiative",
            {"title": "Парк", "text": "Парк", "signatures": 9999},
            "groupLargeEnough",
        ),
        (
            "initiative_signatures",
            "SubmitInitiative",
            {"title": "Парк", "text": "Парк", "signatures": 9999},
            "signaturesReached",
        ),
    ],
)
@pytest.mark.parametrize("how", ["misspelt", "ended"])
def test_where_a_rule_asks_by_a_number_nobody_sets_the_answer_is_no(name, act, fields, fact, how):
    town = chartered()
    read = ACTS[act].read({**fields, "group": 1000})
    assert read.facts(town.m, Actor("community"), AFTER, town.book)[fact] is True
    if how == "misspelt":
        book = changed((f'name = "{name}"', f'name = "{name}_now"'))
    else:
        book = changed((f'name = "{name}"', f'name = "{name}"\nuntil = 2023-03-09'))
    assert read.facts(town.m, Actor("community"), AFTER, book)[fact] is False
    # Where no charter was adopted no rule asks, and nothing falls short of what nobody set.
    free = naryn(*TODAY)
    assert read.facts(free.m, Actor("community"), AFTER, free.book)[fact] is True


def test_a_session_and_an_election_are_not_valid_by_a_share_nobody_sets():
    town = naryn(*LAWS)
    known = town.book
    told = {
        "HoldSession": ("session_quorum", "quorumPresent"),
        "ElectHead": ("head_election", "participationReached"),
    }
    for act, (name, fact) in told.items():
        said = {"kind": "ordinary", "number": "1", "present": 5, "agenda": "Бюджет"}
        read = ACTS[act].read(said if act == "HoldSession" else {"holder": "А"})
        text = known.editions[1].text.replace(f'name = "{name}"', f'name = "{name}_now"')
        one = edition.read(text, "law.md", known.vocabulary)
        book = Rulebook(known.vocabulary, [known.editions[0], one, known.editions[2]])
        on, who = day("2014-03-03"), Actor("kenesh")
        assert read.facts(town.m, who, on, book)[fact] is False
        assert read.facts(town.m, who, on, bare(*NEW).book)[fact] is True


# -- a story: two towns, one of which adopted the charter -----------------------------------


def test_what_binds_where_it_was_adopted_binds_nobody_else():
    adopted, free = (
        naryn(*TODAY, exercise=True, pinned="kg-2021", population=40000) for _ in range(2)
    )
    soon = {"kind": "meeting", "day": "2023-03-12", "about": "Суу түтүгү"}
    for town in (adopted, free):
        town.under(*law(town, BEFORE))
        assert town.act("CallAssembly", "head", BEFORE, **{**soon, "day": "2023-03-02"})
    own = [*NUMBERS, {"name": "request_group", "value": 3}]
    done = adopted.decide("AdoptCharter", ADOPTED, model=MODEL, numbers=own)
    for town in (adopted, free):
        town.under(*law(town, AFTER))
    ruling = adopted.refused("CallAssembly", "head", AFTER, **soon)
    assert ruling.norms == (f"{MODEL}/meeting-notice.days",)
    assert adopted.book.norms[ruling.norms[0]].article.force == "model"
    assert free.act("CallAssembly", "head", AFTER, **soon).answer == "not_stated"
    # What it set itself counts there, and the entry rests on the charter.
    asked = {"about": "Суу", "text": "Түтүк жарылды", "group": 3}
    entry = adopted.act("RequestMeeting", "community", AFTER, **asked).entry
    assert done.n in entry.rests_on and entry.digest == adopted.book.digest != free.book.digest


def test_a_real_town_lives_under_the_law_of_the_country_and_the_model_it_adopted():
    country, town = the_history().m, naryn(*TODAY)
    assert MODEL not in law_of(town.m, country, PACKS, AFTER)
    town.decide("AdoptCharter", ADOPTED, model=MODEL, numbers=NUMBERS)
    ids = law_of(town.m, country, PACKS, AFTER)
    assert ids == (*law_of(naryn().m, country, PACKS, AFTER), MODEL) and ids[0] == "kg-2021"
    assert law_of(town.m, Municipality(), PACKS, AFTER) == ()
