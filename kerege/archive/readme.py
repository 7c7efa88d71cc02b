"""The README that goes with an exported register: every file, and every field of an entry.

Plain text, UTF-8. What an entry's keys mean is taken from the module that specifies them, what the
fields of an act are called from the words the pages use, so that neither is told twice.
"""

import re
from functools import cache

from kerege.municipality import entry
from kerege.municipality.acts import ACTS
from kerege.municipality.telling import field_name
from kerege.words import LANGUAGES, shipped

_FILES = """\
FILES

README                     this text
key                        the register's public keys (vkey, c2sp.org/signed-note), one a line, the
                           first the one it began with; an entry RotateKey puts each later one in
                           force
checkpoint                 origin, number of entries and root hash, signed
                           (c2sp.org/tlog-checkpoint); below it the lines of witnesses
                           (c2sp.org/tlog-cosignature)
tile/<L>/<N>               hashes of the Merkle tree (RFC 6962), 256 to a file; the last of a level
                           ends in .p/<W>, W being how many it has (c2sp.org/tlog-tiles)
tile/entries/<N>           the entries 256 to a file, each after its length in two bytes
register.jsonl             the same entries, one a line: line n is entry n, counted from 0, in
                           canonical JSON (RFC 8785), exactly the bytes that are hashed
rulebooks/<digest>         the law entries were put to, by the digest they carry: JSON with
                           vocabulary (text) and editions (each with file and text); the digest
                           is the SHA-256, in hex, of the line "kerege-rulebook/v1" and then, for
                           the vocabulary and each edition's text in order, a line with its
                           number of bytes (UTF-8) and the text itself
documents/<sha256>         papers that entries name by their SHA-256
policy                     this log, its witnesses, and how many of them must have signed
                           (c2sp.org/tlog-policy)
root/checkpoint            the signed head of the house's root, the log of the checkpoints of all
                           its registers
root/key                   its public keys, one a line; behind a later one the signed note that put
                           it in force, in base64
root/proof                 that a checkpoint of this register, which is its extra, stands in the
                           root (c2sp.org/tlog-proof)
"""

_KINDS = """\
FIELDS OF AN ACT

An optional one is null when nothing was said. A reference is the number of an earlier entry; hex is
a SHA-256 in 64 digits; personal is a commitment, 64 digits too, in the place of a name or a number
that stands in no public file: SHA-256("kerege/commitment/v1\\n" || id of the entry || "\\n" ||
field || "\\n" || salt of 32 bytes || value in UTF-8).
"""


@cache
def readme() -> str:
    """The text, the same for every register."""
    intro = [shipped("archive", "readme")["readme.intro"].say(each) for each in LANGUAGES]
    parts = ["\n".join(text.strip() + "\n" for text in intro), _FILES, _entry(), _fields()]
    return "\n".join(parts)


def _entry() -> str:
    found = re.search(r"::\n\n(.*?)\n\n", entry.__doc__ or "", re.DOTALL)
    assert found is not None
    return f"AN ENTRY\n\n{found[1]}\n".replace("\n    ", "\n").replace("``", "`")


def _fields() -> str:
    lines = [_KINDS]
    for name in sorted(ACTS):
        lines.append(name)
        for field, told in sorted(ACTS[name].told().items()):
            kind = type(told.kind).__name__.lower()
            lines.append(f"  {field:<20} {kind:<10} {field_name(field, 'en')}")
    return "\n".join(lines) + "\n"
