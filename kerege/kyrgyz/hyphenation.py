"""Where Kyrgyz words break at the end of a line, from ``hyph_ky.dic`` beside this file.

The dictionary is in the format of OpenOffice and pyphen, and can be used by any program that reads
it; ``tools/hyph_ky.py`` writes it and tells its rules.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import pyphen

SOFT = "\u00ad"
# Shorter words find room on any screen.
LONG = 9
_LONG_WORD = re.compile(rf"[а-яёңөү]{{{LONG},}}", re.IGNORECASE)


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(filename=str(Path(__file__).with_name("hyph_ky.dic")))


def syllables(word: str) -> list[str]:
    """A word in the pieces it may break into, as it is written: «кеңештин» is ке-ңеш-тин."""
    broken: str = _dictionary().inserted(word, SOFT)
    return broken.split(SOFT)


@lru_cache(maxsize=4096)
def soften(text: str) -> str:
    """A text with soft hyphens (U+00AD) in its long Cyrillic words: unseen where there is room."""
    return _LONG_WORD.sub(lambda word: _dictionary().inserted(word[0], SOFT), text)
