"""An export is written whole or not at all, and never over anything else."""

import errno
import os

import pytest

from kerege.archive import export as exporting
from kerege.archive.export import NotOurs, export

ENTRIES = [b'{"n":0}', b'{"n":1}']


class Kept:
    """The public files of a register, in memory."""

    def __init__(self, key: bytes = b"first\n", entries: list[bytes] = ENTRIES) -> None:
        self.entries = entries
        self.files = {
            "key": key,
            "tile/0/000.p/2": b"hashes",
            "root/checkpoint": b"note",
            "register.jsonl": b"",
        }

    def paths(self):
        return list(self.files)

    def read(self, path):
        return self.files.get(path)

    def lines(self):
        return iter(self.entries)


def tree(folder) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_file_is_written(tmp_path):
    assert export(Kept(), tmp_path / "a/b") == 2
    assert tree(tmp_path / "a/b") == {
        "key": b"first\n",
        "tile/0/000.p/2": b"hashes",
        "root/checkpoint": b"note",
        "register.jsonl": b'{"n":0}\n{"n":1}\n',
    }
    assert (tmp_path / "a/b").stat().st_mode & 0o777 == 0o755


def test_every_file_and_folder_is_on_the_disk_before_it_is_moved_there(tmp_path, monkeypatch):
    synced, moved, fsync = set(), [], os.fsync

    def remember(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def take_place(made, folder, before):
        moved.append({path.stat().st_ino for path in (made, *made.rglob("*"))} - synced)

    monkeypatch.setattr(os, "fsync", remember)
    monkeypatch.setattr(exporting, "take_place", take_place)
    export(Kept(), tmp_path / "out")
    assert moved == [set()]


def test_an_earlier_export_of_the_register_is_replaced_whole(tmp_path):
    first = Kept()
    first.files["tile/0/000.p/1"] = b"earlier"
    export(first, tmp_path / "out")
    # The key was changed meanwhile: the register is known by the one it began with.
    export(Kept(key=b"first\nsecond\n"), tmp_path / "out")
    assert set(tree(tmp_path / "out")) == set(Kept().files)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_as_good_as_none(tmp_path):
    (tmp_path / "out").mkdir()
    assert export(Kept(), tmp_path / "out") == 2


def test_another_register_s_export_is_left_alone(tmp_path):
    export(Kept(), tmp_path / "out")
    with pytest.raises(NotOurs, match="another register"):
        export(Kept(key=b"other\n"), tmp_path / "out")
    assert tree(tmp_path / "out")["key"] == b"first\n"


@pytest.mark.parametrize("names", [["photo.jpg"], ["key"], ["register.jsonl"]])
def test_a_folder_of_somebody_s_is_left_alone(tmp_path, names):
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(NotOurs, match="no export"):
        export(Kept(), tmp_path)
    assert sorted(tree(tmp_path)) == names


def test_a_file_in_the_place_is_left_alone(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(NotOurs, match="no folder"):
        export(Kept(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    export(Kept(), tmp_path / "out")
    before, calls = tree(tmp_path), []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        export(Kept(entries=[b"{}"] * 9), tmp_path / "out")
    assert tree(tmp_path) == before


def test_a_place_that_cannot_be_taken_is_given_back(tmp_path, monkeypatch):
    export(Kept(), tmp_path / "out")
    before = tree(tmp_path)
    rename = exporting.Path.rename

    def refusing(path, to):
        if path.name == "export":
            raise OSError(errno.EXDEV, "no")
        return rename(path, to)

    monkeypatch.setattr(exporting.Path, "rename", refusing)
    with pytest.raises(OSError, match="no"):
        export(Kept(key=b"first\nsecond\n"), tmp_path / "out")
    assert tree(tmp_path) == before


def test_a_file_that_goes_away_meanwhile_stops_it(tmp_path):
    files = Kept()
    files.files["documents/x"] = None
    with pytest.raises(FileNotFoundError, match="gone"):
        export(files, tmp_path / "out")
    assert not list(tmp_path.iterdir())
