"""Signed notes: published examples of the Go note package and of C2SP, and what is refused."""

import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kerege
from kerege.register import note as module
from kerege.register.note import (
    NOTE_LIMIT,
    NoteError,
    Signer,
    Verifier,
    from_base64,
    open_note,
    read_note,
    sign,
    to_base64,
)

# From the documentation of golang.org/x/mod/sumdb/note; the seed stands in its signer key.
PETER = Verifier.from_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
PETER_SEED = from_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH = Verifier.from_vkey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WW"
    "d1RvMc+QQ=\n"
)

NARYN = Signer("register.example.kg/naryn", bytes(range(32)))
TALAS = Signer("register.example.kg/talas", bytes(32))
WRITABLE = st.characters(exclude_categories=["Cs"], min_codepoint=32)
TEXTS = st.text(WRITABLE | st.just("\n"), max_size=60).map(lambda text: text + "\n")


def note(*parts: str) -> bytes:
    return "".join(parts).encode()


def test_the_note_in_the_documentation_of_go() -> None:
    signer = Signer("PeterNeumann", PETER_SEED)
    assert signer.verifier == PETER
    assert sign(TEXT, signer) == note(TEXT, "\n", PETER_LINE)
    assert open_note(note(TEXT, "\n", PETER_LINE), [PETER]) == TEXT


def test_the_note_in_the_specification() -> None:
    verifier = Verifier.from_vkey(
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    )
    line = (
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
        "RKuwHjG1Yu72IneyaQM=\n"
    )
    text = "This is an example message.\n"
    assert open_note(note(text, "\n", line), [verifier]) == text


def test_one_known_signature_is_enough() -> None:
    both = note(TEXT, "\n", PETER_LINE, ENOCH_LINE)
    for verifiers in ([PETER], [ENOCH], [PETER, ENOCH], [NARYN.verifier, ENOCH]):
        assert open_note(both, verifiers) == TEXT
    for verifiers in ([], [NARYN.verifier]):
        with pytest.raises(NoteError, match="no known key has signed"):
            open_note(both, verifiers)


def test_signatures_stand_in_the_order_of_their_signers() -> None:
    both = sign(TEXT, NARYN, TALAS)
    assert [line.split()[1] for line in both.decode().split("\n\n")[-1].splitlines()] == [
        NARYN.name,
        TALAS.name,
    ]
    assert open_note(both, [TALAS.verifier]) == TEXT


def test_a_repeated_signature_does_no_harm() -> None:
    assert open_note(note(TEXT, "\n", PETER_LINE, PETER_LINE), [PETER, PETER]) == TEXT


def test_a_known_key_must_verify_whatever_others_say() -> None:
    wrong = note(TEXT.replace("think", "thunk"), "\n", PETER_LINE)
    with pytest.raises(NoteError, match=r"invalid signature by PeterNeumann\+c74f20a3"):
        open_note(wrong, [PETER])
    other = Signer("PeterNeumann", PETER_SEED).signature_line("Another text.\n")
    mixed = note(TEXT, "\n", ENOCH_LINE, PETER_LINE, other)
    assert open_note(mixed, [ENOCH]) == TEXT
    with pytest.raises(NoteError, match="invalid signature"):
        open_note(mixed, [ENOCH, PETER])


def test_a_signature_of_another_length_is_refused() -> None:
    for signature in (b"x", b"x" * 63, b"x" * 65, b"x" * 2420):
        line = f"— PeterNeumann {to_base64(PETER.key_id + signature)}\n"
        with pytest.raises(NoteError, match="invalid signature"):
            open_note(note(TEXT, "\n", PETER_LINE, line), [PETER])
        # The same line by a key we do not know says nothing to us.
        unknown = line.replace("PeterNeumann", "PeterPan")
        assert open_note(note(TEXT, "\n", PETER_LINE, unknown), [PETER]) == TEXT


def test_a_key_is_known_by_name_and_id_together() -> None:
    renamed = PETER_LINE.replace("PeterNeumann", "CarmenSandiego")
    other_id = PETER_LINE.replace("x08g", "xxxx")
    for line in (renamed, other_id):
        with pytest.raises(NoteError, match="no known key"):
            open_note(note(TEXT, "\n", line), [PETER])


@given(TEXTS)
def test_what_is_signed_is_opened(text: str) -> None:
    assert open_note(sign(text, NARYN), [NARYN.verifier]) == text


