"""Stems of Kyrgyz words: several for one word, since only a dictionary could tell which is right.

Two words are taken for forms of one when they share a stem. Endings are taken off from the end:
case, possession, plural, then -дык, -луу, -сыз; each must agree with what it stands on in vowel
harmony and voice. All of this is decided on letters without ң, ө, ү (``letters.fold``), so a word
typed without them has the same stems, but for those letters. What is left of a verb ends in a
hyphen, so that it is no noun: «шайлоо», «шайлайт» and «шайланган» share «шайл-».
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kerege.kyrgyz import letters

_VOICELESS = "кпстфхцчшщ"
_VOWELS = "аеиоуыэюя"
# By the last vowel of a stem: which narrow and which wide vowels its endings can have. Without ө, ү
# and ё, each of о, у and е stands for two vowels.
_HARMONY = {
    **dict.fromkeys("аяы", ("ы", "а")),
    "е": ("иу", "ео"),
    **dict.fromkeys("эи", ("и", "е")),
    "о": ("у", "о"),
    **dict.fromkeys("ую", ("у", "ао")),
}
# Stems of two letters, folded; any other stem has three.
_SHORT = frozenset(
    re.findall(
        r"\w+", "иш эл уй ат эт от ай ой ун ыр эс эр ич ит ок ук оз ар ак уч бу ту ур он ээ ош"
    )
)
# Words of grammar, folded, and a few that look like forms of another: taken as they are.
_UNCHANGED = frozenset(
    re.findall(
        r"\w+",
        """бери кийин чейин учун менен боюнча жонундо тууралуу аркылуу гана деген деп эмес бар жок
        бул ошол анын алар ага аны эки жети алты жыйырма али кайра башка бирок себеби дагы мындай
        ошондой кандай кайсы эмне качан кайда бардык эч болот болсо болуп керек белгисиз башкача
        кантип катары ошондуктан экинчи биринчи озу оз муну андан мурда бир""",
    )
)
# What loses a vowel before an ending, or is its own plural, by the beginning of its forms.
_IRREGULAR = {"балдар": "бала", "орду": "орун", "мурду": "мурун", "эрди": "эрин", "мойну": "моюн"}
_LEAST = 3
# What looks like an ending more often than it is one asks for more: my, and -чылык.
_LEAST_ON = {("mine", "V"): 5, ("mine", "D"): 4, ("mine", "T"): 4, ("calling", "D"): 5}
# No word of anyone is longer.
LONGEST = 60


# Endings by what they stand on: V a vowel, D a voiced consonant, T a voiceless one, P a possessive
# -(с)ы. I and A are the narrow and the wide vowel.
_CASES = """
V:нIн D:дIн T:тIн  V:нI D:дI T:тI P:н  V:гA D:гA T:кA P:нA  V:дA D:дA T:тA P:ндA
V:дAн D:дAн T:тAн P:нAн  V:дAгI D:дAгI T:тAгI P:ндAгI
"""
_POSSESSIVES = "V:сI D:I T:I  V:бIз D:IбIз T:IбIз  V:нIз D:IнIз T:IнIз"
_PLURALS = "V:лAр D:лAр D:дAр T:тAр"
_DERIVED = "V:лIк D:лIк D:дIк T:тIк V:лIг D:лIг D:дIг T:тIг  V:луу D:дуу T:туу  V:сIз D:сIз T:сIз"
_VERBAL = """
D:оо T:оо D:уу T:уу  V:гAн D:гAн T:кAн  V:дI D:дI T:тI  V:п D:Iп T:Iп  V:йт D:Aт T:Aт  V:й
V:сA D:сA T:сA  V:ш D:Iш T:Iш
V:йм D:Aм T:Aм  V:йбIз D:AбIз T:AбIз  V:йсIз D:AсIз T:AсIз  V:нIз D:IнIз T:IнIз
V:гIлA D:гIлA T:кIлA  V:йлI D:AлI T:AлI  V:дIм D:дIм T:тIм  V:дIк D:дIк T:тIк
V:(?<=...)шAт D:(?<=...)IшAт T:(?<=...)IшAт
"""
# Nouns, folded, that end as «I write» does: «токтом» is no form of «токтоо».
_NO_VERBS = frozenset(
    re.findall(r"\w+", "токтом адам жардам калам кадам салам айрым мыйзам байрам")
)
_MINE = "V:м D:Iм T:Iм"
_CALLING = "D:чIлIк D:чIлIг"
_ENDINGS = {
    name: [
        (one[0], re.compile(one[2:].replace("I", "([ыиу])").replace("A", "([аео])") + "$"))
        for one in said.split()
    ]
    for name, said in {
        "case": _CASES, "possessive": _POSSESSIVES, "mine": _MINE, "plural": _PLURALS,
        "derived": _DERIVED, "calling": _CALLING, "verbal": _VERBAL,
    }.items()
}  # fmt: skip
_LAYERS = ("case", "possessive", "mine", "plural", "derived", "calling")


@lru_cache(maxsize=1 << 16)
def stems(word: str) -> frozenset[str]:
    """The stems of a word in small letters (``letters.words``)."""
    folded = letters.fold(word)
    if folded in _UNCHANGED or not folded.isalpha() or folded.isascii() or len(folded) > LONGEST:
        return frozenset({word})
    for beginning, stem in _IRREGULAR.items():
        if folded.startswith(beginning):
            return frozenset({stem})
    ends = set(_peeled(folded))
    found = {_ended(word[:end]) for end in ends}
    for end in ends:
        found |= {f"{_ended(word[:root])}-" for root in _verbs(folded[:end])}
    return frozenset(found)


def _ended(stem: str) -> str:
    """A stem with its last sound as it is at the end of a word: укуг(у) is укук."""
    stem = stem.rstrip("ь")
    return stem[:-1] + {"г": "к", "б": "п"}.get(stem[-1:], stem[-1:])


def _peeled(folded: str, layer: int = 0) -> Iterator[int]:
    """Where a word may end without endings of a layer and those within it."""
    yield len(folded)
    for at in range(layer, len(_LAYERS)):
        for end in _off(folded, _LAYERS[at]):
            # A derived word may be derived again; nothing else stands twice.
            yield from _peeled(folded[:end], at + (_LAYERS[at] != "derived"))


def _off(folded: str, name: str) -> Iterator[int]:
    """Where a word ends without one ending of a kind."""
    for on, ending in _ENDINGS[name]:
        found = ending.search(folded)
        if found is None:
            continue
        stem = folded[: found.start()]
        enough = len(stem) >= _LEAST_ON.get((name, on), _LEAST) or stem in _SHORT
        if (enough or name == "verbal") and _stands(on, stem) and _in_harmony(stem, found):
            yield len(stem)


def _stands(on: str, stem: str) -> bool:
    if on == "P":
        return stem[-1:] in "ыиу"
    last = stem[-1:]
    kind = "V" if last in _VOWELS else "T" if last in _VOICELESS else "D"
    return kind == on


def _in_harmony(stem: str, ending: re.Match[str]) -> bool:
    vowel = next((letter for letter in reversed(stem) if letter in _VOWELS), "")
    if not vowel:
        return False
    narrow, wide = _HARMONY[vowel]
    first = next(iter(ending.groups()), "")
    return not first or first in narrow + wide


def _verbs(folded: str) -> Iterator[int]:
    """Where the root of a verb may end; a vowel at its end is left off, as in шайл(а)."""
    if folded in _NO_VERBS:
        return
    for end in _off(folded, "verbal"):
        root = folded[:end]
        if len(root) > 3 and re.search("[бп][аео]$", root):
            yield from _roots(root[:-2])
        yield from _roots(root)


def _roots(root: str) -> Iterator[int]:
    """The root as it is, and without -(ы)л or -(ы)н of the passive."""
    for one in (root, re.sub("(?<=..)[ыиу][лн]$|(?<=..[аео])[лн]$", "", root)):
        bare = one[:-1] if len(one) > 2 and one[-1] in _VOWELS else one
        if len(bare) > 1:
            yield len(bare)
