"""Terms: what a text is found by, and what a question looks for.

A term is a letter that says of which kind it is, and a word: ``e`` the word as it stands, ``k`` a
Kyrgyz stem, ``f`` the same without ң, ө, ү (``letters.fold``) where it has one, ``r`` a Russian
stem, ``n`` an English one. Of each word of a question a text must have
a term: one that is exact, or a stem, or a folded one, and the first is worth more than the last.
Old fonts are read in both. Words that say nothing of what is sought are not asked for beside
others, and an everyday word is answered by that of the law as by a stem (``everyday.py``).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from kerege.kyrgyz import everyday, letters, old_font, stemming

# Of a question, so many letters and words are read; people ask with three or four.
LETTERS = 200
WORDS = 12
# Letters that both databases take for such, at any age of theirs.
_KNOWN = re.compile("[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0430-\u045f\u0460-\u0481\u048a-\u04ff]+")
_WORD = re.compile(r"[^\W_]+")
_russian = snowballstemmer.stemmer("russian")
_english = snowballstemmer.stemmer("english")
# Snowball takes «-ая» for the ending of an adjective.
_KURULTAI = re.compile("курулта(?:й|я|ю|ем|е|и|ев|ям|ями|ях)")


# Digits in groups of three, parted as each language does.
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:\s\d{3})+(?!\d)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a question, and the terms that answer it: each kind holds the ones before."""

    word: str
    exact: frozenset[str]
    stems: frozenset[str]
    folded: frozenset[str]


def terms(texts: Iterable[tuple[str, str]]) -> set[str]:
    """The terms of texts, each with its language (``ky``, ``ru``, ``en``, or empty: any)."""
    found: set[str] = set()
    for language, text in texts:
        for word in {*_words(text), *_sums(text)}:
            found |= _of(word, language)
    return found


def _sums(text: str) -> list[str]:
    """Sums as they stand on paper: «240 000» is typed «240000» as well."""
    return [re.sub(r"\s", "", one) for one in _GROUPED.findall(text)]


def asked(question: str) -> list[Asked]:
    """The words of a question, no longer and no more of them than is read, none twice."""
    words = _read(question)
    telling = [word for word in words if letters.fold(word) not in everyday.SILENT]
    return [_asked(word) for word in (telling or words)[:WORDS]]


def asks_who(question: str) -> bool:
    """Whether it is persons that a question asks for."""
    return any(word in everyday.WHO for word in _read(question))


def parts(question: str) -> list[str]:
    """The parts of the page of a place that answer a question (``everyday.PARTS``)."""
    said = frozenset().union(*(_of(word, "") for word in _read(question)))
    return [part for part, ways in everyday.PARTS.items() if any(way <= said for way in ways)]


def marked(text: str, question: Iterable[Asked]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a word that answers a question."""
    wanted = frozenset().union(*(one.folded for one in question))
    text, pieces, last = letters.plain(text), list[tuple[str, bool]](), 0
    for found in _WORD.finditer(text):
        word = found[0].lower()
        if _KNOWN.fullmatch(word) and _of(word[: stemming.LONGEST], "") & wanted:
            pieces += [(text[last : found.start()], False), (found[0], True)]
            last = found.end()
    return [piece for piece in (*pieces, (text[last:], False)) if piece[0]]


def _read(question: str) -> list[str]:
    """The words of a question, each once, as far as it is read."""
    read = question[:LETTERS]
    if read != question and " " in read:
        # No word is read that was cut in two.
        read = read.rpartition(" ")[0]
    return list(dict.fromkeys(_words(read)))


def _words(text: str) -> list[str]:
    said = (word[: stemming.LONGEST] for word in letters.words(old_font.repair(text)))
    return [word for word in said if _KNOWN.fullmatch(word)]


def _asked(word: str) -> Asked:
    exact, found = frozenset({f"e{word}"}), _of(word, "")
    meant = [_of(law, "") for one in found for law in everyday.MEANT.get(one, ())]
    stems = frozenset(one for one in found.union(*meant) if one[0] != "f")
    # A text may have been written without the letters as well.
    alike = {letters.fold(one[1:]) for one in stems if one[0] == "k"}
    folded = stems | {kind + one for one in alike for kind in "kf"}
    return Asked(word, exact, stems, folded)


@lru_cache(maxsize=1 << 16)
def _of(word: str, language: str) -> frozenset[str]:
    found = {f"e{word}"}
    if word.isascii():
        if word.isalpha() and language != "ky":
            found.add(f"n{_english.stemWord(word)}")
        return frozenset(found)
    if language != "ru":
        stems = stemming.stems(word)
        found |= {f"k{stem}" for stem in stems}
        alike = {letters.fold(stem) for stem in stems}
        found |= {f"f{stem}" for stem in alike - stems}
    if language != "ky" and not re.search("[ңөү]", word):
        said = word.replace("ё", "е")
        stem = "курулта" if _KURULTAI.fullmatch(said) else _russian.stemWord(said)
        # What is left of a shorter one may be of any word.
        found.add(f"r{stem if len(stem) > 2 else said}")
    return frozenset(found)
