"""Programs none of us wrote read what we write, and find every single bit that is changed.

Go's checksum-database code (Debian), tlog-scales, sigstore's Merkle and note code, and pymerkle (an
oracle, GPL, for tests only). The glue between their interfaces and our files is in this folder.
"""

import base64
import os
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from kerege.register import proof, tiles
from kerege.register.note import Verifier
from tests.archive import making

HERE = Path(__file__).parent
WITNESSES = ("witness.example/a", "witness.example/b")
ENTRIES = 300
LONG = pytest.mark.prove


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> tuple[Path, list[str]]:
    """A signed and cosigned export of two levels of tiles, and its vkeys, the register's first."""
    folder = tmp_path_factory.mktemp("exported")
    signer = making.make_folder(folder, witnesses=WITNESSES, data=making.grown(ENTRIES))
    vkeys = [making.witness_of(name).verifier.vkey for name in WITNESSES]
    return folder, [signer.verifier.vkey, *vkeys]


@pytest.fixture(scope="module")
def checker(tmp_path_factory) -> Path:
    """Go's checksum-database code with our glue, built."""
    program = tmp_path_factory.mktemp("go") / "checker"
    env = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode"}
    env.setdefault("GOCACHE", str(program.parent / "cache"))
    subprocess.run(["go", "build", "-o", program, HERE / "checker.go"], env=env, check=True)
    return program


def log_files(folder: Path) -> dict[str, bytes]:
    found = [folder / "checkpoint", *(folder / "tile").rglob("*")]
    return {str(f.relative_to(folder)): f.read_bytes() for f in found if f.is_file()}


def mutations(files: Mapping[str, bytes], count: int, seed: int):
    """The files with one bit changed, time after time."""
    dice, names = random.Random(seed), sorted(files)
    for _ in range(count):
        name = dice.choice(names)
        data = bytearray(files[name])
        at, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
        data[at] ^= bit
        yield f"{name} byte {at} bit {bit}", {**files, name: bytes(data)}


def missed(check: Callable, files: Mapping[str, bytes], count: int, seed: int) -> list[str]:
    """The mutations a check lets pass."""
    found = []
    for what, changed in mutations(files, count, seed):
        try:
            check(changed)
        # Whatever way a verifier has of saying no, it said no.
        except Exception:
            continue
        found.append(what)
    return found


# -- Go -------------------------------------------------------------------------------------------


@LONG
def test_go_accepts_ours(checker, exported):
    folder, vkeys = exported
    done = subprocess.run([checker, folder, *vkeys], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "ok\n")


@LONG
def test_go_finds_every_changed_bit(checker, exported):
    folder, vkeys = exported
    words = [checker, "-mutations", "10000", "-seed", "4", folder, *vkeys]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "10000 mutations, 0 missed\n")


# -- tlog-scales ----------------------------------------------------------------------------------


