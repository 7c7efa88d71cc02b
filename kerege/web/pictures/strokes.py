"""One arrow: a line of straight strokes that ends in a head."""

from itertools import pairwise

from .lettering import number

TIP = 9.0  # length of an arrowhead


def stroke(points: list[tuple[float, float]], kind: str) -> str:
    """The arrow through these points as SVG; every stroke is level or upright."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    across, down = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    # The line stops inside its arrowhead, or the head would look blunt.
    points = [*points[:-1], (x2 - across * TIP * 0.7, y2 - down * TIP * 0.7)]
    path = f"M{number(points[0][0])} {number(points[0][1])}"
    for (before_x, _), (x, y) in pairwise(points):
        path += f"V{number(y)}" if x == before_x else f"H{number(x)}"
    back_x, back_y = x2 - across * TIP, y2 - down * TIP
    half = TIP * 0.55
    tip = (
        f"M{number(x2)} {number(y2)}"
        f"L{number(back_x + down * half)} {number(back_y + across * half)}"
        f"L{number(back_x - down * half)} {number(back_y - across * half)}z"
    )
    return (
        f'<g class="pic-arrow pic-{kind}"><path class="pic-line" d="{path}"/>'
        f'<path class="pic-tip" d="{tip}"/></g>'
    )
