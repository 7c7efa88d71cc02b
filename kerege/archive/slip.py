"""A slip: one act on paper or in a file, checked without asking anybody.

A slip is a ``.tlog-proof`` whose ``extra`` holds the canonical bytes of the entry. By itself it
shows that the entry was in the register when its checkpoint was signed; against the register, that
the register still has the same history. The code on paper has no ``extra``: its entry is taken from
the register by its index, and the proof says whether it is the one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from kerege.archive import later, signed
from kerege.archive.found_wrong import Report, say
from kerege.archive.history import MOST_OF_A_BUNDLE, History, read_tile
from kerege.archive.leaves import Leaves
from kerege.archive.measured import Measured
from kerege.archive.rejudging import Engine, Rejudging
from kerege.archive.signed import KEY_ACTS, Kept, Keys
from kerege.archive.source import REGISTER, OneFile, Source, Unreadable
from kerege.constitution import vocabulary
from kerege.municipality import entry as entries
from kerege.municipality.entry import CONTESTED, Entry
from kerege.register import canonical, proof, tiles
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import ProofError, leaf_hash
from kerege.register.note import NOTE_LIMIT, NoteError, Verifier
from kerege.register.tiles import TILE_WIDTH, TileError
from kerege.words import Words, shipped

MOST = 2 * NOTE_LIMIT
# The fields that name an entry by its number.
REFERENCES = (
    *("assembly", "call", "delegation", "demand", "entry", "hearing", "initiative", "issue"),
    *("nomination", "proposal", "referendum", "report", "request", "session", "tos"),
)


@dataclass(slots=True)
class Slip:
    """What a slip says and whether it holds; ``report.size`` and ``root`` are its checkpoint's,
    ``leaf`` the hash of its entry (hex), ``now`` the size of the register it was held against, 0
    when it was not."""

    report: Report
    n: int
    entry: Entry | None = None
    leaf: str = ""
    now: int = 0
    lines: Sequence[str] = field(default_factory=list)

    def json(self, language: str = "en") -> dict[str, Any]:
        shown = self.entry.json() if self.entry is not None else None
        said = {"n": self.n, "entry": shown, "leaf": self.leaf, "now": self.now}
        return {**self.report.json(language), **said}


def check(
    name: str,
    data: bytes,
    *,
    against: Source | None = None,
    key: str = "",
    entry: bytes | None = None,
    engine: Engine | None = None,
) -> Slip:
    """Check a slip. ``key`` is the vkey its register began with; ``entry`` the bytes of the entry,
    where one has them from elsewhere; without either they are taken from ``against``. ``engine``
    judges beside the plain reading of the law.

    Raises Unreadable for what is no slip, or one without its entry, and NoteError for a ``key``
    that is none."""
    pinned = Verifier.from_vkey(key) if key else None
    try:
        receipt = proof.parse(straightened(data))
        head = signed.stated(receipt.checkpoint)
    except (ProofError, NoteError) as error:
        raise Unreadable(f"{name} is no slip: {error}") from error
    register = Measured(against) if against is not None else None
    said = entry if entry is not None else receipt.extra
    if not said and register is not None:
        said = entry_in(register, receipt.index) or b""
    if not said:
        raise Unreadable(
            f"{name} does not hold its entry; hold it against its register with --against, or say "
            "where the entry is with --entry"
        )
    leaf = leaf_hash(said).hex()
    slip = Slip(Report(head.size, head.root.hex(), head.origin), receipt.index, leaf=leaf)
    report = slip.report
    if receipt.extra and receipt.extra != said:
        report.found("other_entry", receipt.index, file=name)
    try:
        signed.prove(receipt, said)
    except ProofError as error:
        report.found("bad_proof", receipt.index, file=name, why=error)
    try:
        slip.entry = entries.read(canonical.read(said))
    except ValueError as error:
        report.found("unreadable", receipt.index, file=name, why=error)
    kept = Kept(name, receipt.checkpoint, head)
    if register is not None:
        held = _Against(slip, register, pinned, kept)
        held.check()
        if held.tree is not None:
            _check_line(report, register, slip.n, said)
            later.tell(report, register, slip.n, slip.now, held.tree, slip.entry)
            report.note("register_not_whole")
    elif pinned is None:
        report.found("no_key")
    else:
        signed.check_signed(report, name, receipt.checkpoint, Keys(pinned))
    if register is None:
        report.note("later_unknown")
    if slip.entry is not None:
        judging = Rejudging(report, register or OneFile(Path(name)), engine)
        judging.take(slip.n, slip.entry)
        judging.end_of_one(slip.n, slip.entry)
    return slip


def straightened(data: bytes) -> bytes:
    """A slip as it was handed out, where a mail or an editor has changed its line ends, put a mark
    before it or left out the last line end: in what we hand out, none of these has a meaning."""
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return data if data.endswith(b"\n") else data + b"\n"


def is_slip(data: bytes) -> bool:
    """Whether bytes begin as a slip does, whatever the file is called."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(proof.HEADER.encode())


