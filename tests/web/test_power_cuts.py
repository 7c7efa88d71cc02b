"""Power cuts under the real writer: what was acknowledged is there, and the checks can fail."""

import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.web.demonstrated import demonstrated
from tools.bench.demonstration import ROOT
from tools.powercut.checking import DATABASE, Checker, Said
from tools.powercut.cutting import Run, tallied
from tools.powercut.disk import Disk, survivors, torn
from tools.powercut.ready import copy
from tools.powercut.report import put, stands
from tools.powercut.runs import CONTROLS, HOUSE, failures, runs
from tools.powercut.tracing import Ack, Name, NotModelled, Reader, Resize, Sync, Write

SEED = "1"
SMALL = Run("small", acts=10, reopen=5)


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return demonstrated(tmp_path_factory)


def test_no_act_is_lost_and_a_control_loses_some(base):
    control = Run("normal", acts=6, synchronous="NORMAL")
    told = {SMALL: tallied(SMALL, SEED, base, 240), control: tallied(control, SEED, base, 80)}
    assert not failures(told)
    house = told[SMALL]
    assert house.acks == SMALL.acts and house.images >= 200
    assert len(house.kinds) == 5
    # A house that lost as much as the control does would be found out.
    assert failures({replace(SMALL, name="weak"): told[control]})
    assert failures({control: house})


@pytest.mark.prove
def test_thousands_of_cuts_lose_nothing(base):
    told = runs(base, SEED, 9_000, 20)
    assert not failures(told)
    assert sum(told[run].images for run in HOUSE) >= 9_000
    assert all(told[run].went_on == 20 for run in HOUSE)


def test_the_document_tells_a_good_run():
    rows = stands((ROOT / "docs/trust.md").read_text("utf-8"))
    assert len(rows) == len(HOUSE) + len(CONTROLS)
    house, controls = rows[: len(HOUSE)], rows[len(HOUSE) :]
    assert sum(number(row, "images") for row in house) >= 9_000
    for row in house:
        assert row["writer"].startswith("`FULL`") and number(row, "acts")
        assert [row[bad] for bad in ("corrupt", "acts lost", "worst loss", "forks", "stuck")] == (
            ["0"] * 5
        )
    for row in controls:
        assert row["writer"].startswith("**control") and number(row, "acts lost")
    told = "a\n<!-- tools/powercut writes from here -->\nold\n<!-- to here -->\nz\n"
    assert "new" in put(told, "new") and "old" not in put(told, "new")
    with pytest.raises(ValueError, match="marks"):
        put("a", "new")


def number(row: dict[str, str], column: str) -> int:
    return int(row[column].replace(",", ""))


# -- the disk -------------------------------------------------------------------------------------


