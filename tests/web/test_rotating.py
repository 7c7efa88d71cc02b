"""Changing keys: in routine, when one is lost or stolen, and when the thief was faster."""

import pytest
from django.db import DatabaseError

from kerege.archive.verify import verify
from kerege.municipality.problem import Malformed
from kerege.municipality.territory import Unit
from kerege.register import rotation
from kerege.register.checkpoint import Checkpoint, open_checkpoint
from kerege.register.checkpoint import sign as checkpoint_signed
from kerege.register.keyring import read as read_keys
from kerege.register.note import NoteError, Signer, Verifier, sign
from kerege.web import appending, founding, heads, keys, root, rotating
from kerege.web.appending import note_at
from kerege.web.heads import Behind
from kerege.web.keys import Locked
from kerege.web.leaving import export
from kerege.web.models import Key, Register, Row
from kerege.web.registers import told
from kerege.web.rotating import by_operator, declare_recovery, rotate, take_over

THIEF = Signer("kerege.local/nookat", b"\7" * 32)


@pytest.fixture
def town(db) -> Register:
    """A real municipality, founded a moment ago."""
    return begin("nookat")


def begin(address: str, **more: object) -> Register:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    unit = Unit("41706000000001", "Ноокат", "", 3, "", "aiyl_aimak", "2021-04", "soate-2021")
    said = {"kind": "aiyl_aimak", "name_ky": "Ноокат", "name_en": "Nookat", **more}
    on = now.astimezone(founding.BISHKEK).date()
    return founding.found(unit, said, None, on, now, address=address)


def signed_by(town: Register, size: int) -> list[str]:
    """The keys of the town that have signed its head at a size."""
    found = []
    for vkey in keys.vkeys(town.origin):
        try:
            open_checkpoint(note_at(town, size), Verifier.from_vkey(vkey))
        except NoteError:
            continue
        found.append(vkey)
    return found


def stolen_change(town: Register, why: str = "routine") -> None:
    """The thief, who has the key in force, puts their own in its place."""
    old = keys.signer(town.origin)
    said = rotation.statement(town.origin, old.verifier.vkey, THIEF.verifier.vkey, why)
    keys.take_in(THIEF, told(town).size + 1)
    fields = {"key": THIEF.verifier.vkey, "why": why, "note": sign(said, old).decode()}
    by_operator(town, "RotateKey", fields)


def holds(town: Register, tmp_path) -> bool:
    export(town.slug, tmp_path / "export")
    report = verify(tmp_path / "export")
    assert report.size == told(town).size
    return report.ok


def test_in_routine_both_sign_the_change_and_then_the_new_one_alone(town, tmp_path):
    old = keys.signer(town.origin).verifier.vkey
    n = rotate(town)
    new = keys.signer(town.origin).verifier.vkey
    assert new != old and keys.vkeys(town.origin) == [old, new]
    assert signed_by(town, n) == [old] and signed_by(town, n + 1) == [old, new]
    declare_recovery(town)
    assert signed_by(town, n + 2) == [new]
    assert holds(town, tmp_path)


def test_the_recovery_key_is_kept_nowhere(town):
    safe = declare_recovery(town)
    rows = [bytes(row.data) for row in Row.objects.filter(register=town)]
    assert safe.verifier.vkey.encode() in rows[-1]
    assert safe.seed.hex().encode() not in b"".join(rows)
    assert not Key.objects.filter(vkey=safe.verifier.vkey).exists()


@pytest.mark.parametrize("why", ["lost", "stolen"])
def test_of_a_lost_or_stolen_key_the_recovery_key_speaks(town, tmp_path, why):
    safe = declare_recovery(town)
    n = rotate(town, why, safe)
    new = keys.signer(town.origin).verifier.vkey
    assert signed_by(town, n + 1) == [new]
    assert holds(town, tmp_path)


def test_without_the_recovery_key_nobody_changes_a_stolen_key(town):
    with pytest.raises(Malformed, match="no_recovery_key"):
        rotate(town, "stolen", Signer("kerege.local/nookat/safe/1", b"\1" * 32))
    declare_recovery(town)
    before = keys.vkeys(town.origin), told(town).size
    for other in (Signer("kerege.local/nookat/safe/1", b"\1" * 32), keys.signer(town.origin)):
        with pytest.raises(Malformed, match="not_signed"):
            rotate(town, "stolen", other)
    assert (keys.vkeys(town.origin), told(town).size) == before


def test_what_the_thief_changed_the_recovery_key_changes_again(town, tmp_path):
    safe = declare_recovery(town)
    stolen_change(town)
    assert keys.signer(town.origin) == THIEF
    rotate(town, "stolen", safe)
    assert keys.signer(town.origin) != THIEF
    declare_recovery(town, safe)
    assert holds(town, tmp_path)


