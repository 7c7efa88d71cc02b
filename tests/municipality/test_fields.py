"""Kinds of fields: each reads strictly, and every act reads whatever it is handed."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.municipality.acts import ACTS
from kerege.municipality.fields import (
    MOST_SOM,
    SOURCES,
    Choice,
    Day,
    Flag,
    Hex,
    Kind,
    Lines,
    MandateId,
    Names,
    Numbers,
    Personal,
    Reference,
    Root,
    Text,
    Whole,
    Wrong,
    day_of,
)
from kerege.municipality.keys import Note, Vkey
from kerege.municipality.problem import Malformed


@pytest.mark.parametrize("text", ["20110627", "2011-W26-1", "2011-06-31", "9999-01-01", "", None])
def test_a_day_is_written_in_one_way(text):
    assert day_of("2011-06-27") == date(2011, 6, 27)
    with pytest.raises(Wrong):
        day_of(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [("32.13.2012", "not_a_date"), ("2012-13-32", "no_such_day"), ("3000-01-01", "far_year")],
)
def test_why_it_is_no_day_is_said(text, key):
    with pytest.raises(Wrong) as caught:
        day_of(text)
    assert caught.value.key == key


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)
PLAIN = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=20)


def values(kind: Kind) -> st.SearchStrategy:
    """Values a kind can hold, as JSON."""
    match kind:
        case Text():
            return st.text(st.characters(categories=["L", "Nd", "Po"]), min_size=1, max_size=14)
        case Day():
            return st.dates().filter(lambda d: 1900 <= d.year <= 2200).map(lambda d: d.isoformat())
        case Whole(least, most):
            return st.integers(least, most)
        case Flag():
            return st.booleans()
        case Choice(choices):
            return st.sampled_from(choices)
        case Reference():
            return st.integers(0, 10**6)
        case MandateId():
            return st.tuples(st.integers(0, 999), st.integers(0, 99)).map(
                lambda x: f"{x[0]}.{x[1]}"
            )
        case Names():
            return st.lists(PLAIN, min_size=1, max_size=4, unique=True)
        case Lines():
            line = st.fixed_dictionaries(
                {
                    "name": PLAIN,
                    "source": st.sampled_from(SOURCES),
                    "amount": st.integers(1, MOST_SOM),
                }
            )
            return st.lists(line, min_size=1, max_size=4)
        case Numbers():
            one = st.fixed_dictionaries({"name": PLAIN, "value": st.integers(0, 10**9)})
            return st.lists(one, min_size=1, max_size=4, unique_by=lambda x: x["name"])
        case Hex() | Personal() | Root():
            return st.binary(min_size=32, max_size=32).map(bytes.hex)
        case Vkey():
            return st.integers(0, 2**32 - 1).map(lambda x: f"kg/naryn+{x:08x}+{'A' * 44}")
        case Note():
            return PLAIN.map(lambda text: f"{text}\n\n\N{EM DASH} kg/naryn AAAA\n")
    raise AssertionError(kind)


def acts(name: str) -> st.SearchStrategy:
    """The fields of an act, optional ones sometimes left out; they need not fit each other."""
    told = ACTS[name].told()
    needed = {f: values(t.kind) for f, t in told.items() if not t.optional}
    optional = {f: values(t.kind) for f, t in told.items() if t.optional}
    return st.fixed_dictionaries(needed, optional=optional)


ANY_ACT = st.sampled_from(sorted(ACTS)).flatmap(lambda name: st.tuples(st.just(name), acts(name)))


@given(st.sampled_from(sorted(ACTS)), ANYTHING)
def test_anything_is_read_or_malformed(name, data):
    try:
        ACTS[name].read(data)
    except Malformed as wrong:
        assert wrong.problems


@given(ANY_ACT, st.data())
def test_an_act_with_one_field_of_anything_is_read_or_malformed(act, data):
    name, fields = act
    field = data.draw(st.sampled_from([*ACTS[name].told(), "else"]))
    try:
        ACTS[name].read({**fields, field: data.draw(ANYTHING)})
    except Malformed as wrong:
        assert {p.field for p in wrong.problems} <= {*ACTS[name].told(), "else"}


@given(ANY_ACT)
def test_read_and_written_an_act_is_the_same(act):
    name, fields = act
    try:
        read = ACTS[name].read(fields)
    except Malformed:
        return
    written = read.json()
    assert json.loads(json.dumps(written)) == written
    assert ACTS[name].read(written) == read and ACTS[name].read(written).json() == written


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_field_that_is_needed_is_missed_by_name(name):
    needed = {f for f, told in ACTS[name].told().items() if not told.optional}
    missed = set()
    try:
        ACTS[name].read({})
    except Malformed as wrong:
        missed = {(p.field, p.key) for p in wrong.problems}
    assert missed == {(f, "required") for f in needed}


@pytest.mark.parametrize("data", [None, [], "{}", 5, [{}], [["year"]]])
def test_fields_are_an_object(data):
    with pytest.raises(Malformed) as wrong:
        ACTS["Spend"].read(data)
    assert wrong.value.problems[0].key in ("wrong_type",)


def wrong(kind: Kind, value: object) -> str:
    with pytest.raises(Wrong) as caught:
        kind.read(value)
    return caught.value.key


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (5, "wrong_type"),
        ("\t \n", "required"),
        ("а" * 201, "too_long"),
        ("а\u0007б", "bad_characters"),
        ("а\u202eб", "bad_characters"),
        ("а\ud800б", "bad_characters"),
        ("а\ue000б", "bad_characters"),
        ("а\u2028б", "bad_characters"),
        ("а\nб", "bad_characters"),
    ],
)
def test_text_refuses_what_cannot_be_seen(value, key):
    assert wrong(Text(200), value) == key


def test_text_can_have_to_say_something():
    assert Text(20, shortest=4).read(" Бар!\n") == "Бар!"
    with pytest.raises(Wrong, match="too_short"):
        Text(20, shortest=4).read("Бар   ")


def test_text_is_written_one_way():
    assert Text().read("  Й\u0306\tа ") == Text().read("Й\u0306 а")
    assert Text(long=True).read("бир\r\nэки\rүч") == "бир\nэки\nүч"
    assert Text().read("И\u0306") == "Й"


@given(st.text(max_size=30), st.booleans())
def test_text_once_read_is_read_the_same(value, long):
    try:
        read = Text(40, long).read(value)
    except Wrong:
        return
    assert Text(40, long).read(read) == read


@pytest.mark.parametrize("value", ["2010-2-3", "20100203", "٢٠١٠-٠١-٠١", "", None, 5, "2010-W01-1"])
def test_a_day_is_year_month_day(value):
    assert wrong(Day(), value) == "not_a_date"


def test_a_day_is_within_reach():
    assert wrong(Day(), "1899-12-31") == wrong(Day(), "2201-01-01") == "far_year"
    assert Day().read("2012-02-29") == "2012-02-29"


@pytest.mark.parametrize("value", [True, 1.0, "1", None, float("nan"), [1]])
def test_a_whole_number_is_one(value):
    assert wrong(Whole(), value) == "not_a_number"


def test_sums_are_bounded_so_that_a_hundred_lines_stay_exact():
    assert MOST_SOM * Lines().most < 2**53
    assert wrong(Whole(1, MOST_SOM), MOST_SOM + 1) == "out_of_range"


@pytest.mark.parametrize("value", [-1, True, "1", 1.0, 2**53, None])
def test_a_reference_is_the_number_of_an_entry(value):
    assert wrong(Reference("session"), value) == "not_an_entry"


@pytest.mark.parametrize("value", ["1", "1.", ".1", "1.2.3", "-1.0", "1.0 ", 1.0, None, "1e9.0"])
def test_a_mandate_is_entry_and_place(value):
    assert wrong(MandateId(), value) == "not_a_mandate"


@pytest.mark.parametrize("value", ["abc", "A" * 64, "0" * 63, "0" * 65, 0, None])
def test_a_hash_is_64_small_hexadecimal_digits(value):
    assert wrong(Hex(), value) == "not_a_hash"


def test_what_is_personal_is_read_as_a_commitment_and_typed_as_text():
    assert wrong(Personal(), "Асан Үсөнов") == "not_a_hash"
    assert Personal().read("ab" * 32) == "ab" * 32
    assert Personal().plain(" Асан Үсөнов\n") == "Асан Үсөнов"
    for typed, key in (("", "required"), ("А" * 201, "too_long"), ("А\nБ", "bad_characters")):
        with pytest.raises(Wrong, match=key):
            Personal().plain(typed)


def test_a_kind_of_nothing_reads_nothing():
    assert wrong(Kind(), "x") == wrong(Flag(), 1) == "wrong_type"
    assert wrong(Choice(("a",)), ["a"]) == "not_a_choice"


def test_which_line_of_a_budget_is_wrong():
    line = {"name": "Жол", "source": "local", "amount": 1}
    with pytest.raises(Wrong) as caught:
        Lines().read([line, line, {**line, "amount": "1"}])
    assert (caught.value.key, caught.value.slots) == ("bad_line", {"line": 3})
    assert wrong(Lines(), [None]) == "bad_line"


def test_which_number_of_a_charter_is_wrong():
    one = {"name": "meeting_quorum", "value": 50}
    with pytest.raises(Wrong) as caught:
        Numbers().read([one, {**one, "value": "50"}])
    assert (caught.value.key, caught.value.slots) == ("bad_number", {"line": 2})
    assert wrong(Numbers(), [{"name": "meeting_quorum"}]) == "bad_number"
    assert wrong(Numbers(), [one, {**one, "value": 60}]) == "number_twice"
    assert wrong(Numbers(), []) == "out_of_range" and wrong(Numbers(), one) == "wrong_type"
