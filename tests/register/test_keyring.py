"""The keys of a log without entries: each named by the one before it, or of another log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import keyring
from kerege.register.note import NoteError, Signer, sign
from kerege.register.rotation import statement

A, B, C = (Signer("kg/public-root", bytes([n]) * 32) for n in (1, 2, 3))
AGAIN = Signer("kg/public-root/2", bytes([3]) * 32)


def named(old: Signer, new: Signer, by: Signer | None = None, why: str = "routine") -> bytes:
    text = statement(old.name, old.verifier.vkey, new.verifier.vkey, why)
    return sign(text, by or old)


WHOLE = [
    (A.verifier.vkey, b""),
    (B.verifier.vkey, named(A, B)),
    (C.verifier.vkey, named(B, C)),
    (AGAIN.verifier.vkey, b""),
]


def test_what_is_written_is_read():
    text = keyring.write(WHOLE)
    assert keyring.read(text) == [key.verifier for key in (A, B, C, AGAIN)]
    assert keyring.read(keyring.write(WHOLE[:1])) == [A.verifier]
    assert text.split("\n")[0] == A.verifier.vkey


@pytest.mark.parametrize(
    "note", [b"", named(A, B, by=C), named(A, C), named(B, C), named(A, B, why="lost")]
)
def test_a_key_of_the_same_name_is_named_by_the_one_before(note):
    with pytest.raises(NoteError):
        keyring.read(keyring.write([WHOLE[0], (B.verifier.vkey, note)]))


def test_a_first_key_and_one_of_another_log_are_named_by_nobody():
    for keys in ([(A.verifier.vkey, named(B, A))], [*WHOLE[:3], (WHOLE[3][0], named(B, C))]):
        with pytest.raises(NoteError, match="can name it"):
            keyring.read(keyring.write(keys))


@given(st.integers(0, len(keyring.write(WHOLE)) - 1), st.sampled_from("\n A+/="))
def test_one_character_otherwise_is_refused(at, other):
    text = keyring.write(WHOLE)
    # The last key answers for itself alone; its own id holds it together.
    changed = text[:at] + other + text[at + 1 :]
    if changed != text:
        with pytest.raises(NoteError):
            keyring.read(changed)
