"""Witnesses, both ways: this house asks another, and is one; over real HTTP, between two houses."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from kerege.register import checkpoint, cosignature, merkle, policy, tiles, witness
from kerege.register.cosignature import CosignatureVerifier, Cosigner
from kerege.register.note import Signer
from kerege.web import heads, keeping, keys, root, witnessing
from kerege.web import witness as us
from kerege.web.appending import append
from kerege.web.founding import make_register
from kerege.web.models import Cosignature, Neighbour, Register, WitnessState
from kerege.web.nodes import Leaves

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


class Log:
    """A neighbour's log, made here."""

    def __init__(self, name: str, seed: int = 7) -> None:
        self.signer = Signer(name, bytes([seed]) * 32)
        self.leaves: list[bytes] = []

    def grow(self, size: int, mark: str = "") -> bytes:
        first = len(self.leaves)
        self.leaves += [merkle.leaf_hash(f"{n}{mark}".encode()) for n in range(first, size)]
        head = checkpoint.Checkpoint(self.signer.name, size, merkle.root(self.leaves[:size]))
        return checkpoint.sign(head, self.signer)

    def asks(self, old: int, size: int, mark: str = "") -> bytes:
        note = self.grow(size, mark)
        proof = merkle.consistency_proof(self.leaves, old, size) if old else []
        return witness.format(old, proof, note)


@pytest.fixture
def neighbour(db) -> Log:
    log = Log("osh.example.kg/register")
    us.watch(log.signer.verifier.vkey)
    return log


def test_a_head_that_continues_the_last_is_cosigned_and_remembered(neighbour, client):
    body = neighbour.asks(0, 5)
    answer = client.post("/witness/add-checkpoint", body, content_type="text/plain")
    assert answer.status_code == 200
    note = body.partition(b"\n\n")[2]
    _, when = cosignature.take(note, answer.content, us.cosigner().verifier)
    assert abs(when - time.time()) < 60
    assert us.answer(neighbour.asks(5, 9), NOW).status == 200
    seen = client.get(f"/witness/{witness.monitoring_path(neighbour.signer.name)}").content
    assert checkpoint.open_checkpoint(seen, neighbour.signer.verifier).size == 9
    assert cosignature.times(seen, [us.cosigner().verifier])


def test_forks_rollbacks_and_strangers_are_refused_by_name(neighbour, client):
    assert us.answer(neighbour.asks(0, 6), NOW).status == 200
    assert us.answer(neighbour.asks(3, 8), NOW).body == "6\n"
    assert us.answer(witness.format(6, [], neighbour.grow(5)), NOW).status == 400
    other = Log(neighbour.signer.name)
    forged = other.asks(6, 8, mark="x")
    assert us.answer(forged, NOW).status == 422
    thief = Log(neighbour.signer.name, seed=8)
    assert us.answer(thief.asks(6, 8), NOW).status == 403
    assert us.answer(Log("talas.example.kg/x").asks(0, 2), NOW).status == 404
    assert us.answer(b"old x\n\n", NOW).status == 400
    assert client.get("/witness/add-checkpoint").status_code == 405
    assert Neighbour.objects.get(origin=neighbour.signer.name).size == 6


@pytest.mark.parametrize(("old", "size"), [(6, 8), (6, 6), (2, 6)])
def test_the_evidence_of_a_fork_is_kept(neighbour, settings, tmp_path, old, size):
    shutil.copy(keys.path(), tmp_path)
    settings.DATA = tmp_path
    body = neighbour.asks(0, 6)
    us.answer(body, NOW)
    us.answer(Log(neighbour.signer.name).asks(old, size, mark="x"), NOW)
    kept = sorted(tmp_path.glob("forks/*/*"))
    assert len(kept) == 2
    for file in kept:
        checkpoint.open_checkpoint(file.read_bytes(), neighbour.signer.verifier)


def test_a_restored_witness_cosigns_nothing_that_it_has_left_behind(
    neighbour, settings, tmp_path, django_capture_on_commit_callbacks
):
    shutil.copy(keys.path(), tmp_path)
    settings.DATA = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        for old, size in ((0, 2), (2, 6)):
            assert us.answer(neighbour.asks(old, size), NOW).status == 200
    assert heads.known(us.memory(neighbour.signer.name)).size == 6
    Neighbour.objects.update(size=0, root=b"", note=b"")
    other = Log(neighbour.signer.name)
    assert us.answer(other.asks(0, 4, mark="x"), NOW).body == "6\n"
    assert us.answer(other.asks(6, 8, mark="x"), NOW).status == 422
    assert us.answer(neighbour.asks(6, 8), NOW).status == 200
    assert Neighbour.objects.get().size == 8


