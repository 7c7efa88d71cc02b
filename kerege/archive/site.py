"""A register as a site of plain files, for whoever has no server: a resident, a newspaper, a stick.

Format of the folder::

    index.html                      the languages
    kerege-verify.pyz               checks log/ with Python alone (archive/verifier.py)
    kerege-site                     marks the folder as a site, which may be written anew
    site.css                        the look of all pages
    <language>/index.html           the place, who governs on the last day, how to check it
    <language>/list-<page>.html     the entries, newest first
    <language>/entries/<k>/<n>.html one entry: k counts thousands
    entries/<k>/<n>.json            its canonical bytes
    entries/<k>/<n>.tlog-proof      its proof (register/proof.py), with bytes and checkpoint
    log/                            the export it was made from (archive/export.py)

No page runs anything or leads outside. One release makes the same bytes of the same
export. A site is written beside its folder and moved there when it is whole.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kerege.archive import site_reading
from kerege.archive.export import REGISTER, take_place
from kerege.archive.reading import Unreadable
from kerege.archive.site_pages import Pages, checker, entry_at
from kerege.archive.site_reading import Exported
from kerege.register.tiles import TileError, read_path

MARK = "kerege-site"
LOG = "log"
# What of a folder belongs to an export; what else lies there is not published.
_PARTS = re.compile(
    r"README|key|checkpoint|policy|register\.jsonl|root/(?:checkpoint|key|proof)"
    r"|(?:rulebooks|documents)/[0-9a-f]{64}"
)


class NotASite(ValueError):
    """A folder that is no site and must not be replaced by one; the message says why."""


def write(folder: Path, out: Path) -> tuple[int, int]:
    """Make a site of the export in ``folder`` at ``out``, which is new, empty, or an earlier site.

    Returns the number of entries and of pages. Raises Unreadable for an export that is not sound
    and NotASite, before anything is written; whatever fails later, ``out`` stays as it was."""
    folder, out = folder.resolve(), out.resolve()
    _check_place(folder, out)
    source = site_reading.read(folder)
    parts = list(_parts(folder))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        made = Path(beside) / "site"
        made.mkdir()
        _copy(folder, parts, source, made / LOG)
        pages = _fill(source, made)
        take_place(made, out, Path(beside) / "before")
    return len(source.entries), pages


def _check_place(folder: Path, out: Path) -> None:
    if out == folder or folder in out.parents:
        raise NotASite(f"{out} lies in the export itself")
    if out.exists() and not out.is_dir():
        raise NotASite(f"{out} is no folder")
    if out.exists() and not (out / MARK).is_file() and any(out.iterdir()):
        raise NotASite(f"{out} is not empty and is no site of ours; it stays as it is")


def _parts(folder: Path) -> Iterator[str]:
    """The files of the export, by their path in it; raises Unreadable for a link among them."""
    for above, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *files]):
            path = Path(above, name)
            part = path.relative_to(folder).as_posix()
            if path.is_symlink() and (name in folders or _belongs(part)):
                raise Unreadable(f"{path} is a link; an export has files only")
            if name in files and _belongs(part):
                yield part


def _belongs(part: str) -> bool:
    if _PARTS.fullmatch(part):
        return True
    try:
        read_path(part)
    except TileError:
        return False
    return True


def _copy(folder: Path, parts: list[str], source: Exported, log: Path) -> None:
    for part in parts:
        to = log / part
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / part, to)
    # What the pages were made of, should the export have grown meanwhile.
    (log / REGISTER).write_bytes(b"".join(line + b"\n" for line in source.data))
    (log / "checkpoint").write_bytes(source.note)


def _fill(source: Exported, made: Path) -> int:
    pages, count = Pages(source), 0
    for path, text in pages.files():
        to = made / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, "utf-8", newline="\n")
        count += path.endswith(".html")
    for n, data in enumerate(source.data):
        to = made / "entries" / entry_at(n, "json")
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
        to.with_suffix(".tlog-proof").write_bytes(pages.receipt(n))
    (made / "kerege-verify.pyz").write_bytes(checker())
    (made / MARK).write_text("Made by kerege site, and written anew as a whole.\n", "utf-8")
    return count
