"""The territory file, the one that is packaged and those that must be refused."""

import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kerege.municipality import territory
from kerege.municipality.territory import (
    COLUMNS,
    Territory,
    TerritoryError,
    UnknownUnit,
    load,
    read,
)
from tools import territory as compiler

HEADER = ",".join(COLUMNS)
OBLAST = "41704000000000,Нарынская область,,1,,oblast,2021-04,soate-2021"
NARYN = "41704400000010,г. Нарын,Naryn,2,41704000000000,city_oblast,2025-10,soate-2021+cities-2025"


def text(*rows: str) -> str:
    return "\n".join((HEADER, *rows, ""))


@pytest.fixture(scope="module")
def kyrgyzstan() -> Territory:
    return territory.load()


# What the sources hold


def test_every_unit_of_2021_is_there(kyrgyzstan: Territory) -> None:
    of_2021 = [unit for unit in kyrgyzstan.units.values() if unit.source.startswith("soate-2021")]
    assert len(of_2021) == 2438
    assert Counter(unit.level for unit in of_2021) == {1: 9, 2: 58, 3: 516, 4: 1855}


def test_every_city_of_2025_is_there(kyrgyzstan: Territory) -> None:
    cities = [unit for unit in kyrgyzstan.units.values() if unit.source.endswith("cities-2025")]
    assert Counter(unit.kind for unit in cities) == {
        "city_republican": 2,
        "city_oblast": 14,
        "city_rayon": 18,
    }
    assert all(unit.name_en and unit.as_of == "2025-10" for unit in cities)
    assert sum(unit.source == "cities-2025" for unit in cities) == 7
    assert len(kyrgyzstan.units) == 2438 + 7


def test_sixty_three_aimak_level_names_say_no_kind_and_thirteen_are_cities(
    kyrgyzstan: Territory,
) -> None:
    unsaid = [
        unit
        for unit in kyrgyzstan.units.values()
        if unit.level == 3
        and unit.source.startswith("soate-2021")
        and "айылный аймак" not in unit.name_ru.casefold()
    ]
    assert len(unsaid) == 63
    assert Counter(unit.kind for unit in unsaid) == {"": 50, "city_rayon": 13}


def test_a_kind_is_said_by_the_source_or_not_at_all(kyrgyzstan: Territory) -> None:
    kinds = Counter((unit.level, unit.kind) for unit in kyrgyzstan.units.values())
    assert kinds == {
        (1, "oblast"): 7,
        (1, "city_republican"): 2,
        (2, "rayon"): 44,
        (2, "city_oblast"): 14,
        (2, ""): 2,
        (3, "aiyl_aimak"): 453,
        (3, "city_rayon"): 18,
        (3, ""): 50,
        # The source calls level 4 "Поселок/ПГТ/Село" and does not say which.
        (4, ""): 1855,
    }


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("41702220000000", "Тонский район", "rayon"),
        ("41706259000000", "Чон-Алайский район", "rayon"),
        ("41703410000010", "Манас", "city_oblast"),
        ("41705236610010", "Раззаков", "city_rayon"),
        ("41708206600010", "Кант", ""),
        ("41708410000010", "Кант", "city_oblast"),
        ("41703220400010", "Кок-Жангак", ""),
        ("41703220600010", "Кок-Джангак", "city_rayon"),
    ],
)
def test_corrected_renamed_and_twofold_units(
    kyrgyzstan: Territory, code: str, name: str, kind: str
) -> None:
    unit = kyrgyzstan.get(code)
    assert (unit.name_ru, unit.kind) == (name, kind)


def test_every_code_told_in_the_provenance_is_a_unit(kyrgyzstan: Territory) -> None:
    told = Path(territory.__file__).parents[1] / "editions/kg/territory.md"
    words = told.read_text(encoding="utf-8").split()
    codes = {word for word in words if len(word) == 14 and word.isdecimal()}
    assert len(codes) > 15
    assert codes <= set(kyrgyzstan.units)


# What it is asked


def test_a_foundable_unit_has_a_name_and_a_path_to_the_top(kyrgyzstan: Territory) -> None:
    foundable = kyrgyzstan.foundable()
    assert len(foundable) == 521 + 16 + 2
    for unit in foundable:
        path = kyrgyzstan.path(unit.code)
        assert territory.plain_name(unit)
        assert territory.slug(territory.plain_name(unit))
        assert path[0].kind in {"oblast", "city_republican"}
        assert path[-1] is unit
        assert [above.level for above in path] == list(range(1, unit.level + 1))


