"""What is wrong with an act as it was handed in, told field by field.

A problem is a key of ``words/problems.toml`` with its slots, so that it can be said in the
reader's language.
"""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    field: str
    key: str
    slots: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Malformed(ValueError):
    """An act that cannot be put to the law at all; nothing is written."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.field}: {p.key} {dict(p.slots)}" for p in problems))


def malformed(field_: str, key: str, **slots: object) -> Malformed:
    return Malformed(Problem(field_, key, slots))
