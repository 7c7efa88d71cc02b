"""This house asks witnesses: whoever lies, refuses or is silent is named, and stops nobody."""

import shutil
import socket
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from threading import Thread

import pytest

from kerege.register import checkpoint, policy, tiles, witness
from kerege.register.cosignature import Cosigner
from kerege.register.note import Signer
from kerege.web import heads, keys, root, witnessing
from kerege.web.appending import append
from kerege.web.founding import make_register
from kerege.web.models import Cosignature, Register, WitnessState
from kerege.web.nodes import Leaves
from kerege.web.pages import trust
from kerege.web.saying import page_words

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def own(db) -> Register:
    register = make_register("proba")
    grow(register, 0, 3)
    root.catch_up()
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
    root.catch_up()
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
    assert WitnessState.objects.get().problem == "witness.says_ahead"
    last = heads.known(origin)
    assert last is None or last.size < 9_000


def test_a_witness_that_only_says_it_has_seen_more_is_not_believed(own, outside, monkeypatch):
    outside.bend = partial(forgetful, own.origin, outside.cosigner)
    own_head = bytes(Register.objects.get(pk=own.pk).checkpoints.order_by("-size")[0].note)
    other = checkpoint.Checkpoint(own.origin, 9, bytes(32))
    by_another = checkpoint.sign(other, Signer(own.origin, b"x" * 32))
    for answered in ((404, b""), (200, b"?"), (200, own_head), (200, by_another)):
        monkeypatch.setattr(witnessing, "_answered", lambda asked, answered=answered: answered)
        witnessing.round_of_all(NOW)
        assert WitnessState.objects.get().problem == "witness.says_ahead"
    assert "without proof" in page_words()["witness.says_ahead"].en
    # Nothing was taken for a restored old copy.
    grow(own, 3, 4)


def test_a_log_that_a_witness_does_not_watch_is_named_and_the_others_are_cosigned(own, outside):
    def unknown(asked: witness.Request) -> tuple[int, bytes]:
        if asked.origin == own.origin:
            return 404, b"who?\n"
        return 200, outside.cosigner.signature_line(asked.text, 1_700_000_000).encode()

    outside.bend = unknown
    others = Register.objects.filter(checkpoints__isnull=False).distinct().count()
    assert witnessing.round_of_all(NOW) == others
    assert Cosignature.objects.filter(origin=root.origin()).exists()
    state = WitnessState.objects.get()
    assert state.problem == "witness.unknown" and witnessing.refused(state) == [own.origin]
    assert state.answered_at == NOW
    assert own.origin in trust.answered(state)[-1]
    # A witness that had cosigned it once, and no longer does.
    outside.bend = None
    outside.seen = dict(Cosignature.objects.values_list("origin", "size"))
    assert witnessing.round_of_all(NOW) == 1 and witnessing.refused(state) == []
    grow(own, 3, 4)
    assert own.origin in witnessing.refused(state)


def test_of_several_problems_the_worst_is_told(own, outside):
    outside.bend = lambda asked: (404, b"") if asked.origin == own.origin else (422, b"")
    witnessing.round_of_all(NOW)
    assert WitnessState.objects.get().problem == "witness.split"
    outside.bend, outside.asked = (lambda asked: (500, b"")), 0
    witnessing.round_of_all(NOW)
    assert WitnessState.objects.get().problem == "witness.nonsense" and outside.asked == 1
    assert witnessing.refused(WitnessState.objects.get()) == []


def test_a_time_that_cannot_be_true_is_refused(own, outside):
    at = int(NOW.timestamp())

    def signed_at(when: int) -> str:
        outside.bend = lambda r: (200, outside.cosigner.signature_line(r.text, when).encode())
        size = Register.objects.get(pk=own.pk).checkpoints.count()
        witnessing.round_of_all(NOW)
        grow(own, size, size + 1)
        return WitnessState.objects.get().problem

    assert signed_at(at + 3_601) == "witness.clock_ahead"
    assert not Cosignature.objects.exists()
    assert signed_at(at + 3_600) == ""
    assert signed_at(at + 3_599) == "witness.clock_back"
    many = Cosignature.objects.count()
    assert signed_at(at + 3_600) == "" and Cosignature.objects.count() > many
