"""Judging a register again: what holds passes, and each forgery is named for what it is."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerege.archive import refolding, signed
from kerege.archive.found_wrong import Report
from kerege.archive.source import Unreadable
from kerege.archive.verify import verify
from kerege.constitution import packs, plain
from kerege.register import checkpoint, cosignature, policy, rotation, tiles
from kerege.register.note import NoteError, Signer, sign
from tests.archive.making import (
    NAME,
    changed,
    cosigned,
    entries_of,
    grown,
    make_folder,
    note_of,
    signer_of,
    slip_of,
)

REGISTER = "register.jsonl"
OWN = signer_of(f"{NAME}/on-archa")
THIEF = Signer(OWN.name, b"t" * 32)
MANY = 300


PLAINLY, BY_CEDAR = cache(plain.from_text), cache(packs.from_text)


@pytest.fixture(autouse=True)
def each_rulebook_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "from_text", PLAINLY)
    monkeypatch.setattr(refolding, "from_text", BY_CEDAR)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bundles and their tiles, so that no file holds everything."""
    path = tmp_path_factory.mktemp("made")
    make_folder(path, data=grown(MANY))
    return path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "folder")
    return tmp_path / "folder"


def both(folder: Path, **said: Any) -> Report:
    """The report, which the verifier in one file gives too but for what it cannot do."""
    report = verify(folder, **said)
    plain = verify(folder, full=False, **said)
    assert [p for p in report.problems if p.code != "cannot_fold"] == plain.problems
    assert "not_folded" in {note.code for note in plain.notes}
    return report


def told(report: Report) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.entry) for problem in report.problems]


def lines(folder: Path) -> list[bytes]:
    return (folder / REGISTER).read_bytes().splitlines()


def write(folder: Path, data: list[bytes]) -> None:
    (folder / REGISTER).write_bytes(b"".join(line + b"\n" for line in data))


def kept(data: list[bytes], signer: Signer = OWN, size: int | None = None) -> signed.Kept:
    return signed.kept("kept", note_of(data, signer, size))


# -- what holds -------------------------------------------------------------------------------


def test_an_export_holds(folder: Path) -> None:
    report = both(folder, key=OWN.verifier.vkey, kept=kept(grown(MANY), size=100))
    assert report.ok and not report.problems
    assert (report.size, report.origin) == (MANY, OWN.name)
    assert report.root == tiles.root(_leaves(grown(MANY)), MANY).hex()
    assert {note.code for note in report.notes} == {"no_witness"}


def _leaves(data: list[bytes]) -> tiles.Hashes:
    from tests.archive.making import Leaves

    return Leaves(data)


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
    data[280] = changed(data[280], reason="…")
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


# -- keys -------------------------------------------------------------------------------------


def key_entry(n: int, act: str, **fields: Any) -> bytes:
    last = json.loads(entries_of()[-1])
    return changed(
        entries_of()[1],
        id=f"key-{n}",
        act=act,
        fields=fields,
        held_on=last["held_on"],
        recorded_at=last["recorded_at"],
    )


def rotated(by: Signer, to: Signer, why: str = "routine", recovery: Signer | None = None) -> bytes:
    statement = rotation.statement(by.name, by.verifier.vkey, to.verifier.vkey, why)
    note = sign(statement, recovery or by).decode()
    return key_entry(1, "RotateKey", key=to.verifier.vkey, why=why, note=note)


NEXT, SAFE = Signer(OWN.name, b"n" * 32), Signer(f"{OWN.name}/safe", b"s" * 32)


def declared() -> bytes:
    statement = rotation.recovery_statement(OWN.name, SAFE.verifier.vkey)
    note = sign(statement, OWN).decode()
    return key_entry(2, "DeclareRecovery", recovery=SAFE.verifier.vkey, note=note)


def test_a_key_that_was_changed_by_an_entry_signs(tmp_path: Path) -> None:
    data = [*entries_of(), rotated(OWN, NEXT)]
    make_folder(tmp_path, data=data, signed=NEXT)
    assert both(tmp_path, key=OWN.verifier.vkey, kept=kept(data, size=60)).ok
    (tmp_path / "checkpoint").write_bytes(note_of(data, OWN))
    assert both(tmp_path).codes() >= {"re_signed"}


def test_a_stolen_key_is_followed_as_the_recovery_key_says(tmp_path: Path) -> None:
    data = [*entries_of(), declared(), rotated(OWN, NEXT, "stolen", SAFE)]
    make_folder(tmp_path, data=data, signed=NEXT)
    assert both(tmp_path).ok


@pytest.mark.parametrize("rows", [1, 2])
def test_a_key_change_that_nobody_may_make_is_named(tmp_path: Path, rows: int) -> None:
    changes = [[rotated(OWN, NEXT, "routine", THIEF)], [declared(), rotated(OWN, NEXT, "stolen")]]
    data = [*entries_of(), *changes[rows - 1]]
    make_folder(tmp_path, data=data, signed=NEXT)
    assert ("bad_key_change", len(data) - 1) in told(both(tmp_path))
    assert both(tmp_path).codes() >= {"re_signed"}