def test_oblasts_rayons_and_villages_are_not_foundable(kyrgyzstan: Territory) -> None:
    foundable = kyrgyzstan.foundable()
    assert {unit.kind for unit in foundable} == {
        "",
        "aiyl_aimak",
        "city_rayon",
        "city_oblast",
        "city_republican",
    }
    assert all(unit.level < 4 for unit in foundable)


def test_a_path_goes_from_the_oblast_down(kyrgyzstan: Territory) -> None:
    names = [unit.name_ru for unit in kyrgyzstan.path("41704245840000")]
    assert names == ["Нарынская область", "Нарынский район", "Он-Арчинский айылный аймак"]


def test_what_can_be_founded_is_within_each_unit_above_it(kyrgyzstan: Territory) -> None:
    oblast, rayon = "41702000000000", "41702220000000"
    assert rayon in {one.code for one in kyrgyzstan.below(oblast)}
    inside = {one.code for one in kyrgyzstan.within(rayon)}
    assert inside == {u.code for u in kyrgyzstan.foundable() if u.parent == rayon} != set()
    assert inside < {one.code for one in kyrgyzstan.within(oblast)}
    # A city that is one itself is within itself.
    assert [one.code for one in kyrgyzstan.within("41704400000010")] == ["41704400000010"]
    with pytest.raises(UnknownUnit):
        kyrgyzstan.within("99999999999999")


@pytest.mark.parametrize("ask", [Territory.get, Territory.path])
def test_an_unknown_code_is_named(
    kyrgyzstan: Territory, ask: Callable[[Territory, str], object]
) -> None:
    with pytest.raises(UnknownUnit, match="41799999999999"):
        ask(kyrgyzstan, "41799999999999")


def test_a_read_territory_does_not_change(kyrgyzstan: Territory) -> None:
    with pytest.raises(TypeError):
        kyrgyzstan.units["x"] = kyrgyzstan.get("41704400000010")  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("41704400000010", "Нарын"),
        ("41700000000021", "Ош"),
        ("41703410000010", "Манас"),
        ("41704245840000", "Он-Арчинский айылный аймак"),
        ("41704000000000", "Нарынская область"),
    ],
)
def test_a_plain_name_has_no_word_for_a_town(kyrgyzstan: Territory, code: str, name: str) -> None:
    assert territory.plain_name(kyrgyzstan.get(code)) == name


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Нарын", "naryn"),
        ("г. Нарын", "naryn"),
        ("Он-Арчинский айылный аймак", "on-archinskiy"),
        ("Айылный аймак им. Крупской", "im-krupskoy"),
        ("Алайский айылный аймак имени К.Белекбаева", "alayskiy-imeni-k-belekbaeva"),
        ("Кара-Куль", "kara-kul"),
        ("Кек – Таш", "kek-tash"),
        ("Өзгөн", "ozgon"),
        ("Жаңы-Жол", "zhany-zhol"),
        ("Үч-Коргон", "uch-korgon"),
        (
            "Щучье, Объезд, Цех, Хан, Ёлка, Юг, Яр, Эки",
            "shchuche-obezd-tsekh-khan-elka-yug-yar-eki",
        ),
        ("50 лет СССР", "50-let-sssr"),
        ("айылный аймак", ""),
        ("北京", ""),
    ],
)
def test_an_address_of_a_name(name: str, address: str) -> None:
    assert territory.slug(name) == address


@given(st.text())
def test_an_address_is_ascii_words_and_hyphens(name: str) -> None:
    address = territory.slug(name)
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert address == "-".join(word for word in address.split("-") if word)


def test_loading_is_lean_and_happens_once() -> None:
    territory.load.cache_clear()
    tracemalloc.start()
    loaded = territory.load()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000
    assert territory.load() is loaded


# What is refused


def test_a_parent_may_stand_below_its_child() -> None:
    assert list(read(text(NARYN, OBLAST)).units) == ["41704400000010", "41704000000000"]


def changed(field: str, value: str) -> str:
    values = dict(zip(COLUMNS, NARYN.split(","), strict=True))
    return ",".join((values | {field: value}).values())


