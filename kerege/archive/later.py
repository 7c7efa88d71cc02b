"""What later entries did to one: annulled, suspended, confirmed or corrected it, erased what it
kept, or ended the mandate it was sent under from an earlier day.

Read from the bundles of a register that are not before it; of a folder without them, from the
register file. What was read is hashed again, and told only where it is what the checkpoint bears
out; whether it was rightly entered only ``verify`` judges.
"""

from collections.abc import Iterator

from kerege.archive.found_wrong import Report
from kerege.archive.history import BUNDLES, MOST_OF_A_BUNDLE
from kerege.archive.rehashed import Rehashed
from kerege.archive.source import REGISTER, Source, Unreadable
from kerege.municipality import entry as entries
from kerege.municipality.entry import CONTESTED, Entry
from kerege.register import canonical, tiles
from kerege.register.merkle import ProofError
from kerege.register.tiles import TILE_WIDTH, Hashes, TileError

# The most bundles that are fetched from a live register for one slip.
MOST_BUNDLES = 64
CODES = {
    "Annul": "annulled_later",
    "Suspend": "suspended_later",
    "Confirm": "confirmed_later",
    "Correct": "corrected_later",
    "ErasePersonal": "erased_later",
}
ENDED = "mandate_ended_later"
_READ = (*CODES, "EndMandate")


def tell(
    report: Report, source: Source, n: int, size: int, tree: Hashes, told: Entry | None = None
) -> None:
    """Note what the entries after ``n``, of ``size``, did to it (``told``), or that this was not
    looked. ``tree`` is the one whose root over ``size`` entries was signed."""
    found: list[tuple[int, Entry]] = []
    contested: dict[int, Entry] = {}
    try:
        read = Rehashed(tree)
        for k, data in _from(source, n, size):
            read.take(k, data)
            one = _undoing(data) if k > n else None
            named = one.fields.get("entry") if one is not None else None
            if one is None:
                continue
            if one.standing == CONTESTED:
                # It has no effect until a court confirms it.
                contested[k] = one
            elif one.act == "EndMandate":
                if _ends(one, told):
                    found.append((k, one))
            elif one.act == "Annul" and one.fields.get("from_day", "9") <= _held(told):
                # What was annulled by then ended nothing.
                found = [(at, e) for at, e in found if at != named or e.act != "EndMandate"]
                if named == n:
                    found.append((k, one))
            elif named == n:
                found.append((k, one))
            elif one.act == "Confirm" and named in contested:
                before = contested.pop(named)
                if before.fields.get("entry") == n:
                    found.append((named, before))
        same = tiles.root(read, size) == tiles.root(tree, size)
        other = None if same else read.first_other()
    except (Unreadable, TileError, ProofError):
        report.note("later_not_looked")
        return
    if not same:
        # Lines are read only where there are no bundles.
        file = REGISTER if source.names(BUNDLES) == [] else BUNDLES
        report.found("altered", other, file=file)
        return
    for k, one in found:
        day = one.fields.get("from_day", one.held_on.isoformat())
        report.note(CODES.get(one.act, ENDED), n, by=k, day=day)


def _held(told: Entry | None) -> str:
    return told.held_on.isoformat() if told is not None else ""


def _ends(one: Entry, told: Entry | None) -> bool:
    """Whether an entry ended, from an earlier day, a mandate another was sent under."""
    if told is None or one.held_on >= told.held_on:
        return False
    return one.fields.get("mandate") in (*told.by, told.recorder)


def _undoing(data: bytes) -> Entry | None:
    """An entry that undoes another, and nothing for any other; raises Unreadable."""
    if not any(f'"act":"{act}"'.encode() in data for act in _READ):
        return None
    try:
        one = entries.read(canonical.read(data))
    except ValueError as error:
        raise Unreadable(str(error)) from error
    return one if one.act in _READ else None


def _from(source: Source, n: int, size: int) -> Iterator[tuple[int, bytes]]:
    """The entries from the bundle of ``n`` on, or all of them; raises Unreadable or TileError where
    they cannot be had."""
    first, end = n // TILE_WIDTH, -(-size // TILE_WIDTH)
    if source.live and end - first > MOST_BUNDLES:
        raise Unreadable(f"more than {MOST_BUNDLES} bundles")
    for at in range(first, end):
        width = min(size - at * TILE_WIDTH, TILE_WIDTH)
        data = source.read(tiles.entries_path(at, width), MOST_OF_A_BUNDLE)
        if data is None and width < TILE_WIDTH:
            data = source.read(tiles.entries_path(at), MOST_OF_A_BUNDLE)
        if data is None and at == first and not source.live:
            yield from _lines(source, size)
            return
        held = tiles.unbundle(data) if data is not None else []
        if len(held) < width:
            raise Unreadable(f"a bundle has {len(held)} entries, not {width}")
        yield from enumerate(held[:width], at * TILE_WIDTH)


def _lines(source: Source, size: int) -> Iterator[tuple[int, bytes]]:
    k = -1
    for k, line in enumerate(source.lines() or ()):
        if k < size:
            yield k, line.removesuffix(b"\n")
    if k + 1 < size:
        raise Unreadable(f"the register file has {k + 1} entries, not {size}")
