"""What a new act may say for people to read it as it stands.

Registers are read again by every later release, so what a field reads of an entry never shrinks;
this is asked at the door, of new acts alone. A short text (a name, a title, the number of a paper)
holds a letter or digit; no text holds letters that nobody sees, or heaps of marks on one letter;
and a word of a short text is not put together of Cyrillic and Latin letters that look alike. A word
whose mixing is seen passes: «Facebookтон». A word wholly in letters of the other alphabet is not
found here.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.fields import Kind, Lines, Names, Personal, Text, Wrong
from kerege.municipality.problem import Malformed, Problem

# Marks over or under one letter, one after the other.
MARKS = 4
# Letters and signs without a shape, and what only chooses a shape.
_NO_SHAPE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
# With it a sign is a picture, as telephones write it.
_PICTURE = "\ufe0f"
_WORD = re.compile(r"[^\W\d_]+")
_THIRD = ("GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
# Letters that pass for some of the other alphabet.
_LIKE_LATIN = frozenset("аеорсухкіјѕһԁԛԝАВЕКМНОРСТУХҮІЈЅ")
_LIKE_CYRILLIC = frozenset("aeopcyxkmABEKMHOPCTYX")


def legible(kind: Kind, value: Any) -> None:
    """Raise Wrong where a value of a kind cannot be read by people as it stands."""
    match kind:
        case Text(long=long):
            _seen(value, long=long)
            if not long:
                _one_alphabet(value)
        case Personal():
            # Its words are named nowhere.
            _seen(value, long=False)
        case Names():
            for name in value:
                legible(Text(), name)
        case Lines():
            for line in value:
                legible(Text(), line["name"])


def said_legibly(
    kind: type[Act],
    fields: Mapping[str, Any],
    actor: Actor,
    evidence: Evidence | None,
    insist: str,
) -> None:
    """Raise Malformed where a new act cannot be read: ``fields`` as they were read, those that are
    personal as they were typed."""
    told = {name: (one.kind, fields[name]) for name, one in kind.told().items() if name in fields}
    framed = {
        "of": (Text(), actor.of),
        "evidence": (Text(), evidence.number if evidence is not None else ""),
        "insist": (Text(long=True), insist),
    }
    problems = []
    for name, (one, value) in (*told.items(), *framed.items()):
        try:
            if value:
                legible(one, value)
        except Wrong as wrong:
            problems.append(Problem(name, wrong.key, wrong.slots))
    if problems:
        raise Malformed(*problems)


def _seen(text: str, *, long: bool) -> None:
    if text.isascii():
        kinds = ""
    else:
        if _NO_SHAPE.search(text.replace(_PICTURE, "") if long else text):
            raise Wrong("bad_characters")
        # M where a mark stands, C where nothing does that has a meaning yet.
        kinds = "".join(unicodedata.category(c)[0] for c in text if c != "\n")
        if "C" in kinds:
            raise Wrong("bad_characters")
    if "M" * (MARKS + 1) in kinds:
        raise Wrong("many_marks")
    if not (long or any(c.isalnum() for c in text)):
        raise Wrong("unreadable")
    if long and not kinds.replace("M", "").replace("Z", "") and not text.isascii():
        raise Wrong("unreadable")


def _one_alphabet(text: str) -> None:
    if text.isascii():
        return
    for word in _WORD.findall(text):
        by: dict[str, set[str]] = {}
        for c in word:
            by.setdefault(unicodedata.name(c, "").partition(" ")[0], set()).add(c)
        latin, cyrillic = by.get("LATIN", set()), by.get("CYRILLIC", set())
        third = any(one in by for one in _THIRD)
        alike = latin and cyrillic and (cyrillic <= _LIKE_LATIN or latin <= _LIKE_CYRILLIC)
        if alike or (third and (latin or cyrillic)):
            raise Wrong("mixed_letters", word=word[:40])
