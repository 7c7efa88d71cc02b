"""Texts written in fonts that drew ө where ъ stands, ү where a backslash does, and ң for ё.

Each of the three also has an honest use, so each has to show itself:

- a backslash is ү inside a Cyrillic word, unless it stands beside another vowel («и\\или»);
- ъ is ө unless е, ё, ю or я follows, as in every Russian word; at the end of a word, where old
  Russian has it, only after another ө or ү (vowel harmony puts one there);
- ё is ң only after a vowel; between two it always is, before a consonant or at the end only in a
  word or a text that shows the old font otherwise, and never where it looks Russian («даёт»).
"""

import re

# Not within a path of files.
_BACKSLASHED = re.compile(r"(?<![:/\w\\])[а-яёңөүА-ЯЁҢӨҮ\\]+")
_STRANGE = re.compile(r"[ъё\\]", re.IGNORECASE)
_OTHER_VOWELS = "аеёиоыэюя"
_VOWELS = "аеиоөуүыэюя"
_RUSSIAN_YO = re.compile(
    "н?её|(мо|тво|сво)ё(м|й)?|.*[аоуя]ё(т|м|шь|те)(ся|сь)?|.*(при|за|на|по|у|до)ём.*|.*(щ|ш|ч|ж|ц)ё.*"
)


def repair(text: str) -> str:
    """The text with what an old font wrote put right; any other text as it is."""
    if not _STRANGE.search(text):
        return text
    found = [(part, _first(part)) for part in _BACKSLASHED.findall(text)]
    old = any(part != first for part, first in found)
    return _BACKSLASHED.sub(lambda one: _second(_first(one[0]), old), text)


def _first(word: str) -> str:
    """A word with everything put right that needs no other word to tell."""
    lower = word.lower()
    if word.strip("\\") == "" or word.startswith("\\\\") or not _STRANGE.search(lower):
        return word
    return "".join(_letter(word, lower, at) for at in range(len(word)))


def _letter(word: str, lower: str, at: int) -> str:
    before, after = lower[:at][-1:], lower[at + 1 : at + 2]
    match lower[at]:
        case "\\" if not {before, after} & set(_OTHER_VOWELS) and before + after:
            return "Ү" if word.replace("\\", "").isupper() and len(word) > 2 else "ү"
        case "ъ" if (after and after not in "еёюя") or (not after and _rounded(lower[:at])):
            return "Ө" if word[at] == "Ъ" else "ө"
        case "ё" if before and after and before in _VOWELS + "ъ\\" and after in _VOWELS + "ъ\\":
            return "Ң" if word[at] == "Ё" else "ң"
    return word[at]


def _rounded(beginning: str) -> bool:
    return any(
        letter == "\\"
        or letter in "өү"
        or (letter == "ъ" and beginning[at + 1 : at + 2] not in "еёюя")
        for at, letter in enumerate(beginning)
    )


def _second(first: str, old: bool) -> str:
    """A word with its last ё put right, where it or its text shows an old font."""
    lower = first.lower()
    if not old or "ё" not in lower or _RUSSIAN_YO.fullmatch(lower):
        return first
    return "".join(
        ("Ң" if letter == "Ё" else "ң")
        if letter in "ёЁ" and at and lower[at - 1] in _VOWELS
        else letter
        for at, letter in enumerate(first)
    )
