"""A municipality in one file: closed without the passphrase, refused when it is not whole."""

import gzip
import io
import json
import os
import tarfile
from pathlib import Path

import pyrage
import pytest

from kerege.archive import moving
from kerege.archive.moving import MANIFEST, TABLES, NotWhole, pack, put, unpack

PASSPHRASE = "бир нече узун сөз"


class Kept:
    def __init__(self, **files: bytes) -> None:
        self.files = {path.replace("__", "/"): data for path, data in files.items()}

    def paths(self):
        return list(self.files)

    def read(self, path):
        return self.files[path]

    def lines(self):
        return iter(())


PUBLIC = Kept(README=b"read me", tile__entries__000=b"entries")
PUBLIC.files["register.jsonl"] = b"{}\n{}\n"
TOLD = {table: [{"of": table, "n": 1}, {"of": table, "n": 2}] for table in TABLES}


def packed(passphrase: str = PASSPHRASE) -> bytes:
    return pack("naryn", "kerege.example/naryn", PUBLIC, Kept(key=b"k"), TOLD, passphrase)


@pytest.fixture
def quick(monkeypatch):
    """Without the seconds that the passphrase is stretched for."""

    class Plain:
        @staticmethod
        def encrypt(data: bytes, passphrase: str) -> bytes:
            return b"age-encryption.org/" + passphrase.encode() + b"\n" + data

        @staticmethod
        def decrypt(data: bytes, passphrase: str) -> bytes:
            return data.partition(b"\n")[2]

    monkeypatch.setattr(moving.pyrage, "passphrase", Plain)


def test_what_was_packed_is_unpacked(tmp_path):
    file = tmp_path / "naryn.age"
    put(packed(), file)
    assert file.stat().st_mode & 0o777 == 0o600
    whole = unpack(file, PASSPHRASE, tmp_path / "in")
    assert (whole.slug, whole.origin, whole.size) == ("naryn", "kerege.example/naryn", 2)
    assert {name: [*lines] for name, lines in whole.tables.items()} == TOLD
    assert (whole.public / "tile/entries/000").read_bytes() == b"entries"
    assert (whole.law / "key").read_bytes() == b"k"
    # Nothing that is not public is laid down.
    open_ = {"public", "law", "checkpoints.jsonl", "cosignatures.jsonl"}
    assert {path.name for path in (tmp_path / "in").iterdir()} == open_
    # In the format of age, which other programs read.
    data = file.read_bytes()
    assert data.startswith(b"age-encryption.org/v1\n-> scrypt ") and b"entries" not in data


def test_another_passphrase_does_not_open_it(tmp_path):
    file = tmp_path / "naryn.age"
    put(packed(), file)
    with pytest.raises(NotWhole, match="another passphrase"):
        unpack(file, PASSPHRASE + ".", tmp_path / "in")
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(NotWhole, match="cut off"):
        unpack(file, PASSPHRASE, tmp_path / "in")
    data = bytearray(packed())
    data[-40] ^= 1
    file.write_bytes(data)
    with pytest.raises(NotWhole, match="was changed"):
        unpack(file, PASSPHRASE, tmp_path / "in")
    assert not (tmp_path / "in").exists()


def test_no_passphrase_is_no_passphrase():
    with pytest.raises(ValueError, match="empty"):
        packed("")


def test_a_file_that_is_there_is_never_replaced(tmp_path):
    file = tmp_path / "naryn.age"
    file.write_text("mine")
    with pytest.raises(FileExistsError):
        put(b"other", file)
    assert file.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["naryn.age"]


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(moving.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(b"data", tmp_path / "naryn.age")
    assert not list(tmp_path.iterdir())


# -- forged by whoever has the passphrase ---------------------------------------------------------


def members(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data.partition(b"\n")[2])) as tar:
        return {told.name: tar.extractfile(told).read() for told in tar}


def written(tmp_path, files, kind: bytes = tarfile.REGTYPE):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, data in files:
            told = tarfile.TarInfo(name)
            told.size, told.type = len(data), kind
            tar.addfile(told, io.BytesIO(data))
    file = tmp_path / "forged.age"
    file.write_bytes(pyrage.passphrase.encrypt(out.getvalue(), PASSPHRASE))
    return file


def test_files_written_again_are_as_good(tmp_path, quick):
    file = written(tmp_path, members(packed()).items())
    assert unpack(file, PASSPHRASE, tmp_path / "in").size == 2


@pytest.mark.parametrize("name", ["public/README", "private.jsonl", "accounts.jsonl", "law/key"])
def test_what_is_not_as_the_manifest_says_is_refused(tmp_path, quick, name):
    files = members(packed())
    for changed in ({**files, name: b"{}\n"}, {k: v for k, v in files.items() if k != name}):
        file = written(tmp_path, sorted(changed.items(), key=lambda one: one[0] == MANIFEST))
        with pytest.raises(NotWhole):
            unpack(file, PASSPHRASE, tmp_path / str(len(changed)))


