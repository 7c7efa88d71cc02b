"""A municipality that left whole goes on elsewhere: what comes in is what went out, or nothing."""

import json
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import transaction

from kerege.archive import moving
from kerege.municipality.entry import Actor
from kerege.register import checkpoint
from kerege.register.canonical import canonical
from kerege.register.commitment import commit
from kerege.register.note import Signer
from kerege.web import heads, keys, root, witness
from kerege.web.arriving import take_whole
from kerege.web.gate import perform
from kerege.web.importing import NotTaken, address_for, take_rows
from kerege.web.leaving import depart
from kerege.web.models import (
    Account,
    Checkpoint,
    Cosignature,
    Node,
    Private,
    Register,
    Rooted,
    Row,
    Withdrawn,
)
from kerege.web.public import Public
from kerege.web.registers import read, told
from tests.web.moving_house import elsewhere, quick
from tests.web.test_gate import NOW, attempt

PASSPHRASE = "бир нече узун сөз"
PASSWORD = "ат-көпүрө-жети"
WHO = "Асан Үсөнов"


@pytest.fixture
def town(demo, monkeypatch) -> Register:
    quick(monkeypatch)
    register = Register.objects.get(slug="on-archa")
    recorder = Account.objects.get(username="on-archa-recorder")
    recorder.set_password(PASSWORD)
    recorder.operator = True
    recorder.save()
    fields = {"title": "Арык", "text": "Арыкты тазалоо", "applicant": WHO}
    perform(register, attempt(fields=fields), NOW)
    Withdrawn.objects.create(
        register=register,
        uid="u",
        act="AppointHead",
        day=date(2013, 3, 1),
        answer="forbidden",
        norms="kg-2010/heads.not-appointed",
    )
    size = Public(register).size
    Cosignature.objects.create(
        origin=register.origin, size=size, witness="w.example", line="— w.example AAAAAAAA\n"
    )
    return register


@pytest.fixture
def file(town, tmp_path):
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    return tmp_path / "whole.age"


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


def test_addresses_of_pages_are_never_taken(demo):
    assert address_for("law") == "law-2" and address_for("somewhere") == "somewhere"


def test_a_register_that_is_kept_here_is_not_taken_in_again(town, file):
    before = everything(town)
    with pytest.raises(NotTaken, match="is kept here") as refused:
        take_whole(file, PASSPHRASE)
    assert refused.value.code == "here_already"
    assert everything(town) == before


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


# -- forged ---------------------------------------------------------------------------------------


def repacked(file, tmp_path, change):
    """The file again, whole in form, with something else in it."""
    whole = moving.unpack(file, PASSPHRASE, tmp_path / "in")
    tables = {name: [dict(one) for one in lines] for name, lines in whole.tables.items()}
    change(whole.public, tables)

    class Kept:
        def __init__(self, folder):
            self.folder = folder

        def paths(self):
            every = (path for path in self.folder.rglob("*") if path.is_file())
            return sorted(path.relative_to(self.folder).as_posix() for path in every)

        def read(self, path):
            return (self.folder / path).read_bytes()

    data = moving.pack(
        whole.slug, whole.origin, Kept(whole.public), Kept(whole.law), tables, PASSPHRASE
    )
    other = tmp_path / "forged.age"
    other.write_bytes(data)
    return other


def altered(public, tables):
    file = public / "register.jsonl"
    file.write_bytes(file.read_bytes().replace(b"2010", b"2011", 1))


def cut(public, tables):
    file = public / "register.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))


def another_seed(public, tables):
    tables["keys"][0]["seed"] = "00" * 32


def no_key(public, tables):
    tables["keys"].clear()


def another_head(public, tables):
    other = Signer(checkpoint_origin(tables), bytes(32))
    head = checkpoint.parse(tables["checkpoints"][5]["note"].split("\n\n")[0] + "\n")
    tables["checkpoints"][5]["note"] = checkpoint.sign(head, other).decode()


def checkpoint_origin(tables) -> str:
    return tables["checkpoints"][0]["note"].split("\n")[0]


def other_root(public, tables):
    lines = tables["checkpoints"][5]["note"].split("\n")
    lines[2] = tables["checkpoints"][6]["note"].split("\n")[2]
    tables["checkpoints"][5]["note"] = "\n".join(lines)


def no_heads(public, tables):
    tables["checkpoints"].clear()


def lacks_a_field(public, tables):
    del tables["private"][0]["salt"]


def day_that_is_none(public, tables):
    tables["withdrawn"][0]["day"] = "yesterday"


@pytest.mark.parametrize(
    "change",
    [
        altered,
        cut,
        another_seed,
        no_key,
        another_head,
        other_root,
        no_heads,
        lacks_a_field,
        day_that_is_none,
    ],
)
def test_a_forged_file_is_refused_and_leaves_nothing(town, file, monkeypatch, tmp_path, change):
    forged = repacked(file, tmp_path, change)
    elsewhere(town, monkeypatch, tmp_path / "house")
    before = (Register.objects.count(), Row.objects.count(), Account.objects.count(), root.head())
    with pytest.raises((NotTaken, keys.Locked)):
        take_whole(forged, PASSPHRASE)
    after = (Register.objects.count(), Row.objects.count(), Account.objects.count(), root.head())
    assert after == before
    assert {path.name for path in (tmp_path / "house").iterdir()} == {"master.key"}
    # And it is the change that was refused.
    assert take_whole(file, PASSPHRASE).size


