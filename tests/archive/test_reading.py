"""Reading a register that left the house."""

import pytest

from kerege.archive.reading import Unreadable, entries, leaves, register_in
from kerege.register.canonical import LEAF_LIMIT, canonical
from tests.cast import NEW, naryn


@pytest.fixture
def town():
    return naryn(*NEW)


@pytest.fixture
def file(town, tmp_path):
    file = tmp_path / "register.jsonl"
    file.write_bytes(b"".join(canonical(entry.json()) + b"\n" for entry in town.entries))
    return file


def test_a_register_is_a_folder_or_its_file(file, tmp_path):
    assert register_in(tmp_path) == register_in(file) == file
    assert register_in(tmp_path / "nowhere") is None
    (tmp_path / "empty").mkdir()
    assert register_in(tmp_path / "empty") is None


def test_entries_are_read_as_they_were_written(town, file):
    assert list(entries(file)) == town.entries


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "not JSON in UTF-8"),
        (b'{"v": 1}', "not in canonical form"),
        (b'{"v":2}', "entry format 2"),
        (b"[]", "an entry is an object"),
        (b"[" * 60_000, "not JSON in UTF-8"),
        (b"[" * 10_000_000, "more than 65535 bytes"),
    ],
)
def test_a_broken_entry_is_named(town, file, line, why):
    with file.open("ab") as more:
        more.write(line + b"\n")
    with pytest.raises(Unreadable, match=f"^entry {len(town.entries)} cannot be read: {why}"):
        list(entries(file))


def test_a_line_cut_off_is_named(town, file):
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Unreadable, match=f"^entry {len(town.entries) - 1} .*the line is cut off"):
        list(entries(file))


def test_the_longest_entry_is_read(file):
    leaf = canonical(naryn(*NEW).entries[-1].json())
    long = leaf.replace(b'"reason":""', b'"reason":"' + b"x" * (LEAF_LIMIT - len(leaf)) + b'"')
    assert len(long) == LEAF_LIMIT
    file.write_bytes(long + b"\n")
    ((data, _),) = leaves(file)
    assert data == long


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(Unreadable, match=r"gone\.jsonl cannot be read: No such file"):
        list(entries(tmp_path / "gone.jsonl"))
