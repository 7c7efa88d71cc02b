"""A slip by itself, held against its register, and forged."""

import shutil
from pathlib import Path

import pytest

from kerege.archive import slip
from kerege.archive.refolding import cedar
from kerege.archive.slip import Slip, told
from kerege.archive.source import Folder, Unreadable
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.fields import Reference
from kerege.register import canonical, proof, rotation
from kerege.register.merkle import leaf_hash
from kerege.register.note import Signer, sign
from tests.archive.making import (
    NAME,
    changed,
    grown,
    make_folder,
    note_of,
    signer_of,
    slip_of,
)

OWN = signer_of(f"{NAME}/on-archa")
DATA = grown(300)
N = next(n for n, line in enumerate(DATA) if b'"answer":"permitted"' in line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register")
    make_folder(path, data=DATA)
    return path


def handed_out(data: list[bytes] = DATA, size: int = 100, signer: Signer = OWN) -> bytes:
    return slip_of(data, N, note_of(data, signer, size), size)


def check(data: bytes, folder: Path | None = None, **said: object) -> Slip:
    against = Folder(folder) if folder else None
    return slip.check("slip", data, against=against, **said)  # type: ignore[arg-type]


def codes(one: Slip) -> list[str]:
    return [problem.code for problem in one.report.problems]


def noted(one: Slip) -> list[str]:
    return [note.code for note in one.report.notes]


def test_a_slip_holds_by_itself_with_the_key() -> None:
    one = check(handed_out(), key=OWN.verifier.vkey)
    assert one.report.ok and (one.n, one.report.size, one.now) == (N, 100, 0)
    assert one.entry is not None and canonical.canonical(one.entry.json()) == DATA[N]


def test_a_slip_holds_against_its_register(folder: Path) -> None:
    one = check(handed_out(), folder, engine=cedar)
    assert one.report.ok and one.now == 300
    assert noted(one) == ["first_key", "register_not_whole"]
    assert noted(check(handed_out(), folder, key=OWN.verifier.vkey)) == ["register_not_whole"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", ("Орган түзүү", "2008-01-14", "жергиликтүү жамаат", "Мыйзам бул ишке жол берет")),
        ("ru", ("Образовать орган", "2008-01-14", "Закон это разрешает", "записей: 100")),
        ("en", ("Constitute a body", "2008-01-14", "The law allows this", "300 entries now")),
    ],
)
def test_it_says_in_words_what_was_done(folder: Path, language: str, words: tuple) -> None:
    said = "\n".join(told(check(handed_out(), folder), language))
    assert all(word in said for word in words), said


def test_a_slip_without_a_key_is_not_held_for_signed() -> None:
    assert codes(check(handed_out())) == ["no_key"]


def test_a_slip_without_its_entry_needs_it() -> None:
    receipt = proof.parse(handed_out())
    bare = proof.format(proof.Receipt(receipt.index, receipt.hashes, receipt.checkpoint))
    with pytest.raises(Unreadable, match="--entry"):
        check(bare, key=OWN.verifier.vkey)
    assert check(bare, key=OWN.verifier.vkey, entry=DATA[N]).report.ok
    assert codes(check(bare, key=OWN.verifier.vkey, entry=DATA[N + 1])) == ["bad_proof"]


def test_the_code_on_paper_takes_its_entry_from_the_register(folder: Path, tmp_path: Path) -> None:
    receipt = proof.parse(handed_out())
    bare = proof.format(proof.Receipt(receipt.index, receipt.hashes, receipt.checkpoint))
    one = check(bare, folder)
    assert one.report.ok and one.now == 300 and one.leaf == leaf_hash(DATA[N]).hex()
    assert one.leaf in "\n".join(told(one, "en"))
    # Without bundles, from the register file; one that was altered is not the one.
    make_folder(tmp_path, data=[*DATA[:N], changed(DATA[N], reason="…"), *DATA[N + 1 :]])
    shutil.rmtree(tmp_path / "tile" / "entries")
    assert "bad_proof" in codes(check(bare, tmp_path))
    assert slip.entry_in(Folder(tmp_path), 300) is None


def test_a_slip_that_a_mail_has_bent_still_holds() -> None:
    key, bent = OWN.verifier.vkey, handed_out().replace(b"\n", b"\r\n")
    for data in (bent, b"\xef\xbb\xbf" + handed_out(), handed_out().rstrip(b"\n")):
        assert check(data, key=key).report.ok and slip.is_slip(data)


def test_the_fields_are_told_in_the_readers_words() -> None:
    one = check(handed_out(), key=OWN.verifier.vkey)
    assert one.entry is not None
    said = told(one, "ky")
    for name, value in one.entry.fields.items():
        shown = value if isinstance(value, str) else canonical.canonical(value).decode()
        assert f"{telling.field_name(name, 'ky')}: {shown}" in said


def test_a_slip_of_another_entry_is_told() -> None:
    one = check(handed_out(), key=OWN.verifier.vkey, entry=DATA[N + 1])
    assert codes(one) == ["other_entry", "bad_proof"]


def test_a_changed_entry_is_told() -> None:
    receipt = proof.parse(handed_out())
    other = changed(DATA[N], reason="…")
    forged = proof.Receipt(receipt.index, receipt.hashes, receipt.checkpoint, other)
    assert codes(check(proof.format(forged), key=OWN.verifier.vkey)) == ["bad_proof"]


def test_a_slip_of_another_history_is_told(folder: Path) -> None:
    other = [*DATA[:50], changed(DATA[50], reason="…"), *DATA[51:]]
    assert codes(check(handed_out(other), folder)) == ["split_view"]


