"""Whether a text repeats a word of another, in whatever case it stands there: what is kept from the
public is not to be said in public beside it.

Words of four letters or digits must be the same; longer ones begin alike, all but the last two, as
«Асанова» and «Асановдун» do. A name in other letters, or run together, is not found.
"""

from kerege.kyrgyz import letters

# Shorter words (the initials of a name, «уул») stand everywhere.
_LEAST = 4
_ENDING = 2


def repeats(text: str, hidden: str) -> bool:
    """Whether ``text`` repeats a word of ``hidden``."""
    said = [letters.fold(word) for word in letters.words(text)]
    return any(_stands(letters.fold(word), said) for word in letters.words(hidden))


def _stands(word: str, said: list[str]) -> bool:
    if len(word) <= _LEAST:
        return len(word) == _LEAST and word in said
    beginning = word[: max(_LEAST, len(word) - _ENDING)]
    return any(one.startswith(beginning) for one in said)
