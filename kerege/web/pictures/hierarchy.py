"""Who answers to whom: boxes in rows, one under another, and labelled arrows between them.

The community stands on top: every power below comes from it. Rows are stacked, never spread, so
that the picture reads on a phone without turning it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from .lettering import WIDTH, clean, measure, number, wrap
from .strokes import TIP, stroke

BoxKind = Literal["community", "kenesh", "executive", "official", "outside"]
ArrowKind = Literal["elects", "accountable", "nominates", "executes"]
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Box:
    id: str
    label: str
    sublabel: str = ""
    href: str = ""
    kind: BoxKind = "executive"
    row: int = 0


@dataclass(frozen=True, slots=True)
class Arrow:
    source: str
    target: str
    label: str
    kind: ArrowKind


LABEL, SUBLABEL, REMARK = 16.0, 14.0, 13.5  # font sizes; kerege.css sets the same
LEADING = 1.3
PADDING = 10.0
BETWEEN = 10.0  # between boxes of one row
TRACK = 12.0  # height given to a sideways stretch of one arrow
RAIL = 16.0  # width given to an arrow that passes whole rows
ASIDE = 12.0  # between an arrow and its words
EDGE = 1.5  # half a stroke, so that outlines are not cut off


@dataclass(slots=True)
class _Placed:
    """A box with its place on the sheet."""

    box: Box
    row: int
    x: float
    width: float
    label: list[str]
    sublabel: list[str]
    first: bool
    last: bool
    y: float = 0.0
    height: float = 0.0

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(slots=True)
class _Lane:
    """One arrow in one gap: a column of its own, so that its label meets no other."""

    arrow: Arrow
    upper: _Placed | None  # the box above this gap it is tied to, if any
    lower: _Placed | None
    side: Side | Literal[""] = ""  # for an arrow on a rail: where its label leans
    level: bool = False  # both ends are in the row above this gap
    x: float = 0.0
    left: float = 0.0
    width: float = 0.0
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Rail:
    arrow: Arrow
    source: _Placed
    target: _Placed
    side: Side
    x: float = 0.0


def hierarchy(
    boxes: Sequence[Box], arrows: Sequence[Arrow], *, title: str, description: str
) -> str:
    """The picture as one SVG element. Arrows that name an unknown box raise KeyError. The same
    picture is drawn once a process and kept.

    Boxes of one row stand in the order given. An arrow that passes whole rows runs along an edge of
    the picture, so give its ends the same edge of their rows.
    """
    return _draw(tuple(boxes), tuple(arrows), title, description)


@lru_cache(maxsize=512)
def _draw(boxes: tuple[Box, ...], arrows: tuple[Arrow, ...], title: str, description: str) -> str:
    numbers = {row: at for at, row in enumerate(sorted({box.row for box in boxes}))}
    row_of = {box.id: numbers[box.row] for box in boxes}
    far = [arrow for arrow in arrows if abs(row_of[arrow.source] - row_of[arrow.target]) > 1]
    sides = _choose_sides(far, boxes)
    left = EDGE + RAIL * sides.count("left")
    right = WIDTH - EDGE - RAIL * sides.count("right")

    placed = {one.box.id: one for one in _place(boxes, numbers, left, right)}
    rails = _lay_rails(far, sides, placed, left, right)
    gaps = _fill_gaps(arrows, rails, placed, len(numbers))

    y = EDGE
    drawn: list[str] = []
    for row in range(len(numbers)):
        members = [one for one in placed.values() if one.row == row]
        height = max(one.height for one in members)
        for one in members:
            one.y, one.height = y, height
        y += height
        lanes = gaps[row]
        if lanes or row < len(numbers) - 1:
            y = _draw_gap(lanes, y, left, right, drawn)
    for rail in rails:
        _draw_rail(rail, rails, drawn)
    drawn.extend(_draw_box(one) for one in placed.values())

    # A picture with links is not an image to a screen reader: it would hide the links.
    role = "group" if any(box.href for box in boxes) else "img"
    return (
        f'<svg class="pic" viewBox="0 0 {WIDTH} {number(y + EDGE)}" role="{role}"'
        f' aria-label="{clean(title)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{clean(title)}</title><desc>{clean(description)}</desc>{''.join(drawn)}</svg>"
    )


def _place(
    boxes: Sequence[Box], numbers: dict[int, int], left: float, right: float
) -> Iterable[_Placed]:
    rows: defaultdict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        rows[box.row].append(box)
    for members in rows.values():
        width = (right - left - BETWEEN * (len(members) - 1)) / len(members)
        for at, box in enumerate(members):
            inside = width - 2 * PADDING
            one = _Placed(
                box=box,
                row=numbers[box.row],
                x=left + at * (width + BETWEEN),
                width=width,
                label=wrap(box.label, inside, LABEL, bold=True),
                sublabel=wrap(box.sublabel, inside, SUBLABEL),
                first=at == 0,
                last=at == len(members) - 1,
            )
            lines = len(one.label) * LABEL + len(one.sublabel) * SUBLABEL
            one.height = lines * LEADING + 2 * PADDING
            yield one


def _choose_sides(far: Sequence[Arrow], boxes: Sequence[Box]) -> list[Side]:
    """The edge of the sheet along which each arrow passes the rows between its ends."""
    last = {box.row: box.id for box in boxes}
    first = {box.row: box.id for box in reversed(boxes)}
    sides: list[Side] = []
    for arrow in far:
        ends = {arrow.source, arrow.target}
        on_right = len(ends & set(last.values()))
        on_left = len(ends & set(first.values()))
        fewer_right = sides.count("right") <= sides.count("left")
        right = on_right > on_left or (on_right == on_left and fewer_right)
        sides.append("right" if right else "left")
    return sides


def _lay_rails(
    far: Sequence[Arrow],
    sides: Sequence[Side],
    placed: dict[str, _Placed],
    left: float,
    right: float,
) -> list[_Rail]:
    taken = {"left": 0, "right": 0}
    rails: list[_Rail] = []
    for arrow, side in zip(far, sides, strict=True):
        taken[side] += 1
        offset = RAIL * taken[side] - 4
        x = right + offset if side == "right" else left - offset
        rails.append(_Rail(arrow, placed[arrow.source], placed[arrow.target], side, x))
    return rails


def _fill_gaps(
    arrows: Sequence[Arrow], rails: Sequence[_Rail], placed: dict[str, _Placed], rows: int
) -> list[list[_Lane]]:
    """gaps[n] holds what passes, or is written, between row n and row n + 1."""
    gaps: list[list[_Lane]] = [[] for _ in range(rows)]
    for arrow in arrows:
        source, target = placed[arrow.source], placed[arrow.target]
        if source.row == target.row:
            gaps[source.row].append(_Lane(arrow, source, target, level=True))
        elif abs(source.row - target.row) == 1:
            upper, lower = sorted((source, target), key=lambda one: one.row)
            gaps[upper.row].append(_Lane(arrow, upper, lower))
    for rail in rails:
        # Its words stand where there is most room on its way, the nearer to its source the better.
        start, end = rail.source.row, rail.target.row
        way = range(start, end) if start < end else range(start - 1, end - 1, -1)
        gap = min(way, key=lambda number: len(gaps[number]))
        gaps[gap].append(_Lane(rail.arrow, None, None, side=rail.side))
    return gaps


def _wish(lane: _Lane) -> float:
    if lane.upper is None or lane.lower is None:
        return -1.0 if lane.side == "left" else WIDTH + 1.0
    return (lane.upper.middle + lane.lower.middle) / 2


def _draw_gap(
    lanes: Sequence[_Lane], top: float, left: float, right: float, drawn: list[str]
) -> float:
    """Draws one gap below `top` and returns where the next row begins."""
    if not lanes:
        return top + 2 * PADDING
    ordered = sorted(lanes, key=_wish)
    start = left
    for lane, column in zip(ordered, _columns(ordered, right - left), strict=True):
        _settle(lane, start, column)
        start += column

    above = [lane for lane in ordered if lane.level or _bends(lane, lane.upper)]
    below = [lane for lane in ordered if not lane.level and _bends(lane, lane.lower)]
    words_top = top + len(above) * TRACK + PADDING
    words = max(len(lane.lines) for lane in ordered) * REMARK * LEADING
    words_bottom = words_top + max(words, TIP + PADDING)
    bottom = words_bottom + PADDING + len(below) * TRACK
    only_level = all(lane.level for lane in ordered)

    for lane in ordered:
        if lane.upper is not None and lane.lower is not None:
            high = top + TRACK * (above.index(lane) + 1) if lane in above else None
            low = words_bottom + TRACK * (below.index(lane) + 1) if lane in below else None
            points = _route(lane, lane.upper, lane.lower, top, bottom, high, low)
            if not lane.level and lane.arrow.source == lane.lower.box.id:
                points.reverse()
            drawn.append(stroke(points, lane.arrow.kind))
        first = (words_top + words_bottom) / 2 - len(lane.lines) * REMARK * LEADING / 2
        drawn.append(_draw_lines(lane, first))
    return words_bottom if only_level else bottom


def _columns(lanes: Sequence[_Lane], width: float) -> list[float]:
    """First to each its longest word unbroken, if all fit; the rest by the length of the words."""
    least = [
        2 * ASIDE + max((measure(word, REMARK) for word in lane.arrow.label.split()), default=0.0)
        for lane in lanes
    ]
    spare = width - sum(least)
    if spare < 0:
        return [width * one / sum(least) for one in least]
    # Shares of the spare may not pull a short label's arrow to the edge: half goes evenly.
    lengths = [measure(lane.arrow.label, REMARK) + 1.0 for lane in lanes]
    return [
        one + spare / 2 * (1 / len(lanes) + length / sum(lengths))
        for one, length in zip(least, lengths, strict=True)
    ]


def _settle(lane: _Lane, start: float, width: float) -> None:
    """Gives the lane its line and its words inside the column it was dealt."""
    lane.lines = wrap(lane.arrow.label, width - 2 * ASIDE, REMARK)
    wide = max((measure(line, REMARK) for line in lane.lines), default=0.0)
    lane.width = wide
    if lane.side == "left":
        lane.left = start + 4
    elif lane.side == "right":
        lane.left = start + width - 4 - wide
    elif lane.level:
        lane.left = start + (width - wide) / 2
    else:
        free = width - ASIDE - wide
        lane.x = start + free / 2
        if lane.upper is not None and lane.lower is not None:
            # Straight is easiest to follow: shift the line under both boxes if the words allow.
            low = max(lane.upper.x, lane.lower.x) + PADDING
            high = min(lane.upper.x + lane.upper.width, lane.lower.x + lane.lower.width) - PADDING
            if low <= high:
                lane.x = min(max(lane.x, low), high, start + free)
                lane.x = max(lane.x, start)
        lane.left = lane.x + ASIDE


def _bends(lane: _Lane, end: _Placed | None) -> bool:
    return end is not None and not end.x + 4 <= lane.x <= end.x + end.width - 4


def _route(
    lane: _Lane,
    upper: _Placed,
    lower: _Placed,
    top: float,
    bottom: float,
    high: float | None,
    low: float | None,
) -> list[tuple[float, float]]:
    if lane.level and high is not None:
        return [
            (upper.middle, top),
            (upper.middle, high),
            (lower.middle, high),
            (lower.middle, top),
        ]
    points: list[tuple[float, float]] = []
    if high is None:
        points.append((lane.x, top))
    else:
        points += [(upper.middle, top), (upper.middle, high), (lane.x, high)]
    if low is None:
        points.append((lane.x, bottom))
    else:
        points += [(lane.x, low), (lower.middle, low), (lower.middle, bottom)]
    return points


def _draw_rail(rail: _Rail, rails: Sequence[_Rail], drawn: list[str]) -> None:
    def height(end: _Placed) -> float:
        # Several rails at one box leave it at different heights.
        at = [one for one in rails if end in (one.source, one.target) and one.side == rail.side]
        return end.y + end.height * (at.index(rail) + 1) / (len(at) + 1)

    def edge(end: _Placed) -> float:
        return end.x + end.width if rail.side == "right" else end.x

    start, finish = height(rail.source), height(rail.target)
    points = [
        (edge(rail.source), start),
        (rail.x, start),
        (rail.x, finish),
        (edge(rail.target), finish),
    ]
    drawn.append(stroke(points, rail.arrow.kind))


def _draw_lines(lane: _Lane, first: float) -> str:
    return "".join(
        f'<text class="pic-remark" x="{number(lane.left)}"'
        f' y="{number(first + REMARK * (1 + LEADING * at))}">{clean(line)}</text>'
        for at, line in enumerate(lane.lines)
    )


def _draw_box(one: _Placed) -> str:
    parts = [
        f'<rect class="pic-frame" x="{number(one.x)}" y="{number(one.y)}"'
        f' width="{number(one.width)}" height="{number(one.height)}" rx="6"/>'
    ]
    wanted = (len(one.label) * LABEL + len(one.sublabel) * SUBLABEL) * LEADING
    y = one.y + (one.height - wanted) / 2
    for name, size, lines in (
        ("pic-label", LABEL, one.label),
        ("pic-sublabel", SUBLABEL, one.sublabel),
    ):
        for line in lines:
            y += size * LEADING
            parts.append(
                f'<text class="{name}" x="{number(one.middle)}"'
                f' y="{number(y - size * 0.3)}">{clean(line)}</text>'
            )
    inside = "".join(parts)
    if one.box.href:
        inside = f'<a href="{clean(one.box.href)}">{inside}</a>'
    return f'<g class="pic-box pic-{one.box.kind}">{inside}</g>'
