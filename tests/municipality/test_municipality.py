"""The store of dated records."""

from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Body, Budget, Convocation, Issue, Mandate, Spending
from tests.cast import AFTER, BEFORE, DAY, naryn


def test_records_are_found_by_type_entry_and_day():
    m = Municipality()
    issue = Issue(3, DAY, "Жарык", "community")
    m.add(issue)
    assert m.get(Issue, 3, DAY) is issue and m.find(Issue, 3) is issue
    assert m.get(Issue, 3, BEFORE) is None and m.get(Body, 3, DAY) is None
    assert m.get(Issue, None, DAY) is None and m.find(Issue, 4) is None
    assert list(m.all(Issue)) == [issue] and list(m.all(Issue, BEFORE)) == []
    assert m.last(Issue, DAY) is issue and m.last(Issue, BEFORE) is None
    assert m.left_by(3) == [issue] and m.left_by(4) == m.ended_by(4) == []


def test_what_is_asked_most_is_found_again():
    m = Municipality()
    paid = [Spending(1, DAY, 2010, "local", 5, None), Spending(2, AFTER, 2010, "local", 5, 7)]
    for record in (*paid, Mandate(3, DAY, "3.0", "head", "А", "")):
        m.add(record)
    assert list(m.of_year(Spending, 2010, DAY)) == paid[:1]
    assert list(m.of_year(Spending, 2011, AFTER)) == list(m.of_year(Budget, 2010, AFTER)) == []
    assert m.total(Spending, 7) == 5 and m.total(Spending, 2010, "local") == 10
    assert [x.id for x in m.in_post("head")] == ["3.0"] and list(m.in_post("chair")) == []


def test_what_takes_the_place_of_others_fits_between_those_before_and_after():
    m = Municipality()
    first, last = Convocation(1, BEFORE, 5), Convocation(2, AFTER, 7)
    m.succeed([first], m.all(Convocation))
    m.succeed([last], m.all(Convocation))
    m.succeed([Convocation(3, DAY, 6)], m.all(Convocation))
    seats = [[c.seats for c in m.all(Convocation, on)] for on in (BEFORE, DAY, AFTER)]
    assert seats == [[5], [6], [7]]


def test_several_can_take_the_place_of_several():
    m = Municipality()
    old = [Mandate(1, BEFORE, f"1.{k}", "deputy", "А", "") for k in range(2)]
    new = [Mandate(2, DAY, f"2.{k}", "deputy", "Б", "") for k in range(3)]
    m.succeed(old, [])
    m.succeed(new, m.mandates.values())
    assert [x.id for x in m.mandates.values() if x.holds(DAY)] == ["2.0", "2.1", "2.2"]
    assert len(m.ended_by(2)) == 2


def test_records_end_while_they_are_looked_through():
    m = Municipality()
    for n in range(3):
        m.add(Issue(n, BEFORE, "Жарык", "community"))
    m.end(m.all(Issue, DAY), DAY, 9)
    assert list(m.all(Issue, DAY)) == [] and len(m.ended_by(9)) == 3


def test_what_is_ended_for_good_no_annulment_lifts():
    m = Municipality()
    m.add(Issue(1, BEFORE, "Жарык", "community"))
    m.end(m.all(Issue), DAY, None)
    assert m.ended_by(1) == [] and m.get(Issue, 1, DAY) is None


def test_the_name_in_each_language():
    identity = naryn().m.identity
    assert [identity.name(x) for x in ("ky", "ru", "en")] == ["Нарын шаары", "город Нарын", "Naryn"]


def test_of_each_entry_of_an_act_its_first_record():
    m = Municipality()
    m.acts = {1: "AdoptBudget", 2: "AdoptBudget", 3: "Spend"}
    first = [Issue(1, DAY, "Жарык", "head"), Budget(2, DAY, 2010, {})]
    # The other way round than in the entry before.
    for record in (first[0], Budget(1, DAY, 2010, {}), first[1], Issue(2, DAY, "Суу", "head")):
        m.add(record)
    m.add(Spending(3, DAY, 2010, "local", 5, None))
    assert list(m.left_by_acts("AdoptBudget")) == first
    assert [one.entry for one in m.left_by_acts("Spend")] == [3]
    assert list(m.left_by_acts("Found")) == []


def test_what_was_worked_out_is_kept_until_a_record_changes():
    m = Municipality()
    m.acts = {1: "RaiseIssue", 2: "RaiseIssue"}
    made: list[int] = []

    def asked() -> int:
        return m.worked_out("issues", {"RaiseIssue", Budget}, lambda: made.append(1) or len(made))

    assert [asked(), asked()] == [1, 1]
    m.add(Issue(1, DAY, "Жарык", "head"))
    assert [asked(), asked()] == [2, 2]


def test_what_was_worked_out_does_not_pile_up():
    m = Municipality()
    for year in range(1900, 4000):
        assert m.worked_out(year, (), lambda year=year: year) == year
        assert len(m._worked_out) <= 256
    assert m.worked_out(3999, (), lambda: 0) == 3999
