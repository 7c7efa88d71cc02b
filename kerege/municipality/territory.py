"""The units on which a municipality can be founded: codes, names, kinds, parents.

A territory file is CSV in UTF-8 with a header; _SHAPES gives its columns, editions/kg/territory.md
tells what ours lacks. Level 1: oblast, republican city; 2: rayon, city; 3: aimak, city; 4: below.
The Kyrgyz names that are known stand in a file beside it, ``code,name_ky``.
"""

import csv
import functools
import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from types import MappingProxyType

_SHAPES = {
    "code": "[0-9]{14}",
    "name_ru": r"\S+( \S+)*",
    "name_en": r"(\S+( \S+)*)?",
    "level": "[1-4]",
    "parent": "([0-9]{14})?",
    "kind": "(oblast|rayon|aiyl_aimak|settlement|city_rayon|city_oblast|city_republican|village)?",
    "as_of": "[0-9]{4}-[0-9]{2}(-[0-9]{2})?",
    "source": r"\S+",
}
COLUMNS = tuple(_SHAPES)
# Kinds of units that can be municipalities.
KINDS = ("aiyl_aimak", "settlement", "city_rayon", "city_oblast", "city_republican")
# Units above this level have others below them that can be municipalities.
MAPPED = 3
_TOWN = re.compile(r"^(?:г\.\s*|город\s+)(?=\S)", re.IGNORECASE)
_VILLAGE = re.compile(r"^(?:село\s+|айыл\s+|с\.\s*)(?=\S)", re.IGNORECASE)
_AIMAK = re.compile(r"айылный\s+аймак", re.IGNORECASE)
_KIND_KY = re.compile(
    r"\s+(?:айыл(?:ы|дык)?(?:\s+(?:аймагы|өкмөтү))?|шаары|району|облусу)$", re.IGNORECASE
)
# A name and its Russian adjective: «Он-Арча» and «Он-Арчинский», «Барпы» and «Барпынский».
_ADJECTIVES = tuple(re.compile(f"{end}ск(?:и|аиа?|аа)$") for end in ("ин", ""))
_MORE = 3
# Kyrgyz vowels as Russian spelling gave them back, now one way, now another.
_ALIKE = str.maketrans(
    {**dict.fromkeys("уюеэ", "о"), **dict.fromkeys("ый", "и"), "я": "а", "ь": ""}
)
# Our own table, for addresses only: plain to type, and not meant to be read back.
_LETTERS = """а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n ң=n о=o ө=o п=p р=r с=s
т=t у=u ү=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya"""
_BGN_LETTERS = """а=a б=b в=v г=g д=d е=e ё=yo ж=j з=z и=i й=y к=k л=l м=m н=n ң=ng о=o ө=ö п=p
р=r с=s т=t у=u ү=ü ф=f х=kh ц=ts ч=ch ш=sh щ=shch ы=y э=e ю=yu я=ya"""
_BGN = dict(letter.split("=") for letter in _BGN_LETTERS.split())
_LATIN = str.maketrans(dict(letter.split("=") for letter in _LETTERS.split()))


class TerritoryError(ValueError):
    """A territory file that cannot be used: ``row`` (the header is row 1) and ``field``."""

    def __init__(self, row: int, field: str, problem: str) -> None:
        super().__init__(f"row {row}, {field}: {problem}")
        self.row, self.field = row, field


class UnknownUnit(LookupError):
    """No unit of the territory has this code."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of a territory file. ``kind`` is empty where the source does not say: ask."""

    code: str
    name_ru: str
    name_en: str
    level: int
    parent: str
    kind: str
    as_of: str
    source: str
    name_ky: str = ""

    def name(self, language: str) -> tuple[str, str]:
        """What it is called in a language, and the language of that name: Russian at the worst."""
        if language == "ky" and self.name_ky:
            return self.name_ky, "ky"
        if language == "en" and (self.name_en or self.name_ky):
            return self.name_en or romanised(self.name_ky), "en"
        return plain_name(self), "ru"