def test_the_thief_can_neither_call_it_stolen_nor_name_a_recovery_key(town):
    declare_recovery(town)
    with pytest.raises(Malformed, match="not_signed"):
        stolen_change(town, "stolen")
    Key.objects.filter(vkey=THIEF.verifier.vkey).delete()
    for earlier in (None, Signer("kerege.local/nookat/safe/0", b"\2" * 32)):
        with pytest.raises(Malformed, match="not_signed"):
            declare_recovery(town, earlier)


def test_a_new_recovery_key_takes_the_place_of_the_earlier(town, tmp_path):
    first = declare_recovery(town)
    second = declare_recovery(town, first)
    with pytest.raises(Malformed, match="not_signed"):
        rotate(town, "lost", first)
    rotate(town, "lost", second)
    assert holds(town, tmp_path)


def test_a_key_of_another_house_is_not_put_in_force(town):
    old = keys.signer(town.origin)
    said = rotation.statement(town.origin, old.verifier.vkey, THIEF.verifier.vkey, "routine")
    fields = {"key": THIEF.verifier.vkey, "why": "routine", "note": sign(said, old).decode()}
    with pytest.raises(Malformed, match="not_our_key"):
        by_operator(town, "RotateKey", fields)


@pytest.mark.parametrize("where", ["frontier_at", "keep"])
def test_a_fault_half_way_leaves_the_old_key(town, monkeypatch, where):
    before = keys.signer(town.origin), told(town).size

    def fails(*said, **more):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(appending, where, fails)
    with pytest.raises(DatabaseError):
        rotate(town)
    monkeypatch.undo()
    assert (keys.signer(town.origin), told(town).size) == before
    assert len(keys.vkeys(town.origin)) == 1


def test_in_an_exercise_a_change_of_key_is_of_its_last_day(db):
    town = begin("nookat-exercise", exercise=True)
    latest = told(town).latest
    rotate(town)
    assert told(town).latest == latest


def test_lost_with_the_master_key_the_root_begins_again(town, tmp_path, settings):
    safe = declare_recovery(town)
    name = root.origin()
    settings.DATA = tmp_path / "new"
    settings.DATA.mkdir()
    keys._opened.cache_clear()
    with pytest.raises(Locked, match="is gone"):
        rotate(town)
    rotate(town, "lost", safe)
    assert root.origin() == f"{name}/2"
    assert holds(town, tmp_path)


def test_what_is_refused_makes_no_new_master_key(town, tmp_path, settings):
    safe = declare_recovery(town)
    settings.DATA = tmp_path / "new"
    settings.DATA.mkdir()
    keys._opened.cache_clear()
    wrong = Signer(safe.name, b"\1" * 32)
    for speaker in (None, wrong):
        with pytest.raises(Malformed):
            rotate(town, "lost", speaker)
    # Nor where the database is an old copy.
    head = Checkpoint(town.origin, told(town).size + 1, bytes(32))
    note = checkpoint_signed(head, Signer(town.origin, b"\1" * 32))
    heads.write(town.origin, head.size, note)
    with pytest.raises(Behind):
        rotate(town, "lost", safe)
    assert not keys.path().exists()
    heads.path(town.origin).unlink()
    assert rotate(town, "lost", safe) and keys.path().exists()


def test_the_root_names_its_next_key(town, tmp_path):
    old = keys.signer(root.origin()).verifier
    root.change_key()
    new = keys.signer(root.origin()).verifier
    assert read_keys(root.keys_file().decode())[-2:] == [old, new]
    # Its head bears the old key until it grows.
    assert holds(town, tmp_path / "before")
    declare_recovery(town)
    root.catch_up()
    assert open_checkpoint(bytes(root.RootHead.objects.last().note), new)
    assert holds(town, tmp_path / "after")


def test_a_copy_goes_on_where_its_house_is_gone(town, tmp_path):
    safe = declare_recovery(town)
    first = keys.vkeys(town.origin)[0]
    # As a follower has it: the entries and the key they began with, no seed.
    Key.objects.filter(origin=town.origin).delete()
    town.pinned, town.mirror_of = first, "https://nookat.example/nookat/log"
    town.save()
    with pytest.raises(Locked):
        rotate(town)
    with pytest.raises(Malformed):
        take_over(town, Signer(safe.name, b"\3" * 32))
    assert Register.objects.get(pk=town.pk).mirror_of
    take_over(town, safe)
    assert not Register.objects.get(pk=town.pk).mirror_of
    declare_recovery(town, safe)
    assert holds(town, tmp_path)


def test_what_is_signed_by_another_key_is_not_taken_for_the_owners(town):
    assert rotating.keys.chain(town).at(1).vkey == keys.vkeys(town.origin)[0]
    rotate(town)
    rotate(town)
    chain = keys.chain(town)
    assert [key.vkey for key in chain.all()] == keys.vkeys(town.origin)
