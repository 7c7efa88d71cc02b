"""What later entries did to the one a slip is of."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kerege.archive import later
from kerege.archive.found_wrong import Report
from kerege.archive.source import Folder
from kerege.municipality import entry
from kerege.register import canonical
from kerege.words import LANGUAGES
from tests.archive.making import Leaves, changed, grown, make_folder

DATA = grown(300)
N = 20


def by(id_: str, act: str, **said: Any) -> bytes:
    standing = said.pop("standing", "effective")
    reason = "…" if standing == "contested" else ""
    fields = {"entry": N, **said}
    return changed(DATA[1], id=id_, act=act, fields=fields, standing=standing, reason=reason)


def tell(path: Path, data: list[bytes], live: bool = False) -> Report:
    make_folder(path, data=data)
    source, report = Folder(path), Report()
    source.live = live
    later.tell(report, source, N, len(data), Leaves(data))
    return report


def codes(report: Report) -> list[str]:
    return [note.code for note in report.notes]


def test_it_names_the_entry_and_the_day(tmp_path: Path) -> None:
    annulled = by("annulled", "Annul", from_day="2012-10-15", grounds="…")
    other = by("other", "Annul", entry=N + 1, from_day="2012-10-15", grounds="…")
    report = tell(tmp_path, [*DATA, other, annulled])
    (note,) = report.notes
    assert (note.code, note.entry) == ("annulled_later", N) and report.ok
    assert all("301" in note.says(one) and "2012-10-15" in note.says(one) for one in LANGUAGES)
    # As well from the register file.
    shutil.rmtree(tmp_path / "tile" / "entries")
    again = Report()
    later.tell(again, Folder(tmp_path), N, 302, Leaves([*DATA, other, annulled]))
    assert again.notes == report.notes


@pytest.mark.parametrize("act", later.CODES)
def test_whatever_undoes_is_told(tmp_path: Path, act: str) -> None:
    assert codes(tell(tmp_path, [*DATA, by("undone", act)])) == [later.CODES[act]]


def test_a_contested_annulment_counts_once_it_is_confirmed(tmp_path: Path) -> None:
    contested = by("annulled", "Annul", from_day="2012-10-15", standing="contested")
    assert codes(tell(tmp_path / "one", [*DATA, contested])) == []
    confirmed = [*DATA, contested, by("confirmed", "Confirm", entry=300)]
    assert codes(tell(tmp_path / "two", confirmed)) == ["annulled_later"]


def test_it_is_said_where_nobody_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "MOST_BUNDLES", 1)
    assert codes(tell(tmp_path, DATA, live=True)) == ["later_not_looked"]
    assert codes(tell(tmp_path, DATA)) == []
    shutil.rmtree(tmp_path / "tile" / "entries")
    (tmp_path / "register.jsonl").write_bytes(DATA[0] + b"\n")
    report = Report()
    later.tell(report, Folder(tmp_path), N, 300, Leaves(DATA))
    assert codes(report) == ["later_not_looked"]


def test_a_mandate_ended_from_an_earlier_day_is_told(tmp_path: Path) -> None:
    told = entry.read(canonical.read(DATA[N]))
    assert told.recorder
    before, same = (told.held_on - timedelta(1)).isoformat(), told.held_on.isoformat()

    def ended(id_: str, mandate: str, on: str) -> bytes:
        fields = {"mandate": mandate, "cause": "resigned"}
        return changed(DATA[1], id=id_, act="EndMandate", fields=fields, held_on=on)

    def found(at: str, *more: bytes) -> list[str]:
        make_folder(tmp_path / at, data=[*DATA, *more])
        report = Report()
        tree = Leaves([*DATA, *more])
        later.tell(report, Folder(tmp_path / at), N, 300 + len(more), tree, told)
        return codes(report)

    own = ended("own", told.recorder, before)
    assert found("one", own) == ["mandate_ended_later"]
    # Of one day nothing says which came first; another's mandate is another's.
    assert found("two", ended("same", told.recorder, same), ended("other", "99.0", before)) == []
    undone = by("undone", "Annul", entry=300, from_day=before, grounds="…")
    assert found("three", own, undone) == []


@pytest.mark.parametrize("bundled", [True, False])
def test_what_was_not_signed_is_not_told(tmp_path: Path, bundled: bool) -> None:
    annulled = by("annulled", "Annul", from_day="2012-10-15", grounds="…")
    # The tiles are those that were signed; the entries beside them say more, or other things.
    make_folder(tmp_path, data=[*DATA, annulled])
    if not bundled:
        shutil.rmtree(tmp_path / "tile" / "entries")
    report = Report()
    later.tell(report, Folder(tmp_path), N, 301, Leaves([*DATA, DATA[-1]]))
    assert not codes(report)
    (found,) = report.problems
    assert (found.code, found.entry) == ("altered", 300)
    assert ("tile/entries" if bundled else "register.jsonl") in found.says()


def test_a_tile_that_is_false_as_well_changes_nothing(tmp_path: Path) -> None:
    signed = grown(1000)
    false = [*signed[:300], by("annulled", "Annul", from_day="2012-10-15"), *signed[301:]]
    make_folder(tmp_path, data=false)
    tree, lying = Leaves(signed), Leaves(false)

    class Tree:
        # Of full tiles only the hashes above were looked at when the root was.
        def hashes(self, level: int, start: int, end: int) -> Any:
            return (tree if level or start >= 768 else lying).hashes(level, start, end)

    report = Report()
    later.tell(report, Folder(tmp_path), N, 1000, Tree())
    assert not codes(report)
    assert [(one.code, one.entry) for one in report.problems] == [("altered", None)]
