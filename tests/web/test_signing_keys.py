"""Keys at rest: sealed under one master key, and opened by nobody without it."""

import pytest
from django.db import IntegrityError, transaction

from kerege.register.note import Signer
from kerege.web import keys
from kerege.web.keys import Locked
from kerege.web.models import Key


@pytest.fixture
def data(db, tmp_path, settings, monkeypatch):
    """A data directory of its own, without a passphrase."""
    settings.DATA = tmp_path
    monkeypatch.delenv("KEREGE_PASSPHRASE", raising=False)
    monkeypatch.delenv("KEREGE_PASSPHRASE_FILE", raising=False)
    Key.objects.all().delete()
    keys._opened.cache_clear()
    yield tmp_path
    keys._opened.cache_clear()


def test_a_key_made_is_in_force_and_lies_there_sealed(data):
    made = keys.make("house/a")
    row = Key.objects.get(origin="house/a")
    assert keys.signer("house/a") == made and row.vkey == made.verifier.vkey
    assert made.seed not in bytes(row.sealed) and len(row.sealed) == 12 + 32 + 16
    assert (data / "master.key").stat().st_mode & 0o777 == 0o600
    later = keys.make("house/a", since=7)
    assert keys.signer("house/a") == later
    assert keys.vkeys("house/a") == [made.verifier.vkey, later.verifier.vkey]


def test_a_sealed_seed_opens_in_its_own_row_only(data):
    made, other = keys.make("house/a"), keys.make("house/b")
    Key.objects.filter(origin="house/b").update(
        sealed=bytes(Key.objects.get(origin="house/a").sealed)
    )
    with pytest.raises(Locked, match="another master key"):
        keys.signer("house/b")
    assert keys.signer("house/a") == made != other


def test_a_master_key_that_is_gone_is_not_made_anew_unasked(data):
    keys.make("house/a")
    before = (data / "master.key").read_text()
    (data / "master.key").unlink()
    keys._opened.cache_clear()
    for _ in range(2):
        with pytest.raises(Locked, match="is gone"):
            keys.signer("house/a")
        with pytest.raises(Locked, match="is gone"):
            keys.make("house/b")
    assert not (data / "master.key").exists()
    (data / "master.key").write_text(before)
    assert keys.signer("house/a").name == "house/a"


def test_brought_back_from_its_sheet_it_opens_what_it_sealed(data):
    made, master = keys.make("house/a"), keys.master()
    with pytest.raises(FileExistsError):
        keys.bring_back(master)
    (data / "master.key").unlink()
    keys._opened.cache_clear()
    keys.bring_back(master)
    assert keys.signer("house/a") == made


def test_another_master_key_is_not_brought_back(data):
    keys.make("house/old")
    made, master = keys.make("house/a"), keys.master()
    # One that was sealed under a master key now lost for good stands in nobody's way.
    Key.objects.create(origin="house/lost", vkey="lost", sealed=bytes(60))
    (data / "master.key").unlink()
    keys._opened.cache_clear()
    for wrong in (bytes(32), master[::-1], master[:16]):
        with pytest.raises(Locked):
            keys.bring_back(wrong)
        assert not (data / "master.key").exists()
    keys.bring_back(master)
    assert keys.signer("house/a") == made


def test_begun_anew_it_opens_nothing_of_before(data):
    keys.make("house/a")
    (data / "master.key").unlink()
    keys._opened.cache_clear()
    keys.begin_anew()
    with pytest.raises(Locked, match="another master key"):
        keys.signer("house/a")
    assert keys.signer(keys.make("house/b").name)


def test_under_a_passphrase_it_opens_with_that_one_alone(data, monkeypatch):
    made = keys.make("house/a")
    plain = (data / "master.key").read_text()
    keys.wrap("a long enough passphrase")
    wrapped = (data / "master.key").read_text()
    assert plain.split()[-1] not in wrapped
    for said in ("", "another passphrase"):
        keys._opened.cache_clear()
        monkeypatch.setenv("KEREGE_PASSPHRASE", said)
        with pytest.raises(Locked, match="passphrase"):
            keys.signer("house/a")
    (data / "passphrase").write_text("a long enough passphrase\n")
    monkeypatch.setenv("KEREGE_PASSPHRASE_FILE", str(data / "passphrase"))
    assert keys.signer("house/a") == made
    keys.wrap("")
    assert (data / "master.key").read_text() == plain


def test_a_passphrase_file_that_is_gone_locks(data, monkeypatch):
    keys.make("house/a")
    keys._opened.cache_clear()
    monkeypatch.setenv("KEREGE_PASSPHRASE_FILE", str(data / "nowhere"))
    with pytest.raises(Locked, match="KEREGE_PASSPHRASE_FILE"):
        keys.signer("house/a")


@pytest.mark.parametrize("line", ["", "kerege/master/v1 plain AAAA\n", "kerege/master/v9 plain x"])
def test_what_is_no_master_key_locks(data, line):
    keys.make("house/a")
    (data / "master.key").write_text(line)
    keys._opened.cache_clear()
    with pytest.raises(Locked):
        keys.signer("house/a")


def test_of_a_key_without_its_seed_nothing_is_signed(data):
    elsewhere = Signer("house/a", b"\1" * 32)
    keys.make("house/a")
    keys.without_seed(elsewhere.verifier, since=5)
    with pytest.raises(Locked, match="no seed here"):
        keys.signer("house/a")
    with pytest.raises(IntegrityError), transaction.atomic():
        keys.take_in(elsewhere)


@pytest.mark.parametrize("deed", ["make", "write"])
def test_the_name_of_the_master_key_is_on_the_disk_before_it_is_used(data, monkeypatch, deed):
    """What is sealed under it is committed next; a power cut must not leave that alone."""
    if deed == "write":
        keys.master()
    names, done, synced = [], [], keys.sync_folder

    def sync(folder) -> None:
        names.append(sorted(one.name for one in data.iterdir()))
        done.append(folder)
        synced(folder)

    monkeypatch.setattr(keys, "sync_folder", sync)
    keys.wrap("") if deed == "write" else keys.master()
    assert done == [data] and names == [["master.key"]]


def test_a_log_without_a_key_signs_nothing(data):
    with pytest.raises(Locked, match="no key signs"):
        keys.signer("house/nobody")
