"""A file with something else in it is refused and leaves nothing: forged entries, heads and keys,
and names that are this house's own."""

import pytest

from kerege.register import checkpoint
from kerege.register.note import Signer
from kerege.web import keys, root, witness
from kerege.web.arriving import take_whole
from kerege.web.importing import NotTaken
from kerege.web.models import Account, Cosignature, Register, Row
from tests.web.moved_file import PASSPHRASE, file, repacked, town
from tests.web.moving_house import elsewhere

__all__ = ["file", "town"]


# -- forged ---------------------------------------------------------------------------------------


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
