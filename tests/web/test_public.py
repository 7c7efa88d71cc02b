"""The public files of a register: whatever anybody needs to check it, and nothing else."""

import json

import pytest
from django.conf import settings

from kerege.municipality.entry import Entry
from kerege.register import checkpoint, merkle, proof, tiles
from kerege.register.note import Verifier, open_note
from kerege.web import keys, root
from kerege.web.models import Cosignature, Document, Register, Row
from kerege.web.public import Public, RootPublic


@pytest.fixture
def town(demo) -> Register:
    return Register.objects.get(slug="on-archa")


class Tiles:
    """A tree read out of tiles alone, as a stranger reads it."""

    def __init__(self, files, size: int) -> None:
        self.files, self.size = files, size

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        index = start // tiles.TILE_WIDTH
        width = min(tiles.TILE_WIDTH, (self.size >> 8 * level) - index * tiles.TILE_WIDTH)
        data = self.files.read(tiles.tile_path(level, index, width))
        every = [data[at : at + 32] for at in range(0, len(data), 32)]
        return every[start - index * tiles.TILE_WIDTH : end - index * tiles.TILE_WIDTH]


def key(files) -> Verifier:
    return Verifier.from_vkey(files.read("key").decode().splitlines()[0])


def test_every_file_that_is_named_is_there_and_named_once(town):
    for files in (Public(town), RootPublic()):
        paths = list(files.paths())
        assert len(paths) == len(set(paths)) > 3
        assert all(files.read(path) for path in paths)


def test_the_head_is_signed_and_is_the_root_of_the_tiles_and_of_the_lines(town):
    files = Public(town)
    head = checkpoint.open_checkpoint(files.read("checkpoint"), key(files))
    lines = list(files.lines())
    assert head.size == len(lines) == Row.objects.filter(register=town).count()
    assert head.root == merkle.root([merkle.leaf_hash(line) for line in lines])
    assert head.root == tiles.root(Tiles(files, head.size), head.size)
    assert files.read("register.jsonl").splitlines() == lines
    bundled = [
        one
        for path in files.paths()
        if path.startswith("tile/entries/")
        for one in tiles.unbundle(files.read(path))
    ]
    assert bundled == lines


def test_every_earlier_partial_tile_is_there(town):
    files = Public(town)
    lines = list(files.lines())
    for width in (1, 2, len(lines) - 1):
        some = lines[:width]
        assert tiles.unbundle(files.read(tiles.entries_path(0, width))) == some
        leaves = b"".join(map(merkle.leaf_hash, some))
        assert files.read(tiles.tile_path(0, 0, width)) == leaves


@pytest.mark.parametrize(
    "path",
    [
        "",
        "Readme",
        "key/",
        "/key",
        "../key",
        "root",
        "root/tile/0/000.p/1",
        "tile/0/000",
        "tile/0/000.p/255",
        "tile/0/000.p/0",
        "tile/0/0",
        "tile/1/000.p/1",
        "tile/entries/001.p/1",
        "tile/63/000.p/1",
        "rulebooks/",
        f"rulebooks/{'0' * 64}",
        f"documents/{'0' * 64}",
        "documents/../key",
        "register.jsonl\n",
    ],
)
def test_there_is_no_other_file(town, path):
    assert Public(town).read(path) is None
    assert RootPublic().read(f"x{path}") is None


def test_rulebooks_and_papers_are_those_that_entries_name(town):
    named = {json.loads(line)["digest"] for line in Public(town).lines()} - {""}
    paths = set(Public(town).paths())
    assert {f"rulebooks/{one}" for one in named} <= paths
    # A paper that no entry of this register names does not leave with it.
    Document.objects.create(sha256="0" * 64, media="text/plain", data=b"other")
    assert set(Public(town).paths()) == paths


def test_the_readme_names_every_file_and_every_field(town):
    files = Public(town)
    text = files.read("README").decode()
    entry = json.loads(next(files.lines()))
    assert set(entry) == set(Entry.__slots__) | {"v"}
    for name in (*entry, *(path.split("/")[0] for path in files.paths())):
        assert f"\n{name}" in text, name


def test_a_checkpoint_of_the_register_is_proven_to_stand_in_the_root(town):
    files = Public(town)
    receipt = proof.parse(files.read("root/proof"))
    of_root = Verifier.from_vkey(files.read("root/key").decode().splitlines()[0])
    head = proof.check(receipt, receipt.extra, of_root)
    assert head.origin == root.origin()
    assert files.read("root/checkpoint") == receipt.checkpoint
    stood = checkpoint.open_checkpoint(receipt.extra, key(files))
    assert (stood.origin, stood.size) == (town.origin, files.size)


def test_the_root_is_a_log_like_any_other(town):
    files = RootPublic()
    head = checkpoint.open_checkpoint(files.read("checkpoint"), key(files))
    assert head.root == tiles.root(Tiles(files, head.size), head.size)
    notes = [
        note
        for path in files.paths()
        if path.startswith("tile/entries/")
        for note in tiles.unbundle(files.read(path))
    ]
    assert len(notes) == head.size
    assert merkle.root([*map(merkle.leaf_hash, notes)]) == head.root
    assert open_note(notes[-1], [keys.signer(Register.objects.get(slug="naryn").origin).verifier])


def test_witnesses_stand_under_the_checkpoint_they_signed_alone(town):
    files = Public(town)
    before = files.read("checkpoint")
    line = "— witness.example.kg AAAAAAAAAAAAAAAA"
    for size in (files.size, files.size - 1):
        Cosignature.objects.create(origin=town.origin, size=size, witness="w", line=f"{line}\n")
    assert Public(town).read("checkpoint") == before + f"{line}\n".encode()


def test_the_policy_names_this_log_and_the_house_s_witnesses(town, tmp_path, monkeypatch):
    vkey = keys.vkeys(town.origin)[0]
    monkeypatch.setattr(settings, "DATA", tmp_path)
    assert Public(town).read("policy").decode() == f"log {vkey}\nquorum none\n"
    (tmp_path / "policy").write_text("log other+1+x\nwitness w w+2+y\nquorum w\n")
    assert Public(town).read("policy").decode() == f"log {vkey}\nwitness w w+2+y\nquorum w\n"
