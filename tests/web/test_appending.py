"""Appending: entry, tree and checkpoint in one transaction, the root in the next; inserted and
never changed."""

import datetime
import random

import pytest
from django.db import DatabaseError, connection, transaction

from kerege.register import merkle, tiles
from kerege.register.checkpoint import open_checkpoint
from kerege.web import keys, root
from kerege.web.appending import append, frontier_at, note_at, root_at
from kerege.web.founding import make_register
from kerege.web.models import Checkpoint, Node, Register, Rooted, RootHead, Row
from kerege.web.nodes import Leaves, RootLeaves, keep


@pytest.fixture
def log(db) -> Register:
    return make_register("proba")


def grow(register: Register, size: int) -> list[bytes]:
    first = Row.objects.filter(register=register).count()
    entries = [f'{{"n":{n}}}'.encode() for n in range(first, size)]
    for n, data in enumerate(entries, first):
        day = datetime.date(2012, 1, 1)
        append(register, n, data, uid=str(n), act="X", held_on=day, standing="exempt")
    return [merkle.leaf_hash(data) for data in entries]


def test_every_size_is_signed_over_the_root_of_its_leaves(log):
    leaves = grow(log, 20)
    verifier = keys.signer(log.origin).verifier
    for size in range(1, 21):
        head = open_checkpoint(note_at(log, size), verifier)
        assert (head.size, head.root) == (size, merkle.root(leaves[:size]))
    assert Checkpoint.objects.filter(register=log).count() == 20


def test_nodes_are_the_roots_of_complete_subtrees_and_prove_every_entry(log):
    leaves = grow(log, 600)
    nodes = Node.objects.filter(log=log.pk).order_by("level", "n")
    assert [(one.level, one.n) for one in nodes] == [(1, 0), (1, 1)]
    assert bytes(nodes[1].hash) == merkle.root(leaves[256:512])
    source = Leaves(log)
    for index in random.Random(4).sample(range(600), 30):
        proof = tiles.inclusion_proof(source, index, 600)
        assert proof == merkle.inclusion_proof(leaves, index, 600)
    assert tiles.consistency_proof(source, 257, 600) == merkle.consistency_proof(leaves, 257, 600)
    assert tiles.root(source, 600) == root_at(log, 600)


def test_the_root_takes_in_every_checkpoint_as_it_was_signed(log):
    size, _ = root.head()
    for more in range(1, 6):
        grow(log, more)
        assert root.late() == {(log.pk, more - 1)} and root.catch_up() == 1
    taken = Rooted.objects.filter(register=log).order_by("n")
    assert [(one.n, one.size) for one in taken] == [(size + i, i + 1) for i in range(5)]
    for one in taken:
        assert bytes(one.leaf) == merkle.leaf_hash(note_at(log, one.size))
    head = RootHead.objects.order_by("-size").first()
    said = open_checkpoint(bytes(head.note), keys.signer(root.origin()).verifier)
    assert said.root == tiles.root(RootLeaves(), said.size)
    assert root.catch_up() == 0


def test_the_sequencer_takes_in_the_latest_of_each_register(log):
    root.catch_up()
    size, _ = root.head()
    grow(log, 3)
    assert root.catch_up() == 1
    assert root.head()[0] == size + 1
    assert Rooted.objects.get(n=size).size == 3


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE {0} SET {1} = {1}",
        "DELETE FROM {0}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
        "REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
    ],
)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("web_row", "n"),
        ("web_checkpoint", "size"),
        ("web_node", "n"),
        ("web_rooted", "n"),
        ("web_roothead", "size"),
    ],
)
def test_what_is_signed_is_never_changed(log, table, column, deed):
    grow(log, 256)
    root.catch_up()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        connection.cursor().execute(deed.format(table, column))


def test_a_fault_half_way_leaves_nothing(log, monkeypatch):
    grow(log, 3)
    monkeypatch.setattr("kerege.web.appending.keep", lambda *said: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        grow(log, 4)
    assert Row.objects.filter(register=log).count() == 3
    assert note_at(log, 4) is None


def test_what_stops_the_root_stops_no_register(log, monkeypatch):
    root.catch_up()
    before = root.head()[0]
    monkeypatch.setattr("kerege.web.root.keep", lambda *said: 1 / 0)
    grow(log, 4)
    with pytest.raises(ZeroDivisionError):
        root.catch_up()
    assert Row.objects.filter(register=log).count() == 4
    assert root.head()[0] == before and root.late() == {(log.pk, 0)}
    monkeypatch.undo()
    root.follow()
    assert root.head()[0] == before + 1 and not root.late()


def test_sizes_that_were_not_signed_have_a_root_as_well(log):
    """Entries that came back together are signed at their last size alone; what was published in
    between is not missing."""
    leaves, day = grow(log, 2), datetime.date(2012, 1, 1)
    tree = frontier_at(log, 2)
    for n in range(2, 300):
        data = b"%d" % n
        leaves.append(merkle.leaf_hash(data))
        keep(log.pk, n, tree.append(leaves[-1]))
        said = {"uid": str(n), "act": "X", "held_on": day, "standing": "exempt", "data": data}
        Row.objects.create(register=log, n=n, leaf=leaves[-1], **said)
    for size in (1, 2, 3, 255, 256, 257, 300):
        assert root_at(log, size) == merkle.root(leaves[:size])
    assert note_at(log, 257) is None
    assert root_at(log, 0) is None and root_at(log, 301) is None
