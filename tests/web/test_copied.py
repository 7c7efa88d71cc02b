"""A folder that was put back whole signs nothing until a person says that it is the newest copy."""

import os
import shutil

import pytest

from kerege.web import catching_up, copied, heads, readiness, root
from kerege.web.copied import Copied
from kerege.web.heads import Damaged
from kerege.web.rotating import rotate
from tests.web.restored import declare


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    copied.settle()
    head = heads.path("house/naryn")
    head.write_bytes(b"x")
    copied.settle()
    return heads.folder()


def test_a_house_that_stays_where_it_is_is_no_copy(folder, tmp_path, settings):
    os.utime(folder / ".here")
    (folder / "house%2Fnaryn").write_bytes(b"longer")
    settings.DATA.rename(tmp_path / "moved")
    settings.DATA = tmp_path / "moved"
    # To set the times of a file changes it.
    assert copied.is_copy()
    copied.go_on("said")
    settings.DATA.rename(tmp_path / "again")
    settings.DATA = tmp_path / "again"
    assert not copied.is_copy()
    copied.hold()


@pytest.mark.parametrize("how", [shutil.copy, shutil.copy2])
def test_a_copy_is_told_and_goes_on_when_it_is_said(folder, tmp_path, settings, how):
    shutil.copytree(settings.DATA, tmp_path / "copy", copy_function=how)
    shutil.rmtree(settings.DATA)
    (tmp_path / "copy").rename(settings.DATA)
    copied.settle()
    with pytest.raises(Copied, match="kerege keys continue"):
        copied.hold()
    copied.go_on("said to be the newest")
    copied.hold()
    assert (heads.folder() / ".here").read_text().splitlines()[1:] == ["said to be the newest"]


def test_a_program_that_copies_only_what_differs_is_told(folder):
    other = folder / "other"
    other.write_bytes(b"old")
    other.replace(folder / "house%2Fnaryn")
    assert copied.is_copy()


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"[]", b"\xff"])
def test_what_cannot_be_read_is_taken_for_a_copy(folder, spoilt):
    (folder / ".here-is").write_bytes(spoilt)
    assert copied.is_copy()


def test_a_head_that_was_emptied_is_damage(folder):
    head = heads.path("house/naryn")
    head.write_bytes(b"")
    for gone in (False, True):
        if gone:
            head.unlink()
        with pytest.raises(Damaged, match="house%2Fnaryn"):
            heads.hold("house/naryn", 3, b"\1" * 32, lambda size: None)
    # A log that begins has published nothing; nor has one that is not known of.
    heads.hold("house/naryn", 0, b"", lambda size: None)
    heads.hold("house/osh", 3, b"\1" * 32, lambda size: None)


def test_a_head_that_is_a_folder_is_named(folder):
    heads.path("house/osh").mkdir()
    with pytest.raises(Damaged, match="house%2Fosh"):
        heads.known("house/osh")
    with pytest.raises(Damaged, match="house%2Fosh"):
        heads.write("house/osh", 1, b"house/osh\n1\nAAAA\n\n")


@pytest.fixture
def copy(restored, tmp_path, monkeypatch):
    """A town with all its heads in a folder that was copied."""
    old = restored(declare)
    for origin in (old.town.origin, root.origin()):
        heads.path(origin).unlink()
    copied.settle()
    (heads.folder() / ".here").touch()
    monkeypatch.setattr(copied, "_seen", set())
    return old


def test_a_copy_signs_nothing(copy):
    with pytest.raises(Copied):
        copy.act()
    assert "ready.copied" in {one.key for one in readiness.look()}
    catching_up.go_on()
    copy.act()
    assert "ready.copied" not in {one.key for one in readiness.look()}


def test_what_a_mirror_has_is_brought_back_into_a_copy(copy):
    assert catching_up.catch_up(copy.town, str(copy.folder)) == 1
    with pytest.raises(Copied):
        rotate(copy.town)
    catching_up.go_on()
    rotate(copy.town)
    assert root.catch_up() == 1 and not root.late()


def test_a_copy_that_is_known_to_be_behind_is_not_the_newest(copy):
    heads.write(copy.town.origin, copy.size() + 1, (copy.folder / "checkpoint").read_bytes())
    with pytest.raises(catching_up.NotNewest, match="published of nookat"):
        catching_up.go_on()
    assert copied.is_copy()
    catching_up.catch_up(copy.town, str(copy.folder))
    catching_up.go_on()
    assert not copied.is_copy()
