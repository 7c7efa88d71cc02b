"""A secret on paper: what is copied rightly is read, and one wrong digit is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register.note import Signer
from kerege.web.sheet import (
    Miscopied,
    master_sheet,
    read,
    recovery_key,
    recovery_sheet,
    rows,
)

KEY = Signer("kerege.naryn.kg/naryn/safe/2", bytes(range(32)))
SHEET = recovery_sheet(KEY)


@given(st.binary(min_size=32, max_size=32))
def test_what_is_printed_is_read(secret):
    assert read(master_sheet(secret)) == secret
    assert read("\n".join(reversed(rows(secret))).upper()) == secret


def test_it_is_read_as_people_write():
    typed = "1) 0o01 0203  04050607 ".replace("0o01", "oo01") + rows(KEY.seed)[0][-2:]
    assert read("\n".join([typed, *rows(KEY.seed)[1:]])) == KEY.seed


def test_the_sheet_of_a_key_opens_that_key_alone():
    assert recovery_key(SHEET, KEY.verifier.vkey) == KEY
    assert KEY.verifier.vkey in SHEET
    other = Signer(KEY.name, b"\1" * 32)
    with pytest.raises(Miscopied, match="another key"):
        recovery_key(SHEET, other.verifier.vkey)


@given(st.integers(0, 3), st.integers(0, 15), st.sampled_from("0123456789abcdef"))
def test_one_wrong_digit_never_gives_another_key(row, digit, other):
    lines = rows(KEY.seed)
    at = 4 + digit + digit // 4
    changed = lines[row][:at] + other + lines[row][at + 1 :]
    lines[row], before = changed, lines[row]
    if changed != before:
        # One in 256 passes the row's own check; the key it gives is then another.
        with pytest.raises(Miscopied):
            recovery_key("\n".join(lines), KEY.verifier.vkey)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "row 1, 2, 3, 4 is missing"),
        ("\n".join(rows(KEY.seed)[:3]), "row 4 is missing"),
        ("\n".join(rows(KEY.seed)).replace("0203", "0230"), "row 1 is not as it was printed"),
        ("\n".join([*rows(KEY.seed), rows(b"\1" * 32)[1]]), "row 2 stands there twice"),
    ],
)
def test_which_row_is_wrong_is_said(text, says):
    with pytest.raises(Miscopied, match=says):
        read(text)
