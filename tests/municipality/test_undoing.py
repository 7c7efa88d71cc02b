"""Undoing without deleting: from a day on things stand as if the entry had not been."""

import pytest

from kerege.municipality.fields import Names, Text, Whole, Wrong
from kerege.municipality.undoing import corrected, named
from tests.cast import AFTER, BEFORE, DAY, HEAD, LAWS, NEW, RIVAL, day, naryn

JUNE, JULY = day("2010-06-01"), day("2010-07-01")


def elected(*holders, on=(DAY, JUNE)):
    town = naryn(*LAWS)
    return town, [town.decide("ElectHead", o, holder=h).n for o, h in zip(on, holders, strict=True)]


def test_annulled_from_the_middle_the_days_before_stay():
    town, (n, _) = elected("Б Б", RIVAL)
    town.annul(n, JULY, from_day=AFTER)
    heads = [town.holders("head", on) for on in (BEFORE, DAY, AFTER, JUNE)]
    assert heads == [[HEAD], ["Б Б"], [HEAD], [RIVAL]]


def test_one_annulled_after_the_other():
    town, (first, second) = elected("Б Б", RIVAL)
    town.annul(second, JULY)
    assert town.holders("head", JULY) == ["Б Б"]
    town.annul(first, JULY)
    assert town.holders("head", JULY) == [HEAD]
    assert town.holders("head", JUNE) == [RIVAL]


def test_who_comes_back_gives_way_to_who_is_elected_next():
    town, (n, _) = elected("Б Б", RIVAL)
    town.annul(n, JUNE, from_day=DAY)
    later = day("2010-08-01")
    town.decide("ElectHead", later, holder="В В")
    assert town.holders("head", later) == ["В В"]


def test_entered_late_after_an_annulled_one_it_meets_no_ghost():
    town, (_, second) = elected("Б Б", RIVAL)
    town.annul(second, JULY, from_day=JUNE)
    late = day("2010-05-01")
    town.decide("ElectHead", late, holder="Кеч Киши")
    assert town.holders("head", day("2010-08-01")) == ["Кеч Киши"]


def test_what_was_confirmed_by_two_courts_takes_effect_once():
    town = naryn(*NEW)
    n = town.contested("AppointHead", "governor", holder=RIVAL).n
    twice = town.considered("Confirm", "court", JULY, entry=n, grounds="…")[1]
    town.confirm(n, JUNE)
    # A register from elsewhere can hold what no gate would have let in.
    town.write(twice)
    assert town.holders("head", JULY) == [RIVAL] and len(town.m.left_by(n)) == 1


def test_an_entry_that_left_nothing_can_be_annulled():
    town = naryn(*NEW)
    n = town.decide("EndMandate", mandate="6.0", cause="dismissed").n
    assert town.m.left_by(n) == [] and len(town.m.ended_by(n)) == 1
    town.annul(n, from_day=BEFORE)
    assert town.holders("head", DAY) == [HEAD]


def test_who_rests_on_what_was_annulled_is_told_however_far():
    town = naryn(*NEW)
    raised = town.act("RaiseIssue", "community", title="Жол", text="…").n
    said = {"issue": raised, "title": "Жол", "outcome": "adopted", "text": "…"}
    n = town.decide("DecideIssue", **said).n
    town.annul(4)
    session = town.entries[n].fields["session"]
    assert 4 in town.m.rests_on(session) and town.m.tainted(n) == {4}
    town.annul(raised)
    assert town.m.tainted(n) == {4, raised}


def test_a_circle_of_grounds_in_a_register_from_elsewhere_ends():
    town = naryn(*NEW)
    town.m.resting |= {3: [4], 4: [3, 3]}
    town.m.annulled[3] = (9, DAY)
    assert town.m.tainted(4) == {3} == town.m.tainted(3)


def test_names_left_behind():
    town = naryn(*NEW)
    assert [one.entry for one in named(town.m, 4)] == [4] * 5 and named(town.m, 0) == []


def test_corrected_text_becomes_what_the_field_holds():
    assert corrected(Whole(0, 50), "45") == 45 and corrected(Text(20), "45") == "45"
    assert corrected(Names(), "А А\n\n Б Б") == ["А А", "Б Б"]
    for kind, text in ((Whole(0, 50), "51"), (Whole(), "-1"), (Whole(), "1 000"), (Names(), " ")):
        with pytest.raises(Wrong):
            corrected(kind, text)
