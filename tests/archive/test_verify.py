"""Judging a register again: what holds passes, and each forgery is named for what it is."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerege.archive import signed
from kerege.archive.source import Unreadable
from kerege.archive.verify import verify
from kerege.register import checkpoint, tiles
from kerege.register.note import NoteError, Signer
from tests.archive.making import (
    changed,
    entries_of,
    grown,
    make_folder,
    note_of,
    slip_of,
)
from tests.archive.verifying import (
    MANY,
    OWN,
    REGISTER,
    THIEF,
    both,
    kept,
    leaves,
    lines,
    told,
    write,
)

pytestmark = pytest.mark.usefixtures("read_once")


def test_an_export_holds(folder: Path) -> None:
    report = both(folder, key=OWN.verifier.vkey, kept=kept(grown(MANY), size=100))
    assert report.ok and not report.problems
    assert (report.size, report.origin) == (MANY, OWN.name)
    assert report.root == tiles.root(leaves(grown(MANY)), MANY).hex()
    assert {note.code for note in report.notes} == {"no_witness", "law_of_day"}


def test_a_key_that_comes_with_the_register_is_told(folder: Path) -> None:
    assert "first_key" in {note.code for note in verify(folder).notes}


def test_tiles_alone_are_a_register(folder: Path) -> None:
    (folder / REGISTER).unlink()
    assert both(folder).ok and verify(folder).size == MANY


def test_lines_alone_are_a_register_nobody_signed(tmp_path: Path) -> None:
    write(tmp_path, entries_of())
    shutil.copytree(_with_books(tmp_path / "with"), tmp_path / "rulebooks")
    report = both(tmp_path)
    assert report.ok and {note.code for note in report.notes} >= {"nothing_signed"}


def _with_books(path: Path) -> Path:
    make_folder(path)
    return path / "rulebooks"


def test_a_register_file_by_itself_is_not_judged_and_that_is_told(made: Path) -> None:
    report = both(made / REGISTER)
    assert report.ok and {note.code for note in report.notes} == {"nothing_signed", "not_judged"}


def test_an_empty_register_of_one_entry_holds(tmp_path: Path) -> None:
    make_folder(tmp_path, data=entries_of()[:1])
    assert both(tmp_path).ok


# -- what is told -----------------------------------------------------------------------------


def test_a_changed_entry_is_named(folder: Path) -> None:
    data = lines(folder)
    write(folder, [*data[:280], changed(data[280], reason="…"), *data[281:]])
    assert told(both(folder)) == [("altered", 280)]


def test_a_changed_bundle_is_named(folder: Path) -> None:
    data = lines(folder)[256:]
    data[3] = changed(data[3], reason="…")
    (folder / tiles.entries_path(1, 44)).write_bytes(tiles.bundle(data))
    report = both(folder)
    assert told(report) == [("altered", 259)]
    assert "tile/entries" in str(report.problems[0])


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_changed_tile_is_named(folder: Path, path: str) -> None:
    data = (folder / path).read_bytes()
    (folder / path).write_bytes(data[:5] + bytes([data[5] ^ 1]) + data[6:])
    report = both(folder)
    assert report.codes() <= {"altered", "bad_tile"} and len(report.problems) == 1


def test_an_entry_changed_everywhere_is_not_what_was_signed(folder: Path) -> None:
    data = grown(MANY)
    data[280] = changed(data[280], reason="…")
    make_folder(folder, data=data)
    (folder / "checkpoint").write_bytes(note_of(grown(MANY), OWN))
    assert told(both(folder))[0] == ("altered", None)


def test_entries_in_another_order_are_named(folder: Path) -> None:
    data = lines(folder)
    data[20], data[270] = data[270], data[20]
    write(folder, data)
    assert ("reordered", 20) in told(both(folder))
    assert "altered" not in both(folder).codes()


def test_a_tail_that_was_cut_off_is_named(folder: Path) -> None:
    write(folder, lines(folder)[:250])
    assert told(both(folder)) == [("truncated", 250)]
    shutil.rmtree(folder / "tile")
    assert ("truncated", 250) in told(both(folder))


def test_what_nobody_signed_is_named(folder: Path) -> None:
    data = lines(folder)
    write(folder, [*data, changed(data[-1], id="new")])
    assert told(both(folder)) == [("unsigned", MANY)]


def test_a_register_signed_anew_is_named(folder: Path) -> None:
    data = grown(MANY)
    data[280] = changed(data[280], id="forged")
    make_folder(folder, data=data, signer=THIEF)
    assert both(folder).ok
    assert both(folder, key=OWN.verifier.vkey).codes() >= {"re_signed"}
    assert both(folder, kept=kept(grown(MANY))).codes() == {"re_signed"}


def test_a_checkpoint_signed_anew_is_named(folder: Path) -> None:
    (folder / "checkpoint").write_bytes(note_of(grown(MANY), THIEF))
    assert both(folder).codes() >= {"re_signed"}


def test_a_wrong_signature_is_named(folder: Path) -> None:
    note = note_of(grown(MANY), OWN)
    text, _, line = note.partition(b"\n\n")
    other = note_of(grown(MANY), OWN, 5).partition(b"\n\n")[2]
    (folder / "checkpoint").write_bytes(text + b"\n\n" + other)
    assert line != other and both(folder).codes() >= {"bad_signature"}


def test_two_signed_histories_are_named(folder: Path) -> None:
    other = grown(MANY)
    other[280] = changed(other[280], reason="…")
    assert told(both(folder, kept=kept(other))) == [("split_view", None)]
    assert both(folder, kept=kept(other, size=280)).ok


def test_a_register_rolled_back_is_named(folder: Path) -> None:
    assert told(both(folder, kept=kept(grown(MANY + 1)))) == [("rolled_back", None)]


def test_a_slip_is_kept_as_well_as_a_checkpoint(folder: Path) -> None:
    data = grown(MANY + 1)
    slip = slip_of(data, 3, note_of(data, OWN))
    assert told(both(folder, kept=signed.kept("slip", slip))) == [("rolled_back", None)]


@pytest.mark.parametrize("part", [REGISTER, "checkpoint", "key"])
def test_parts_of_another_register_are_named(folder: Path, tmp_path: Path, part: str) -> None:
    make_folder(tmp_path / "other", "naryn")
    shutil.copy(tmp_path / "other" / part, folder / part)
    assert both(folder, key=OWN.verifier.vkey).codes() >= {"other_register"}


def test_another_register_as_a_whole_is_named(tmp_path: Path) -> None:
    make_folder(tmp_path, "naryn")
    assert both(tmp_path, key=OWN.verifier.vkey).codes() >= {"other_register"}
    assert both(tmp_path, kept=kept(grown(5))).codes() == {"other_register"}


@pytest.mark.parametrize("path", ["tile/0/000", "tile/entries/001.p/44", "tile/1/000.p/1"])
def test_a_file_that_is_missing_is_named(folder: Path, path: str) -> None:
    (folder / path).unlink()
    report = both(folder)
    assert report.codes() == {"missing_file"} and path in str(report.problems[0])


def test_a_register_without_a_key_or_checkpoint_is_not_held_for_signed(folder: Path) -> None:
    (folder / "key").unlink()
    assert both(folder).codes() == {"no_key"}
    assert both(folder, key=OWN.verifier.vkey).ok
    (folder / "checkpoint").unlink()
    assert both(folder, key=OWN.verifier.vkey).codes() >= {"missing_file"}


@pytest.mark.parametrize("left", ["tile", "policy", "root", "key"])
def test_whatever_goes_with_a_checkpoint_needs_one(folder: Path, left: str) -> None:
    for path in folder.iterdir():
        if path.name not in (left, REGISTER, "rulebooks", "README"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert told(both(folder)) == [("missing_file", None)]


def test_whoever_hands_in_a_key_a_checkpoint_or_a_policy_needs_a_checkpoint(folder: Path) -> None:
    wanted = ("mine", (folder / "policy").read_bytes())
    alone = folder / REGISTER
    assert verify(alone, full=False).ok
    for said in ({"key": OWN.verifier.vkey}, {"kept": kept(grown(MANY))}, {"wanted": wanted}):
        assert verify(alone, full=False, **said).codes() == {"missing_file"}


@pytest.mark.parametrize("signer", [THIEF, OWN])
@pytest.mark.parametrize("size", [MANY + 1, 2**53 - 1])
def test_a_size_that_nothing_bears_out_is_not_counted_up_to(
    folder: Path, size: int, signer: Signer
) -> None:
    head = checkpoint.Checkpoint(OWN.name, size, bytes(32))
    (folder / "checkpoint").write_bytes(checkpoint.sign(head, signer))
    assert verify(folder, full=False).codes() >= {"truncated"}
    (folder / REGISTER).unlink()
    assert verify(folder, full=False).codes() >= {"truncated"}


# -- what cannot be read ----------------------------------------------------------------------


@pytest.mark.parametrize("rest", [b"{", b"{\n", b"[" * 10_000_000])
def test_a_line_that_is_no_entry_is_told_where_something_is_signed(folder, rest, tmp_path) -> None:
    with (folder / REGISTER).open("ab") as file:
        file.write(rest)
    assert ("unreadable", MANY) in told(both(folder))
    shutil.copy(folder / REGISTER, tmp_path / REGISTER)
    with pytest.raises(Unreadable, match=rf"^entry {MANY} cannot be read: "):
        verify(tmp_path)


def test_a_folder_without_a_register_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"register\.jsonl cannot be read"):
        verify(tmp_path)


@pytest.mark.parametrize("note", [b"", b"\xff", b"kerege\n9\nAAAA\n"])
@pytest.mark.parametrize("part", ["checkpoint", "key", "policy", "root/proof", "root/checkpoint"])
def test_a_file_that_cannot_be_read_is_told(folder: Path, part: str, note: bytes) -> None:
    (folder / part).write_bytes(note)
    assert not both(folder).ok


def test_a_key_that_is_none_is_refused(folder: Path) -> None:
    with pytest.raises(NoteError):
        verify(folder, key="kerege")


# -- whatever happens to a file ---------------------------------------------------------------


SIGNED = [
    *(REGISTER, "checkpoint", "key", "tile/0/000.p/8", "tile/entries/000.p/8"),
    *("root/key", "root/checkpoint", "root/proof"),
]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(part=st.sampled_from(SIGNED), at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_bit_can_be_changed(small: Path, part: str, at: int, bit: int) -> None:
    file = small / part
    data = file.read_bytes()
    at %= len(data)
    try:
        file.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        assert not verify(small, full=False).ok
    finally:
        file.write_bytes(data)


@settings(max_examples=80, deadline=None)
@given(part=st.sampled_from([*SIGNED, "policy"]), junk=st.binary(max_size=200))
def test_any_bytes_are_told_and_nothing_falls_over(small: Path, part: str, junk: bytes) -> None:
    file = small / part
    data = file.read_bytes()
    try:
        file.write_bytes(junk)
        assert not verify(small, full=False).ok
    finally:
        file.write_bytes(data)