@pytest.mark.parametrize(
    ("content", "row", "field"),
    [
        ("", 1, "code"),
        (text()[1:], 1, "code"),
        ("\ufeff" + text(OBLAST), 1, "code"),
        (text(OBLAST).replace(",kind", "", 1), 1, "kind"),
        (text(OBLAST).replace(",source", "", 1), 1, "source"),
        (text(OBLAST).replace("source", "source,population", 1), 1, "extra column"),
        (text(OBLAST, NARYN + ",9000"), 3, "extra column"),
        (text(OBLAST, NARYN + ",9000,1"), 3, "extra column"),
        (text(OBLAST, NARYN.rpartition(",")[0]), 3, "source"),
        (text(OBLAST, "", NARYN), 3, "code"),
        (text(OBLAST, changed("code", "4170440000001")), 3, "code"),
        (text(OBLAST, changed("code", "4170440000001O")), 3, "code"),
        # Arabic digits are digits to Python, not to the classifier.
        (text(OBLAST, changed("code", "٤" * 14)), 3, "code"),
        (text(OBLAST, NARYN, NARYN), 4, "code"),
        (text(OBLAST, changed("name_ru", "")), 3, "name_ru"),
        (text(OBLAST, changed("name_ru", "г.  Нарын")), 3, "name_ru"),
        (text(OBLAST, changed("name_ru", '"г. Нарын\n"')), 3, "name_ru"),
        (text(OBLAST, changed("name_en", " Naryn")), 3, "name_en"),
        (text(OBLAST, changed("level", "0")), 3, "level"),
        (text(OBLAST, changed("level", "5")), 3, "level"),
        (text(OBLAST, changed("level", "two")), 3, "level"),
        (text(OBLAST, changed("level", "1")), 3, "parent"),
        (text(OBLAST, changed("parent", "")), 3, "parent"),
        (text(OBLAST, changed("parent", "Нарын")), 3, "parent"),
        (text(OBLAST, changed("parent", "41799000000000")), 3, "parent"),
        (text(OBLAST, changed("parent", "41704400000010")), 3, "parent"),
        (text(OBLAST.replace(",1,,", ",1,41799999999999,")), 2, "parent"),
        (text(OBLAST, changed("kind", "town")), 3, "kind"),
        (text(OBLAST, changed("as_of", "2025")), 3, "as_of"),
        (text(OBLAST, changed("source", "")), 3, "source"),
        (text(OBLAST, '"41704400000010"x,'), 3, "row"),
        (text(OBLAST, '"never closed'), 3, "row"),
    ],
)
def test_a_malformed_file_is_refused_with_row_and_field(content: str, row: int, field: str) -> None:
    with pytest.raises(TerritoryError, match=f"^row {row}, {field}: ") as refused:
        read(content)
    assert (refused.value.row, refused.value.field) == (row, field)


VALUES = st.sampled_from([*OBLAST.split(","), *NARYN.split(","), "3", "5", '"', "\r", "\0"])
NEARLY = st.lists(st.lists(VALUES | st.text(max_size=5), max_size=9).map(",".join), max_size=5)


@given(st.text() | NEARLY.map(lambda rows: text(*rows)) | NEARLY.map("\n".join))
@example(text(OBLAST, "x" * 200_000))
@example("\ud800")
def test_reading_raises_nothing_else(content: str) -> None:
    try:
        units = read(content).units
    except TerritoryError as error:
        assert error.row >= 1
        assert error.field
    else:
        assert all(code == unit.code for code, unit in units.items())


# The script which compiles the file

SOATE = [
    "code,name_ru,level,parent_code",
    "41704000000000,Нарынская  область,1,",
    "41702000000000,Иссык-Кульская область,1,",
    "41702220000000,Тонский районрайон,2,41702000000000",
    "41704400000010,г. Нарын,2,41704000000000",
    "41702220600010,Старое,3,41702220000000",
    "41702220800010,Кайнар,3,41702220000000",
]
CITIES = [
    "code,name_en,name_ru,oblast,level",
    "41704400000010,Naryn,Нарын,Naryn,oblast",
    "41702220600010,New,Новое,Issyk-Kul,rayon",
    "41702220600020,Other,Другое,Issyk-Kul,rayon",
]


