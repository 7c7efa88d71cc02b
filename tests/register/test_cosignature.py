"""Cosignatures: the specification's message and layout, times, and whom nobody can stand in for."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import cosignature
from kerege.register.checkpoint import open_checkpoint
from kerege.register.cosignature import CosignatureVerifier, Cosigner, take, times
from kerege.register.note import NoteError, Signer, Verifier, open_note, sign, to_base64

NARYN = Signer("register.example.kg/naryn", bytes(range(32)))
OSH = Cosigner("witness.example.kg/osh", b"o" * 32)
TALAS = Cosigner("witness.example.kg/talas", b"t" * 32)
TEXT = "register.example.kg/naryn\n4\n037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n"
NOTE = sign(TEXT, NARYN)
TIME = 1_679_315_147


def with_lines(*lines: str) -> bytes:
    return NOTE + "".join(lines).encode()


def test_the_message_and_the_line_of_the_specification() -> None:
    line = OSH.signature_line(TEXT, TIME)
    dash, name, encoded = line.removesuffix("\n").split(" ")
    data = b64decode(encoded)
    assert (dash, name, len(data)) == ("—", OSH.name, 4 + 8 + 64)
    assert data[:4] == OSH.verifier.key_id
    # The time in the specification's example is the same eight bytes.
    assert data[4:12] == bytes.fromhex("00000000641850cb") == TIME.to_bytes(8)
    message = b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    Ed25519PublicKey.from_public_bytes(OSH.verifier.public_key).verify(data[12:], message)


def test_the_example_of_the_specification_is_laid_out_so() -> None:
    line = (
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+"
        "mbIUBkBIfZ+qnA=="
    )
    note = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        f"— witness.example.com/w1 {line}\n"
    ).encode()
    data = b64decode(line)
    assert len(data) == 76 and int.from_bytes(data[4:12]) == 1_679_315_147
    # The example's key is not published, so no key of ours is found in it.
    assert times(note, [OSH.verifier]) == {}


def test_a_witnesss_key_has_a_kind_of_its_own() -> None:
    assert OSH.verifier.vkey.split("+", 2)[2].startswith("B")
    assert CosignatureVerifier.from_vkey(OSH.verifier.vkey) == OSH.verifier
    with pytest.raises(NoteError, match=r"not of the kind Ed25519$"):
        Verifier.from_vkey(OSH.verifier.vkey)
    with pytest.raises(NoteError, match="not of the kind Ed25519 cosignature"):
        CosignatureVerifier.from_vkey(NARYN.verifier.vkey)
    same = Signer(OSH.name, OSH.seed)
    assert same.verifier.key_id != OSH.verifier.key_id
    assert "seed" not in repr(OSH)


@given(st.integers(1, 2**63 - 1))
def test_when_a_witness_signed_is_read(time: int) -> None:
    note = with_lines(OSH.signature_line(TEXT, time))
    assert times(note, [OSH.verifier, TALAS.verifier]) == {OSH.verifier: time}
    assert open_note(note, [OSH.verifier]) == TEXT


def test_many_signatures_stand_under_one_checkpoint() -> None:
    note = with_lines(
        OSH.signature_line(TEXT, TIME),
        TALAS.signature_line(TEXT, TIME + 5),
        OSH.signature_line(TEXT, TIME + 9),
        OSH.signature_line(TEXT, TIME + 1),
    )
    both = [OSH.verifier, TALAS.verifier]
    assert times(note, both) == {OSH.verifier: TIME + 9, TALAS.verifier: TIME + 5}
    assert times(note, []) == times(NOTE, both) == {}
    assert open_checkpoint(note, NARYN.verifier).size == 4


def test_a_witness_does_not_stand_in_for_the_register() -> None:
    with pytest.raises(NoteError, match="no known key"):
        open_note(with_lines(OSH.signature_line(TEXT, TIME)), [Verifier(OSH.name, bytes(32))])


@pytest.mark.parametrize("bit", range(4 * 8, 76 * 8, 7))
def test_no_bit_of_a_cosignature_may_change(bit: int) -> None:
    data = bytearray(b64decode(OSH.signature_line(TEXT, TIME).split(" ")[2]))
    data[bit // 8] ^= 1 << bit % 8
    note = with_lines(f"— {OSH.name} {to_base64(bytes(data))}\n")
    with pytest.raises(NoteError, match=r"invalid cosignature by witness.example.kg/osh\+"):
        times(note, [OSH.verifier])


def test_a_cosignature_is_of_one_text_and_one_key() -> None:
    other = TEXT.replace("\n4\n", "\n5\n")
    moved = OSH.signature_line(other, TIME)
    with pytest.raises(NoteError, match="invalid cosignature"):
        times(with_lines(moved), [OSH.verifier])
    # A plain signature by the same seed, put under the id of the cosigning key.
    plain = Signer(OSH.name, OSH.seed).sign(TEXT.encode())
    for data in (plain, TIME.to_bytes(8) + plain, bytes(8) + plain, b"", plain + bytes(9)):
        line = f"— {OSH.name} {to_base64(OSH.verifier.key_id + data + b'x')}\n"
        with pytest.raises(NoteError, match="invalid cosignature"):
            times(with_lines(line), [OSH.verifier])


@pytest.mark.parametrize("time", [0, -1, 2**63, 2**64])
def test_a_time_that_cannot_be_is_not_signed(time: int) -> None:
    with pytest.raises(NoteError, match=f"the time {time}"):
        OSH.signature_line(TEXT, time)


@pytest.mark.parametrize("time", [0, 2**63])
def test_a_time_that_cannot_be_is_not_read(time: int) -> None:
    message = f"cosignature/v1\ntime {time}\n{TEXT}".encode()
    signature = Signer(OSH.name, OSH.seed).sign(message)
    data = OSH.verifier.key_id + time.to_bytes(8) + signature
    with pytest.raises(NoteError, match="invalid cosignature"):
        times(with_lines(f"— {OSH.name} {to_base64(data)}\n"), [OSH.verifier])


def test_a_cosigner_is_made_of_a_name_and_a_seed() -> None:
    with pytest.raises(NoteError, match="cannot name a key"):
        Cosigner("two words", bytes(32))
    with pytest.raises(NoteError, match="not 31"):
        Cosigner(OSH.name, bytes(31))


def test_an_answer_is_taken_for_its_witness() -> None:
    line = OSH.signature_line(TEXT, TIME)
    answer = TALAS.signature_line(TEXT, TIME) + line + OSH.signature_line(TEXT, TIME - 9)
    assert take(NOTE, line.encode(), OSH.verifier) == (line, TIME)
    assert take(NOTE, answer.encode(), OSH.verifier) == (line, TIME)
    assert times(NOTE + take(NOTE, answer.encode(), OSH.verifier)[0].encode(), [OSH.verifier])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "signatures"),
        (b"\n", "signatures, not 0"),
        (b"1479\n", "not the exact base64|a signature line"),
        (b"\xff", "UTF-8"),
        (TALAS.signature_line(TEXT, TIME).encode(), "osh has not cosigned"),
        (OSH.signature_line(TEXT, TIME).encode()[:-1], "lines of signatures"),
        (OSH.signature_line(TEXT + "x\n", TIME).encode(), "invalid cosignature"),
        (f"\n{OSH.signature_line(TEXT, TIME)}".encode(), "lines of signatures only"),
    ],
)
def test_another_answer_is_refused(answer: bytes, reason: str) -> None:
    with pytest.raises(NoteError, match=reason):
        take(NOTE, answer, OSH.verifier)


def test_the_greatest_time_is_that_of_the_specification() -> None:
    assert cosignature.TIME_LIMIT == 2**63 - 1


def test_a_line_says_when_it_was_given() -> None:
    line = OSH.signature_line(TEXT, TIME)
    assert cosignature.stated_time(line) == cosignature.stated_time(line.rstrip()) == TIME
    signed = NOTE.decode().rpartition("\n\n")[2]
    for other in ("", "x", signed, line + line):
        with pytest.raises(NoteError):
            cosignature.stated_time(other)
