"""The options of ``kerege verify``, and what it prints: the same for the verifier in one file.

Exit codes: 0 everything holds; 1 something does not; 2 nothing could be judged; 3 it holds, and a
person has to look before it is believed: nobody signed it, or it was judged by texts of law that
did not come with this release (a statute that was added, an edition mended since, or one that
somebody rewrote); 130 it was interrupted. As JSON, ``settled`` is false where the code is not 0,
and of code 2 the one problem is ``cannot``::

    {"ok": false, "settled": false, "size": 61, "root": "…",
     "place": {"code": "41704235…", "name_ky": "…", "name_ru": "…"},
     "problems": [{"code": "altered", "entry": 17, "says": "…"}],
     "notes": [{"code": "first_key", "entry": null, "says": "…"}]}

and of a slip also ``n``, ``entry``, ``leaf`` (its hash) and ``now``, the size of the register it
was held against. A slip is known by its first line, in a file or at an address that ends in
``.tlog-proof``.
"""

import argparse
import io
import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from kerege.archive import signed, slip
from kerege.archive.found_wrong import Report, say
from kerege.archive.measured import Limits
from kerege.archive.rejudging import Engine
from kerege.archive.signed import Kept
from kerege.archive.source import REGISTER, Source, Unreadable, Web, open_source
from kerege.archive.verify import verify
from kerege.register import policy
from kerege.register.canonical import LEAF_LIMIT
from kerege.register.merkle import ProofError
from kerege.register.note import NoteError
from kerege.words import LANGUAGES

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED, UNSETTLED = 0, 1, 2, 3

# As a shell says it of what was interrupted.
STOPPED = 130
# Seconds after which, and between which, it is told how far it is.
PAUSE = 10

SLIP = ".tlog-proof"


CODES = (
    "exit codes: 0 everything holds; 1 something does not; 2 nothing could be judged; 3 it holds, "
    "but a person has to look before it is believed (nobody signed it, or a law it was judged by "
    "did not come with this release)"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.epilog = CODES
    parser.add_argument("place", help="a folder, a register.jsonl, a slip, or an address (http)")
    parser.add_argument("--key", default="", metavar="VKEY", help="the key the register began with")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="a checkpoint or slip you kept")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="the witnesses that must sign")
    parser.add_argument("--against", metavar="PLACE", help="hold a slip against its register")
    parser.add_argument("--entry", type=Path, metavar="FILE", help="the entry of a slip without it")
    help_ = "the most that is read from an address (8 GiB, 60 minutes)"
    parser.add_argument("--most-gib", type=_whole, default=8, metavar="N", help=help_)
    parser.add_argument("--most-minutes", type=_whole, default=60, metavar="N", help=help_)
    parser.add_argument("--language", default=own_language(), choices=LANGUAGES)
    parser.add_argument("--json", action="store_true")


def _whole(said: str) -> int:
    """A limit as it was typed; raises ValueError."""
    if (number := int(said)) < 1:
        raise ValueError(said)
    return number


def own_language() -> str:
    """The language this computer is set to, where it is one of ours; else English."""
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return said[:2] if said[:2] in LANGUAGES and not said[2:3].isalpha() else "en"


def run(said: argparse.Namespace, *, full: bool) -> int:
    """Verify what was said and print it; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # What a console or a pipe has no letter for is written by its number: nothing fails on it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(said, full)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return cut_off()
    except KeyboardInterrupt:
        why = say("verify.stopped", said.language)
        print(f"kerege verify: {why}", file=sys.stderr)
        return STOPPED


def cut_off() -> int:
    """The exit code when who read along (``| head``) has read enough; what is left to be written
    must not fail on the way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CANNOT_BE_ANSWERED


class _Watching:
    """Tells whoever waits long how far it is, beside what is printed."""

    def __init__(self, language: str) -> None:
        self._language, self._next = language, time.monotonic() + PAUSE

    def __call__(self, n: int, size: int) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        said = say("verify.progress", self._language, n=n, size=size or "?")
        print(said, file=sys.stderr, flush=True)


