"""Registers made once for several files of tests."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from kerege.archive import refolding
from kerege.constitution import packs, plain
from tests.archive.making import entries_of, grown, make_folder
from tests.archive.verifying import MANY, WITNESSES

PLAINLY, BY_CEDAR = cache(plain.from_text), cache(packs.from_text)


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rulebook is read once for all tests."""
    monkeypatch.setattr(plain, "from_text", PLAINLY)
    monkeypatch.setattr(refolding, "from_text", BY_CEDAR)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bundles and their tiles, so that no file holds everything."""
    path = tmp_path_factory.mktemp("made")
    make_folder(path, data=grown(MANY))
    return path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "folder")
    return tmp_path / "folder"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small")
    make_folder(path, data=entries_of()[:8], witnesses=WITNESSES[:1])
    return path
