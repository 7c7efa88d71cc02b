"""The keys of a log that has no entries to name them: of the root over the registers of a house.

One key a line, as a vkey, the one it began with first::

    kerege.naryn.kg/public-root+1b2c33d4+AZ8…                  <- it began with this one,
    kerege.naryn.kg/public-root+9e01c2aa+AQ7… a2VyZWdlL3Jv…    <- which put this one in its place,
    kerege.naryn.kg/public-root/2+77aa0b12+AQ7…                <- and this is another log

After a key of the same name stands, in base64, the signed note by which the key before it named it
(`rotation.statement`, routine). A key of another name begins another log over the same leaves:
under the earlier name more was signed than is there, since an old copy was restored, or its key
was lost or stolen. Nothing vouches for it but the registers that stand in it.
"""

from collections.abc import Iterable

from kerege.register import rotation
from kerege.register.note import NoteError, Verifier, from_base64, to_base64


def write(keys: Iterable[tuple[str, bytes]]) -> str:
    """Return the lines of `keys`: each a vkey and the note that names it, empty where none does."""
    return "".join(f"{vkey} {to_base64(note)}\n" if note else f"{vkey}\n" for vkey, note in keys)


def read(text: str) -> list[Verifier]:
    """Return the keys that `write` wrote, the last one in force. Raises `NoteError` when there is
    none, and when a key is not named by the one before it."""
    lines = text.split("\n")
    if len(lines) < 2 or lines.pop() != "":
        raise NoteError("a keyring has one key a line, each line with its newline")
    found: list[Verifier] = []
    for line in lines:
        vkey, _, encoded = line.partition(" ")
        key = Verifier.from_vkey(vkey)
        if found and key.name == found[-1].name:
            rotation.check(from_base64(encoded), found[-1], None, vkey, "routine")
        elif encoded:
            raise NoteError(f"nothing before {vkey} can name it")
        found.append(key)
    return found
