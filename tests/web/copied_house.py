"""Another house's export, followed by this one: grown or forged by the tests."""

import shutil

import pytest
from django.conf import settings

from kerege.web.importing import NotTaken
from kerege.web.mirroring import follow
from kerege.web.models import Checkpoint, Register, Row
from kerege.web.public import Public
from tests.archive.making import NAME, entries_of, make_folder

ORIGIN = f"{NAME}/on-archa"
DATA = entries_of()
FIRST = 20


def own_house(tmp_path, monkeypatch) -> None:
    """A house of its own for heads and forks; keys stay under the master key there is."""
    data = tmp_path / "house"
    data.mkdir()
    shutil.copy(settings.DATA / "master.key", data)
    monkeypatch.setattr(settings, "DATA", data)


def grow(folder, data, **how):
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder, data=data, **how)
    return folder


def here() -> Register:
    return Register.objects.get(origin=ORIGIN)


def lines() -> list[bytes]:
    return list(Public(here()).lines())


def refused(folder, code: str, vkey: str = "") -> NotTaken:
    """Not followed, for this reason; and nothing of it was written."""
    before = Row.objects.count(), Register.objects.count(), Checkpoint.objects.count()
    with pytest.raises(NotTaken) as why:
        follow(str(folder), vkey)
    assert why.value.code == code, why.value
    assert before == (Row.objects.count(), Register.objects.count(), Checkpoint.objects.count())
    return why.value
