"""Which misprints can be corrected: only in fields that no rule reads.

Anything else is annulled and acted again. A field says so itself (``said(…, misprint=True)``). A
misprint of words leaves most of their letters. A misprint of a number is one slip of the hand: one
digit changed, left out or put in, or two neighbours swapped. A correction is held against what its
entry said first, so that many small ones do not add up to another number.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from kerege.municipality.act import Act
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Wrong
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.undoing import corrected, named

# Below this share of letters in common it is not a misprint but something else.
ALIKE = 0.6


def a_misprint(old: Any, text: str) -> None:
    """Raise Malformed when the words are not the old ones with letters mended, or the number not
    the old one with a digit mended: a correction does not put one person, power or count in the
    place of another. Where nothing was said (``None``), anything can be said later."""
    if isinstance(old, int):
        # What is no number at all the field refuses itself.
        new = str(int(text)) if text.isascii() and text.isdigit() else text
        if new == str(old):
            raise malformed("text", "nothing_mended")
        if not _one_slip(str(old), new):
            raise malformed("text", "not_a_slip", value=old)
    if isinstance(old, str | list):
        before = [old] if isinstance(old, str) else old
        after = [text] if isinstance(old, str) else [x for x in text.splitlines() if x.strip()]
        if before == after:
            raise malformed("text", "nothing_mended")
        for one, other in zip(before, after, strict=False):
            # Without autojunk: of a long text it would leave out every common letter.
            pair = SequenceMatcher(None, one.casefold(), other.strip().casefold(), autojunk=False)
            if pair.ratio() < ALIKE:
                raise malformed("text", "not_a_misprint")


def _one_slip(old: str, new: str) -> bool:
    """Whether one digit changed, came or went, or two neighbours changed places."""
    short, long = sorted((old, new), key=len)
    if len(long) - len(short) == 1:
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    if len(long) != len(short):
        return False
    at = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    swapped = len(at) == 2 and at[1] == at[0] + 1
    return len(at) == 1 or (swapped and old[at[0] : at[1] + 1] == new[at[0] : at[1] + 1][::-1])


def correctable(m: Municipality, act: Act, acts: Mapping[str, type[Act]]) -> None:
    """Raise Malformed when a Correct names a field that cannot be corrected, or words it cannot
    hold. Other acts pass."""
    if type(act).__name__ != "Correct":
        return
    said = act.json()
    told = acts[m.acts[said["entry"]]].told().get(said["field"])
    if told is None:
        raise malformed("field", "unknown_field")
    if not told.misprint:
        raise malformed("field", "not_correctable")
    # Where it was left out it can be said later, once: what the law asks may then hang on it.
    if said["field"] == "population" and _population_said(m):
        raise malformed("field", "population_said")
    try:
        value = corrected(told.kind, said["text"])
    except Wrong as wrong:
        raise malformed("text", wrong.key, **wrong.slots) from wrong
    if isinstance(value, list):
        # A misprint is in a name, not in how many there are.
        contested = m.contested.get(said["entry"])
        names = contested.fields[said["field"]] if contested else named(m, said["entry"])
        if len(value) != len(names):
            raise malformed("text", "as_many_names", names=len(names))


def correctable_fields(m: Municipality, one: Entry, acts: Mapping[str, type[Act]]) -> list[str]:
    """The fields of an entry whose words stand there and can be corrected."""
    found = [n for n, told in acts[one.act].told().items() if told.misprint and one.fields.get(n)]
    return [name for name in found if not (name == "population" and _population_said(m))]


def _population_said(m: Municipality) -> bool:
    return m.identity is not None and bool(m.identity.population)
