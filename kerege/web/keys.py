"""Keys that sign for a log, sealed at rest, and the signer in force.

``DATA/master.key`` is the one secret all others are sealed under: a text file that only its owner
can read, made on first use. One line::

    kerege/master/v1 plain <base64 of 32 bytes>
    kerege/master/v1 scrypt <base64 of salt, 16 bytes> <base64 of 12 bytes of nonce, AES-256-GCM>

With a passphrase (``KEREGE_PASSPHRASE``, or a file named by ``KEREGE_PASSPHRASE_FILE``) the bytes
are wrapped under scrypt (n = 2**15, r = 8, p = 1, RFC 7914). A seed is sealed as nonce and
AES-256-GCM with the text ``kerege/key/v1`` and the vkey, a newline between, as associated data: a
sealed seed moved to another row does not open. Whoever copies the database alone has no key.

Which key of a register is in force, its own entries say (``archive/signed.py``); the seeds are
here.
"""

import os
import secrets
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from kerege.archive.export import sync_folder as sync_folder
from kerege.archive.signed import ADMIT_LOSS, KEY_ACTS, Keys
from kerege.municipality import keys as folded
from kerege.municipality.act import Act
from kerege.municipality.acts.admit_loss import AdmitLoss
from kerege.municipality.problem import malformed
from kerege.register.note import NoteError, Signer, Verifier
from kerege.web import heads
from kerege.web.models import Key, Register, Row
from kerege.web.statements import run

_HEADER = "kerege/master/v1"


class Locked(RuntimeError):
    """The master key cannot be opened, or a sealed key is not of this house: nothing is signed."""


class WrongPassphrase(Locked):
    """The master key is wrapped under another passphrase, or none was given for it."""


def signer(origin: str) -> Signer:
    """The key in force of a log; raises Locked when there is none here or it cannot be opened."""
    # Asked anew for every act: another process may have changed the key.
    row = run(
        "SELECT vkey, sealed FROM web_key WHERE origin = %s ORDER BY id DESC LIMIT 1", [origin]
    ).fetchone()
    if row is None:
        raise Locked(f"no key signs for {origin} here")
    return _opened(origin, row[0], bytes(row[1]))


def make_once(origin: str) -> Signer:
    """The key in force of a log, made when it has none yet."""
    return signer(origin) if Key.objects.filter(origin=origin).exists() else make(origin)


def make(origin: str, since: int = 1) -> Signer:
    """A new key in force for a log from a size on."""
    return take_in(Signer(origin, fresh()), since)


def take_in(key: Signer, since: int = 1, statement: bytes = b"") -> Signer:
    """Put a key into force that was made elsewhere. ``statement`` is what the key before it said
    of it, where no entry does: of the root."""
    vkey = key.verifier.vkey
    sealed = seal(key.seed, vkey)
    Key.objects.create(origin=key.name, vkey=vkey, sealed=sealed, since=since, statement=statement)
    return key


def without_seed(key: Verifier, since: int) -> None:
    """Know that a key is in force of which there is no seed here: nothing is signed until it is
    changed."""
    Key.objects.create(origin=key.name, vkey=key.vkey, sealed=b"", since=since)


def vkeys(origin: str) -> list[str]:
    """The keys of a log, the one it began with first."""
    return list(Key.objects.filter(origin=origin).order_by("pk").values_list("vkey", flat=True))


def fresh() -> bytes:
    """The 32 secret bytes of a new key."""
    return secrets.token_bytes(32)


def chain(register: Register) -> Keys:
    """The keys of a register from its first on, as its own entries name them. Raises Locked or
    NoteError."""
    # Sorted here: asked for the order, SQLite would walk the whole register in it.
    rows = Row.objects.filter(register=register, act__in=KEY_ACTS).order_by()
    said = sorted((n, orjson.loads(data)) for n, data in rows.values_list("n", "data"))
    lost = sum(1 for _, entry in said if entry["act"] == ADMIT_LOSS)
    first = register.pinned or next(iter(vkeys(began_as(register.origin, lost))), "")
    if not first:
        raise Locked(f"the first key of {register.origin} is not known")
    found = Keys(Verifier.from_vkey(first))
    for n, entry in said:
        found.take(n, entry["act"], entry["fields"])
    return found


def began_as(origin: str, losses: int) -> str:
    """The name a log had before losses were admitted."""
    return origin.removesuffix(f"/{losses + 1}") if losses else origin


def rightly(register: Register, size: int, act: Act) -> None:
    """Raise Malformed unless what an act says of keys after ``size`` entries is signed by the key
    that must sign it, and unless the key that would then be in force is of this house."""
    name = type(act).__name__
    if name == ADMIT_LOSS:
        # Only of a log that goes on under a name that has signed nothing yet.
        if not Key.objects.filter(origin=register.origin, since__gt=size).exists():
            raise malformed("act", "not_our_key")
        assert isinstance(act, AdmitLoss)
        _published(register.origin, act)
        return
    found = chain(register)
    try:
        found.take(size, name, act.json())
    except NoteError as error:
        raise malformed("note", "not_signed") from error
    if vkeys(register.origin)[-1:] != [found.at(size + 1).vkey]:
        raise malformed("key", "not_our_key")


