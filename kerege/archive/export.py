"""Everything public of one register as plain files.

Format of the folder::

    register.jsonl        one entry a line, exactly its canonical bytes (municipality/entry.py)
    rulebooks/<digest>    the rulebook entries were put to, as JSON {vocabulary, editions}
    checkpoint            the signed head (C2SP tlog-checkpoint), where there is one
    README                what these files are
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

REGISTER = "register.jsonl"
README = f"""The public register of a municipality, as plain files.
{REGISTER}  one entry a line, RFC 8785 canonical JSON; line n is entry n, counted from 0
rulebooks/      the law each entry was put to, named by the digest the entry carries
checkpoint      the signed head of the register (C2SP tlog-checkpoint)
`kerege verify FOLDER` folds and judges it again.
"""


def write(
    folder: Path, entries: Iterable[bytes], rulebooks: Mapping[str, str], checkpoint: bytes
) -> int:
    """Write the folder; returns the number of entries. Existing files are replaced."""
    (folder / "rulebooks").mkdir(parents=True, exist_ok=True)
    size = 0
    with (folder / REGISTER).open("wb") as file:
        for data in entries:
            file.write(data + b"\n")
            size += 1
    for digest, text in rulebooks.items():
        (folder / "rulebooks" / digest).write_text(text, "utf-8")
    (folder / "checkpoint").write_bytes(checkpoint)
    (folder / "README").write_text(README, "utf-8")
    return size
