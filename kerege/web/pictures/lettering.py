"""How wide a text will be, how it breaks into lines, and how it is written into SVG.

SVG does not wrap text and the server does not know the reader's font, so widths are estimated: as
those of Noto Sans, the widest face found on phones. DejaVu Sans of bare Linux desktops is a tenth
wider; pictures leave that much air beside their words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

WIDTH = 340  # of every picture: a 360-pixel phone less its margins, so letters keep their size

_SPACES = re.compile(r"[ \t\r\n]+")  # not \s: a no-break space keeps "12,3 млн сом" together
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW = frozenset("!'()*,-./:;I[]`fijlrt|ІЇії·‚’“”„ \u00a0")
_WIDE = frozenset("%@MWmwЖМФШЩЫЮжмфшщыюѐ—…№")
_VOWELS = "аеёиоөуүыэюяaeiouy"
SOFT_HYPHEN = "\u00ad"


def clean(text: str) -> str:
    """The text safe inside an element or a double-quoted attribute of XML as well as of HTML."""
    return escape(_FORBIDDEN.sub("", text), quote=True)


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@lru_cache(maxsize=4096)
def measure(text: str, size: float, *, bold: bool = False) -> float:
    units = 0.0
    for letter in text:
        if letter == SOFT_HYPHEN:
            continue
        if letter in _NARROW:
            units += 0.36
        elif letter in _WIDE:
            units += 0.88
        elif letter.isupper():
            units += 0.7
        else:
            units += 0.58
    return units * size * (1.08 if bold else 1.0)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`; a word that is wider is broken."""
    lines: list[str] = []
    line = ""
    for word in filter(None, _SPACES.split(_FORBIDDEN.sub("", text))):
        longer = f"{line} {word}" if line else word
        if measure(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width, size, bold=bold)
        lines.extend(whole)
    if line:
        lines.append(line)
    return [one.replace(SOFT_HYPHEN, "") for one in lines]


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    while measure(word, size, bold=bold) > width:
        fits = 1
        while fits < len(word) and measure(word[: fits + 1] + "-", size, bold=bold) <= width:
            fits += 1
        cut = _cut(word, fits)
        if cut >= len(word):
            break
        pieces.append(word[:cut].rstrip("-") + "-")
        word = word[cut:].lstrip(SOFT_HYPHEN)
    return [*pieces, word]


def _cut(word: str, fits: int) -> int:
    # A soft hyphen was put there by someone who knows where this word may break.
    known = word.rfind(SOFT_HYPHEN, 1, fits + 1)
    if known > 0:
        return known
    # So may one that has a hyphen of its own.
    own = word.rfind("-", 1, fits + 1)
    if own > 0:
        return own + 1
    # Otherwise before a consonant with its vowel: a syllable begins there in Kyrgyz and Russian.
    for at in range(min(fits, len(word) - 2), 1, -1):
        ahead = word[at : at + 2].lower()
        if ahead[0].isalpha() and ahead[0] not in _VOWELS + "ьъ" and ahead[1] in _VOWELS:
            return at
    return fits
