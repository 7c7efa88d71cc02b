"""Duties hold whatever was demanded, done and annulled, and in whatever order it is asked."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.constitution import packs
from kerege.municipality.duties import FULFILLED, LATE, OPEN, OVERDUE, kept, owed
from tests.cast import BEFORE, DAY, NEW, day, naryn
from tests.municipality.owing import DEMAND, demanded, report

DAYS = st.integers(0, 12).map(lambda n: DAY + timedelta(n))
BOOK = packs.load().rulebook(NEW)


@st.composite
def stories(draw, annulments=2):
    """Demands, reports and annulments in some order of days, some told late."""
    town = naryn(*NEW, exercise=True, pinned="kg-2010")
    town.hold_session(DAY)
    for _ in range(draw(st.integers(1, 3))):
        due = DAY + timedelta(draw(st.integers(0, 6)))
        town.decide("DemandAccount", DAY, **{**DEMAND, "due": due.isoformat()})
    demands = [n for n, act in town.m.acts.items() if act == "DemandAccount"]
    for _ in range(draw(st.integers(0, 4))):
        report(town, draw(st.sampled_from(demands)), draw(DAYS))
    acts = ("DemandAccount", "ReportToKenesh")
    some = [n for n, act in town.m.acts.items() if act in acts]
    for n in draw(st.lists(st.sampled_from(some), max_size=annulments, unique=True)):
        town.annul(n, max(draw(DAYS), town.m.days[n]))
    return town


@settings(deadline=None, max_examples=60)
@given(stories())
def test_what_is_owed_is_a_matter_of_days(town):
    """States follow from days alone, and the fact from the states, however often it is asked."""
    probes = [BEFORE + timedelta(n) for n in range(20)]
    for on in (*probes, *reversed(probes)):
        found = owed(town.m, BOOK, on)
        for one in found:
            done = one.done.since if one.done is not None else None
            state = (
                (OVERDUE if on > one.due else OPEN)
                if done is None
                else (LATE if done > one.due else FULFILLED)
            )
            assert one.state == state and one.cause.since <= on
            assert done is None or one.opens <= done <= on
            undone = [one.cause.entry, *([one.done.entry] if one.done else [])]
            assert not any(town.m.undone(n, on) for n in undone)
        whole, rests = kept(town.m, BOOK, "accountGiven", on)
        assert whole == (OVERDUE not in [one.state for one in found])
        assert {r.entry for r in rests} <= {o.done.entry for o in found if o.done}


ORDER = {OPEN: 0, OVERDUE: 1, FULFILLED: 2, LATE: 2}


@settings(deadline=None, max_examples=60)
@given(stories(annulments=0))
def test_nothing_goes_back_but_by_an_annulment(town):
    was: dict[int, str] = {}
    for n in range(20):
        for one in owed(town.m, BOOK, BEFORE + timedelta(n)):
            before = was.get(one.cause.entry, one.state)
            assert ORDER[before] <= ORDER[one.state]
            assert before not in (FULFILLED, LATE) or before == one.state
            was[one.cause.entry] = one.state


ADOPTED = packs.load().edition("kg-2010").adopted
PROBES = st.one_of(
    st.integers(0, 20).map(lambda n: BEFORE + timedelta(n)),
    st.integers(-1, 1).map(lambda n: ADOPTED + timedelta(n)),
)


@settings(deadline=None, max_examples=60)
@given(stories(), st.lists(PROBES, min_size=2, max_size=8), st.booleans())
def test_in_whatever_order_it_is_asked_the_answer_is_that_of_somebody_who_asks_first(
    town, probes, pinned
):
    """Before its adoption a law is asked as if it had always been, after it from its adoption."""
    if not pinned:
        town.m.identity = replace(town.m.identity, pinned="")
    told = [kept(town.m, BOOK, "accountGiven", on) for on in probes]
    for on, answer in zip(probes, told, strict=True):
        town.m._worked_out.clear()
        assert kept(town.m, BOOK, "accountGiven", on) == answer
        assert answer[0] == (OVERDUE not in [one.state for one in owed(town.m, BOOK, on)])


def test_asked_before_the_law_and_after_it():
    town, _ = demanded()
    told = [
        kept(town.m, BOOK, "accountGiven", day(on))[0]
        for on in ("2010-12-01", "2010-03-15", "2010-05-01", "2010-12-01")
    ]
    assert told == [True, True, False, True]
