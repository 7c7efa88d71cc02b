"""The entries but for which an act would stand."""

from kerege.archive.causes import MOST_TRIED, Causes, pointed_at, without_one
from kerege.municipality.acts import ACTS
from kerege.municipality.governing import head
from tests.cast import AFTER, DAY, LAWS, LINES, RIVAL, dump, naryn


def test_an_act_points_by_number_and_by_mandate():
    vote = {"session": 7, "votes_for": 3}
    for name, fields, pointed in (
        ("ElectHead", {"holder": RIVAL, "nomination": 8, **vote}, {7, 8}),
        ("EndMandate", {"mandate": "6.0", "cause": "resigned", **vote}, {6, 7}),
        ("Annul", {"entry": 4, "from_day": "2010-03-02", "grounds": "…"}, {4}),
        ("AdoptBudget", {"year": 2010, "lines": LINES, **vote}, {7}),
        ("RaiseIssue", {"title": "Жарык", "text": "…"}, set()),
    ):
        assert pointed_at(ACTS[name].read(fields)) == pointed, name


def test_each_is_taken_out_alone_and_put_back():
    town = naryn(*LAWS)
    n = town.decide("ElectHead", holder=RIVAL).n
    before = dump(town.m)

    def rival_is_head(m):
        one = head(m, AFTER)
        return one is not None and one.holder == RIVAL

    assert list(without_one([n, 6, 2], town.m, rival_is_head)) == [(n, False), (6, True), (2, True)]
    # Without the election the head before is in office again.
    found = without_one([n], town.m, lambda m: head(m, AFTER).holder != RIVAL)
    assert list(found) == [(n, True)]
    assert town.holders("head", AFTER) == [RIVAL]
    after = dump(town.m)
    assert after["_records"] == before["_records"] and after["mandates"] == before["mandates"]


def test_a_long_list_is_tried_from_its_latest_end():
    town = naryn(*LAWS)
    town.hold_session(DAY)
    tried = [n for n, _ in without_one(range(MOST_TRIED + 50), town.m, lambda m: True)]
    assert len(tried) == MOST_TRIED and tried[0] == MOST_TRIED + 49


def test_of_many_that_could_be_the_cause_the_latest_are_told():
    town = naryn(*LAWS)
    causes = Causes(town.m, naryn(*LAWS).m)
    causes.gone.update(range(MOST_TRIED + 50))
    because = causes.because(lambda m: True, (lambda: set(causes.gone),))
    assert because == list(range(50, MOST_TRIED + 50))


def test_what_is_the_same_is_looked_for_once():
    town = naryn(*LAWS)
    causes, asked = Causes(town.m, naryn(*LAWS).m), []
    causes.gone.add(6)

    def stands(m):
        asked.append(m)
        return False

    for _ in range(3):
        assert causes.because(stands, (lambda: {6},), same=("Spend",)) == [6]
    assert len(asked) == 1
    causes.because(stands, (lambda: {6},))
    assert len(asked) == 2
