"""``kerege verify`` and ``kerege verifier``: what they print and with which code they end."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from kerege.__main__ import main
from kerege.archive import checking
from kerege.archive.checking import UNSETTLED, own_language
from kerege.register import proof
from tests.archive.making import (
    NAME,
    changed,
    cosigned,
    entries_of,
    make_folder,
    note_of,
    signer_of,
    slip_of,
)

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED = 0, 1, 2
OWN = signer_of(f"{NAME}/on-archa")
WITNESS = "witness.example.kg/osh"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_folder(tmp_path / "folder", data=entries_of()[:5])
    return tmp_path / "folder"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of what is in the folder of the test."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def verify(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["verify", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_register_that_holds(capsys, folder) -> None:
    code, out, err = verify(capsys, folder, "--key", OWN.verifier.vkey)
    assert (code, err) == (HOLDS, "")
    assert out.startswith(f"{OWN.name}: 5 entries, root ") and out.endswith("Everything holds.\n")


def test_entries_that_nobody_signed_prove_nothing(capsys, folder) -> None:
    code, out, _ = verify(capsys, folder / "register.jsonl")
    assert code == UNSETTLED and "Everything holds" not in out
    assert out.endswith("but nobody signed them: this proves nothing.\n")


@pytest.mark.parametrize(
    ("language", "words"),
    [("ky", "мазмуну өзгөртүлгөн"), ("ru", "содержание изменено"), ("en", "it was altered")],
)
def test_a_forgery_is_named_in_three_languages(capsys, folder, language, words) -> None:
    data = entries_of()[:5]
    data[3] = changed(data[3], reason="…")
    (folder / "register.jsonl").write_bytes(b"".join(line + b"\n" for line in data))
    code, out, _ = verify(capsys, folder, "--language", language)
    assert code == DOES_NOT_HOLD and "\naltered: " in out and words in out
    code, out, _ = verify(capsys, folder, "--language", language, "--json")
    (problem,) = json.loads(out)["problems"]
    assert (problem["code"], problem["entry"]) == ("altered", 3) and words in problem["says"]


def test_a_kept_checkpoint_and_a_policy_are_held_against_it(capsys, folder, tmp_path) -> None:
    kept, policy = tmp_path / "kept", tmp_path / "policy"
    kept.write_bytes(note_of(entries_of(), OWN))
    make_folder(tmp_path / "witnessed", data=entries_of()[:5], witnesses=[WITNESS])
    policy.write_bytes((tmp_path / "witnessed" / "policy").read_bytes())
    code, out, _ = verify(capsys, folder, "--kept", kept)
    assert code == DOES_NOT_HOLD and "rolled_back: " in out
    code, out, _ = verify(capsys, folder, "--policy", policy)
    assert code == DOES_NOT_HOLD and "quorum_missing: " in out
    note = note_of(entries_of()[:5], OWN)
    (folder / "checkpoint").write_bytes(cosigned(note, [WITNESS]))
    kept.write_bytes(slip_of(entries_of()[:5], 2, note))
    assert verify(capsys, folder, "--policy", policy, "--kept", kept)[0] == HOLDS
    # A slip proves its entry, not only its checkpoint.
    false = changed(entries_of()[2], reason="…")
    receipt = proof.parse(kept.read_bytes())
    kept.write_bytes(proof.format(replace(receipt, extra=false)))
    code, out, _ = verify(capsys, folder, "--kept", kept)
    assert code == DOES_NOT_HOLD and "bad_proof: " in out


def test_a_slip_is_told_and_held_against_its_register(capsys, folder, tmp_path) -> None:
    slip = tmp_path / "a.tlog-proof"
    slip.write_bytes(slip_of(entries_of()[:5], 2, note_of(entries_of()[:5], OWN)))
    code, out, _ = verify(capsys, slip, "--against", folder)
    assert code == HOLDS and "entry no. 2: Constitute a body, 2008-01-14" in out
    code, out, _ = verify(capsys, slip)
    assert code == DOES_NOT_HOLD and "no_key: " in out
    assert "Not checked whole" in out and "Does not hold" not in out
    (tmp_path / "entry").write_bytes(entries_of()[3])
    words = ("--key", OWN.verifier.vkey, "--entry", tmp_path / "entry", "--json")
    code, out, _ = verify(capsys, slip, *words)
    assert code == DOES_NOT_HOLD and json.loads(out)["n"] == 2


def test_a_slip_is_known_by_its_first_line_and_read_from_an_address(
    capsys, folder, tmp_path, served
) -> None:
    data = slip_of(entries_of()[:5], 2, note_of(entries_of()[:5], OWN))
    (tmp_path / "mail.txt").write_bytes(data)
    (folder / "2.tlog-proof").write_bytes(data)
    for place in (tmp_path / "mail.txt", f"{served}/folder/2.tlog-proof"):
        code, out, _ = verify(capsys, place, "--against", folder)
        assert code == HOLDS and "entry no. 2: " in out
    assert "no such slip" in verify(capsys, f"{served}/folder/3.tlog-proof")[2]


def test_who_gives_the_address_of_a_page_is_told_the_one_of_the_register(
    capsys, folder, served
) -> None:
    code, _, err = verify(capsys, f"{served}/ru/town/register/61/", "--language", "ky")
    assert code == CANNOT_BE_ANSWERED and "бети. Реестрдин" in err and f"{served}/town/log/" in err
    (folder / "a.tlog-proof").write_bytes(slip_of(entries_of(), 2, note_of(entries_of(), OWN)))
    err = verify(capsys, folder / "a.tlog-proof", "--against", f"{served}/town/")[2]
    assert f"{served}/town/log/" in err
    assert verify(capsys, f"{served}/folder")[0] == HOLDS


def test_at_an_address_where_nothing_answers_nothing_is_judged(capsys, folder, served) -> None:
    code, out, err = verify(capsys, f"{served}/nosuch/log/")
    assert (code, out) == (CANNOT_BE_ANSWERED, "") and "there is no register at this" in err
    folder.rename(folder.parent / "log")
    (folder.parent / "log/checkpoint").unlink()
    # One that hides what it has signed is another matter.
    assert verify(capsys, f"{served}/log")[0] == DOES_NOT_HOLD


@pytest.mark.parametrize(
    ("said", "language"),
    [("ky_KG.UTF-8", "ky"), ("ru", "ru"), ("kyu_X", "en"), ("C", "en"), ("de_DE", "en")],
)
def test_the_language_is_that_of_the_computer(monkeypatch, said, language) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", said)
    assert own_language() == language


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["{}/nowhere"], "register.jsonl cannot be read"),
        (["{}/nowhere.tlog-proof"], "No such file"),
        (["file:///etc/passwd"], "is no address of the web"),
        (["{}/folder", "--key", "x"], "key"),
        (["{}/folder", "--kept", "{}/folder/key"], "neither a checkpoint nor a slip"),
        (["{}/folder", "--kept", "{}/nowhere"], "No such file"),
        (["{}/folder", "--policy", "{}/nowhere"], "No such file"),
        (["{}/folder/key.tlog-proof"], "is no slip"),
    ],
)
def test_what_cannot_be_judged_is_said(capsys, folder, tmp_path, words, why) -> None:
    (folder / "key.tlog-proof").write_bytes(b"no slip")
    code, out, err = verify(capsys, *(word.replace("{}", str(tmp_path)) for word in words))
    assert (code, out) == (CANNOT_BE_ANSWERED, "")
    assert err.startswith("kerege verify: ") and why in err


def test_the_verifier_is_written_or_that_it_cannot_be_is_said(capsys, tmp_path) -> None:
    assert main(["verifier", str(tmp_path / "a.pyz")]) == HOLDS
    assert "SHA-256" in capsys.readouterr().out
    assert main(["verifier", str(tmp_path / "a.pyz" / "b.pyz")]) == CANNOT_BE_ANSWERED


def test_who_stops_it_reads_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*said: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "verify", stop)
    parser = argparse.ArgumentParser()
    checking.add_options(parser)
    place = parser.parse_args([str(tmp_path), "--language", "en"])
    assert checking.run(place, full=False) == 130
    assert capsys.readouterr().err == "kerege verify: stopped; nothing was found out\n"


@pytest.mark.parametrize(
    ("language", "words"),
    [("ky", "өз-өзүнчө текшериңиз"), ("ru", "каждый отдельно"), ("en", "each by itself")],
)
def test_of_a_folder_of_registers_each_is_named(capsys, folder, language, words) -> None:
    code, out, wrong = verify(capsys, folder.parent, "--language", language)
    assert code == CANNOT_BE_ANSWERED and not out
    assert folder.name in wrong and words in wrong


def test_the_help_names_every_exit_code() -> None:
    parser = argparse.ArgumentParser()
    checking.add_options(parser)
    told = " ".join(parser.format_help().split())
    means = ("everything", "something", "nothing", "it holds")
    assert all(f" {code} {what}" in told for code, what in enumerate(means))


def test_what_cannot_be_judged_is_said_as_json_too(capsys, tmp_path) -> None:
    code, out, err = verify(capsys, tmp_path / "nowhere", "--json", "--language", "ru")
    said = json.loads(out)
    assert code == CANNOT_BE_ANSWERED and not said["ok"] and not said["settled"]
    (problem,) = said["problems"]
    assert problem["code"] == "cannot" and problem["says"] in err
