"""Receipts: their exact text, and that a changed receipt, entry or key proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import checkpoint, proof
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import ProofError, inclusion_proof, leaf_hash, root
from kerege.register.note import Signer, sign
from kerege.register.proof import Receipt, check

NARYN = Signer("register.example.kg/naryn", bytes(range(32)))
TALAS = Signer("register.example.kg/talas", bytes(32))
# The first four entries of the reference tree in test_merkle.
ENTRIES = [b"", b"\x00", b"\x10", b"\x20\x21"]


def receipt(entries: list[bytes], index: int, extra: bytes = b"") -> Receipt:
    leaves = [leaf_hash(entry) for entry in entries]
    stated = Checkpoint(NARYN.name, len(leaves), root(leaves))
    hashes = tuple(inclusion_proof(leaves, index, len(leaves)))
    return Receipt(index, hashes, checkpoint.sign(stated, NARYN), extra)


FIRST = receipt(ENTRIES, 1, b"not signed")
TEXT = """\
c2sp.org/tlog-proof@v1
extra bm90IHNpZ25lZA==
index 1
bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=
Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=

register.example.kg/naryn
4
037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

— register.example.kg/naryn SIGNATURE
"""


def test_the_text_of_a_receipt() -> None:
    signature = FIRST.checkpoint.decode().split()[-1]
    assert proof.format(FIRST).decode() == TEXT.replace("SIGNATURE", signature)
    assert proof.parse(proof.format(FIRST)) == FIRST
    stated = check(FIRST, ENTRIES[1], NARYN.verifier)
    assert (stated.origin, stated.size) == (NARYN.name, 4)


def test_the_only_entry_needs_no_hashes() -> None:
    only = receipt(ENTRIES[:1], 0)
    assert proof.format(only).startswith(b"c2sp.org/tlog-proof@v1\nindex 0\n\nregister.example.kg")
    assert check(proof.parse(proof.format(only)), b"", NARYN.verifier).size == 1


def test_the_example_of_the_specification_has_this_form() -> None:
    # Its signatures are shortened there, and its extra is not the exact base64 of any bytes.
    text = b"""\
c2sp.org/tlog-proof@v1
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
"""
    parsed = proof.parse(text)
    assert (parsed.index, len(parsed.hashes)) == (73894, 5)
    assert parsed.checkpoint == b"example.com/fancylog\n109482\n"
    assert proof.format(parsed) == text


@given(
    st.integers(0, 2**63 - 2),
    st.lists(st.binary(min_size=32, max_size=32), max_size=63),
    st.binary(max_size=80),
    st.binary(max_size=80),
)
def test_a_receipt_is_read_back(index: int, hashes: list[bytes], note: bytes, extra: bytes) -> None:
    made = Receipt(index, tuple(hashes), note, extra)
    assert proof.parse(proof.format(made)) == made


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=40), st.data())
def test_every_entry_has_its_receipt(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    given_out = proof.parse(proof.format(receipt(entries, index)))
    assert check(given_out, entries[index], NARYN.verifier).size == len(entries)
    with pytest.raises(ProofError, match="does not lead to this root"):
        check(given_out, entries[index] + b"x", NARYN.verifier)


def test_every_flipped_bit_is_refused() -> None:
    entry = b'{"act":"AdoptBudget"}'
    data = proof.format(receipt([*ENTRIES, entry, b"last"], 4))
    check(proof.parse(data), entry, NARYN.verifier)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProofError):
            check(proof.parse(bytes(changed)), entry, NARYN.verifier)
    for bit in range(len(entry) * 8):
        forged = bytearray(entry)
        forged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProofError):
            check(proof.parse(data), bytes(forged), NARYN.verifier)


def test_only_the_registers_own_key_counts() -> None:
    with pytest.raises(ProofError, match="the checkpoint: no known key"):
        check(FIRST, ENTRIES[1], TALAS.verifier)
    text = FIRST.checkpoint.decode().partition("\n\n")[0] + "\n"
    cosigned = FIRST.checkpoint + TALAS.signature_line(text).encode()
    witnessed = Receipt(FIRST.index, FIRST.hashes, cosigned)
    assert check(witnessed, ENTRIES[1], NARYN.verifier).size == 4
    with pytest.raises(ProofError, match=r"a checkpoint of .*naryn, signed by .*talas"):
        check(witnessed, ENTRIES[1], TALAS.verifier)
    with pytest.raises(ProofError, match="three lines"):
        check(Receipt(0, (), sign("a\n", NARYN)), b"", NARYN.verifier)


def test_an_entry_beyond_the_checkpoint_is_refused() -> None:
    later = receipt([*ENTRIES, b"fifth"], 4)
    with pytest.raises(ProofError, match="no entry 4 in a tree of 4"):
        check(Receipt(4, later.hashes, FIRST.checkpoint), b"fifth", NARYN.verifier)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("c2sp.org/tlog-proof@v1", "\ufeffc2sp.org/tlog-proof@v1"),
        ("c2sp.org/tlog-proof@v1\n", ""),
        ("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\n\n"),
        ("\n", "\r\n"),
        ("extra bm90IHNpZ25lZA==", "extra "),
        ("extra bm90IHNpZ25lZA==", "extra"),
        ("extra bm90IHNpZ25lZA==", "extra bm90IHNpZ25lZB=="),
        ("extra bm90IHNpZ25lZA==", "extra bm90IHNpZ25lZA==\nextra bm90IHNpZ25lZA=="),
        ("extra bm90IHNpZ25lZA==\nindex 1", "index 1\nextra bm90IHNpZ25lZA=="),
        ("index 1\n", ""),
        ("index 1\n", "index 01\n"),
        ("index 1\n", "index -1\n"),
        ("index 1\n", "index  1\n"),
        ("index 1\n", "index 1 \n"),
        ("index 1\n", "index 1_0\n"),
        ("index 1\n", "index 9223372036854775807\n"),
        ("index 1\n", "index " + "9" * 5_000 + "\n"),
        ("oB0=", "oB1="),
        ("oB0=", "oB0"),
        ("bjQL", ""),
        ("bjQL", "bjQLbjQL"),
        ("index 1\n", "index 1\n" + "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=\n" * 62),
    ],
)
def test_another_text_is_no_receipt(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(ProofError):
        proof.parse(TEXT.replace(old, new).encode())


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_or_are_their_own_form(data: bytes) -> None:
    for bytes_ in (
        data,
        b"c2sp.org/tlog-proof@v1\n" + data,
        b"c2sp.org/tlog-proof@v1\nindex " + data,
    ):
        try:
            parsed = proof.parse(bytes_)
        except ProofError:
            continue
        assert proof.format(parsed) == bytes_


def test_a_receipt_without_checkpoint_is_refused() -> None:
    for end in ("", "\n"):
        with pytest.raises(ProofError):
            proof.parse(b"c2sp.org/tlog-proof@v1\nindex 1" + end.encode())


def test_a_receipt_has_at_most_two_megabytes() -> None:
    with pytest.raises(ProofError, match="2000001 bytes"):
        proof.parse(b"x" * 2_000_001)


def test_a_receipt_that_cannot_be_written_cannot_be_made() -> None:
    for index, hashes in ((-1, ()), (2**63, ()), (0, (b"short",)), (0, (bytes(32),) * 64)):
        with pytest.raises(ProofError):
            Receipt(index, hashes, b"")