def test_a_register_that_was_rolled_back_is_told(folder: Path) -> None:
    assert codes(check(handed_out(grown(301), 301), folder)) == ["rolled_back"]


def test_a_slip_signed_by_somebody_else_is_told(folder: Path) -> None:
    thief = Signer(OWN.name, b"t" * 32)
    assert codes(check(handed_out(signer=thief), folder)) == ["re_signed"]
    assert codes(check(handed_out(signer=thief), key=OWN.verifier.vkey)) == ["re_signed"]


def test_a_slip_of_another_register_is_told(folder: Path) -> None:
    other = handed_out(signer=signer_of(f"{NAME}/naryn"))
    assert codes(check(other, folder)) == ["other_register"]


def test_a_register_signed_anew_is_told(tmp_path: Path) -> None:
    make_folder(tmp_path, data=DATA, signer=Signer(OWN.name, b"t" * 32))
    assert codes(check(handed_out(), tmp_path)) == ["re_signed"]
    assert "re_signed" in codes(check(handed_out(), tmp_path, key=OWN.verifier.vkey))


def test_a_register_whose_tiles_do_not_bear_its_checkpoint_is_told(tmp_path: Path) -> None:
    make_folder(tmp_path, data=DATA)
    tile = tmp_path / "tile/0/000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    assert codes(check(handed_out(), tmp_path)) == ["altered"]


def test_a_ruling_is_asked_again_under_the_rulebook_that_came_along(tmp_path: Path) -> None:
    ruling = {"answer": "forbidden", "norms": [], "missing": []}
    data = [*DATA[:N], changed(DATA[N], ruling=ruling), *DATA[N + 1 :]]
    make_folder(tmp_path, data=data)
    assert codes(check(handed_out(data), tmp_path)) == ["bad_ruling"]


def test_a_slip_from_before_a_change_of_key_holds(tmp_path: Path) -> None:
    after = Signer(OWN.name, b"n" * 32)
    vkeys = OWN.verifier.vkey, after.verifier.vkey
    note = sign(rotation.statement(OWN.name, *vkeys, "routine"), OWN).decode()
    fields = {"key": vkeys[1], "why": "routine", "note": note}
    data = [*DATA, changed(DATA[1], id="key", act="RotateKey", fields=fields)]
    make_folder(tmp_path, data=data, signed=after)
    assert check(handed_out(), tmp_path).report.ok
    assert check(handed_out(data, 301, after), tmp_path).report.ok
    assert codes(check(handed_out(data, 100, after), tmp_path)) == ["re_signed"]


@pytest.mark.parametrize("data", [b"", b"c2sp.org/tlog-proof@v1\n", b"\xff" * 500])
def test_what_is_no_slip_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="slip is no slip"):
        check(data)


def test_a_slip_whose_entry_is_none_is_told() -> None:
    data = [b"{}", b"[1]"]
    one = check(slip_of(data, 1, note_of(data, OWN)), key=OWN.verifier.vkey)
    assert codes(one) == ["unreadable"] and told(one, "en") == []


def test_it_is_said_where_the_ruling_was_not_asked_again(folder: Path, tmp_path: Path) -> None:
    one = check(handed_out(), key=OWN.verifier.vkey)
    assert one.report.ok
    told = [(note.code, note.entry) for note in one.report.notes]
    assert told == [("later_unknown", None), ("not_asked_again", N)]
    told_in = {language: one.json(language)["notes"][1]["says"] for language in ("ky", "ru", "en")}
    assert len({*told_in.values()}) == 3 and "was not asked again" in told_in["en"]
    shutil.copytree(folder, tmp_path / "register")
    shutil.rmtree(tmp_path / "register" / "rulebooks")
    bare = check(handed_out(), tmp_path / "register")
    assert codes(bare) == ["unknown_rulebook"]
    assert "not_asked_again" in [note.code for note in bare.report.notes]
    # The founding is not put to the law, so nothing was left out.
    founding = slip_of(DATA, 0, note_of(DATA, OWN))
    assert noted(check(founding, key=OWN.verifier.vkey)) == ["later_unknown"]


def test_what_the_law_judges_is_not_called_exempt_on_a_slip(folder: Path) -> None:
    none = {"question": None, "ruling": None, "digest": "", "standing": "exempt"}
    data = [*DATA[:N], changed(DATA[N], **none), *DATA[N + 1 :]]
    one = check(slip_of(data, N, note_of(data, OWN)), key=OWN.verifier.vkey)
    assert codes(one) == ["not_put"]


def test_a_slip_names_entries_by_their_numbers_and_shows_no_json() -> None:
    assert slip._plain("session", 30, "ru") == "запись №\u00a030"
    told = slip._plain("lines", [{"name": "Суу", "amount": 5}], "en")
    assert "Суу" in told and "{" not in told
    named = {
        name
        for act in ACTS.values()
        for name, about in act.told().items()
        if isinstance(about.kind, Reference)
    }
    assert named == {*slip.REFERENCES}


def test_a_forged_line_of_the_register_file_is_told(tmp_path: Path) -> None:
    make_folder(tmp_path, data=DATA)
    other = [*DATA[:N], changed(DATA[N], reason="…"), *DATA[N + 1 :]]
    (tmp_path / "register.jsonl").write_bytes(b"".join(line + b"\n" for line in other))
    assert codes(check(handed_out(), tmp_path)) == ["altered"]