def test_keys_that_no_entry_names_are_told(folder: Path) -> None:
    with (folder / "key").open("a") as file:
        file.write(NEXT.verifier.vkey + "\n")
    assert told(both(folder)) == [("keys_differ", None)]


def test_an_admitted_loss_gives_another_name(tmp_path: Path) -> None:
    after = Signer(f"{OWN.name}/2", OWN.seed)
    fields = {"known_size": 99, "known_root": "0" * 64, "reason": "…"}
    data = [*entries_of(), key_entry(3, "AdmitLoss", **fields)]
    make_folder(tmp_path, data=data, signed=after)
    assert both(tmp_path, key=OWN.verifier.vkey, kept=kept(data, size=61)).ok
    assert told(both(tmp_path, kept=kept(grown(99)))) == [("lost", 61)]
    (tmp_path / "checkpoint").write_bytes(note_of(data, OWN))
    assert both(tmp_path).codes() >= {"other_register"}


@pytest.mark.parametrize("size", [99, 61, 9])
def test_a_loss_is_always_told_and_one_of_nothing_is_a_problem(tmp_path: Path, size: int) -> None:
    after = Signer(f"{OWN.name}/2", OWN.seed)
    root = tiles.root(_leaves(entries_of()), min(size, 61)).hex()
    fields = {"known_size": size, "known_root": root, "reason": "…"}
    data = [*entries_of(), key_entry(3, "AdmitLoss", **fields)]
    make_folder(tmp_path, data=data, signed=after)
    report = both(tmp_path)
    assert told(report) == ([] if size > 61 else [("bad_loss", 61)])
    assert ("loss", 61) in [(note.code, note.entry) for note in report.notes]


def test_each_of_several_admitted_losses_is_told_as_such(tmp_path: Path) -> None:
    second, third = (Signer(f"{OWN.name}/{number}", OWN.seed) for number in (2, 3))
    fields = {"known_size": 99, "known_root": "0" * 64, "reason": "…"}
    data = [*entries_of(), *(key_entry(3 + n, "AdmitLoss", **fields) for n in (0, 1))]
    make_folder(tmp_path, data=data, signed=third)
    assert both(tmp_path, kept=kept(data, second, size=62)).ok
    for signer, at in ((OWN, 61), (second, 62)):
        assert told(both(tmp_path, kept=kept(grown(99), signer))) == [("lost", at)]


# -- witnesses and the root -------------------------------------------------------------------


WITNESSES = [f"witness.example.kg/{name}" for name in ("osh", "talas", "batken")]


def test_witnesses_that_a_policy_asks_for_have_signed_or_it_is_told(tmp_path: Path) -> None:
    make_folder(tmp_path, witnesses=WITNESSES)
    assert "witnessed" in {note.code for note in both(tmp_path).notes}
    asked = (tmp_path / "policy").read_bytes()
    (tmp_path / "checkpoint").write_bytes(cosigned(note_of(entries_of(), OWN), WITNESSES[:2]))
    assert told(both(tmp_path)) == [("quorum_missing", None)]
    two = policy.parse(asked.replace(b"all-of-them 3", b"all-of-them 2"))
    assert both(tmp_path, wanted=("mine", policy.format(two))).ok


def test_a_cosignature_of_another_checkpoint_counts_for_nothing(tmp_path: Path) -> None:
    make_folder(tmp_path, witnesses=WITNESSES[:1])
    line = cosigned(note_of(entries_of(), OWN, 5), WITNESSES[:1]).splitlines(keepends=True)[-1]
    (tmp_path / "checkpoint").write_bytes(note_of(entries_of(), OWN) + line)
    assert both(tmp_path).codes() == {"quorum_missing"}
    assert cosignature.TIME_LIMIT


@pytest.mark.parametrize("part", ["root/key", "root/checkpoint", "root/proof"])
def test_a_root_that_does_not_hold_this_register_is_told(folder: Path, part: str, tmp_path) -> None:
    make_folder(tmp_path / "other", data=grown(MANY - 1), signer=THIEF)
    shutil.copy(tmp_path / "other" / part, folder / part)
    if part == "root/key":
        (folder / part).write_text(OWN.verifier.vkey + "\n")
    assert told(both(folder)) == [("not_in_root", None)]
    (folder / part).unlink()
    assert told(both(folder)) == [("missing_file", None)]


def test_a_root_that_holds_another_history_is_told(folder: Path, tmp_path: Path) -> None:
    other = [*grown(MANY)[:-1], changed(grown(MANY)[-1], reason="…")]
    make_folder(tmp_path / "other", data=other)
    shutil.rmtree(folder / "root")
    shutil.copytree(tmp_path / "other" / "root", folder / "root")
    assert told(both(folder)) == [("not_in_root", None)]


# -- entries ----------------------------------------------------------------------------------


def forged(tmp_path: Path, n: int, **fields: Any) -> list[tuple[str, int | None]]:
    """What is told of a register in which entry ``n`` was other from the start."""
    data = entries_of()
    data[n] = changed(data[n], **fields)
    make_folder(tmp_path, data=data)
    return told(both(tmp_path))


