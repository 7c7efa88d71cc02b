"""A register leaves the house: as public files, or whole, and then only a copy stays."""

import os
import shutil
import stat
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import OperationalError, transaction

from kerege.archive.export import NotOurs
from kerege.archive.moving import put, unpack
from kerege.archive.verify import verify
from kerege.municipality.problem import Malformed
from kerege.register import checkpoint
from kerege.web import heads, keys, leaving, receipts, sent
from kerege.web.gate import perform
from kerege.web.leaving import NotHere, depart, export, linked
from kerege.web.models import Account, Departed, Register
from kerege.web.public import Public
from tests.web.moving_house import quick
from tests.web.test_gate import NOW, attempt

PASSPHRASE = "бир нече узун сөз"


@pytest.fixture
def town(demo) -> Register:
    return Register.objects.get(slug="on-archa")


@pytest.mark.parametrize("slug", ["on-archa", "naryn", "kg"])
def test_an_export_is_judged_again_and_holds(demo, slug, tmp_path):
    size = export(slug, tmp_path / "out")
    report = verify(tmp_path / "out")
    assert report.problems == [] and report.size == size


def test_it_is_exported_anew_in_the_same_place_and_nowhere_else(town, tmp_path):
    size = export("on-archa", tmp_path / "out")
    perform(town, attempt(), NOW)
    assert export("on-archa", tmp_path / "out") == size + 1
    assert verify(tmp_path / "out").ok
    with pytest.raises(NotOurs):
        export("naryn", tmp_path / "out")


def test_a_newer_export_is_not_replaced_by_an_older_one(town, tmp_path):
    """After an old copy was restored it may be the only place that has what was lost."""
    before = transaction.savepoint()
    perform(town, attempt(), NOW)
    size = export("on-archa", tmp_path / "out")
    transaction.savepoint_rollback(before)
    with pytest.raises(NotOurs, match=f"{size} entries, and here are {size - 1}"):
        export("on-archa", tmp_path / "out")
    assert verify(tmp_path / "out").size == size


def test_what_is_behind_does_not_leave_whole(town, tmp_path, settings):
    """Elsewhere nobody would know what it has published."""
    shutil.copy(keys.path(), tmp_path)
    settings.DATA = tmp_path
    public = Public(town)
    ahead = checkpoint.Checkpoint(town.origin, public.size + 1, bytes(32))
    heads.write(town.origin, ahead.size, checkpoint.sign(ahead, keys.signer(town.origin)))
    with pytest.raises(NotHere, match="behind"):
        depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    assert not (tmp_path / "whole.age").exists()


def test_what_leaves_whole_is_everything(town, tmp_path):
    size = depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    whole = unpack(tmp_path / "whole.age", PASSPHRASE, tmp_path / "in")
    assert (whole.slug, whole.origin, whole.size) == ("on-archa", town.origin, size)
    assert verify(whole.public).ok and verify(whole.law).ok
    assert len([*whole.tables["checkpoints"]]) == size
    assert {one["code"] for one in whole.tables["accounts"]} == {a.code for a in linked(town)}
    assert all("operator" not in one for one in whole.tables["accounts"])
    # To be told of when something in it must be erased.
    assert Departed.objects.get(register=town).path == str(tmp_path / "whole.age")


def test_the_accounts_that_leave_are_those_that_entries_link(town):
    assert {a.username for a in linked(town)} >= {"on-archa-recorder", "on-archa-head"}
    assert not {a.username for a in linked(town)} & {"naryn-recorder", "operator"}


def test_after_leaving_only_a_copy_stays(town, tmp_path, monkeypatch):
    quick(monkeypatch)
    before = attempt()
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE, leave="https://example.kg/on-archa/log")
    with pytest.raises(Malformed) as refused:
        perform(town, before, NOW)
    assert refused.value.problems[0].key == "only_a_copy"
    with pytest.raises(NotHere, match="only a copy"):
        depart("on-archa", tmp_path / "again.age", PASSPHRASE)
    # Whoever follows it here still finds the same register.
    export("on-archa", tmp_path / "out")
    assert verify(tmp_path / "out").problems == []