def test_only_what_was_synced_before_stays(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    disk = Disk(tmp_path)
    disk.go_on(Write(1, 1, 0, b"new"))
    disk.go_on(Write(5, 1, 3, b"er"))
    assert disk.image([]).files == {"a": b"old"}
    assert disk.image(disk.waiting).files == {"a": b"newer"}
    # The sync began before the second write had ended.
    disk.go_on(Sync(6, 1, began=4))
    assert disk.image([]).files == {"a": b"new"}
    disk.go_on(Resize(7, 1, 1))
    disk.go_on(Sync(8, 1, began=8))
    assert disk.image([]).files == {"a": b"n"} and not disk.waiting


def test_a_new_file_is_there_when_its_folder_was_synced(tmp_path):
    (tmp_path / "d").mkdir()
    disk = Disk(tmp_path)
    disk.go_on(Name(1, (1,), (("d/a", 2),)))
    disk.go_on(Write(2, 2, 0, b"x"))
    disk.go_on(Sync(3, 2, began=3))
    assert disk.image([]).files == {}
    disk.go_on(Sync(4, 1, began=4))
    assert disk.image([]).files == {"d/a": b"x"}
    disk.go_on(Name(5, (1,), (("d/a", None), ("d/b", 2))))
    assert disk.image([]).files == {"d/a": b"x"}
    assert disk.image(disk.waiting).files == {"d/b": b"x"}


def test_a_torn_write_is_made_of_whole_sectors():
    write, chance = Write(1, 1, 500, bytes(range(256)) * 5), random.Random(SEED)
    for _ in range(50):
        for piece in torn(write, chance):
            assert isinstance(piece, Write)
            end = piece.offset + len(piece.data)
            assert piece.offset in (500, 512, 1024, 1536) and end in (512, 1024, 1536, 1780)
            assert piece.data == write.data[piece.offset - 500 : end - 500]
    lengths = {len(survivors([write] * 4, "some, torn", chance)) for _ in range(50)}
    assert len(lengths) > 4


# -- the trace ------------------------------------------------------------------------------------


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def read(tmp_path: Path, *lines: str):
    """The events of a trace in which <a> and "a" stand for paths."""
    reader = Reader(tmp_path / "data", tmp_path / "acks")
    whole = []
    for line in lines:
        for name in ("data/a", "data/b", "data", "acks"):
            path = hexed(str(tmp_path / name))
            line = line.replace(f"<{name}>", f"<{path}>").replace(f'"{name}"', f'"{path}"')
        whole.append(line)
    return reader.events(iter(whole))


def test_a_trace_is_read_as_changes_syncs_and_answers(tmp_path):
    (tmp_path / "data").mkdir()
    opened = '7 openat(AT_FDCWD<data>, "data/a", O_RDWR|O_CREAT, 0600) = 3<data/a>'
    assert read(
        tmp_path,
        opened,
        f'7 pwrite64(3<data/a>, "{hexed("abcd")}", 4, 8) = 3',
        "7 fdatasync(3<data/a> <unfinished ...>",
        f'8 write(4<acks>, "{hexed("one")}\\x0a", 4 <unfinished ...>',
        f'7 write(3<data/a>, "{hexed("no")}", 2) = -1 ENOSPC (No space left on device)',
        "7 <... fdatasync resumed>) = 0",
        "8 <... write resumed>) = 4",
        '7 rename("data/a", "data/b") = 0',
        "7 close(3<data/b>) = 0",
    ) == [
        Name(0, (0,), (("a", 1),)),
        Write(1, 1, 8, b"abc"),
        Ack(3, "one"),
        Sync(5, 1, began=2),
        Name(7, (0,), (("a", None), ("b", 1))),
    ]
    for strange in ("fallocate(3<data/a>, 0, 0, 10) = 0", "writev(3<data/a>, [], 0) = 5"):
        with pytest.raises(NotModelled):
            read(tmp_path, opened, f"7 {strange}")


# -- the check ------------------------------------------------------------------------------------


def test_the_check_sees_every_kind_of_loss(base, tmp_path):
    def changed(name: str, *statements: str) -> Path:
        copy(base, tmp_path / name)
        with sqlite3.connect(tmp_path / name / DATABASE) as database:
            triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (trigger,) in triggers.fetchall():
                database.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                database.execute(statement)
        database.close()
        return tmp_path / name

    checker = Checker(base)
    log = checker.before[ORIGIN]
    size = len(log.entries)
    assert checker.check(changed("same"), []).good
    more = Said(ORIGIN, size, "later", "", "", 0, "-")
    assert checker.check(tmp_path / "same", [more]).lost == 1
    other = Said(ORIGIN, size - 1, log.uids[-1], "00" * 32, "00" * 32, 0, "-")
    assert checker.check(tmp_path / "same", [other]).forked == 1
    of = f"register_id = (SELECT id FROM web_register WHERE origin = '{ORIGIN}')"
    for name, statements, why in (
        ("row", [f"DELETE FROM web_row WHERE {of} AND n = {size - 1}"], "signed"),
        ("head", [f"DELETE FROM web_checkpoint WHERE {of} AND size = {size}"], ""),
        ("leaf", [f"UPDATE web_row SET data = x'00' WHERE {of} AND n = 3"], "leaf 3"),
        ("hole", [f"DELETE FROM web_row WHERE {of} AND n = 3"], "missing"),
        ("signature", [f"UPDATE web_checkpoint SET note = {edited(log.notes[size])} "
                       f"WHERE {of} AND size = {size}"], ""),
        ("root", ["DELETE FROM web_rooted WHERE n = (SELECT MAX(n) FROM web_rooted)"], "signed"),
    ):  # fmt: skip
        finding = checker.check(changed(name, *statements), [])
        assert finding.broken and why in finding.broken, (name, finding)
    whole = (tmp_path / "same" / DATABASE).read_bytes()
    copy(base, tmp_path / "torn")
    (tmp_path / "torn" / DATABASE).write_bytes(whole[: len(whole) // 2])
    assert checker.check(tmp_path / "torn", []).broken
    # An older database beside what was published since: the house will not sign.
    shutil.copytree(tmp_path / "same", tmp_path / "older")
    head = next((tmp_path / "older" / "heads").glob("*naryn"))
    ahead = log.notes[size].replace(f"\n{size}\n".encode(), f"\n{size + 1}\n".encode())
    head.write_bytes(ahead)
    assert str(size + 1) in checker.check(tmp_path / "older", []).stuck


ORIGIN = "kerege.local/naryn"


def edited(note: bytes) -> str:
    """A note whose signature is no longer its own, as SQL."""
    other = bytearray(note)
    # Within the signature, which ends the line.
    other[-12] = ord("A") if other[-12] != ord("A") else ord("B")
    return f"x'{other.hex()}'"
