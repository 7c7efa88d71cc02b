"""Where a register is read from: an exported folder, one file, or an address on the web.

All have the layout of an export (``export.py``), of which any file may be missing. What is read
comes from somebody else: sizes and times are bounded, links lead nowhere but to the same server,
and a name never leaves the folder.
"""

import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from kerege.register.canonical import LEAF_LIMIT

REGISTER = "register.jsonl"

# The most bytes of a file that is read whole: a rulebook of this release has a tenth of it.
MOST = 16_000_000
# Seconds without a byte, and seconds for one file that is read whole or for the head of an answer.
SILENCE, PATIENCE = 20, 120
# The fewest bytes a second that the lines may come with, over so many seconds of waiting.
SLOWEST, SPELL = 1_000, 30

_NAME = re.compile(r"(?!\.)[A-Za-z0-9._-]+(/(?!\.)[A-Za-z0-9._-]+)*")


class Unreadable(ValueError):
    """A register that cannot be read; the message names the entry or the file."""


class Source(Protocol):
    """The files of one register by their path in the export.

    ``live`` says that the register may grow while it is read; ``bare`` that there is nothing but
    its entries."""

    live: bool
    bare: bool

    def read(self, path: str, most: int = MOST) -> bytes | None:
        """A file whole; None when it is not there. Raises Unreadable."""

    def lines(self) -> Iterator[bytes] | None:
        """The lines of the register file, each with its newline and no longer than an entry can
        be; None when it is not there. Raises Unreadable."""

    def names(self, folder: str) -> list[str] | None:
        """The names in a folder, sorted; None when that cannot be known."""


def open_source(place: str | Path) -> Source:
    """The source at a path or an address; raises Unreadable."""
    said = str(place)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", said):
        return Web(said)
    path = Path(said)
    return OneFile(path) if _is_file(path) else Folder(path)


class Folder:
    """An exported folder."""

    live = bare = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str, most: int = MOST) -> bytes | None:
        return _read(self._root / _checked(path), most)

    def lines(self) -> Iterator[bytes] | None:
        return _lines(self._root / REGISTER)

    def names(self, folder: str) -> list[str] | None:
        try:
            return sorted(path.name for path in (self._root / folder).iterdir())
        except FileNotFoundError:
            return []
        except NotADirectoryError as error:
            raise Unreadable(f"{folder} is no folder") from error
        except (OSError, ValueError) as error:
            raise Unreadable(f"{folder} cannot be read: {error}") from error


class OneFile:
    """A register file by itself: entries, and nothing to check them against."""

    live, bare = False, True

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, path: str, most: int = MOST) -> bytes | None:
        return None

    def lines(self) -> Iterator[bytes] | None:
        return _lines(self._path)

    def names(self, folder: str) -> list[str] | None:
        return None


class Web:
    """A live register, or an export that a web server serves: http and https only."""

    live, bare = True, False

    def __init__(self, address: str) -> None:
        """Raises Unreadable for an address that is none."""
        try:
            parts = urlsplit(address)
            parts.port  # noqa: B018 - a port that is no number raises here
        except ValueError as error:
            raise Unreadable(f"{address!a} is no address: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unreadable(f"{address!a} is no address of the web (http or https)")
        if parts.query or parts.fragment or not address.isascii():
            raise Unreadable(f"{address!a}: an address of a register has no ? and no #")
        self._base = address.rstrip("/")
        self._opener = _opener()

    def read(self, path: str, most: int = MOST) -> bytes | None:
        answer = self._open(path)
        if answer is None:
            return None
        parts: list[bytes] = []
        had, until = 0, time.monotonic() + PATIENCE
        with answer:
            while part := self._some(answer, path):
                had += len(part)
                if had > most:
                    raise Unreadable(f"{path} has more than {most} bytes")
                if time.monotonic() > until:
                    raise Unreadable(f"{path} did not come within {PATIENCE} seconds")
                parts.append(part)
        return b"".join(parts)

    def lines(self) -> Iterator[bytes] | None:
        answer = self._open(REGISTER)
        return None if answer is None else self._lines(answer)

    def names(self, folder: str) -> list[str] | None:
        return None

    def _lines(self, answer: HTTPResponse) -> Iterator[bytes]:
        # Cut here and not by ``readline``, which waits for the end of a line that never comes.
        rest, waited, had = bytearray(), 0.0, 0
        with answer:
            while True:
                began = time.monotonic()
                part = self._some(answer, REGISTER)
                waited, had = waited + time.monotonic() - began, had + len(part)
                if waited > SPELL:
                    if had < SLOWEST * waited:
                        raise Unreadable(f"{self._base}/{REGISTER} comes too slowly")
                    waited, had = 0.0, 0
                rest += part
                start = 0
                while (end := rest.find(b"\n", start, start + LEAF_LIMIT + 1)) >= 0:
                    yield bytes(rest[start : end + 1])
                    start = end + 1
                del rest[:start]
                if not part or len(rest) > LEAF_LIMIT:
                    break
        if rest:
            yield bytes(rest[: LEAF_LIMIT + 1])

    def _some(self, answer: HTTPResponse, path: str) -> bytes:
        """What has come by now, some at least; nothing at the end."""
        try:
            found = answer.read1(65_536)
        except (OSError, HTTPException) as error:
            raise Unreadable(f"{self._base}/{path} broke off: {error}") from error
        # A server that hangs up before all it announced has come is no error to Python.
        if not found and getattr(answer, "length", None):
            raise Unreadable(f"{self._base}/{path} broke off")
        return found

    def _open(self, path: str) -> HTTPResponse | None:
        asked = Request(f"{self._base}/{_checked(path)}", headers={"User-Agent": "kerege-verify"})
        try:
            answer = _within(PATIENCE, lambda: self._opener.open(asked, timeout=SILENCE))
        except HTTPError as error:
            error.close()
            if error.code in (404, 410):
                return None
            raise Unreadable(f"{self._base}/{path}: the server says {error.code}") from error
        except (URLError, OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise Unreadable(f"{self._base}/{path} cannot be reached: {reason}") from error
        return answer


class _SameServer(HTTPRedirectHandler):
    """Follows a server to another place on it, and nowhere else."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any,
                         newurl: str) -> Request | None:  # fmt: skip
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise URLError(f"the server sends on to another one, {newurl!a}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _within(seconds: float, opened: Callable[[], HTTPResponse]) -> HTTPResponse:
    """What is opened, unless it takes too long: a server may send the head of its answer byte by
    byte, and Python then waits for each. Raises TimeoutError, or what opening raises."""
    done: list[HTTPResponse] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(opened())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError(f"no answer within {seconds} seconds")
    return done[0]


def _opener() -> OpenerDirector:
    return build_opener(_SameServer)


def _checked(path: str) -> str:
    if not _NAME.fullmatch(path):
        raise Unreadable(f"{path!a} cannot be the name of a file in an export")
    return path


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _read(path: Path, most: int) -> bytes | None:
    try:
        # Neither a folder nor a pipe, which would never end.
        if not path.exists():
            return None
        if not _is_file(path):
            raise Unreadable(f"{path} is no file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise Unreadable(f"{path} has more than {most} bytes")
    return data


def _lines(path: Path) -> Iterator[bytes] | None:
    return _each_line(path) if _is_file(path) else None


def _each_line(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while line := file.readline(LEAF_LIMIT + 1):
                yield line
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
