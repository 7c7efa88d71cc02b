"""``kerege repair``: a text in an old font, put right and otherwise as it was."""

from kerege.__main__ import main

HOLDS, CANNOT_BE_ANSWERED = 0, 2


def test_an_old_text_is_printed_right(capfdbinary, tmp_path):
    file = tmp_path / "old.txt"
    file.write_bytes("Ъкмът къчън\\ оёдоду.\r\nОбъект её, и\\или\n".encode())
    assert main(["repair", str(file)]) == HOLDS
    told = capfdbinary.readouterr().out.decode()
    assert told == "Өкмөт көчөнү оңдоду.\nОбъект её, и\\или\n"


def test_what_cannot_be_read_is_said(capsys, tmp_path):
    file = tmp_path / "old.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    assert main(["repair", str(file)]) == CANNOT_BE_ANSWERED
    assert "no text in UTF-8" in capsys.readouterr().err
    assert main(["repair", str(tmp_path / "none")]) == CANNOT_BE_ANSWERED
    assert "none: No such file" in capsys.readouterr().err
