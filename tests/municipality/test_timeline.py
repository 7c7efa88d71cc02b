"""What is remembered of records is what would be worked out anew."""

from collections.abc import Iterator
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.municipality.governing import bases, body, deputies, in_office
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Body, Convocation, Link, Mandate, Record, Spending
from kerege.municipality.timeline import Timeline
from kerege.municipality.undoing import annul
from tests.cast import DAY, NEW, Town, naryn

DAYS = st.integers(-6, 6).map(lambda n: DAY + timedelta(n))
PROBES = [DAY + timedelta(n) for n in range(-8, 9)]


def test_who_holds_between_two_turns_is_remembered_until_one_is_changed():
    one, other = Record(1, DAY), Record(2, DAY + timedelta(2), term=DAY + timedelta(4))
    line = Timeline[Record]()
    line.add(one)
    line.add(other)
    held = line.on(DAY)
    assert held == (one,) and line.on(DAY + timedelta(1)) is held
    assert line.on(DAY + timedelta(2)) == (one, other) and line.on(DAY + timedelta(4)) == (one,)
    one.end(DAY + timedelta(1))
    assert line.on(DAY + timedelta(1)) == (one,)
    line.turned()
    assert line.on(DAY + timedelta(1)) == ()


def test_lines_of_the_same_records_are_equal_whatever_is_remembered():
    one, other = Timeline[Record](), Timeline[Record]()
    for line in (one, other):
        line.add(Record(1, DAY))
    one.on(DAY)
    assert one == other


@st.composite
def registers(draw) -> Municipality:
    """Records that begin, end, follow each other and are annulled, in any order of days."""
    m, n = Municipality(), 0
    for _ in range(draw(st.integers(1, 12))):
        on, n = draw(DAYS), n + 1
        m.acts[n] = draw(st.sampled_from(["Spend", "ElectDeputies"]))
        match draw(st.integers(0, 6)):
            case 0:
                found = [Mandate(n, on, f"{n}.{k}", "deputy", "А", "") for k in range(2)]
                m.succeed(found, list(m.in_post("deputy")))
            case 1:
                m.succeed([Convocation(n, on, n)], list(m.all(Convocation)))
            case 2:
                m.add(Body(n, on, "representative_body", "Кеңеш", term=draw(st.none() | DAYS)))
            case 3 | 4:
                m.add(Spending(n, on, 2010, draw(st.sampled_from("ab")), n, draw(st.just(7))))
            case 5 if n > 1:
                m.end(m.left_by(draw(st.integers(1, n - 1))), on, n)
            case 6 if n > 1:
                annul(m, draw(st.integers(1, n - 1)), n, on)
        if draw(st.booleans()):
            # What is asked in between is remembered, and must not be in the way.
            looked_up(m)
    return m


def looked_up(m: Municipality) -> list[object]:
    return [
        (
            deputies(m, on),
            bases(m, on),
            list(in_office(m, "deputy", on)),
            list(m.all(Body, on)),
            list(m.all(Link, on)),
            body(m, "representative_body", on),
        )
        for on in PROBES
    ] + [m.total(Spending, 2010, "a"), m.total(Spending, 2010, "b"), m.total(Spending, 7)]


def slowly(m: Municipality) -> list[object]:
    def hold(kind: type[Record], on) -> list[Record]:
        return [r for r in m._records.get(kind, {}).values() if r.holds(on)]

    def each() -> Iterator[object]:
        for on in PROBES:
            held = [x for x in m.mandates.values() if x.post == "deputy" and x.holds(on)]
            last = max(hold(Convocation, on), key=lambda r: (r.since, r.entry), default=None)
            seats = max(last.seats if last else 0, len(held))
            bodies = hold(Body, on)
            yield (
                len(held),
                {"seats": seats, "mandates": len(held)},
                held,
                bodies,
                hold(Link, on),
                bodies[0] if bodies else None,
            )
        paid = [r for r in m._records.get(Spending, {}).values() if r.until is None]
        yield sum(r.amount for r in paid if r.source == "a")
        yield sum(r.amount for r in paid if r.source == "b")
        yield sum(r.amount for r in paid)

    return list(each())


@settings(deadline=None, max_examples=200)
@given(registers(), st.data())
def test_what_is_remembered_is_what_would_be_found_anew(m, data):
    assert looked_up(m) == slowly(m)
    n = data.draw(st.sampled_from(list(m.acts)))
    before = slowly(m)
    with m.without(n):
        assert looked_up(m) == slowly(m)
        assert not any(one.holds(on) for one in m.left_by(n) for on in PROBES)
        assert not any(one.holds(on) for one in m.ended_by(n) for on in PROBES)
    assert looked_up(m) == slowly(m) == before


def test_what_an_annulled_entry_had_ended_is_found_again():
    m = Municipality()
    for record in (
        Spending(1, DAY, 2010, "a", 5, None),
        Body(2, DAY, "representative_body", "Кеңеш"),
        Mandate(3, DAY, "3.0", "deputy", "А", ""),
    ):
        m.add(record)
    m.end([*m.all(Spending), *m.all(Body), *m.in_post("deputy")], DAY, 9)
    assert (m.total(Spending, 2010, "a"), deputies(m, DAY), list(m.all(Body, DAY))) == (0, 0, [])
    annul(m, 9, 10, DAY)
    assert (m.total(Spending, 2010, "a"), deputies(m, DAY)) == (5, 1)
    assert len(list(m.all(Body, DAY))) == 1


PAID = {"year": 2010, "source": "local", "purpose": "Жол"}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 50), DAYS, st.sampled_from("eca"), DAYS), max_size=6))
def test_sums_of_money_are_right_however_it_came_into_the_register(told):
    """Spent early or late, entered as contested and confirmed, annulled, its purpose corrected."""
    town = naryn(*NEW)
    town.adopt(DAY - timedelta(7))
    for amount, on, how, then in told:
        said = {**PAID, "amount": amount}
        do = town.contested if how == "c" else town.act
        n = do("Spend", "executive", on, **said).n
        if how == "c" and then >= on:
            town.confirm(n, then)
        elif how == "a":
            town.annul(n, max(on, then), from_day=then)
        else:
            town.act("Correct", "recorder", max(on, then), entry=n, field="purpose", text="Жолу")
        assert sums(town) == found_anew(town)


def sums(town: Town) -> list[int]:
    return [town.m.total(Spending, 2010, source) for source in ("local", "republican")]


def found_anew(town: Town) -> list[int]:
    paid = [r for r in town.m.all(Spending) if r.until is None]
    return [sum(r.amount for r in paid if r.source == x) for x in ("local", "republican")]