def entry_in(source: Source, n: int) -> bytes | None:
    """Entry ``n`` as a register gives it out, from its bundle or, in a folder, else from the
    register file; None where it has none. Nothing of it is checked. Raises Unreadable."""
    at, place = divmod(n, TILE_WIDTH)
    note = source.read("checkpoint", NOTE_LIMIT)
    try:
        size = signed.stated(note).size if note is not None else 0
        width = min(size - at * TILE_WIDTH, TILE_WIDTH)
        if width > place:
            found = source.read(tiles.entries_path(at, width), MOST_OF_A_BUNDLE)
            if found is None and width < TILE_WIDTH:
                found = source.read(tiles.entries_path(at), MOST_OF_A_BUNDLE)
            if found is not None:
                return tiles.unbundle(found)[place]
    except (NoteError, TileError, IndexError):
        pass
    # Of a server the file may have no end, and every server of a register has bundles.
    lines = source.lines() if not source.live else None
    return next((line.removesuffix(b"\n") for k, line in enumerate(lines or ()) if k == n), None)


def _check_line(report: Report, source: Source, n: int, said: bytes) -> None:
    """Find an entry altered where the register file of a folder says another."""
    lines = source.lines() if not source.live else None
    if lines is None:
        return
    line = next((line for k, line in enumerate(lines) if k == n), b"")
    if line != said + b"\n":
        report.found("altered", n, file=REGISTER)


class _Tiled:
    """The tree in the tiles of a source, of which only what is asked for is read."""

    def __init__(self, source: Source, size: int) -> None:
        self._source, self.size = source, size
        self._tiles: dict[str, bytes] = {}

    def hashes(self, level: int, start: int, end: int) -> Sequence[bytes]:
        at = start // TILE_WIDTH
        width = min((self.size >> 8 * level) - at * TILE_WIDTH, TILE_WIDTH)
        path = tiles.tile_path(level, at, width)
        if path not in self._tiles:
            self._tiles[path] = read_tile(self._source, level, at, width) or b""
        data, first = self._tiles[path], at * TILE_WIDTH
        spans = ((n - first) * 32 for n in range(start, end))
        return [data[span : span + 32] for span in spans]

    def bears(self, head: Checkpoint) -> bool:
        return head.size <= self.size and tiles.root(self, head.size) == head.root


class _Against:
    """A slip held against the register it is of."""

    def __init__(self, slip: Slip, source: Measured, pinned: Verifier | None, kept: Kept) -> None:
        self.slip, self.source, self.pinned, self.kept = slip, source, pinned, kept
        self.report = slip.report
        # What its checkpoint bears out and the slip is of.
        self.tree: _Tiled | Leaves | None = None

    def check(self) -> None:
        note = self.source.read("checkpoint", NOTE_LIMIT)
        try:
            head = signed.stated(note) if note is not None else None
            file = self.source.read("key", NOTE_LIMIT)
            vkeys = signed.vkeys(file) if file is not None else []
        except NoteError as error:
            self.report.found("unreadable", file="checkpoint, key", why=error)
            return
        given = vkeys[0] if vkeys else None
        first = self.pinned or given
        if note is None or head is None or first is None:
            missing = "checkpoint" if head is None else "key"
            self.report.found("missing_file", file=missing)
            return
        if self.pinned is None:
            self.report.note("first_key", vkey=first.vkey)
        elif given is not None and given != first:
            same = given.name == first.name
            self.report.found("re_signed" if same else "other_register", file="key")
        keys = Keys(first)
        public = [first.public_key, *(key.public_key for key in vkeys)]
        self.believed = signed.believed(note, head.origin, public)
        # The entries are read only where another key may have followed the first.
        if len(vkeys) > 1 or head.origin != first.name or self.kept.head.origin != first.name:
            self._read_keys(keys, head)
        signed.check_signed(self.report, "checkpoint", note, keys)
        tree = self._tree(head)
        if tree is not None and signed.compare(self.report, self.kept, tree, keys, head):
            self.slip.now, self.tree = tree.size, tree

    def _tree(self, head: Checkpoint) -> "_Tiled | Leaves | None":
        """The tree that the register's own checkpoint bears out; without, that is told.

        A few tiles do where all fits. Before anybody is said to have signed two histories, every
        entry is hashed: it may be a tile that is wrong."""
        tiled, kept = _Tiled(self.source, head.size), self.kept.head
        try:
            if tiled.bears(head) and (kept.size > head.size or tiled.bears(kept)):
                return tiled
        except ProofError:
            pass
        history = self._history(head)
        for _ in history.read():
            pass
        return history.judge(self.report)

    def _history(self, head: Checkpoint) -> History:
        if self.believed:
            self.source.check_size(head)
        return History(self.source, head, self.believed)

    def _read_keys(self, keys: Keys, head: Checkpoint) -> None:
        for n, data in self._history(head).read():
            if any(f'"act":"{act}"'.encode() in data for act in KEY_ACTS):
                try:
                    one = entries.read(canonical.read(data))
                    keys.take(n, one.act, one.fields)
                except ValueError as error:
                    self.report.found("bad_key_change", n, why=error)


