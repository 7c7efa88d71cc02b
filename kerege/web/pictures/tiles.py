"""The country as tiles: each oblast and republican city roughly where it lies, none to scale.

A schema on purpose: no boundaries are at hand whose licence lets everyone pass them on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lettering import WIDTH, clean, number, wrap

# Column, row, columns, rows; the codes are those of the territory.
PLACES = {
    "41707": (0, 0, 2, 2),
    "41711": (2, 0, 2, 1),
    "41708": (2, 1, 2, 1),
    "41702": (4, 0, 2, 2),
    "41703": (0, 2, 2, 1),
    "41704": (2, 2, 4, 1),
    "41705": (0, 3, 2, 1),
    "41721": (2, 3, 2, 1),
    "41706": (4, 3, 2, 1),
}
ACROSS, DOWN = WIDTH / 6, 84.0
GAP = 4.0
LABEL, REMARK = 16.0, 13.5  # font sizes; kerege.css sets the same
LEADING = 1.3


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the country. ``code`` are the first five digits; ``marked`` where there is
    something to see."""

    code: str
    label: str
    remark: str
    title: str
    href: str
    marked: bool = False


def tiles(all_: Sequence[Tile], *, title: str, description: str) -> str:
    """The picture as one SVG element; a tile without a place on it raises KeyError."""
    return _draw(tuple(all_), title, description)


@lru_cache(maxsize=64)
def _draw(all_: tuple[Tile, ...], title: str, description: str) -> str:
    height = max((row + rows for _, row, _, rows in PLACES.values()), default=0) * DOWN - GAP
    drawn = "".join(map(_tile, all_))
    return (
        f'<svg class="pic" viewBox="0 0 {WIDTH} {number(height)}" role="group"'
        f' aria-label="{clean(title)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{clean(title)}</title><desc>{clean(description)}</desc>{drawn}</svg>"
    )


def _tile(one: Tile) -> str:
    column, row, columns, rows = PLACES[one.code]
    x, y = column * ACROSS, row * DOWN
    width, height = columns * ACROSS - GAP, rows * DOWN - GAP
    labels = wrap(one.label, width - 8, LABEL, bold=True)
    remarks = wrap(one.remark, width - 8, REMARK)
    middle = number(x + width / 2)
    line = y + (height - LEADING * (LABEL * len(labels) + REMARK * len(remarks))) / 2 - 3
    words = []
    for kind, size, lines in (("label", LABEL, labels), ("sublabel", REMARK, remarks)):
        for text in lines:
            line += size * LEADING
            words.append(
                f'<text class="pic-{kind}{" pic-remark" if size == REMARK else ""}" x="{middle}"'
                f' y="{number(line)}">{clean(text)}</text>'
            )
    return (
        f'<a href="{clean(one.href)}" class="pic-{"executive" if one.marked else "tile"}">'
        f"<title>{clean(one.title)}</title>"
        f'<rect class="pic-frame" x="{number(x + 1)}" y="{number(y + 1)}"'
        f' width="{number(width - 2)}" height="{number(height - 2)}"/>{"".join(words)}</a>'
    )
