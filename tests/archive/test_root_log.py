"""The public root judged by itself: what holds passes, and what was done to it is named."""

import shutil
from pathlib import Path

import pytest

from kerege.archive import root_log
from kerege.archive.found_wrong import Report
from kerege.archive.signed import Kept, stated
from kerege.archive.source import Folder, Unreadable
from kerege.archive.verify import verify
from kerege.register import checkpoint, keyring, policy, rotation, tiles
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import Signer, sign
from tests.archive.making import NAME, Leaves, cosigned, make_folder, note_of, signer_of, witness_of

OWN = signer_of(f"{NAME}/public-root")
NARYN, OSH = signer_of(f"{NAME}/naryn"), signer_of(f"{NAME}/osh")
WITNESS = "witness.example.kg/osh"


def head_of(signer: Signer, size: int, mark: int = 0) -> bytes:
    """A register's checkpoint of some history."""
    root = bytes([size % 256, mark]) * 16
    return checkpoint.sign(Checkpoint(signer.name, size, root), signer)


def leaves(many: int = 300) -> list[bytes]:
    """Two registers that grow by turns."""
    return [head_of((NARYN, OSH)[n % 2], n // 2 + 1) for n in range(many)]


def write(path: Path, data: list[bytes], ring: str = "", note: bytes = b"") -> Path:
    """A whole root, as a server gives it out."""
    hashes = Leaves(data)
    files = {
        "key": (ring or f"{OWN.verifier.vkey}\n").encode(),
        "checkpoint": note or note_of(data, OWN),
    }
    for level, index, width in tiles.tiles_of(len(data)):
        files[tiles.tile_path(level, index, width)] = tiles.tile_hashes(hashes, level, index, width)
        if not level:
            start = index * tiles.TILE_WIDTH
            bundle = tiles.bundle(data[start : start + width])
            files[tiles.entries_path(index, width)] = bundle
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "house" / "public-root", leaves())


def told(report: Report) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.entry) for problem in report.problems]


def kept(note: bytes) -> Kept:
    return Kept("kept", note, stated(note))


def test_a_root_holds_and_says_what_it_is(root: Path) -> None:
    report = verify(root, key=OWN.verifier.vkey, kept=kept(note_of(leaves(), OWN, 256)))
    assert report.ok and report.size == 300 and report.origin == OWN.name
    assert report.root == stated(note_of(leaves(), OWN)).root.hex()
    assert [(note.code, note.slots.get("many")) for note in report.notes] == [
        ("root_log", None),
        ("keys_unknown", 2),
    ]
    assert "first_key" in {note.code for note in verify(root, full=False).notes}


def test_a_registers_history_that_goes_back_or_forks_is_told(tmp_path: Path) -> None:
    data = [*leaves(10), head_of(NARYN, 4), head_of(OSH, 5, mark=1), head_of(OSH, 6)]
    report = verify(write(tmp_path, data))
    assert told(report) == [("rolled_back", 10), ("split_view", 11)]
    assert f"{NARYN.name} counts 5 entries, and here are 4" in report.problems[0].says("en")
    # The same once more is no other history, and another name is another log.
    again = [*leaves(10), head_of(OSH, 5), head_of(Signer(f"{NARYN.name}/2", NARYN.seed), 2)]
    assert verify(write(tmp_path / "again", again)).ok


@pytest.mark.parametrize("leaf", [b"{}", b"", head_of(Signer("a/b", b"x" * 32), 3)[:-20]])
def test_an_entry_that_is_no_checkpoint_is_told(tmp_path: Path, leaf: bytes) -> None:
    assert told(verify(write(tmp_path, [*leaves(4), leaf]))) == [("bad_leaf", 4)]


def test_a_checkpoint_its_register_has_not_signed_is_told(tmp_path: Path) -> None:
    text = checkpoint.format(Checkpoint(NARYN.name, 9, bytes(32)))
    assert told(verify(write(tmp_path, [*leaves(4), sign(text, OSH)]))) == [("bad_leaf", 4)]


def test_the_keys_around_it_are_asked(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{NARYN.verifier.vkey}\n")
    report = verify(write(tmp_path / "root", leaves(4)))
    assert report.ok and [n.slots["many"] for n in report.notes if n.code == "keys_unknown"] == [1]
    thief = Signer(NARYN.name, b"t" * 32)
    data = [*leaves(4), head_of(thief, 7)]
    assert told(verify(write(tmp_path / "root", data))) == [("bad_signature", 4)]


def test_forged_files_are_told(root: Path) -> None:
    bundle = root / tiles.entries_path(0)
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(b"\n3\n", b"\n9\n", 1))
    assert ("altered", 4) in told(verify(root))
    bundle.write_bytes(whole)
    (root / "tile/0/000").unlink()
    assert told(verify(root)) == [("missing_file", None)]


