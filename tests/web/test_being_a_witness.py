"""This house as a witness for its neighbours: what continues is cosigned, and nothing else."""

import shutil
import time
from datetime import UTC, datetime

import pytest

from kerege.register import checkpoint, cosignature, merkle, witness
from kerege.register.note import Signer
from kerege.web import heads, keys
from kerege.web import witness as us
from kerege.web.models import Neighbour

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


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