def test_a_seed_is_that_of_its_key(town, file, monkeypatch, tmp_path):
    forged = repacked(file, tmp_path, another_seed)
    elsewhere(town, monkeypatch, tmp_path / "house")
    with pytest.raises(NotTaken, match="the seed is not that of"):
        take_whole(forged, PASSPHRASE)


# -- rows -----------------------------------------------------------------------------------------


def test_rows_are_taken_up_to_a_signed_head_and_from_there_on(town):
    lines = list(Public(town).lines())
    notes = [bytes(one.note) for one in Checkpoint.objects.filter(register=town).order_by("size")]
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    assert take_rows(copy, lines[:7], notes[6]) == 7
    assert take_rows(copy, iter(lines[7:]), notes[8], notes[-1]) == len(lines)
    assert list(Public(copy).lines()) == lines
    sizes = Checkpoint.objects.filter(register=copy).values_list("size", flat=True)
    assert sorted(sizes) == [7, 9, len(lines)]
    assert Public(copy).read("tile/0/000.p/5") == Public(town).read("tile/0/000.p/5")


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (lambda lines: lines[:-1], "truncated"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "altered"),
        (lambda lines: [*lines[:5], b"{", *lines[6:]], "unreadable"),
        (lambda lines: [*lines[:5], lines[5].replace(b":", b": ", 1), *lines[6:]], "unreadable"),
        (lambda lines: [*lines[:5], lines[4], *lines[6:]], "altered"),
    ],
)
def test_rows_that_do_not_lead_to_the_head_are_refused(town, forge, code):
    lines = list(Public(town).lines())
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    with pytest.raises(NotTaken) as refused, transaction.atomic():
        take_rows(copy, forge(lines), Public(town).checkpoint())
    assert refused.value.code == code
    assert not Row.objects.filter(register=copy).exists()


def test_an_act_of_another_release_is_refused(town):
    lines = list(Public(town).lines())
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    said = json.loads(lines[2])
    for changed in ({"act": "ElectKing"}, {"fields": {}}):
        lines[2] = canonical({**said, **changed})
        with pytest.raises(NotTaken) as refused, transaction.atomic():
            take_rows(copy, lines, Public(town).checkpoint())
        assert refused.value.code == "cannot_fold"


def test_an_id_that_is_too_long_for_the_table_is_refused(town):
    lines = list(Public(town).lines())
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    lines[2] = canonical({**json.loads(lines[2]), "id": "x" * 65})
    with pytest.raises(NotTaken, match="1 to 64 characters"), transaction.atomic():
        take_rows(copy, lines, Public(town).checkpoint())


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


# -- names of this house --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["root", "root/9", "witness", "naryn"])
def test_a_key_for_another_log_is_not_taken(town, file, monkeypatch, tmp_path, name):
    here = f"{town.origin.rpartition('/')[0]}/{name}"

    def plant(public, tables):
        key = Signer(here, b"\5" * 32)
        said = {"origin": here, "vkey": key.verifier.vkey, "seed": key.seed.hex(), "since": 1}
        tables["keys"].insert(0, said)

    forged = repacked(file, tmp_path, plant)
    elsewhere(town, monkeypatch, tmp_path / "house")
    before = root.origin(), keys.vkeys(here)
    with pytest.raises(NotTaken, match="a key of") as why:
        take_whole(forged, PASSPHRASE)
    assert why.value.code == "other_register"
    assert (root.origin(), keys.vkeys(here)) == before


def test_a_cosignature_for_another_log_is_not_taken(town, file, monkeypatch, tmp_path):
    def plant(public, tables):
        tables["cosignatures"].append({**tables["cosignatures"][0], "origin": root.origin()})

    forged = repacked(file, tmp_path, plant)
    elsewhere(town, monkeypatch, tmp_path / "house")
    with pytest.raises(NotTaken) as why:
        take_whole(forged, PASSPHRASE)
    assert why.value.code == "other_register"
    assert not Cosignature.objects.filter(origin=root.origin()).exists()


def as_root(monkeypatch, name):
    monkeypatch.setattr(root, "_began_as", lambda: name)


def as_root_of_old(monkeypatch, name):
    monkeypatch.setattr(root, "_began_as", lambda: name.rpartition("/")[0])


def as_witness(monkeypatch, name):
    monkeypatch.setattr(witness, "origin", lambda: name)


def as_former_name(monkeypatch, name):
    keys.take_in(Signer(name, b"\6" * 32))


@pytest.mark.parametrize("given", [as_root, as_root_of_old, as_witness, as_former_name])
def test_a_register_under_a_name_of_this_house_is_refused(town, file, monkeypatch, tmp_path, given):
    name = town.origin
    elsewhere(town, monkeypatch, tmp_path / "house")
    given(monkeypatch, name)
    before = keys.vkeys(name)
    with pytest.raises(NotTaken, match="this house") as why:
        take_whole(file, PASSPHRASE)
    assert why.value.code == "other_register" and keys.vkeys(name) == before
