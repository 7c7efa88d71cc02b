"""Entry bytes: known answers from RFC 8785, agreement with json.dumps, and what is refused."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from kerege.register import canonical as module
from kerege.register.canonical import DEPTH_LIMIT, LEAF_LIMIT, NotCanonical, canonical, read

KEYS = st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
SCALARS = st.none() | st.booleans() | INTEGERS | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=5) | st.dictionaries(KEYS, below, max_size=5),
    max_leaves=30,
)


class Kind(StrEnum):
    TOWN = "town"


class Grade(IntEnum):
    FIRST = 1


class Text(str):
    """A text that could say something else when it is printed."""


@dataclass
class Total:
    total: int


@pytest.fixture(params=["orjson", "nothing but Python"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FAST", request.param == "orjson")


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def test_an_entry_is_written_with_sorted_keys_and_without_spaces() -> None:
    entry = {"v": 1, "act": "AdoptBudget", "fields": {"year": 2011, "place": "Нарын шаары"}}
    expected = '{"act":"AdoptBudget","fields":{"place":"Нарын шаары","year":2011},"v":1}'
    assert canonical(entry) == expected.encode()


def test_the_text_and_literals_of_rfc_8785() -> None:
    # Section 3.2.2, without its numbers, which have fractions.
    source = r"""{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]}"""
    expected = (
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c22737472696e67223a"
        "22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
    )
    assert canonical(json.loads(source)).hex() == expected


def test_keys_are_sorted_as_rfc_8785_sorts_them() -> None:
    value = {
        "1": {"f": {"f": "hi", "F": 5}, "\n": 56},
        "10": {},
        "": "empty",
        "a": {},
        "111": [{"e": "yes", "E": "no"}],
        "A": {},
    }
    expected = (
        rb'{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},'
        rb'"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}'
    )
    assert canonical(value) == expected


def test_text_is_not_normalised() -> None:
    assert canonical("A\u030a") != canonical("\u00c5")


@given(VALUES)
def test_canonical_agrees_with_json_dumps(value: Any) -> None:
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(value) == plain.encode()


# What is beyond the profile, or near its edge, at any place of a value.
ODD = (
    st.floats()
    | st.integers(2**53 - 2, 2**53 + 1)
    | st.integers(-(2**53) - 1, -(2**53) + 2)
    | st.text(st.sampled_from("\0\\u0d8\ud800\udfff\x7f\u2028ы"), max_size=8)
    | st.sampled_from([Kind.TOWN, Grade.FIRST, Text("town"), Total(1), date(2011, 1, 1)])
    | st.sampled_from([UUID(int=1), orjson.Fragment(b"1"), b"a", OrderedDict(a=1), {1, 2}, 1j])
)
ODD_KEYS = KEYS | st.sampled_from(["ы", "\0", Text("a"), 1, None, True, Kind.TOWN])
ANYTHING = st.recursive(
    SCALARS | ODD,
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(ODD_KEYS, below, max_size=4)
        | st.lists(below, max_size=2).map(tuple)
    ),
    max_leaves=12,
)


@given(VALUES)
@example({"text": r"\u0000 spelt out"})
def test_canonical_agrees_with_rfc_8785s_own_package(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_entries_are_written_as_rfc_8785s_own_package_writes_them() -> None:
    lines = [
        line
        for path in sorted((Path(__file__).parents[1] / "registers").glob("*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]
    assert len(lines) > 100
    assert [rfc8785.dumps(read(line)) for line in lines] == lines


@given(ANYTHING)
def test_with_orjson_and_without_the_same_is_written_or_refused(value: Any) -> None:
    def outcome() -> object:
        try:
            return canonical(value)
        except NotCanonical as refusal:
            return refusal.path, refusal.reason

    with pytest.MonkeyPatch.context() as patch:
        fast = outcome()
        patch.setattr(module, "_FAST", False)
        assert outcome() == fast


@given(st.binary(max_size=30) | ANYTHING.map(repr).map(str.encode) | VALUES.map(rfc8785.dumps))
@example(b'{"a":1,"a":1}')
@example(b'["\\u0000"]')
@example(b"[18446744073709551616]")
@example(b"[1.0]")
@example(b"-0")
def test_with_orjson_and_without_the_same_is_read_or_refused(data: bytes) -> None:
    def outcome() -> object:
        try:
            return repr(read(data))
        except NotCanonical as refusal:
            return refusal.path, refusal.reason

    with pytest.MonkeyPatch.context() as patch:
        fast = outcome()
        patch.setattr(module, "_FAST", False)
        assert outcome() == fast


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    data = canonical(value)
    assert read(data) == value
    assert canonical(read(data)) == data


@given(VALUES, st.data())
def test_changed_bytes_are_refused_or_stand_for_another_value(value: Any, data: Any) -> None:
    changed = bytearray(canonical(value))
    bit = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[bit // 8] ^= 1 << bit % 8
    try:
        other = read(bytes(changed))
    except NotCanonical:
        return
    assert canonical(other) == changed
    # Python finds 1 and True equal; their bytes are not.
    assert canonical(other) != canonical(value)


@given(st.binary(max_size=40))
def test_any_bytes_are_refused_or_are_their_own_canonical_form(data: bytes) -> None:
    try:
        value = read(data)
    except NotCanonical:
        return
    assert canonical(value) == data


@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        (1.0, "", "a float"),
        (float("nan"), "", "a float"),
        ({"fields": {"lines": [0, 0, 0, {"amount": 1.5}]}}, "fields.lines[3].amount", "a float"),
        ([[], [2**53]], "[1][0]", "an integer beyond ±9007199254740991"),
        ({"total": -(2**53)}, "total", "an integer beyond"),
        ({"fields": {"ключ": 1}}, "fields", r"the key '\u043a\u043b\u044e\u0447' is not ASCII"),
        ({"fields": {1: 1}}, "fields", "the key 1 is not ASCII text"),
        ({None: 1}, "", "the key None is not ASCII text"),
        ({"name": "a\ud800"}, "name", "half of a surrogate pair at character 1"),
        ({"name": "\udfff"}, "name", "half of a surrogate pair at character 0"),
        ({"name": "ab\0"}, "name", "the character U+0000 at character 2"),
        ({"a": {"b\0": 1}}, "a.b\0", "the character U+0000 at character 1"),
        (("a",), "", "a tuple"),
        ({"a": b"a"}, "a", "a bytes"),
        ({"a": {1, 2}}, "a", "a set"),
        ({"a": Text("b")}, "a", "a Text"),
        ({Text("a"): 1}, "", "the key 'a' is not ASCII text"),
        ([{}, OrderedDict(a=1)], "[1]", "a OrderedDict"),
        ({"a": Total(1)}, "a", "a Total"),
        ({"a": date(2011, 1, 1)}, "a", "a date"),
        ({"a": UUID(int=1)}, "a", "a UUID"),
        ([orjson.Fragment(b"1")], "[0]", "a Fragment"),
        ({"b": "\0", "a": 2**53}, "b", "the character U+0000"),
        ({"b": 2**53, "a": "\ud800"}, "b", "an integer beyond"),
        ({"kind": Kind.TOWN}, "kind", "a Kind"),
        ({"grade": Grade.FIRST}, "grade", "a Grade"),
    ],
)
@pytest.mark.usefixtures("_both_ways")
def test_what_is_not_of_the_profile_is_refused_with_its_path(
    value: Any, path: str, reason: str
) -> None:
    with pytest.raises(NotCanonical) as refusal:
        canonical(value)
    assert refusal.value.path == path
    assert refusal.value.reason.startswith(reason)
    assert str(refusal.value) == (f"{path}: " if path else "") + refusal.value.reason


def test_integers_to_the_limit_are_written() -> None:
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


def test_depth_is_limited() -> None:
    assert canonical(nested(DEPTH_LIMIT)) == b"[" * 16 + b"0" + b"]" * 16
    with pytest.raises(NotCanonical, match="more than 16") as refusal:
        canonical({"a": nested(DEPTH_LIMIT)})
    assert refusal.value.path == "a" + "[0]" * 15
    with pytest.raises(NotCanonical, match="more than 16"):
        read(b"[" * 17 + b"]" * 17)


def test_a_value_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(NotCanonical, match="more than 16"):
        canonical(value)


def test_length_is_limited_in_bytes() -> None:
    longest = "ы" * ((LEAF_LIMIT - 3) // 2) + "x"
    assert len(canonical(longest)) == LEAF_LIMIT
    assert read(canonical(longest)) == longest
    with pytest.raises(NotCanonical, match="65536 bytes"):
        canonical(longest + "x")
    with pytest.raises(NotCanonical, match="65536 bytes"):
        read(b'"' + b"x" * 65_534 + b'"')
    with pytest.raises(NotCanonical, match="65536 bytes"):
        read(b"1" + b" " * 65_535)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xff",
        b'"\xed\xa0\x80"',
        b'\xef\xbb\xbf"a"',
        '"a"'.encode("utf-16"),
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1.0",
        b"1e3",
        b"1E400",
        b"-0",
        b"007",
        b"9" * 5_000,
        b"[" * 60_000,
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b' {"a":1}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u00e9"',
        b'"\\u000F"',
        b'"\\ud800"',
        b'"\\u0000"',
        b'"\\u0009"',
        b'"\t"',
        '{"ы":1}'.encode(),
    ],
)
def test_bytes_in_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        read(data)


def test_the_refusal_says_where_the_bytes_differ() -> None:
    with pytest.raises(NotCanonical, match="not in canonical form from byte 5 on"):
        read(b'{"a": 1}')
    with pytest.raises(NotCanonical, match="not in canonical form from byte 7 on"):
        read(b'{"a":1} ')
    with pytest.raises(NotCanonical, match="a float") as refusal:
        read(b'{"a":[1.5]}')
    assert refusal.value.path == "a[0]"
