"""Erasing: what is kept beside the register is deleted here, and then wiped from where it lay.

The gate deletes the rows in the transaction that writes ``ErasePersonal``, so that an entry never
says what was not done. Deleted rows still lie in files: what wipes them runs after the commit, and
until it has, a file in ``DATA/erasing/`` stands for it, holding the address of the register. Should
it be interrupted, the next start of the server, the next erasure or ``kerege erase --finish`` takes
it up again; to wipe twice does no harm.

On SQLite: ``secure_delete`` overwrites deleted rows with zeros (``settings.py``); the write-ahead
log is written back and cut to nothing; where the database file still holds something, of times
before, it is written anew. What an import that was cut off left behind is cleared away
(``workrooms.py``). On PostgreSQL the two tables are written anew; what the server's
write-ahead files hold it overwrites itself when it uses them again. Whole exports of the register
on this machine are deleted. What is elsewhere (backups, exports carried away) is erased there.
"""

import logging
import os
import re
import subprocess
import sys
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kerege.kyrgyz.repeated import repeats
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.erase_personal import PAPER
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Hex
from kerege.municipality.problem import malformed
from kerege.web import keys, searching, workrooms
from kerege.web.models import Departed, Document, Private, Register
from kerege.web.registers import entries_of, entry_of, look, read, seeing, told

logger = logging.getLogger(__name__)
_TABLES = ("web_private", "web_document")
# A page of a paper lies in one piece; three places of it are looked for.
_PROBE = 64
# What was wiped of late in this process, for the console to tell.
_reports: deque["Wiped"] = deque(maxlen=100)


@dataclass
class Wiped:
    """What was done, and what could not be."""

    registers: set[str] = field(default_factory=set)
    # The files of the database, and whether nothing that was erased is left in them.
    database: bool = True
    exports: list[str] = field(default_factory=list)
    # Papers taken out of the folders of public exports.
    papers: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    # Why the database could not be wiped now.
    problem: str = ""


def erasable(register: Register, entry: int, names: Sequence[str], ground: str) -> None:
    """Raise Malformed unless each of the fields holds something that is kept here: an entry does
    not say that what was never here was erased. Nor does its ground, which stands in the register
    for good, say who it was."""
    one = entry_of(register, entry)
    for name in names:
        if one is None or not _kept(register, one, name):
            raise malformed("names", "not_erasable", name=name)
    beside = Private.objects.filter(register=register, uid=one.id if one else "")
    if any(repeats(ground, value) for value in beside.values_list("value", flat=True)):
        raise malformed("ground", "says_what_is_erased")


def _kept(register: Register, one: Entry, name: str) -> bool:
    if _names_paper(one, name):
        return Document.objects.filter(pk=_said(one, name)).exists()
    return Private.objects.filter(register=register, uid=one.id, field=name).exists()


def erase(register: Register, entry: Entry) -> None:
    """Delete what an ``ErasePersonal`` names, in the transaction that writes it. A paper that an
    entry still names from which it was not erased stays."""
    one = entry_of(register, entry.fields["entry"])
    assert one is not None
    names = entry.fields["names"]
    kept = Private.objects.filter(register=register, uid=one.id, field__in=names)
    traces = [bytes(salt) for salt in kept.values_list("salt", flat=True)]
    deleted, _ = kept.delete()
    for digest in sorted({_said(one, name) for name in names if _names_paper(one, name)}):
        if _locked(digest) and not any(named(digest)):
            traces += _delete_paper(digest)
            deleted += 1
    if deleted:
        _due(register.slug)
        transaction.on_commit(lambda: _wipe(traces), robust=True)


def learn(register: Register) -> None:
    """Erase here what a register that was taken in from elsewhere says was erased there: a backup
    can bring it back. In the transaction that takes it in, after its papers."""
    said = {by for fields in told(register).erased.values() for by in fields.values()}
    for by in sorted(said):
        one = entry_of(register, by)
        # Elsewhere an entry may have been named that there is not.
        if one is not None and entry_of(register, one.fields["entry"]) is not None:
            erase(register, one)


def erase_unnamed(digest: str) -> bool:
    """Delete a paper that no entry names; whether there was one."""
    with transaction.atomic():
        if not _locked(digest) or any(named(digest)):
            return False
        traces = _delete_paper(digest)
        _due("")
        transaction.on_commit(lambda: _wipe(traces), robust=True)
    return True


def _locked(digest: str) -> bool:
    """Whether a paper is kept, once whoever was about to name it has (``documents.keep``). Only who
    looks for names after this sees them all."""
    one = Document.objects.select_for_update().filter(pk=digest)
    return one.values_list("pk", flat=True).first() is not None


def _delete_paper(digest: str) -> list[bytes]:
    """Delete a paper; returns bytes by which what is left of it can be found."""
    found = Document.objects.filter(pk=digest)
    traces = [probe for one in found for probe in _probes(bytes(one.data))]
    found.delete()
    return traces


def named(digest: str) -> Iterator[tuple[Register, int, list[str]]]:
    """The entries that name a paper and from which it was not erased: register, number, fields."""
    with connection.cursor() as cursor:
        place = "position(%s in data) > 0" if _postgresql() else "instr(data, %s) > 0"
        cursor.execute(f"SELECT register_id, n, data FROM web_row WHERE {place}", [digest.encode()])
        found = cursor.fetchall()
    registers = Register.objects.in_bulk({row[0] for row in found})
    for register, n, data in ((registers[id_], n, data) for id_, n, data in found):
        one, erased = read(data), told(register).erased.get(n, {})
        fields = [PAPER, *(name for name in one.fields if _names_paper(one, name))]
        mine = [name for name in fields if _said(one, name) == digest and name not in erased]
        if mine:
            yield register, n, mine