RULED = next(n for n, line in enumerate(entries_of()) if b'"answer":"permitted"' in line)


def test_another_ruling_is_told(tmp_path: Path) -> None:
    ruling = {"answer": "forbidden", "norms": [], "missing": []}
    assert forged(tmp_path, RULED, ruling=ruling) == [("bad_ruling", RULED)]
    said = verify(tmp_path).problems[0].says("en")
    assert said.endswith("the rulebook answers permitted, the entry says forbidden")


def test_a_question_of_another_act_is_told(tmp_path: Path) -> None:
    assert forged(tmp_path, RULED, act="HoldHearing")[0] == ("bad_standing", RULED)


def test_a_standing_the_law_did_not_give_is_told(tmp_path: Path) -> None:
    found = forged(tmp_path, RULED, standing="contested", reason="…")
    assert ("bad_standing", RULED) in found


def test_an_act_that_was_not_put_to_the_law_is_told(tmp_path: Path) -> None:
    none = {"question": None, "ruling": None, "digest": ""}
    assert ("not_put", RULED) in forged(tmp_path, RULED, **none)
    assert ("not_put", RULED) in forged(tmp_path, RULED, standing="exempt", **none)


def test_an_act_the_law_judges_is_not_exempt_where_no_rulebook_was_read(tmp_path: Path) -> None:
    none = {"question": None, "ruling": None, "digest": "", "standing": "exempt"}
    data = [*entries_of()[:2], changed(entries_of()[RULED], rests_on=[], **none)]
    write(tmp_path, data)
    assert ("not_put", 2) in told(verify(tmp_path, full=False))
    assert ("not_put", 2) in told(verify(tmp_path / REGISTER))


def test_a_rulebook_that_did_not_come_with_this_release_is_told(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = next((small / "rulebooks").iterdir()).read_text()
    assert refolding.ours(book)
    said = json.loads(book)
    said["editions"][0]["text"] += "\n"
    assert not refolding.ours(json.dumps(said))
    assert "other_rulebook" not in {note.code for note in verify(small).notes}
    monkeypatch.setattr(refolding, "ours", lambda text: False)
    report = verify(small)
    assert report.ok and "other_rulebook" in {note.code for note in report.notes}


@pytest.mark.parametrize("part", ["ruling", "question"])
@pytest.mark.parametrize("said", [None, {}, {"answer": 1, "norms": None, "missing": []}])
def test_a_question_or_ruling_that_lacks_a_part_is_told(tmp_path: Path, part: str, said) -> None:
    assert ("cannot_judge", RULED) in forged(tmp_path, RULED, **{part: said})


@pytest.mark.parametrize("digest", ["", "0" * 64, "../key"])
def test_a_rulebook_that_is_not_there_is_told(tmp_path: Path, digest: str) -> None:
    assert ("unknown_rulebook", RULED) in forged(tmp_path, RULED, digest=digest)


@pytest.mark.parametrize("change", [(b"permit", b"forbid"), (b"{", b"["), (b"ky", b"\xff")])
def test_a_rulebook_with_other_words_is_told(folder: Path, change: tuple[bytes, bytes]) -> None:
    for file in (folder / "rulebooks").iterdir():
        file.write_bytes(file.read_bytes().replace(*change, 1))
    assert both(folder).codes() == {"bad_rulebook"}


def test_order_of_ids_days_and_grounds_is_checked(tmp_path: Path) -> None:
    first = json.loads(entries_of()[0])
    assert forged(tmp_path, 9, id=first["id"])[0] == ("twice", 9)
    assert forged(tmp_path, 9, rests_on=[9])[0] == ("rests_on_later", 9)
    assert ("founded_twice", 1) in forged(tmp_path, 1, act="Found", fields=first["fields"])
    fields = {name: value for name, value in first["fields"].items() if name != "exercise"}
    assert forged(tmp_path, 9, recorded_at="2001-01-01T00:00:00Z") == []
    data = entries_of()
    data[0] = changed(data[0], fields=fields)
    data[9] = changed(data[9], recorded_at="2001-01-01T00:00:00Z")
    make_folder(tmp_path, data=data)
    assert ("clock_set_back", 9) in told(both(tmp_path))


def test_an_act_nobody_knows_does_not_fold(tmp_path: Path) -> None:
    data = entries_of()
    data.append(changed(data[1], id="new", act="ElectKing", recorded_at="2031-01-01T00:00:00Z"))
    make_folder(tmp_path, data=data)
    assert told(both(tmp_path)) == [("cannot_fold", len(data) - 1)]


def test_papers_are_what_their_names_say(folder: Path) -> None:
    (folder / "documents").mkdir()
    (folder / "documents" / ("0" * 64)).write_bytes(b"a paper")
    report = both(folder)
    assert told(report) == [("bad_document", None)]


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


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small")
    make_folder(path, data=entries_of()[:8], witnesses=WITNESSES[:1])
    return path


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