class InMemory:
    """A backend of tlog-scales."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def get(self, *path: str) -> bytes | None:
        return self.files.get("/".join(path))


def scales(vkeys: Sequence[str]) -> Callable[[Mapping[str, bytes]], None]:
    from tlog_scales.reader import TilesReader
    from tlog_scales.signing import Vkey
    from tlog_scales.tiles import leaf_hash

    def check(files: Mapping[str, bytes]) -> None:
        text = files["checkpoint"].decode()
        reader = TilesReader(InMemory(files))
        head = reader.get_checkpoint()
        # It reads base64 as leniently as Python does; ours has one spelling.
        assert head.serialize() == text
        assert len(head.signatures) == len(vkeys)
        for vkey in vkeys:
            head.verify(Vkey.from_string(vkey))
        assert head.origin == Vkey.from_string(vkeys[0]).name
        assert reader.calculate_root_hash() == head.root_hash
        for index in range(head.size):
            entry = reader.get_entry(index)
            assert reader.mth(index, index + 1) == leaf_hash(entry)
        # The root comes from the upper tiles; the leaves below have to lead there too.
        for index in range(0, head.size, 61):
            shown = reader.get_inclusion_proof(index, head.size)
            shown.check(leaf_hash(reader.get_entry(index)), head.root_hash)
        _lower_leads_to_upper(reader, head.size)
        assert set(files) == _expected(head.size)

    return check


def _lower_leads_to_upper(reader, size: int) -> None:
    from kerege.register.merkle import root

    for n in range(size // 256):
        leaves = [reader.mth(i, i + 1) for i in range(256 * n, 256 * n + 256)]
        assert root(leaves) == reader.mth(256 * n, 256 * n + 256)


def _expected(size: int) -> set[str]:
    found = {"checkpoint"}
    for level, index, width in tiles.tiles_of(size):
        found.add(tiles.tile_path(level, index, width))
        if not level:
            found.add(tiles.entries_path(index, width))
    return found


def test_tlog_scales_accepts_ours_and_finds_changed_bits(exported):
    folder, vkeys = exported
    check, files = scales(vkeys), log_files(folder)
    check(files)
    assert missed(check, files, 100, seed=1) == []


@LONG
def test_tlog_scales_finds_every_changed_bit(exported):
    folder, vkeys = exported
    assert missed(scales(vkeys), log_files(folder), 10_000, seed=2) == []


# -- sigstore -------------------------------------------------------------------------------------


def sigstore_check(vkey: str) -> Callable[[Mapping[str, bytes]], None]:
    """Checks a slip: our glue cuts the text into its parts, sigstore checks proof and signature."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from sigstore._internal.merkle import verify_merkle_inclusion
    from sigstore._internal.rekor.checkpoint import SignedCheckpoint

    register = Verifier.from_vkey(vkey)

    class Keyring:
        def verify(self, *, key_id: bytes, signature: bytes, data: bytes) -> None:
            key = Ed25519PublicKey.from_public_bytes(register.public_key)
            key.verify(signature, data)

    def check(files: Mapping[str, bytes]) -> None:
        text = files["slip"].decode()
        head, _, note = text.partition("\n\n")
        header, extra, index, *hashes = head.split("\n")
        assert header == "c2sp.org/tlog-proof@v1"
        # Spare bits of base64 again, and of decimal numbers their spellings.
        for line in (extra.removeprefix("extra "), *hashes, note.split(" ")[-1].strip()):
            assert base64.b64encode(base64.b64decode(line)).decode() == line
        at = int(index.removeprefix("index "))
        assert f"index {at}" == index and extra.startswith("extra ")
        signed = SignedCheckpoint.from_text(note)
        assert signed.checkpoint.origin == register.name
        assert len(note.split("\n\n")[1].splitlines()) == len(signed.signed_note.signatures) == 1
        assert signed.signed_note.signatures[0].name == register.name
        signed.signed_note.verify(Keyring(), register.key_id + bytes(28))
        inclusion = SimpleNamespace(
            log_index=at,
            tree_size=signed.checkpoint.log_size,
            hashes=[base64.b64decode(one) for one in hashes],
            root_hash=bytes.fromhex(signed.checkpoint.log_hash),
        )
        body = base64.b64decode(extra.removeprefix("extra "))
        entry = SimpleNamespace(inclusion_proof=inclusion, canonicalized_body=body)
        verify_merkle_inclusion(SimpleNamespace(_inner=entry))

    return check


@pytest.fixture(scope="module")
def slips() -> list[bytes]:
    data = making.grown(ENTRIES)
    note = making.note_of(data, making.signer_of(f"{making.NAME}/on-archa"))
    return [making.slip_of(data, index, note) for index in (0, 60, 255, 256, 299)]


def test_sigstore_accepts_our_slips_and_finds_changed_bits(exported, slips):
    check = sigstore_check(exported[1][0])
    for slip in slips:
        check({"slip": slip})
    assert missed(check, {"slip": slips[3]}, 300, seed=3) == []


@LONG
def test_sigstore_finds_every_changed_bit_of_a_slip(exported, slips):
    check = sigstore_check(exported[1][0])
    for seed, slip in enumerate(slips):
        assert missed(check, {"slip": slip}, 2_000, seed) == []


def test_our_own_check_finds_every_changed_bit_of_a_slip(exported, slips):
    register = Verifier.from_vkey(exported[1][0])

    def check(files: Mapping[str, bytes]) -> None:
        receipt = proof.parse(files["slip"])
        proof.check(receipt, receipt.extra, register)

    assert missed(check, {"slip": slips[2]}, 2_000, seed=5) == []


# -- pymerkle -------------------------------------------------------------------------------------


def test_pymerkle_comes_to_the_same_roots(exported):
    from pymerkle import InmemoryTree

    tree, data = InmemoryTree(algorithm="sha256"), making.grown(ENTRIES)
    frontier = making.Leaves(data)
    for size, entry in enumerate(data, start=1):
        tree.append_entry(entry)
        assert tree.get_root() == tiles.root(frontier, size)
    changed = [*data[:77], data[77] + b" ", *data[78:]]
    assert tiles.root(making.Leaves(changed), ENTRIES) != tree.get_root()
    assert sha256(b"\0" + data[0]).digest() == tree.get_root(1)
