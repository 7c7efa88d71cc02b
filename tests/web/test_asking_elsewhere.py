"""A starting server asks other places what was published last."""

import shutil
import socket
import time
from threading import Event, current_thread

import pytest

from kerege.register import checkpoint, tiles
from kerege.register.note import Signer
from kerege.web import elsewhere, heads, keys
from kerege.web.catching_up import behind
from kerege.web.elsewhere import ask_elsewhere
from kerege.web.heads import Behind
from kerege.web.nodes import Leaves
from tests.web.restored import (
    change_bundle,
    declare,
    other_note,
    rotate_as_stolen,
)


def test_a_starting_server_learns_elsewhere_that_it_is_behind(restored, settings):
    old = restored(rotate_as_stolen)
    heads.path(old.town.origin).unlink()
    assert not behind(old.town)
    settings.MIRRORS = [str(old.folder.parent / "nowhere" / "{slug}"), str(old.folder)]
    ask_elsewhere()
    assert behind(old.town)
    with pytest.raises(Behind):
        old.act()


def test_a_signed_head_is_believed_without_its_entries(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    shutil.rmtree(old.folder / "tile")
    settings.MIRRORS = [str(old.folder)]
    ask_elsewhere()
    assert behind(old.town)


def test_an_answer_that_comes_late_is_remembered_when_it_comes(restored, settings, monkeypatch):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    settings.MIRRORS = [str(old.folder)]
    given_up, asked = Event(), []
    at_once = elsewhere._head_elsewhere

    def late(mine, source):
        asked.append(current_thread())
        given_up.wait(60)
        return at_once(mine, source)

    monkeypatch.setattr(elsewhere, "_head_elsewhere", late)
    ask_elsewhere(patience=0)
    assert not behind(old.town)
    given_up.set()
    for one in asked:
        one.join(60)
    assert behind(old.town)


def test_another_history_of_the_same_length_stops_the_signing(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    settings.MIRRORS = [str(old.folder)]
    for size in (old.size(), old.size() - 1):
        own = tiles.root(Leaves(old.town), size)
        for said, forked in ((own, False), (b"\7" * 32, True)):
            head = checkpoint.Checkpoint(old.town.origin, size, said)
            signer = keys.signer(old.town.origin)
            (old.folder / "checkpoint").write_bytes(checkpoint.sign(head, signer))
            ask_elsewhere()
            assert behind(old.town) == forked
        heads.path(old.town.origin).unlink()


def test_whatever_goes_wrong_with_a_place_it_was_not_asked(restored, settings, monkeypatch, caplog):
    restored(declare)
    settings.MIRRORS = ["nowhere"]

    def fail(mine, source):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(elsewhere, "_head_elsewhere", fail)
    ask_elsewhere()
    assert "nowhere was not asked: by nought" in caplog.text


def test_a_head_of_a_later_key_is_not_believed_without_its_entries(restored, settings):
    old = restored(rotate_as_stolen)
    heads.path(old.town.origin).unlink()
    change_bundle(old.folder, old.size() + 1, lambda x: [*x[:-1], x[-1].replace(b"false", b"true")])
    settings.MIRRORS = [str(old.folder)]
    ask_elsewhere()
    assert not behind(old.town)


def test_what_another_says_without_our_signature_is_not_believed(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    other_note(old.folder, Signer(old.town.origin, b"\6" * 32))
    settings.MIRRORS = [str(old.folder)]
    ask_elsewhere()
    assert not behind(old.town)


def test_it_does_not_wait_for_who_does_not_answer(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}/{{slug}}"
        settings.MIRRORS = [place, str(old.folder), place]
        began = time.monotonic()
        ask_elsewhere(patience=0.5)
        # Far less than one answer is waited for when a register is read.
        assert time.monotonic() - began < 10
    assert behind(old.town)
