"""A municipality whole in one file, with its key and all that is not public, to run it elsewhere.

Format: an age file (age-encryption.org/v1) under a passphrase; in it a tar, packed with gzip, of
plain files in this order::

    public/…               everything public of the register (export.py)
    law/…                  everything public of the country register that it reads its law from
    checkpoints.jsonl      {size, note}: every head it signed
    cosignatures.jsonl     {origin, size, witness, line}: what witnesses put under them
    keys.jsonl             {origin, vkey, seed, since}: the keys that sign for it, in order; the
                           seed is 64 hexadecimal digits, or empty where it was not known
    private.jsonl          {uid, field, salt, value}: what personal commitments were made of; the
                           salt is 64 hexadecimal digits
    withdrawn.jsonl        {uid, act, day, answer, norms}: acts insisted on and then withdrawn
    sent.jsonl             {n, how, public_key, authenticatorData, clientDataJSON, signature}: how
                           entries were sent (web/sent.py); files of older releases lack it
    accounts.jsonl         {code, username, password, shown_as}: accounts that entries link; the
                           password as its hash
    manifest.json          {format, release, slug, origin, size, leaves_for, files}: the last, so
                           that a file without it was cut off; ``leaves_for`` is where the register
                           is kept from now on, "" where that was not said, null for a copy (files
                           of older releases lack it); ``files`` gives each other file's SHA-256

Whoever has the file and the passphrase has the key: it can sign for the municipality.
"""

import gzip
import io
import json
import os
import re
import tarfile
import tempfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage

from kerege import __version__
from kerege.archive.export import REGISTER, Files, sync_folder

FORMAT = "kerege/whole/v1"
TABLES = ("checkpoints", "cosignatures", "keys", "private", "withdrawn", "sent", "accounts")
PUBLIC, LAW = "public", "law"
MANIFEST = "manifest.json"
# Told to everybody already; with these a register grows.
_OPEN = ("checkpoints.jsonl", "cosignatures.jsonl")
# The most bytes all files may unpack to: ten times a register of a million entries; and of a file
# this small, or this many times what it holds packed: registers pack to a fifth, bombs to nothing.
MOST = 32 * 2**30
ALWAYS, TIMES = 200_000_000, 30
_BLOCK = tarfile.BLOCKSIZE
_NAME = re.compile(r"(?:public|law)(?:/(?!\.)[A-Za-z0-9._-]+)+|[a-z]+\.jsonl|manifest\.json")

Line = Mapping[str, Any]


class NotWhole(ValueError):
    """A file that is no municipality, was changed or cut off, or that the passphrase does not open;
    the message says which."""


class Lines:
    """The lines of a table, read anew each time: out of the file where it was laid down, or out of
    memory what must lie on no disk. Never all of them are held at once."""

    def __init__(self, kept: Path | bytes) -> None:
        self._kept = kept

    def __iter__(self) -> Iterator[dict[str, Any]]:
        kept = self._kept
        with io.BytesIO(kept) if isinstance(kept, bytes) else kept.open("rb") as lines:
            for line in lines:
                yield json.loads(line)


@dataclass(frozen=True, slots=True)
class Whole:
    """What a file held: ``folder`` has the public files, ``tables`` the rest by name."""

    folder: Path
    slug: str
    origin: str
    size: int
    # Where it is kept from then on; "" where that was not said, None where the old house keeps it.
    leaves_for: str | None
    tables: Mapping[str, Lines]

    @property
    def public(self) -> Path:
        return self.folder / PUBLIC

    @property
    def law(self) -> Path:
        return self.folder / LAW


def pack(
    slug: str,
    origin: str,
    public: Files,
    law: Files,
    tables: Mapping[str, Iterable[Line]],
    passphrase: str,
    leaves_for: str | None = None,
) -> bytes:
    """The file's bytes. Raises ValueError for an empty passphrase."""
    if not passphrase:
        raise ValueError("the passphrase is empty")
    packed, hashes = io.BytesIO(), {}
    size = 0
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as tar:

        def add(name: str, data: bytes) -> None:
            hashes[name] = sha256(data).hexdigest()
            told = tarfile.TarInfo(name)
            told.size, told.mode = len(data), 0o600
            tar.addfile(told, io.BytesIO(data))

        for room, files in ((PUBLIC, public), (LAW, law)):
            for path in files.paths():
                data = files.read(path)
                if data is None:
                    raise FileNotFoundError(2, "gone while it was packed", path)
                if (room, path) == (PUBLIC, REGISTER):
                    size = data.count(b"\n")
                add(f"{room}/{path}", data)
        for table in TABLES:
            lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in tables[table])
            add(f"{table}.jsonl", "".join(lines).encode())
        manifest = {
            "format": FORMAT,
            "release": __version__,
            "slug": slug,
            "origin": origin,
            "size": size,
            "leaves_for": leaves_for,
            "files": dict(hashes),
        }
        add(MANIFEST, json.dumps(manifest, indent=1).encode())
    closed: bytes = pyrage.passphrase.encrypt(packed.getvalue(), passphrase)
    return closed


def _nameless(file: Path) -> tuple[int, str]:
    """A new file beside another, and its name: without one where the system can, so that nothing
    is left of it by a process that is killed."""
    try:
        return os.open(file.parent, os.O_TMPFILE | os.O_WRONLY, 0o600), ""
    except (AttributeError, OSError):
        return tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)


