"""Cells of ``parts/scroll_table.html``: made here, since a template looks a cell up too slowly."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that is set to the right."""

    text: str


def head(cells: Sequence[str | Number]) -> SafeString:
    """The cells of the head of a table."""
    return _join('<th scope="col" class="govuk-table__header{}">{}</th>', "header", cells)


def row(cells: Sequence[str | Number]) -> SafeString:
    """A row; its first cell is its header."""
    first = format_html('<th scope="row" class="govuk-table__header">{}</th>', _text(cells[0]))
    return first + _join('<td class="govuk-table__cell{}">{}</td>', "cell", cells[1:])


def _join(shape: str, part: str, cells: Sequence[str | Number]) -> SafeString:
    right = f" govuk-table__{part}--numeric"
    return format_html_join(
        "", shape, ((right if isinstance(c, Number) else "", _text(c)) for c in cells)
    )


def _text(cell: str | Number) -> str:
    return conditional_escape(cell.text if isinstance(cell, Number) else cell)