def _published(name: str, loss: AdmitLoss) -> None:
    """Raise Malformed where an admitted loss tells of another head than one that is known to have
    left the house under a name the log had before."""
    first, _, number = name.rpartition("/")
    said = (loss.known_size, loss.known_root)
    for before in range(int(number) - 1 if number.isdecimal() else 0):
        last = heads.known(folded.origin(first, before))
        if last is not None and said == (last.size, last.root.hex()):
            return
    raise malformed("known_root", "not_published")


def seal(seed: bytes, vkey: str) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(master()).encrypt(nonce, seed, _about(vkey))


def unseal(sealed: bytes, vkey: str) -> bytes:
    """The seed sealed for a vkey; raises Locked."""
    if not sealed:
        raise Locked(f"of the key {vkey} there is no seed here")
    try:
        return AESGCM(master()).decrypt(sealed[:12], sealed[12:], _about(vkey))
    except InvalidTag:
        raise Locked(
            f"the key {vkey.partition('+')[0]} was sealed under another master key"
        ) from None


def _opens(key: bytes, sealed: bytes, vkey: str) -> bool:
    try:
        AESGCM(key).decrypt(sealed[:12], sealed[12:], _about(vkey))
    except InvalidTag:
        return False
    return True


@lru_cache(maxsize=1024)
def _opened(origin: str, vkey: str, sealed: bytes) -> Signer:
    key = Signer(origin, unseal(sealed, vkey))
    if key.verifier.vkey != vkey:
        raise Locked(f"the key of {origin} is not the one its row names")
    return key


def _about(vkey: str) -> bytes:
    return f"kerege/key/v1\n{vkey}".encode()


# -- the master key -------------------------------------------------------------------------------


def path() -> Path:
    return Path(settings.DATA) / "master.key"


def master() -> bytes:
    """The 32 bytes all keys are sealed under, made on first use; raises Locked."""
    file = path()
    if not file.exists():
        # A new one would open none of the keys there are, and stand in the way of the old one.
        if Key.objects.exclude(sealed=b"").exists():
            raise Locked(f"{file.name} is gone: bring it back from its sheet or its copy")
        _make(file)
    try:
        return _read(file.read_text("ascii"), _passphrase())
    except (OSError, UnicodeDecodeError) as error:
        raise Locked(f"{file.name} cannot be read: {error}") from error


def wrap(passphrase: str) -> None:
    """Wrap the master key under a passphrase from now on, or leave it plain with an empty one."""
    write(_line(master(), passphrase))


def bring_back(key: bytes) -> None:
    """Put back a master key that was gone. Raises FileExistsError where there is one, and Locked
    for one that opens none of the keys there are."""
    if path().exists():
        raise FileExistsError(path())
    sealed = Key.objects.exclude(sealed=b"").order_by("-pk").values_list("vkey", "sealed")
    if sealed and not any(_opens(_exactly(key), bytes(one), vkey) for vkey, one in sealed):
        raise Locked("this is another master key: it opens none of the keys there are")
    path().parent.mkdir(parents=True, exist_ok=True)
    write(_line(_exactly(key), _passphrase()))


def begin_anew() -> None:
    """Make a new master key where the old one is lost for good: what was sealed under it stays
    closed."""
    if not path().exists():
        _make(path())


def write(line: str) -> None:
    """Put a line in the place of the master key's, whole or not at all."""
    beside = path().with_suffix(f".{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(line)
        file.flush()
        os.fsync(descriptor)
    os.replace(beside, path())
    sync_folder(path().parent)
    _read.cache_clear()


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as new:
        new.write(_line(secrets.token_bytes(32), _passphrase()))
        new.flush()
        os.fsync(descriptor)
    try:
        # Linked, not moved: of two processes that begin together only one makes the key.
        os.link(beside, file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    # Also of one that another process made: what is sealed under it is committed before long.
    sync_folder(file.parent)


def _passphrase() -> str:
    named = os.environ.get("KEREGE_PASSPHRASE_FILE")
    if named:
        try:
            return Path(named).read_text("utf-8").rstrip("\n")
        except OSError as error:
            raise Locked(f"KEREGE_PASSPHRASE_FILE cannot be read: {error}") from error
    return os.environ.get("KEREGE_PASSPHRASE", "")


def _line(key: bytes, passphrase: str) -> str:
    if not passphrase:
        return f"{_HEADER} plain {b64encode(key).decode()}\n"
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key, _HEADER.encode())
    return f"{_HEADER} scrypt {b64encode(salt).decode()} {b64encode(wrapped).decode()}\n"


@lru_cache(maxsize=4)
def _read(line: str, passphrase: str) -> bytes:
    match line.split():
        case [header, "plain", key] if header == _HEADER:
            return _exactly(b64decode(key))
        case [header, "scrypt", salt, wrapped] if header == _HEADER:
            data = b64decode(wrapped)
            try:
                unwrapper = AESGCM(_stretched(passphrase, b64decode(salt)))
                return _exactly(unwrapper.decrypt(data[:12], data[12:], _HEADER.encode()))
            except InvalidTag:
                raise WrongPassphrase(
                    "the passphrase is wrong: it does not open master.key"
                    if passphrase
                    else "master.key asks for a passphrase and none was given"
                ) from None
    raise Locked("master.key is not a master key")


def _exactly(key: bytes) -> bytes:
    if len(key) != 32:
        raise Locked("master.key does not hold 32 bytes")
    return key


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
