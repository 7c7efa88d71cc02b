"""The verifier in one file: it runs on Python alone, and says what the full program says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kerege.archive import verifier
from kerege.archive.verify import verify
from tests.archive.making import (
    NAME,
    changed,
    entries_of,
    make_folder,
    note_of,
    signer_of,
    slip_of,
)

OWN = signer_of(f"{NAME}/on-archa")
MOST = 360_000


@pytest.fixture(scope="module")
def pyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("verifier") / "kerege-verify.pyz"
    verifier.write(file)
    return file


def run(pyz: Path, *words: object) -> tuple[int, Any]:
    """Its exit code and what it says as JSON, by a Python without any packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", pyz, *map(str, words), "--json"],
        capture_output=True,
        text=True,
        cwd=pyz.parent,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


def test_the_same_release_gives_the_same_small_file(pyz: Path, tmp_path: Path) -> None:
    size, digest = verifier.write(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == pyz.read_bytes() == verifier.build()
    assert size <= MOST and len(digest) == 64
    assert pyz.stat().st_mode & 0o111


def test_it_verifies_a_folder_and_says_that_it_did_not_fold(pyz: Path, tmp_path: Path) -> None:
    make_folder(tmp_path, witnesses=("witness.example.kg/osh",))
    code, said = run(pyz, tmp_path, "--key", OWN.verifier.vkey)
    assert (code, said["ok"], said["size"]) == (0, True, 61)
    assert [note["code"] for note in said["notes"]] == ["not_folded", "law_of_day", "witnessed"]


def test_it_verifies_a_slip(pyz: Path, tmp_path: Path) -> None:
    make_folder(tmp_path / "folder")
    file = tmp_path / "slip.tlog-proof"
    file.write_bytes(slip_of(entries_of(), 3, note_of(entries_of(), OWN)))
    code, said = run(pyz, file, "--against", tmp_path / "folder")
    assert (code, said["ok"], said["n"], said["now"]) == (0, True, 3, 61)
    file.write_bytes(slip_of(entries_of(), 4, note_of(entries_of()[:60], OWN)))
    code, said = run(pyz, file, "--against", tmp_path / "folder")
    assert (code, said["problems"][0]["code"]) == (1, "bad_proof")


def forged(folder: Path, how: str) -> tuple[list[object], dict[str, Any]]:
    """Forge a register; what is then said on the command line, and to ``verify``."""
    data = make_folder(folder) and entries_of()
    file = folder / "register.jsonl"
    match how:
        case "altered":
            data[9] = changed(data[9], reason="…")
        case "reordered":
            data[9], data[10] = data[10], data[9]
        case "truncated":
            data = data[:40]
        case "re_signed":
            make_folder(folder, data=data[:40], signer=signer_of("x"))
            key = signer_of("x").__class__(OWN.name, b"t" * 32)
            make_folder(folder, data=data, signer=key)
            return ["--key", OWN.verifier.vkey], {"key": OWN.verifier.vkey}
        case "bad_ruling":
            n = next(n for n, line in enumerate(data) if b'"answer":"permitted"' in line)
            ruling = {"answer": "forbidden", "norms": [], "missing": []}
            data[n] = changed(data[n], ruling=ruling)
            make_folder(folder, data=data)
    file.write_bytes(b"".join(line + b"\n" for line in data))
    return [], {}


@pytest.mark.parametrize("how", ["altered", "reordered", "truncated", "re_signed", "bad_ruling"])
def test_it_names_a_forgery_as_the_full_program_does(pyz: Path, tmp_path: Path, how: str) -> None:
    words, said = forged(tmp_path, how)
    code, told = run(pyz, tmp_path, *words)
    assert code == 1 and how in {problem["code"] for problem in told["problems"]}
    assert told["problems"] == [one.json() for one in verify(tmp_path, **said).problems]


def test_what_cannot_be_read_is_said_without_falling_over(pyz: Path, tmp_path: Path) -> None:
    code, said = run(pyz, tmp_path / "nowhere")
    assert code == 2 and [one["code"] for one in said["problems"]] == ["cannot"]


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "ascii"])
def test_a_console_without_our_letters_changes_no_answer(
    pyz: Path, tmp_path: Path, encoding: str
) -> None:
    make_folder(tmp_path)
    command = [sys.executable, "-S", pyz, tmp_path, "--language", "ky"]
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=env)
    assert (done.returncode, done.stderr) == (0, b"")


def test_who_stops_reading_is_no_fault_of_the_register(pyz: Path, tmp_path: Path) -> None:
    make_folder(tmp_path)
    command = f"{sys.executable} -I -S {pyz} {tmp_path} --json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode in (0, 2) and "Traceback" not in done.stderr
