"""Sums of money, kept as records come and end."""

from kerege.municipality.record import Received, Session, Spending
from kerege.municipality.sums import Sums
from tests.cast import AFTER, DAY


def test_each_purse_year_and_delegation_is_summed_for_itself():
    paid = [
        Spending(1, DAY, 2010, "local", 5, None),
        Spending(2, DAY, 2010, "local", 7, 9),
        Spending(3, DAY, 2010, "republican", 11, 9),
        Received(4, DAY, 2010, "local", 100),
        Session(5, DAY, "1", DAY, 5),
    ]
    sums = Sums(paid)
    assert [sums.of(Spending, 2010, x) for x in ("local", "republican")] == [12, 11]
    assert (sums.of(Spending, 9), sums.of(Received, 2010, "local")) == (18, 100)
    assert sums.of(Spending, 2011, "local") == sums.of(Spending, 1) == 0


def test_what_ends_is_taken_off_once_and_put_back_when_it_holds_again():
    one, other = Spending(1, DAY, 2010, "local", 5, None), Spending(2, DAY, 2010, "local", 7, 9)
    sums = Sums([one])
    ending = one.end(AFTER, 3)
    sums.turned(one)
    sums.turned(one)
    other.end(AFTER, 3)
    sums.add(other)
    assert sums.of(Spending, 2010, "local") == sums.of(Spending, 9) == 0
    ending.lift(AFTER)
    sums.turned(one)
    sums.turned(one)
    assert sums.of(Spending, 2010, "local") == 5
