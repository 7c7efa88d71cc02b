"""Who held a post and when: one bar for each mandate, all on one scale of years.

Names and days stand above the bars in words; the years are marked at the foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .lettering import WIDTH, clean, number, wrap


@dataclass(frozen=True, slots=True)
class Term:
    """A mandate from a day up to another (that day no more), or to this day where there is none.
    ``label`` is ready for the reader."""

    label: str
    since: date
    until: date | None
    href: str = ""


LABEL, YEAR = 16.0, 13.5  # font sizes; kerege.css sets the same
LEADING = 1.35
THICKNESS = 14.0
AFTER = 10.0
LEAST = 3.0  # a day in office is seen, too
APART = 40.0  # between two years that are named


def terms(all_: Sequence[Term], on: date, *, title: str, description: str) -> str:
    """The picture as one SVG element, up to a day; a mandate after it raises ValueError."""
    return _draw(tuple(all_), on, title, description)


@lru_cache(maxsize=512)
def _draw(all_: tuple[Term, ...], on: date, title: str, description: str) -> str:
    if any(one.since > on for one in all_):
        raise ValueError("a mandate begins after the day of the picture")
    first = min((one.since.year for one in all_), default=on.year)
    start, end = date(first, 1, 1).toordinal(), date(on.year + 1, 1, 1).toordinal()

    def across(day: date) -> float:
        return WIDTH * (day.toordinal() - start) / (end - start)

    y = 0.0
    drawn: list[str] = []
    for one in all_:
        words = []
        for line in wrap(one.label, WIDTH, LABEL, bold=True):
            y += LABEL * LEADING
            words.append(f'<text class="pic-year" x="0" y="{number(y - 5)}">{clean(line)}</text>')
        said = "".join(words)
        drawn.append(f'<a href="{clean(one.href)}">{said}</a>' if one.href else said)
        left = across(one.since)
        right = max(across(min(one.until or on, on)), left + LEAST)
        drawn.append(_bar("pic-track", 0, y, WIDTH))
        drawn.append(_bar("pic-own", min(left, WIDTH - LEAST), y, right - left))
        y += THICKNESS + AFTER
    years, named = range(first, on.year + 1), -APART
    for year in years:
        x = across(date(year, 1, 1))
        if x - named >= APART and x <= WIDTH - APART:
            named = x
            drawn.append(
                f'<text class="pic-amount" x="{number(x)}" y="{number(y + YEAR)}">{year}</text>'
            )
    y += YEAR * LEADING
    role = "group" if any(one.href for one in all_) else "img"
    return (
        f'<svg class="pic" viewBox="0 0 {WIDTH} {number(y + 2)}" role="{role}"'
        f' aria-label="{clean(title)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{clean(title)}</title><desc>{clean(description)}</desc>{''.join(drawn)}</svg>"
    )


def _bar(name: str, x: float, y: float, width: float) -> str:
    return (
        f'<rect class="{name}" x="{number(x + 0.5)}" y="{number(y + 0.5)}"'
        f' width="{number(max(width - 1, 1))}" height="{number(THICKNESS - 1)}"/>'
    )