@pytest.mark.parametrize(
    "name",
    ["../out", "/out", "public/../../out", "public/.hidden", "else/x", "public", "x.jsonl/y", "x"],
)
def test_no_file_leads_out_of_its_folder(tmp_path, quick, name):
    file = written(tmp_path, [(name, b"x"), *members(packed()).items()])
    with pytest.raises(NotWhole, match="no place"):
        unpack(file, PASSPHRASE, tmp_path / "deep/in")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_only_plain_files_are_taken(tmp_path, quick, kind):
    file = written(tmp_path, [("public/x", b"")], kind)
    with pytest.raises(NotWhole, match="no plain file"):
        unpack(file, PASSPHRASE, tmp_path / "in")


def test_a_file_that_stands_twice_is_refused(tmp_path, quick):
    files = [*members(packed()).items()]
    with pytest.raises(NotWhole, match="no place"):
        unpack(written(tmp_path, [files[0], *files]), PASSPHRASE, tmp_path / "in")


def test_too_much_is_refused_before_it_is_unpacked(tmp_path, quick, monkeypatch):
    monkeypatch.setattr(moving, "MOST", 10)
    file = written(tmp_path, members(packed()).items())
    with pytest.raises(NotWhole, match="has more than 10 bytes"):
        unpack(file, PASSPHRASE, tmp_path / "in")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, quick, monkeypatch):
    monkeypatch.setattr(moving, "ALWAYS", 20_000)
    files = members(packed())
    for name in ("private.jsonl", "public/register.jsonl"):
        file = written(tmp_path, {**files, name: bytes(10_000_000)}.items())
        with pytest.raises(NotWhole, match="too much"):
            unpack(file, PASSPHRASE, tmp_path / name)
        assert not (tmp_path / name / name).exists()


@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_a_header_that_goes_on_is_refused_unread(tmp_path, quick, format):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=format) as tar:
        tar.addfile(tarfile.TarInfo("public/" + "x" * 1_000_000))
    file = tmp_path / "forged.age"
    file.write_bytes(pyrage.passphrase.encrypt(out.getvalue(), PASSPHRASE))
    with pytest.raises(NotWhole, match="no place"):
        unpack(file, PASSPHRASE, tmp_path / "in")


@pytest.mark.parametrize("size", ["-1", "9999999", "none"])
def test_a_size_that_is_not_so_is_refused(tmp_path, quick, size):
    told = tarfile.TarInfo("public/x")
    told.size = -1 if size == "-1" else 9_999_999
    block = told.tobuf(tarfile.GNU_FORMAT)
    if size == "none":
        block = block.replace(b"00046113177", b"x" * 11)
    file = tmp_path / "forged.age"
    file.write_bytes(pyrage.passphrase.encrypt(gzip.compress(block + b"x" * 512), PASSPHRASE))
    with pytest.raises(NotWhole):
        unpack(file, PASSPHRASE, tmp_path / "in")


@pytest.mark.parametrize(
    "manifest",
    [{}, [], {"format": "kerege/whole/v2"}, {"format": "kerege/whole/v1", "files": {}}, None],
)
def test_a_manifest_that_is_none_is_refused(tmp_path, quick, manifest):
    files = members(packed())
    files[MANIFEST] = json.dumps(manifest).encode()
    with pytest.raises(NotWhole):
        unpack(written(tmp_path, files.items()), PASSPHRASE, tmp_path / "in")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"age-encryption.org/x\nnot a tar"])
def test_what_is_no_such_file_is_told(tmp_path, quick, data):
    file = tmp_path / "x.age"
    file.write_bytes(data)
    with pytest.raises(NotWhole):
        unpack(file, PASSPHRASE, tmp_path / "in")
    with pytest.raises(NotWhole, match="is no file"):
        unpack(tmp_path, PASSPHRASE, tmp_path / "in")


def test_a_tar_that_breaks_off_is_told(tmp_path, quick):
    data = packed()
    file = tmp_path / "x.age"
    for cut in (len(data) // 3, len(data) * 2 // 3):
        file.write_bytes(data[:cut])
        with pytest.raises(NotWhole):
            unpack(file, PASSPHRASE, tmp_path / f"in-{cut}")


def test_a_pipe_or_a_device_is_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "zero").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    for name in ("zero", "pipe"):
        with pytest.raises(moving.NotWhole, match="is no file"):
            moving._opened(tmp_path / name, "a passphrase")


def test_a_file_that_is_not_finished_has_no_name(tmp_path, monkeypatch):
    """Whoever is killed while writing it leaves nothing: the key is in it."""
    seen = []
    monkeypatch.setattr(moving.os, "fsync", lambda descriptor: seen.append([*tmp_path.iterdir()]))
    moving.put(b"sealed", tmp_path / "naryn.age")
    assert seen[0] == [] and (tmp_path / "naryn.age").read_bytes() == b"sealed"
    assert (tmp_path / "naryn.age").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        moving.put(b"another", tmp_path / "naryn.age")
    assert [path.name for path in tmp_path.iterdir()] == ["naryn.age"]