def test_the_key_of_a_witness_is_made_before_anybody_asks(neighbour):
    assert len(keys.vkeys(us.origin())) == 1


def test_a_witness_without_its_key_says_so(neighbour, monkeypatch):
    def gone():
        raise keys.Locked("gone")

    monkeypatch.setattr(us, "cosigner", gone)
    assert us.answer(neighbour.asks(0, 2), NOW).status == 503
    assert Neighbour.objects.get().size == 0


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "9999999999"])
def test_a_length_that_is_none_is_a_bad_request(neighbour, client, length):
    answer = client.post(
        "/witness/add-checkpoint", b"", content_type="text/plain", CONTENT_LENGTH=length
    )
    assert answer.status_code == 400


def test_a_further_key_is_known_only_when_told(neighbour):
    us.answer(neighbour.asks(0, 2), NOW)
    changed = Log(neighbour.signer.name, seed=9)
    changed.grow(4)
    with pytest.raises(us.NotWatched):
        us.watch(changed.signer.verifier.vkey)
    assert us.answer(changed.asks(2, 4), NOW).status == 403
    us.also(changed.signer.verifier.vkey)
    assert us.answer(changed.asks(2, 4), NOW).status == 200


# -- asking ---------------------------------------------------------------------------------------


@pytest.fixture
def own(db) -> Register:
    register = make_register("proba")
    grow(register, 0, 3)
    return register


def grow(register: Register, first: int, size: int) -> None:
    for n in range(first, size):
        data, day = f'{{"n":{n}}}'.encode(), date(2012, 1, 1)
        append(register, n, data, uid=str(n), act="X", held_on=day, standing="exempt")


def forgetful(
    origin: str, cosigner: Cosigner, asked: witness.Request, size: int = 9
) -> tuple[int, bytes]:
    """A witness that has seen nine entries of one log."""
    if asked.origin == origin:
        return 409, f"{size}\n".encode()
    return 200, cosigner.signature_line(asked.text, 9).encode()


def line_by(name: str, text: str) -> bytes:
    return Cosigner(name, bytes(32)).signature_line(text, 9).encode()


class Outside:
    """A witness somewhere else; what it answers can be bent."""

    def __init__(self) -> None:
        self.cosigner = Cosigner("press.example.org/w", bytes(32))
        self.seen: dict[str, int] = {}
        self.status, self.bend, self.asked = 200, None, 0

    def __call__(self, url: str, body: bytes) -> tuple[int, bytes]:
        self.asked += 1
        request = witness.parse(body)
        if self.bend:
            return self.bend(request)
        last = self.seen.get(request.origin, 0)
        if request.old != last:
            return 409, f"{last}\n".encode()
        self.seen[request.origin] = request.size
        return 200, self.cosigner.signature_line(request.text, 1_700_000_000).encode()


@pytest.fixture
def outside(own, settings, tmp_path, monkeypatch) -> Outside:
    one = Outside()
    named = {"press": policy.Witness(one.cosigner.verifier, "https://witness.invalid/")}
    shutil.copy(keys.path(), tmp_path)
    settings.DATA = tmp_path
    (tmp_path / "policy").write_bytes(policy.format(policy.Policy((), named, {}, "press")))
    monkeypatch.setattr(witnessing, "_post", one)
    return one


def test_every_log_is_shown_once_and_the_line_stands_under_its_head(own, outside, client):
    added = witnessing.round_of_all(NOW)
    logs = Register.objects.filter(checkpoints__isnull=False).distinct().count() + 1
    assert added == logs == outside.asked
    assert witnessing.round_of_all(NOW) == 0
    assert outside.asked == logs
    note = client.get("/proba/log/checkpoint").content
    said = policy.parse(client.get("/proba/log/policy").content)
    assert policy.satisfied(said, note).enough
    grow(own, 3, 4)
    assert not policy.satisfied(said, client.get("/proba/log/checkpoint").content).enough
    assert witnessing.round_of_all(NOW) >= 2


