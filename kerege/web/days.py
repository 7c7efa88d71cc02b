"""Days as people type and read them in a field: 25.11.2026; the law and the register write
2026-11-25.

A browser's own field of a day puts day and month in the order of the country it was made for.
"""

import re

_TYPED = re.compile(r"\s*([0-9]{1,2})[.,/ -]([0-9]{1,2})[.,/ -]([0-9]{4})\s*")
_KEPT = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")


def kept_day(text: str) -> str:
    """A day as a register writes it; what is not typed as a day stays as it is."""
    found = _TYPED.fullmatch(text)
    return "{2}-{1:0>2}-{0:0>2}".format(*found.groups()) if found else text


def typed_day(text: object) -> str:
    """The same for people; what is not kept as a day stays as it is."""
    found = _KEPT.fullmatch(str(text))
    return "{2}.{1}.{0}".format(*found.groups()) if found else str(text)
