"""A story as a file: acts one after another, as a register is to be told.

Format (TOML): ``[[step]]`` tables with ``act``, ``on``, ``actor`` (or ``of`` beside it) and
``fields``, and optionally ``label`` (others point at it: ``@label`` is its entry, ``@label.0`` the
first mandate it left), ``paper`` (the evidence), ``insist`` (enter it as contested, for this
reason) and ``refused = true``: the step is tried and the law must refuse it, so nothing is written.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    act: str
    on: date
    actor: str
    of: str
    fields: Mapping[str, Any]
    label: str
    paper: str
    insist: str
    refused: bool


def read(text: str) -> list[Step]:
    return [
        Step(
            act=step["act"],
            on=step["on"],
            actor=step["actor"],
            of=step.get("of", ""),
            fields=step["fields"],
            label=step.get("label", ""),
            paper=step.get("paper", ""),
            insist=step.get("insist", ""),
            refused=step.get("refused", False),
        )
        for step in tomllib.loads(text)["step"]
    ]


def pointed(value: Any, labels: Mapping[str, int]) -> Any:
    """``@label`` and ``@label.0`` as the entry or the mandate they point at; others as they are."""
    if not (isinstance(value, str) and value.startswith("@")):
        return value
    label, _, mandate = value[1:].partition(".")
    return f"{labels[label]}.{mandate}" if mandate else labels[label]