def test_a_plain_copy_leaves_the_register_here(town, tmp_path, monkeypatch):
    quick(monkeypatch)
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    assert perform(town, attempt(), NOW) == Public(town).size - 1


def test_what_cannot_be_written_changes_nothing(town, tmp_path, monkeypatch):
    quick(monkeypatch)
    (tmp_path / "there.age").write_text("mine")
    for file in (tmp_path / "there.age", tmp_path / "no/folder.age"):
        for leave in ("", None):
            with pytest.raises(OSError):
                depart("on-archa", file, PASSPHRASE, leave=leave)
    with pytest.raises(ValueError):
        depart("on-archa", tmp_path / "open.age", "")
    assert (tmp_path / "there.age").read_text() == "mine"
    town.refresh_from_db()
    assert town.mirror_of == "" and not Departed.objects.exists()
    perform(town, attempt(), NOW)


def test_where_the_commit_fails_no_file_with_the_key_stays(town, tmp_path, monkeypatch):
    quick(monkeypatch)
    whole = tmp_path / "whole.age"

    @contextmanager
    def full():
        with transaction.atomic():
            yield
            assert whole.exists()
            raise OperationalError("the disk is full")

    monkeypatch.setattr(leaving, "transaction", SimpleNamespace(atomic=full))
    with pytest.raises(OperationalError):
        depart("on-archa", whole, PASSPHRASE, leave="https://example.kg/on-archa/log")
    assert not list(tmp_path.iterdir())
    town.refresh_from_db()
    assert town.mirror_of == "" and not Departed.objects.exists()


def test_the_file_is_safe_from_a_power_cut_or_is_not_there(tmp_path, monkeypatch):
    synced = []

    def fails(descriptor):
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        if synced[-1]:
            raise OSError("the disk is gone")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="is gone"):
        put(b"...", tmp_path / "whole.age")
    assert synced == [False, True] and not list(tmp_path.iterdir())


def test_the_country_s_register_does_not_leave_whole(demo, tmp_path):
    with pytest.raises(NotHere):
        depart("kg", tmp_path / "kg.age", PASSPHRASE)
    with pytest.raises(Register.DoesNotExist):
        depart("nowhere", tmp_path / "x.age", PASSPHRASE)
    assert not list(tmp_path.iterdir()) and Account.objects.exists()


def test_how_entries_were_sent_goes_with_them_and_must_fit(town, tmp_path):
    sent.keep(town, 3, sent.Sending("code"))
    sent.keep(town, 4, sent.Sending(sent.PASSKEY, b"\xa0", b"x" * 37, b"{}", b"y"))
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    lines = [*unpack(tmp_path / "whole.age", PASSPHRASE, tmp_path / "in").tables["sent"]]
    assert [(one["n"], one["how"]) for one in lines] == [(3, "code"), (4, "passkey")]
    elsewhere = Register.objects.get(slug="naryn")
    assert list(sent.take(elsewhere, lines)) == ["left out: how entry 4 was sent does not fit it"]
    assert receipts.proven(elsewhere, 3).sent == sent.Sending("code")
    # The same file once more changes nothing.
    assert receipts.proven(elsewhere, 4).sent is None
    assert list(sent.take(elsewhere, lines[:1])) == []


def test_of_a_register_that_left_the_desk_says_where_it_is_kept(
    town, tmp_path, monkeypatch, person
):
    quick(monkeypatch)
    recorder = person("on-archa-recorder")
    place = "https://example.kg/on-archa/log"
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE, leave=place)
    pages = ["/en/desk/", "/en/on-archa/acts/", "/en/on-archa/acts/RaiseIssue/"]
    for address in (*pages, "/en/on-archa/codes/"):
        page = recorder.get(address).content.decode()
        assert "It is kept elsewhere" in page and f'href="{place[:-3]}"' in page, address
        assert "/acts/RaiseIssue/?" not in page and 'name="title"' not in page
