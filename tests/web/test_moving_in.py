"""A municipality that left whole goes on elsewhere: what comes in is what went out."""

import pytest
from django.contrib.auth import authenticate
from django.db import transaction

from kerege.archive.source import Folder
from kerege.municipality.entry import Actor
from kerege.register import checkpoint
from kerege.register.commitment import commit
from kerege.web import arriving, heads, keys
from kerege.web.arriving import take_whole
from kerege.web.gate import perform
from kerege.web.importing import NotTaken
from kerege.web.leaving import depart, export
from kerege.web.models import Account, Checkpoint, Node, Private, Register, Rooted, Row, Withdrawn
from kerege.web.public import Public
from kerege.web.registers import read, told
from tests.web.moved_file import PASSPHRASE, PASSWORD, WHO, file, repacked, town
from tests.web.moving_house import elsewhere
from tests.web.test_gate import NOW, attempt

__all__ = ["file", "town"]


def everything(register: Register) -> dict:
    """All that is kept of a register, whatever its rows are numbered in the database."""
    of = {"register": register}
    return {
        "rows": list(
            Row.objects.filter(**of)
            .order_by("n")
            .values_list("n", "uid", "act", "held_on", "standing", "data", "leaf")
        ),
        "checkpoints": list(
            Checkpoint.objects.filter(**of).order_by("size").values_list("size", "frontier", "note")
        ),
        "nodes": list(Node.objects.filter(log=register.pk).values_list("level", "n", "hash")),
        "private": list(Private.objects.filter(**of).values_list("uid", "field", "salt", "value")),
        "withdrawn": list(
            Withdrawn.objects.filter(**of).values_list("uid", "act", "day", "answer", "norms")
        ),
        "origin": register.origin,
        "slug": register.slug,
        "keys": keys.vkeys(register.origin),
        "public": {
            path: Public(register).read(path)
            for path in Public(register).paths()
            if not path.startswith("root/")
        },
    }


def test_what_comes_in_is_what_went_out(
    town, file, monkeypatch, tmp_path, django_capture_on_commit_callbacks
):
    before, seed = everything(town), keys.signer(town.origin).seed
    elsewhere(town, monkeypatch, tmp_path / "house")
    with django_capture_on_commit_callbacks(execute=True):
        here = take_whole(file, PASSPHRASE)
    assert here.remarks == []
    assert everything(here.register) == before
    # Sealed anew for this house, the same key.
    assert keys.signer(here.register.origin).seed == seed
    assert heads.known(town.origin).size == here.size
    # The root of this house holds it from now on.
    assert Rooted.objects.filter(register=here.register, size=here.size).exists()
    assert Public(here.register).read("root/proof")


def test_its_people_sign_in_and_the_next_act_works(town, file, monkeypatch, tmp_path):
    elsewhere(town, monkeypatch, tmp_path / "house")
    assert authenticate(username="on-archa-recorder", password=PASSWORD) is None
    here = take_whole(file, PASSPHRASE)
    recorder = authenticate(username="on-archa-recorder", password=PASSWORD)
    assert recorder is not None and recorder.shown_as
    # What someone may do besides, this house has not said.
    assert not recorder.operator and not recorder.invented
    assert perform(here.register, attempt(), NOW) == here.size
    files = Public(here.register)
    head = checkpoint.open_checkpoint(
        files.checkpoint(), keys.signer(here.register.origin).verifier
    )
    assert head.size == here.size + 1


def test_a_name_or_an_address_that_is_taken_is_told(town, file, monkeypatch, tmp_path):
    elsewhere(town, monkeypatch, tmp_path / "house")
    Account.objects.make("on-archa-recorder", "another's-own-password")
    Register.objects.create(slug="on-archa", origin="other.example/on-archa")
    here = take_whole(file, PASSPHRASE)
    assert here.register.slug == "on-archa-2"
    assert authenticate(username="on-archa-recorder-2", password=PASSWORD) is not None
    assert authenticate(username="on-archa-recorder", password=PASSWORD) is None
    assert ["on-archa-2" in here.remarks[0], "recorder-2" in here.remarks[1]] == [True, True]


def test_a_register_that_is_kept_here_is_not_taken_in_again(town, file):
    before = everything(town)
    with pytest.raises(NotTaken, match="is kept here") as refused:
        take_whole(file, PASSPHRASE)
    assert refused.value.code == "here_already"
    assert everything(town) == before


def test_a_file_taken_in_twice_says_that_nothing_is_to_do(town, file, tmp_path):
    perform(town, attempt(), NOW)
    with pytest.raises(NotTaken, match=r"every entry of the file.*nothing is to do"):
        take_whole(file, PASSPHRASE)


def test_a_file_that_has_more_tells_of_two_houses(town, tmp_path):
    stays = transaction.savepoint()
    perform(town, attempt(), NOW)
    depart("on-archa", tmp_path / "more.age", PASSPHRASE)
    transaction.savepoint_rollback(stays)
    heads.path(town.origin).unlink(missing_ok=True)
    with pytest.raises(NotTaken, match=r"two houses have gone on$") as refused:
        take_whole(tmp_path / "more.age", PASSPHRASE)
    assert refused.value.code == "here_already"
    # An entry of another kind in the place of that one.
    perform(town, attempt(fields={"title": "Башка", "text": "Башка"}), NOW)
    with pytest.raises(NotTaken, match="other entries than the file"):
        take_whole(tmp_path / "more.age", PASSPHRASE)


