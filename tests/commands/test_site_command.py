"""``kerege site``: an export as a site of plain files."""

import pytest

from kerege.__main__ import main
from tests.archive.making import changed, make_folder
from tests.archive.publishing import export_of, files, story

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED = 0, 1, 2


@pytest.fixture
def folder(tmp_path):
    return export_of(story().town, tmp_path / "export")


def site(capsys, *words) -> tuple[int, str, str]:
    code = main(["site", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_site_is_made_and_counted(capsys, tmp_path):
    folder, out = tmp_path / "written-by-a-gate", tmp_path / "out"
    make_folder(folder)
    code, said, err = site(capsys, folder, out, "--verify")
    made = [path for path in files(out) if path.endswith(".html")]
    size = len((folder / "register.jsonl").read_bytes().splitlines())
    assert (code, err) == (HOLDS, "")
    assert said == f"{out}: {size} entries, {len(made)} pages\n"


def test_what_does_not_verify_is_not_published_when_asked(capsys, folder, tmp_path):
    data = (folder / "register.jsonl").read_bytes().splitlines()
    judged = next(n for n, line in enumerate(data) if b'"permitted"' in line)
    data[judged] = changed(data[judged], ruling={"answer": "forbidden", "norms": [], "missing": []})
    make_folder(folder, data=data)
    out = tmp_path / "out"
    code, said, err = site(capsys, folder, out, "--verify")
    assert (code, said, out.exists()) == (DOES_NOT_HOLD, "", False)
    assert err.startswith("kerege site: ") and str(judged) in err


@pytest.mark.parametrize("gone", ["register.jsonl", "checkpoint", "key"])
def test_an_export_at_fault_cannot_be_made_a_site(capsys, folder, tmp_path, gone):
    (folder / gone).unlink()
    code, said, err = site(capsys, folder, tmp_path / "out")
    assert (code, said, (tmp_path / "out").exists()) == (CANNOT_BE_ANSWERED, "", False)
    assert err.startswith("kerege site: ") and f"{gone} cannot be read" in err


def test_a_folder_of_somebody_else_is_not_replaced(capsys, folder, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter").write_text("Салам")
    code, _, err = site(capsys, folder, tmp_path / "out")
    assert code == CANNOT_BE_ANSWERED and "is no site of ours" in err


def test_a_disk_that_refuses_is_told(capsys, folder, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = site(capsys, folder, tmp_path / "file/out")
    assert code == CANNOT_BE_ANSWERED and "file" in err