def test_every_flipped_bit_is_refused() -> None:
    signed = sign("register.example.kg/naryn\n\n1482\n", NARYN)
    for bit in range(len(signed) * 8):
        changed = bytearray(signed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NoteError):
            open_note(bytes(changed), [NARYN.verifier])


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_in_our_own_words(data: bytes) -> None:
    for bytes_ in (data, b"a\n\n" + data, note(TEXT, "\n— ") + data + b"\n"):
        with pytest.raises(NoteError):
            open_note(bytes_, [PETER])


@pytest.mark.parametrize(
    "malformed",
    [
        b"",
        b"\n",
        note(TEXT),
        note(TEXT, "\n"),
        note(TEXT, PETER_LINE),
        note("\n", PETER_LINE),
        note(TEXT, "\n", PETER_LINE)[:-1],
        note(TEXT, "\n", PETER_LINE, PETER_LINE)[:-1],
        note(Signer("PeterNeumann", PETER_SEED).signature_line("\n")),
        note(TEXT, "\n", PETER_LINE, "\n"),
        note(TEXT, "\n", PETER_LINE, "Unexpected line.\n"),
        note(TEXT, "\n", PETER_LINE[2:]),
        note(TEXT, "\n", PETER_LINE.replace("— ", "- ")),
        note(TEXT, "\n", PETER_LINE.replace("\n", " \n")),
        note(TEXT, "\n", PETER_LINE, "— BadName\n"),
        note(TEXT, "\n", PETER_LINE, "— BadName \n"),
        note(TEXT, "\n", PETER_LINE, "— BadName AAAAAA==\n"),
        note(TEXT, "\n", PETER_LINE, "—  AAAAAAA=\n"),
        note(TEXT, "\n", PETER_LINE, "— Bad Name AAAAAAA=\n"),
        note(TEXT, "\n", PETER_LINE, "— Bad\u00a0Name AAAAAAA=\n"),
        note(TEXT, "\n", PETER_LINE, "— Bad+Name AAAAAAA=\n"),
        note(TEXT, "\n", PETER_LINE, "— BadName AAAAAAA\n"),
        note(TEXT, "\n", PETER_LINE, "— BadName AAAAAAB=\n"),
        note(TEXT, "\n", PETER_LINE, "— BadName AAAA_AA=\n"),
        b"\x01" + note(TEXT, "\n", PETER_LINE),
        b"\xff" + note(TEXT, "\n", PETER_LINE),
        b"\xed\xa0\x80" + note(TEXT, "\n", PETER_LINE),
        note(TEXT, "\n", PETER_LINE).replace(b"\n", b"\r\n"),
        note(TEXT, "\n", PETER_LINE * 101),
    ],
)
def test_a_malformed_note_is_refused(malformed: bytes) -> None:
    with pytest.raises(NoteError) as refusal:
        open_note(malformed, [PETER])
    assert "invalid signature" not in str(refusal.value)
    assert "no known key" not in str(refusal.value)


def test_a_hundred_signatures_are_taken() -> None:
    assert open_note(note(TEXT, "\n", PETER_LINE * 100), [PETER]) == TEXT
    assert open_note(sign(TEXT, *[NARYN] * 100), [NARYN.verifier]) == TEXT
    for count in (0, 101):
        with pytest.raises(NoteError, match=f"signatures, not {count}"):
            sign(TEXT, *[NARYN] * count)


def test_a_note_has_at_most_a_megabyte() -> None:
    under = len(sign("\n", NARYN)) - 1
    longest = "x" * (NOTE_LIMIT - under - 1) + "\n"
    assert len(sign(longest, NARYN)) == NOTE_LIMIT
    assert open_note(sign(longest, NARYN), [NARYN.verifier]) == longest
    with pytest.raises(NoteError, match="1000001 bytes"):
        sign("x" + longest, NARYN)
    with pytest.raises(NoteError, match="1000001 bytes"):
        open_note(b"x" * (NOTE_LIMIT + 1), [NARYN.verifier])


@pytest.mark.parametrize("text", ["", "no newline", "a\tb\n", "a\0\n", "a\r\n", "a\ud800\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign(text, NARYN)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n", "a\u2003b", "a\u0085", "a\0", "a\ud800"])
def test_a_key_has_a_name_that_stands_on_a_line(name: str) -> None:
    with pytest.raises(NoteError):
        Signer(name, bytes(32))
    with pytest.raises(NoteError):
        Verifier(name, bytes(32))
    with pytest.raises(NoteError):
        Verifier.from_vkey(name + PETER.vkey.removeprefix("PeterNeumann"))


