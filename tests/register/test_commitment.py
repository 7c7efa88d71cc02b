"""Commitments: the exact hash, one place each, and what is refused."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register.commitment import commit

SALT = bytes(range(32))
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=8)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def test_the_exact_hash() -> None:
    whole = b"kerege/commitment/v1\n17\nname\n" + SALT + "Айгүл".encode()
    assert commit("17", "name", SALT, "Айгүл") == sha256(whole).hexdigest()
    assert commit("17", "name", SALT, "") == (
        "abe3c960ed3d75a0e2bc278a00eb64cf0de1c36b8be79317d62217ade4232eac"
    )


@given(*[st.tuples(LINES, LINES, st.binary(min_size=32, max_size=32), VALUES)] * 2)
def test_one_place_salt_and_value_have_one_commitment(one: object, other: object) -> None:
    assert (commit(*one) == commit(*other)) == (one == other)  # type: ignore[misc]


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        commit("17", "name", bytes(length), "Айгүл")


@pytest.mark.parametrize(("entry_id", "field"), [("1\n7", "name"), ("17", "name\n")])
def test_a_place_is_one_line(entry_id: str, field: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        commit(entry_id, field, SALT, "Айгүл")