@dataclass(frozen=True, slots=True)
class Territory:
    """All units by code, in the order of the file."""

    units: Mapping[str, Unit]

    def get(self, code: str) -> Unit:
        """The unit with this code; raises UnknownUnit."""
        if code not in self.units:
            raise UnknownUnit(f"no unit has the code {code!r}")
        return self.units[code]

    def foundable(self) -> list[Unit]:
        """What can be a municipality; a unit whose kind no source says is offered, not judged."""
        return [u for u in self.units.values() if u.level < 4 and u.kind not in ("oblast", "rayon")]

    def within(self, code: str) -> list[Unit]:
        """What can be a municipality in a unit, itself with it; raises UnknownUnit."""
        self.get(code)
        return [u for u in self.foundable() if any(a.code == code for a in self.path(u.code))]

    def below(self, code: str) -> list[Unit]:
        """The units that stand directly under one, in the order of the file."""
        return [u for u in self.units.values() if u.parent == code]

    def path(self, code: str) -> list[Unit]:
        """From the highest unit down to this one; raises UnknownUnit."""
        unit = self.get(code)
        return [*(self.path(unit.parent) if unit.parent else ()), unit]

    def search(self, text: str, limit: int = 20) -> list[Unit]:
        """At most ``limit`` units by a name or a code's beginning; ё is е, and ң ө ү are н о у.
        Last come Russian adjectives alike what is sought, for most units have no Kyrgyz name."""
        sought, found = _fold(_TOWN.sub("", text.strip())), []
        for unit in self.units.values() if sought else ():
            names = map(_fold, (plain_name(unit), unit.name("en")[0], unit.name_ky))
            keys = [unit.code[: len(sought)], *names]
            hits = [(int(key != sought), key.find(sought)) for key in keys if sought in key]
            if not hits and _adjective_of(text, unit.name_ru):
                hits = [(2, 0)]
            if hits:
                found.append((min(hits), unit.level, unit.name_ru, unit.code))
        return [self.units[code] for *_, code in sorted(found)[: max(limit, 0)]]

    def called(self, text: str, *, adjectives: bool = True) -> list[tuple[Unit, Unit]]:
        """What bears a name, or (``adjectives``) one made of it, each with what it stands under: a
        village with its aimak, anything higher with itself."""
        sought = _alike(_KIND_KY.sub("", _VILLAGE.sub("", _TOWN.sub("", text.strip()))))
        found = [
            unit
            for unit in self.units.values()
            if sought and (_bears(unit, sought) or (adjectives and _bears_adjective(unit, sought)))
        ]
        # Whoever says the kind as well means that one.
        if _KIND_KY.search(text.strip()):
            found = [unit for unit in found if _fold(unit.name_ky) == _fold(text)] or found
        return [(one, self.get(one.parent) if one.level > MAPPED else one) for one in found]


def plain_name(unit: Unit) -> str:
    """The Russian name without "г." or "город"; an adjective keeps the noun it needs."""
    return _TOWN.sub("", unit.name_ru)


def romanised(name: str) -> str:
    """A Kyrgyz name in Latin letters (BGN/PCGN 1979), what kind of unit it is in English."""
    for kind, said in (("району", "rayon"), ("облусу", "oblast")):
        name = re.sub(f" {kind}$", f" {said}", name)
    return "".join(
        latin.capitalize() if letter.isupper() else latin
        for letter in name
        for latin in [_BGN.get(letter.lower(), letter)]
    )


def slug(name: str) -> str:
    """An address of a-z, 0-9 and hyphens; not unique, and empty where no letter is known to us."""
    plain = _TOWN.sub("", unicodedata.normalize("NFC", name).casefold().strip())
    plain = _AIMAK.sub(" ", plain)
    return "-".join(re.findall("[a-z0-9]+", plain.translate(_LATIN)))


