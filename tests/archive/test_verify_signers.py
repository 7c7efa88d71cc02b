"""Who signed a register: its keys as entries change them, its witnesses, and the public root."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from kerege.archive import signed
from kerege.archive.found_wrong import Report
from kerege.archive.leaves import Leaves
from kerege.register import cosignature, policy, rotation, tiles
from kerege.register.merkle import leaf_hash
from kerege.register.note import Signer, sign
from tests.archive import making
from tests.archive.making import (
    changed,
    cosigned,
    entries_of,
    grown,
    make_folder,
    note_of,
    witness_of,
)
from tests.archive.verifying import (
    MANY,
    OWN,
    THIEF,
    WITNESSES,
    both,
    kept,
    leaves,
    told,
)

pytestmark = pytest.mark.usefixtures("read_once")


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
    root = tiles.root(leaves(entries_of()), min(size, 61)).hex()
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


def noted(report: Report) -> set[str]:
    return {note.code for note in report.notes if note.code.startswith("witness_")}


def at(when: int, size: int | None = None) -> bytes:
    """The checkpoint, cosigned at a time in seconds."""
    note = note_of(entries_of(), OWN, size)
    text = note.decode().rpartition("\n\n")[0] + "\n"
    return note + witness_of(WITNESSES[0]).signature_line(text, when).encode()


def test_times_that_cannot_be_true_are_noted_and_count_all_the_same(tmp_path: Path) -> None:
    make_folder(tmp_path, witnesses=WITNESSES[:1])
    now = int(time.time())
    for when, expected in ((now, set()), (now + 4_000, {"witness_ahead"})):
        (tmp_path / "checkpoint").write_bytes(at(when))
        report = both(tmp_path)
        assert report.ok and noted(report) == expected
    (tmp_path / "checkpoint").write_bytes(at(cosignature.TIME_LIMIT))
    assert f"at {cosignature.TIME_LIMIT}." in " ".join(n.says() for n in both(tmp_path).notes)
    (tmp_path / "checkpoint").write_bytes(at(1_300_000_000))
    for before, expected in ((1_300_000_000, set()), (1_300_000_001, {"witness_back"})):
        report = both(tmp_path, kept=signed.kept("kept", at(before, 9)))
        assert report.ok and noted(report) == expected
    assert noted(both(tmp_path, kept=kept(entries_of(), size=9))) == set()


def test_a_root_that_is_older_than_the_register_is_noted(tmp_path: Path) -> None:
    data = entries_of()
    make_folder(tmp_path, data=data)
    assert "root_behind" not in {note.code for note in both(tmp_path).notes}
    for name, content in making._root(note_of(data, OWN, 1)):
        (tmp_path / name).write_bytes(content)
    said = [note.says("en") for note in both(tmp_path).notes if note.code == "root_behind"]
    assert len(said) == 1 and f"1 of {len(data)} entries" in said[0]


def test_cosignatures_without_a_policy_are_noted(tmp_path: Path) -> None:
    make_folder(tmp_path, witnesses=WITNESSES)
    (tmp_path / "policy").unlink()
    said = [note.says("en") for note in both(tmp_path).notes if note.code == "no_policy"]
    assert len(said) == 1 and all(name in said[0] for name in WITNESSES)


def test_where_nobody_else_signed_and_no_policy_asks_for_it_that_is_noted(tmp_path: Path) -> None:
    make_folder(tmp_path)
    (tmp_path / "policy").unlink(missing_ok=True)
    assert "no_witness" in {note.code for note in both(tmp_path).notes}


def test_a_history_that_goes_on_under_a_replaced_key_is_a_fork() -> None:
    data = entries_of()
    keys, other = signed.Keys(OWN.verifier), Signer(OWN.name, b"n" * 32)
    keys._since.append((31, other.verifier))
    fork = [*data[:40], changed(data[40], id="fork"), *data[41:]]
    tree = Leaves()
    for line in data:
        tree.append(leaf_hash(line))
    for whose, code in ((OWN, "split_view"), (Signer(OWN.name, b"t" * 32), "re_signed")):
        report = Report()
        one = signed.kept("kept", note_of(fork, whose))
        assert not signed.compare(report, one, tree, keys, one.head)
        assert report.codes() == {code}
