"""Plain Python's verification: the vectors of RFC 8032, and one mind with `cryptography`."""

from itertools import product

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.register.ed25519 import verify

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
BYTES_32 = st.binary(min_size=32, max_size=32)

# Encodings of y = 1, -1, 0 and a point of order 8, with either sign, plain and with p added where
# 255 bits allow it.
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
ODD_KEYS = [
    (y | sign << 255).to_bytes(32, "little")
    for y in (1, P - 1, 0, P, P + 1, 2, P + 2, ORDER_8, P - ORDER_8, 2**255 - 1)
    for sign in (0, 1)
]


def agreed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Return what both checkers say, which must be the same."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        assert not verify(public_key, signature, message)
        return False
    assert verify(public_key, signature, message)
    return True


@pytest.mark.parametrize(
    ("public_key", "message", "signature"),
    [
        # Section 7.1, tests 1, 2 and 3.
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ],
)
def test_the_vectors_of_rfc_8032(public_key: str, message: str, signature: str) -> None:
    key, text, signed = map(bytes.fromhex, (public_key, message, signature))
    assert agreed(key, signed, text)
    assert not agreed(key, signed, text + b"\0")
    greater = (int.from_bytes(signed[32:], "little") + L).to_bytes(32, "little")
    assert not agreed(key, signed[:32] + greater, text)


@settings(deadline=None, max_examples=40)
@given(BYTES_32, st.binary(max_size=80), st.integers(0, 64 * 8 - 1), st.integers(0, 32 * 8 - 1))
def test_a_signature_holds_and_no_other(seed: bytes, text: bytes, bit: int, key_bit: int) -> None:
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = secret.public_key().public_bytes_raw(), secret.sign(text)
    assert agreed(key, signature, text)
    assert not agreed(key, flip(signature, bit), text)
    assert not agreed(flip(key, key_bit), signature, text)
    assert not agreed(key, signature, text + b"\n")
    for cut in (signature[:-1], signature + b"\0", b""):
        assert not agreed(key, cut, text)


@settings(deadline=None, max_examples=40)
@given(BYTES_32, st.binary(min_size=64, max_size=64), st.binary(max_size=8))
def test_any_bytes_are_judged_alike(public_key: bytes, signature: bytes, message: bytes) -> None:
    agreed(public_key, signature, message)
    agreed(public_key, signature[:32] + bytes(32), message)


def test_odd_keys_and_points_are_judged_alike() -> None:
    scalars = [number.to_bytes(32, "little") for number in (0, L, 2**256 - 1)]
    said = [
        agreed(key, point + scalar, b"any")
        for key, point, scalar in product(ODD_KEYS, ODD_KEYS, scalars)
    ]
    # Points of small order do sign some messages: the agreement is not only in refusing.
    assert True in said and False in said


def test_a_key_of_another_length_has_signed_nothing() -> None:
    assert not verify(bytes(31), bytes(64), b"")
    assert not verify(bytes(33), bytes(64), b"")


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
