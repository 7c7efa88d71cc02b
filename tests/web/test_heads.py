"""What was published last is remembered beside the database, and held against it."""

import pytest

from kerege.register import checkpoint, merkle
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import Signer
from kerege.web import heads
from kerege.web.heads import Behind

ORIGIN = "house/naryn/2"
LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(9)]


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


def root_at(size: int) -> bytes:
    return merkle.root(LEAVES[:size])


def note(size: int, root: bytes | None = None, long: int = 1) -> bytes:
    head = Checkpoint(ORIGIN, size, root or root_at(size))
    return checkpoint.sign(head, *[Signer(ORIGIN, bytes([7]) * 32)] * long)


def test_the_greatest_is_remembered():
    assert heads.known(ORIGIN) is None
    for size in (2, 5, 3, 4):
        heads.write(ORIGIN, size, note(size))
    assert heads.known_note(ORIGIN) == note(5)
    assert heads.known(ORIGIN) == Checkpoint(ORIGIN, 5, root_at(5))


@pytest.mark.parametrize("size", [5, 6, 9])
def test_what_goes_on_from_it_passes(size):
    heads.write(ORIGIN, 5, note(5))
    heads.hold(ORIGIN, size, root_at(size), root_at)


@pytest.mark.parametrize(
    ("size", "root", "earlier"),
    [
        pytest.param(4, root_at(4), root_at, id="an old copy"),
        pytest.param(0, b"", lambda size: None, id="an empty database"),
        pytest.param(5, b"\1" * 32, root_at, id="another history of the same size"),
        pytest.param(8, b"\1" * 32, lambda size: b"\1" * 32, id="another history, longer"),
        pytest.param(8, root_at(8), lambda size: None, id="never signed at that size"),
    ],
)
def test_what_does_not_go_on_from_it_is_behind(size, root, earlier):
    heads.write(ORIGIN, 5, note(5))
    with pytest.raises(Behind) as found:
        heads.hold(ORIGIN, size, root, earlier)
    assert (found.value.known.size, found.value.size) == (5, size)


def test_of_two_places_one_is_always_whole():
    for size in (4, 5):
        heads.write(ORIGIN, size, note(size))
    file = heads.path(ORIGIN)
    whole = file.read_bytes()
    # A power cut while the next one is written, which goes where 4 stands.
    for cut in range(0, 200, 7):
        file.write_bytes(note(6)[:cut].ljust(4096, b"\0") + whole[4096:])
        # Where the statement is whole it counts: it was committed before it was written.
        known = heads.known(ORIGIN)
        assert known in (Checkpoint(ORIGIN, n, root_at(n)) for n in (5, 6)), cut
    file.write_bytes(b"\0" * 8192)
    assert heads.known(ORIGIN) is None


def test_two_logs_do_not_share_a_place():
    heads.write(ORIGIN, 5, note(5))
    assert heads.known("house/naryn") is None
    assert [path.name for path in heads.path(ORIGIN).parent.iterdir()] == ["house%2Fnaryn%2F2"]
