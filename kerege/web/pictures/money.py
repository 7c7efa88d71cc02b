"""Whose money a year is planned with: the local budget's own money and the republican budget's.

One bar a year, all to one scale, each part named in words under its bar: colour tells nothing that
the words do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .lettering import WIDTH, clean, number, wrap

Amount = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """A year. The labels are ready for the reader: "Өз акчабыз: план 1 200 000 сом (5 %)"."""

    label: str
    own: Amount
    republican: Amount
    own_label: str
    republican_label: str
    href: str = ""


LABEL, REMARK = 16.0, 13.5  # font sizes; kerege.css sets the same
LEADING = 1.35
THICKNESS = 26.0
SWATCH = 12.0
LEAST = 2.0  # a sum that exists is seen, however small beside the other
AFTER = 18.0


def money(bars: Sequence[Bar], *, title: str, description: str) -> str:
    """The picture as one SVG element. A negative sum raises ValueError: nothing can be drawn. The
    same picture is drawn once a process and kept."""
    return _draw(tuple(bars), title, description)


@lru_cache(maxsize=512)
def _draw(bars: tuple[Bar, ...], title: str, description: str) -> str:
    if any(amount < 0 for bar in bars for amount in (bar.own, bar.republican)):
        raise ValueError("a sum of money in a bar is negative")
    largest = max((float(bar.own) + float(bar.republican) for bar in bars), default=0.0)
    y = 0.0
    drawn: list[str] = []
    for bar in bars:
        y = _draw_bar(bar, y, largest, drawn)
    role = "group" if any(bar.href for bar in bars) else "img"
    return (
        f'<svg class="pic" viewBox="0 0 {WIDTH} {number(max(y - AFTER + 2, 1))}" role="{role}"'
        f' aria-label="{clean(title)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{clean(title)}</title><desc>{clean(description)}</desc>{''.join(drawn)}</svg>"
    )


def _draw_bar(bar: Bar, y: float, largest: float, drawn: list[str]) -> float:
    heading: list[str] = []
    for line in wrap(bar.label, WIDTH, LABEL, bold=True):
        y += LABEL * LEADING
        heading.append(f'<text class="pic-year" x="0" y="{number(y - 5)}">{clean(line)}</text>')
    name = "".join(heading)
    drawn.append(f'<a href="{clean(bar.href)}">{name}</a>' if bar.href else name)

    drawn.append(_rectangle("pic-track", 0, y, WIDTH, THICKNESS))
    # The larger part gives way when the smaller is widened to be seen.
    whole = WIDTH * (float(bar.own) + float(bar.republican)) / largest if largest else 0.0
    own = _width(bar.own, largest)
    republican = _width(bar.republican, largest)
    if own + republican > whole:
        if own > republican:
            own = max(whole - republican, LEAST)
        elif own:
            republican = max(whole - own, LEAST)
    if own:
        drawn.append(_rectangle("pic-own", 0, y, own, THICKNESS))
    if republican:
        drawn.append(_rectangle("pic-republican", own, y, republican, THICKNESS))
    y += THICKNESS + 4

    for name, words in (("pic-own", bar.own_label), ("pic-republican", bar.republican_label)):
        lines = wrap(words, WIDTH - SWATCH - 8, REMARK)
        if lines:
            drawn.append(_rectangle(name, 0, y + 4, SWATCH, SWATCH))
        for line in lines:
            y += REMARK * LEADING
            drawn.append(
                f'<text class="pic-amount" x="{number(SWATCH + 8)}"'
                f' y="{number(y - 4)}">{clean(line)}</text>'
            )
    return y + AFTER


def _width(amount: Amount, largest: float) -> float:
    if not amount:
        return 0.0
    return max(WIDTH * float(amount) / largest, LEAST)


def _rectangle(name: str, x: float, y: float, width: float, height: float) -> str:
    # Half a stroke inside its place, so that outlines neither overlap nor leave the sheet.
    return (
        f'<rect class="{name}" x="{number(x + 0.5)}" y="{number(y + 0.5)}"'
        f' width="{number(width - 1)}" height="{number(height - 1)}"/>'
    )