# -- in words -------------------------------------------------------------------------------------


def told(slip: Slip, language: str) -> list[str]:
    """What a slip says, line by line."""
    one, report = slip.entry, slip.report
    if one is None:
        return []
    words = _vocabulary()
    acts: Mapping[str, Words] = {name: act.words for name, act in words.acts.items()}
    lines = [
        say(
            "slip.entry",
            language,
            origin=report.origin,
            number=slip.n,
            act=_named(acts, one.act, language),
            day=one.held_on.isoformat(),
        ),
        say("slip.actor", language, actor=_named(words.actors, one.actor.kind, language)),
    ]
    lines += [
        say(
            "slip.field",
            language,
            name=_called(name, language),
            value=_plain(name, value, language),
        )
        for name, value in one.fields.items()
    ]
    if one.evidence is not None:
        # Whoever writes it down was not there: a paper says so.
        number, day = one.evidence.number, one.evidence.date.isoformat()
        lines.append(say("slip.reported", language, number=number, day=day))
    ruling = one.ruling or {}
    answer = ruling.get("answer")
    answers = shipped("constitution", "asking")
    if isinstance(answer, str) and f"answer.{answer}" in answers:
        lines.append(say("slip.answer", language, answer=answers[f"answer.{answer}"][language]))
        norms = ruling.get("norms")
        if isinstance(norms, list) and norms:
            lines.append(say("slip.norms", language, norms=", ".join(map(str, norms))))
    elif one.ruling is None:
        lines.append(say("slip.not_put", language))
    if one.standing == CONTESTED:
        lines.append(say("slip.contested", language, reason=one.reason))
    elif one.reason:
        lines.append(say("slip.reason", language, reason=one.reason))
    lines.append(say("slip.recorded", language, moment=f"{one.recorded_at:%Y-%m-%d %H:%M:%S} UTC"))
    lines.append(say("slip.leaf", language, leaf=slip.leaf))
    lines.append(say("slip.among", language, size=report.size))
    if slip.now:
        lines.append(say("slip.against", language, size=slip.now))
    return lines


def _vocabulary() -> vocabulary.Vocabulary:
    file = resources.files("kerege") / "editions" / "kg" / "vocabulary.toml"
    return vocabulary.read(file.read_text("utf-8"))


def _named(known: Mapping[str, Words], name: str, language: str) -> str:
    return known[name][language] if name in known else name


def _called(name: str, language: str) -> str:
    """A field in words; as it is written where this release does not know it."""
    known = shipped("municipality", "fields").get(f"field.{name}")
    return known[language] if known is not None else name


def _plain(name: str, value: object, language: str) -> str:
    """What a field holds, in words as far as these are known without the acts."""
    if isinstance(value, str):
        return value
    if name in REFERENCES and isinstance(value, int):
        return say("slip.reference", language, number=value)
    if isinstance(value, list):
        return "; ".join(_plain("", one, language) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(
            f"{_called(key, language)}: {_plain(key, one, language)}" for key, one in value.items()
        )
    return canonical.canonical(value).decode()
