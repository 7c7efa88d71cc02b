"""Cells of ``parts/scroll_table.html``: a string, or a number that is set to the right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | Number
