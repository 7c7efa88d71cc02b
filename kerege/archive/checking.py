"""The options of ``kerege verify``, and what it prints: the same for the verifier in one file.

Exit codes: 0 everything holds, 1 something does not, 2 nothing could be judged. As JSON::

    {"ok": false, "size": 61, "root": "…", "problems": [{"code": "altered", "entry": 17,
     "says": "…"}], "notes": [{"code": "first_key", "entry": null, "says": "…"}]}

and of a slip also ``n``, ``entry`` and ``now``, the size of the register it was held against.
"""

import argparse
import json
import sys
from pathlib import Path

from kerege.archive import signed, slip
from kerege.archive.found_wrong import Report, say
from kerege.archive.rejudging import Engine
from kerege.archive.signed import Kept
from kerege.archive.source import Unreadable, open_source
from kerege.archive.verify import verify
from kerege.register import policy
from kerege.register.canonical import LEAF_LIMIT
from kerege.register.merkle import ProofError
from kerege.register.note import NoteError
from kerege.words import LANGUAGES

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED = 0, 1, 2

SLIP = ".tlog-proof"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", help="a folder, a register.jsonl, a slip, or an address (http)")
    parser.add_argument("--key", default="", metavar="VKEY", help="the key the register began with")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="a checkpoint or slip you kept")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="the witnesses that must sign")
    parser.add_argument("--against", metavar="PLACE", help="hold a slip against its register")
    parser.add_argument("--entry", type=Path, metavar="FILE", help="the entry of a slip without it")
    parser.add_argument("--language", default="en", choices=LANGUAGES)
    parser.add_argument("--json", action="store_true")


def run(said: argparse.Namespace, *, full: bool) -> int:
    """Verify what was said and print it; returns the exit code."""
    try:
        if said.place.endswith(SLIP):
            return _run_slip(said, full)
        kept = _kept(said.kept) if said.kept else None
        wanted = (said.policy.name, _file(said.policy, policy.SIZE_LIMIT)) if said.policy else None
        report = verify(said.place, key=said.key, kept=kept, wanted=wanted, full=full)
    except (Unreadable, NoteError, ProofError) as error:
        print(f"kerege verify: {error}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    if said.json:
        print(json.dumps(report.json(said.language), ensure_ascii=False))
    else:
        origin = report.origin or say("verify.unnamed", said.language)
        head = {"origin": origin, "size": report.size, "root": report.root}
        print(say("verify.head", said.language, **head))
        _print_found(report, said.language)
    return HOLDS if report.ok else DOES_NOT_HOLD


def _run_slip(said: argparse.Namespace, full: bool) -> int:
    engine: Engine | None = None
    if full and said.against:
        from kerege.archive.refolding import cedar

        engine = cedar
    one = slip.check(
        Path(said.place).name,
        _file(Path(said.place), slip.MOST),
        against=open_source(said.against) if said.against else None,
        key=said.key,
        entry=_file(said.entry, LEAF_LIMIT) if said.entry else None,
        engine=engine,
    )
    if said.json:
        print(json.dumps(one.json(said.language), ensure_ascii=False))
    else:
        for line in slip.told(one, said.language):
            print(line)
        _print_found(one.report, said.language)
    return HOLDS if one.report.ok else DOES_NOT_HOLD


def _print_found(report: Report, language: str) -> None:
    for note in report.notes:
        print(note.says(language))
    if report.ok:
        print(say("verify.holds", language))
    else:
        print(say("verify.does_not_hold", language, many=len(report.problems)))
    for problem in report.problems:
        print(f"{problem.code}: {problem.says(language)}")


def _kept(file: Path) -> Kept:
    """The checkpoint in a file; raises Unreadable."""
    try:
        return signed.kept(file.name, _file(file, slip.MOST))
    except (NoteError, ProofError) as error:
        raise Unreadable(f"{file} is neither a checkpoint nor a slip: {error}") from error


def _file(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise Unreadable(f"{path} has more than {most} bytes")
    return data
