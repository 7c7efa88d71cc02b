"""What a register must be, told anew and simply: a list of entries, and what follows from it.

Nothing here asks the house how it does it: the tree, the signatures and the rulings are looked at
with Python and ``cryptography`` alone.
"""

import base64
import dataclasses
import json
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kerege.municipality.municipality import Municipality
from kerege.municipality.sums import Sums
from kerege.municipality.timeline import Timeline

EFFECTIVE_ANSWERS = {"permitted", "not_stated"}


class Tree:
    """A Merkle tree (RFC 6962) that grows; ``roots`` has its root at every size."""

    def __init__(self) -> None:
        self.roots: list[bytes] = [sha256(b"").digest()]
        # The complete subtrees at its right edge: how many leaves, and their root.
        self._edge: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        self._edge.append((1, leaf))
        while len(self._edge) > 1 and self._edge[-1][0] == self._edge[-2][0]:
            (size, left), (_, right) = self._edge[-2:]
            self._edge[-2:] = [(2 * size, sha256(b"\1" + left + right).digest())]
        root = b""
        for _, one in reversed(self._edge):
            root = sha256(b"\1" + one + root).digest() if root else one
        self.roots.append(root)


class Log:
    """A register as the model has it: only ever longer."""

    def __init__(self, origin: str, vkey: str) -> None:
        self.origin = origin
        self.entries: list[bytes] = []
        self.notes: dict[int, bytes] = {}
        self.tree = Tree()
        # The first size each key signs, in order.
        self.keys: list[tuple[int, str]] = [(1, vkey)]
        self.uids: dict[str, int] = {}
        # What was typed and must be kept, by entry's id and field; what was typed or erased ever.
        self.kept: dict[tuple[str, str], str] = {}
        self.typed: set[str] = set()

    # -- growing --------------------------------------------------------------------------------

    def grow(self, data: bytes) -> None:
        """Take in one more entry; asserts what must be so of every entry."""
        n, said = len(self.entries), json.loads(data)
        assert said["id"] not in self.uids, "one id, two entries"
        self.uids[said["id"]] = n
        if said["ruling"] is None:
            assert said["standing"] == "exempt" and said["digest"] == ""
        else:
            refused = said["ruling"]["answer"] not in EFFECTIVE_ANSWERS
            assert said["standing"] == ("contested" if refused else "effective")
            assert bool(said["reason"]) == refused
        if said["act"] == "RotateKey":
            self.keys.append((n + 1, said["fields"]["key"]))
        if said["act"] == "ErasePersonal":
            of = json.loads(self.entries[said["fields"]["entry"]])["id"]
            for name in said["fields"]["names"]:
                self.kept.pop((of, name), None)
        self.entries.append(data)
        self.tree.add(sha256(b"\0" + data).digest())

    def sign(self, size: int, note: bytes) -> None:
        """Take in the signed head of a size; asserts that it is of these entries, by that key."""
        assert size not in self.notes
        signers = [vkey for since, vkey in self.keys if since <= size][-1:]
        # In the routine way the old key signs the change as well.
        change = json.loads(self.entries[size - 1])
        if change["act"] == "RotateKey" and change["fields"]["why"] == "routine":
            signers.append(self.keys[[since for since, _ in self.keys].index(size) - 1][1])
        check_head(note, self.origin, size, self.tree.roots[size], signers)
        self.notes[size] = note

    def opens(self, uid: str, field: str, salt: bytes, value: str) -> None:
        """Assert that salt and value are what an entry has committed to."""
        said = json.loads(self.entries[self.uids[uid]])["fields"][field]
        head = f"kerege/commitment/v1\n{uid}\n{field}\n".encode()
        assert said == sha256(head + salt + value.encode()).hexdigest()


def check_head(note: bytes, origin: str, size: int, root: bytes, signers: list[str]) -> None:
    """Assert that a signed note says just this (c2sp.org/tlog-checkpoint), by these keys alone."""
    text, _, under = note.decode().partition("\n\n")
    assert text == f"{origin}\n{size}\n{base64.b64encode(root).decode()}"
    lines = under.splitlines()
    assert len(lines) == len(signers)
    for line, vkey in zip(lines, signers, strict=True):
        check_line(line, vkey, f"{text}\n".encode())


def check_line(line: str, vkey: str, message: bytes) -> None:
    """Assert that a line of a signed note (c2sp.org/signed-note) is a vkey's."""
    name, id_, key = vkey.split("+", 2)
    dash, who, signature = line.split(" ")
    raw, public = base64.b64decode(signature), base64.b64decode(key)
    assert (dash, who, raw[:4].hex()) == ("—", name, id_)
    assert public[0] == 1 and id_ == sha256(f"{name}\n".encode() + public).hexdigest()[:8]
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], message)


# -- the folded value -----------------------------------------------------------------------------

# Notes of what was worked out, the table of acts itself, and how often something changed.
_NOTES = {"_worked_out", "kinds", "_changes", "_sums"}
_ATOMS = {str, int, bool, float, bytes, date, datetime, type(None)}
_FIELDS: dict[type, list[str]] = {}


def told_plainly(m: Municipality) -> dict[str, Any]:
    """A folded value as plain Python: two are equal when all of this is.

    Sums are made when they are first asked, so those of a value that has none are made here; how
    often a record changed, and what was worked out of records, is no part of what is told."""
    assert not m._aside
    plain = Plain()
    told = {name: plain.of(value) for name, value in vars(m).items() if name not in _NOTES}
    sums = m._sums or Sums(one for kind in m._records.values() for one in kind.values())
    # A sum that came to nothing is as good as none.
    return told | {"sums": {str(what): amount for what, amount in sums._of.items() if amount}}


class Plain:
    """Plain forms of values; a record that is found at several places is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, Any] = {}

    def of(self, value: Any) -> Any:
        kind = type(value)
        if kind in _ATOMS:
            return value
        if kind is list or kind is tuple:
            return tuple([self.of(one) for one in value])
        if kind is dict:
            return {self.of(name): self.of(one) for name, one in value.items()}
        if kind is set:
            return frozenset(map(self.of, value))
        if kind is type:
            return value.__name__
        if kind is Timeline:
            return self._timeline(value)
        known = self._known.get(id(value))
        if known is None:
            if kind not in _FIELDS:
                _FIELDS[kind] = [one.name for one in dataclasses.fields(value)]
            said = [self.of(getattr(value, name)) for name in _FIELDS[kind]]
            known = self._known[id(value)] = (kind.__name__, *said)
        return known

    def _timeline(self, line: Timeline[Any]) -> Any:
        days, held = line._known or ([], {})
        for at, records in held.items():
            # Whoever it remembers to hold between two days is whoever does.
            day = days[at - 1] if at else date.min
            assert [*records] == [one for one in line.records if one.holds(day)]
        return self.of(line.records)


def nowhere(typed: Iterable[str], *of: bytes) -> None:
    """Assert that no word that was typed stands in any of these bytes."""
    whole = b"\0".join(of)
    for word in typed:
        assert word.encode() not in whole, f"{word} stands in public"
