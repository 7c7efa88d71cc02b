"""Receipts: what a person takes home of an act, and can prove with it without asking anyone.

The receipt of entry ``n`` is a ``.tlog-proof`` (``register/proof.py``) whose ``extra`` is the
canonical bytes of the entry, so that the file is complete in itself. It stands under the newest
checkpoint that as many witnesses have cosigned as the house's policy asks for; where nobody is
asked, or not enough have answered, under the newest of all. It costs two tiles a level, whatever
the size of the register.
"""

from dataclasses import dataclass

from kerege.archive.signed import stated
from kerege.register import merkle, policy, proof
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import NoteError, read_note
from kerege.register.proof import Receipt
from kerege.web.appending import note_at
from kerege.web.models import Cosignature, Register
from kerege.web.nodes import Leaves
from kerege.web.public import Public, cosigned
from kerege.web.sent import Sending
from kerege.web.statements import run

# A number that a database knows.
LARGEST = 1 << 31
# The newest head, once for each line of a witness under it, with an entry and how it was sent.
_ENTRY = (
    "SELECT c.size, c.note, s.line, w.data, "
    "t.how, t.public_key, t.authenticator_data, t.client_data, t.signature FROM web_checkpoint c "
    "JOIN web_register r ON r.id = c.register_id "
    "JOIN web_row w ON w.register_id = c.register_id AND w.n = %s AND w.n < c.size "
    "LEFT JOIN web_sent t ON t.register_id = w.register_id AND t.n = w.n "
    "LEFT JOIN web_cosignature s ON s.origin = r.origin AND s.size = c.size "
    "WHERE c.register_id = %s AND c.size = "
    "(SELECT MAX(size) FROM web_checkpoint WHERE register_id = c.register_id) ORDER BY s.id"
)
# Cosigned sizes that are looked at before the newest checkpoint is taken as it is.
_TRIES = 8


class NoEntry(LookupError):
    """The register has signed nothing that holds such an entry."""


@dataclass(frozen=True, slots=True)
class Proven:
    """An entry's bytes, the checkpoint it stands under and the receipt that says so; ``enough``
    when as many witnesses have cosigned that checkpoint as the policy asks for."""

    entry: bytes
    head: Checkpoint
    receipt: Receipt
    enough: bool
    # How it was sent, where that is kept.
    sent: Sending | None = None

    @property
    def leaf(self) -> bytes:
        return merkle.leaf_hash(self.entry)

    @property
    def holds(self) -> bool:
        """Whether the proof leads from the entry's bytes to the root that was signed."""
        said = self.receipt
        try:
            merkle.check_inclusion(
                self.leaf, said.index, self.head.size, said.hashes, self.head.root
            )
        except merkle.ProofError:
            return False
        return True

    @property
    def bare(self) -> bytes:
        """The receipt without the entry: short enough for a code that a phone reads."""
        said = self.receipt
        return proof.format(Receipt(said.index, said.hashes, said.checkpoint))

    @property
    def witnesses(self) -> list[str]:
        """Who else has signed the checkpoint, by their names."""
        _, lines = read_note(self.receipt.checkpoint)
        return sorted({name for name, _, _ in lines} - {self.head.origin})


def receipt(register: Register, n: int) -> bytes:
    """The bytes of the ``.tlog-proof`` of entry ``n``; raises NoEntry."""
    return proof.format(proven(register, n).receipt)


def proven(register: Register, n: int) -> Proven:
    """Entry ``n`` with its proof; raises NoEntry."""
    if not 0 <= n < LARGEST:
        raise NoEntry(f"{register.slug} has signed no entry {n}")
    rows = run(_ENTRY, [n, register.pk]).fetchall()
    if not rows:
        raise NoEntry(f"{register.slug} has signed no entry {n}")
    data, how = bytes(rows[0][3]), rows[0][4:]
    note, enough = _signed(Public(register, [row[:3] for row in rows]), n)
    head = stated(note)
    said = None if how[0] is None else Sending(how[0], *map(bytes, how[1:]))
    leaves = Leaves(register)

    def with_path() -> Proven:
        path = tuple(leaves.inclusion_proof(n, head.size))
        return Proven(data, head, Receipt(n, path, note, data), enough, said)

    made = with_path()
    if made.holds:
        return made
    # What is remembered may be of a database that another was put in the place of.
    leaves.forget()
    return with_path()


def _signed(here: Public, n: int) -> tuple[bytes, bool]:
    """The checkpoint that entry ``n`` is proven under, and whether enough witnesses signed it."""
    newest = here.checkpoint()
    assert newest is not None
    if not here.witnessed:
        return newest, True
    try:
        asked = policy.parse(here.policy())
    except policy.PolicyError:
        # Which witnesses are asked cannot be read; entries are shown all the same.
        return newest, False
    if asked.quorum == "none":
        return newest, True
    origin = here.register.origin
    sizes = Cosignature.objects.filter(origin=origin, size__gt=n, size__lte=here.size)
    for size in sizes.order_by("-size").values_list("size", flat=True).distinct()[:_TRIES]:
        note = note_at(here.register, size)
        if note is not None and _enough(asked, whole := cosigned(origin, size, note)):
            return whole, True
    return newest, False


def _enough(asked: policy.Policy, note: bytes) -> bool:
    try:
        return policy.satisfied(asked, note).enough
    except NoteError:
        # Signed by a key that has been replaced since.
        return False