def _run(said: argparse.Namespace, full: bool) -> int:
    try:
        slip_ = _slip(said.place)
        if slip_ is not None:
            return _run_slip(said, slip_, full)
        _source(said.place, said.language)
        kept = _kept(said.kept) if said.kept else None
        wanted = (said.policy.name, _file(said.policy, policy.SIZE_LIMIT)) if said.policy else None
        report = verify(
            said.place,
            key=said.key,
            kept=kept,
            wanted=wanted,
            full=full,
            limits=Limits(said.most_gib * 2**30, said.most_minutes * 60),
            watched=_Watching(said.language),
        )
    except (Unreadable, NoteError, ProofError) as error:
        report = Report()
        report.found("cannot", why=error)
        if said.json:
            print(json.dumps(report.json(said.language), ensure_ascii=False))
        print(f"kerege verify: {report.problems[0].says(said.language)}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    if said.json:
        print(json.dumps(report.json(said.language), ensure_ascii=False))
    else:
        origin = report.origin or say("verify.unnamed", said.language)
        head = {"origin": origin, "size": report.size, "root": report.root}
        print(say("verify.head", said.language, **head))
        if report.place:
            print(_place(report, said.language))
        _print_found(report, said.language, _holds(report, said.language))
    return _code(report)


def _place(report: Report, language: str) -> str:
    """Whose register it is, as its founding entry says: who has the files of another place may sign
    them under any name."""
    named = report.place.get(f"name_{language}") or report.place.get("name_ru")
    said = say("verify.place", language, name=named, code=report.place.get("code"))
    if report.place.get("exercise") is True:
        said += "\n" + say("verify.exercise", language)
    return said


def _code(report: Report) -> int:
    if not report.ok:
        return DOES_NOT_HOLD
    return HOLDS if report.settled else UNSETTLED


def _slip(place: str) -> bytes | None:
    """The bytes of a slip in a file or at an address; None for what is none. Raises Unreadable."""
    if _on_the_web(place):
        above, _, name = place.rpartition("/")
        data = Web(above).read(name, slip.MOST) if name.endswith(SLIP) else None
        if name.endswith(SLIP) and data is None:
            raise Unreadable(f"{place}: there is no such slip")
        return data
    file = Path(place)
    if place.endswith(SLIP):
        return _file(file, slip.MOST)
    try:
        with file.open("rb") as one:
            return _file(file, slip.MOST) if slip.is_slip(one.read(64)) else None
    except (OSError, ValueError):
        # A folder, or nothing: whoever reads registers says so.
        return None


def _source(place: str, language: str) -> Source:
    """The register at a place. Raises Unreadable, with the address that was meant where somebody
    gave that of a page."""
    source = open_source(place)
    if not _on_the_web(place):
        inside = registers_in(Path(place))
        if inside:
            why = say("verify.several", language, place=place, registers=", ".join(inside))
            raise Unreadable(why)
        return source
    if place.rstrip("/").endswith("/log"):
        # Of a register that is there something answers, whatever was taken away.
        if all(source.read(name, slip.MOST) is None for name in ("checkpoint", "key")):
            raise Unreadable(say("verify.no_register", language, place=place))
        return source
    if source.read("checkpoint", slip.MOST) is None:
        parts = urlsplit(place)
        names = [name for name in parts.path.split("/") if name]
        names = names[1:] if names and names[0] in LANGUAGES else names
        log = f"{parts.scheme}://{parts.netloc}/{names[0] if names else '…'}/log/"
        raise Unreadable(say("verify.is_page", language, place=place, log=log))
    return source


def registers_in(folder: Path) -> list[str]:
    """The names of the exports that lie in a folder which is none itself."""

    def is_one(path: Path) -> bool:
        return (path / "checkpoint").is_file() or (path / REGISTER).is_file()

    try:
        if not folder.is_dir() or is_one(folder):
            return []
        return sorted(path.name for path in folder.iterdir() if is_one(path))
    except (OSError, ValueError):
        # Whoever reads the folder says what is wrong with it.
        return []


def _on_the_web(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _run_slip(said: argparse.Namespace, data: bytes, full: bool) -> int:
    engine: Engine | None = None
    if full and said.against:
        from kerege.archive.refolding import cedar

        engine = cedar
    one = slip.check(
        said.place,
        data,
        against=_source(said.against, said.language) if said.against else None,
        key=said.key,
        entry=_file(said.entry, LEAF_LIMIT) if said.entry else None,
        engine=engine,
    )
    if said.json:
        print(json.dumps(one.json(said.language), ensure_ascii=False))
    else:
        for line in slip.told(one, said.language):
            print(line)
        unkeyed = say("verify.not_whole", said.language)
        _print_found(one.report, said.language, _slip_holds(one.report, said.language), unkeyed)
    return _code(one.report)


def _print_found(report: Report, language: str, holds: str, unkeyed: str = "") -> None:
    for note in report.notes:
        print(note.says(language))
    if report.ok:
        print(holds)
    else:
        many = say("verify.does_not_hold", language, many=len(report.problems))
        print(unkeyed if unkeyed and report.codes() == {"no_key"} else many)
    for problem in report.problems:
        print(f"{problem.code}: {problem.says(language)}")


def _holds(report: Report, language: str) -> str:
    """That everything holds, and of what that was not asked."""
    if report.doubted:
        return say("verify.holds_but", language, many=len(report.doubted))
    codes = {note.code for note in report.notes}
    if "nothing_signed" in codes:
        return say("verify.holds_unsigned", language)
    if "other_rulebook" in codes:
        return say("verify.holds_by_other_law", language)
    return say("verify.holds_alone" if "not_folded" in codes else "verify.holds", language)


def _slip_holds(report: Report, language: str) -> str:
    codes = {note.code for note in report.notes}
    if "other_rulebook" in codes:
        return say("verify.holds_by_other_law", language)
    return say("slip.holds_unasked" if "not_asked_again" in codes else "slip.holds", language)


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
    except (OSError, ValueError) as error:
        raise Unreadable(f"{str(path)!a} cannot be read: {error}") from error
    if len(data) > most:
        raise Unreadable(f"{path} has more than {most} bytes")
    return data
