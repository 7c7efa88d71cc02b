"""Forges a register in every way the issue of trust turns on, and has each forgery named.

    python tools/forging.py            prints the table
    python tools/forging.py --report   writes it into docs/trust.md, between two marks

The register is On-Archa's of the demonstration. Whoever forges has the files; where it says so,
the own key too. A resident has kept an old checkpoint, or the key. Each forgery is put to
`kerege verify` and to kerege-verify.pyz. Exit code 1 when one of them lets a forgery pass. Lies are
what a keeper with the key signs from the start: only whoever folds the entries finds them, and the
one file says that it does not. A law that is not of this release is no problem but a note, with an
exit code of its own. Last come forgeries that nobody can find who kept nothing.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kerege.constitution import packs, plain  # noqa: E402
from kerege.constitution.question import question  # noqa: E402
from kerege.register.note import Signer  # noqa: E402
from tests.archive import making  # noqa: E402

# What only whoever folds the entries can find.
FOLDED = {"bad_facts", "bad_grounds", "bad_act", "bad_late", "not_entitled"}
BEGIN, END = "<!-- tools/forging.py writes from here -->\n", "<!-- to here -->\n"
UNKNOWN = ("no head was kept", "the key was not known")
SLUG = "on-archa"
OWN = making.signer_of(f"{making.NAME}/{SLUG}")
THIEF = Signer(OWN.name, bytes(32))


def forgeries(room: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """What was done, the forged folder, and what the resident brings along."""
    true = making.entries_of(SLUG)
    key = ["--key", OWN.verifier.vkey]
    kept = room / "kept"
    kept.write_bytes(making.note_of(true, OWN, len(true) - 10))
    other = making.changed(true[30], recorded_at="2009-01-01T00:00:00Z")
    spent = [*true[:30], other, *true[31:]]

    def files(name: str, data: Sequence[bytes], of: Sequence[bytes] = ()) -> Path:
        """Entries under the checkpoint of others, as one finds them who only has the files."""
        folder = room / name
        making.make_folder(folder, data=list(data))
        (folder / "checkpoint").write_bytes(making.note_of(of or true, OWN))
        return folder

    def signed(name: str, data: Sequence[bytes], signer: Signer = OWN) -> Path:
        folder = room / name
        making.make_folder(folder, data=list(data), signer=signer)
        return folder

    swapped = files("swapped", true)
    lines = [*true[:56], true[57], true[56], *true[58:]]
    (swapped / "register.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    yield "an entry changed", files("changed", spent), key
    yield "the last five entries cut off", files("cut", true[:-5]), key
    yield "two entries exchanged", swapped, key
    yield "changed, and signed with another key", signed("thief", spent, THIEF), key
    yield "changed, and signed with the register's own key", signed("own", spent), kept_too(kept)
    yield "cut, and signed with the register's own key", signed("back", true[:-20]), kept_too(kept)
    naryn = making.entries_of("naryn")
    theirs = making.signer_of(f"{making.NAME}/naryn")
    yield "another municipality's register in its place", signed("other", naryn, theirs), key
    yield "an act let pass against the law, own key", signed("ruling", ruled(true)), key


def lies(room: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """The same of what somebody with the key states falsely, with all that follows from it."""
    true = making.entries_of(SLUG)
    n = heard(true)
    vote = {**json.loads(true[n])["fields"], "votes_for": 1, "votes_against": 20}
    voted = "a vote of more than were present"
    stated = {
        "a false fact, and the ruling that follows from it": belied(true),
        "an act that rests on nothing": put(true, n, rests_on=[]),
        voted: put(true, n, fields=vote),
        "an act entered by nobody who had a mandate": put(true, n, recorder="9.9"),
        "an act said to be late that was not": put(true, n, late=True),
    }
    for number, (what, data) in enumerate(stated.items()):
        folder = room / f"lie-{number}"
        making.make_folder(folder, data=data, signer=OWN)
        yield what, folder, ["--key", OWN.verifier.vkey]
    folder = room / "lie-by-another-law"
    data, books = relawed(stated[voted])
    making.make_folder(folder, data=data, signer=OWN)
    (folder / "rulebooks").mkdir()
    for digest, text in books.items():
        (folder / "rulebooks" / digest).write_text(text, "utf-8")
    yield f"{voted}, and one line added to the law", folder, ["--key", OWN.verifier.vkey]


def unfound(room: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """What whoever kept nothing cannot find: no rule reads what was changed."""
    true = making.entries_of(SLUG)
    n = next(n for n, one in enumerate(true) if json.loads(one)["act"] == "HoldSession")
    data = put(true, n, fields={**json.loads(true[n])["fields"], "agenda": "Roads"})
    key = ["--key", OWN.verifier.vkey]
    for name, what, entries, signer, more in (
        ("words", f"words changed, and signed with the own key; {UNKNOWN[0]}", data, OWN, key),
        ("short", f"cut, and signed with the own key; {UNKNOWN[0]}", true[:-20], OWN, key),
        ("stolen", f"words changed, signed with another key; {UNKNOWN[1]}", data, THIEF, []),
    ):
        making.make_folder(room / name, data=entries, signer=signer)
        yield what, room / name, more


def relawed(data: Sequence[bytes]) -> tuple[list[bytes], dict[str, str]]:
    """Entries under a law with one empty line more, and its rulebooks by their digests."""
    names, books = {"": ""}, {}
    for old, book in making.rulebooks().items():
        said = json.loads(packs.text_of(book))
        said["editions"][0]["text"] += "\n"
        text = json.dumps(said)
        names[old] = plain.from_text(text).digest
        books[names[old]] = text
    return [making.changed(one, digest=names[json.loads(one)["digest"]]) for one in data], books


def put(true: Sequence[bytes], n: int, **said: object) -> list[bytes]:
    return [*true[:n], making.changed(true[n], **said), *true[n + 1 :]]


def belied(true: Sequence[bytes]) -> list[bytes]:
    """A budget whose hearing was held, entered as if the law had refused it for want of one."""
    n = heard(true)
    one = json.loads(true[n])
    asked = without_hearing(one["question"])
    ruling = making.rulebooks()[one["digest"]].rule(question(asked)).json()
    return put(true, n, question=asked, ruling=ruling, standing="contested", reason="No hearing.")


def heard(true: Sequence[bytes]) -> int:
    """The entry of the first budget that a hearing was held on."""
    entries = [json.loads(line) for line in true]
    return next(
        n
        for n, one in enumerate(entries)
        if one["act"] == "AdoptBudget" and one["question"]["facts"]["hearingHeld"]
    )


def without_hearing(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {**asked, "facts": {**asked["facts"], "hearingHeld": False}}


def kept_too(kept: Path) -> list[str]:
    return ["--key", OWN.verifier.vkey, "--kept", str(kept)]


def ruled(true: Sequence[bytes]) -> list[bytes]:
    """A budget that no hearing was held on, entered as if the law had let it pass."""
    n = heard(true)
    return put(true, n, question=without_hearing(json.loads(true[n])["question"]))


def named(room: Path) -> Iterator[tuple[str, list[dict[str, str]], list[dict[str, str]]]]:
    """What was done, and what each of the two verifiers found."""
    alone = room / "kerege-verify.pyz"
    house = [sys.executable, "-m", "kerege"]
    subprocess.run([*house, "verifier", str(alone)], cwd=ROOT, check=True, capture_output=True)
    for what, folder, more in (*forgeries(room), *lies(room), *unfound(room)):
        found = []
        for command in ([*house, "verify"], [sys.executable, "-I", "-S", str(alone)]):
            words = [*command, str(folder), "--json", *more]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
            said = json.loads(done.stdout)
            notes = [note for note in said["notes"] if note["code"] == "other_rulebook"]
            assert bool(done.returncode) != said["settled"]
            found.append(said["problems"] or notes)
        yield what, found[0], found[1]


def table() -> tuple[list[str], bool]:
    lines = ["| what was done | found | in words |", "| --- | --- | --- |"]
    whole = True
    with tempfile.TemporaryDirectory() as room:
        for what, full, alone in named(Path(room)):
            if what.endswith(UNKNOWN):
                lines.append(f"| {what} | nothing | keep a head or a receipt; ask a witness |")
                continue
            whole = whole and bool(full) and (bool(alone) or full[0]["code"] in FOLDED)
            first = full[0] if full else {"code": "**nothing**", "says": ""}
            lines.append(f"| {what} | `{first['code']}` | {first['says']} |")
    return lines, whole


def main() -> int:
    lines, whole = table()
    text = "".join(f"{line}\n" for line in lines)
    print(text, end="")
    if "--report" in sys.argv:
        file = ROOT / "docs/trust.md"
        before, _, rest = file.read_text("utf-8").partition(BEGIN)
        file.write_text(before + BEGIN + text + END + rest.partition(END)[2], "utf-8")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