def test_a_witness_that_had_seen_an_older_head_is_given_the_proof(own, outside):
    outside.seen[own.origin] = 2
    assert witnessing.round_of_all(NOW) >= 1
    assert Cosignature.objects.filter(origin=own.origin, size=3).exists()


@pytest.mark.parametrize(
    ("bend", "problem"),
    [
        (lambda r: (404, b"who?\n"), "witness.unknown"),
        (lambda r: (403, b"key\n"), "witness.key"),
        (lambda r: (422, b"fork\n"), "witness.split"),
        (lambda r: (500, b""), "witness.nonsense"),
        (lambda r: (409, b"many\n"), "witness.nonsense"),
        # Of v1.0.0: another root at the same size.
        (lambda r: (409, f"{r.size}\n".encode()), "witness.split"),
        (lambda r: (409, f"{r.size}\n".encode() if not r.old else b"no\n"), "witness.split"),
        (lambda r: (200, b"hello\n"), "witness.lied"),
        (
            lambda r: (
                200,
                Cosigner("press.example.org/w", bytes(32)).signature_line("x\n", 9).encode(),
            ),
            "witness.lied",
        ),
        (
            lambda r: (
                200,
                Cosigner("other.example/w", bytes(32)).signature_line(r.text, 9).encode(),
            ),
            "witness.lied",
        ),
    ],
)
def test_a_witness_that_lies_or_refuses_is_named(own, outside, bend, problem):
    outside.bend = bend
    assert witnessing.round_of_all(NOW) == 0
    assert WitnessState.objects.get(witness="press.example.org/w").problem == problem
    assert not Cosignature.objects.exists()


def test_a_silent_witness_stops_nobody(own, outside, monkeypatch):
    monkeypatch.undo()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        assert_silent(own, outside, deaf.getsockname()[1])


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n"])
def test_a_witness_that_drips_is_silent(own, outside, monkeypatch, head):
    monkeypatch.undo()
    monkeypatch.setattr(witnessing, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=drip, args=[server, head], daemon=True).start()
        assert_silent(own, outside, server.getsockname()[1])


def drip(server: socket.socket, head: bytes) -> None:
    one, _ = server.accept()
    with one, suppress(OSError):
        one.sendall(head)
        rest = b"-" * 30 if head else b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        for n in range(len(rest)):
            one.sendall(rest[n : n + 1])
            time.sleep(0.05)
        # Gone only when the other side is.
        one.recv(1)


@pytest.mark.parametrize("url", ["osh.example/w", "file:///etc/passwd", "http://", "http://[x"])
def test_an_address_that_is_none_is_named_and_the_others_are_asked(own, outside, monkeypatch, url):
    monkeypatch.undo()
    whole, asked = witnessing._post, []
    wrong = Cosigner("a.example/w", bytes(32)).verifier
    named = {
        "wrong": policy.Witness(wrong, url),
        "press": policy.Witness(outside.cosigner.verifier, "https://witness.invalid/"),
    }

    def post(url: str, body: bytes) -> tuple[int, bytes]:
        asked.append(url)
        return outside(url, body) if "invalid" in url else whole(url, body)

    monkeypatch.setattr(witnessing, "_post", post)
    said = policy.Policy((), named, {}, "press")
    monkeypatch.setattr(witnessing, "asked", lambda: said)
    assert witnessing.round_of_all(NOW) >= 1
    assert WitnessState.objects.get(witness="a.example/w").problem == "witness.address"


def assert_silent(own, outside, port) -> None:
    with pytest.raises(witnessing.Unanswered, match=r"witness\.silent"):
        witnessing._post(f"http://127.0.0.1:{port}/", b"")
    grow(own, 3, 4)


def test_a_witness_that_has_seen_more_stops_the_signing(own, outside, monkeypatch):
    """A restored old copy: the witness remembers what the database has forgotten."""
    source = Leaves(own)
    lost = checkpoint.Checkpoint(own.origin, 9, tiles.root(source, 3))
    note = checkpoint.sign(lost, keys.signer(own.origin))
    outside.bend = partial(forgetful, own.origin, outside.cosigner)
    monkeypatch.setattr(witnessing, "_answered", lambda asked: (200, note))
    witnessing.round_of_all(NOW)
    assert WitnessState.objects.get().problem == "witness.ahead"
    with pytest.raises(heads.Behind):
        grow(own, 3, 4)