@functools.cache
def load() -> Territory:
    """The territory packaged with Kerege."""
    folder = resources.files("kerege").joinpath("editions/kg")
    names = folder.joinpath("territory_ky.csv").read_text(encoding="utf-8")
    read_ = read(folder.joinpath("territory.csv").read_text(encoding="utf-8"))
    known = dict(line.split(",") for line in names.splitlines()[1:])
    if unknown := known.keys() - read_.units.keys():
        raise UnknownUnit(f"a Kyrgyz name is of no unit: {sorted(unknown)}")
    units = {c: replace(u, name_ky=known.get(c, "")) for c, u in read_.units.items()}
    return Territory(MappingProxyType(units))


def read(text: str) -> Territory:
    """The territory in the text of a file; raises TerritoryError and nothing else."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(text.splitlines(keepends=True), strict=True):
            records.append(record)
    except csv.Error as error:
        raise TerritoryError(len(records) + 1, "row", str(error)) from error
    units: dict[str, Unit] = {}
    _check(1, records[0] if records else [], dict(zip(COLUMNS, COLUMNS, strict=True)))
    for row, record in enumerate(records[1:], start=2):
        _check(row, record, _SHAPES)
        # Parents, kinds and sources repeat by the thousand: each is kept once.
        code, name_ru, name_en, level, parent, kind, as_of, source = map(sys.intern, record)
        if code in units:
            raise TerritoryError(row, "code", f"{code} stands twice")
        units[code] = Unit(code, name_ru, name_en, int(level), parent, kind, as_of, source)
    # Only now, because a parent may stand below its children in the file.
    for row, unit in enumerate(units.values(), start=2):
        above = units.get(unit.parent)
        if not (above.level < unit.level if above else unit.level == 1 and not unit.parent):
            raise TerritoryError(row, "parent", f"{unit.parent!r} is no unit of a higher level")
    return Territory(MappingProxyType(units))


def _check(row: int, record: list[str], shapes: dict[str, str]) -> None:
    for (column, shape), value in zip(shapes.items(), record, strict=False):
        if not re.fullmatch(shape, value):
            raise TerritoryError(row, column, f"{value!r} does not fit {shape}")
    if len(record) != len(shapes):
        field = [*shapes, "extra column"][: len(record) + 1][-1]
        raise TerritoryError(row, field, f"{len(record)} values, not {len(shapes)}")


# Remembered, because every search folds the names of all units.
@functools.lru_cache(maxsize=8192)
def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    return "".join(filter(str.isalnum, folded.translate(str.maketrans("ёңөү", "еноу"))))


def _adjective_of(text: str, name: str) -> bool:
    """Whether a Russian name is an adjective made of what is sought, or of what begins with it."""
    sought = _alike(_KIND_KY.sub("", text.strip()))
    if len(sought) < _MORE:
        return False
    return any(
        stem.startswith(sought) or (sought.startswith(stem) and len(sought) - len(stem) <= _MORE)
        for stem in _stems(name)[:1]
    )


def _bears(unit: Unit, sought: str) -> bool:
    """Whether a unit has a name alike what is sought."""
    return sought in map(_alike, (plain_name(unit), _KIND_KY.sub("", unit.name_ky), unit.name_en))


def _bears_adjective(unit: Unit, sought: str) -> bool:
    """Of most aiyl aimaks we know a Russian adjective alone: «Кочкорский», «Барпынский»."""
    if unit.level > MAPPED or len(sought) <= _MORE:
        return False
    # A vowel at the end of a name gives way to the ending of the adjective.
    return not {sought, re.sub("[аои]$", "", sought)}.isdisjoint(_stems(unit.name_ru))


def _stems(name: str) -> list[str]:
    """The names that a Russian adjective may be made of, the shortest first; empty for others."""
    adjective = _alike(_AIMAK.sub(" ", name)) if _AIMAK.search(name) else ""
    return [end.sub("", adjective) for end in _ADJECTIVES if end.search(adjective)]


# Remembered like what is folded.
@functools.lru_cache(maxsize=8192)
def _alike(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", _fold(text).replace("дж", "ж").translate(_ALIKE))
