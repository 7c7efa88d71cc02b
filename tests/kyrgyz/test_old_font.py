"""Old fonts undone, and Russian left alone."""

from pathlib import Path

import pytest

from kerege.kyrgyz.old_font import repair

OLD = {
    "кеёештин тък\\м\\": "кеңештин төкүмү",
    "ъкмът\\": "өкмөтү",
    "Ъзгън шаардык кеёеши": "Өзгөн шаардык кеңеши",
    "к\\н, т\\н, \\й": "күн, түн, үй",
    "ж\\з\\ндъ": "жүзүндө",
    "къчъ оёдоо": "көчө оңдоо",
    "маёдайкы къчъ": "маңдайкы көчө",
    "бълмъ": "бөлмө",
    "К\\ндъ": "Күндө",
    "ЪКМЪТ": "ӨКМӨТ",
    "жаёы мыйзам": "жаңы мыйзам",
}
HONEST = [
    "объект, подъезд, съезд, въезд, объём, разъяснение, субъект",
    "её отчёт ещё не принят; приём даёт всё",
    "заём, наём, моё, твоё, поёт, стоёт, воробьёв",
    "Въ началѣ домъ стоялъ",
    "и\\или, да\\нет, а\\б",
    "C:\\папка\\файл",
    "\\\\сервер\\общее",
    "Ёлка и ёж",
    "Кеңештин төрагасы отчётту угат",
    "\\",
    "",
]


@pytest.mark.parametrize("old", OLD)
def test_an_old_font_is_undone(old):
    assert repair(old) == OLD[old]


@pytest.mark.parametrize("text", HONEST)
def test_what_is_right_stays(text):
    assert repair(text) == text


def test_nothing_we_say_ourselves_is_changed():
    house = Path(__file__).parents[2] / "kerege"
    files = [*house.rglob("words/*.toml"), *house.rglob("editions/kg/*.md")]
    assert len(files) > 20
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            assert repair(line) == line, file


def test_both_in_one_text():
    mixed = "Ъкмът отчёт берди: объект къчъдъ, приём б\\г\\н"
    assert repair(mixed) == "Өкмөт отчёт берди: объект көчөдө, приём бүгүн"


def test_repairing_twice_changes_nothing():
    for old in OLD.values():
        assert repair(old) == old
