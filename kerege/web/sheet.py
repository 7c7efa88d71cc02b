"""A secret on paper: 32 bytes as four rows that a person can copy, each with a check of its own.

    1   3fa2 91bc 0d4e 77aa   5c
    2   …

A row is its number, 16 digits in hexadecimal, and two digits that tell whether they were copied
rightly: the first byte of SHA-256("kerege/sheet/v1", a newline, the number, a newline, the 16
digits). Whatever else stands on a sheet is for people. Reading, a row is known by its number, and
an o is taken for 0, an l for 1.
"""

import re
from hashlib import sha256

from kerege.register.note import Signer
from kerege.web.saying import page_words
from kerege.words import LANGUAGES

ROWS = 4
_ROW = re.compile(r"\s*([1-4])[.:)]?\s+((?:[0-9a-f]{4}\s*){4})\s+([0-9a-f]{2})\s*")


class Miscopied(ValueError):
    """A sheet that cannot be right; the message names the row."""


def rows(secret: bytes) -> list[str]:
    """The rows of a secret of 32 bytes."""
    found = []
    for n in range(ROWS):
        digits = secret[8 * n : 8 * n + 8].hex()
        groups = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
        found.append(f"{n + 1}   {groups}   {_check(n + 1, digits)}")
    return found


def read(text: str) -> bytes:
    """The secret of a sheet; raises Miscopied."""
    found: dict[int, str] = {}
    for line in text.lower().splitlines():
        row = _ROW.fullmatch(line.replace("o", "0").replace("l", "1"))
        if row is None:
            continue
        n, digits = int(row[1]), re.sub(r"\s", "", row[2])
        if _check(n, digits) != row[3]:
            raise Miscopied(f"row {n} is not as it was printed")
        if found.setdefault(n, digits) != digits:
            raise Miscopied(f"row {n} stands there twice")
    missing = [str(n) for n in range(1, ROWS + 1) if n not in found]
    if missing:
        raise Miscopied(f"row {', '.join(missing)} is missing or not as it was printed")
    return bytes.fromhex("".join(found[n] for n in range(1, ROWS + 1)))


def recovery_key(text: str, vkey: str) -> Signer:
    """The recovery key of a sheet, which must be the one declared as ``vkey``; raises Miscopied."""
    key = Signer(vkey.partition("+")[0], read(text))
    if key.verifier.vkey != vkey:
        raise Miscopied("this is the sheet of another key")
    return key


def recovery_sheet(key: Signer) -> str:
    """The sheet of a recovery key, to print and to lock away."""
    return _sheet("sheet.recovery_title", "sheet.recovery_told", key.seed, key.verifier.vkey)


def master_sheet(master: bytes) -> str:
    """The sheet of the master key."""
    return _sheet("sheet.master_title", "sheet.master_told", master)


def _sheet(title: str, told: str, secret: bytes, vkey: str = "") -> str:
    words = page_words()
    titles, ends = ([words[key][language] for language in LANGUAGES] for key in (title, told))
    return "\n".join(
        ["KEREGE", *titles, "", *([vkey, ""] if vkey else []), *rows(secret), "", *ends, ""]
    )


def _check(n: int, digits: str) -> str:
    return sha256(f"kerege/sheet/v1\n{n}\n{digits}".encode()).hexdigest()[:2]
