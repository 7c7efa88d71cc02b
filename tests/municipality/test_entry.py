"""The entry: read and written, it is the same; what is none is refused."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.municipality.entry import STANDINGS, Actor, Entry, Evidence, UnknownVersion, read
from tests.cast import naryn

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(TEXT, JSON, max_size=4)
ENTRIES = st.builds(
    Entry,
    id=st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True),
    act=TEXT,
    fields=OBJECTS,
    actor=st.builds(Actor, TEXT, TEXT),
    held_on=DAYS,
    recorded_at=st.datetimes(
        datetime(1900, 1, 2),
        datetime(2200, 1, 1),
        timezones=st.integers(-12, 14).map(lambda h: timezone(timedelta(hours=h))),
    ),
    by=st.lists(TEXT, max_size=3).map(tuple),
    recorder=TEXT,
    evidence=st.none() | st.builds(Evidence, TEXT, DAYS, TEXT),
    digest=TEXT,
    question=st.none() | OBJECTS,
    ruling=st.none() | OBJECTS,
    rests_on=st.lists(st.integers(0, 10**6), max_size=4).map(tuple),
    standing=st.sampled_from(STANDINGS),
    reason=TEXT,
    late=st.booleans(),
)


@given(ENTRIES)
def test_read_and_written_it_is_the_same(entry):
    assert read(json.loads(json.dumps(entry.json()))) == entry


def test_the_moment_is_written_in_utc():
    bishkek = timezone(timedelta(hours=6))
    entry = naryn().entries[0]
    moment = datetime(2010, 3, 2, 1, 30, 15, 999, tzinfo=bishkek)
    again = Entry("id", "Found", {}, entry.actor, entry.held_on, moment)
    assert again.json()["recorded_at"] == "2010-03-01T19:30:15Z"
    assert again.recorded_at == datetime(2010, 3, 1, 19, 30, 15, tzinfo=UTC)
    early = Entry("id", "Found", {}, entry.actor, entry.held_on, moment.replace(year=534))
    assert read(early.json()).recorded_at == early.recorded_at


def test_a_moment_before_the_year_1_is_a_value_error():
    entry = naryn().entries[0]
    moment = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    with pytest.raises(ValueError, match="year 1"):
        Entry("id", "Found", {}, entry.actor, entry.held_on, moment)


@given(JSON)
def test_what_is_no_entry_is_a_value_error(data):
    with pytest.raises(ValueError):
        read(data)


@given(st.sampled_from(sorted(naryn().entries[0].json())), JSON)
def test_a_wrong_part_is_a_value_error(key, value):
    kept = naryn().entries[2].json()
    try:
        entry = read({**kept, key: value})
    except ValueError:
        return
    # Whatever passes is kept exactly as it was.
    assert entry.json()[key] == value or key == "v"


@pytest.mark.parametrize("key", sorted(set(naryn().entries[0].json()) - {"v"}))
def test_nothing_can_be_left_out(key):
    kept = naryn().entries[0].json()
    del kept[key]
    with pytest.raises(ValueError, match=key):
        read(kept)


@pytest.mark.parametrize("part", ["", "actor", "evidence"])
def test_nothing_else_can_stand_in_it(part):
    one = naryn().entries[0].json()
    one["evidence"] = {"number": "№ 1", "date": "2010-01-01", "sha256": ""}
    assert read(one).evidence.number == "№ 1"
    (one[part] if part else one)["bribe"] = "yes"
    with pytest.raises(ValueError, match="no 'bribe'"):
        read(one)


@pytest.mark.parametrize("version", [None, 0, 2, "1", True, 1.0])
def test_another_format_is_told_apart(version):
    with pytest.raises(UnknownVersion):
        read({**naryn().entries[0].json(), "v": version})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("standing", "granted"),
        ("held_on", "2010-02-30"),
        ("held_on", "20100302"),
        ("held_on", "2010-W09-2"),
        ("recorded_at", "yesterday"),
        ("recorded_at", "0001-01-01T00:00:00+14:00"),
        ("recorded_at", "2010-03-01T19:30:15+00:00"),
        ("recorded_at", "2010-03-01T19:30:15.000Z"),
        ("recorded_at", "2010-03-01 19:30:15Z"),
        ("id", ""),
        ("id", "Асан уулу Бакыт"),
        ("id", "a\n"),
        ("id", "a" * 65),
        ("by", "12.0"),
        ("rests_on", [True]),
        ("rests_on", ["1"]),
        ("evidence", {}),
        ("evidence", {"number": "1", "date": "", "sha256": ""}),
        ("actor", {"kind": "kenesh"}),
        ("late", 0),
    ],
)
def test_parts_that_are_none(key, value):
    with pytest.raises(ValueError):
        read({**naryn().entries[0].json(), key: value})
