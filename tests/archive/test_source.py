"""Where a register is read from, and what cannot be read."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kerege.archive import source
from kerege.archive.source import Folder, Unreadable, Web, open_source
from kerege.archive.verify import verify
from tests.archive.making import make_folder

ROOM: dict[str, bytes] = {}


class Answering(BaseHTTPRequestHandler):
    """Serves ROOM, and misbehaves where it is asked to."""

    def do_GET(self) -> None:
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "http://other.example.kg/" + self.path)
        elif self.path.startswith("/moved/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/moved"))
        elif self.path.startswith("/broken"):
            self.send_response(500)
        elif self.path.startswith("/drip/"):
            self.send_response(200)
            self.end_headers()
            self.drip(b"")
            return
        elif self.path.startswith("/drip-head/"):
            self.drip(b"HTTP/1.0 200 OK\r\nA: ")
            return
        elif self.path.startswith("/short/"):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"only this\n")
            return
        elif (data := ROOM.get(self.path.removeprefix("/"))) is not None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return
        else:
            self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self, data: bytes) -> None:
        """Send byte by byte, for longer than anybody waits."""
        try:
            for at in range(200):
                self.wfile.write(data[at : at + 1] or b"a")
                time.sleep(0.02)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    make_folder(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    ROOM.clear()
    ROOM.update({path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in files})
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_register_is_read_from_an_address(address: str) -> None:
    assert verify(address + "/", full=False).ok
    assert verify(address + "/moved", full=False).ok


def test_a_register_that_grew_while_it_was_read_holds(address: str) -> None:
    line = ROOM["register.jsonl"].splitlines(keepends=True)[-1]
    ROOM["register.jsonl"] += line.replace(b'"id":"', b'"id":"new')
    ROOM["tile/0/000"] = ROOM.pop("tile/0/000.p/61") + bytes(32 * 195)
    assert verify(address, full=False).ok


def test_a_changed_entry_is_found_at_an_address(address: str) -> None:
    ROOM["register.jsonl"] = ROOM["register.jsonl"].replace(b"2011", b"2012", 1)
    assert verify(address, full=False).codes() >= {"altered"}


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("/away", "sends on to another one"),
        ("/broken", "the server says 500"),
        ("/short", "broke off|cannot be reached"),
    ],
)
def test_a_server_that_misbehaves_is_named(address: str, place: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        verify(address + place, full=False)


def test_too_much_is_not_read(address: str) -> None:
    with pytest.raises(Unreadable, match="more than 5 bytes"):
        Web(address).read("register.jsonl", 5)


@pytest.mark.parametrize("place", ["/drip", "/drip-head"])
def test_a_server_that_lets_bytes_drip_is_not_waited_for(
    address: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "PATIENCE", 0.3)
    monkeypatch.setattr(source, "SPELL", 0.3)
    web = Web(address + place)
    with pytest.raises(Unreadable, match="within 0"):
        web.read("key")
    with pytest.raises(Unreadable, match=r"too slowly|within 0"):
        list(web.lines() or ())


def test_lines_are_cut_at_an_address_as_in_a_folder(address: str, tmp_path: Path) -> None:
    for data in (b"a\n\nb\nc", b"a" * 65_535 + b"\nb\n", b"a" * 65_536 + b"\nb\n", b""):
        ROOM["register.jsonl"] = data
        cut = list(Web(address).lines() or ())
        (tmp_path / "register.jsonl").write_bytes(data)
        assert cut == list(Folder(tmp_path).lines() or ())[: len(cut)]
        assert b"".join(cut) == (data if len(data) != 65_539 else data[:65_536])


def test_an_address_without_a_checkpoint_does_not_hold(address: str) -> None:
    del ROOM["checkpoint"], ROOM["key"]
    assert verify(address, full=False).codes() == {"missing_file"}


def test_an_address_that_nobody_signed_is_not_read(address: str) -> None:
    ROOM["checkpoint"] = ROOM["checkpoint"].replace(b"\n61\n", b"\n4611686018427387904\n")
    report = verify(address, full=False)
    assert report.size == 0 and report.codes() & {"bad_signature", "unreadable"}


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "SILENCE", 0.2)
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(Unreadable, match="cannot be reached"):
        Web(f"http://127.0.0.1:{silent.getsockname()[1]}").read("key")


@pytest.mark.parametrize(
    "said",
    [
        *("file:///etc/passwd", "ftp://example.kg/", "http://", "http://a:b/", "http://[1/"),
        *("http://example.kg/?a", "http://example.kg/#a", "http://мисал.kg/"),
    ],
)
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(Unreadable, match="address"):
        open_source(said)


@pytest.mark.parametrize(
    "path", ["../key", "/etc/passwd", "a//b", ".git/config", "a/..", "a\n", ""]
)
def test_no_name_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(Unreadable, match="cannot be the name"):
        Folder(tmp_path).read(path)


def test_a_name_with_a_nul_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        verify(f"{tmp_path}/a\0b")


def test_pipes_and_folders_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "checkpoint")
    (tmp_path / "key").mkdir()
    for name in ("checkpoint", "key"):
        with pytest.raises(Unreadable, match="is no file"):
            Folder(tmp_path).read(name)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(bytes(11))
    assert Folder(tmp_path).read("key", 11) == bytes(11)
    with pytest.raises(Unreadable, match="more than 10 bytes"):
        Folder(tmp_path).read("key", 10)


def test_a_line_is_read_no_further_than_an_entry_can_go(tmp_path: Path) -> None:
    (tmp_path / "register.jsonl").write_bytes(b"a" * 200_000 + b"\n")
    lines = Folder(tmp_path).lines()
    assert lines is not None and len(next(lines)) == 65_536
