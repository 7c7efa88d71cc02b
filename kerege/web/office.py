"""Office documents among papers: which a zip is, by what lies in it and never by its name.

One with programs in it is none; nor is one that would fetch anything from elsewhere when it is
opened (a template, a picture, a frame: parts whose relationship is external, links aside: ECMA-376
part 2, 6.5), or that declares a type of document, as none of these programs writes it.
"""

import io
import re
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

_ODF = "application/vnd.oasis.opendocument"
_OOXML = "application/vnd.openxmlformats-officedocument"
# How a saved document is called, by its media type.
ENDINGS = {
    f"{_ODF}.text": "odt",
    f"{_ODF}.spreadsheet": "ods",
    f"{_OOXML}.wordprocessingml.document": "docx",
    f"{_OOXML}.spreadsheetml.sheet": "xlsx",
}
# What an office document of Microsoft's kinds has in its zip.
_PARTS = {
    "word/document.xml": f"{_OOXML}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}.spreadsheetml.sheet",
}
# What zipfile raises for a broken file: the last but one for a cipher or a compression too.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    RuntimeError,
    OSError,
    EOFError,
)
# Members that are programs, whatever the case of their names: folders of OpenDocument, the part of
# Microsoft's, and what a system would run.
_PROGRAM = re.compile(
    r"(.*/)?(basic|scripts|macrosheets|activex)/.*|(.*/)?(vba(project|data)|activex|oleobject)[^/]*"
    r"|(.*/)?\.\.(/.*)?|.*\.(exe|dll|com|scr|msi|cpl|pif|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|jar|class|py"
    r"|sh|lnk)\s*",
    re.IGNORECASE,
)
# A list of parts, or of what they refer to, that is longer is none.
_LISTED = 1_000_000
_AT_ONCE = 1 << 16
# Followed only when the reader presses it.
_LINK = "/hyperlink"


def media(data: bytes, *, unpacked: int) -> str | None:
    """The media type of the office document a zip is, that unpacks to no more than ``unpacked``
    bytes; None for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Opened at home it would fill the reader's memory.
            if sum(one.file_size for one in archive.infolist()) > unpacked:
                return None
            if not all(_harmless(archive, name) for name in archive.namelist()):
                return None
            return _named(archive)
    except _BROKEN:
        return None


def _named(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        if archive.getinfo("[Content_Types].xml").file_size > _LISTED:
            return None
        if b"macroenabled" in archive.read("[Content_Types].xml").lower():
            return None
        return next((kind for part, kind in _PARTS.items() if part in names), None)
    # Read only where it is as short as it must be: a zip can hold far more than it weighs.
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
        said = archive.read("mimetype").decode("ascii")
        return said if said in ENDINGS and said.startswith(_ODF) else None
    return None


def _harmless(archive: zipfile.ZipFile, name: str) -> bool:
    if _PROGRAM.fullmatch(name.replace("\\", "/")):
        return False
    ending = name.rpartition(".")[2].lower()
    return ending not in ("xml", "rels") or _fetches_nothing(archive, name, ending == "rels")


class _Seen(Exception):
    """Enough of a part was read."""


def _fetches_nothing(archive: zipfile.ZipFile, name: str, refers: bool) -> bool:
    """Whether a part declares no type of document and, where it ``refers`` to others, none that
    lies elsewhere and is fetched. Of any other part only the beginning is read. One that is no XML
    no program opens."""
    found: list[str] = []

    def declared(*said: Any) -> None:
        found.append("doctype")
        raise _Seen

    def begun(tag: str, attributes: dict[str, str]) -> None:
        said = {key.rpartition(":")[2].lower(): value for key, value in attributes.items()}
        if not refers:
            raise _Seen
        link = said.get("type", "").lower().endswith(_LINK)
        if said.get("targetmode", "").lower() == "external" and not link:
            found.append(tag)
            raise _Seen

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = declared
    reader.StartElementHandler = begun
    if refers and archive.getinfo(name).file_size > _LISTED:
        return False
    try:
        with archive.open(name) as part:
            while data := part.read(_AT_ONCE):
                reader.Parse(data)
            reader.Parse(b"", True)
    except _Seen:
        return not found
    except expat.ExpatError:
        return not refers
    return True
