"""Judging a register again: hashes, signatures, entries, rulings, without Django and without us.

What is checked, of a folder, a register file or an address:

- the entries are the same in the register file, the bundles and the tiles, and are what the
  checkpoint says (``history.py``);
- the checkpoint is signed by the key in force, which is the first one or one that an entry names
  (``signed.py``); the witnesses that a policy asks for have cosigned; a checkpoint kept earlier is
  of the same history; the public root holds a checkpoint of it (``rooted.py``);
- ids, days and what rests on what are in order (``in_order.py``); papers are what their names say
  (``documents.py``); each ruling is what its own rulebook answers (``rejudging.py``);
- and, if everything is wanted, that the entries fold and that Cedar rules alike (``refolding.py``).

All but the last needs the standard library only: it is what ``verifier.py`` packs into one file.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from kerege.archive import root_log, rooted, signed
from kerege.archive.documents import Documents
from kerege.archive.found_wrong import Report
from kerege.archive.history import History
from kerege.archive.in_order import InOrder
from kerege.archive.measured import WHOLE, Limits, Measured
from kerege.archive.rejudging import Rejudging
from kerege.archive.signed import ADMIT_LOSS, KEY_ACTS, Kept, Keys
from kerege.archive.source import Unreadable, open_source
from kerege.municipality import entry as entries
from kerege.municipality.entry import Entry
from kerege.register import canonical, policy
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import EMPTY_ROOT
from kerege.register.note import NOTE_LIMIT, NoteError, Verifier

# Told how many entries were read, and how many there are by the checkpoint (0: not known).
Watched = Callable[[int, int], None]
# After so many entries.
EVERY = 1_000
HEAD, KEY, POLICY = "checkpoint", "key", "policy"

__all__ = ["Report", "Unreadable", "verify"]


class _Taker(Protocol):
    def take(self, n: int, entry: Entry) -> None: ...


class _Folding(_Taker, Protocol):
    def end(self, size: int) -> None: ...


def verify(
    place: Path | str,
    *,
    key: str = "",
    kept: Kept | None = None,
    wanted: tuple[str, bytes] | None = None,
    full: bool = True,
    limits: Limits = WHOLE,
    watched: Watched | None = None,
) -> Report:
    """Check a register, or the public root over registers (``root_log.py``); every problem has a
    code, a sentence and its entry.

    ``key`` is the vkey the register began with, where one knows it; ``kept`` a checkpoint from
    earlier; ``wanted`` the name and bytes of a policy. Without ``full`` the entries are not folded
    and Cedar is not asked. No more than ``limits`` is read from an address; ``watched`` is told how
    many entries were read, and of how many.

    Raises Unreadable where there is nothing to judge: no file, or, where nothing is signed, a line
    that is no entry; and NoteError for a ``key`` that is none."""
    pinned = Verifier.from_vkey(key) if key else None
    source = Measured(open_source(place), limits)
    if root_log.is_root(source):
        return root_log.verify(source, place, pinned=pinned, kept=kept, wanted=wanted)
    return _Verifying(source, pinned, kept, wanted, full).run(watched)


class _Verifying:
    """One verification, from the checkpoint to the report."""

    def __init__(
        self,
        source: Measured,
        pinned: Verifier | None,
        kept: Kept | None,
        wanted: tuple[str, bytes] | None,
        full: bool,
    ) -> None:
        self.source, self.pinned, self.kept, self.wanted = source, pinned, kept, wanted
        self.report = Report()
        self.note, self.head = self._head()
        self.keys, self.given = self._keys()
        self.documents = Documents(self.report, source)
        self.losses: list[tuple[int, Any, Any]] = []
        self.folding: _Folding | None = None
        if full:
            from kerege.archive.listed_unit import ListedUnit
            from kerege.archive.refolding import Refolding, cedar

            self.judging = Rejudging(self.report, source, cedar)
            self.folding = Refolding(self.report, self.judging.book, self.judging.own)
        else:
            self.judging = Rejudging(self.report, source)
            self.report.note("not_folded")
        self.takers: list[_Taker] = [InOrder(self.report), self.judging, self.documents]
        if self.folding is not None:
            self.takers += [self.folding, ListedUnit(self.report)]

    def run(self, watched: Watched | None = None) -> Report:
        believed, size = self._believed(), self.head.size if self.head is not None else 0
        if self.head is not None and believed:
            self.source.check_whole(self.head)
        report, history = self.report, History(self.source, self.head, believed)
        broken: tuple[int, str] | None = None
        for n, data in history.read():
            if watched is not None and not n % EVERY:
                watched(n, size)
            if broken is None:
                try:
                    self._take(n, entries.read(canonical.read(data)))
                except (ValueError, RecursionError) as error:
                    broken = n, str(error)
        broken = broken or history.broken
        if broken is not None:
            if self.head is None:
                raise Unreadable(f"entry {broken[0]} cannot be read: {broken[1]}")
            report.found("unreadable", broken[0], file=history.file, why=broken[1])
        leaves = history.leaves
        for n, size, root in self.losses:
            whole = type(size) is int and size > 0
            # Nothing was lost where all that was known stands here.
            if not whole or (size <= n and leaves.root(size).hex() == root):
                report.found("bad_loss", n, size=size)
        true = history.judge(report)
        if not self.source.live and self.source.lines() is None:
            report.note("no_register_file")
        report.size = leaves.size
        report.root = (leaves.root(leaves.size) if leaves.size else EMPTY_ROOT).hex()
        self.judging.end()
        self.documents.end()
        self._check_signed()
        if self.keys is not None:
            if self.kept is not None and (true or (leaves.size and self.head is None)):
                signed.compare(report, self.kept, true or leaves, self.keys, self.head)
            if true is not None:
                rooted.check(report, self.source, true, self.keys)
        if self.folding is not None and (true is leaves or self.head is None):
            self.folding.end(self.head.size if self.head is not None else leaves.size)
        return report

    # -- the head and the keys ---------------------------------------------------------------

    def _head(self) -> tuple[bytes, Checkpoint | None]:
        data = self.source.read(HEAD, NOTE_LIMIT)
        if data is None:
            if self._signed_once():
                self.report.found("missing_file", file=HEAD)
            self.report.note("nothing_signed")
            return b"", None
        try:
            head = signed.stated(data)
        except NoteError as error:
            self.report.found("unreadable", file=HEAD, why=error)
            return b"", None
        self.report.origin = head.origin
        return data, head

    def _signed_once(self) -> bool:
        """Whether a register without a checkpoint was signed once, or should have been: something
        of what goes with a checkpoint is there or was handed in, or somebody publishes it."""
        source = self.source
        handed_in = self.pinned is not None or self.kept is not None or self.wanted is not None
        if handed_in or source.live:
            return True
        left = any(source.read(file, policy.SIZE_LIMIT) is not None for file in (KEY, POLICY))
        return left or any(source.names(folder) for folder in ("tile", "root"))

    def _believed(self) -> bool:
        """Whether the checkpoint is signed by any key known before an entry is read."""
        if self.head is None or self.keys is None:
            return False
        public = [self.keys.first.public_key, *self.given]
        return signed.believed(self.note, self.head.origin, public)

    def _keys(self) -> tuple[Keys | None, list[bytes]]:
        """The first key, pinned or as the register gives it, and all that it gives."""
        data = self.source.read(KEY, NOTE_LIMIT)
        try:
            vkeys = signed.vkeys(data) if data is not None else []
        except NoteError as error:
            self.report.found("unreadable", file=KEY, why=error)
            vkeys = []
        given = vkeys[0] if vkeys else None
        if self.pinned is None:
            if given is not None:
                self.report.note("first_key", vkey=given.vkey)
            elif self.head is not None:
                self.report.found("no_key")
        elif given is not None and given != self.pinned:
            same = given.name == self.pinned.name
            self.report.found("re_signed" if same else "other_register", file=KEY)
        first = self.pinned or given
        public = [*dict.fromkeys(key.public_key for key in vkeys)]
        return (Keys(first) if first is not None else None), public

    def _take(self, n: int, entry: Entry) -> None:
        if self.keys is not None and entry.act in KEY_ACTS:
            try:
                self.keys.take(n, entry.act, entry.fields)
            except NoteError as error:
                self.report.found("bad_key_change", n, why=error)
        if entry.act == ADMIT_LOSS:
            size = entry.fields.get("known_size")
            self.report.note("loss", n, size=size)
            self.losses.append((n, size, entry.fields.get("known_root")))
        for taker in self.takers:
            taker.take(n, entry)

    def _check_signed(self) -> None:
        report = self.report
        if self.head is None or self.keys is None:
            return
        # An admitted loss gives the key in force another name, and only that.
        known = [*dict.fromkeys(key.public_key for key in self.keys.all())]
        if self.given and self.given != known and self.given[0] == known[0]:
            report.found("keys_differ", file=KEY)
        signed.check_signed(report, HEAD, self.note, self.keys)
        name, said = self.wanted or (POLICY, self.source.read(POLICY, policy.SIZE_LIMIT))
        if said is not None:
            signed.check_quorum(report, name, self.note, said, self.kept)
        elif others := signed.others(self.note, self.keys):
            report.note("no_policy", names=", ".join(others))
        else:
            report.note("no_witness")