def test_a_root_signed_anew_rolled_back_or_split_is_told(root: Path, tmp_path: Path) -> None:
    thief = Signer(OWN.name, b"t" * 32)
    (root / "checkpoint").write_bytes(note_of(leaves(), thief))
    assert told(verify(root)) == [("re_signed", None)]
    (root / "checkpoint").write_bytes(note_of(leaves(), OWN))
    assert told(verify(root, kept=kept(note_of(leaves(301), OWN)))) == [("rolled_back", None)]
    other = [*leaves(20), head_of(OSH, 100)]
    assert told(verify(root, kept=kept(note_of(other, OWN)))) == [("split_view", None)]
    assert told(verify(root, kept=kept(note_of(leaves(), thief)))) == [("re_signed", None)]
    write(root, leaves(), f"{thief.verifier.vkey}\n", note_of(leaves(), thief))
    assert ("re_signed", None) in told(verify(root, key=OWN.verifier.vkey))
    assert verify(root, key=NARYN.verifier.vkey).codes() >= {"other_register"}


def test_a_changed_key_and_a_new_beginning_are_followed(tmp_path: Path) -> None:
    after = Signer(OWN.name, b"n" * 32)
    said = rotation.statement(OWN.name, OWN.verifier.vkey, after.verifier.vkey, "routine")
    again = Signer(f"{OWN.name}/2", b"a" * 32)
    keys = [(OWN.verifier.vkey, b""), (after.verifier.vkey, sign(said, OWN))]
    write(tmp_path, leaves(9), keyring.write(keys), note_of(leaves(9), after))
    assert verify(tmp_path, key=OWN.verifier.vkey, kept=kept(note_of(leaves(9), OWN, 5))).ok
    keys.append((again.verifier.vkey, b""))
    write(tmp_path, leaves(9), keyring.write(keys), note_of(leaves(9), again))
    assert verify(tmp_path, kept=kept(note_of(leaves(9), after, 5))).ok
    assert told(verify(tmp_path, kept=kept(note_of(leaves(12), after)))) == [("lost", None)]


@pytest.mark.parametrize("ring", [b"\xff", b"kerege\n"])
def test_a_key_that_cannot_be_read_is_told(root: Path, ring: bytes) -> None:
    (root / "key").write_bytes(ring)
    assert told(verify(root)) == [("unreadable", None), ("no_key", None)]
    assert told(verify(root, key=OWN.verifier.vkey)) == [("unreadable", None)]


def test_witnesses_asked_for_have_signed_it(root: Path) -> None:
    one = policy.Witness(witness_of(WITNESS).verifier)
    wanted = policy.Policy((policy.Log(OWN.verifier),), {"osh": one}, {}, "osh")
    said = "mine", policy.format(wanted)
    assert told(verify(root, wanted=said)) == [("quorum_missing", None)]
    (root / "checkpoint").write_bytes(cosigned(note_of(leaves(), OWN), [WITNESS]))
    assert verify(root, wanted=said).ok


def test_the_root_in_an_export_is_its_head_and_one_proof(tmp_path: Path) -> None:
    make_folder(tmp_path)
    report = verify(tmp_path / "root")
    assert report.ok and {"root_log", "root_in_part"} <= {note.code for note in report.notes}
    assert "keys_unknown" not in {note.code for note in report.notes}
    make_folder(tmp_path / "other", signer=Signer(f"{NAME}/on-archa", b"t" * 32))
    shutil.copy(tmp_path / "other" / "root" / "proof", tmp_path / "root" / "proof")
    assert {"not_in_root", "bad_signature"} == verify(tmp_path / "root").codes()
    (tmp_path / "root" / "proof").write_bytes(b"?")
    assert told(verify(tmp_path / "root")) == [("not_in_root", None)]


def test_what_is_no_root_is_left_to_others(tmp_path: Path) -> None:
    make_folder(tmp_path)
    assert not root_log.is_root(Folder(tmp_path))
    (tmp_path / "checkpoint").write_bytes(b"?")
    assert not root_log.is_root(Folder(tmp_path))
    with pytest.raises(Unreadable, match="no checkpoint"):
        root_log.verify(Folder(tmp_path), tmp_path)
