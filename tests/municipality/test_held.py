"""When a record held: what ended it, and on which stretches of days."""

from kerege.municipality.held import ended, stretches
from tests.cast import DAY, NEW, day, naryn


def test_who_is_in_office_again_was_not_in_between():
    town = naryn(*NEW)
    before = next(iter(town.m.in_post("chair", DAY)))
    said = {"manner": "direct", "seats": 3, "deputies": ["Самара", "Замир", "Нуриза"]}
    n = town.act("ElectDeputies", "community", DAY, **said).n
    town.annul(n, day("2010-04-01"))
    again = day("2010-04-01")
    assert stretches(before) == [(before.since, DAY), (again, None)]
    assert before.until is None and ended(before) is None
    new = next(one for one in town.m.mandates.values() if one.holder == "Самара")
    assert stretches(new) == [(DAY, again)] and ended(new).since == again


def test_of_two_endings_on_one_day_the_first_ended_it():
    town = naryn(*NEW)
    one = next(iter(town.m.in_post("chair", DAY)))
    town.m.end([one], DAY, 91)
    town.m.end([one], DAY, 92)
    assert ended(one).by == 91
