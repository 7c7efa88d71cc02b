"""What a site is made of is read whole, or the entry or file at fault is named."""

import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.archive.reading import Unreadable
from kerege.archive.site_reading import Tree, read
from kerege.constitution import packs
from kerege.constitution.question import PERMITTED
from kerege.register import merkle
from kerege.register.canonical import canonical
from tests.archive.making import TIME, changed, make_folder
from tests.archive.publishing import PAPER, export_of, story
from tests.cast import NEW, naryn

TOLD = story()
DATA = [canonical(entry.json()) for entry in TOLD.town.entries]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return export_of(TOLD.town, tmp_path_factory.mktemp("export"))


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "export")


@given(st.integers(1, 70), st.data())
def test_the_tree_proves_what_merkle_proves(size, data):
    leaves = [merkle.leaf_hash(bytes([n])) for n in range(size)]
    n = data.draw(st.integers(0, size - 1))
    tree = Tree(leaves)
    assert tree.root() == merkle.root(leaves)
    assert tree.inclusion(n) == merkle.inclusion_proof(leaves, n, size)
    merkle.check_inclusion(tree.leaf(n), n, size, tree.inclusion(n), tree.root())


def test_everything_an_export_says_is_there(whole):
    source = read(whole)
    assert list(source.data) == DATA and len(source.entries) == source.m.size
    assert source.keys == (whole / "key").read_text().splitlines()
    put = source.put(TOLD.budget)
    assert source.put(0) is None and put is not None
    assert put.given.answer == PERMITTED and set(put.given.norms) <= set(put.book.norms)


def test_witnesses_stand_with_the_time_they_signed_at(tmp_path):
    make_folder(tmp_path, data=DATA[:8], witnesses=["w.example/osh", "w.example/talas"])
    at = datetime.fromtimestamp(TIME, UTC)
    assert read(tmp_path).witnessed == {"w.example/osh": at, "w.example/talas": at}


def test_papers_are_those_named_by_a_hash(folder):
    for name in ("ab" * 32, "AB" * 32, "paper.html"):
        (folder / "documents" / name).write_bytes(b"")
    assert read(folder).papers == {"ab" * 32, sha256(PAPER).hexdigest()}


RULING, QUESTION = (json.loads(DATA[TOLD.budget])[part] for part in ("ruling", "question"))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"act": "ElectKing"}, "entry N cannot be folded: ElectKing"),
        ({"fields": {"kind": "x"}}, "entry N cannot be folded: "),
        ({"rests_on": [TOLD.budget]}, "entry N rests on entry N, which does not stand before it"),
        ({"rests_on": [-1]}, "entry N rests on entry -1"),
        ({"digest": "../../etc/passwd"}, "entry N: its digest is not a SHA-256"),
        ({"digest": "ab" * 32}, "rulebooks/abab"),
        ({"ruling": {"answer": "permitted"}}, "entry N: its question or ruling lacks a part"),
        ({"ruling": {**RULING, "answer": "royal"}}, "entry N: its ruling speaks of what"),
        ({"ruling": {**RULING, "norms": ["kg-2010/none"]}}, "entry N: its ruling speaks of what"),
        ({"ruling": {**RULING, "missing": ["<b>"]}}, "entry N: its ruling speaks of what"),
        ({"ruling": {**RULING, "norms": [[]]}}, "entry N: its ruling speaks of what"),
        ({"question": {**QUESTION, "actor": "king"}}, "entry N: its ruling speaks of what"),
        ({"question": {**QUESTION, "place": "moon"}}, "entry N: its ruling speaks of what"),
    ],
)
def test_an_entry_at_fault_is_named(folder, fields, why):
    data = list(DATA)
    data[TOLD.budget] = changed(data[TOLD.budget], **fields)
    make_folder(folder, data=data)
    why = why.replace("entry N", f"entry {TOLD.budget}")
    with pytest.raises(Unreadable) as error:
        read(folder)
    assert why in str(error.value)


@pytest.mark.parametrize(
    ("path", "content", "why"),
    [
        ("register.jsonl", b"{\n", "entry 0 cannot be read"),
        ("register.jsonl", b"", "the register has no entries"),
        ("checkpoint", b"\xff", "the checkpoint cannot be read"),
        ("checkpoint", b"kerege\n9\nAAAA\n", "the checkpoint cannot be read"),
        ("checkpoint", b"x" * 1_000_001, "has more than 1000000 bytes"),
        ("key", b"no key\n", "the key cannot be read"),
        ("policy", b"quorum some\n", "the witnesses cannot be read"),
    ],
)
def test_a_file_at_fault_is_named(folder, path, content, why):
    (folder / path).write_bytes(content)
    with pytest.raises(Unreadable, match=why):
        read(folder)


@pytest.mark.parametrize("path", ["register.jsonl", "checkpoint", "key"])
def test_a_file_that_is_gone_is_named(folder, path):
    (folder / path).unlink()
    with pytest.raises(Unreadable, match=f"{path} cannot be read: No such file"):
        read(folder)


def test_the_head_of_other_entries_is_refused(folder):
    lines = (folder / "register.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "register.jsonl").write_bytes(b"".join(lines[:-1]))
    with pytest.raises(Unreadable, match="not the head of these entries"):
        read(folder)


@pytest.mark.parametrize("text", [b"{}", b"\xff", b"[]"])
def test_a_rulebook_that_is_none_is_refused(folder, text):
    (book,) = (folder / "rulebooks").iterdir()
    book.write_bytes(text)
    with pytest.raises(Unreadable, match="its rulebook cannot be read"):
        read(folder)


def test_a_rulebook_under_another_name_is_refused(folder):
    book = packs.load().rulebook(NEW)
    (kept,) = (folder / "rulebooks").iterdir()
    kept.write_text(packs.text_of(book), "utf-8")
    with pytest.raises(Unreadable, match="its rulebook has another digest"):
        read(folder)


def test_without_a_policy_nobody_has_witnessed(tmp_path):
    folder = export_of(naryn(*NEW), tmp_path)
    (folder / "policy").unlink()
    assert read(folder).witnessed == {}
