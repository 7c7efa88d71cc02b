"""The entries of a register judged again: rulings, rulebooks, order, papers."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kerege.archive import checking, found_wrong, law_of_release, refolding
from kerege.archive.found_wrong import Report
from kerege.archive.verify import verify
from tests.archive.making import (
    changed,
    entries_of,
    make_folder,
    signer_of,
)
from tests.archive.verifying import (
    FOLDED,
    REGISTER,
    both,
    told,
    write,
)

pytestmark = pytest.mark.usefixtures("read_once")


def forged(tmp_path: Path, n: int, **fields: Any) -> list[tuple[str, int | None]]:
    """What is told of a register in which entry ``n`` was other from the start."""
    data = entries_of()
    data[n] = changed(data[n], **fields)
    make_folder(tmp_path, data=data)
    return told(both(tmp_path))


RULED = next(n for n, line in enumerate(entries_of()) if b'"answer":"permitted"' in line)


def test_another_ruling_is_told(tmp_path: Path) -> None:
    ruling = {"answer": "forbidden", "norms": [], "missing": []}
    assert forged(tmp_path, RULED, ruling=ruling) == [("bad_ruling", RULED)]
    said = verify(tmp_path).problems[0].says("en")
    assert said.endswith("the rulebook answers permitted, the entry says forbidden")


def test_a_question_of_another_act_is_told(tmp_path: Path) -> None:
    assert forged(tmp_path, RULED, act="HoldHearing")[0] == ("bad_standing", RULED)


def test_a_standing_the_law_did_not_give_is_told(tmp_path: Path) -> None:
    found = forged(tmp_path, RULED, standing="contested", reason="…")
    assert ("bad_standing", RULED) in found


def test_an_act_that_was_not_put_to_the_law_is_told(tmp_path: Path) -> None:
    none = {"question": None, "ruling": None, "digest": ""}
    assert ("not_put", RULED) in forged(tmp_path, RULED, **none)
    assert ("not_put", RULED) in forged(tmp_path, RULED, standing="exempt", **none)


def test_an_act_the_law_judges_is_not_exempt_where_no_rulebook_was_read(tmp_path: Path) -> None:
    none = {"question": None, "ruling": None, "digest": "", "standing": "exempt"}
    data = [*entries_of()[:2], changed(entries_of()[RULED], rests_on=[], **none)]
    write(tmp_path, data)
    assert ("not_put", 2) in told(verify(tmp_path, full=False))
    assert ("not_put", 2) in told(verify(tmp_path / REGISTER))


def test_a_rulebook_that_did_not_come_with_this_release_is_told(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = next((small / "rulebooks").iterdir()).read_text()
    assert law_of_release.ours(book)
    said = json.loads(book)
    said["editions"][0]["text"] += "\n"
    assert not law_of_release.ours(json.dumps(said))
    assert "other_rulebook" not in {note.code for note in verify(small).notes}
    assert verify(small).settled
    monkeypatch.setattr(law_of_release, "ours", lambda text: False)
    report = verify(small)
    assert report.ok and not report.settled
    assert "other_rulebook" in {note.code for note in report.notes}


@pytest.mark.parametrize("part", ["ruling", "question"])
@pytest.mark.parametrize("said", [None, {}, {"answer": 1, "norms": None, "missing": []}])
def test_a_question_or_ruling_that_lacks_a_part_is_told(tmp_path: Path, part: str, said) -> None:
    assert ("cannot_judge", RULED) in forged(tmp_path, RULED, **{part: said})


@pytest.mark.parametrize("digest", ["", "0" * 64, "../key"])
def test_a_rulebook_that_is_not_there_is_told(tmp_path: Path, digest: str) -> None:
    assert ("unknown_rulebook", RULED) in forged(tmp_path, RULED, digest=digest)


@pytest.mark.parametrize("change", [(b"permit", b"forbid"), (b"{", b"["), (b"ky", b"\xff")])
def test_a_rulebook_with_other_words_is_told(folder: Path, change: tuple[bytes, bytes]) -> None:
    for file in (folder / "rulebooks").iterdir():
        file.write_bytes(file.read_bytes().replace(*change, 1))
    assert both(folder).codes() == {"bad_rulebook"}


def test_order_of_ids_days_and_grounds_is_checked(tmp_path: Path) -> None:
    first = json.loads(entries_of()[0])
    assert forged(tmp_path, 9, id=first["id"])[0] == ("twice", 9)
    assert forged(tmp_path, 9, rests_on=[9])[0] == ("rests_on_later", 9)
    assert ("founded_twice", 1) in forged(tmp_path, 1, act="Found", fields=first["fields"])
    fields = {name: value for name, value in first["fields"].items() if name != "exercise"}
    # Nobody could have held a session years after it was recorded; the order is no matter there.
    found = {code for code, _ in forged(tmp_path, 9, recorded_at="2001-01-01T00:00:00Z")}
    assert found <= FOLDED
    data = entries_of()
    data[0] = changed(data[0], fields=fields)
    data[9] = changed(data[9], recorded_at="2001-01-01T00:00:00Z")
    make_folder(tmp_path, data=data)
    assert ("clock_set_back", 9) in told(both(tmp_path))


def test_an_act_nobody_knows_does_not_fold(tmp_path: Path) -> None:
    data = entries_of()
    data.append(changed(data[1], id="new", act="ElectKing", recorded_at="2031-01-01T00:00:00Z"))
    make_folder(tmp_path, data=data)
    assert told(both(tmp_path)) == [("cannot_fold", len(data) - 1)]


def test_papers_are_what_their_names_say(folder: Path) -> None:
    (folder / "documents").mkdir()
    (folder / "documents" / ("0" * 64)).write_bytes(b"a paper")
    report = both(folder)
    assert told(report) == [("bad_document", None)]


def why(report: Report, kind: str) -> dict[int | None, object]:
    return {
        n.entry: n.json()["says"].partition(": ")[2].partition(": ")[2]
        for n in [*report.problems, *report.notes]
        if n.code == kind
    }


def test_facts_that_do_not_follow_from_the_register_are_told(tmp_path: Path) -> None:
    data = entries_of()
    make_folder(tmp_path, data=data)
    assert verify(tmp_path).ok
    n = next(n for n, line in enumerate(data) if b'"quorumPresent":true' in line)
    asked = json.loads(data[n])["question"]
    fact = "quorumPresent"
    asked["facts"][fact] = False
    data[n] = changed(data[n], question=asked)
    make_folder(tmp_path, data=data)
    assert why(verify(tmp_path), "bad_facts") == {n: fact}
    asked["place"] = "oblast"
    data[n] = changed(data[n], question=asked)
    make_folder(tmp_path, data=data)
    assert why(verify(tmp_path), "bad_facts") == {n: f"object, place, {fact}"}


def test_under_other_rules_no_more_are_noted_than_anybody_reads(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(refolding, "MOST_NAMED", 2)
    monkeypatch.setattr(law_of_release, "ours", lambda text: False)

    def fail(*said: object) -> None:
        raise ValueError("no such fact")

    monkeypatch.setattr(refolding, "put", fail)
    make_folder(tmp_path)
    report = verify(tmp_path)
    assert [*why(report, "other_facts").values()] == ["no such fact"] * 2
    asked = [n for n, line in enumerate(entries_of()) if json.loads(line)["question"]]
    assert report.ok and report.doubted == {*asked}


def test_entries_of_one_rulebook_that_is_not_there_are_told_together(small: Path) -> None:
    folder = small.parent / "bookless"
    shutil.copytree(small, folder)
    shutil.rmtree(folder / "rulebooks")
    asked = [n for n, line in enumerate(entries_of()[:8]) if json.loads(line)["digest"]]
    found = both(folder).problems
    assert len(found) < len(asked) and f"without it: {len(asked)})" in found[0].says("en")


def test_whose_register_it_is_is_told_as_its_first_entry_says(small: Path, capsys) -> None:
    first = json.loads(entries_of()[0])["fields"]
    report = verify(small)
    assert report.json()["place"] == {
        name: first[name] for name in found_wrong.PLACE if name in first
    }
    assert "AN EXERCISE" in checking._place(report, "en")
    assert first["name_ky"] in checking._place(report, "ky")
    assert "counted from 0" in checking._place(report, "en")


def test_what_is_recorded_in_the_future_is_noted_once(tmp_path: Path) -> None:
    data = entries_of()
    for n in (40, 41):
        data[n] = changed(data[n], recorded_at="2131-01-01T00:00:00Z")
    make_folder(tmp_path, data=data)
    notes = both(tmp_path).notes
    assert [note.entry for note in notes if note.code == "recorded_ahead"] == [40]


def test_a_register_file_that_is_not_there_is_noted(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiles-only"
    shutil.copytree(small, folder)
    (folder / REGISTER).unlink()
    report = both(folder)
    assert report.ok and "no_register_file" in {note.code for note in report.notes}
    assert "no_register_file" not in {note.code for note in both(small).notes}


def test_a_broken_rulebook_is_told_once_with_how_many_entries(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(small, folder)
    for file in (folder / "rulebooks").iterdir():
        file.write_bytes(b"{}")
    asked = [json.loads(line)["digest"] for line in entries_of()[:8] if json.loads(line)["digest"]]
    found = both(folder).problems
    assert [one.code for one in found] == ["bad_rulebook"] * len({*asked})
    assert sum(int(str(one.slots["many"])) for one in found) == len(asked)


def test_a_policy_of_another_key_is_not_called_a_want_of_witnesses(small: Path) -> None:
    another = signer_of("register.example.kg/elsewhere").verifier.vkey
    wanted = "policy", f"log {another}\nquorum none\n".encode()
    assert verify(small, wanted=wanted).codes() == {"other_policy"}
