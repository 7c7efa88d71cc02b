"""Something for every field of an act, whether or not it makes sense."""

from typing import Any

from kerege.municipality.fields import (
    Choice,
    Day,
    Flag,
    Hex,
    Kind,
    Lines,
    MandateId,
    Names,
    Numbers,
    Personal,
    Reference,
    Root,
    Whole,
)
from kerege.municipality.keys import Note, Vkey
from tests.cast import LINES, MODEL, NOTE, NUMBERS, VKEY


def something(kind: Kind, name: str) -> Any:
    """Something a field can hold, whether or not it makes sense."""
    match kind:
        case Choice(values):
            return values[0]
        case Day():
            return "2010-06-27"
        case Whole():
            return kind.least + 1
        case Reference():
            return 4
        case MandateId():
            return "6.0"
        case Names() if name == "names":
            return ["applicant"]
        case Names():
            return ["Айжан Сулайманова", "Болот Чотонов"]
        case Lines():
            return LINES
        case Flag():
            return True
        case Numbers():
            return NUMBERS
        case Hex() | Personal() | Root():
            return "0" * 64
        case Vkey():
            return VKEY
        case Note():
            return NOTE
    return {"edition": "kg-2010", "law": "kg-law-101-2011", "model": MODEL}.get(
        name, "Нарын {шаары}"
    )
