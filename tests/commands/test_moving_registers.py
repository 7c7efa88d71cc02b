"""``kerege export``, ``import`` and ``mirror``: what they say, and their exit codes."""

import errno
import io
import os
import shutil

import pytest
from django.conf import settings

from kerege.__main__ import main
from kerege.archive.verify import verify
from kerege.commands import moving
from kerege.web.models import Register
from kerege.web.public import Public
from tests.archive.making import NAME, entries_of, make_folder, signer_of
from tests.web.moving_house import elsewhere, quick

HOLDS, DOES_NOT_HOLD, CANNOT_BE_ANSWERED = 0, 1, 2


@pytest.fixture(autouse=True)
def house(demo, tmp_path, monkeypatch):
    from kerege.web import serving

    monkeypatch.setattr(serving, "prepare", lambda data, begins=True: None)
    monkeypatch.setenv(moving.PASSPHRASE, "бир нече узун сөз")
    quick(monkeypatch)
    data = tmp_path / "house"
    data.mkdir()
    shutil.copy(settings.DATA / "master.key", data)
    monkeypatch.setattr(settings, "DATA", data)


def run(capsys, *words) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_an_export_of_a_place(capsys, tmp_path):
    size = Public(Register.objects.get(slug="naryn")).size
    assert run(capsys, "export", "naryn", tmp_path / "out") == (
        HOLDS,
        f"{tmp_path / 'out'}: {size}\n",
        "",
    )
    assert verify(tmp_path / "out").ok
    code, _, err = run(capsys, "export", "on-archa", tmp_path / "out")
    assert code == CANNOT_BE_ANSWERED and "another register" in err
    code, _, err = run(capsys, "export", "nowhere", tmp_path / "x")
    assert code == CANNOT_BE_ANSWERED and "no place nowhere" in err


def test_a_full_disk_is_told(capsys, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for words in (["naryn", tmp_path / "out"], ["naryn", tmp_path / "out.age", "--all"]):
        code, _, err = run(capsys, "export", *words)
        assert code == CANNOT_BE_ANSWERED and "No space left" in err
    assert [path.name for path in tmp_path.iterdir()] == ["house"]


def test_a_municipality_moves(capsys, tmp_path, monkeypatch):
    file, register = tmp_path / "naryn.age", Register.objects.get(slug="naryn")
    size = Public(register).size
    code, out, _ = run(capsys, "export", "naryn", file, "--all")
    assert code == HOLDS and "this one must not go on" in out
    code, _, err = run(capsys, "export", "naryn", file, "--all")
    assert code == CANNOT_BE_ANSWERED and "stays as it is" in err
    code, _, err = run(capsys, "import", file)
    assert code == DOES_NOT_HOLD and "here_already" in err
    code, out, _ = run(capsys, "export", "naryn", tmp_path / "last.age", "--all", "--leave")
    assert code == HOLDS and "must not go on" not in out
    code, _, err = run(capsys, "export", "naryn", tmp_path / "more.age", "--all")
    assert code == CANNOT_BE_ANSWERED and "only a copy" in err
    elsewhere(register, monkeypatch, tmp_path / "house")
    code, out, _ = run(capsys, "import", tmp_path / "last.age")
    assert code == HOLDS and f"/naryn/: {size}" in out and "must not go on" in out


def test_what_is_no_whole_file_is_told(capsys, tmp_path):
    (tmp_path / "x.age").write_text("x")
    for file in (tmp_path / "x.age", tmp_path / "none.age"):
        code, _, err = run(capsys, "import", file)
        assert code == CANNOT_BE_ANSWERED and str(file) in err


def test_the_passphrase_is_never_said_on_the_command_line(capsys, tmp_path, monkeypatch):
    monkeypatch.delenv(moving.PASSPHRASE)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    words = ("export", "naryn", tmp_path / "x.age", "--all")
    code, _, err = run(capsys, *words)
    assert code == CANNOT_BE_ANSWERED and "no passphrase" in err
    (tmp_path / "short").write_text("short\n")
    code, _, err = run(capsys, *words, "--passphrase-file", tmp_path / "short")
    assert code == CANNOT_BE_ANSWERED and "fewer than 12" in err
    code, _, err = run(capsys, *words, "--passphrase-file", tmp_path / "none")
    assert code == CANNOT_BE_ANSWERED
    (tmp_path / "long").write_text("long enough it is\n")
    assert run(capsys, *words, "--passphrase-file", tmp_path / "long")[0] == HOLDS
    with pytest.raises(SystemExit):
        run(capsys, *words, "--passphrase", "long enough it is")
    code, _, err = run(capsys, "export", "naryn", tmp_path / "y", "--leave")
    assert code == CANNOT_BE_ANSWERED and "--all" in err


def test_a_register_elsewhere_is_followed(capsys, tmp_path):
    data, there = entries_of(), tmp_path / "there"
    key = make_folder(there, data=data[:20]).verifier.vkey
    code, out, _ = run(capsys, "mirror", there, "--key", key)
    assert code == HOLDS and "/on-archa-2/: 20" in out and "first sight" not in out
    shutil.rmtree(there)
    make_folder(there, data=data[:18])
    code, _, err = run(capsys, "mirror", there)
    assert code == DOES_NOT_HOLD and "rolled_back" in err
    code, _, err = run(capsys, "mirror", tmp_path / "nothing")
    assert code == CANNOT_BE_ANSWERED and "is no register" in err
    other = signer_of(f"{NAME}/other").verifier.vkey
    assert run(capsys, "mirror", there, "--key", other)[0] == DOES_NOT_HOLD


def test_it_is_followed_until_it_forks(capsys, tmp_path, monkeypatch):
    data, there = entries_of(), tmp_path / "there"
    make_folder(there, data=data[:20])
    steps = [
        lambda: make_folder(there, data=data[:22]),
        # A source that is away for a while is asked again.
        lambda: shutil.rmtree(there),
        lambda: make_folder(there, data=data[:19]),
    ]
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        steps.pop(0)()

    monkeypatch.setattr(moving.time, "sleep", sleep)
    code, out, err = run(capsys, "mirror", there, "--every", "7")
    assert code == DOES_NOT_HOLD and slept == [7, 7, 7]
    assert "/on-archa-2/: 20" in out and "/on-archa-2/: 22" in out
    assert "is no register" in err and "rolled_back" in err


def test_a_public_export_is_taken_in_as_a_copy(capsys, tmp_path):
    make_folder(tmp_path / "there")
    code, out, _ = run(capsys, "import", tmp_path / "there")
    assert code == HOLDS and "/on-archa-2/" in out
    assert Register.objects.get(slug="on-archa-2").mirror_of
    (tmp_path / "there/checkpoint").unlink()
    assert run(capsys, "import", tmp_path / "there")[0] == CANNOT_BE_ANSWERED
