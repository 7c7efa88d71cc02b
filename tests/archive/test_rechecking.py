"""What a keeper of the key can say falsely, and is told of whoever folds the entries."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kerege.archive import checking, law_of_release
from kerege.archive.rechecking import Rechecking
from kerege.archive.verify import verify
from kerege.municipality.entry import Actor
from tests.archive.making import changed, entries_of, make_folder
from tests.archive.verifying import both, told, unfolded
from tests.cast import NEW, OFFICIAL, PAPER, naryn

pytestmark = pytest.mark.usefixtures("read_once")

TRUE = [json.loads(line) for line in entries_of()]
BUDGET = next(
    n
    for n, one in enumerate(TRUE)
    if one["act"] == "AdoptBudget" and one["question"]["facts"]["hearingHeld"]
)
CORRECTION = next(n for n, one in enumerate(TRUE) if one["act"] == "Correct")


def lied(tmp_path: Path, n: int, **said: Any) -> list[tuple[str, int | None]]:
    data = entries_of()
    data[n] = changed(data[n], **said)
    make_folder(tmp_path, data=data)
    report = both(tmp_path)
    assert unfolded(report) == []
    return told(report)


@pytest.mark.parametrize("slug", ["on-archa", "naryn", "cholpon-ata"])
def test_what_the_gate_let_pass_passes(tmp_path: Path, slug: str) -> None:
    make_folder(tmp_path, slug)
    report = verify(tmp_path)
    assert told(report) == [] and not report.doubted


def test_a_fact_with_the_ruling_that_it_leads_to(tmp_path: Path) -> None:
    """Nobody held a hearing, and the budget says that one was."""
    data = entries_of()
    hearing = next(n for n, one in enumerate(TRUE) if one["act"] == "HoldHearing" and n < BUDGET)
    session = next(n for n in range(hearing, 0, -1) if TRUE[n]["act"] == "HoldSession")
    other = {"id": "instead", "recorded_at": TRUE[hearing]["recorded_at"]}
    fields = {**TRUE[session]["fields"], "number": "99"}
    data[hearing] = changed(data[session], **other, fields=fields)
    make_folder(tmp_path, data=data)
    assert ("bad_facts", BUDGET) in told(verify(tmp_path))


def test_grounds_that_are_others(tmp_path: Path) -> None:
    assert lied(tmp_path, BUDGET, rests_on=[]) == [("bad_grounds", BUDGET)]
    said = verify(tmp_path).problems[0].says("en")
    assert said.endswith(", ".join(map(str, TRUE[BUDGET]["rests_on"])))
    assert ("bad_grounds", CORRECTION) in lied(tmp_path, CORRECTION, rests_on=[0])


def test_a_vote_that_was_not_carried(tmp_path: Path) -> None:
    fields = {**TRUE[BUDGET]["fields"], "votes_for": 1, "votes_against": 9}
    assert {code for code, n in lied(tmp_path, BUDGET, fields=fields) if n == BUDGET} & {
        "bad_facts",
        "bad_act",
    }


def test_an_amount_that_is_none(tmp_path: Path) -> None:
    lines = [{**line, "amount": -5} for line in TRUE[BUDGET]["fields"]["lines"]]
    fields = {**TRUE[BUDGET]["fields"], "lines": lines}
    assert ("bad_act", BUDGET) in lied(tmp_path, BUDGET, fields=fields)


def test_a_correction_that_is_no_misprint(tmp_path: Path) -> None:
    fields = {**TRUE[CORRECTION]["fields"], "text": "something else altogether"}
    assert lied(tmp_path, CORRECTION, fields=fields) == [("bad_act", CORRECTION)]
    said = verify(tmp_path).problems[0]
    assert len({said.says(language) for language in ("ky", "ru", "en")}) == 3


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"recorder": "9.9"}, "not_entitled"),
        ({"recorder": "operator"}, "not_entitled"),
        ({"by": ["1.0"]}, "not_entitled"),
        ({"late": True}, "bad_late"),
        ({"reason": "because"}, "bad_act"),
        ({"held_on": "2031-12-20"}, "bad_act"),
        ({"held_on": "1999-12-20"}, "bad_act"),
        ({"recorded_at": "2009-12-01T06:00:00Z"}, "bad_act"),
    ],
)
def test_who_and_when(tmp_path: Path, said: dict[str, Any], code: str) -> None:
    assert (code, BUDGET) in lied(tmp_path, BUDGET, **said)


def test_under_other_rules_it_is_told_on_the_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law_of_release, "ours", lambda text: False)
    data = entries_of()
    data[BUDGET] = changed(data[BUDGET], rests_on=[], late=True)
    make_folder(tmp_path, data=data)
    report = verify(tmp_path)
    noted = {note.code for note in report.notes if note.entry == BUDGET}
    assert report.ok and noted == {"other_grounds", "other_late"}
    assert checking._holds(report, "en").startswith("The register holds together, but 1 entries")
    monkeypatch.undo()
    assert "mandates" in checking._holds(verify(tmp_path, full=False), "en")


def test_what_an_official_took_in_for_residents_but_nothing_insisted_on() -> None:
    town = naryn(*NEW)
    n = town.act("AppointOfficial", "head:6.0", post="official", holder=OFFICIAL).n
    town.act("LinkAccount", account="clerk", mandate=f"{n}.0")
    by = town.speaker(f"{n}.0", "clerk")
    said = {"title": "Жарык", "text": "Он чырак"}
    one = town.considered("RaiseIssue", "community", by=by, evidence=PAPER, **said)[1]
    assert list(Rechecking().wrong(town.m, town.m.size, one)) == []
    for other in (
        {"standing": "contested", "reason": "Болгон иш"},
        {"evidence": None},
        {"by": (f"{n}.0",)},
        {"actor": Actor("kenesh")},
    ):
        found = Rechecking().wrong(town.m, town.m.size, replace(one, **other))
        assert "not_entitled" in {code for code, _ in found}, other


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"act": "Teleport"}, "Teleport"),
        ({"fields": {"zzz": 1}}, "zzz"),
    ],
)
def test_what_this_release_does_not_know_is_told_in_words(
    tmp_path: Path, said: dict[str, Any], words: str
) -> None:
    data = entries_of()
    data[-1] = changed(data[-1], **said)
    make_folder(tmp_path, data=data)
    found = [one for one in verify(tmp_path).problems if one.code in ("cannot_fold", "bad_facts")]
    assert found and found[0].entry == len(data) - 1
    for language in ("ky", "ru", "en"):
        told = found[0].says(language)
        assert words in told and "{" not in told and "unknown_" not in told
