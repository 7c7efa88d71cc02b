"""The 36 letters: their order, and words as they are typed where ң, ө and ү are wanting.

Letters that only look Cyrillic stand in many texts: Latin ones, and those of neighbours' alphabets
that fonts once had in place of ours. ``plain`` puts them right, ``fold`` takes away what a keyboard
may lack; both keep the length of a text in composed letters (NFC).
"""

import re
import unicodedata
from functools import lru_cache

ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
VOWELS = "аеёиоөуүыэюя"

_FOLDED = str.maketrans("ңөүё", "ноуе")
# Large letters look alike where small ones do not.
_LATIN = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_NEIGHBOURS = str.maketrans("ӈӊҥӇӉҤɵƟ", "ңңңҢҢҢөӨ")
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[а-яёңөүА-ЯЁҢӨҮ]")
_LATIN_ALONE = re.compile("[^aceopxyABCEHKMOPTXYа-яёңөүА-ЯЁҢӨҮ0-9]")
_ORDER = {letter: chr(0x400 + place) for place, letter in enumerate(ALPHABET)}


def plain(text: str) -> str:
    """A text in composed letters, with look-alikes inside Cyrillic words put right."""
    text = unicodedata.normalize("NFC", text).translate(_NEIGHBOURS)
    return _WORD.sub(_put_right, text)


def _put_right(found: re.Match[str]) -> str:
    word = found[0]
    if word.isascii() or not _CYRILLIC.search(word) or _LATIN_ALONE.search(word):
        return word
    return word.translate(_LATIN)


def words(text: str) -> list[str]:
    """The words and numbers of a text in small letters, one after another."""
    return [word.lower() for word in _WORD.findall(plain(text))]


def fold(text: str) -> str:
    """A text in small letters without ң, ө, ү and ё: «Өзгөн» and «озгон» are one."""
    return plain(text).lower().translate(_FOLDED)


@lru_cache(maxsize=4096)
def sort_key(text: str) -> tuple[str, str]:
    """What to sort names by: the order of the alphabet, large and small letters alike."""
    said = plain(text)
    return "".join(_ORDER.get(letter, letter) for letter in said.lower()), said
