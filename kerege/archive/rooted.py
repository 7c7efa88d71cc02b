"""That a register's checkpoint stands in the public root over all registers of an installation.

``root/proof`` is a receipt whose ``extra`` is the leaf: a checkpoint of this register as it signed
it. Where it leads is signed by ``root/key`` and is what ``root/checkpoint`` says.
"""

from collections.abc import Sequence

from kerege.archive import signed
from kerege.archive.found_wrong import Report
from kerege.archive.leaves import Leaves
from kerege.archive.signed import Keys
from kerege.archive.source import Source
from kerege.register import checkpoint, keyring, proof
from kerege.register.merkle import ProofError
from kerege.register.note import NOTE_LIMIT, NoteError, Verifier, read_note

KEY, HEAD, PROOF = "root/key", "root/checkpoint", "root/proof"
# Of a register that grows while it is read, the root may have grown between two files.
TRIES = 3


def check(report: Report, source: Source, true: Leaves, keys: Keys) -> None:
    """Check the three files of the root, where there are any. It may be older than the register;
    how far it holds it is noted."""
    for last in range(TRIES if source.live else 1, 0, -1):
        key, head, receipt = (source.read(name, 2 * NOTE_LIMIT) for name in (KEY, HEAD, PROOF))
        if key is None and head is None and receipt is None:
            report.note("no_root")
            return
        for name, data in ((KEY, key), (HEAD, head), (PROOF, receipt)):
            if data is None:
                report.found("missing_file", file=name)
        if key is None or head is None or receipt is None:
            return
        held = _held(key, head, receipt, true, keys)
        if isinstance(held, int):
            if held < true.size:
                report.note("root_behind", held=held, size=true.size)
            return
        if last == 1:
            report.found("not_in_root", why=held)


def _held(
    key: bytes, head: bytes, receipt: bytes, true: Leaves, keys: Keys
) -> Exception | str | int:
    """How many entries the root holds; why the proof does not hold where it does not."""
    try:
        root_key = signer(head, keyring.read(key.decode("utf-8")))
        at_root = checkpoint.open_checkpoint(head, root_key)
        given = proof.parse(receipt)
        leads = proof.check(given, given.extra, root_key)
        leaf = signed.stated(given.extra)
        checkpoint.open_checkpoint(given.extra, keys.at(leaf.size))
    except (NoteError, ProofError, UnicodeDecodeError) as error:
        return error
    if leads != at_root:
        return f"{PROOF} leads to another checkpoint than {HEAD}"
    if not true.bears(leaf):
        return "the checkpoint in the root is of other entries"
    return leaf.size


def signer(note: bytes, keys: Sequence[Verifier]) -> Verifier:
    """The key of the root that signed a note; the last it has had where none did."""
    ids = {(name, id_) for name, id_, _ in read_note(note)[1]}
    return next((key for key in keys if (key.name, key.key_id) in ids), keys[-1])
