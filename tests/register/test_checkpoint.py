"""Checkpoints: the published example, exact text, and who may sign for whom."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import checkpoint
from kerege.register.checkpoint import Checkpoint, open_checkpoint
from kerege.register.note import NoteError, Signer, sign

NARYN = Signer("register.example.kg/naryn", bytes(range(32)))
TALAS = Signer("register.example.kg/talas", bytes(32))
ROOT = bytes.fromhex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")
STATED = Checkpoint(NARYN.name, 4, ROOT)
TEXT = "register.example.kg/naryn\n4\n037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n"


def test_the_example_of_the_specification() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    root = bytes.fromhex("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62")
    stated = checkpoint.parse(text)
    assert stated == Checkpoint("example.com/behind-the-sofa", 20_852_163, root)
    assert checkpoint.format(stated) == text


@given(
    st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1),
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_a_checkpoint_is_read_back(origin: str, size: int, root: bytes) -> None:
    stated = Checkpoint(origin, size, root)
    assert checkpoint.parse(checkpoint.format(stated)) == stated


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        TEXT[:-1],
        TEXT + "\n",
        TEXT + "extension\n",
        TEXT + "extension",
        "\n" + TEXT,
        TEXT.replace("register", "the register"),
        TEXT.replace("register", "the+register"),
        TEXT.replace("register.example.kg/naryn", ""),
        TEXT.replace("\n4\n", "\n0\n"),
        TEXT.replace("\n4\n", "\n\n"),
        TEXT.replace("\n4\n", "\n04\n"),
        TEXT.replace("\n4\n", "\n+4\n"),
        TEXT.replace("\n4\n", "\n-4\n"),
        TEXT.replace("\n4\n", "\n 4\n"),
        TEXT.replace("\n4\n", "\n4_0\n"),
        TEXT.replace("\n4\n", "\n٤\n"),
        TEXT.replace("\n4\n", "\n4٤\n"),
        TEXT.replace("\n4\n", "\n9223372036854775808\n"),
        TEXT.replace("\n4\n", "\n" + "9" * 5_000 + "\n"),
        TEXT.replace("=", ""),
        TEXT.replace("Lc=", "Ld="),
        TEXT.replace("037k", ""),
        TEXT.replace("037k", "037k037k"),
    ],
)
def test_another_text_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NoteError):
        checkpoint.parse(text)


@given(st.text(max_size=60))
def test_any_text_is_refused_or_is_its_own_form(text: str) -> None:
    try:
        stated = checkpoint.parse(text)
    except NoteError:
        return
    assert checkpoint.format(stated) == text


@pytest.mark.parametrize(
    "values",
    [
        ("", 4, ROOT),
        ("two words", 4, ROOT),
        (NARYN.name, 0, ROOT),
        (NARYN.name, -1, ROOT),
        (NARYN.name, 2**63, ROOT),
        (NARYN.name, 4, ROOT[:-1]),
        (NARYN.name, 4, ROOT + b"\0"),
    ],
)
def test_a_checkpoint_that_cannot_be_written_cannot_be_made(values: Any) -> None:
    with pytest.raises(NoteError):
        Checkpoint(*values)


def test_a_signed_checkpoint_is_opened() -> None:
    note = checkpoint.sign(STATED, NARYN)
    assert note.startswith(TEXT.encode() + b"\n")
    assert open_checkpoint(note, NARYN.verifier) == STATED


def test_a_new_key_signs_beside_the_old_one() -> None:
    newer = Signer(NARYN.name, b"n" * 32)
    note = checkpoint.sign(STATED, NARYN, newer)
    assert open_checkpoint(note, NARYN.verifier) == open_checkpoint(note, newer.verifier) == STATED


def test_a_key_signs_for_its_own_register_only() -> None:
    with pytest.raises(NoteError, match="talas does not sign for"):
        checkpoint.sign(STATED, NARYN, TALAS)
    with pytest.raises(NoteError, match=r"a checkpoint of .*naryn, signed by .*talas"):
        open_checkpoint(sign(TEXT, TALAS), TALAS.verifier)


def test_a_witness_does_not_stand_in_for_the_register() -> None:
    with pytest.raises(NoteError, match="no known key"):
        open_checkpoint(sign(TEXT, TALAS), NARYN.verifier)


def test_a_signed_text_need_not_be_a_checkpoint() -> None:
    with pytest.raises(NoteError, match="three lines"):
        open_checkpoint(sign("Dear residents,\n", NARYN), NARYN.verifier)