def erased_from(digest: str) -> tuple[Register, int, str] | None:
    """An entry that named a paper, and the field from which it was erased; None of a paper that
    never was."""
    with seeing(look("")):
        for register in Register.objects.order_by("slug"):
            erased = told(register).erased
            if not erased:
                continue
            for n, one in entries_of(register, erased).items():
                for name in erased[n]:
                    if _names_paper(one, name) and _said(one, name) == digest:
                        return register, n, name
    return None


def _said(one: Entry, name: str) -> str:
    if name == PAPER:
        return one.evidence.sha256 if one.evidence else ""
    return str(one.fields.get(name) or "")


def _names_paper(one: Entry, name: str) -> bool:
    told_ = ACTS[one.act].told().get(name)
    return name == PAPER or (told_ is not None and isinstance(told_.kind, Hex))


def _probes(data: bytes) -> list[bytes]:
    starts = (len(data) * k // 4 for k in (1, 2, 3))
    return [data[start : start + _PROBE] for start in starts if len(data) >= _PROBE]


# -- wiping ---------------------------------------------------------------------------------------


def _folder() -> Path:
    return Path(settings.DATA) / "erasing"


def _due(slug: str) -> None:
    """Remember that something has to be wiped. On the disk before the commit is: should that fail,
    wiping finds nothing."""
    _folder().mkdir(parents=True, exist_ok=True)
    with (_folder() / uuid.uuid4().hex).open("x") as mark:
        mark.write(slug)
        mark.flush()
        os.fsync(mark.fileno())
    # The mark's name, and that of the folder, which may be as new.
    for folder in (_folder(), _folder().parent):
        keys.sync_folder(folder)


def due() -> bool:
    """Whether an erasure is waiting to be wiped."""
    return _folder().is_dir() and any(_folder().iterdir())


def _wipe(traces: Sequence[bytes]) -> None:
    done = finish(traces)
    _reports.append(done)
    if done.problem:
        logger.warning("erased, but not wiped yet (kerege erase --finish): %s", done.problem)


def reports() -> list[Wiped]:
    """What was wiped in this process since this was asked last."""
    found = list(_reports)
    _reports.clear()
    return found


def finish(traces: Sequence[bytes] | None = None) -> Wiped:
    """Wipe what was erased. ``traces`` are bytes that lay beside it: the database is then written
    anew only where it still holds one; without them it always is."""
    done, waiting = Wiped(), sorted(_folder().iterdir()) if due() else []
    done.registers = {file.read_text() for file in waiting}
    for departed in Departed.objects.filter(register__slug__in=done.registers):
        if departed.whole:
            _delete_export(departed, done)
    # A paper may be named by the entries of several registers.
    for departed in Departed.objects.filter(whole=False):
        _take_papers_out(departed, done)
    try:
        # An import that was cut off has left what it had unpacked.
        workrooms.clear()
        if _postgresql():
            _rewrite_tables()
        else:
            _cut_log()
            if traces is None or held(traces):
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM")
                _cut_log()
            done.database = done.database and not held(traces or ())
    except (DatabaseError, OSError) as error:
        done.database, done.problem = False, str(error).strip()
        return done
    for file in waiting if done.database else ():
        file.unlink(missing_ok=True)
    return done


def _delete_export(departed: Departed, done: Wiped) -> None:
    file = Path(departed.path)
    if not file.is_file():
        # Carried away, perhaps: it is named again whenever something is erased.
        done.missing.append(departed.path)
        return
    try:
        file.unlink()
    except OSError as error:
        # Wiped all the same, but not yet done: the mark stays.
        done.database, done.problem = False, f"{departed.path}: {error.strerror}"
        return
    departed.delete()
    done.exports.append(departed.path)


def _take_papers_out(departed: Departed, done: Wiped) -> None:
    """Delete papers that this house does not hold any more from a folder it has exported to."""
    try:
        lying = sorted((Path(departed.path) / "documents").iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        done.database, done.problem = False, f"{departed.path}: {error.strerror}"
        return
    held_here = set(Document.objects.values_list("pk", flat=True))
    for file in lying:
        if not re.fullmatch("[0-9a-f]{64}", file.name) or file.name in held_here:
            continue
        try:
            file.unlink()
        except OSError as error:
            done.database, done.problem = False, f"{file}: {error.strerror}"
            return
        done.papers.append(str(file))


def files() -> list[Path]:
    """The files of a SQLite database."""
    name = str(connection.settings_dict["NAME"])
    return [
        Path(f"{name}{end}") for end in ("", "-wal", "-journal") if Path(f"{name}{end}").exists()
    ]


def held(traces: Sequence[bytes]) -> list[Path]:
    """The files of a SQLite database that hold one of the traces. Looked at by a process of its
    own (``searching.py``): to open them here would lose acts. Raises OSError."""
    looked = files() if traces else []
    if not looked:
        return []
    command = [sys.executable, "-I", searching.__file__, *map(str, looked)]
    said = "\n".join(trace.hex() for trace in traces)
    done = subprocess.run(command, input=said, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"the database could not be searched: {done.stderr.strip()[-300:]}")
    return [looked[int(place)] for place in done.stdout.split()]


def _cut_log() -> None:
    """Write the write-ahead log back and cut it to nothing; raises OSError while it is read."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise OSError("the write-ahead log is being read")


def _rewrite_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10s'")
        try:
            for table in _TABLES:
                cursor.execute(f"VACUUM FULL {table}")
        finally:
            cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        # Others are not let: the server does it by itself every few minutes.
        if cursor.fetchone()[0]:
            cursor.execute("CHECKPOINT")


def _postgresql() -> bool:
    return connection.vendor == "postgresql"