def test_a_file_that_left_is_not_taken_back_once_the_other_house_has_gone_on(
    town, tmp_path, monkeypatch
):
    stays = transaction.savepoint()
    perform(town, attempt(), NOW)
    export("on-archa", tmp_path / "there")
    transaction.savepoint_rollback(stays)
    heads.path(town.origin).unlink(missing_ok=True)
    place = "https://new.example/on-archa/log"
    size = depart("on-archa", tmp_path / "left.age", PASSPHRASE, leave=place)
    asked, left = [], transaction.savepoint()

    def there(at):
        asked.append(at)
        return Folder(tmp_path / "there")

    monkeypatch.setattr(arriving, "open_source", there)
    with pytest.raises(NotTaken, match=f"keeps it now and has {size + 1} entries") as refused:
        take_whole(tmp_path / "left.age", PASSPHRASE)
    assert refused.value.code == "rolled_back" and asked == [place]
    assert Register.objects.get(pk=town.pk).mirror_of == place
    # Another house, which has no copy, learns the address from the file.
    with monkeypatch.context() as away:
        elsewhere(town, away, tmp_path / "house")
        with pytest.raises(NotTaken, match=f"{place} keeps it now"):
            take_whole(tmp_path / "left.age", PASSPHRASE)
        transaction.savepoint_rollback(left)
    # Where it does not answer, who takes it back is told that nobody knows.
    (tmp_path / "there/checkpoint").unlink()
    remark, *_ = take_whole(tmp_path / "left.age", PASSPHRASE).remarks
    assert remark.startswith(f"{place} could not be asked")


def test_a_file_older_than_the_copy_that_stayed_is_not_taken_back(town, tmp_path):
    stays = transaction.savepoint()
    depart("on-archa", tmp_path / "first.age", PASSPHRASE, leave="")
    transaction.savepoint_rollback(stays)
    size = perform(town, attempt(), NOW)
    depart("on-archa", tmp_path / "second.age", PASSPHRASE, leave="")
    with pytest.raises(NotTaken, match=f"has {size + 1} entries, and the file {size}") as refused:
        take_whole(tmp_path / "first.age", PASSPHRASE)
    assert refused.value.code == "rolled_back"


def test_who_left_can_come_back(town, tmp_path):
    first = tmp_path / "first.age"
    size = depart("on-archa", first, PASSPHRASE, leave="")
    here = take_whole(first, PASSPHRASE)
    assert here.register.pk == town.pk and here.size == size
    assert perform(here.register, attempt(), NOW) == size


def test_who_comes_back_brings_what_was_entered_meanwhile(town, tmp_path, monkeypatch):
    # Two files of the same register: the later one was written in the other house.
    first = attempt()
    away = tmp_path / "away.age"
    stays = transaction.savepoint()
    perform(town, first, NOW)
    depart("on-archa", away, PASSPHRASE)
    after = everything(town)
    transaction.savepoint_rollback(stays)
    heads.path(town.origin).unlink(missing_ok=True)
    depart("on-archa", tmp_path / "left.age", PASSPHRASE, leave="")
    here = take_whole(away, PASSPHRASE)
    again = everything(here.register)
    assert again["rows"] == after["rows"] and again["public"] == after["public"]


def test_the_days_of_the_law_are_those_of_the_house_it_comes_to(town, file, monkeypatch, tmp_path):
    def without_its_last_law(public, tables):
        law = public.parent / "law/register.jsonl"
        lines = law.read_bytes().splitlines(keepends=True)
        law.write_bytes(b"".join(lines[:-1]))

    other = repacked(file, tmp_path, without_its_last_law)
    elsewhere(town, monkeypatch, tmp_path / "house")
    (remark,) = take_whole(other, PASSPHRASE).remarks
    assert "in force on other days" in remark


# -- rows -----------------------------------------------------------------------------------------


def test_the_commitment_still_opens_after_the_move(town, file, monkeypatch, tmp_path):
    elsewhere(town, monkeypatch, tmp_path / "house")
    here = take_whole(file, PASSPHRASE).register
    kept = Private.objects.get(register=here)
    entry = read(Row.objects.get(register=here, uid=kept.uid).data)
    assert kept.value == WHO
    assert entry.fields["applicant"] == commit(kept.uid, kept.field, bytes(kept.salt), WHO)


@pytest.mark.parametrize("changed", [{"value": "Башка"}, {"field": "text"}, {"uid": "nothing"}])
def test_what_does_not_open_its_commitment_is_left_out(town, file, monkeypatch, tmp_path, changed):
    def forge(public, tables):
        tables["private"].append({**tables["private"][0], **changed})

    forged = repacked(file, tmp_path, forge)
    elsewhere(town, monkeypatch, tmp_path / "house")
    here = take_whole(forged, PASSPHRASE)
    assert [kept.value for kept in Private.objects.filter(register=here.register)] == [WHO]
    (remark,) = here.remarks
    assert remark.startswith("left out") and "Башка" not in remark


def test_what_was_erased_does_not_come_back(town, tmp_path, monkeypatch):
    n = told(town).size - 1
    kept = Private.objects.filter(register=town).values("uid", "field", "salt", "value").get()
    fields = {"entry": n, "names": ["applicant"], "ground": "Арыз ээси сурады"}
    perform(town, attempt(act="ErasePersonal", fields=fields, actor=Actor("recorder")), NOW)
    assert not Private.objects.exists()
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE)

    def from_a_backup(public, tables):
        tables["private"].append({**kept, "salt": bytes(kept["salt"]).hex()})

    file = repacked(tmp_path / "whole.age", tmp_path, from_a_backup)
    elsewhere(town, monkeypatch, tmp_path / "house")
    assert take_whole(file, PASSPHRASE).remarks == []
    assert not Private.objects.exists()