def _name(descriptor: int, file: Path) -> None:
    """Give a file without a name one that is free."""
    here = os.open("/proc/self/fd", os.O_RDONLY)
    try:
        # Only from a folder that is open the link is followed to the file itself.
        os.link(str(descriptor), file, src_dir_fd=here, follow_symlinks=True)
    finally:
        os.close(here)


def put(data: bytes, file: Path) -> None:
    """Put a new file into its place for its owner alone, whole or not at all. Raises OSError, a
    FileExistsError where there is one of that name."""
    descriptor, beside = _nameless(file)
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(data)
            new.flush()
            os.fsync(descriptor)
            # Linked, not moved: a file that is there is never replaced.
            if beside:
                os.link(beside, file)
            else:
                _name(descriptor, file)
    finally:
        if beside:
            Path(beside).unlink()
    try:
        sync_folder(file.parent)
    except BaseException:
        file.unlink()
        raise


def unpack(file: Path, passphrase: str, folder: Path) -> Whole:
    """Open a file and check it against its manifest; what is public goes to ``folder``, nothing
    else is laid down. Raises NotWhole."""
    tables: dict[str, Path | bytes] = {}
    hashes: dict[str, str] = {}
    packed = _opened(file, passphrase)
    left = min(MOST, ALWAYS + TIMES * len(packed))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as tar:
            # Read block by block: tarfile would take in headers of any length before it shows them.
            while any(block := tar.read(_BLOCK)):
                told = tarfile.TarInfo.frombuf(block, "ascii", "strict")
                if MANIFEST in hashes or told.name in hashes or not _NAME.fullmatch(told.name):
                    raise NotWhole(f"{told.name!a} has no place in such a file")
                left -= told.size + _BLOCK
                if (
                    told.type not in (tarfile.REGTYPE, tarfile.AREGTYPE)
                    or told.size < 0
                    or left < 0
                ):
                    raise NotWhole(f"{told.name} is no plain file, or there is too much in it")
                hashes[told.name] = _take(told, tar, folder, tables)
    except (tarfile.TarError, UnicodeDecodeError, EOFError, zlib.error, OSError) as error:
        raise NotWhole(f"what is in it cannot be unpacked: {error}") from error
    return _checked(folder, tables, hashes)


def _opened(file: Path, passphrase: str) -> bytes:
    try:
        # Neither a folder nor a pipe or a device, which would never end.
        if file.exists() and not file.is_file():
            raise NotWhole(f"{file} is no file")
        if file.exists() and file.stat().st_size > MOST:
            raise NotWhole(f"{file} has more than {MOST} bytes")
        data = file.read_bytes()
    except OSError as error:
        raise NotWhole(f"{file} cannot be read: {error.strerror}") from error
    if not data.startswith(b"age-encryption.org/"):
        raise NotWhole(
            f"{file} is not encrypted as age does; `kerege export --all` makes such files"
        )
    try:
        opened: bytes = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        why = "another passphrase, or the file was changed or cut off"
        raise NotWhole(f"{file} does not open: {why} ({error})") from error
    return opened


def _take(
    told: tarfile.TarInfo, data: gzip.GzipFile, folder: Path, tables: dict[str, Path | bytes]
) -> str:
    to, hashed = folder / told.name, sha256()
    if "/" not in told.name:
        if told.name not in _OPEN:
            held = tables[told.name] = b"".join(_parts(told.size, data))
            return sha256(held).hexdigest()
        tables[told.name] = to
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("xb") as out:
        for part in _parts(told.size, data):
            hashed.update(part)
            out.write(part)
    return hashed.hexdigest()


def _parts(size: int, data: gzip.GzipFile) -> Iterator[bytes]:
    """The bytes of one file, never more than it said; what fills its last block is passed over."""
    left = size
    while left:
        part = data.read(min(left, 1 << 20))
        if not part:
            raise EOFError("it was cut off")
        left -= len(part)
        yield part
    data.read(-size % _BLOCK)


def _checked(folder: Path, kept: Mapping[str, Path | bytes], hashes: dict[str, str]) -> Whole:
    if MANIFEST not in kept:
        raise NotWhole("it has no manifest: it was cut off")
    try:
        (manifest,) = [json.loads(one) for one in [kept[MANIFEST]] if isinstance(one, bytes)]
        if manifest["format"] != FORMAT:
            raise NotWhole(f"its format is {manifest['format']!a}, and this release reads {FORMAT}")
        tables = {
            table: Lines(kept[f"{table}.jsonl"])
            for table in TABLES
            if table != "sent" or f"{table}.jsonl" in kept
        }
        for lines in tables.values():
            # Each line is read once before anything is made of the first.
            deque(lines, maxlen=0)
        told = {name: one for name, one in hashes.items() if name != MANIFEST}
        if manifest["files"] != told:
            raise NotWhole("its files are not those of its manifest")
        slug, origin, size = manifest["slug"], manifest["origin"], manifest["size"]
        leaves_for = manifest.get("leaves_for")
        kinds = (type(slug), type(origin), type(size))
        if kinds != (str, str, int) or not isinstance(leaves_for, str | None):
            raise NotWhole("its manifest does not say which register it is")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, NotWhole):
            raise
        raise NotWhole(f"it lacks a part: {error!r}") from error
    return Whole(folder, slug, origin, size, leaves_for, tables)