def compiled(folder: Path, soate: list[str], cities: list[str]) -> str:
    (folder / "soate.csv").write_text("\n".join(soate) + "\n", encoding="utf-8")
    (folder / "cities.csv").write_text("\n".join(cities) + "\n", encoding="utf-8")
    compiler.main(folder / "soate.csv", folder / "cities.csv", folder / "out.csv")
    return (folder / "out.csv").read_text(encoding="utf-8")


def test_two_tables_become_one(tmp_path: Path) -> None:
    units = read(compiled(tmp_path, SOATE, CITIES)).units
    assert [(u.name_ru, u.kind, u.parent[:8], u.as_of, u.source) for u in units.values()] == [
        ("Иссык-Кульская область", "oblast", "", "2021-04", "soate-2021"),
        ("Тонский район", "rayon", "41702000", "2021-04", "soate-2021"),
        ("Новое", "city_rayon", "41702220", "2025-10", "soate-2021+cities-2025"),
        ("Другое", "city_rayon", "41702220", "2025-10", "cities-2025"),
        ("Кайнар", "", "41702220", "2021-04", "soate-2021"),
        ("Нарынская область", "oblast", "", "2021-04", "soate-2021"),
        ("г. Нарын", "city_oblast", "41704000", "2025-10", "soate-2021+cities-2025"),
    ]


@pytest.mark.parametrize(
    ("row", "instead", "error"),
    [
        (1, "code,name", r"soate\.csv, row 1, header"),
        (2, "4170400000000,Нарынская область,1,", r"soate\.csv, row 2, code"),
        (3, "41704000000000,Иссык-Кульская область,1,", r"soate\.csv, row 3, code"),
        (3, "41702000000000, ,1,", r"soate\.csv, row 3, name_ru"),
        (4, "41702220000000,Тонский район,2,41702000000000", r"soate\.csv, row 4, name_ru"),
        (5, "41704400000010,г. Нарын,6,41704000000000", r"soate\.csv, row 5, level"),
        (5, "41704400000010,г. Нарын,2,41709000000000", r"soate\.csv, row 5, parent_code"),
        (5, "41704400000010,г. Нарын,2,", r"soate\.csv, row 5, parent_code"),
        (5, "41704400000010,г. Нарын,2", r"soate\.csv, row 5, parent_code"),
        (5, "41704400000010,г. Нарын,2,41704000000000,", r"soate\.csv, row 5, extra column"),
        (5, "41704400000010,Нарынский район,2,41704000000000", r"cities\.csv, row 2, level"),
    ],
)
def test_a_malformed_unit_writes_nothing(
    tmp_path: Path, row: int, instead: str, error: str
) -> None:
    soate = [*SOATE[: row - 1], instead, *SOATE[row:]]
    with pytest.raises(compiler.SourceError, match=error):
        compiled(tmp_path, soate, CITIES)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        ("41702220600010,Other,Другое,Issyk-Kul,rayon", "row 4, code"),
        ("41702220600020,,Другое,Issyk-Kul,rayon", "row 4, name_en"),
        ("41702220600020,Other,Другое,Issyk-Kul,village", "row 4, level"),
        ("41704400000020,Other,Другое,Issyk-Kul,oblast", "row 4, oblast"),
        ("41702990600020,Other,Другое,Issyk-Kul,rayon", "row 4, code"),
        ("41702220800010,Other,Другое,Issyk-Kul,oblast", "row 4, level"),
    ],
)
def test_a_malformed_city_writes_nothing(tmp_path: Path, instead: str, error: str) -> None:
    with pytest.raises(compiler.SourceError, match=rf"cities\.csv, {error}"):
        compiled(tmp_path, SOATE, [*CITIES[:3], instead])
    assert not (tmp_path / "out.csv").exists()


def test_a_village_is_found_with_its_aimak_in_kyrgyz_spelling_as_well():
    for said in ("Ынтымак", "ынтымак айылы", "с. Ынтымак"):
        villages = [one for one in load().called(said) if one[0].level == 4]
        assert villages and all(home.code == one.parent for one, home in villages)
    assert load().called("") == []
    assert load().called("город Ош") == load().called("г. Ош") == load().called("Ош шаары") != []


def test_a_rayon_has_an_english_name_made_of_its_kyrgyz_one():
    named = {one.name("en")[0] for one in load().units.values() if one.kind == "rayon"}
    assert {"Jeti-Ögüz rayon", "Ak-Suu rayon", "Tong rayon"} <= named