@pytest.mark.parametrize("of_root", [False, True])
def test_a_head_by_a_key_that_was_changed_is_not_believed(own, outside, monkeypatch, of_root):
    """It was stolen, and changed: a thief must not stop the house with it."""
    origin = root.origin() if of_root else own.origin
    old = keys.signer(origin)
    if of_root:
        root.change_key()
    else:
        changed = Signer(origin, b"n" * 32)
        own.pinned = changed.verifier.vkey
        own.save()
        keys.take_in(changed, 3)
    note = checkpoint.sign(checkpoint.Checkpoint(origin, 9_000, bytes(32)), old)
    outside.bend = partial(forgetful, origin, outside.cosigner, size=9_000)
    monkeypatch.setattr(witnessing, "_answered", lambda asked: (200, note))
    witnessing.round_of_all(NOW)
    assert WitnessState.objects.get().problem == "witness.ahead"
    last = heads.known(origin)
    assert last is None or last.size < 9_000


# -- between acts ---------------------------------------------------------------------------------


class PostgreSQL:
    vendor = "postgresql"


def test_the_root_does_not_wait_for_a_witness(monkeypatch):
    answered, looks, closed = Event(), [], []
    monkeypatch.setattr(keeping, "connection", PostgreSQL)
    monkeypatch.setattr(keeping, "A_BREATH", 0)
    monkeypatch.setattr(keeping.connections, "close_all", lambda: closed.append(True))
    monkeypatch.setattr(witnessing, "round_of_all", lambda now: answered.wait(60))
    monkeypatch.setattr(root, "catch_up", lambda: looks.append(not answered.is_set()))

    def stop() -> bool:
        if len(looks) > 3:
            answered.set()
        return answered.is_set()

    monkeypatch.setattr(keeping, "A_ROUND", 0.1)
    keeping.keep(stop)
    assert looks[:4] == [True] * 4
    for _ in range(100):
        if closed:
            break
        time.sleep(0.05)
    assert closed == [True]


def test_on_sqlite_the_root_is_left_alone_and_a_fault_is_told_once(monkeypatch, caplog, db):
    rounds = []

    def fail(now: datetime) -> None:
        rounds.append(now)
        raise KeyError("seven")

    monkeypatch.setattr(keeping, "A_ROUND", 0)
    monkeypatch.setattr(witnessing, "round_of_all", fail)
    monkeypatch.setattr(root, "catch_up", lambda: pytest.fail("the root was asked"))
    keeping.keep(lambda: len(rounds) > 4)
    assert len(rounds) == 5
    assert len([one for one in caplog.records if "between acts" in one.message]) == 1


# -- two houses -----------------------------------------------------------------------------------


def house(data: Path, name: str) -> dict[str, str]:
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return {**mine, "PYTHONPATH": str(ROOT), "KEREGE_DATA": str(data), "KEREGE_NAME": name}


def run(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "kerege", *words, "--data", env["KEREGE_DATA"]]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def test_two_houses_witness_each_other_over_http(tmp_path):
    osh, naryn = house(tmp_path / "a", "osh.example"), house(tmp_path / "b", "naryn.example")
    watcher = CosignatureVerifier.from_vkey(run(osh, "witness").strip())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/witness/"
    run(naryn, "places")
    said = policy.Policy((), {"osh": policy.Witness(watcher, address)}, {}, "osh")
    (tmp_path / "b" / "policy").write_bytes(policy.format(said))
    serve = ["serve", "--port", str(port), "--data", osh["KEREGE_DATA"]]
    server = subprocess.Popen(
        [sys.executable, "-m", "kerege", *serve],
        env=osh,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
                break
            except OSError:
                time.sleep(0.1)
        # Nobody has told the witness of these logs yet.
        command = [sys.executable, "-m", "kerege", "witnesses", "--data", naryn["KEREGE_DATA"]]
        done = subprocess.run(command, env=naryn, capture_output=True, text=True)
        assert done.returncode == 1 and "has to be told its key" in done.stdout
        run(naryn, "export", "kg", str(tmp_path / "kg"))
        folder = tmp_path / "kg"
        vkeys = [(folder / name).read_text().split()[0] for name in ("key", "root/key")]
        for vkey in vkeys:
            run(osh, "witness", vkey)
        assert "2 heads cosigned" in run(naryn, "witnesses")
        run(naryn, "export", "kg", str(folder))
        asked = policy.parse((folder / "policy").read_bytes())
        assert policy.satisfied(asked, (folder / "checkpoint").read_bytes()).enough
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)