def test_a_key_has_32_bytes() -> None:
    for length in (0, 31, 33):
        with pytest.raises(NoteError, match=f"not {length}"):
            Signer("a", bytes(length))
        with pytest.raises(NoteError, match=f"not {length}"):
            Verifier("a", bytes(length))


@given(st.text(WRITABLE.filter(lambda each: each != "+" and not each.isspace()), min_size=1))
def test_a_verifier_key_is_read_back(name: str) -> None:
    verifier = Signer(name, bytes(range(32))).verifier
    assert Verifier.from_vkey(verifier.vkey) == verifier


def test_a_damaged_verifier_key_is_refused() -> None:
    vkey = PETER.vkey
    parts = [vkey[i:j] for i in range(len(vkey)) for j in range(i, len(vkey) + 1)]
    bits = [
        vkey[:at] + chr(ord(vkey[at]) ^ 1 << bit) + vkey[at + 1 :]
        for at in range(len(vkey))
        for bit in range(8)
    ]
    # The last have a fitting id, but a key too long or of an unknown kind, or an id in capitals.
    long, kind = PETER.public_key + b"\0", b"\x65" + PETER.public_key
    for key in (b"\x01" + long, kind):
        key_id = sha256(b"PeterNeumann\n" + key).hexdigest()[:8]
        bits.append(f"PeterNeumann+{key_id}+{b64encode(key).decode()}")
    bits.append(vkey.replace("c74f20a3", "C74F20A3"))
    with pytest.raises(NoteError, match="not of the kind Ed25519"):
        Verifier.from_vkey(bits[-2])
    for damaged in [*parts, *bits]:
        if damaged != vkey:
            with pytest.raises(NoteError):
                Verifier.from_vkey(damaged)


def test_a_signer_does_not_show_its_seed() -> None:
    assert repr(Signer("a", b"secret" * 5 + b"!!")) == "Signer(name='a')"


@pytest.mark.parametrize("text", ["A", "AA", "AAA", "AB==", "AAB=", "AA==\n", " AA==", "A-A=", "Ж"])
def test_base64_has_one_spelling(text: str) -> None:
    with pytest.raises(NoteError):
        from_base64(text)


def test_the_lines_under_a_note_are_read_unchecked() -> None:
    text, lines = read_note(sign(TEXT, NARYN, TALAS))
    assert text == TEXT
    assert [(name, key_id) for name, key_id, _ in lines] == [
        (signer.name, signer.verifier.key_id) for signer in (NARYN, TALAS)
    ]
    assert [signature for _, _, signature in lines] == [
        signer.sign(TEXT.encode()) for signer in (NARYN, TALAS)
    ]


def test_signatures_are_checked_alike_without_cryptography(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = (TEXT + "\n" + PETER_LINE + ENOCH_LINE).encode()
    signed = sign(TEXT, NARYN)
    monkeypatch.setattr(module, "_PLAIN", True)
    assert open_note(good, [PETER]) == open_note(good, [PETER, ENOCH]) == TEXT
    assert open_note(signed, [NARYN.verifier]) == TEXT
    with pytest.raises(NoteError, match=r"invalid signature by PeterNeumann\+c74f20a3"):
        open_note(good.replace(b"problem", b"answer", 1), [PETER])
    with pytest.raises(NoteError, match="to sign, the package cryptography is needed"):
        sign(TEXT, Signer("register.example.kg/osh", bytes(32)))


def test_the_room_reads_with_nothing_but_python() -> None:
    note = (TEXT + "\n" + PETER_LINE).encode()
    script = f"""
import importlib, pkgutil, sys
sys.path.insert(0, {str(Path(kerege.__file__).parents[1])!r})
import kerege.register as room
for module in pkgutil.iter_modules(room.__path__):
    importlib.import_module("kerege.register." + module.name)
foreign = sys.modules.keys() & {{"cryptography", "orjson", "rfc8785", "django"}}
assert not foreign, foreign
from kerege.register import canonical, note
note.open_note({note!r}, [note.Verifier.from_vkey({PETER.vkey!r})])
assert canonical.canonical({{"b": "ы", "a": [1, None]}}) == canonical.canonical(
    canonical.read({'{"a":[1,null],"b":"ы"}'.encode()!r})
)
"""
    # -S leaves the installed packages out.
    done = run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_keys_are_made_ready_once() -> None:
    signer = Signer("register.example.kg/osh", bytes(32))
    assert signer.verifier is signer.verifier
    assert signer == Signer("register.example.kg/osh", bytes(32))
    assert "seed" not in repr(signer) and len({signer, Signer(signer.name, signer.seed)}) == 1
