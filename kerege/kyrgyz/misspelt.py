"""A word that nothing has, with one slip of the keyboard put right: a letter too many, too few,
another, or two exchanged. ң, ө and ү are н, о and у, as in the search."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kerege.kyrgyz import letters

# Of a shorter word any other is a slip away.
LEAST = 5
_LETTERS = "".join(dict.fromkeys(letters.fold(letters.ALPHABET))) + "abcdefghijklmnopqrstuvwxyz"


def meant(word: str, texts: Iterable[str]) -> str | None:
    """The word that stands most often in some texts of those one slip away; None where none is, or
    the word itself stands there."""
    typed = letters.fold(word)
    if len(typed) < LEAST:
        return None
    known: dict[str, Counter[str]] = {}
    for text in texts:
        for one in letters.words(text):
            known.setdefault(letters.fold(one), Counter())[one] += 1
    if typed in known:
        return None
    found = [known[one] for one in _slips(typed) if one in known]
    best = max(found, key=lambda one: one.total(), default=None)
    return best.most_common(1)[0][0] if best else None


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + one + after[1:] for one in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + one + after for one in _LETTERS)
