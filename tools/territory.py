"""Compile the territory of Kyrgyzstan from two tables of the state classifier (SOATE).

    python tools/territory.py SOATE.csv CITIES.csv OUT.csv

SOATE.csv   all units, April 2021: code,name_ru,level,parent_code; level 1 (oblast, republican
            city), 2 (rayon, city of oblast significance), 3 (aimak, city of rayon significance),
            4 (settlement, village).
CITIES.csv  the cities, October 2025: code,name_en,name_ru,oblast,level; level republican, oblast
            or rayon.
OUT.csv     the file which kerege/municipality/territory.py reads, in the order of the codes.

Nothing is written if a row is malformed, repeated or contradicts another: the error names the
file, the row (the header is row 1) and the field. What a person ought to know of the result is
printed, and told in kerege/editions/kg/territory.md.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOATE = ("code", "name_ru", "level", "parent_code")
CITIES = ("code", "name_en", "name_ru", "oblast", "level")
OUT = ("code", "name_ru", "name_en", "level", "parent", "kind", "as_of", "source")

# Where the source has evidently slipped: code -> (its name, our name, why).
CORRECTIONS = {
    "41702220000000": (
        "Тонский районрайон",
        "Тонский район",
        "the kind stands twice without a space; the other 43 rayons have it once",
    ),
}
# City level -> (kind, level of the unit, digits of the code which the parent shares).
CITY = {
    "republican": ("city_republican", "1", 0),
    "oblast": ("city_oblast", "2", 5),
    "rayon": ("city_rayon", "3", 8),
}

Row = dict[str, str]


class SourceError(ValueError):
    """A source row that cannot be used: the message names file, row and field."""

    def __init__(self, file: Path, row: int, field: str, problem: str) -> None:
        super().__init__(f"{file.name}, row {row}, {field}: {problem}")


def rows(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """The rows of a table with their numbers; stray whitespace in names is collapsed."""
    seen: dict[str, int] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for number, values in enumerate(csv.reader(lines, strict=True), start=1):
            if number == 1:
                if tuple(values) != columns:
                    raise SourceError(file, 1, "header", f"is not {','.join(columns)}")
                continue
            if len(values) != len(columns):
                field = [*columns, "extra column"][min(len(values), len(columns))]
                raise SourceError(file, number, field, f"{len(values)} values in the row")
            row = dict(zip(columns, values, strict=True))
            for field in ("name_ru", "name_en"):
                if field in row:
                    row[field] = " ".join(row[field].split())
                    if not row[field]:
                        raise SourceError(file, number, field, "is empty")
            if not re.fullmatch("[0-9]{14}", row["code"]):
                raise SourceError(file, number, "code", f"{row['code']!r} is not 14 digits")
            if row["code"] in seen:
                raise SourceError(file, number, "code", f"stands in row {seen[row['code']]} too")
            seen[row["code"]] = number
            yield number, row


def kind_in_name(name: str) -> str:
    """The kind which a name of 2021 says in so many words, or nothing."""
    if "айылный аймак" in name.casefold():
        return "aiyl_aimak"
    return {"область": "oblast", "район": "rayon"}.get(name.split()[-1], "")


def units_of_2021(file: Path) -> dict[str, Row]:
    """All units of SOATE.csv by code."""
    units: dict[str, Row] = {}
    numbers: dict[str, int] = {}
    for number, row in rows(file, SOATE):
        code, name = row["code"], row["name_ru"]
        if row["level"] not in {"1", "2", "3", "4"}:
            raise SourceError(file, number, "level", f"{row['level']!r} is not 1 to 4")
        if code in CORRECTIONS:
            wrong, name, _ = CORRECTIONS[code]
            # A correction of something else than what stands there would be a silent change.
            if row["name_ru"] != wrong:
                raise SourceError(file, number, "name_ru", f"is not {wrong!r}: see CORRECTIONS")
        values = (code, name, "", row["level"], row["parent_code"], kind_in_name(name))
        units[code] = dict(zip(OUT, (*values, "2021-04", "soate-2021"), strict=True))
        numbers[code] = number
    for code, unit in units.items():
        parent = units.get(unit["parent"])
        above = str(int(unit["level"]) - 1)
        if (parent["level"] if parent else "0") != above or (unit["parent"] and not parent):
            problem = f"{unit['parent']!r} is no unit of level {above}"
            raise SourceError(file, numbers[code], "parent_code", problem)
    return units


def add_cities(file: Path, units: dict[str, Row]) -> None:
    """Give the cities of CITIES.csv their kind and present names; add the ones not yet there."""
    oblasts: dict[str, str] = {}
    for number, row in rows(file, CITIES):
        code = row["code"]
        if row["level"] not in CITY:
            raise SourceError(file, number, "level", f"{row['level']!r} is not of {list(CITY)}")
        kind, level, digits = CITY[row["level"]]
        # One oblast has one beginning of codes: a slip in a code shows here.
        oblast = row["oblast"] if digits else f"{row['oblast']} city"
        if oblasts.setdefault(oblast, code[:5]) != code[:5]:
            problem = f"other codes of {oblast} begin with {oblasts[oblast]}"
            raise SourceError(file, number, "oblast", problem)
        unit = units.get(code)
        if unit is None:
            parent = code[:digits].ljust(14, "0") if digits else ""
            if digits and parent not in units:
                raise SourceError(file, number, "code", f"no unit {parent} to be under")
            unit = dict(zip(OUT, (code, "", "", level, parent, "", "", ""), strict=True))
            units[code] = unit
            note("only in the city table", f"{code} {row['name_ru']}, put under {parent}")
            for other in list(units.values()):
                if town(other["name_ru"]) == row["name_ru"]:
                    note("same name in 2021", f"{other['code']} {other['name_ru']}")
        elif unit["level"] != level or unit["kind"]:
            problem = (
                f"{code} is of level {unit['level']}, kind {unit['kind']!r} in the other table"
            )
            raise SourceError(file, number, "level", problem)
        elif town(unit["name_ru"]) != row["name_ru"]:
            note("other name in 2021", f"{code} {unit['name_ru']}, now {row['name_ru']}")
        # "г. Нарын" and "Нарын" are one name; a really different one is the newer one.
        if town(unit["name_ru"]) != row["name_ru"]:
            unit["name_ru"] = row["name_ru"]
        source = "soate-2021+cities-2025" if unit["source"] else "cities-2025"
        unit.update(name_en=row["name_en"], kind=kind, as_of="2025-10", source=source)


def town(name: str) -> str:
    """A city's name without the word before it."""
    return name.removeprefix("г. ").removeprefix("город ")


def note(about: str, text: str) -> None:
    print(f"{about}: {text}")


def main(soate: Path, cities: Path, out: Path) -> None:
    units = units_of_2021(soate)
    for code, (wrong, right, why) in CORRECTIONS.items():
        note("corrected", f"{code} {wrong} -> {right} ({why})")
    add_cities(cities, units)
    with out.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, OUT, lineterminator="\n")
        writer.writeheader()
        writer.writerows(unit for _, unit in sorted(units.items()))
    for (level, kind), count in sorted(
        Counter((u["level"], u["kind"]) for u in units.values()).items()
    ):
        note("counted", f"level {level}, kind {kind or 'not said'}: {count}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        main(*map(Path, sys.argv[1:]))
    except (OSError, UnicodeError, csv.Error, SourceError) as error:
        sys.exit(f"nothing written: {error}")
