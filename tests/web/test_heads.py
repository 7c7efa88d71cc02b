"""What was published last is remembered beside the database, and held against it."""

import os
from threading import Thread

import pytest

from kerege.register import checkpoint, merkle
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import NoteError, Signer
from kerege.web import heads
from kerege.web.heads import Behind, Damaged

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


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"x", id="one byte"),
        pytest.param(b"\0" * 4096 + b"x", id="in the other place"),
        pytest.param(note(5)[:20], id="cut off"),
        pytest.param(b"\xff" * 9000, id="no text"),
    ],
)
def test_a_file_of_which_no_place_can_be_read_lets_nothing_go_on(content):
    heads.write(ORIGIN, 5, note(5))
    heads.path(ORIGIN).write_bytes(content)
    for deed in (
        lambda: heads.hold(ORIGIN, 9, root_at(9), root_at),
        lambda: heads.known(ORIGIN),
        lambda: heads.write(ORIGIN, 6, note(6)),
    ):
        with pytest.raises(Damaged, match="house%2Fnaryn%2F2 is damaged"):
            deed()
    assert heads.path(ORIGIN).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0" * 8192, id="its length"),
        pytest.param(b" " * 4096, id="spaces"),
        pytest.param(b"\0" * 5000 + b"signature", id="its end"),
    ],
)
def test_what_a_power_cut_leaves_of_the_first_note_is_nothing(content):
    """The file is as long as it was to be, or its first sector did not reach the disk."""
    heads.write(ORIGIN, 1, note(1))
    heads.path(ORIGIN).write_bytes(content)
    heads.hold(ORIGIN, 1, root_at(1), root_at)
    heads.write(ORIGIN, 2, note(2))
    assert heads.known(ORIGIN) == Checkpoint(ORIGIN, 2, root_at(2))


def test_who_comes_late_does_not_write_over_a_greater_one(monkeypatch):
    """Two processes: one has looked what is known, and before it writes the other comes."""
    write, other = os.pwrite, Thread(target=heads.write, args=(ORIGIN, 5, note(5)))

    def slowly(*said) -> int:
        monkeypatch.undo()
        other.start()
        other.join(0.3)
        return write(*said)

    monkeypatch.setattr(heads.os, "pwrite", slowly)
    heads.write(ORIGIN, 3, note(3))
    other.join()
    assert heads.known_note(ORIGIN) == note(5)


def test_of_many_signatures_the_first_are_kept_and_the_other_place_stays():
    heads.write(ORIGIN, 5, note(5))
    many = note(6, long=99)
    assert len(many) > 8192
    heads.write(ORIGIN, 6, many)
    kept = heads.known_note(ORIGIN)
    assert many.startswith(kept) and kept.endswith(b"\n") and 3900 < len(kept) <= 4096
    assert heads.path(ORIGIN).read_bytes()[4096:].rstrip() + b"\n" == note(5)
    assert heads.path(ORIGIN).stat().st_size == 8192


def test_what_has_no_place_is_refused():
    long = b"\n".join([*note(5).split(b"\n\n")[0].split(b"\n"), b"x" * 4000])
    with pytest.raises(NoteError, match="no place"):
        heads.write(ORIGIN, 5, long + b"\n\n" + note(5).split(b"\n\n")[1])
    assert not heads.path(ORIGIN).exists()


def test_two_logs_do_not_share_a_place():
    heads.write(ORIGIN, 5, note(5))
    assert heads.known("house/naryn") is None
    assert [path.name for path in heads.path(ORIGIN).parent.iterdir()] == ["house%2Fnaryn%2F2"]
