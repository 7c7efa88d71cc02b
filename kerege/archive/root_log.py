"""The public root judged: a log whose entries are the signed checkpoints of registers.

It has the layout of a register without a register file: ``key`` (``register/keyring.py``),
``checkpoint``, and tiles whose bundles hold the entries. Each entry is a well-formed checkpoint
that its register signed; of one register they never go back, and never show two histories of one
size. The keys of registers stand beside it: in the folder around it, or under the same address. The
folder ``root`` of an export has the head and one proof only, and what they say is checked.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from kerege.archive import rooted, signed
from kerege.archive.found_wrong import Report
from kerege.archive.history import History
from kerege.archive.leaves import Leaves
from kerege.archive.measured import Measured
from kerege.archive.signed import Kept, Keys
from kerege.archive.source import Folder, Source, Unreadable, Web
from kerege.register import keyring, note, proof
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import ProofError
from kerege.register.note import NOTE_LIMIT, NoteError, Verifier
from kerege.register.tiles import TILE_WIDTH, tile_path

HEAD, KEY, PROOF = "checkpoint", "key", "proof"

# Registers whose keys are asked for at an address; a house has one for each of its places.
MOST_ASKED = 600

_NAME = re.compile(r".*/public-root(/[1-9][0-9]*)?")
_LATER = re.compile(r"/[1-9][0-9]*$")
_PLACE = re.compile(r"[a-z0-9-]+")


def is_root(source: Source) -> bool:
    """Whether what stands somewhere calls itself a root; no register may. Raises Unreadable."""
    data = source.read(HEAD, NOTE_LIMIT)
    try:
        return data is not None and bool(_NAME.fullmatch(signed.stated(data).origin))
    except NoteError:
        return False


def verify(
    source: Source,
    place: Path | str,
    *,
    pinned: Verifier | None = None,
    kept: Kept | None = None,
    wanted: tuple[str, bytes] | None = None,
) -> Report:
    """Check the root at a place. The arguments are those of ``verify.verify``; raises
    Unreadable."""
    data = source.read(HEAD, NOTE_LIMIT)
    try:
        head = signed.stated(data or b"")
    except NoteError as error:
        raise Unreadable(f"{HEAD} is no checkpoint: {error}") from error
    report = Report(origin=head.origin)
    return _Root(report, source, _Beside(place), head, data or b"").run(pinned, kept, wanted)


class _Beside:
    """The keys of the registers around a root, as far as they can be had."""

    def __init__(self, place: Path | str) -> None:
        self._place, self._on_the_web = str(place).rstrip("/"), "://" in str(place)
        self._known: dict[str, list[bytes]] = {}

    def public(self, origin: str) -> list[bytes]:
        """The public keys of a register; none where they are not known."""
        name = _LATER.sub("", origin)
        if name not in self._known:
            full = len(self._known) >= MOST_ASKED
            self._known[name] = [] if full else self._read(name)
        return self._known[name]

    def _read(self, name: str) -> list[bytes]:
        slug = name.rpartition("/")[2]
        if not _PLACE.fullmatch(slug):
            return []
        above = self._place.rpartition("/")[0]
        try:
            around: Source = (
                Web(f"{above}/{slug}/log")
                if self._on_the_web
                else Folder(Path(self._place).absolute().parent)
            )
            found = signed.vkeys(around.read(KEY, NOTE_LIMIT) or b"")
        except (Unreadable, NoteError):
            return []
        return [key.public_key for key in found] if found[0].name == name else []


class _Root:
    """One verification of a root."""

    def __init__(
        self, report: Report, source: Source, beside: _Beside, head: Checkpoint, data: bytes
    ) -> None:
        self.report, self.source, self.beside = report, source, beside
        self.head, self.data = head, data
        # Of each register, by the name it signs with, the checkpoint that came last.
        self.last: dict[str, Checkpoint] = {}
        self.unknown: set[str] = set()

    def run(
        self, pinned: Verifier | None, kept: Kept | None, wanted: tuple[str, bytes] | None
    ) -> Report:
        report, ring = self.report, self._ring(pinned)
        report.note("root_log")
        report.size, report.root = self.head.size, self.head.root.hex()
        if ring:
            signed.check_signed(report, HEAD, self.data, Keys(rooted.signer(self.data, ring)))
        if self._in_part():
            self._check_proof()
        else:
            tree = self._read(ring)
            if kept is not None and ring and tree is not None:
                self._compare(kept, tree, ring)
        if wanted is not None:
            signed.check_quorum(report, wanted[0], self.data, wanted[1], kept)
        if self.unknown:
            report.note("keys_unknown", many=len(self.unknown))
        return report

    def _ring(self, pinned: Verifier | None) -> Sequence[Verifier]:
        """The keys that the root gives, or the one that is known."""
        report, data = self.report, self.source.read(KEY, NOTE_LIMIT)
        try:
            ring = keyring.read(data.decode("utf-8")) if data is not None else []
        except (NoteError, UnicodeDecodeError) as error:
            report.found("unreadable", file=KEY, why=error)
            ring = []
        if pinned is not None:
            if ring and ring[0] != pinned:
                same = ring[0].name == pinned.name
                report.found("re_signed" if same else "other_register", file=KEY)
                return [pinned]
            return ring or [pinned]
        if ring:
            report.note("first_key", vkey=ring[0].vkey)
        else:
            report.found("no_key")
        return ring

    def _in_part(self) -> bool:
        """Whether there is one proof in the place of the tiles, as in an export."""
        source = self.source
        width = min(self.head.size, TILE_WIDTH)
        tile = source.read(tile_path(0, 0, width), TILE_WIDTH * 32)
        return tile is None and source.read(PROOF, 2 * NOTE_LIMIT) is not None

    def _check_proof(self) -> None:
        report = self.report
        report.note("root_in_part")
        try:
            receipt = proof.parse(self.source.read(PROOF, 2 * NOTE_LIMIT) or b"")
            if signed.prove(receipt, receipt.extra) != self.head:
                report.found("not_in_root", file=PROOF, why=f"{PROOF} leads elsewhere")
        except (NoteError, ProofError) as error:
            report.found("not_in_root", file=PROOF, why=error)
            return
        self._take(receipt.index, receipt.extra)

    def _read(self, ring: Sequence[Verifier]) -> Leaves | None:
        public = [key.public_key for key in ring]
        believed = signed.believed(self.data, self.head.origin, public)
        if believed and isinstance(self.source, Measured):
            self.source.check_whole(self.head)
        history = History(self.source, self.head, believed)
        for n, data in history.read():
            self._take(n, data)
        tree = history.judge(self.report)
        self.report.size = history.leaves.size
        if history.leaves.size:
            self.report.root = history.leaves.root(history.leaves.size).hex()
        return tree

    def _take(self, n: int, data: bytes) -> None:
        """Take in one entry: the checkpoint of a register, after all that came before."""
        report = self.report
        try:
            one = signed.stated(data)
            names = {name for name, _, _ in note.read_note(data)[1]}
        except NoteError as error:
            report.found("bad_leaf", n, why=error)
            return
        if one.origin not in names:
            report.found("bad_leaf", n, why=f"{one.origin} has not signed it")
            return
        public = self.beside.public(one.origin)
        if not public:
            self.unknown.add(one.origin)
        elif not signed.believed(data, one.origin, public):
            report.found("bad_signature", n, file=one.origin)
        last = self.last.get(one.origin)
        if last is not None and one.size < last.size:
            report.found("rolled_back", n, file=one.origin, kept=last.size, size=one.size)
            return
        if last is not None and one.size == last.size and one.root != last.root:
            report.found("split_view", n, file=one.origin)
        self.last[one.origin] = one

    def _compare(self, kept: Kept, tree: Leaves, ring: Sequence[Verifier]) -> None:
        """A root that began again has another name, and takes back nothing under the earlier."""
        names = {key.name for key in ring} - {self.head.origin}
        if kept.head.origin in names and not tree.bears(kept.head):
            self.report.found("lost", file=kept.name)
            return
        keys = Keys(rooted.signer(kept.note, ring))
        signed.compare(self.report, kept, tree, keys, self.head)
