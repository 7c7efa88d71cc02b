"""Receipts prove what they say to anyone, at a price that does not grow with the register."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kerege.register import cosignature, proof
from kerege.register.note import Verifier
from kerege.register.proof import ProofError
from kerege.web import keys, nodes, receipts
from kerege.web.appending import append
from kerege.web.models import Cosignature, Register, Row
from kerege.web.pages import register as pages
from kerege.web.public import Public

pytestmark = pytest.mark.usefixtures("demo")


def town() -> Register:
    return Register.objects.get(slug="on-archa")


def verifier(register: Register) -> Verifier:
    return Verifier.from_vkey(keys.vkeys(register.origin)[-1])


def fill(register: Register, size: int) -> None:
    for n in range(Public(register).size, size):
        append(
            register,
            n,
            b"{}",
            uid=str(n),
            act="Spend" if n % 50 else "Annul",
            held_on=date(2013, 1, 1),
            standing="effective",
        )


def log(name: str) -> Register:
    register = Register.objects.create(slug=name, origin=f"kerege.local/{name}")
    keys.make(register.origin)
    return register


def test_every_entry_has_a_receipt_that_is_complete_in_itself():
    register = town()
    for row in Row.objects.filter(register=register):
        found = proof.parse(receipts.receipt(register, row.n))
        stated = proof.check(found, found.extra, verifier(register))
        assert (found.index, found.extra) == (row.n, bytes(row.data))
        assert (stated.origin, stated.size) == (register.origin, Public(register).size)


def test_a_receipt_proves_nothing_else():
    register = town()
    found = proof.parse(receipts.receipt(register, 3))
    with pytest.raises(ProofError):
        proof.check(found, found.extra + b" ", verifier(register))
    other = Register.objects.get(slug="naryn")
    with pytest.raises(ProofError):
        proof.check(found, found.extra, verifier(other))


def test_damage_in_the_database_is_seen(monkeypatch):
    register = town()
    assert receipts.proven(register, 3).holds
    damaged = receipts._ENTRY.replace("w.data", "CAST('{}' AS blob)")
    monkeypatch.setattr(receipts, "_ENTRY", damaged)
    assert not receipts.proven(register, 3).holds


@pytest.mark.parametrize("n", [-1, 10**6, 10**30])
def test_no_receipt_for_what_is_not_signed(client, n):
    with pytest.raises(receipts.NoEntry):
        receipts.proven(town(), n)
    for page in (f"register/{n}.tlog-proof", f"register/{n}/receipt/", f"register/{n}/"):
        assert client.get(f"/on-archa/{page}").status_code == 404
    with pytest.raises(receipts.NoEntry):
        receipts.proven(log("empty"), 0)


def test_a_receipt_stands_under_a_checkpoint_that_enough_witnesses_signed(settings, tmp_path):
    register = town()
    settings.DATA = tmp_path
    osh = cosignature.Cosigner("osh.example.kg/w", b"o" * 32)
    policy = f"witness osh {osh.verifier.vkey}\nquorum osh\n"
    (tmp_path / "policy").write_text(policy)
    # Nobody has answered: the newest checkpoint, and that it is not enough.
    found = receipts.proven(register, 3)
    assert not found.enough and found.witnesses == []
    assert found.head.size == Public(register).size
    size = found.head.size - 2
    for at, line in ((size, sign(register, size, osh)), (size + 1, "— osh.example.kg/w AAAA\n")):
        Cosignature.objects.create(
            origin=register.origin, size=at, witness="osh.example.kg/w", line=line
        )
    found = receipts.proven(register, 3)
    assert found.enough and found.head.size == size and found.witnesses == ["osh.example.kg/w"]
    proof.check(found.receipt, found.entry, verifier(register))
    # What came after that checkpoint is not under it.
    assert not receipts.proven(register, size).enough
    (tmp_path / "policy").write_text("nonsense\n")
    assert not receipts.proven(register, 3).enough


def sign(register: Register, size: int, witness: cosignature.Cosigner) -> str:
    note = receipts.note_at(register, size)
    assert note is not None
    return witness.signature_line(note.decode().partition("\n\n")[0] + "\n", 1_700_000_000)


def asked(deed) -> int:
    """How many questions the database is asked."""
    with CaptureQueriesContext(connection) as found:
        deed()
    return len(found)


def test_a_proof_asks_no_more_of_a_greater_register():
    small, great = log("small"), log("great")
    fill(small, 300)
    fill(great, 3000)
    # One question a level, and never a whole register.
    assert asked(lambda: receipts.proven(great, 7)) <= asked(lambda: receipts.proven(small, 7)) + 1
    assert receipts.proven(great, 2999).holds and receipts.proven(great, 300).holds


def test_a_page_of_the_register_counts_nothing():
    register = log("long")
    fill(register, 700)
    # The address of the next page, with older entries, and of the one with newer.
    for act, before, expected in (
        ("", None, (675, 0)),
        ("", "400", (375, 425)),
        ("Annul", None, (0, 0)),
        ("Annul", "300", (0, 651)),
    ):
        with CaptureQueriesContext(connection) as found:
            walk = pages.Walk(register, 700, act, before)
            ends = walk.older, walk.newer
        said = " ".join(one["sql"].upper() for one in found)
        assert "COUNT(" not in said and "OFFSET" not in said
        assert ends == expected


def test_walking_a_register_meets_every_entry_once():
    register = log("walked")
    fill(register, 130)
    for act, every in (("", set(range(130))), ("Annul", {0, 50, 100})):
        seen, before = [], None
        while before != "0":
            walk = pages.Walk(register, 130, act, before)
            seen += [n for n, _ in walk.rows]
            before = str(walk.older)
        assert seen == sorted(every, reverse=True)
    # Rows that are not folded yet are not shown, nor is nonsense an error.
    assert pages.Walk(register, 100, "", "x" * 50).rows[0][0] == 99
    assert pages.Walk(register, 100, "", "9" * 18).rows[0][0] == 99
    assert pages.Walk(register, 100, "", "0").rows == []


def test_leaves_that_are_remembered_are_not_of_another_register(monkeypatch):
    before, after = log("before"), log("after")
    fill(before, 300)
    assert receipts.proven(before, 299).holds and receipts.proven(before, 7).holds
    fill(before, 320)
    assert receipts.proven(before, 310).holds and receipts.proven(before, 290).holds
    # As after a restored database: another history under the number this one had.
    monkeypatch.setitem(nodes._leaves, (after.pk, 0), nodes._leaves[before.pk, 1])
    fill(after, 40)
    assert receipts.proven(after, 39).holds


def test_of_a_tile_that_grows_only_what_is_new_is_read(monkeypatch):
    growing = log("growing")
    monkeypatch.setattr(nodes, "_leaves", {})
    fill(growing, 100)
    receipts.proven(growing, 99)
    fill(growing, 103)
    asked_for, run = [], nodes.run
    monkeypatch.setattr(
        nodes, "run", lambda sql, values=(): asked_for.append(values) or run(sql, values)
    )
    assert receipts.proven(growing, 102).holds
    assert [values[-2:] for values in asked_for] == [[99, 102]]
