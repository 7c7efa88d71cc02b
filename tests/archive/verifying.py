"""What the tests of verifying share: one register, its keys, and both verifiers of it."""

from pathlib import Path
from typing import Any

from kerege.archive import signed
from kerege.archive.found_wrong import Report
from kerege.archive.verify import verify
from kerege.register import tiles
from kerege.register.note import Signer
from tests.archive.making import (
    NAME,
    Leaves,
    note_of,
    signer_of,
)

REGISTER = "register.jsonl"
OWN = signer_of(f"{NAME}/on-archa")
THIEF = Signer(OWN.name, b"t" * 32)
MANY = 300
# What only whoever folds the entries can find.
FOLDED = {"cannot_fold", "bad_facts", "bad_grounds", "bad_act", "bad_late", "not_entitled"}


def both(folder: Path, **said: Any) -> Report:
    """The report, which the verifier in one file gives too but for what it cannot do."""
    report = verify(folder, **said)
    plain = verify(folder, full=False, **said)
    assert [p for p in report.problems if p.code not in FOLDED] == plain.problems
    assert "not_folded" in {note.code for note in plain.notes}
    return report


def told(report: Report) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.entry) for problem in report.problems]


def unfolded(report: Report) -> list[tuple[str, int | None]]:
    """What is told by a verifier that does not fold the entries too."""
    return [one for one in told(report) if one[0] not in FOLDED]


def lines(folder: Path) -> list[bytes]:
    return (folder / REGISTER).read_bytes().splitlines()


def write(folder: Path, data: list[bytes]) -> None:
    (folder / REGISTER).write_bytes(b"".join(line + b"\n" for line in data))


def kept(data: list[bytes], signer: Signer = OWN, size: int | None = None) -> signed.Kept:
    return signed.kept("kept", note_of(data, signer, size))


def leaves(data: list[bytes]) -> tiles.Hashes:
    return Leaves(data)


WITNESSES = [f"witness.example.kg/{name}" for name in ("osh", "talas", "batken")]
