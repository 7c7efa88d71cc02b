"""A slip held against a server that never ends: no more is read than there is room for."""

import itertools
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kerege.archive import measured, slip
from kerege.archive.measured import Limits, Measured
from kerege.archive.source import Unreadable, Web
from kerege.archive.verify import verify
from kerege.register import checkpoint, proof
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import Signer
from tests.archive.making import NAME, entries_of, note_of, signer_of, slip_of

OWN = signer_of(f"{NAME}/on-archa")
EVIL = Signer(OWN.name, b"e" * 32)
DATA = entries_of()
FILES: dict[str, bytes] = {}


class Endless(BaseHTTPRequestHandler):
    """Serves FILES; its register file and its tiles have no end."""

    def do_GET(self) -> None:
        path = self.path.removeprefix("/")
        self.server.asked += 1  # type: ignore[attr-defined]
        if path in FILES or path.startswith("tile/"):
            data = FILES.get(path, bytes(256 * 32))
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        elif path == "register.jsonl":
            self.send_response(200)
            self.end_headers()
            try:
                for n in itertools.count():
                    self.wfile.write(b"\n" * 60_000 if n else b"{}\n")
            except OSError:
                pass
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    FILES.clear()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    one = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    one.asked = 0  # type: ignore[attr-defined]
    threading.Thread(target=one.serve_forever, daemon=True).start()
    yield one
    one.shutdown()
    one.server_close()


def against(server: ThreadingHTTPServer) -> Web:
    return Web(f"http://127.0.0.1:{server.server_address[1]}")


def announced(size: int, signer: Signer = EVIL) -> None:
    """Serve a head of ``size`` entries by a key that the server itself names after the first."""
    head = Checkpoint(OWN.name, size, b"r" * 32)
    FILES["checkpoint"] = checkpoint.sign(head, signer)
    FILES["key"] = f"{OWN.verifier.vkey}\n{EVIL.verifier.vkey}\n".encode()


SLIP = slip_of(DATA, 5, note_of(DATA, OWN))


@pytest.mark.parametrize("size", [2**53, measured.MOST_ENTRIES + 1])
@pytest.mark.parametrize("keys", [1, 2])
def test_entries_without_end_are_not_counted(server, size: int, keys: int) -> None:
    announced(size, EVIL if keys == 2 else OWN)
    FILES["key"] = b"".join(FILES["key"].splitlines(keepends=True)[:keys])
    with pytest.raises(Unreadable, match=f"{size} entries, and no more than .* keep an export"):
        slip.check("slip", SLIP, against=against(server), key=OWN.verifier.vkey)
    assert server.asked < 30


def test_a_size_that_nobody_known_has_signed_is_not_gone_by(server) -> None:
    announced(2**53, Signer(OWN.name, b"x" * 32))
    one = slip.check("slip", SLIP, against=against(server), key=OWN.verifier.vkey)
    assert {"re_signed"} <= one.report.codes() and server.asked < 30


def test_bytes_without_end_are_not_read(server, monkeypatch: pytest.MonkeyPatch) -> None:
    announced(measured.MOST_ENTRIES)
    monkeypatch.setattr(measured, "MOST_BYTES", 200_000)
    with pytest.raises(Unreadable, match="more than 200000 bytes for one slip"):
        slip.check("slip", SLIP, against=against(server))


def test_all_together_has_its_time(server, monkeypatch: pytest.MonkeyPatch) -> None:
    announced(measured.MOST_ENTRIES)
    monkeypatch.setattr(measured, "LONGEST", -1)
    with pytest.raises(Unreadable, match="more than -1 seconds for one slip"):
        slip.check("slip", SLIP, against=against(server))


def test_an_entry_is_not_looked_for_among_lines_without_end(server) -> None:
    announced(2**53)
    receipt = proof.parse(SLIP)
    bare = proof.format(proof.Receipt(2**52, receipt.hashes, receipt.checkpoint))
    with pytest.raises(Unreadable, match="does not hold its entry"):
        slip.check("slip", bare, against=against(server))
    assert server.asked < 5


def test_a_folder_is_as_long_as_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    class Held:
        live = bare = False

        def read(self, path: str, most: int = 0) -> bytes:
            return b"x" * 9

        def lines(self) -> Iterator[bytes]:
            yield b"line\n"

        def names(self, folder: str) -> list[str]:
            return ["a"]

    monkeypatch.setattr(measured, "MOST_BYTES", 1)
    one = Measured(Held())
    one.check_size(Checkpoint(OWN.name, 2**53, bytes(32)))
    assert (one.read("key"), [*(one.lines() or ())], one.names("x")) == (
        b"x" * 9,
        [b"line\n"],
        ["a"],
    )


def test_a_register_that_cannot_fit_is_not_begun(server: ThreadingHTTPServer) -> None:
    FILES["checkpoint"] = checkpoint.sign(Checkpoint(OWN.name, 2**50, bytes(32)), OWN)
    FILES["key"] = f"{OWN.verifier.vkey}\n".encode()
    with pytest.raises(Unreadable, match="1125899906842624 entries"):
        verify(f"http://127.0.0.1:{server.server_port}", full=False)
    assert server.asked < 10  # type: ignore[attr-defined]


def test_hashes_behind_entries_that_end_short_are_not_read(server: ThreadingHTTPServer) -> None:
    FILES["checkpoint"] = checkpoint.sign(Checkpoint(OWN.name, 2**20, bytes(32)), OWN)
    FILES["key"] = f"{OWN.verifier.vkey}\n".encode()
    FILES["register.jsonl"] = DATA[0] + b"\n"
    report = verify(f"http://127.0.0.1:{server.server_port}", full=False)
    assert "truncated" in report.codes()
    assert server.asked < 30  # type: ignore[attr-defined]


def test_no_more_is_read_of_a_register_than_was_said(server: ThreadingHTTPServer) -> None:
    FILES["checkpoint"] = checkpoint.sign(Checkpoint(OWN.name, 2_000, bytes(32)), OWN)
    FILES["key"] = f"{OWN.verifier.vkey}\n".encode()
    FILES["register.jsonl"] = b"".join(line + b"\n" for line in DATA * 30)
    with pytest.raises(Unreadable, match="more than 200000 bytes for the whole"):
        verify(f"http://127.0.0.1:{server.server_port}", full=False, limits=Limits(200_000, 60))
